//! Files in and out, apart from the page. What is heavy runs in the office
//! worker, which is also a sandbox: a file that kills it kills no page.
//!
//! - [`read`] turns the bytes of an .xlsx, .xls, .ods or .csv into plain
//!   tables of text; [`archive`] packs files into a zip; [`seal`] puts a file
//!   under a [`passphrase`]; [`workbook`] writes an .xlsx. [`desk`] is what the worker does with a [`message`].
//! - [`roster`] finds the header row of a table, maps its columns and reads
//!   households and people, with a list of problems. It needs the standard
//!   library and runs on the page's main thread, so that a changed mapping
//!   shows at once. [`rule_book`] does the same for the rules of the points.

pub mod archive;
pub mod desk;
pub mod message;
pub mod page_file;
pub mod passphrase;
pub mod read;
pub mod roster;
pub mod rule_book;
pub mod seal;
pub mod table;
pub mod view;
pub mod workbook;
