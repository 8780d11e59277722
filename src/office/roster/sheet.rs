//! A table under a layout: cells by meaning, merged household cells filled
//! down, and what kind of row each one is.

use std::collections::BTreeMap;

use super::super::table::Table;
use super::columns::{Column, Layout};
use super::problems::{Problem, ProblemKind};
use super::words::is_blank;

/// Most cells that merged regions fill, so that overlapping regions in a
/// hostile file cost no more than an honest table.
const FILLED_MAX: usize = 400_000;
/// Columns that speak of the household, and so are merged over its people.
const OF_HOUSEHOLD: [Column; 7] = [
    Column::HouseholdNumber,
    Column::HeadName,
    Column::Grid,
    Column::Unit,
    Column::UnitHead,
    Column::Group,
    Column::Address,
];
/// Columns that speak of one person.
const OF_PERSON: [Column; 5] = [Column::Relation, Column::Sex, Column::Birth, Column::IdNumber, Column::Phone];
/// How a line of totals begins.
const TOTALS: [&str; 8] = ["合计", "总计", "小计", "共计", "总户数", "总人数", "本页小计", "累计"];
/// How a line of remarks begins.
const REMARKS: [&str; 12] =
    ["填表", "制表", "审核", "填报", "备注", "说明", "注:", "注\u{FF1A}", "负责人", "单位", "打印", "联系人"];

/// What a row below the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// No cell has text.
    Blank,
    /// Text, but nobody: totals, remarks, a repeated header, a printed number.
    Skipped,
    /// Data of a person without a name.
    Nameless,
    /// A person.
    Person,
}

/// A table under a layout.
pub(super) struct Sheet<'a> {
    table: &'a Table,
    layout: &'a Layout,
    at: BTreeMap<Column, Vec<usize>>,
    /// Cells that a merged region covers: the row that holds their text.
    filled: BTreeMap<(usize, usize), usize>,
    /// What was found wrong so far.
    pub(super) problems: Vec<Problem>,
}

impl<'a> Sheet<'a> {
    /// Prepares a table for reading.
    pub(super) fn new(table: &'a Table, layout: &'a Layout) -> Self {
        let mut at: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
        for (index, column) in layout.columns.iter().enumerate() {
            at.entry(*column).or_default().push(index);
        }
        let mut sheet = Self { table, layout, at, filled: BTreeMap::new(), problems: Vec::new() };
        sheet.fill_down();
        sheet
    }

    fn fill_down(&mut self) {
        for merge in &self.table.merged {
            let Ok(column) = usize::try_from(merge.first_col) else { continue };
            let household = self.layout.columns.get(column).is_some_and(|meaning| OF_HOUSEHOLD.contains(meaning));
            let (Ok(first), Ok(last)) = (usize::try_from(merge.first_row), usize::try_from(merge.last_row)) else {
                continue;
            };
            if !household || first <= self.layout.header_row {
                continue;
            }
            for row in first.saturating_add(1)..=last.min(self.table.rows.len().saturating_sub(1)) {
                if self.filled.len() >= FILLED_MAX {
                    return;
                }
                self.filled.insert((column, row), first);
            }
        }
    }

    /// Indices of the rows below the header.
    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        self.layout.header_row.saturating_add(1)..self.table.rows.len()
    }

    /// Whether some column has this meaning.
    pub(super) fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column)
    }

    /// The cell with this meaning; marks for "nothing" are empty.
    pub(super) fn text(&self, row: usize, column: Column) -> &'a str {
        let Some(index) = self.at.get(&column).and_then(|found| found.first()) else { return "" };
        let text = self.table.cell(row, *index);
        if is_blank(text) { "" } else { text }
    }

    /// Every cell with this meaning, each with the title of its column.
    pub(super) fn texts(&self, row: usize, column: Column) -> Vec<(&'a str, String)> {
        let indices = self.at.get(&column).map_or(&[][..], Vec::as_slice);
        let cells = indices.iter().map(|index| (self.table.cell(row, *index), self.layout.title(self.table, *index)));
        cells.filter(|(text, _)| !is_blank(text)).collect()
    }

    /// The cell with this meaning, or the merged cell that covers it.
    pub(super) fn filled(&self, row: usize, column: Column) -> &'a str {
        let own = self.text(row, column);
        if !own.is_empty() {
            return own;
        }
        let index = self.at.get(&column).and_then(|found| found.first());
        let source = index.and_then(|index| self.filled.get(&(*index, row)));
        source.map_or("", |source| self.text(*source, column))
    }

    /// The title of the column with this meaning.
    pub(super) fn title(&self, column: Column) -> Option<String> {
        let index = self.at.get(&column)?.first()?;
        Some(self.layout.title(self.table, *index))
    }

    /// Adds a problem of a row; `column` is the one that is meant.
    pub(super) fn problem(&mut self, row: usize, column: Option<Column>, what: ProblemKind) {
        let column = column.and_then(|column| self.title(column));
        let severity = what.severity();
        self.problems.push(Problem { row: row.saturating_add(1), column, severity, what });
    }

    /// What a row is.
    pub(super) fn kind(&self, row: usize) -> RowKind {
        let cells = self.table.rows.get(row).map_or(&[][..], Vec::as_slice);
        let mut written = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty());
        let Some(first) = written.next() else { return RowKind::Blank };
        let first: String = first.chars().filter(|letter| !letter.is_whitespace()).collect();
        let name = self.text(row, Column::Name);
        let begins = |words: &[&str]| words.iter().any(|word| first.starts_with(word));
        let person = OF_PERSON.iter().any(|column| !self.text(row, *column).is_empty());
        if begins(&TOTALS) || begins(&REMARKS) && !person {
            return RowKind::Skipped;
        }
        if !name.is_empty() && Some(name) == self.title(Column::Name).as_deref() {
            return RowKind::Skipped;
        }
        match (name.is_empty(), person) {
            (false, _) => RowKind::Person,
            (true, true) => RowKind::Nameless,
            (true, false) => RowKind::Skipped,
        }
    }
}
