//! Findings that nothing undoes: goods are gone, a month is on the wall, a year is
//! over. They stand until somebody has looked into them.

use std::collections::BTreeMap;

use super::account_words;
use crate::domain::calendar::{Quarter, long_date};
use crate::domain::confirmed::Confirmed;
use crate::domain::count::counted;
use crate::domain::id::RedemptionId;
use crate::domain::oversight::Irregularity;
use crate::domain::points::close::{Tally, month_tally, year_end};
use crate::domain::points::ledger::{Account, Reason};
use crate::domain::village::Village;

/// Findings with what would be confirmed of them.
type Found = Vec<(Confirmed, String)>;

/// Everything of the kind that nobody has looked into yet.
pub fn lasting(village: &Village) -> Found {
    let all =
        [made_up_for, delivered_since, during_veto, beyond_limits, changed_months, carried_otherwise, joined_apart];
    all.into_iter().flat_map(|found| open(village, found(village))).collect()
}

fn open(village: &Village, found: Found) -> impl Iterator<Item = (Confirmed, String)> {
    found.into_iter().filter(|(what, _)| !village.is_confirmed(*what))
}

fn words(village: &Village, found: Found) -> Vec<String> {
    open(village, found).map(|(_, words)| words).collect()
}

pub(super) fn within_balance(village: &Village) -> Vec<String> {
    let mut found = beyond_balance(village);
    found.retain(|(what, _)| is_owed(village, *what) || !village.is_confirmed(*what));
    found.into_iter().map(|(_, words)| words).collect()
}

pub(super) fn within_stock(village: &Village) -> Vec<String> {
    words(village, beyond_stock(village))
}

pub(super) fn no_redemption_during_veto(village: &Village) -> Vec<String> {
    words(village, during_veto(village))
}

pub(super) fn within_limits(village: &Village) -> Vec<String> {
    words(village, beyond_limits(village))
}

pub(super) fn closed_months_unchanged(village: &Village) -> Vec<String> {
    words(village, changed_months(village))
}

pub(super) fn carried_is_what_there_was(village: &Village) -> Vec<String> {
    words(village, carried_otherwise(village))
}

pub(super) fn joined_households_were_one(village: &Village) -> Vec<String> {
    words(village, joined_apart(village))
}

fn joined_apart(village: &Village) -> Found {
    let found = village.joined_apart().map(|(gone, number)| {
        let whose = account_words(village, village.account_now(Account::Household(gone)));
        let words = format!("一台电脑把两户并成了 {whose},另一台电脑当成两户,另一户是 {number}。现在算一户。");
        (Confirmed::Joined(gone), words)
    });
    found.collect()
}

fn beyond_limits(village: &Village) -> Found {
    let standing = village.irregular().iter().filter_map(|(id, what)| Some((village.shelf.redemption(*id)?, what)));
    let beyond = standing.filter(|(one, _)| one.stands()).filter_map(|(one, what)| {
        let (account, day) = (village.account_now(one.account), one.at.date());
        let words = match *what {
            // One of several may have been taken back since.
            Irregularity::BeyondLimit { goods, limit } => {
                let taken = village.taken_by_home(account, goods, Quarter::of(day));
                let known = village.shelf.goods.get(goods)?;
                let (name, unit) = (&known.name, &known.unit);
                (taken > limit).then(|| format!("「{name}」每户每季最多 {limit} {unit},这一季共兑了 {taken} {unit}"))
            }
            Irregularity::BeyondDay { limit } => {
                let taken = village.redeemed_by_home(account, day);
                (taken > i64::from(limit)).then(|| format!("每天最多 {limit} 分,这一天共兑了 {taken} 分"))
            }
            _ => None,
        };
        let (whose, day) = (account_words(village, account), long_date(day));
        Some((Confirmed::Redemption(one.id), format!("{whose} {day} 的兑换超过了限量:{}。请核实。", words?)))
    });
    beyond.collect()
}

fn irregular(village: &Village, is_meant: impl Fn(Irregularity) -> bool, words: &str) -> Found {
    let found = village.irregular().iter().filter(|(_, found)| is_meant(*found));
    let standing = found.filter_map(|(id, _)| village.shelf.redemption(*id)).filter(|one| one.stands());
    let words = standing.map(|one| {
        let (whose, day) = (account_words(village, one.account), long_date(one.at.date()));
        (Confirmed::Redemption(one.id), format!("{whose} {day} 兑换 {} 分时{words}。", one.points()))
    });
    words.collect()
}

/// Where the account is below zero now, that is to be settled; where later points have
/// made up for it, what was wrong then is only to be looked into.
fn beyond_balance(village: &Village) -> Found {
    // What was accepted as a debt is settled.
    let is_open = |account| village.accepted_debt(account) == 0 || village.debt_beyond(account) > 0;
    let mut found = irregular(village, |what| what == Irregularity::BeyondBalance, ",积分已经不够");
    found.retain(|(what, _)| matches!(what, Confirmed::Redemption(id) if village.shelf.redemption(*id).is_some_and(|one| is_open(one.account))));
    found
}

fn made_up_for(village: &Village) -> Found {
    let mut found = beyond_balance(village);
    found.retain(|(what, _)| !is_owed(village, *what));
    found
}

fn is_owed(village: &Village, what: Confirmed) -> bool {
    let Confirmed::Redemption(id) = what else { return false };
    village.shelf.redemption(id).is_some_and(|one| village.debt_beyond(village.account_now(one.account)) > 0)
}

/// What was counted since then, with the difference that it made, is settled.
fn beyond_stock(village: &Village) -> Found {
    let is_open = |what| {
        let Irregularity::BeyondStock { goods, counts } = what else { return false };
        let pooled = &village.shelf.pooled;
        let mut since = village.shelf.counts()[counts..].iter().filter(|count| !pooled.explains(count.note));
        since.all(|count| count.goods != goods && count.goods != pooled.now(goods))
    };
    irregular(village, is_open, ",库存已经不够")
}

/// Where the shelf is still below nothing, it has to be counted.
fn delivered_since(village: &Village) -> Found {
    let stock = |goods| village.shelf.stock(village.shelf.pooled.now(goods));
    let is_short = |what| matches!(what, Irregularity::BeyondStock { goods, .. } if stock(goods) < 0);
    let short: Vec<RedemptionId> =
        village.irregular().iter().filter(|(_, what)| is_short(*what)).map(|(id, _)| *id).collect();
    let mut found = beyond_stock(village);
    found.retain(|(what, _)| !matches!(what, Confirmed::Redemption(id) if short.contains(id)));
    found
}

fn during_veto(village: &Village) -> Found {
    irregular(village, |what| what == Irregularity::DuringVeto, ",另一台电脑已经登记停兑")
}

fn changed_months(village: &Village) -> Found {
    let changed = village.closings.iter().filter_map(|closing| {
        let closed = &closing.closed;
        let (then, now) = (closed.tally(), month_tally(village, closed.ledger, closed.month));
        let words = || {
            format!(
                "{}{}月结时是 {},现在是 {}:合并进来的是月结之前记的。请重新公示这个月。",
                closed.month.words(),
                closed.ledger.word(),
                tally_words(then),
                tally_words(now)
            )
        };
        let what = Confirmed::Month { ledger: closed.ledger, month: closed.month, tally: now };
        (then != now).then(|| (what, words()))
    });
    changed.collect()
}

fn carried_otherwise(village: &Village) -> Found {
    let mut found = Vec::new();
    let mut carried: BTreeMap<(Account, i16), i64> = BTreeMap::new();
    for entry in village.entries.iter() {
        if let Reason::Carried { year, points } = entry.reason
            && village.entries.reversal_of(entry.id).is_none()
        {
            *carried.entry((entry.account, year)).or_default() += i64::from(points);
        }
    }
    for ((account, year), then) in carried {
        let now = village.balance_on(account, year_end(year)).max(0);
        if then != now {
            let whose = account_words(village, account);
            let words =
                format!("{whose}从 {year}年结转了 {then} 分,年末结余现在是 {now} 分:合并进来的是月结之前记的。");
            found.push((Confirmed::Carried { account, year, balance: now }, words));
        }
    }
    found
}

fn tally_words(tally: Tally) -> String {
    format!("{} 条、{} 分、兑换 {} 分", counted(tally.entries), counted(tally.points), counted(tally.redeemed))
}
