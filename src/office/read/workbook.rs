//! Excel workbooks through calamine: .xlsx cell by cell, .xls as a whole
//! (calamine offers no stream there, hence `ole_guard`).

use std::io::Cursor;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::super::table::SHEETS_MAX;
use super::collect::Collector;
use super::{Merge, Progress, ReadError, Table, damaged, text};

/// Units of progress that a sheet counts for.
const SHEET_UNITS: u64 = 1_000;
/// How many cells pass between two calls of `progress`.
const PROGRESS_CELLS: u64 = 5_000;

type Report<'a> = &'a mut dyn FnMut(Progress);

/// Reads the visible sheets of an .xlsx.
pub(super) fn read_xlsx(bytes: &[u8], progress: Report) -> Result<Vec<Table>, ReadError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(xlsx_error)?;
    let names = visible(book.sheets_metadata())?;
    let total = (names.len() as u64 * SHEET_UNITS).max(1);
    let mut tables = Vec::new();
    for (done, name) in (0..).step_by(1_000).zip(&names) {
        let mut report = |units: u64| progress(Progress { done: done + units, total });
        tables.push(xlsx_sheet(&mut book, name, &mut report)?);
    }
    Ok(tables)
}

fn xlsx_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, report: &mut dyn FnMut(u64)) -> Result<Table, ReadError> {
    let mut collector = Collector::new(name);
    // Merged regions are a help for filling down, not a reason to refuse.
    for region in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        collector.merge(merge(region));
    }
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return collector.finish(None),
        Err(error) => return Err(xlsx_error(error)),
    };
    let rows = u64::from(cells.dimensions().end.0) + 1;
    let mut count = 0_u64;
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            // Errors that calamine does not know yet (#SPILL!) are still only errors.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(xlsx_error(error)),
        };
        let (row, column) = cell.get_position();
        collector.put(row.into(), column.into(), &reference_text(cell.get_value()))?;
        count += 1;
        if count.is_multiple_of(PROGRESS_CELLS) {
            report((u64::from(row) * SHEET_UNITS / rows).min(SHEET_UNITS));
        }
    }
    collector.finish(None)
}

/// Reads the visible sheets of an .xls or .et.
pub(super) fn read_xls(bytes: &[u8], progress: Report) -> Result<Vec<Table>, ReadError> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(xls_error)?;
    let names = visible(book.sheets_metadata())?;
    let total = (names.len() as u64).max(1);
    let mut tables = Vec::new();
    for (done, name) in (1..).zip(&names) {
        let mut collector = Collector::new(name);
        for region in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
            collector.merge(merge(region));
        }
        let range = book.worksheet_range(name).map_err(xls_error)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (row as u64 + u64::from(top), column as u64 + u64::from(left));
            collector.put(row, column, &owned_text(value))?;
        }
        tables.push(collector.finish(None)?);
        progress(Progress { done, total });
    }
    Ok(tables)
}

/// Names of the worksheets that a person sees.
fn visible(sheets: &[Sheet]) -> Result<Vec<String>, ReadError> {
    let found = sheets.len() as u64;
    if found > SHEETS_MAX {
        return Err(ReadError::TooManySheets { found, limit: SHEETS_MAX });
    }
    let shown =
        sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    Ok(shown.map(|sheet| sheet.name.clone()).collect())
}

fn merge(region: Dimensions) -> Merge {
    Merge { first_row: region.start.0, last_row: region.end.0, first_col: region.start.1, last_col: region.end.1 }
}

fn reference_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => text::number(*number),
        DataRef::Bool(value) => text::boolean(*value),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(date) => text::iso_date(date),
        DataRef::DurationIso(duration) => text::iso_duration(duration),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn owned_text(value: &Data) -> String {
    match value {
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => text::number(*number),
        Data::Bool(value) => text::boolean(*value),
        Data::DateTime(date) => date_text(date),
        Data::DateTimeIso(date) => text::iso_date(date),
        Data::DurationIso(duration) => text::iso_duration(duration),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn date_text(date: &ExcelDateTime) -> String {
    // Beyond the year 9999 it is a long number that someone formatted as a
    // date, for instance a phone number; the digits are what matters.
    if date.is_duration() || !(0.0..2_958_466.0).contains(&date.as_f64()) {
        return text::number(date.as_f64());
    }
    text::date_time(date.to_ymd_hms_milli(), date.as_f64())
}

fn xlsx_error(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted,
        other => damaged(other),
    }
}

fn xls_error(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::Encrypted,
        other => damaged(other),
    }
}
