//! What one account earned, lost and redeemed in a quarter: one fold over its
//! entries, on which ranking, passbook and overview stand.

use crate::domain::calendar::Quarter;
use crate::domain::points::ledger::{Account, Entry, Reason};
use crate::domain::village::Village;

/// The sums of an account. `opening + earned + deducted − redeemed = closing`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountSums {
    /// 上季结余: what it held before the quarter, 起始分 of the quarter included.
    pub opening: i64,
    /// 加分 of the quarter, less what was taken back by 冲正.
    pub earned: i64,
    /// 扣分 of the quarter, zero or negative, less what was given back by 冲正.
    pub deducted: i64,
    /// 兑换 of the quarter.
    pub redeemed: i64,
    /// 结余 as of now, whatever the quarter.
    pub balance: i64,
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
        self.opening + self.earned + self.deducted - self.redeemed
    }
}

/// Sums of the account in the quarter.
pub fn account_sums(village: &Village, account: Account, quarter: Quarter) -> AccountSums {
    let (first, last) = (quarter.first_day(), quarter.last_day());
    let mut sums = AccountSums::default();
    for entry in village.entries.of(account) {
        let points = i64::from(entry.points);
        sums.balance += points;
        if entry.date > last {
            continue;
        }
        if entry.date < first || is_opening(village, entry) {
            sums.opening += points;
            continue;
        }
        // A reversal has the opposite sign of what it takes back.
        let rewarding = (points > 0) != matches!(entry.reason, Reason::Reversal(_));
        if rewarding {
            sums.earned += points;
        } else {
            sums.deducted += points;
        }
        sums.has_points = sums.has_points || scores(village, entry);
    }
    for redemption in village.shelf.redemptions_of(account) {
        let (points, day) = (redemption.points(), redemption.at.date());
        sums.balance -= points;
        if day < first {
            sums.opening -= points;
        } else if day <= last {
            sums.redeemed += points;
        }
    }
    sums
}

/// 起始分, or the reversal of one.
fn is_opening(village: &Village, entry: &Entry) -> bool {
    match entry.reason {
        Reason::Opening => true,
        Reason::Reversal(original) => {
            village.entries.get(original).is_some_and(|original| original.reason == Reason::Opening)
        }
        Reason::Act { .. } => false,
    }
}

fn scores(village: &Village, entry: &Entry) -> bool {
    entry.points > 0 && matches!(entry.reason, Reason::Act { .. }) && village.entries.reversal_of(entry.id).is_none()
}
