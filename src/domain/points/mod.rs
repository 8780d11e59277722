//! 双积分: rule book, the two ledgers, goods and redemption.

pub mod accounts;
pub mod adoption;
pub mod caps;
pub mod category;
pub mod claim;
pub mod close;
pub mod dispute;
pub mod entries;
pub mod issue;
pub mod ledger;
pub mod own_name;
pub mod pooled;
pub mod proxy;
pub mod redemption_day;
mod rows;
pub mod rule;
pub mod rule_books;
pub mod rule_refusal;
pub mod settings;
pub mod sheet;
pub mod shelf;
pub mod statement;
pub mod suggested;
pub mod sums;
pub mod unit;
pub mod veto;
pub mod year_twice;
