//! 双积分: rule book, the two ledgers, goods and redemption.

pub mod entries;
pub mod ledger;
mod rows;
pub mod rule;
pub mod shelf;
pub mod suggested;
pub mod sums;
