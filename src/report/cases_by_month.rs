//! Cases month by month: received, closed, and by which of the four handlings.

use jiff::civil::Date;

pub use crate::domain::calendar::Month;
use crate::domain::case::clock::Standing;
use crate::domain::case::record::Handling;
use crate::domain::rate::Rate;
use crate::domain::village::Village;

/// One month of cases, by date received (cohort view).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRow {
    /// The month in which the cases were received.
    pub month: Month,
    /// Cases received in the month.
    pub received: u64,
    /// Of these, cases closed by now.
    pub closed: u64,
    /// Of these, cases open and not yet due.
    pub not_yet_due: u64,
    /// Of these, by handling: 立即办, 限时办, 上报办, 退回办, 未交办. Sums to `received`.
    pub handlings: [u64; 5],
}

impl MonthRow {
    /// 办结率: closed ÷ received.
    pub const fn completion(&self) -> Rate {
        Rate::new(self.closed, self.received)
    }
}

/// The `count` months up to and including `last`, oldest first; a month
/// without cases is a row of zeros.
pub fn cases_by_month(village: &Village, today: Date, last: Month, count: usize) -> Vec<MonthRow> {
    let mut rows: Vec<MonthRow> = (0..i32::try_from(count).unwrap_or(0))
        .rev()
        .map(|back| MonthRow { month: last.back(back), received: 0, closed: 0, not_yet_due: 0, handlings: [0; 5] })
        .collect();
    let Some(first) = rows.first().map(|row| row.month) else {
        return rows;
    };
    for case in &village.cases {
        let months = months_between(first, Month::of(case.opening.received.date()));
        let Some(row) = usize::try_from(months).ok().and_then(|position| rows.get_mut(position)) else {
            continue;
        };
        row.received += 1;
        row.handlings[case.handling.map_or(4, Handling::place)] += 1;
        if case.is_closed() {
            row.closed += 1;
        } else if !matches!(case.standing(today, &village.working_days), Standing::Overdue(_) | Standing::MetLate(_)) {
            row.not_yet_due += 1;
        }
    }
    rows
}

fn months_between(from: Month, to: Month) -> i32 {
    (i32::from(to.year) - i32::from(from.year)) * 12 + i32::from(to.month) - i32::from(from.month)
}
