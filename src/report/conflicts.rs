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
use crate::domain::check::lasting;
use crate::domain::command::Settlement;
use crate::domain::confirmed::Confirmed;
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
    rows.extend(looked_into(village));
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

/// What nothing undoes any more: somebody looks into it, and says so.
fn looked_into(village: &Village) -> Vec<ConflictRow> {
    let mut rows: Vec<ConflictRow> = Vec::new();
    for (found, words) in lasting(village) {
        let ways = vec![Way::Press(
            match found {
                Confirmed::Redemption(_) | Confirmed::Carried { .. } | Confirmed::Joined(_) => "已核实",
                Confirmed::Month { .. } => "已重新公示",
            },
            Settlement::Confirm(found),
        )];
        match rows.last_mut().filter(|row| row.ways == ways) {
            // One redemption may have been beyond this and beyond that.
            Some(row) => row.detail.push_str(&words),
            None => rows.push(looked_into_row(village, found, &words, ways)),
        }
    }
    rows
}

fn looked_into_row(village: &Village, found: Confirmed, words: &str, ways: Vec<Way>) -> ConflictRow {
    let (kind, title, advice) = match found {
        Confirmed::Redemption(id) => {
            let whose = village.shelf.redemption(id).map(|one| village.account_now(one.account));
            let title = whose.map_or_else(String::new, |account| account_words(village, account));
            ("兑换", title, "请向领取人核实:该退的在兑换记录里退还,不用退的点「已核实」。")
        }
        Confirmed::Month { ledger, month, .. } => {
            ("公示", format!("{}{}", month.words(), ledger.word()), "公示重新贴出以后点「已重新公示」。")
        }
        Confirmed::Carried { account, year, .. } => (
            "结转",
            format!("{} {year}年", account_words(village, account)),
            "结余本身没有少,只是结转那一行和它不一样。看过点「已核实」。",
        ),
        Confirmed::Joined(gone) => (
            "户",
            account_words(village, village.account_now(Account::Household(gone))),
            "要是两户,请把另一户重新登记,该归它的积分冲正后补登。看过点「已核实」。",
        ),
    };
    ConflictRow { kind, title, detail: format!("{words}{advice}"), ways }
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
