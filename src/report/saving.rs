//! Whether it is time for a save file: one rule for the overview and for 数据.

use jiff::civil::Date;

use crate::domain::calendar::{Moment, days_between};

/// A save file older than this many days is due.
pub const SAVE_AGE_DAYS_MAX: i32 = 7;
/// So many records since the last save file make one due.
pub const SAVE_RECORDS_MAX: u64 = 50;

/// Why a save file is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveDue {
    /// There never was one.
    Never,
    /// The last one is so many days old.
    Old(i32),
    /// Much has been recorded since.
    Much,
}

/// Why a save file is due; none is where everything is in the last one.
pub fn save_due(today: Date, last_save: Option<Moment>, unsaved: u64) -> Option<SaveDue> {
    match last_save.map(|at| days_between(at.date(), today)) {
        None => Some(SaveDue::Never),
        Some(_) if unsaved == 0 => None,
        Some(days) if days > SAVE_AGE_DAYS_MAX => Some(SaveDue::Old(days)),
        Some(_) if unsaved >= SAVE_RECORDS_MAX => Some(SaveDue::Much),
        Some(_) => None,
    }
}
