//! Settling what two laptops recorded against each other: the fold of the
//! events to which those decisions lead.

use super::calendar::Moment;
use super::conflict::{ActPlace, Choice, Displaced};
use super::contradiction::Contradiction;
use super::event::{Event, JoinedPerson};
use super::id::{EntryId, HouseholdId};
use super::points::entries::Cause;
use super::points::ledger::{Account, Reason};
use super::register::{Field, Owner};
use super::village::Village;

/// A balance below zero that was accepted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Debt {
    pub account: Account,
    pub balance: i64,
    /// How many entries there were.
    pub entries: usize,
}

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
                // Whoever gave it the number may not have known that it is one with another by now.
                let is_joined = self.people.household_now(*household) != *household;
                if let Some(known) = self.people.households.get_mut(*household) {
                    known.number = number.as_str().into();
                } else if !is_joined {
                    return Err(Contradiction::Unknown("户"));
                }
                self.renumbered.push((*household, number.as_str().into()));
                Ok(())
            }
            Event::CaseRenumbered { case, number } => {
                let case = self.cases.get_mut(*case).ok_or(Contradiction::Unknown("事项"))?;
                case.opening.number = *number;
                let year = case.opening.received.date().year();
                self.case_numbers.observe(year, *number);
                Ok(())
            }
            Event::DebtAccepted { account, balance } => {
                let (account, entries) = (self.account_now(*account), self.entries.len());
                self.debts.push(Debt { account, balance: *balance, entries });
                Ok(())
            }
            Event::FindingConfirmed(found) => {
                self.confirmed.push(*found);
                Ok(())
            }
            // What was known of others changes nothing in the village.
            _ => Ok(()),
        }
    }

    /// The balance below zero that was accepted for the account last; 0 for none.
    pub fn accepted_debt(&self, account: Account) -> i64 {
        self.debts.iter().rfind(|known| known.account == account).map_or(0, |known| known.balance)
    }

    /// How far the account is below zero, and below what was accepted. What was
    /// deducted since then is no debt of this kind.
    pub fn debt_beyond(&self, account: Account) -> i64 {
        let known = self.debts.iter().rfind(|known| known.account == account);
        let (accepted, deducted) =
            known.map_or((0, 0), |known| (known.balance, self.entries.sum_since(account, known.entries).min(0)));
        accepted.saturating_sub(self.balance(account)).saturating_add(deducted).max(0)
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

    /// People of both entries of a household who are the same: those of one name.
    pub fn same_people(&self, gone: HouseholdId, kept: HouseholdId) -> Vec<JoinedPerson> {
        let people = |id| self.people.households.get(id).map_or_else(Vec::new, |home| home.people.clone());
        let mut free = people(kept);
        let mut same = Vec::new();
        for person in people(gone) {
            let name = self.name(person);
            let has_name = !name.is_empty() && !self.is_erased(person);
            let place = free.iter().position(|other| has_name && self.name(*other) == name);
            same.extend(place.map(|place| JoinedPerson { gone: person, kept: free.remove(place) }));
        }
        same
    }

    /// Texts that both entries of a household, or of its people, have and that
    /// differ: the owner that would go, the one that would stay, and which field.
    pub fn differing_texts(&self, gone: HouseholdId, kept: HouseholdId) -> Vec<(Owner, Owner, Field)> {
        let people = self.same_people(gone, kept).into_iter();
        let people = people.map(|one| (Owner::from(one.gone), Owner::from(one.kept)));
        let owners = std::iter::once((Owner::from(gone), Owner::from(kept))).chain(people);
        let fields = owners.flat_map(|(gone, kept)| Field::ALL.map(|field| (gone, kept, field)));
        let differs = |(gone, kept, field): &(Owner, Owner, Field)| {
            let [one, other] = [gone, kept].map(|owner| self.register.text(*owner, *field));
            !one.is_empty() && !other.is_empty() && one != other
        };
        fields.filter(differs).collect()
    }

    /// 起始分 of the account that were not taken back, in the order in which they were recorded.
    pub fn standing_openings(&self, account: Account) -> impl Iterator<Item = EntryId> {
        let openings = self.entries.of(account).filter(|entry| entry.reason == Reason::Opening);
        openings.map(|entry| entry.id).filter(|id| self.entries.reversal_of(*id).is_none())
    }

    /// Accounts with more than one 起始分: two laptops began them.
    pub fn opened_twice(&self) -> Vec<Account> {
        let mut standing = vec![0_u32; self.entries.accounts()];
        for lines in self.entries.posted().filter(|lines| lines.posting.cause == Cause::Opening) {
            for (slot, _) in lines.slots.iter().zip(lines.reversed).filter(|(_, reversed)| !**reversed) {
                standing[*slot as usize] += 1;
            }
        }
        let accounts = self.entries.totals().zip(standing).filter(|(_, standing)| *standing > 1);
        accounts.map(|((account, _), _)| account).collect()
    }

    /// Households that are one although another laptop told them apart: the
    /// entry that went, and the number that it was given.
    pub fn joined_apart(&self) -> impl Iterator<Item = (HouseholdId, &str)> {
        let given = self.renumbered.iter().map(|(id, number)| (*id, number.as_str()));
        given.filter(|(id, _)| self.people.household_now(*id) != *id)
    }

    /// An event that is displaced no longer has settled itself.
    fn settle(&mut self, at: Moment, place: ActPlace, choice: Choice) -> Result<(), Contradiction> {
        let asked = self.displaced.iter().find(|displaced| displaced.place == place);
        if asked.and_then(|displaced| displaced.settled).is_some_and(|settled| settled != choice) {
            return Err(Contradiction::Rival);
        }
        let branch: Vec<Displaced> = self.branch(place).into_iter().cloned().collect();
        let taken = if choice == Choice::Take { self.take(at, &branch) } else { Ok(()) };
        // What a case cannot take without steps that another laptop kept out stays to be settled.
        if taken.is_ok() || branch.iter().all(|one| one.case().is_none()) {
            for displaced in &mut self.displaced {
                if branch.iter().any(|settled| settled.place == displaced.place) {
                    displaced.settled = Some(choice);
                }
            }
        }
        taken
    }

    /// Lets the displaced events take the place of what was in their way.
    fn take(&mut self, at: Moment, branch: &[Displaced]) -> Result<(), Contradiction> {
        let Some(first) = branch.first() else { return Ok(()) };
        if let [late] = branch
            && late.is_late()
        {
            return self.take_late(at, late);
        }
        if let Some(settings) = first.settings() {
            self.set_settings(settings);
        }
        if let Some(table) = first.working_days() {
            return self.enter_working_days(table, true);
        }
        let Some((case, _)) = first.case() else { return Ok(()) };
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
        // One of the two may have been erased by who did not know that they are one.
        for one in people {
            let person = self.people.person_now(one.kept);
            if self.is_erased(person) {
                self.erase_photos(person);
            }
        }
    }

    #[inline(never)]
    fn join_accounts(&mut self, gone: Account, kept: Account) {
        self.entries.join(gone, kept);
        self.shelf.join(gone, kept);
    }
}
