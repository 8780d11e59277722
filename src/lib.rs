//! 村治: a village's double points, four handlings and resolution rates, kept
//! in the browser.
//!
//! Where to start: [`domain`] has the rules; a command goes through
//! `Village::decide` and comes back as events.

pub mod app;
pub mod chart;
pub mod demo;
pub mod office;
pub mod report;
pub mod storage;
#[cfg(feature = "browser")]
pub mod ui;

pub use cunzhi_engine::{domain, journal};
