//! Tests without a browser, in one binary.

mod calendar;
mod case_steps;
mod cases;
mod chart;
mod demo;
mod journal;
mod office;
mod points;
mod rate;
mod redemption;
mod refusals;
mod report;
mod support;
mod tidy;
