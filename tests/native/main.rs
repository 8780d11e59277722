//! Tests without a browser, in one binary.

mod calendar;
mod case_steps;
mod cases;
mod demo;
mod journal;
mod points;
mod rate;
mod redemption;
mod refusals;
mod support;
