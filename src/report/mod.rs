//! Read models: plain rows, totals and series, computed once from the village
//! and shown by tables, charts and exports alike.

pub mod cases_by_month;
