//! What one account earned, lost and redeemed in a quarter: one fold over its
//! entries, on which ranking, passbook and overview stand.

use super::entries::{Cause, Entries, PostedLines, Posting};
use super::ledger::{Account, ClearCause, Reason};
use super::shelf::Redemption;
use crate::domain::calendar::{Month, Quarter};
use crate::domain::village::Village;

/// The sums of an account. `opening + earned + deducted + cleared − redeemed + returned = closing`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountSums {
    /// 上季结余: what it held before the quarter, 起始分 of the quarter included.
    pub opening: i64,
    /// 加分 of the quarter, less what was taken back by 冲正.
    pub earned: i64,
    /// 扣分 of the quarter, zero or negative, less what was given back by 冲正.
    pub deducted: i64,
    /// 年终清零 and 过期 of the quarter, zero or negative, less what was given back.
    pub cleared: i64,
    /// 兑换 of the quarter, whether or not it was handed back later.
    pub redeemed: i64,
    /// 结余 as of now, whatever the quarter.
    pub balance: i64,
    /// 退还 of the quarter, also of what was redeemed before it. It has half the room of the
    /// others: with it the sums of a county are no larger than without.
    pub returned: i32,
    /// Whether an act of the quarter brought points and still stands.
    pub has_points: bool,
}

impl AccountSums {
    /// 得分 of the quarter: 加分 and 扣分 together. Ranking goes by it.
    pub const fn score(&self) -> i64 {
        self.earned + self.deducted
    }

    /// 结余 at the end of the quarter.
    pub const fn closing(&self) -> i64 {
        self.opening + self.earned + self.deducted + self.cleared - self.redeemed + self.returned as i64
    }
}

/// What a posting is towards a score. It is decided here alone: ranking, notice
/// and 评优 stand on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merit {
    /// What an account starts with, and taking that back: no score of a quarter.
    Opening,
    /// An act, or 清零 by a veto, which the meeting decided for one.
    Act,
    /// Taking back one.
    Reversal,
    /// 年终清零, 过期 and 结转, and giving that back: towards the balance only.
    Cleared,
    /// 退还: what was redeemed comes back; no score.
    Returned,
}

/// What the posting is towards a score.
pub fn merit(village: &Village, cause: Cause) -> Merit {
    let (reason, act) = match cause {
        Cause::Reversal(original) => (village.entries.get(original).map(|original| original.reason), Merit::Reversal),
        Cause::Opening => return Merit::Opening,
        Cause::Cleared(cause) => (Some(Reason::Cleared(cause)), Merit::Act),
        Cause::Act { .. } => return Merit::Act,
        Cause::Carried(_) => return Merit::Cleared,
        Cause::Returned(_) => return Merit::Returned,
    };
    match reason {
        Some(Reason::Opening) => Merit::Opening,
        Some(Reason::Cleared(ClearCause::YearEnd(_) | ClearCause::Expired(_)) | Reason::Carried { .. }) => {
            Merit::Cleared
        }
        _ => act,
    }
}

/// What the lines of one posting count as in a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    /// Only towards the balance: they come after the quarter.
    Later,
    /// In the quarter.
    Within(Merit),
}

fn counted(village: &Village, posting: &Posting, quarter: Quarter) -> Counted {
    match posting.date {
        date if date > quarter.last_day() => Counted::Later,
        date if date < quarter.first_day() => Counted::Within(Merit::Opening),
        _ => Counted::Within(merit(village, posting.cause)),
    }
}

impl AccountSums {
    fn add(&mut self, counted: Counted, points: i32, reversed: bool) {
        let amount = i64::from(points);
        self.balance += amount;
        match counted {
            Counted::Later => {}
            Counted::Within(Merit::Opening) => self.opening += amount,
            Counted::Within(Merit::Cleared) => self.cleared += amount,
            Counted::Within(Merit::Returned) => self.returned = self.returned.saturating_add(points),
            // A reversal has the opposite sign of what it takes back.
            Counted::Within(merit) if (amount > 0) == (merit == Merit::Act) => self.earned += amount,
            Counted::Within(_) => self.deducted += amount,
        }
        self.has_points |= counted == Counted::Within(Merit::Act) && points > 0 && !reversed;
    }

    fn redeem(&mut self, redemption: &Redemption, quarter: Quarter) {
        let (points, day) = (redemption.points(), redemption.at.date());
        self.balance -= points;
        if day < quarter.first_day() {
            self.opening -= points;
        } else if day <= quarter.last_day() {
            self.redeemed += points;
        }
    }
}

/// Sums of the account in the quarter.
pub fn account_sums(village: &Village, account: Account, quarter: Quarter) -> AccountSums {
    let mut sums = AccountSums::default();
    for (posting, points, reversed) in village.entries.lines_of(account) {
        sums.add(counted(village, posting, quarter), points, reversed);
    }
    for redemption in village.shelf.redemptions_of(account) {
        sums.redeem(redemption, quarter);
    }
    sums
}

/// The sums of every account, from one pass over the ledgers.
#[derive(Clone, Debug)]
pub struct AllSums<'a> {
    village: &'a Village,
    by_slot: Vec<AccountSums>,
    /// What came before the quarter, which is most of a ledger: apart, so that it stays
    /// in the processor's cache.
    before: Vec<i64>,
}

impl AllSums<'_> {
    /// Sums of the account; zeros for one without entries.
    pub fn of(&self, account: Account) -> AccountSums {
        let Some(slot) = self.village.entries.slot(account) else { return AccountSums::default() };
        let (sums, before) = (self.by_slot[slot], self.before[slot]);
        AccountSums { opening: sums.opening + before, balance: sums.balance + before, ..sums }
    }

    /// 得分 of the account: the one sum of those that is asked for of every account.
    pub fn score_of(&self, account: Account) -> i64 {
        self.village.entries.slot(account).map_or(0, |slot| self.by_slot[slot].score())
    }
}

/// Sums of all accounts in the quarter: what to take when many are asked for.
pub fn all_account_sums(village: &Village, quarter: Quarter) -> AllSums<'_> {
    let mut by_slot = vec![AccountSums::default(); village.entries.accounts()];
    let mut before = vec![0; by_slot.len()];
    for lines in village.entries.posted() {
        match counted(village, lines.posting, quarter) {
            Counted::Within(Merit::Opening) => add_before(&mut before, &lines),
            counted => add_lines(&mut by_slot, counted, &lines),
        }
    }
    for redemption in village.shelf.redemptions() {
        if let Some(slot) = village.entries.slot(redemption.account) {
            by_slot[slot].redeem(redemption, quarter);
        }
    }
    AllSums { village, by_slot, before }
}

// Functions of their own on purpose: browsers replace a function by its optimised
// form when it is called again, not while it runs.
#[inline(never)]
fn add_before(before: &mut [i64], lines: &PostedLines<'_>) {
    for (slot, points) in lines.slots.iter().zip(lines.points) {
        before[*slot as usize] += i64::from(*points);
    }
}

#[inline(never)]
fn add_lines(by_slot: &mut [AccountSums], counted: Counted, lines: &PostedLines<'_>) {
    for ((slot, points), reversed) in lines.slots.iter().zip(lines.points).zip(lines.reversed) {
        by_slot[*slot as usize].add(counted, *points, *reversed);
    }
}

/// The sums of each month in which something was posted, oldest first, over
/// both ledgers.
pub fn month_sums(entries: &Entries) -> Vec<(Month, i64)> {
    let mut sums: Vec<(Month, i64)> = Vec::new();
    for lines in entries.posted() {
        let sum: i64 = lines.points.iter().map(|points| i64::from(*points)).sum();
        let month = Month::of(lines.posting.date);
        // What is posted mostly belongs to the month of what was posted before.
        match sums.iter_mut().rev().find(|(known, _)| *known == month) {
            Some((_, total)) => *total += sum,
            None => sums.push((month, sum)),
        }
    }
    sums.sort_by_key(|(month, _)| (month.year, month.month));
    sums
}
