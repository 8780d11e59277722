//! Settings of the points: what a point is worth, with how many accounts
//! start, what may be redeemed, and what becomes of points that lie.

use std::collections::VecDeque;

use jiff::civil::Date;
use thiserror::Error;

use super::entries::Cause;
use super::ledger::{Account, Reason};
use super::rule::Ledger;
use super::sums::{Merit, merit};
use crate::domain::calendar::{Month, add_days};
use crate::domain::village::Village;

/// The greatest worth of a point, in 分 (hundredths of a 元).
pub const RATE_LIMIT: u32 = 10_000;
/// The most points with which an account may start, and the like.
pub const POINTS_LIMIT: u32 = 100_000;
/// The greatest budget, in 分 (hundredths of a 元).
pub const BUDGET_LIMIT: u32 = 1_000_000_000;
/// The most points that a village may give in a year.
pub const ISSUE_LIMIT: u32 = 100_000_000;
/// The most months after which points expire.
pub const MONTHS_LIMIT: u16 = 60;

/// What becomes of points that were not redeemed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CarryOver {
    /// They stay.
    #[default]
    Keep,
    /// They are cleared on 31 December.
    ClearAtYearEnd,
    /// Oldest first, they expire after so many months.
    ExpireAfter(u16),
}

/// Who may review a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reviewing {
    /// Another person than the one who recorded it, where there are two.
    #[default]
    BySecondPerson,
    /// Anybody.
    ByAnybody,
}

/// The settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What a point is worth, in 分 (hundredths of a 元).
    pub rate_cents: u32,
    /// Points with which an account of the villager ledger starts: a household,
    /// or a villager where points are kept by person.
    pub household_opening: u32,
    /// Points with which a party member starts.
    pub member_opening: u32,
    /// So many points an account must have before it redeems; 0 for any.
    pub redeem_min: u32,
    /// So many points a household may redeem a day, all its people together; 0 for any.
    pub redeem_day_max: u32,
    /// What becomes of points that lie.
    pub carry_over: CarryOver,
    /// Who may review.
    pub reviewing: Reviewing,
    /// What the village sets aside for goods, in 分 (hundredths of a 元); 0 for
    /// no budget.
    pub budget_cents: u32,
    /// So many points households may be given in a year; 0 for any.
    pub issue_year_max: u32,
    /// Of settings on their way into the journal: the mark of those that they were
    /// made from. 0 in what older programs recorded, and once they count.
    pub follows: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rate_cents: 100,
            household_opening: 0,
            member_opening: super::suggested::MEMBER_OPENING,
            redeem_min: 0,
            redeem_day_max: 0,
            carry_over: CarryOver::default(),
            reviewing: Reviewing::default(),
            budget_cents: 0,
            issue_year_max: 0,
            follows: 0,
        }
    }
}

impl Settings {
    /// What tells these settings from others, never 0: two laptops that both changed
    /// the same ones did so without knowing of each other.
    pub fn mark(&self) -> u32 {
        let carry_over = match self.carry_over {
            CarryOver::Keep => 0,
            CarryOver::ClearAtYearEnd => 1,
            CarryOver::ExpireAfter(months) => 2 + u32::from(months),
        };
        let figures = [
            self.rate_cents,
            self.household_opening,
            self.member_opening,
            self.redeem_min,
            self.redeem_day_max,
            carry_over,
            self.reviewing as u32,
            self.budget_cents,
            self.issue_year_max,
        ];
        figures.into_iter().fold(1, |mark: u32, figure| (mark ^ figure).wrapping_mul(0x0100_0193)) | 1
    }

    /// The same without where they came from.
    #[must_use]
    pub const fn counting(self) -> Self {
        Self { follows: 0, ..self }
    }
}

/// Why settings are not taken, or a redemption does not keep to them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingsRefusal {
    /// A point is worth nothing.
    #[error("1 分要值多少钱,请填 0.01 元以上。")]
    RateOfNothing,
    /// A point is worth too much.
    #[error("1 分最多值 {} 元,请改小。", .0 / 100)]
    RateTooHigh(u32),
    /// A number of points above the limit.
    #[error("{what}最多 {limit} 分,请改小。")]
    TooManyPoints {
        /// Which setting.
        what: &'static str,
        /// Points allowed.
        limit: u32,
    },
    /// A budget above the limit.
    #[error("预算最多 {} 元,请改小。", .0 / 100)]
    BudgetTooHigh(u32),
    /// Nobody could redeem what has to be there.
    #[error("每天最多兑 {day} 分,却要满 {min} 分才能兑。请改一个。")]
    DayBelowMinimum {
        /// The most of a day.
        day: u32,
        /// The least.
        min: u32,
    },
    /// Months outside of their range.
    #[error("过期的月数要在 1 到 {0} 之间。")]
    BadMonths(u16),
    /// The settings let no points expire.
    #[error("现在的设置里积分不过期。要过期,请先把「没兑的积分」改成过期并保存。")]
    NothingExpires,
    /// No points are as old as that.
    #[error("没有满 {0} 个月还没兑的积分,不用过期。")]
    NothingExpired(u16),
    /// Nothing is changed.
    #[error("设置没有改动,不用保存。")]
    NothingChanged,
    /// The account has too few points to redeem.
    #[error("积分满 {min} 分才能兑换,现在结余 {balance} 分。")]
    BelowMinimum {
        /// The least.
        min: u32,
        /// What the account has.
        balance: i64,
    },
    /// More in a year than the village wants to give.
    #[error("{year}年最多发 {limit} 分,已发 {issued} 分,这次要发 {needed} 分,超了 {} 分。请减少,或由村民代表会议改「全年最多发」。", issued.saturating_add(*needed).saturating_sub(i64::from(*limit)))]
    IssueLimit {
        /// The year of the acts.
        year: i16,
        /// The most of a year.
        limit: u32,
        /// What was given before.
        issued: i64,
        /// What is to be given now.
        needed: i64,
    },
    /// Some of the points have expired.
    #[error("有 {lapsed} 分已经过期,能兑 {balance} 分,这次要 {needed} 分,还差 {} 分。请减少物品。", needed.saturating_sub(*balance))]
    Lapsed {
        /// What has expired.
        lapsed: i64,
        /// What is left.
        balance: i64,
        /// What the basket costs.
        needed: i64,
    },
    /// More in a day than allowed.
    #[error("每户每天最多兑 {limit} 分,这户今天已兑 {taken} 分,这次要 {needed} 分。请减少物品,或改天再来。")]
    DayLimit {
        /// The most of a day.
        limit: u32,
        /// What was redeemed today.
        taken: i64,
        /// What the basket costs.
        needed: i64,
    },
}

impl Settings {
    /// Whether these settings may be taken.
    pub fn check(&self) -> Result<(), SettingsRefusal> {
        if self.rate_cents == 0 {
            return Err(SettingsRefusal::RateOfNothing);
        }
        if self.rate_cents > RATE_LIMIT {
            return Err(SettingsRefusal::RateTooHigh(RATE_LIMIT));
        }
        for (what, points, limit) in [
            ("群众的起始分", self.household_opening, POINTS_LIMIT),
            ("党员的起始分", self.member_opening, POINTS_LIMIT),
            ("起兑分", self.redeem_min, POINTS_LIMIT),
            ("每天最多兑换", self.redeem_day_max, POINTS_LIMIT),
            ("全年最多发", self.issue_year_max, ISSUE_LIMIT),
        ] {
            if points > limit {
                return Err(SettingsRefusal::TooManyPoints { what, limit });
            }
        }
        if self.budget_cents > BUDGET_LIMIT {
            return Err(SettingsRefusal::BudgetTooHigh(BUDGET_LIMIT));
        }
        if self.redeem_day_max > 0 && self.redeem_day_max < self.redeem_min {
            return Err(SettingsRefusal::DayBelowMinimum { day: self.redeem_day_max, min: self.redeem_min });
        }
        match self.carry_over {
            CarryOver::ExpireAfter(months) if !(1..=MONTHS_LIMIT).contains(&months) => {
                Err(SettingsRefusal::BadMonths(MONTHS_LIMIT))
            }
            _ => Ok(()),
        }
    }

    /// Whether the account may redeem so much more on the day.
    pub fn check_redemption(
        &self,
        village: &Village,
        account: Account,
        needed: i64,
        day: Date,
    ) -> Result<(), SettingsRefusal> {
        let lapsed = lapsed(village, account, day);
        let balance = village.balance(account) - lapsed;
        if lapsed > 0 && needed > balance {
            return Err(SettingsRefusal::Lapsed { lapsed, balance, needed });
        }
        if balance < i64::from(self.redeem_min) {
            return Err(SettingsRefusal::BelowMinimum { min: self.redeem_min, balance });
        }
        let taken = village.redeemed_by_home(account, day);
        if self.redeem_day_max > 0 && taken.saturating_add(needed) > i64::from(self.redeem_day_max) {
            return Err(SettingsRefusal::DayLimit { limit: self.redeem_day_max, taken, needed });
        }
        Ok(())
    }
}

/// Whether the line and its reversal are as if neither had been. What was
/// cleared and given back is not: it is new from the day on which it came back.
fn is_undone(village: &Village, cause: Cause, reversed: bool) -> bool {
    match cause {
        Cause::Reversal(original) => {
            let original = village.entries.get(original);
            original.is_none_or(|original| !matches!(original.reason, Reason::Cleared(_)))
        }
        Cause::Cleared(_) | Cause::Returned(_) => false,
        Cause::Act { .. } | Cause::Opening | Cause::Carried(_) => reversed,
    }
}

impl CarryOver {
    /// Points of the account that have expired and are not posted yet.
    pub fn lapsed(self, village: &Village, account: Account, today: Date) -> i64 {
        match self {
            Self::ExpireAfter(months) => expired(village, account, months, today),
            Self::Keep | Self::ClearAtYearEnd => 0,
        }
    }
}

/// Points of the account that have expired by the settings and are not posted yet.
pub fn lapsed(village: &Village, account: Account, today: Date) -> i64 {
    village.settings.carry_over.lapsed(village, account, today)
}

/// 未兑付: what the account can still redeem, none where it owes, as it would be
/// by this rule for points that lie. All that speak of 未兑付 ask here.
pub fn outstanding(village: &Village, account: Account, carry_over: CarryOver, today: Date) -> i64 {
    village.balance(account).saturating_sub(carry_over.lapsed(village, account, today)).max(0)
}

/// 未兑付 of the whole villager ledger.
pub fn outstanding_total(village: &Village, carry_over: CarryOver, today: Date) -> i64 {
    let accounts = village.villager_balances().into_iter().filter(|(_, balance)| *balance > 0);
    accounts.map(|(account, _)| outstanding(village, account, carry_over, today)).fold(0, i64::saturating_add)
}

/// Points that the account can redeem: its balance without what has expired.
pub fn redeemable(village: &Village, account: Account, today: Date) -> i64 {
    village.balance(account).saturating_sub(lapsed(village, account, today))
}

/// Points of an account that are older than so many months and were not
/// spent since: what is spent or taken away is taken from the oldest. The
/// points with which a member starts stay, since every year begins with them.
pub fn expired(village: &Village, account: Account, months: u16, today: Date) -> i64 {
    let cutoff = months_before(today, months);
    let mut lots: Vec<(Date, i64)> = Vec::new();
    let mut spent = village.shelf.redeemed(account);
    for (posting, points, reversed) in village.entries.lines_of(account) {
        let is_start = account.ledger() == Ledger::Member && merit(village, posting.cause) == Merit::Opening;
        if is_start || is_undone(village, posting.cause, reversed) {
            continue;
        }
        let points = i64::from(points);
        if points > 0 {
            lots.push((posting.date, points));
        } else {
            spent = spent.saturating_sub(points);
        }
    }
    lots.sort_by_key(|(date, _)| *date);
    let mut lots: VecDeque<_> = lots.into();
    while let Some((_, points)) = lots.front_mut() {
        let taken = spent.min(*points);
        *points -= taken;
        spent -= taken;
        if *points > 0 {
            break;
        }
        lots.pop_front();
    }
    lots.iter().filter(|(date, _)| *date < cutoff).map(|(_, points)| *points).fold(0, i64::saturating_add)
}

/// The accounts of a ledger with what of their points has expired, without
/// those of which nothing has.
pub fn expired_accounts(village: &Village, ledger: Ledger, months: u16, today: Date) -> Vec<(Account, i64)> {
    let accounts = village.entries.totals().map(|(account, _)| account);
    let accounts = accounts.filter(|one| one.ledger() == ledger && *one == village.account_now(*one));
    let held = accounts.map(|account| (account, expired(village, account, months, today)));
    held.filter(|(_, points)| *points > 0).collect()
}

/// The same day so many months before; the last day of a shorter month.
fn months_before(day: Date, months: u16) -> Date {
    let month = Month::of(day).back(i32::from(months));
    let first = jiff::civil::date(month.year, month.month, 1);
    let next = Month::of(add_days(first, 31));
    let last = add_days(jiff::civil::date(next.year, next.month, 1), -1);
    add_days(first, i32::from(day.day()) - 1).min(last)
}
