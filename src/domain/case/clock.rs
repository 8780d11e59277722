//! The clock of a case: a limit, the day on which it is due, and lateness.

use jiff::civil::Date;

use crate::domain::calendar::{add_days, days_between};
use crate::domain::roster::words;
use crate::domain::working_days::WorkingDays;

/// How the days of a limit are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayUnit {
    /// 日
    Day,
    /// 工作日
    WorkingDay,
}

words!(DayUnit { Day = "日", WorkingDay = "工作日" });

/// What must be reached within the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// 办结
    Closed,
    /// 反馈: the person has been told how it stands.
    FedBack,
}

words!(Target { Closed = "办结", FedBack = "反馈" });

/// A limit 「时限」, such as 3 日办结.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many days.
    pub days: u16,
    /// How they are counted.
    pub unit: DayUnit,
    /// What must be reached.
    pub target: Target,
}

impl Limit {
    /// A limit of calendar days.
    pub const fn days(days: u16, target: Target) -> Self {
        Self { days, unit: DayUnit::Day, target }
    }

    /// The day on which it is due, counted from the day received (that day is day
    /// 0), after `added` more days of its own unit.
    pub fn due(self, received: Date, added: i32, working_days: &WorkingDays) -> Date {
        let days = added.saturating_add(i32::from(self.days));
        match self.unit {
            DayUnit::Day => add_days(received, days),
            DayUnit::WorkingDay => working_days.after(received, u16::try_from(days).unwrap_or(u16::MAX)),
        }
    }

    /// 「限 3 日内办结」 「限 3 个工作日内办结」
    pub fn words(self) -> String {
        let counter = match self.unit {
            DayUnit::Day => "",
            DayUnit::WorkingDay => "个",
        };
        format!("限 {} {counter}{}内{}", self.days, self.unit.word(), self.target.word())
    }
}

/// What was added to a limit while it ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Days during which it was suspended.
    pub suspended: i32,
    /// Days by which it was extended, in the unit of the limit.
    pub extended: i32,
}

impl Added {
    /// Adds the days from the suspension to the day on which it was resumed.
    pub fn suspend(&mut self, since: Date, resumed: Date) {
        self.suspended = self.suspended.saturating_add(days_between(since, resumed).max(0));
    }

    /// Adds days of an extension.
    pub fn extend(&mut self, days: u16) {
        self.extended = self.extended.saturating_add(i32::from(days));
    }

    /// All of it in days.
    pub fn days(self) -> i32 {
        self.suspended.saturating_add(self.extended)
    }
}

/// An item of the list of matters 「事项清单」 with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    /// What the user reads.
    pub name: &'static str,
    /// The limit that it sets.
    pub limit: Limit,
}

/// The default list of matters with limits.
pub const MATTERS: &[Matter] = &[
    Matter { name: "一般事项", limit: Limit::days(3, Target::Closed) },
    Matter { name: "复杂事项", limit: Limit::days(10, Target::FedBack) },
    Matter { name: "村内纠纷", limit: Limit::days(7, Target::Closed) },
    Matter { name: "工程维修", limit: Limit { days: 5, unit: DayUnit::WorkingDay, target: Target::Closed } },
];

/// 小事立即办 is expected by the end of the next day (suggested).
pub const IMMEDIATE: Limit = Limit::days(1, Target::Closed);

/// How a case stands against its clock today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No limit has been set yet, or none applies.
    NoLimit,
    /// The clock is stopped.
    Suspended,
    /// The target was reached in time.
    Met,
    /// The target was reached, this many days late.
    MetLate(u32),
    /// Due in this many days; 0 is today.
    DueIn(u32),
    /// Overdue by this many days.
    Overdue(u32),
}

/// Compares the due date with the day on which the target was reached, or today.
pub fn standing(due: Date, reached: Option<Date>, today: Date) -> Standing {
    let until = days_between(reached.unwrap_or(today), due);
    let days = until.unsigned_abs();
    match (reached.is_some(), until >= 0) {
        (true, true) => Standing::Met,
        (true, false) => Standing::MetLate(days),
        (false, true) => Standing::DueIn(days),
        (false, false) => Standing::Overdue(days),
    }
}
