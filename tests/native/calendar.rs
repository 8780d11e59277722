//! Days, quarters and working days: the check of the domain page, §3.

use cunzhi::domain::calendar::{
    Moment, Month, Quarter, add_days, days_between, days_since_epoch, iso_date, long_date, parse_iso_date,
};
use cunzhi::domain::case::clock::{DayUnit, IMMEDIATE, Limit, Standing, Target, standing};
use cunzhi::domain::working_days::WorkingDays;
use jiff::civil::{Date, date};

const fn limit(days: u16, unit: DayUnit, target: Target) -> Limit {
    Limit { days, unit, target }
}

#[test]
fn limits_are_due_as_published() {
    let friday = Moment::at(date(2025, 9, 26), 16, 0).date();
    for (limit, words, due) in [
        (limit(3, DayUnit::Day, Target::Closed), "限 3 日内办结", date(2025, 9, 29)),
        (limit(3, DayUnit::WorkingDay, Target::Closed), "限 3 个工作日内办结", date(2025, 9, 30)),
        (limit(10, DayUnit::Day, Target::FedBack), "限 10 日内反馈", date(2025, 10, 6)),
        (limit(4, DayUnit::WorkingDay, Target::Closed), "限 4 个工作日内办结", date(2025, 10, 9)),
        (limit(0, DayUnit::Day, Target::Closed), "限 0 日内办结", date(2025, 9, 26)),
        (IMMEDIATE, "限 1 日内办结", date(2025, 9, 27)),
    ] {
        assert_eq!((limit.words().as_str(), limit.due(friday, 0, &WorkingDays::default())), (words, due));
    }
}

#[test]
fn a_day_begins_at_midnight_in_china() {
    for (moment, day, clock) in [
        (Moment(0), date(1970, 1, 1), (8, 0)),
        (Moment(16 * 3_600_000 - 1), date(1970, 1, 1), (23, 59)),
        (Moment(16 * 3_600_000), date(1970, 1, 2), (0, 0)),
        (Moment::at(date(2025, 9, 26), 16, 5), date(2025, 9, 26), (16, 5)),
        (Moment::at(date(2025, 12, 31), 23, 59), date(2025, 12, 31), (23, 59)),
        (Moment(i64::MIN / 2), date(1970, 1, 1), (Moment(i64::MIN / 2).hour_minute())),
    ] {
        assert_eq!((moment.date(), moment.hour_minute()), (day, clock));
    }
}

#[test]
fn quarters_and_months_follow_each_other() {
    for (day, words, first, last) in [
        (date(2025, 9, 30), "2025年第三季度", date(2025, 7, 1), date(2025, 9, 30)),
        (date(2026, 1, 1), "2026年第一季度", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 15), "2026年第二季度", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "2026年第四季度", date(2026, 10, 1), date(2026, 12, 31)),
    ] {
        let quarter = Quarter::of(day);
        assert_eq!((quarter.words().as_str(), quarter.first_day(), quarter.last_day()), (words, first, last));
        assert_eq!(quarter.previous(), Quarter::of(add_days(first, -1)));
        assert!(quarter.contains(first) && quarter.contains(last) && !quarter.contains(add_days(last, 1)));
    }
    for (back, expected) in [(0, (2026, 1)), (1, (2025, 12)), (13, (2024, 12)), (-11, (2026, 12)), (-12, (2027, 1))] {
        let month = Month { year: 2026, month: 1 }.back(back);
        assert_eq!((month.year, month.month), expected);
    }
    assert_eq!(long_date(date(2025, 9, 30)), "2025年9月30日");
    assert_eq!(long_date(date(25, 9, 30)), "0025年9月30日");
}

#[test]
fn lateness_is_counted_in_days() {
    let due = date(2025, 9, 29);
    let day = |day: i8| Date::constant(2025, 9, day);
    for (reached, today, expected) in [
        (None, day(28), Standing::DueIn(1)),
        (None, day(29), Standing::DueIn(0)),
        (None, day(30), Standing::Overdue(1)),
        (Some(day(29)), day(30), Standing::Met),
        (Some(day(30)), day(30), Standing::MetLate(1)),
    ] {
        assert_eq!(standing(due, reached, today), expected);
    }
    assert_eq!(days_between(date(2025, 9, 30), due), -1);
}

#[test]
fn days_are_counted_as_jiff_counts_them() {
    let epoch = date(1970, 1, 1);
    // Every day of the years that matter, and every thousandth of all.
    for days in (-40_000..60_000).chain((-4_371_587..=2_932_896).step_by(997)) {
        let day = epoch.saturating_add(jiff::Span::new().days(days));
        assert_eq!((days_since_epoch(day), add_days(epoch, days)), (days, day));
    }
    assert_eq!((days_since_epoch(Date::MIN), days_since_epoch(Date::MAX)), (-4_371_587, 2_932_896));
    assert_eq!((add_days(Date::MAX, 1), add_days(Date::MIN, -1)), (Date::MAX, Date::MIN));
    assert_eq!((add_days(epoch, i32::MAX), add_days(epoch, i32::MIN)), (Date::MAX, Date::MIN));
}

#[test]
fn written_dates_are_read_and_nothing_else_is() {
    for day in [date(1970, 1, 1), date(2026, 11, 22), date(2024, 2, 29), date(99, 12, 31)] {
        assert_eq!(iso_date(day), day.to_string());
        assert_eq!(parse_iso_date(&iso_date(day)), Some(day));
    }
    for text in ["", "2026", "2026-3-5", "2026-02-30", "2026-13-01", "2026-00-10", "+026-01-01", "2026-03-05-", "今天"]
    {
        assert_eq!(parse_iso_date(text), None, "{text}");
    }
}
