//! What a month did to one account: the figures of a public notice, and what
//! they are for. `opening + plus + minus + cleared − redeemed + returned = closing`.

use super::ledger::{Account, ClearCause, Entry, Reason};
use super::rule::RuleVersion;
use super::sums::{Merit, merit};
use crate::domain::calendar::Month;
use crate::domain::id::ItemId;
use crate::domain::village::Village;

/// What points of a month were for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// An act under an item.
    Act(ItemId, RuleVersion),
    /// A correction of an earlier month.
    Correction,
    /// 清零 by a veto.
    Veto,
    /// 年终清零
    YearEnd,
    /// 过期
    Expired,
}

/// All that was recorded of one deed in the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeedSum {
    /// What it was.
    pub deed: Deed,
    /// How many units.
    pub quantity: u32,
    /// Points, negative for a deduction.
    pub points: i64,
}

/// One account in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// 上月结余, 起始分 of the month included.
    pub opening: i64,
    /// 加分
    pub plus: i64,
    /// 扣分, zero or negative.
    pub minus: i64,
    /// 年终清零 and 过期, less what was given back: no score.
    pub cleared: i64,
    /// 兑换
    pub redeemed: i64,
    /// 退还, also of what was redeemed in an earlier month.
    pub returned: i64,
    /// What the points were for, those that brought most first.
    pub deeds: Vec<DeedSum>,
}

impl Statement {
    /// 得分 of the month.
    pub const fn score(&self) -> i64 {
        self.plus + self.minus
    }

    /// 本月结余
    pub const fn closing(&self) -> i64 {
        self.opening + self.plus + self.minus + self.cleared - self.redeemed + self.returned
    }

    fn add(&mut self, deed: Deed, merit: Merit, entry: &Entry) {
        let points = i64::from(entry.points);
        match merit {
            Merit::Cleared => self.cleared += points,
            _ if points > 0 => self.plus += points,
            _ => self.minus += points,
        }
        let quantity = entry.reason.quantity();
        match self.deeds.iter_mut().find(|sum| sum.deed == deed) {
            Some(sum) => {
                sum.quantity = sum.quantity.saturating_add(quantity);
                sum.points += points;
            }
            None => self.deeds.push(DeedSum { deed, quantity, points }),
        }
    }
}

/// What the month did to the account. What was recorded and taken back within
/// the month has never been on a notice, and is not on this one.
pub fn statement(village: &Village, account: Account, month: Month) -> Statement {
    let mut statement = Statement::default();
    let (first, last) = (month.first_day(), month.last_day());
    for entry in village.entries.of(account) {
        if entry.date < first {
            statement.opening += i64::from(entry.points);
        } else if entry.date <= last {
            let deed = match entry.reason {
                Reason::Opening => {
                    statement.opening += i64::from(entry.points);
                    continue;
                }
                Reason::Carried { .. } => continue,
                Reason::Returned(_) => {
                    statement.returned += i64::from(entry.points);
                    continue;
                }
                Reason::Cleared(ClearCause::Veto(_)) => Deed::Veto,
                Reason::Cleared(ClearCause::YearEnd(_)) => Deed::YearEnd,
                Reason::Cleared(ClearCause::Expired(_)) => Deed::Expired,
                Reason::Act { item, version, .. } => Deed::Act(item, version),
                // Taking 结转 back changes nothing.
                Reason::Reversal(_) if entry.points == 0 => continue,
                Reason::Reversal(_) => Deed::Correction,
            };
            let merit = merit(village, entry.reason.into());
            // Taking 起始分 back is no deduction.
            if merit == Merit::Opening {
                statement.opening += i64::from(entry.points);
                continue;
            }
            if !is_undone_within(village, &entry, month) {
                statement.add(deed, merit, &entry);
            }
        }
    }
    for redemption in village.shelf.redemptions_of(account) {
        let day = redemption.at.date();
        if day < first {
            statement.opening -= redemption.points();
        } else if day <= last {
            statement.redeemed += redemption.points();
        }
    }
    crate::domain::order::sort_by_key(&mut statement.deeds, |sum| -sum.points);
    statement
}

/// Whether the entry and its reversal both lie in the month.
fn is_undone_within(village: &Village, entry: &Entry, month: Month) -> bool {
    let other = match entry.reason {
        Reason::Reversal(original) => Some(original),
        _ => village.entries.reversal_of(entry.id),
    };
    let other = other.and_then(|id| village.entries.get(id));
    other.is_some_and(|other| Month::of(other.date) == month && other.reason != Reason::Opening)
}

/// 本年累计 at the end of the month: 起始分 and what the year brought so far.
/// 年终清零 is no score.
pub fn year_score(village: &Village, account: Account, month: Month) -> i64 {
    let last = month.last_day();
    let counted = village.entries.of(account).filter(|entry| {
        let of_year = entry.date.year() == month.year;
        entry.date <= last
            && match merit(village, entry.reason.into()) {
                Merit::Opening => true,
                Merit::Cleared | Merit::Returned => false,
                Merit::Act | Merit::Reversal => of_year,
            }
    });
    counted.map(|entry| i64::from(entry.points)).sum()
}
