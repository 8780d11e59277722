//! What earns points only once, and did so twice because two laptops did not
//! know of each other, or because a household was entered twice.

use std::collections::BTreeMap;

use super::account_words;
use crate::domain::calendar::Month;
use crate::domain::id::{CaseId, HouseholdId, PersonId};
use crate::domain::points::ledger::Account;
use crate::domain::village::Village;
use crate::domain::visits::Visitor;

/// A case brings points to an account once.
pub(super) fn rewarded_by_a_case(village: &Village) -> Vec<String> {
    let mut earned: BTreeMap<(CaseId, Account), (usize, i64)> = BTreeMap::new();
    let standing = village.links.iter().filter(|(entry, _)| village.entries.reversal_of(*entry).is_none());
    for (entry, case) in standing.filter_map(|(entry, case)| Some((village.entries.get(entry)?, case))) {
        let found = earned.entry((case, village.account_now(entry.account))).or_default();
        *found = (found.0 + 1, found.1 + i64::from(entry.points));
    }
    let twice = earned.into_iter().filter(|(_, (count, _))| *count > 1);
    let words = twice.filter_map(|((case, account), (count, points))| {
        let opening = &village.cases.get(case)?.opening;
        let (year, number, account) = (opening.received.date().year(), opening.number, account_words(village, account));
        Some(format!(
            "{year}年 {number:04} 号事项给 {account}记了 {count} 次分,共 {points} 分。请核实,多记的在存折里冲正。"
        ))
    });
    words.collect()
}

/// A household counts once a month for the same member.
pub(super) fn rewarded_for_visits(village: &Village) -> Vec<String> {
    let mut earned: BTreeMap<(PersonId, HouseholdId, Month), usize> = BTreeMap::new();
    let rewarded = village.visits.iter().filter(|visit| visit.stands() && village.visit_entry(visit).is_some());
    for made in rewarded.map(|visit| visit.made) {
        let home = village.people.household_now(made.household);
        // Only members earn something.
        if let Visitor::Person(person) = village.visitor_now(made.visitor) {
            *earned.entry((person, home, Month::of(made.date))).or_default() += 1;
        }
    }
    let twice = earned.into_iter().filter(|(_, count)| *count > 1);
    let words = twice.map(|((person, home, month), count)| {
        let who = account_words(village, Account::Member(person));
        let home = account_words(village, Account::Household(home));
        format!("{who} {}走访 {home}记了 {count} 次分。请核实,多记的在存折里冲正。", month.words())
    });
    words.collect()
}
