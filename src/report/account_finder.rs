//! Finding one account of a ledger by a few keys.

use super::search::{HitKind, HouseholdHit, SearchIndex};
use super::tag::dotted;
use crate::domain::id::PersonId;
use crate::domain::people::Person;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::village::Village;

/// Hits that are looked through for members, who are few among all people.
const HITS_MAX: usize = 10_000;

/// An account that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountHit {
    /// Whose points.
    pub account: Account,
    /// Name of the head, the villager or the member.
    pub name: String,
    /// 「2-017 · 第二网格」; for a member with the type.
    pub detail: String,
}

/// The best `limit` accounts of the ledger for what was typed.
pub fn accounts_found(
    village: &Village,
    index: &SearchIndex,
    ledger: Ledger,
    typed: &str,
    limit: usize,
) -> Vec<AccountHit> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    match (ledger, village.villager_accounts.now()) {
        (Ledger::Villager, VillagerAccount::Household) => {
            let counts = |id| village.people.persons.get(id).is_some_and(Person::is_here);
            let hits = index.find_households(typed, limit, counts).into_iter();
            let hits = hits.map(|hit| AccountHit {
                account: Account::Household(hit.household),
                detail: dotted(&[&hit.number, &place_words(&hit)]),
                name: hit.head,
            });
            hits.collect()
        }
        (Ledger::Villager, VillagerAccount::Person) => {
            let people = people_found(village, index, typed).into_iter();
            people.filter_map(|person| account_of(village, Account::Villager(person))).take(limit).collect()
        }
        (Ledger::Member, _) => {
            let hits = index.find(typed, HITS_MAX).into_iter();
            let people = hits.filter_map(|hit| match hit.kind {
                HitKind::Household(household) => village.head(household),
                HitKind::Person(person, _) => Some(person),
                HitKind::Unit(_) | HitKind::Case(_) => None,
            });
            people.filter_map(|person| account_of(village, Account::Member(person))).take(limit).collect()
        }
    }
}

/// 「第二网格 · 同户 单秀英」
pub fn place_words(hit: &HouseholdHit) -> String {
    let other = hit.other.as_ref().map(|(_, name)| format!("同户 {name}")).unwrap_or_default();
    dotted(&[&hit.grid, &other])
}

/// The people who are meant: those of a household where its number was typed,
/// and whoever bears the name.
pub(super) fn people_found(village: &Village, index: &SearchIndex, typed: &str) -> Vec<PersonId> {
    let has_digit = typed.contains(|sign: char| sign.is_numeric());
    let mut found: Vec<PersonId> = Vec::new();
    for hit in index.find(typed, HITS_MAX) {
        let people = match hit.kind {
            HitKind::Household(id) if has_digit => {
                village.people.households.get(id).map_or_else(Vec::new, |home| home.people.clone())
            }
            HitKind::Household(id) => village.head(id).into_iter().collect(),
            HitKind::Person(person, _) => vec![person],
            HitKind::Unit(_) | HitKind::Case(_) => Vec::new(),
        };
        // Who is gone is found while their account still holds points.
        let is_here = |id: PersonId| village.people.persons.get(id).is_some_and(|one| one.is_here() && !one.erased);
        let counts = |id: &PersonId| is_here(*id) || village.balance(Account::Villager(*id)) > 0;
        found.extend(people.into_iter().filter(counts));
    }
    let mut known = std::collections::HashSet::new();
    found.retain(|person| known.insert(*person));
    found
}

/// The account as a hit; `None` for what is no account.
pub fn account_of(village: &Village, account: Account) -> Option<AccountHit> {
    let home = village.home_of(account)?;
    let grid = village.people.grid_name(home.grid);
    let kind = match account {
        Account::Household(_) | Account::Villager(_) => "",
        Account::Member(person) => village.people.persons.get(person)?.member_type()?.word(),
    };
    Some(AccountHit {
        account,
        name: village.account_name(account).to_owned(),
        detail: dotted(&[&home.number, grid, kind]),
    })
}
