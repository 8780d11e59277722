//! Spreadsheets of the `OpenDocument` kind, read as a stream of XML.
//!
//! calamine reads .ods too, but holds every repeated row and cell in memory
//! before it can be asked anything (one line of XML may stand for a million
//! rows) and offers no merged regions. The format is small enough to read
//! here, with the same two crates that calamine uses.

use std::io::{BufReader, Cursor};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::table::{COLUMNS_MAX, ROWS_MAX, SHEETS_MAX};
use super::collect::Collector;
use super::{Merge, Progress, ReadError, Table, damaged, text};

/// How many rows pass between two calls of `progress`.
const PROGRESS_ROWS: u64 = 500;

/// Reads the visible sheets.
pub(super) fn read(bytes: &[u8], progress: &mut dyn FnMut(Progress)) -> Result<Vec<Table>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let content = archive.by_name("content.xml").map_err(damaged)?;
    let total = content.size().max(1);
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(content));
    xml.config_mut().expand_empty_elements = true;
    let mut state = State::default();
    let mut buffer = Vec::new();
    let mut rows_reported = 0;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(tag) => state.start(&tag)?,
            Event::End(tag) => state.end(tag.name().as_ref())?,
            Event::Text(text) => state.text(&text.xml10_content()),
            Event::CData(text) => state.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_xml_entity(name.as_ref());
                match (known, name.resolve_char_ref()) {
                    (Some(known), _) => state.text(known),
                    (None, Ok(Some(letter))) => state.text(letter.encode_utf8(&mut [0; 4])),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if state.row >= rows_reported + PROGRESS_ROWS {
            rows_reported = state.row;
            progress(Progress { done: xml.buffer_position().min(total), total });
        }
    }
    Ok(state.tables)
}

/// Where in the document the stream stands.
#[derive(Default)]
struct State {
    tables: Vec<Table>,
    /// Names of the styles that hide a table.
    hidden_styles: Vec<String>,
    style: String,
    sheet: Option<Collector>,
    row: u64,
    row_repeats: u64,
    /// The cells with content of the open row: column, repeats, text.
    cells: Vec<(u64, u64, String)>,
    column: u64,
    cell: Option<Cell>,
    /// Depth inside a part that is not the cell's own text: a note, a drawing.
    aside: usize,
}

/// The cell that is being read.
struct Cell {
    repeats: u64,
    /// The value attribute; without one, the paragraphs are the text.
    value: Option<String>,
    paragraphs: String,
    inside: bool,
}

impl State {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.aside > 0 {
            self.aside += 1;
            return Ok(());
        }
        match tag.name().as_ref() {
            "office:annotation" | "table:shapes" | "draw:frame" | "draw:custom-shape" | "table:tracked-changes" => {
                self.aside = 1;
            }
            "style:style" => self.style = attribute(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.push(self.style.clone());
            }
            "table:table" => return self.start_table(tag),
            "table:table-row" => {
                self.row_repeats = repeats(tag, "table:number-rows-repeated");
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.start_cell(tag),
            "text:p" => self.start_paragraph(),
            "text:s" => {
                let count = repeats(tag, "text:c").min(20);
                self.text(&" ".repeat(usize::try_from(count).unwrap_or(1)));
            }
            "text:tab" | "text:line-break" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "table:table" => {
                if let Some(sheet) = self.sheet.take() {
                    self.tables.push(sheet.finish(None)?);
                }
            }
            "table:table-row" => return self.end_row(),
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    cell.inside = false;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start_table(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        let found = self.tables.len() as u64 + 1;
        if found > SHEETS_MAX {
            return Err(ReadError::TooManySheets { found, limit: SHEETS_MAX });
        }
        let style = attribute(tag, "table:style-name").unwrap_or_default();
        let name = attribute(tag, "table:name").unwrap_or_default();
        self.sheet = (!self.hidden_styles.contains(&style)).then(|| Collector::new(&name));
        self.row = 0;
        Ok(())
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) {
        let rows = repeats(tag, "table:number-rows-spanned");
        let columns = repeats(tag, "table:number-columns-spanned");
        if let Some(sheet) = &mut self.sheet
            && (rows > 1 || columns > 1)
        {
            sheet.merge(Merge {
                first_row: small(self.row),
                last_row: small(self.row.saturating_add(rows - 1)),
                first_col: small(self.column),
                last_col: small(self.column.saturating_add(columns - 1)),
            });
        }
        self.cell = Some(Cell {
            repeats: repeats(tag, "table:number-columns-repeated"),
            value: value(tag),
            paragraphs: String::new(),
            inside: false,
        });
    }

    fn start_paragraph(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.inside = true;
            if !cell.paragraphs.is_empty() {
                cell.paragraphs.push('\n');
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.aside == 0
            && let Some(cell) = self.cell.as_mut().filter(|cell| cell.inside)
        {
            cell.paragraphs.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        // Cleaned here, once for all the places that it is repeated at.
        let text = text::clean(&cell.value.unwrap_or(cell.paragraphs));
        if !text.is_empty() {
            self.cells.push((self.column, cell.repeats, text));
        }
        self.column = self.column.saturating_add(cell.repeats);
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let repeats = std::mem::take(&mut self.row_repeats).max(1);
        let cells = std::mem::take(&mut self.cells);
        let first = self.row;
        self.row = self.row.saturating_add(repeats);
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        for (column, count, text) in &cells {
            sheet.extent(self.row, column.saturating_add(*count));
            for row in first..self.row.min(ROWS_MAX) {
                for column in *column..column.saturating_add(*count).min(COLUMNS_MAX) {
                    sheet.put_clean(row, column, text.clone())?;
                }
            }
        }
        Ok(())
    }
}

/// The value of a cell that is not text; errors have none.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    if attribute(tag, "calcext:value-type").as_deref() == Some("error") {
        return Some(String::new());
    }
    match attribute(tag, "office:value-type")?.as_str() {
        "float" | "percentage" | "currency" => attribute(tag, "office:value")?.parse().ok().map(text::number),
        "date" => attribute(tag, "office:date-value").map(|date| text::iso_date(&date)),
        "time" => attribute(tag, "office:time-value").map(|time| text::iso_duration(&time)),
        "boolean" => attribute(tag, "office:boolean-value").map(|value| text::boolean(value == "true")),
        _ => attribute(tag, "office:string-value"),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
