//! 冲突: what two laptops recorded against each other, each with the ways to
//! settle it. A fold of the village, so both laptops list the same.

mod case;
mod displaced;
mod joining;
mod subject;
mod twice;

use std::collections::HashSet;

pub use self::joining::{JoinDifference, join_differences};
pub(super) use self::subject::when;
pub use self::twice::{kinds_advice, same_households};
use crate::domain::command::Settlement;
use crate::domain::id::{GoodsId, HouseholdId};
use crate::domain::oversight::Irregularity;
use crate::domain::points::ledger::Account;
use crate::domain::village::Village;

/// One thing to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    /// What kind of conflict: 「事项」.
    pub kind: &'static str,
    /// What it is about.
    pub title: String,
    /// What was recorded against what, and what counts for now.
    pub detail: String,
    /// The ways to settle it, the usual one first.
    pub ways: Vec<Way>,
}

/// A way to settle a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a press.
    Press(&'static str, Settlement),
    /// By looking at what differs between two entries of a household, the one
    /// that goes and the one that stays, and choosing.
    Join(&'static str, HouseholdId, HouseholdId),
    /// By typing a new number for the household.
    Number(&'static str, HouseholdId),
    /// By typing what was counted.
    Count(&'static str, GoodsId),
}

/// Everything that is not settled, in a fixed order.
pub fn conflicts(village: &Village) -> Vec<ConflictRow> {
    let mut rows: Vec<ConflictRow> = displaced::rows(village).collect();
    rows.extend(short_stock(village));
    rows.extend(debts(village));
    rows.extend(twice::rows(village));
    rows
}

fn short_stock(village: &Village) -> impl Iterator<Item = ConflictRow> {
    village.shelf.goods.iter().filter(|goods| village.shelf.stock(goods.id) < 0).map(|goods| ConflictRow {
        kind: "库存",
        title: goods.name.clone(),
        detail: format!(
            "两台电脑发出的合起来比库存多 {} {}。请清点实物,登记现在还有多少。",
            village.shelf.stock(goods.id).unsigned_abs(),
            goods.unit
        ),
        ways: vec![Way::Count("登记盘点", goods.id)],
    })
}

/// Below zero because more was redeemed than there was, and more than was accepted
/// before. A deduction may take an account below zero too; that is no conflict.
fn debts(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let beyond = village.irregular().iter().filter(|(_, what)| *what == Irregularity::BeyondBalance);
    let standing = beyond.filter_map(|(id, _)| village.shelf.redemption(*id)).filter(|one| one.stands());
    let beyond: HashSet<Account> = standing.map(|one| one.account).collect();
    let accounts = village.entries.totals().map(|(account, _)| account);
    accounts.filter(move |account| beyond.contains(account)).filter_map(|account| {
        let (balance, accepted) = (village.balance(account), village.accepted_debt(account));
        let beyond = village.debt_beyond(account);
        let detail = match accepted {
            0 => format!("结余是 {balance} 分:两台电脑兑换的合起来比积分多。可以记为欠分,以后得分先抵。"),
            _ => format!(
                "结余是 {balance} 分:以前记过欠 {} 分,两台电脑后来兑换的合起来又比积分多 {beyond} 分。可以一起记为欠分,以后得分先抵。",
                accepted.unsigned_abs()
            ),
        };
        (beyond > 0).then(|| ConflictRow {
            kind: "积分",
            title: account_words(village, account),
            detail,
            ways: vec![Way::Press("记为欠分", Settlement::AcceptDebt(account))],
        })
    })
}

fn account_words(village: &Village, account: Account) -> String {
    let number = match account {
        Account::Household(_) | Account::Villager(_) => {
            village.home_of(account).map_or("", |household| household.number.as_str())
        }
        Account::Member(_) => "党员",
    };
    format!("{number} {}", village.account_name(account))
}
