//! Tests without a browser, in one binary.

mod book;
mod calendar;
mod case_steps;
mod cases;
mod chart;
mod demo;
mod erasure;
mod hostile;
mod journal;
mod laptops;
mod merge;
mod office;
mod open_data;
mod person;
mod points;
mod rate;
mod redemption;
mod refusals;
mod report;
mod report_activity;
mod report_desk;
mod savefile;
mod sound;
mod support;
mod tidy;
mod verify;
