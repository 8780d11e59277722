//! Points that a resolved dispute earns, recorded or told of: the entries and
//! the case name each other, and nobody earns them twice.

use super::Desk;
use crate::domain::command::{NewActivity, NewClaims};
use crate::domain::event::Event;
use crate::domain::id::CaseId;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule_refusal::RuleRefusal;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn reward_case(&mut self, case: CaseId, new: &NewActivity) -> Result<(), Refusal> {
        self.check_reward(case, &new.lines)?;
        self.record(new)?;
        let posted = self.events.iter().find_map(|event| match event {
            Event::PointsPosted { lines, .. } => Some(lines.iter().map(|line| line.entry).collect::<Vec<_>>()),
            _ => None,
        });
        let linked = posted.unwrap_or_default().into_iter().map(|entry| Event::EntryLinked { entry, case });
        self.events.extend(linked);
        Ok(())
    }

    pub(super) fn claim_reward(&mut self, case: CaseId, new: &NewClaims) -> Result<(), Refusal> {
        self.check_reward(case, &new.lines)?;
        self.file(new, Some(case))
    }

    fn check_reward(&self, case: CaseId, lines: &[(Account, u32)]) -> Result<(), Refusal> {
        let known = self.village.cases.get(case).ok_or(Refusal::UnknownCase)?;
        if !known.is_dispute() || known.resolved != Some(true) {
            return Err(RuleRefusal::NotResolved.into());
        }
        let waits = |account: Account| {
            self.village.claims_for(case).any(|claim| self.village.account_now(claim.filed.account) == account)
        };
        let twice = lines.iter().map(|line| line.0);
        let twice: Vec<_> =
            twice.filter(|account| self.village.has_earned(case, *account) || waits(*account)).collect();
        if twice.is_empty() { Ok(()) } else { Err(Refusal::RewardedBefore(twice)) }
    }
}
