//! Settling what two laptops recorded against each other: the fold of the
//! events to which those decisions lead.

use super::calendar::Moment;
use super::conflict::{ActPlace, Choice, Displaced};
use super::event::{Event, JoinedPerson};
use super::id::HouseholdId;
use super::points::ledger::Account;
use super::village::{Contradiction, Village};

impl Village {
    /// Folds what settles a contradiction between two laptops.
    #[inline(never)]
    pub(super) fn apply_settlement(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::DisplacedSettled { place, choice } => self.settle(at, *place, *choice),
            Event::HouseholdsJoined { gone, kept, people } => {
                self.join(*gone, *kept, people);
                Ok(())
            }
            Event::HouseholdRenumbered { household, number } => {
                let now = self.people.household_now(*household);
                let household = self.people.households.get_mut(now).ok_or(Contradiction::Unknown("户"))?;
                household.number = number.as_str().into();
                Ok(())
            }
            Event::CaseRenumbered { case, number } => {
                let case = self.cases.get_mut(*case).ok_or(Contradiction::Unknown("事项"))?;
                case.opening.number = *number;
                let year = case.opening.received.date().year();
                self.observe_case_number(year, *number);
                Ok(())
            }
            Event::DebtAccepted { account, balance } => {
                self.debts.insert(self.account_now(*account), *balance);
                Ok(())
            }
            // What was known of others changes nothing in the village.
            _ => Ok(()),
        }
    }

    /// What is settled together with a displaced event: for a case, everything
    /// that the same laptop recorded of it before.
    pub fn branch(&self, place: ActPlace) -> Vec<&Displaced> {
        let Some(asked) = self.displaced().iter().find(|displaced| displaced.place == place) else {
            return Vec::new();
        };
        let case = asked.case().map(|(case, _)| case);
        let together = self.displaced().iter().filter(|other| {
            let same = other.place == place
                || case.is_some()
                    && other.case().map(|(case, _)| case) == case
                    && other.place.device == place.device
                    && other.place < place;
            same && other.settled.is_none()
        });
        together.collect()
    }

    /// An event that is displaced no longer has settled itself.
    fn settle(&mut self, at: Moment, place: ActPlace, choice: Choice) -> Result<(), Contradiction> {
        let branch: Vec<Displaced> = self.branch(place).into_iter().cloned().collect();
        for displaced in &mut self.displaced {
            if branch.iter().any(|settled| settled.place == displaced.place) {
                displaced.settled = Some(choice);
            }
        }
        if let (Choice::Take, [late]) = (choice, branch.as_slice())
            && late.is_late()
        {
            return self.take_late(at, late);
        }
        let case = branch.first().and_then(Displaced::case).map(|(case, _)| case);
        let (Choice::Take, Some(case)) = (choice, case) else {
            return Ok(());
        };
        let happenings: Vec<_> = branch.iter().filter_map(|one| Some((one.at, one.case()?.1))).collect();
        let case = self.cases.get_mut(case).ok_or(Contradiction::Unknown("事项"))?;
        Ok(case.adopt(&happenings)?)
    }

    /// Two laptops may have joined the same households, in either direction.
    fn join(&mut self, gone: HouseholdId, kept: HouseholdId, people: &[JoinedPerson]) {
        for JoinedPerson { gone, kept } in people {
            let (before, kept) = (self.people.person_now(*gone), *kept);
            if self.people.join_persons(*gone, kept) {
                let now = self.people.person_now(kept);
                self.join_accounts(Account::Member(before), Account::Member(now));
                self.join_accounts(Account::Villager(before), Account::Villager(now));
            }
        }
        let before = self.people.household_now(gone);
        if self.people.join_households(gone, kept) {
            self.join_accounts(Account::Household(before), Account::Household(self.people.household_now(kept)));
        }
    }

    #[inline(never)]
    fn join_accounts(&mut self, gone: Account, kept: Account) {
        self.entries.join(gone, kept);
        self.shelf.join(gone, kept);
    }
}
