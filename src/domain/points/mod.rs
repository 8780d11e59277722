//! 双积分: rule book, the two ledgers, goods and redemption.

pub mod close;
pub mod dispute;
pub mod entries;
pub mod ledger;
pub mod redemption_day;
pub mod rule;
pub mod shelf;
pub mod statement;
pub mod suggested;
pub mod sums;
pub mod veto;
