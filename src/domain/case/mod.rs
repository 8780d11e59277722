//! 四办: a matter from found to archived, its clock, its rating, and disputes.

pub mod clock;
pub mod numbers;
pub mod record;
pub mod step;
pub mod words;
