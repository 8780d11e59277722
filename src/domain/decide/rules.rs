//! Adopting a new version of the rule book.

use super::{Desk, TEXT_LIMIT, limited};
use crate::domain::event::Event;
use crate::domain::points::adoption::{NewRuleBook, check};
use crate::domain::points::rule::{Item, Meeting, RuleBook, RuleVersion};
use crate::domain::points::rule_refusal::RuleRefusal;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn adopt(&mut self, new: NewRuleBook) -> Result<(), Refusal> {
        let before: Vec<&RuleBook> = self.village.rules.iter().collect();
        if new.adopted > self.context.now.date() {
            return Err(RuleRefusal::MeetingToCome(new.adopted).into());
        }
        if new.adopted > new.effective {
            return Err(RuleRefusal::MeetingAfterEffective { meeting: new.adopted, effective: new.effective }.into());
        }
        let last = before.iter().max_by_key(|book| book.effective);
        if let Some(last) = last.filter(|last| new.effective <= last.effective) {
            return Err(RuleRefusal::NotAfterLast { label: last.label.clone(), effective: last.effective }.into());
        }
        if new.attendance == 0 {
            return Err(RuleRefusal::NobodyAtMeeting.into());
        }
        let decision = limited("会议决定", &new.decision, TEXT_LIMIT)?.to_owned();
        if decision.is_empty() {
            return Err(RuleRefusal::NoDecision.into());
        }
        check(&new, &before)?;
        let book = self.next_version(&before, new);
        if let Some(last) = last.filter(|last| last.items == book.items && last.category_caps == book.category_caps) {
            return Err(RuleRefusal::NothingChanged(last.label.clone()).into());
        }
        let decision = self.notes.note(&decision);
        let meeting = Meeting { decision, ..book.meeting };
        self.events.push(Event::RuleBookAdopted(RuleBook { meeting, ..book }));
        Ok(())
    }

    fn next_version(&mut self, before: &[&RuleBook], new: NewRuleBook) -> RuleBook {
        let version = before.iter().map(|book| book.version.0).max().unwrap_or(0).saturating_add(1);
        let year = new.effective.year();
        let in_year = before.iter().filter(|book| book.effective.year() == year).count();
        let items = new.items.into_iter().map(|item| {
            // An act of the other ledger is another act.
            let known = item.id.filter(|id| {
                before.iter().filter_map(|book| book.item(*id)).any(|known: &Item| known.ledger == item.ledger)
            });
            let id = known.unwrap_or_else(|| self.notes.fresh());
            item.settled(id)
        });
        RuleBook {
            version: RuleVersion(version),
            label: format!("{year}-{}", in_year + 1),
            effective: new.effective,
            adopted: new.adopted,
            items: items.collect(),
            category_caps: new.category_caps,
            meeting: Meeting { attendance: new.attendance, decision: None },
        }
    }
}
