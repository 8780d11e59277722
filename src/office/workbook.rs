//! Plain tables as an .xlsx workbook, in the office worker. It is small on
//! purpose: texts, a head that stays in view, widths, and how it prints. No
//! cell is ever a formula, whatever it begins with.

use serde::{Deserialize, Serialize};

use super::archive::{ZipError, zip};
use super::message::ZipPart;
use super::table::Progress;

/// One sheet to be written. The first row is its head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetDraft {
    /// Its name, as the tab shows it.
    pub name: String,
    /// Widths of the columns, in letters.
    pub widths: Vec<u16>,
    /// The rows, all of them texts.
    pub rows: Vec<Vec<String>>,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// Styles: 0 text, 1 head, 2 text that begins like a formula.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"微软雅黑\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"微软雅黑\"/></font></fonts>\
<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFEFEBE1\"/></patternFill></fill></fills>\
<borders count=\"2\"><border/><border><left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/>\
<bottom style=\"thin\"/></border></borders>\
<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
<cellXfs count=\"3\"><xf numFmtId=\"49\" borderId=\"1\" applyBorder=\"1\" applyNumberFormat=\"1\" applyAlignment=\"1\">\
<alignment vertical=\"top\" wrapText=\"1\"/></xf>\
<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\"/>\
<xf numFmtId=\"49\" borderId=\"1\" quotePrefix=\"1\" applyBorder=\"1\" applyNumberFormat=\"1\" applyAlignment=\"1\">\
<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>";

/// The workbook.
pub fn write(sheets: &[SheetDraft], progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, ZipError> {
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), content_types(sheets.len())),
        ("_rels/.rels".to_owned(), relations(&[relation(1, "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml".to_owned(), workbook(sheets)),
        ("xl/_rels/workbook.xml.rels".to_owned(), workbook_relations(sheets.len())),
        ("xl/styles.xml".to_owned(), format!("{HEAD}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>")),
    ];
    files.extend((1..).zip(sheets).map(|(number, sheet)| (sheet_path(number), worksheet(sheet))));
    let part = |(name, text): &(String, String)| ZipPart { name: name.clone(), length: text.len() as u64 };
    let parts: Vec<_> = files.iter().map(part).collect();
    let body: String = files.into_iter().map(|(_, text)| text).collect();
    zip(&parts, body.as_bytes(), progress)
}

fn sheet_path(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

fn content_types(sheets: usize) -> String {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let sheet =
        |number| format!("<Override PartName=\"/{}\" ContentType=\"{KIND}.worksheet+xml\"/>", sheet_path(number));
    let sheets: String = (1..=sheets).map(sheet).collect();
    format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{KIND}.styles+xml\"/>{sheets}</Types>"
    )
}

fn relation(number: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

fn relations(all: &[String]) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>", all.concat())
}

fn workbook_relations(sheets: usize) -> String {
    let sheet = |number| relation(number, "worksheet", &format!("worksheets/sheet{number}.xml"));
    let mut all: Vec<_> = (1..=sheets).map(sheet).collect();
    all.push(relation(sheets + 1, "styles", "styles.xml"));
    relations(&all)
}

fn workbook(sheets: &[SheetDraft]) -> String {
    let sheet = |(number, sheet): (usize, &SheetDraft)| {
        format!("<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", escaped(&sheet.name))
    };
    let sheets: String = (1..).zip(sheets).map(sheet).collect();
    format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{sheets}</sheets></workbook>")
}

fn worksheet(sheet: &SheetDraft) -> String {
    let column = |(number, width): (usize, &u16)| {
        format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>")
    };
    let columns: String = (1..).zip(&sheet.widths).map(column).collect();
    let rows: String = (1..).zip(&sheet.rows).map(|(number, cells)| row(number, cells)).collect();
    format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" state=\"frozen\"/></sheetView>\
         </sheetViews><cols>{columns}</cols><sheetData>{rows}</sheetData>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}

fn row(number: usize, cells: &[String]) -> String {
    let cell = |(place, text): (usize, &String)| {
        let style = match text.chars().next() {
            _ if number == 1 => 1,
            Some('=' | '+' | '-' | '@' | '\t' | '\r' | '−' | '＝' | '＋' | '－' | '＠') => 2,
            _ => 0,
        };
        let column = column_letters(place);
        format!(
            "<c r=\"{column}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(text)
        )
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// `A` to `Z`, `AA` …
fn column_letters(place: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    match place / 26 {
        0 => letter(place).to_string(),
        more => column_letters(more - 1) + &letter(place).to_string(),
    }
}

/// Without the signs that XML does not take.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(sign),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(sign),
        }
    }
    out
}
