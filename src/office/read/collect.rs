//! Gathers the cells of one sheet under the limits, whichever program wrote
//! them. Past a limit it stores nothing but goes on counting, so that the
//! refusal can name the count.

use super::super::table::{CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX, TEXT_BYTES_MAX};
use super::{Encoding, Merge, ReadError, Table, text};

/// A sheet in the making.
pub(super) struct Collector {
    sheet: String,
    rows: Vec<Vec<String>>,
    merged: Vec<Merge>,
    rows_found: u64,
    columns_found: u64,
    text_bytes: u64,
}

impl Collector {
    /// An empty sheet.
    pub(super) fn new(sheet: &str) -> Self {
        let sheet = text::clean(sheet).chars().take(60).collect();
        Self { sheet, rows: Vec::new(), merged: Vec::new(), rows_found: 0, columns_found: 0, text_bytes: 0 }
    }

    /// Takes one cell, counted from 0. Cells without text leave no trace.
    pub(super) fn put(&mut self, row: u64, column: u64, raw: &str) -> Result<(), ReadError> {
        self.put_clean(row, column, text::clean(raw))
    }

    /// Takes one cell whose text was cleaned already.
    pub(super) fn put_clean(&mut self, row: u64, column: u64, cell: String) -> Result<(), ReadError> {
        if cell.is_empty() {
            return Ok(());
        }
        self.extent(row + 1, column + 1);
        if row >= ROWS_MAX || column >= COLUMNS_MAX {
            return Ok(());
        }
        // Bytes are never fewer than characters, so counting is rarely needed.
        if cell.len() as u64 > CELL_CHARS_MAX {
            let found = cell.chars().count() as u64;
            if found > CELL_CHARS_MAX {
                let (row, column, limit) = (row + 1, column + 1, CELL_CHARS_MAX);
                return Err(ReadError::CellTooLong { sheet: self.sheet.clone(), row, column, found, limit });
            }
        }
        self.text_bytes += cell.len() as u64;
        if self.text_bytes > TEXT_BYTES_MAX {
            let (found, limit) = (self.text_bytes, TEXT_BYTES_MAX);
            return Err(ReadError::TooMuchText { sheet: self.sheet.clone(), found, limit });
        }
        self.store(row, column, cell);
        Ok(())
    }

    fn store(&mut self, row: u64, column: u64, cell: String) {
        // Both are below their limits, hence small.
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else { return };
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = cell;
    }

    /// Notes that content reaches this many rows and columns.
    pub(super) fn extent(&mut self, rows: u64, columns: u64) {
        self.rows_found = self.rows_found.max(rows);
        self.columns_found = self.columns_found.max(columns);
    }

    /// Takes a merged region.
    pub(super) fn merge(&mut self, merge: Merge) {
        self.merged.push(merge);
    }

    /// The table, or the limit that it broke.
    pub(super) fn finish(self, encoding: Option<Encoding>) -> Result<Table, ReadError> {
        let sheet = self.sheet;
        if self.rows_found > ROWS_MAX {
            return Err(ReadError::TooManyRows { sheet, found: self.rows_found, limit: ROWS_MAX });
        }
        if self.columns_found > COLUMNS_MAX {
            return Err(ReadError::TooManyColumns { sheet, found: self.columns_found, limit: COLUMNS_MAX });
        }
        let merged = self.merged.into_iter().filter(|merge| u64::from(merge.first_row) < self.rows_found);
        Ok(Table { sheet, merged: merged.collect(), rows: self.rows, encoding })
    }
}
