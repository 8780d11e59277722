//! Read models: plain rows, totals and series, computed once from the village
//! and shown by tables, charts and exports alike.
//!
//! Each is a pure function of the village and the day. Words that pages need
//! (dates, signed points, deadlines) are already words here; there is no HTML.

pub mod account_choice;
pub mod account_finder;
pub mod activity;
pub mod both_changed;
pub mod case_detail;
pub mod case_list;
pub mod case_rates;
pub mod cases_by_month;
pub mod conflicts;
pub mod coverage;
pub mod day_closing;
pub mod disputes;
pub mod erasure_preview;
pub mod gauge;
pub mod group_ranking;
pub mod hall_papers;
pub mod holiday_notice;
pub mod merge_preview;
pub mod month_close;
pub mod name_list;
pub mod notice;
pub mod open_data;
pub mod overview;
pub mod passbook;
pub mod passbook_filter;
pub mod people_list;
pub mod person_file;
pub mod photos;
pub mod points_year;
pub mod preparation;
pub mod ranking;
pub mod redemption_desk;
pub mod reversal;
pub mod review;
mod rivals;
pub mod rule_draft;
pub mod rule_input;
pub mod rule_sheet;
pub mod rule_versions;
pub mod saving;
pub mod scan;
pub mod search;
pub mod settings_preview;
pub mod shelf_cover;
pub mod shelf_list;
pub mod signature_pages;
pub mod sound;
pub mod spelling;
pub mod stock_ledger;
pub mod tag;
mod text_places;
pub mod units;
pub mod vetoes;
pub mod visitor_finder;
pub mod visits;
pub mod working_days;
pub mod worth;
