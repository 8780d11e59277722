//! Spreadsheets in: reading files, and mapping tables to rosters. And the desk
//! itself, with archives and passphrases.

mod desk;
mod fixtures;
mod mapping;
mod reading;
mod refusals;
mod view;
mod words;

use cunzhi::office::read::read_tables;
use cunzhi::office::table::{ReadChoice, ReadError, Table};

/// A file of `tests/`.
fn file(path: &str) -> Vec<u8> {
    let path = format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Reads bytes with the encoding found out.
fn read(name: &str, bytes: &[u8]) -> Result<Vec<Table>, ReadError> {
    read_tables(name, bytes, &ReadChoice::default(), &mut |_| {})
}

/// A table from lines whose cells are separated by `|`.
fn table(lines: &[&str]) -> Table {
    let rows = lines.iter().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect());
    Table { sheet: "表".to_owned(), rows: rows.collect(), ..Table::default() }
}
