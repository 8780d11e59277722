//! Which sheet is looked at, where its header is, and what its columns mean:
//! first guessed, then corrected by the user.

use super::roster::{Column, Layout, guess, guess_among};
use super::table::Table;

/// Rows of the preview.
const PREVIEW_ROWS: usize = 12;

/// One sheet under one layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetView {
    /// Index of the sheet.
    pub sheet: usize,
    /// Header row and columns; as many columns as the sheet has.
    pub layout: Layout,
}

impl SheetView {
    /// The sheet that looks most like a roster, or else the first.
    #[must_use]
    pub fn guess(tables: &[Table]) -> Self {
        let (sheet, layout) = guess_among(tables).unwrap_or_default();
        Self { sheet, layout: padded(layout, tables.get(sheet)) }
    }

    /// Another sheet, with its own guess.
    #[must_use]
    pub fn of_sheet(tables: &[Table], sheet: usize) -> Self {
        let table = tables.get(sheet);
        let layout = table.and_then(guess).unwrap_or_default();
        Self { sheet, layout: padded(layout, table) }
    }

    /// The same sheet with its header in another row. Where that row has
    /// titles of its own, they decide; otherwise the columns stay.
    #[must_use]
    pub fn with_header(self, tables: &[Table], header_row: usize) -> Self {
        let Some(table) = tables.get(self.sheet) else { return self };
        let header_row = header_row.min(table.rows.len().saturating_sub(1));
        let guessed = guess(&only_around(table, header_row)).filter(|layout| layout.header_row == header_row);
        let layout = guessed.unwrap_or(Layout { header_row, columns: self.layout.columns });
        Self { sheet: self.sheet, layout: padded(layout, Some(table)) }
    }

    /// The same sheet with another meaning of one column.
    #[must_use]
    pub fn with_column(mut self, place: usize, column: Column) -> Self {
        if let Some(old) = self.layout.columns.get_mut(place) {
            *old = column;
        }
        self
    }

    /// Indices of the rows that the preview shows: some titles above the
    /// header, the header, and people below it.
    pub fn window(&self, table: &Table) -> std::ops::Range<usize> {
        let first = self.layout.header_row.saturating_sub(3);
        first..table.rows.len().min(first + PREVIEW_ROWS)
    }
}

fn padded(mut layout: Layout, table: Option<&Table>) -> Layout {
    layout.columns.resize(table.map_or(0, Table::width), Column::Ignore);
    layout
}

/// The row and the one above it (titles can take two rows), all others blank.
fn only_around(table: &Table, row: usize) -> Table {
    let keep = |(at, cells): (usize, &Vec<String>)| if at + 1 >= row { cells.clone() } else { Vec::new() };
    Table { rows: table.rows.iter().take(row + 1).enumerate().map(keep).collect(), ..table.clone() }
}
