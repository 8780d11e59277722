//! The fold of claims and of all that belongs to recording: settings, the
//! staff, and entries that a case has earned.

use jiff::civil::Date;

use super::calendar::Moment;
use super::contradiction::{Contradiction, fresh, known};
use super::event::{ClaimVerdict, Event, PostedLine};
use super::id::{CaseId, ClaimId, EntryId, StaffId};
use super::points::accounts::VillagerAccount;
use super::points::claim::{ClaimState, Review};
use super::points::entries::{Cause, Posting};
use super::points::rule::{Ledger, RuleBook};
use super::points::settings::Settings;
use super::village::Village;

impl Village {
    /// Folds what happens to a claim, and the settings around it.
    #[inline(never)]
    pub(super) fn apply_review(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::ClaimFiled(filed) => {
                self.counters.observe(filed.id);
                self.observe_note(filed.note);
                known(self.has_account(filed.account), "账户")?;
                fresh(self.claims.file(*filed, at), "申报")
            }
            Event::ClaimDecided { claim, verdict, by } => self.decide_claim(at, *claim, verdict, *by, None),
            Event::SettingsChanged(settings) => self.change_settings(*settings),
            Event::AccountsChosen { kind, from, date, lines } => self.choose_accounts(*kind, *from, *date, lines),
            Event::WorkingDaysEntered { table, replaces } => self.enter_working_days(table, *replaces),
            Event::StaffNamed { staff, standing } => {
                self.counters.observe(*staff);
                self.staff.name(*staff, *standing);
                Ok(())
            }
            Event::EntryLinked { entry, case } => {
                known(self.entries.get(*entry).is_some(), "积分记录")?;
                known(self.cases.get(*case).is_some(), "事项")?;
                fresh(self.links.insert(*entry, *case).is_none(), "积分记录的来源")
            }
            _ => Ok(()),
        }
    }

    /// Of two versions of one number the first counts.
    #[inline(never)]
    pub(super) fn adopt(&mut self, book: &RuleBook) -> Result<(), Contradiction> {
        book.items.iter().for_each(|item| self.counters.observe(item.id));
        self.observe_note(book.meeting.decision);
        fresh(self.rules.adopt(book.clone(), self.witness.now()), "细则版本")
    }

    /// Settings that were made from others than those that count are another
    /// laptop's, which did not know of these.
    #[inline(never)]
    fn change_settings(&mut self, new: Settings) -> Result<(), Contradiction> {
        let is_blind = new.follows != 0 && new.follows != self.settings.mark();
        if is_blind && new.counting() != self.settings {
            return Err(Contradiction::Rival);
        }
        self.set_settings(new);
        Ok(())
    }

    /// From here on these settings count.
    pub(super) fn set_settings(&mut self, new: Settings) {
        if new.issue_year_max != self.settings.issue_year_max {
            self.issue_limits.push((self.entries.postings(), new.issue_year_max));
        }
        self.settings = new.counting();
    }

    /// Two laptops may both have chosen it: the first choice counts.
    #[inline(never)]
    fn choose_accounts(
        &mut self,
        kind: VillagerAccount,
        from: Option<Date>,
        date: Date,
        lines: &[PostedLine],
    ) -> Result<(), Contradiction> {
        if let Some(last) = lines.iter().map(|line| line.entry).max() {
            self.counters.observe(last);
        }
        if kind == self.villager_accounts.now() {
            return Ok(());
        }
        self.villager_accounts.choose(kind, from);
        if lines.is_empty() {
            return Ok(());
        }
        // Another laptop may have closed the month meanwhile.
        let date = self.closings.open_day(Ledger::Villager, date);
        self.post(Posting { cause: Cause::Opening, date, note: None }, lines)
    }

    /// Decides a claim; what it earned is dated as it was filed, or on another day.
    pub(super) fn decide_claim(
        &mut self,
        at: Moment,
        claim: ClaimId,
        verdict: &ClaimVerdict,
        by: Option<StaffId>,
        on: Option<Date>,
    ) -> Result<(), Contradiction> {
        match verdict {
            ClaimVerdict::Approved { activity, .. } => self.counters.observe(*activity),
            ClaimVerdict::Returned(reason) => self.observe_note(Some(*reason)),
        }
        let known = *self.claims.get(claim).ok_or(Contradiction::Unknown("申报"))?;
        // Two laptops may both have decided it: whoever comes first counts.
        if known.state != ClaimState::Open {
            return Err(Contradiction::Twice("申报审核"));
        }
        if let ClaimVerdict::Approved { activity, version, line } = verdict {
            let visit = self.visits.of_claim(claim);
            visit.map_or(Ok(()), |visit| self.check_unearned(visit).map(|_| ()))?;
            let cause = self.rules.cause(known.filed.item, *version, *activity, &self.witness);
            let date = on.unwrap_or(known.filed.date);
            self.post(Posting { cause, date, note: known.filed.note }, &[*line])?;
            if let Some(case) = known.filed.case.filter(|case| self.cases.get(*case).is_some()) {
                self.links.insert(line.entry, case);
            }
            if let Some(visit) = visit {
                self.earn(visit, line.entry);
            }
        }
        self.claims.decide(claim, verdict, Review { by, at });
        Ok(())
    }

    /// The case that earned the entry.
    pub fn case_of(&self, entry: EntryId) -> Option<CaseId> {
        self.links.get(entry)
    }

    /// The entries that a case earned, in the order of their ids.
    pub fn entries_of_case(&self, case: CaseId) -> Vec<EntryId> {
        let mut entries: Vec<_> = self.links.iter().filter(|(_, of)| *of == case).map(|(entry, _)| entry).collect();
        entries.sort_unstable();
        entries
    }
}
