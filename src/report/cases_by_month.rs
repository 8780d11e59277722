//! Cases month by month: received, closed, and by which of the four handlings.

pub use crate::domain::calendar::Month;
use crate::domain::rate::Rate;

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
