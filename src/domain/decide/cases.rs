//! Opening cases and moving them along the seven steps.

use jiff::civil::date;

use super::{Desk, NAME_LIMIT, TEXT_LIMIT, limited, required};
use crate::domain::calendar::add_days;
use crate::domain::case::record::{Handling, Happening, Opening, Topic};
use crate::domain::case::step::transition;
use crate::domain::command::{CaseStep, NewCase, NewHandling};
use crate::domain::event::Event;
use crate::domain::id::{CaseId, NoteId};
use crate::domain::refusal::Refusal;
use crate::domain::register::Field;

/// The most days from today to a follow-up.
const FOLLOW_UP_DAYS: i32 = 366;
/// The most years from the year in which a case was received to this year.
const RECEIVED_YEARS: i16 = 2;

impl Desk<'_> {
    pub(super) fn open_case(&mut self, new: &NewCase) -> Result<(), Refusal> {
        let title = required("事项标题", &new.title, NAME_LIMIT)?;
        let text = limited("事项内容", &new.text, TEXT_LIMIT)?;
        let (received, today) = (new.received.date(), self.context.now.date());
        if received > today {
            return Err(Refusal::FutureDate(received));
        }
        let written = new.received.date_as_written();
        if written < date(today.year() - RECEIVED_YEARS, 1, 1) {
            return Err(Refusal::ReceivedTooEarly(written));
        }
        if new.topic == Topic::Dispute && new.risk.is_none() {
            return Err(Refusal::Missing("纠纷的风险颜色"));
        }
        let case: CaseId = self.notes.fresh();
        self.notes.set(case, Field::Title, title);
        self.notes.set(case, Field::Text, text);
        self.notes.set(case, Field::Reporter, limited("反映人", &new.reporter_name, NAME_LIMIT)?);
        self.notes.set(case, Field::Phone, limited("联系电话", &new.phone, NAME_LIMIT)?);
        self.events.push(Event::CaseOpened(Opening {
            id: case,
            number: self.village.next_case_number(received),
            source: new.source,
            grid: new.grid,
            reporter: new.reporter,
            topic: new.topic,
            errand: new.errand,
            risk: new.risk.filter(|_| new.topic == Topic::Dispute),
            received: new.received,
        }));
        // Writing it down is reporting it: the village hall is where cases are reported to.
        self.events.push(Event::CaseMoved { case, happening: Happening::Reported });
        if let Some(handling) = &new.handling {
            let handling = self.handling(handling)?;
            self.events.push(Event::CaseMoved { case, happening: Happening::Assigned(handling) });
        }
        Ok(())
    }

    pub(super) fn move_case(&mut self, case: CaseId, step: CaseStep) -> Result<(), Refusal> {
        let known = self.village.cases.get(case).ok_or(Refusal::UnknownCase)?;
        let (stage, dispute) = (known.stage, known.is_dispute());
        let happening = match step {
            CaseStep::Report => Happening::Reported,
            CaseStep::Assign(handling) => Happening::Assigned(self.handling(&handling)?),
            CaseStep::Start => Happening::Started,
            CaseStep::FeedBack(text) => Happening::FedBack(Some(self.reason("反馈内容", &text)?)),
            CaseStep::Answer { note, resolved } => {
                if dispute && resolved.is_none() {
                    return Err(Refusal::ResolutionMissing);
                }
                Happening::Answered {
                    note: Some(self.reason("办理结果", &note)?),
                    resolved: resolved.filter(|_| dispute),
                }
            }
            CaseStep::Rate(rating, text) => {
                Happening::Rated(rating, self.notes.note(limited("评价说明", &text, TEXT_LIMIT)?))
            }
            CaseStep::Archive => Happening::Archived,
            CaseStep::ChangeHandling(handling, reason) => {
                let reason = self.reason("改变去向的原因", &reason)?;
                Happening::HandlingChanged(self.handling(&handling)?, reason)
            }
            CaseStep::Suspend(reason) => Happening::Suspended(self.reason("挂起的原因", &reason)?),
            CaseStep::Resume => Happening::Resumed,
            CaseStep::Extend { days, approval } => {
                if !(1..=90).contains(&days) {
                    return Err(Refusal::BadExtension);
                }
                Happening::Extended(days, self.reason("批准人和理由", &approval)?)
            }
            CaseStep::Urge(text) => Happening::Urged(self.notes.note(limited("督办内容", &text, TEXT_LIMIT)?)),
        };
        transition(stage, happening.act())?;
        self.events.push(Event::CaseMoved { case, happening });
        Ok(())
    }

    /// Checks that a handling comes with what it requires.
    fn handling(&mut self, new: &NewHandling) -> Result<Handling, Refusal> {
        Ok(match new {
            NewHandling::Immediate => Handling::Immediate,
            NewHandling::TimeLimited(limit) => Handling::TimeLimited(*limit),
            NewHandling::Escalated { to, follow_up } => {
                let to = self.reason("上报给谁", to)?;
                let follow_up = follow_up.ok_or(Refusal::Missing("村里的回访日期"))?;
                let today = self.context.now.date();
                if follow_up < today {
                    return Err(Refusal::FollowUpPast);
                }
                if follow_up > add_days(today, FOLLOW_UP_DAYS) {
                    return Err(Refusal::FollowUpTooFar(follow_up));
                }
                Handling::Escalated { to, follow_up }
            }
            NewHandling::ExplainedReturn { reason } => {
                Handling::ExplainedReturn(self.reason("向群众说明的理由", reason)?)
            }
        })
    }

    fn reason(&mut self, what: &'static str, text: &str) -> Result<NoteId, Refusal> {
        let text = required(what, text, TEXT_LIMIT)?;
        self.notes.note(text).ok_or(Refusal::Missing(what))
    }
}
