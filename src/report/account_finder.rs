//! Finding one account of a ledger by a few keys.

use super::search::{HitKind, SearchIndex};
use super::tag::dotted;
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
    /// Name of the head, or of the member.
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
    match ledger {
        Ledger::Villager => {
            let hits = index.find_households(typed, limit).into_iter();
            let hits = hits.map(|hit| AccountHit {
                account: Account::Household(hit.household),
                detail: dotted(&[&hit.number, &hit.grid]),
                name: hit.head,
            });
            hits.collect()
        }
        Ledger::Member => {
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

/// The account as a hit; `None` for what is no account.
pub fn account_of(village: &Village, account: Account) -> Option<AccountHit> {
    let home = super::ranking::home(village, account)?;
    let grid = village.people.grid_name(home.grid);
    let kind = match account {
        Account::Household(_) => "",
        Account::Member(person) => village.people.persons.get(person)?.member_type()?.word(),
    };
    Some(AccountHit {
        account,
        name: super::ranking::account_name(village, account).to_owned(),
        detail: dotted(&[&home.number, grid, kind]),
    })
}
