//! Civil dates, months and quarters. Working days are in [`super::working_days`].
//!
//! There is one time zone, UTC+8. "Now" is always an argument.

use std::ops::RangeInclusive;

use jiff::civil::{Date, date};

/// A point in time: milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

const UTC_PLUS_8_MS: i64 = 8 * 3600 * 1000;
const DAY_MS: i64 = 24 * 3600 * 1000;
/// The days since 1970-01-01 that a date can lie at: −9999-01-01 to 9999-12-31.
const DAYS: RangeInclusive<i32> = -4_371_587..=2_932_896;
/// Days of 400 years.
const ERA_DAYS: i32 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i32 = 719_468;

impl Moment {
    /// The moment at `hour:minute` China time on the date.
    pub fn at(day: Date, hour: u8, minute: u8) -> Self {
        let since_midnight = i64::from(hour) * 3_600_000 + i64::from(minute) * 60_000;
        Self(i64::from(days_since_epoch(day)) * DAY_MS + since_midnight - UTC_PLUS_8_MS)
    }

    /// The civil date in China. Moments outside the years 1970–2200 are
    /// held at the border, since no village record can lie there.
    pub fn date(self) -> Date {
        self.date_within(0, 84_000)
    }

    /// The civil date in China as somebody wrote it, however wrong the year is.
    pub fn date_as_written(self) -> Date {
        self.date_within(i64::from(*DAYS.start()), i64::from(*DAYS.end()))
    }

    fn date_within(self, least: i64, most: i64) -> Date {
        let days = self.0.saturating_add(UTC_PLUS_8_MS).div_euclid(DAY_MS).clamp(least, most);
        date_of_day(i32::try_from(days).unwrap_or(0))
    }

    /// Hour and minute in China.
    pub fn hour_minute(self) -> (u8, u8) {
        let minutes = self.0.saturating_add(UTC_PLUS_8_MS).rem_euclid(DAY_MS) / 60_000;
        (u8::try_from(minutes / 60).unwrap_or(0), u8::try_from(minutes % 60).unwrap_or(0))
    }
}

/// Days from 1970-01-01 to the date, negative before it.
pub fn days_since_epoch(day: Date) -> i32 {
    // Counted in years that begin in March: then the leap day is the last one.
    let month = (i32::from(day.month()) + 9) % 12;
    let year = i32::from(day.year()) - i32::from(month > 9);
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day = (153 * month + 2) / 5 + i32::from(day.day()) - 1;
    era * ERA_DAYS + year * 365 + year / 4 - year / 100 + day - EPOCH
}

/// The reverse of [`days_since_epoch`], held at the calendar's ends.
fn date_of_day(days: i32) -> Date {
    let since_march = days.clamp(*DAYS.start(), *DAYS.end()) + EPOCH;
    let (era, days) = (since_march.div_euclid(ERA_DAYS), since_march.rem_euclid(ERA_DAYS));
    let year = (days - days / 1460 + days / 36_524 - days / (ERA_DAYS - 1)) / 365;
    let days = days - (365 * year + year / 4 - year / 100);
    let month = (5 * days + 2) / 153;
    let day = days - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i32::from(month > 9);
    let small = |number: i32| i8::try_from(number).unwrap_or(1);
    date(i16::try_from(year).unwrap_or(0), small((month + 2) % 12 + 1), small(day))
}

/// Days from `from` to `to`, negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    days_since_epoch(to) - days_since_epoch(from)
}

/// The date `days` later (earlier when negative), held at the calendar's end.
pub fn add_days(day: Date, days: i32) -> Date {
    date_of_day(days_since_epoch(day).saturating_add(days))
}

/// 「2025-09-30」, as date fields of the browser give it and take it. Shorter in
/// wasm by far than the date's own `Display` with all that it can print.
pub fn iso_date(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The date that [`iso_date`] wrote, and nothing else.
pub fn parse_iso_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut next = |length: usize| {
        let part = parts.next().filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()));
        part?.parse::<i16>().ok()
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let whole = parts.next().is_none();
    let found = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    found.filter(|_| whole)
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Year, such as 2025.
    pub year: i16,
    /// Month, 1–12.
    pub month: i8,
}

impl Month {
    /// The month in which the day lies.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month `months` earlier.
    #[must_use]
    pub fn back(self, months: i32) -> Self {
        let index = i32::from(self.year) * 12 + i32::from(self.month) - 1 - months;
        Self {
            year: i16::try_from(index.div_euclid(12)).unwrap_or(self.year),
            month: i8::try_from(index.rem_euclid(12) + 1).unwrap_or(self.month),
        }
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.back(-1)
    }

    /// First day of the month.
    pub fn first_day(self) -> Date {
        date(self.year, self.month, 1)
    }

    /// Last day of the month.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// 「2025年9月」
    pub fn words(self) -> String {
        format!("{:04}年{}月", self.year, self.month)
    }
}

/// A calendar quarter 「季度」.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Year, such as 2025.
    pub year: i16,
    /// Quarter, 1–4.
    pub quarter: i8,
}

impl Quarter {
    /// The quarter in which the day lies.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
    }

    /// The quarter before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.quarter == 1 {
            Self { year: self.year - 1, quarter: 4 }
        } else {
            Self { quarter: self.quarter - 1, ..self }
        }
    }

    /// First day of the quarter.
    pub fn first_day(self) -> Date {
        date(self.year, self.quarter * 3 - 2, 1)
    }

    /// Last day of the quarter.
    pub fn last_day(self) -> Date {
        date(self.year, self.quarter * 3, 1).last_of_month()
    }

    /// Whether the day lies in the quarter.
    pub fn contains(self, day: Date) -> bool {
        Self::of(day) == self
    }

    /// 「2025年第三季度」
    pub fn words(self) -> String {
        let ordinal = match self.quarter {
            1 => "一",
            2 => "二",
            3 => "三",
            _ => "四",
        };
        format!("{}年第{ordinal}季度", self.year)
    }
}

/// 「2025年9月30日」
pub fn long_date(day: Date) -> String {
    format!("{:04}年{}月{}日", day.year(), day.month(), day.day())
}

/// 「9月30日」
pub fn short_date(day: Date) -> String {
    format!("{}月{}日", day.month(), day.day())
}
