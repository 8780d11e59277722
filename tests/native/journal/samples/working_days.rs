//! A sample of what came with 放假安排.

use cunzhi::domain::event::Event;
use cunzhi::domain::working_days::YearTable;
use cunzhi::journal::act::Act;
use jiff::civil::date;

use super::act;

/// A year that was entered, and entered again otherwise.
pub fn acts() -> Vec<Act> {
    let first = YearTable { year: 2027, off: vec![date(2027, 1, 1), date(2027, 10, 1)], worked: Vec::new() };
    let second = YearTable { worked: vec![date(2026, 12, 27)], ..first.clone() };
    let events =
        [(first, false), (second, true)].map(|(table, replaces)| Event::WorkingDaysEntered { table, replaces });
    vec![act(980, events.to_vec())]
}
