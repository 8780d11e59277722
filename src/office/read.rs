//! From the bytes of a file to tables of text, in the office worker.
//!
//! What a file is, its bytes decide and never its name. Everything that a
//! hostile or merely odd file could make expensive is checked before a parser
//! sees it, and cells are counted while they stream. No threads, no files, no
//! clock: it compiles for `wasm32-unknown-unknown`.

mod collect;
mod csv_text;
mod kind;
mod ods;
mod ole_guard;
mod text;
mod workbook;
mod zip_guard;

pub use super::table::{Encoding, Merge, Progress, ReadChoice, ReadError, Table};

use super::table::FILE_BYTES_MAX;
use kind::Kind;

/// Reads every visible sheet with content.
///
/// `name` is the file's name: it becomes the name of the only sheet of a text
/// file and decides nothing. `progress` is called now and then.
pub fn read_tables(
    name: &str,
    bytes: &[u8],
    choice: &ReadChoice,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Table>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let found = bytes.len() as u64;
    if found > FILE_BYTES_MAX {
        return Err(ReadError::FileTooLarge { found, limit: FILE_BYTES_MAX });
    }
    progress(Progress { done: 0, total: 1 });
    let tables = match kind::detect(bytes)? {
        Kind::Zip => read_zip(bytes, progress)?,
        Kind::Ole => {
            ole_guard::check(bytes)?;
            workbook::read_xls(bytes, progress)?
        }
        Kind::Text => vec![csv_text::read(name, bytes, *choice, progress)?],
    };
    let tables: Vec<Table> = tables.into_iter().filter(|table| !table.rows.is_empty()).collect();
    if tables.is_empty() {
        return Err(ReadError::NoContent);
    }
    progress(Progress { done: 1, total: 1 });
    Ok(tables)
}

fn read_zip(bytes: &[u8], progress: &mut dyn FnMut(Progress)) -> Result<Vec<Table>, ReadError> {
    match zip_guard::check(bytes)? {
        zip_guard::Package::Xlsx => workbook::read_xlsx(bytes, progress),
        zip_guard::Package::Ods => ods::read(bytes, progress),
    }
}

/// A parser's own words about a broken file, kept short.
fn damaged(detail: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged { detail: detail.to_string().chars().take(200).collect() }
}
