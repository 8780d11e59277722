//! Files that are refused, each by its own name and with a sentence.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use cunzhi::office::table::ReadError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{file, read};

/// A zip archive of parts.
pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if bytes.len() > 10_000 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("start");
        writer.write_all(bytes).expect("write");
    }
    writer.finish().expect("finish").into_inner()
}

/// The smallest workbook with this sheet and these shared strings.
pub(super) fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let rels = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
                <sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let sheet =
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{sheet}</worksheet>");
    zip(&[
        ("_rels/.rels", rels("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst {strings}</sst>").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// The smallest `OpenDocument` spreadsheet with these rows.
pub(super) fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"表\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn variant(error: &ReadError) -> String {
    let name = format!("{error:?}");
    name.split([' ', '{', '(']).next().unwrap_or_default().to_owned()
}

fn check(what: &str, bytes: &[u8], expected: &str) {
    let error = read("花名册.xlsx", bytes).expect_err(what);
    assert_eq!(variant(&error), expected, "{what}: {error}");
    let sentence = error.to_string();
    assert!(sentence.contains('请') && sentence.ends_with(['。', '）']), "{what}: {sentence}");
}

#[test]
fn each_kind_that_is_no_table() {
    let html = file("native/fixtures/roster/html.xlsx");
    let cases: [(&str, &[u8], &str); 17] = [
        ("nothing", b"", "Empty"),
        ("web page", &html, "Html"),
        ("web page after blank lines", b"\xEF\xBB\xBF\r\n\r\n<TABLE><tr><td>1</td></tr></TABLE>", "Html"),
        ("web archive", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "Html"),
        ("web page in UTF-16", b"\xFF\xFE<\0h\0t\0m\0l\0>\0", "Html"),
        (
            "xml 2003",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "XmlSpreadsheet",
        ),
        ("pdf", b"%PDF-1.7 ...", "Pdf"),
        ("png", b"\x89PNG\r\n\x1A\n\0\0", "Image"),
        ("jpeg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", "Image"),
        ("rar", b"Rar!\x1A\x07\0", "Archive"),
        ("rtf", b"{\\rtf1\\ansi", "WordDocument"),
        ("program", b"MZ\x90\0\x03\0\0\0", "NotATable"),
        ("compound file of nothing", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Damaged"),
        ("zip of nothing", b"PK\x03\x04", "Damaged"),
        ("only blanks", b" \r\n , , \r\n", "NoContent"),
        ("neither encoding", b"\x81\xFF\x81\xFF,\xFF", "UnknownEncoding"),
        ("cut UTF-8 with mark", b"\xEF\xBB\xBF\xE6\x9D", "Damaged"),
    ];
    for (what, bytes, expected) in cases {
        check(what, bytes, expected);
    }
}

#[test]
fn each_package_that_is_no_workbook() {
    check("encrypted", &file("native/fixtures/roster/encrypted.xlsx"), "Encrypted");
    let sealed = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
    ]);
    check("sealed ods", &sealed, "Encrypted");
    check("docx", &zip(&[("word/document.xml", b"<w/>")]), "WordDocument");
    check("pptx", &zip(&[("ppt/presentation.xml", b"<p/>")]), "Presentation");
    check("xlsb", &zip(&[("xl/workbook.bin", b"..")]), "BinaryWorkbook");
    check("odt", &zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "WordDocument");
    check("zip of files", &zip(&[("花名册.csv", "姓名".as_bytes())]), "Archive");
    check("xlsx without parts", &zip(&[("xl/workbook.xml", b"<workbook/>")]), "Damaged");
    check("ods without content", &zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "Damaged");
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 9 * 1024 * 1024];
    check("ratio", &zip(&[("xl/workbook.xml", &zeros)]), "RatioTooHigh");
    let mut lying = zip(&[("xl/workbook.xml", &vec![b' '; 20_000])]);
    announce(&mut lying, 20_000, 300 * 1024 * 1024);
    check("announces 300 MB", &lying, "UnpackedTooLarge");
    // Everything else about this file is in order.
    let padded = format!("<table:table-row>{}</table:table-row>", "<table:table-cell/>".repeat(1_000));
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>";
    let mut lying = ods(&(padded + row));
    assert!(read("", &lying).is_ok());
    let size = zip::ZipArchive::new(Cursor::new(&lying)).expect("zip").by_name("content.xml").expect("content").size();
    announce(&mut lying, u32::try_from(size).expect("small"), 10);
    check("announces 10 bytes", &lying, "Damaged");
    let names: Vec<String> = (0..2_001).map(|n| n.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    check("parts", &zip(&parts), "TooManyParts");
    check("bytes", &vec![b'a'; 20 * 1024 * 1024 + 1], "FileTooLarge");
    check("shared strings", &xlsx("<sheetData/>", "uniqueCount=\"4000000000\">"), "TooManyTexts");
    check(
        "shared strings in disguise",
        &xlsx("<sheetData/>", "\n uniqueCount = '99999999999999999999'>"),
        "TooManyTexts",
    );
}

/// Replaces the announced size in both directories of an archive.
fn announce(archive: &mut [u8], size: u32, lie: u32) {
    let places: Vec<usize> =
        archive.windows(4).enumerate().filter(|(_, w)| **w == size.to_le_bytes()).map(|(at, _)| at).collect();
    assert!(places.len() >= 2, "sizes not found");
    for at in places {
        archive[at..at + 4].copy_from_slice(&lie.to_le_bytes());
    }
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn limits_in_xlsx() {
    let sheet = |cells: &str| xlsx(&format!("<sheetData><row>{cells}</row></sheetData>"), ">");
    let last = |place: &str| sheet(&(cell("A1", "姓名") + &cell(place, "x")));
    assert!(read("", &last("A20000")).is_ok() && read("", &last("GR1")).is_ok());
    for (place, expected) in [
        ("A20001", ReadError::TooManyRows { sheet: "表".into(), found: 20_001, limit: 20_000 }),
        ("A1048576", ReadError::TooManyRows { sheet: "表".into(), found: 1_048_576, limit: 20_000 }),
        ("GS1", ReadError::TooManyColumns { sheet: "表".into(), found: 201, limit: 200 }),
    ] {
        assert_eq!(read("", &last(place)), Err(expected), "{place}");
    }
    // Formatted cells without text reach far down in many honest files.
    assert!(read("", &sheet(&(cell("A1", "姓名") + "<c r=\"A1048576\" s=\"1\"/>"))).is_ok());
    let long = |count: usize| sheet(&cell("B2", &"长".repeat(count)));
    assert!(read("", &long(2_000)).is_ok());
    let expected = ReadError::CellTooLong { sheet: "表".into(), row: 2, column: 2, found: 2_001, limit: 2_000 };
    assert_eq!(read("", &long(2_001)), Err(expected));
}

#[test]
fn limits_in_ods() {
    let text = |attributes: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" {attributes}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |attributes: &str, cells: &str| format!("<table:table-row {attributes}>{cells}</table:table-row>");
    let far =
        row("table:number-rows-repeated=\"1000000\"", "<table:table-cell table:number-columns-repeated=\"16384\"/>");
    assert!(read("", &ods(&(row("", &text("", "姓名")) + &far))).is_ok());
    check("row bomb", &ods(&row("table:number-rows-repeated=\"1000000\"", &text("", "a"))), "TooManyRows");
    check("below blank rows", &ods(&(far + &row("", &text("", "a")))), "TooManyRows");
    check("column bomb", &ods(&row("", &text("table:number-columns-repeated=\"16384\"", "a"))), "TooManyColumns");
    let wide = text("table:number-columns-repeated=\"200\"", &"长".repeat(2_000));
    check("text bomb", &ods(&row("table:number-rows-repeated=\"20000\"", &wide)), "TooMuchText");
    check(
        "numbers that overflow",
        &ods(&row(
            "table:number-rows-repeated=\"18446744073709551615\"",
            &text("table:number-columns-repeated=\"18446744073709551615\"", "a"),
        )),
        "TooManyRows",
    );
    check("unclosed", &ods("<table:table-row><a></b>"), "Damaged");
}

#[test]
fn limits_in_csv() {
    let mut rows = String::new();
    for _ in 0..20_001 {
        rows.push_str("a\n");
    }
    check("rows", rows.as_bytes(), "TooManyRows");
    check(
        "columns",
        "a,".repeat(200).as_bytes().iter().chain(b"b").copied().collect::<Vec<_>>().as_slice(),
        "TooManyColumns",
    );
    let mut open = "姓名\n\"王".to_owned();
    for n in 0..1_000 {
        let _ = writeln!(open, "{n},一");
    }
    check("a quote that never ends", open.as_bytes(), "CellTooLong");
}

#[test]
fn cut_and_altered_files_never_panic() {
    for name in ["libreoffice.xlsx", "libreoffice.xls", "libreoffice.ods", "openpyxl.xlsx", "encrypted.xlsx"] {
        let bytes = file(&format!("native/fixtures/roster/{name}"));
        for tenth in 1..10 {
            let cut = &bytes[..bytes.len() * tenth / 10];
            assert!(read(name, cut).is_err(), "{name} cut at {tenth} tenths");
        }
        for place in (0..bytes.len()).step_by(bytes.len() / 30) {
            let mut altered = bytes.clone();
            altered[place] ^= 0x10;
            let _ = read(name, &altered);
        }
    }
}

#[test]
fn limits_in_xls() {
    let honest = file("native/fixtures/roster/libreoffice.xls");
    // Kind and length of a record, the place of a number in it, the number.
    let text_cell = [0xFD, 0x00, 0x0A, 0x00];
    let area = [0x00, 0x02, 0x0E, 0x00];
    let cases: [([u8; 4], usize, &[u8], ReadError); 3] = [
        (text_cell, 4, &[0x30, 0x75], ReadError::TooManyRows { sheet: ".xls".into(), found: 30_001, limit: 20_000 }),
        (text_cell, 6, &[0xFA, 0x00], ReadError::TooManyColumns { sheet: ".xls".into(), found: 251, limit: 200 }),
        (area, 8, &[0, 0, 0, 0x10], ReadError::TooManyRows { sheet: ".xls".into(), found: 0x1000_0000, limit: 20_000 }),
    ];
    for (record, place, number, expected) in cases {
        let mut altered = honest.clone();
        let at = altered.windows(4).position(|bytes| bytes == record).expect("the record") + place;
        altered[at..at + number.len()].copy_from_slice(number);
        assert_eq!(read("", &altered), Err(expected));
    }
}
