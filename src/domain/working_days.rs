//! Working days by the State Council's yearly notice of holidays and exchanged
//! workdays 「放假安排」. Those of some years are shipped, further ones are entered
//! by the village (domain page, §3); outside of them working days are Monday to
//! Friday, and whoever prints such a date says so.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday, date};
use thiserror::Error;

use super::calendar::{add_days, long_date, short_date};
use super::contradiction::Contradiction;
use super::village::Village;

/// Years that a notice can be of.
pub const YEARS: RangeInclusive<i16> = 2000..=2200;
/// Days of the year before that a notice may speak of: the last days of December.
const DAYS_BEFORE: i8 = 25;
/// Days off that the law has granted each year since 2008, and since 2025 two more.
const LEAST_OFF: usize = 11;
/// More days off than any notice can hold.
const MOST_OFF: usize = 60;
/// Holidays that have a fixed date: a notice without them is not whole.
const FIXED: [(i8, i8); 5] = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)];

/// What the notice of one year says: the days that are not simply worked from
/// Monday to Friday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearTable {
    /// Of which year, such as 2027.
    pub year: i16,
    /// Days off, oldest first; days of a weekend among them are named too.
    pub off: Vec<Date>,
    /// Days of a weekend that are worked 「调休上班」, oldest first.
    pub worked: Vec<Date>,
}

impl YearTable {
    /// Refuses what no notice says.
    pub fn check(&self) -> Result<(), WorkingDaysRefusal> {
        let year = self.year;
        if !YEARS.contains(&year) {
            return Err(WorkingDaysRefusal::NoYear);
        }
        let from = date(year - 1, 12, DAYS_BEFORE);
        let is_outside = |day: &&Date| **day < from || **day > date(year, 12, 31);
        if let Some(day) = self.off.iter().chain(&self.worked).find(is_outside) {
            return Err(WorkingDaysRefusal::OtherYear { day: *day, year });
        }
        let is_fixed = |(month, day): (i8, i8)| date(year, month, day);
        if let Some(missing) = FIXED.map(is_fixed).into_iter().find(|day| !self.off.contains(day)) {
            return Err(WorkingDaysRefusal::Incomplete(missing));
        }
        if !(LEAST_OFF..=MOST_OFF).contains(&self.off.len()) {
            return Err(WorkingDaysRefusal::HowMany(self.off.len()));
        }
        if let Some(day) = self.worked.iter().find(|day| self.off.contains(day)) {
            return Err(WorkingDaysRefusal::Both(*day));
        }
        match self.worked.iter().find(|day| !is_weekend(**day)) {
            Some(day) => Err(WorkingDaysRefusal::NoWeekend(*day)),
            None => Ok(()),
        }
    }
}

/// Why the days of a year are not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorkingDaysRefusal {
    /// No year is named, or none that can be.
    #[error("没有看出是哪一年的放假安排。请连标题一起贴,如「2027年部分节假日安排」。")]
    NoYear,
    /// A date that nobody can read, or that is no date.
    #[error("看不懂「{0}」里的日期,请对照通知改好再贴。")]
    Unreadable(String),
    /// The weekday written beside a date is another one.
    #[error("{} 是{found},贴的文字里写的是{written}。请核对年份和日期。", long_date(*.day))]
    Weekday {
        /// Which day.
        day: Date,
        /// What it is: 周五.
        found: &'static str,
        /// What is written: 周六.
        written: String,
    },
    /// The number of days written beside a span is another one.
    #[error("{} 起的假期数出来是 {counted} 天,贴的文字里写的是 {written} 天。请核对。", short_date(*.from))]
    Count {
        /// Its first day.
        from: Date,
        /// How many days the span has.
        counted: usize,
        /// How many are written.
        written: usize,
    },
    /// A day of another year.
    #[error("{} 不在 {year} 年的放假安排里,请核对年份。", long_date(*.day))]
    OtherYear {
        /// Which day.
        day: Date,
        /// The year of the notice.
        year: i16,
    },
    /// A holiday that every year has is not there.
    #[error("里面没有 {} 放假,通知好像没有贴全。", short_date(*.0))]
    Incomplete(Date),
    /// Too few days off, or too many.
    #[error("里面一共放假 {0} 天,每年应在 11 到 60 天之间,请核对是不是没有贴全。")]
    HowMany(usize),
    /// A day is off and worked.
    #[error("{} 又写放假又写上班,请核对。", short_date(*.0))]
    Both(Date),
    /// A day that is worked anyway.
    #[error("{} 本来就是工作日,不会是调休上班,请核对。", short_date(*.0))]
    NoWeekend(Date),
    /// It is known like this.
    #[error("{0} 年的放假安排已经是这样了,不用再录。")]
    NothingChanged(i16),
}

/// The years that are known: the shipped ones, and those that were entered. Of one
/// year the table that was entered last counts.
#[derive(Clone, Debug, Default)]
pub struct WorkingDays {
    /// In the order in which they were entered.
    entered: Vec<YearTable>,
}

impl WorkingDays {
    /// Whether the notice of the year is known.
    pub fn is_year_known(&self, year: i16) -> bool {
        self.entered(year).is_some() || SHIPPED.iter().any(|shipped| shipped.year == year)
    }

    /// What was entered for the year.
    pub fn entered(&self, year: i16) -> Option<&YearTable> {
        self.entered.iter().rfind(|table| table.year == year)
    }

    /// What counts for the year, entered or shipped.
    pub fn table(&self, year: i16) -> Option<YearTable> {
        let shipped = || SHIPPED.iter().find(|shipped| shipped.year == year).map(Shipped::table);
        self.entered(year).cloned().or_else(shipped)
    }

    /// The years that are known, oldest first.
    pub fn years(&self) -> Vec<i16> {
        let shipped = SHIPPED.iter().map(|shipped| shipped.year);
        let mut years: Vec<i16> = shipped.chain(self.entered.iter().map(|table| table.year)).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether the day is worked. A notice may also speak of the last days of the
    /// year before, so every table is asked.
    pub fn is_working_day(&self, day: Date) -> bool {
        let shipped = SHIPPED.iter().filter(|shipped| self.entered(shipped.year).is_none());
        let counts = |(place, table): &(usize, &YearTable)| {
            !self.entered.iter().skip(place + 1).any(|later| later.year == table.year)
        };
        let entered = self.entered.iter().enumerate().filter(counts).find_map(|(_, table)| table.says(day));
        let says = entered.or_else(|| shipped.into_iter().find_map(|table| table.says(day)));
        says.unwrap_or_else(|| !is_weekend(day))
    }

    /// How many working days lie from `from` to `to`, the latter not counted, as
    /// far as `most`; none when `to` is earlier.
    pub fn between(&self, from: Date, to: Date, most: u16) -> u16 {
        let (mut day, mut count) = (from, 0);
        // At least one day in ten is worked, so `most` bounds this.
        while day < to && count < most {
            count += u16::from(self.is_working_day(day));
            day = add_days(day, 1);
        }
        count
    }

    /// The `count`-th working day after `from`, the day itself not counted.
    pub fn after(&self, from: Date, count: u16) -> Date {
        let mut day = from;
        let mut left = count;
        // A year without a single working day is not taken, so this ends; nor does
        // the calendar go on for ever.
        while left > 0 && day < Date::MAX {
            day = add_days(day, 1);
            left -= u16::from(self.is_working_day(day));
        }
        day
    }

    /// The same with one table more.
    #[must_use]
    pub fn with(&self, table: YearTable) -> Self {
        let mut with = self.clone();
        with.entered.push(table);
        with
    }

    /// How many times something was entered.
    pub(super) const fn times(&self) -> usize {
        self.entered.len()
    }

    /// What was known after something had been entered so many times.
    pub(super) fn first(&self, times: usize) -> Self {
        Self { entered: self.entered.iter().take(times).cloned().collect() }
    }
}

impl YearTable {
    fn says(&self, day: Date) -> Option<bool> {
        let is_worked = self.worked.contains(&day);
        (is_worked || self.off.contains(&day)).then_some(is_worked)
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl Village {
    /// Of two laptops that entered a year without knowing of each other the first
    /// counts, and somebody is asked where they differ.
    #[inline(never)]
    pub(super) fn enter_working_days(&mut self, table: &YearTable, replaces: bool) -> Result<(), Contradiction> {
        match self.working_days.entered(table.year) {
            Some(known) if known != table && !replaces => Err(Contradiction::Rival),
            _ => {
                self.working_days.entered.push(table.clone());
                Ok(())
            }
        }
    }
}

/// Month and day.
type MonthDay = (i8, i8);

/// The notice of a year that comes with the program: spans of days off, both ends
/// included, and days of a weekend that are worked.
struct Shipped {
    year: i16,
    off: &'static [(MonthDay, MonthDay)],
    worked: &'static [MonthDay],
}

impl Shipped {
    fn says(&self, day: Date) -> Option<bool> {
        let month_day = (day.month(), day.day());
        if day.year() != self.year {
            return None;
        }
        let is_worked = self.worked.contains(&month_day);
        let is_off = self.off.iter().any(|(from, to)| *from <= month_day && month_day <= *to);
        (is_worked || is_off).then_some(is_worked)
    }

    fn table(&self) -> YearTable {
        let first = date(self.year, 1, 1);
        let days = |says| (0..366).map(|after| add_days(first, after)).filter(move |day| self.says(*day) == Some(says));
        YearTable { year: self.year, off: days(false).collect(), worked: days(true).collect() }
    }
}

/// The State Council's notices for 2025 and 2026.
const SHIPPED: [Shipped; 2] = [
    Shipped {
        year: 2025,
        off: &[
            ((1, 1), (1, 1)),
            ((1, 28), (2, 4)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((5, 31), (6, 2)),
            ((10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Shipped {
        year: 2026,
        off: &[
            ((1, 1), (1, 3)),
            ((2, 15), (2, 23)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 19), (6, 21)),
            ((9, 25), (9, 27)),
            ((10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];
