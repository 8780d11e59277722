//! Tests without a browser, in one binary.

mod book;
mod calendar;
mod case_steps;
mod cases;
mod chart;
mod county;
mod demo;
mod hostile;
mod journal;
mod office;
mod points;
mod rate;
mod redemption;
mod refusals;
mod report;
mod report_activity;
mod report_desk;
mod support;
mod tidy;
