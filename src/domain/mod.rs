//! The rules of the village. Pure: no clock, randomness, storage or browser.
//! Ids, "now" and "today" come in as arguments.

pub mod calendar;
pub mod case;
pub mod check;
pub mod command;
pub mod confirmed;
pub mod conflict;
pub mod contradiction;
pub mod count;
pub mod decide;
pub mod erasure;
pub mod event;
pub mod id;
pub mod order;
pub mod oversight;
pub mod people;
pub mod photo;
pub mod points;
pub mod rate;
pub mod redemption;
pub mod refusal;
pub mod register;
mod review;
pub mod roster;
mod settlement;
pub mod staff;
pub mod table;
pub mod units;
pub mod varint;
pub mod village;
pub mod visits;
pub mod witness;
pub mod working_days;
