//! Spreadsheets in: from the bytes of a file to a roster that can be imported.
//!
//! Two halves that do not know each other and meet only in [`table`]:
//!
//! - [`read`] turns the bytes of an .xlsx, .xls, .ods or .csv into plain
//!   tables of text. It pulls in the heavy crates and runs in the office
//!   worker, which is also its sandbox: a file that kills it kills no page.
//! - [`roster`] finds the header row of such a table, maps its columns and
//!   reads households and people, with a list of problems. It needs the
//!   standard library and runs on the page's main thread, so that a changed
//!   mapping shows at once.

pub mod message;
pub mod read;
pub mod roster;
pub mod table;
pub mod view;
