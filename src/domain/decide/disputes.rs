//! 异议: raising an objection against an entry, and deciding it.

use jiff::civil::Date;

use super::{Desk, TEXT_LIMIT};
use crate::domain::event::Event;
use crate::domain::id::EntryId;
use crate::domain::points::close::objection_end;
use crate::domain::points::dispute::{
    DisputeAct, DisputeDecided, DisputeRefusal, EntryDisputed, Outcome, Verdict, dispute_deadline,
};
use crate::domain::points::ledger::Reason;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn dispute(&mut self, act: &DisputeAct) -> Result<(), Refusal> {
        match act {
            DisputeAct::Raise { entry, date, note } => self.raise(*entry, *date, note),
            DisputeAct::Decide { entry, verdict, reason } => self.decide_dispute(*entry, *verdict, reason),
        }
    }

    fn raise(&mut self, id: EntryId, date: Date, note: &str) -> Result<(), Refusal> {
        let entry = self.village.entries.get(id).ok_or(Refusal::UnknownEntry)?;
        if matches!(entry.reason, Reason::Reversal(_)) {
            return Err(DisputeRefusal::AgainstReversal.into());
        }
        if matches!(entry.reason, Reason::Returned(_)) {
            return Err(DisputeRefusal::AgainstReturn.into());
        }
        match self.village.disputes.get(id) {
            Some(known) if known.is_open() => return Err(DisputeRefusal::AlreadyOpen.into()),
            Some(_) => return Err(DisputeRefusal::AlreadyDecided.into()),
            None => {}
        }
        if self.village.entries.reversal_of(id).is_some() {
            return Err(Refusal::AlreadyReversed);
        }
        self.village.check_correction(entry.account, -i64::from(entry.points))?;
        if date > self.context.now.date() {
            return Err(Refusal::FutureDate(date));
        }
        if date < entry.date {
            return Err(DisputeRefusal::BeforeEntry(entry.date).into());
        }
        let end = objection_end(self.village, entry.account.ledger(), entry.date);
        if let Some(end) = end.filter(|end| date > *end) {
            return Err(DisputeRefusal::TooLate(end).into());
        }
        let note = self.text("谁提的、为什么", note, TEXT_LIMIT)?;
        let deadline = dispute_deadline(date, &self.village.working_days);
        self.events.push(Event::EntryDisputed(EntryDisputed { entry: id, date, deadline, note }));
        Ok(())
    }

    fn decide_dispute(&mut self, id: EntryId, verdict: Verdict, reason: &str) -> Result<(), Refusal> {
        let known = self.village.disputes.get(id).ok_or(DisputeRefusal::NotDisputed)?;
        if !known.is_open() {
            return Err(DisputeRefusal::AlreadyDecided.into());
        }
        let date = self.context.now.date();
        let entry = self.village.entries.get(id).ok_or(Refusal::UnknownEntry)?;
        if verdict == Verdict::Reverse {
            if self.village.entries.reversal_of(id).is_some() {
                return Err(Refusal::AlreadyReversed);
            }
            self.check_open(entry.account.ledger(), date)?;
            self.village.check_correction(entry.account, -i64::from(entry.points))?;
        }
        let note = self.text("处理的理由", reason, TEXT_LIMIT)?;
        let outcome = match verdict {
            Verdict::Keep => Outcome::Kept,
            Verdict::Reverse => Outcome::Reversed(self.notes.fresh()),
        };
        self.events.push(Event::DisputeDecided(DisputeDecided { entry: id, date, outcome, note }));
        Ok(())
    }
}
