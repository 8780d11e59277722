//! What cells become: numbers, dates, cleaned text, rows as Excel counts them.

use cunzhi::office::read::read_tables;
use cunzhi::office::table::{Encoding, Merge, ReadChoice, Table};

use super::read;
use super::refusals::{ods, xlsx};

fn one(bytes: &[u8]) -> Table {
    read("dir/花名册.csv", bytes).expect("a table").remove(0)
}

/// What it is, the bytes, the encoding found, the rows.
type Case<'a> = (&'a str, &'a [u8], Option<Encoding>, &'a [&'a str]);

fn rows(table: &Table) -> Vec<String> {
    table.rows.iter().map(|row| row.join("|")).collect()
}

#[test]
fn text_files() {
    let wide: Vec<u8> = "\u{FEFF}姓名\t性别\r\n王\t男".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = b"\xD0\xD5\xC3\xFB,\xD0\xD4\xB1\xF0\n\xCD\xF5,\xC4\xD0";
    let cases: [Case; 10] = [
        ("utf-8", "姓名,性别\n王,男".as_bytes(), Some(Encoding::Utf8), &["姓名|性别", "王|男"]),
        ("with mark", "\u{FEFF}姓名;性别\n王;男\n".as_bytes(), Some(Encoding::Utf8), &["姓名|性别", "王|男"]),
        ("gbk", gbk, Some(Encoding::Gb18030), &["姓名|性别", "王|男"]),
        ("utf-16 with tabs", &wide, None, &["姓名|性别", "王|男"]),
        ("blank lines are rows", b"\n\na,b\n\n\nc,d\n", Some(Encoding::Utf8), &["", "", "a|b", "", "", "c|d"]),
        ("blank lines of Windows", b"a,b\r\n\r\nc,d\r\n", Some(Encoding::Utf8), &["a|b", "", "c|d"]),
        ("a break inside quotes", b"\"a\nb\",c\n\nd,e", Some(Encoding::Utf8), &["a b|c", "", "d|e"]),
        (
            "guarded digits",
            b"=\"0012\",=HYPERLINK(\"\"\"a\"\"\")\nb,c",
            Some(Encoding::Utf8),
            &["0012|=HYPERLINK(\"\"\"a\"\"\")", "b|c"],
        ),
        (
            "commas in a title",
            "村,镇,县\n姓名\t性别\n王\t男\n李\t女".as_bytes(),
            Some(Encoding::Utf8),
            &["村,镇,县", "姓名|性别", "王|男", "李|女"],
        ),
        ("ragged", b"a,b\nc\n,,d\n", Some(Encoding::Utf8), &["a|b", "c", "||d"]),
    ];
    for (what, bytes, encoding, expected) in cases {
        let table = one(bytes);
        assert_eq!(
            (rows(&table), table.encoding, table.sheet.as_str()),
            (expected.iter().map(ToString::to_string).collect(), encoding, "花名册"),
            "{what}"
        );
    }
}

#[test]
fn a_chosen_encoding_is_kept() {
    let bytes = "姓名,性别".as_bytes();
    for (encoding, readable) in [(Encoding::Utf8, true), (Encoding::Gb18030, false)] {
        let choice = ReadChoice { encoding: Some(encoding) };
        let tables = read_tables("a.csv", bytes, &choice, &mut |_| {}).expect("a table");
        assert_eq!(tables[0].encoding, Some(encoding));
        assert_eq!(tables[0].cell(0, 0) == "姓名", readable);
    }
}

#[test]
fn text_is_cleaned() {
    let cases = [
        (" 王 强 ", "王 强"),
        ("王\u{202E}强\u{202C}", "王强"),
        ("王\u{0}\u{7}强\u{FEFF}", "王强"),
        ("一行\r\n二行", "一行 二行"),
        ("\u{200B}\u{200D}", ""),
        ("\u{20BB7}㐂", "\u{20BB7}㐂"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("\u{FF1D}1+1", "\u{FF1D}1+1"),
    ];
    for (raw, expected) in cases {
        let table = one(format!("姓名\n\"{raw}\"\nx").as_bytes());
        assert_eq!(table.cell(1, 0), expected, "{raw:?}");
    }
}

#[test]
fn values_of_xlsx() {
    let cases = [
        ("<c r=\"A1\"><v>12</v></c>", "12"),
        ("<c r=\"A1\"><v>12.5</v></c>", "12.5"),
        ("<c r=\"A1\"><v>0.30000000000000004</v></c>", "0.3"),
        ("<c r=\"A1\"><v>-0</v></c>", "0"),
        ("<c r=\"A1\"><v>19900000001</v></c>", "19900000001"),
        ("<c r=\"A1\"><v>1.9900000001E+10</v></c>", "19900000001"),
        ("<c r=\"A1\"><v>4.3099919850302002E+17</v></c>", "430999198503020000"),
        ("<c r=\"A1\" t=\"b\"><v>1</v></c>", "是"),
        ("<c r=\"A1\" t=\"b\"><v>0</v></c>", "否"),
        ("<c r=\"A1\" t=\"e\"><v>#REF!</v></c>", ""),
        ("<c r=\"A1\" t=\"e\"><v>#SPILL!</v></c>", ""),
        ("<c r=\"A1\" t=\"str\"><f>A2&amp;B2</f><v>王&lt;强</v></c>", "王<强"),
        ("<c r=\"A1\" t=\"d\"><v>1985-03-02T00:00:00</v></c>", "1985-03-02"),
        ("<c r=\"A1\" t=\"s\"><v>0</v></c>", "王强"),
    ];
    for (cell, expected) in cases {
        let sheet = format!("<sheetData><row r=\"1\">{cell}<c r=\"B1\"><v>1</v></c></row></sheetData>");
        let table = one(&xlsx(&sheet, "uniqueCount=\"1\"><si><r><t>王</t></r><r><t>强</t></r></si>"));
        assert_eq!(table.cell(0, 0), expected, "{cell}");
    }
}

#[test]
fn rows_and_merged_regions_of_xlsx_keep_their_place() {
    let sheet = "<sheetData><row r=\"3\"><c r=\"B3\"><v>1</v></c></row></sheetData>\
                 <mergeCells count=\"1\"><mergeCell ref=\"B3:C5\"/></mergeCells>";
    let table = one(&xlsx(sheet, ">"));
    assert_eq!(rows(&table), ["", "", "|1"]);
    assert_eq!(table.merged, [Merge { first_row: 2, last_row: 4, first_col: 1, last_col: 2 }]);
}

#[test]
fn values_of_ods() {
    let cases = [
        (
            "<table:table-cell office:value-type=\"float\" office:value=\"4.3E3\"><text:p>x</text:p></table:table-cell>",
            "4300",
        ),
        (
            "<table:table-cell office:value-type=\"date\" office:date-value=\"1985-03-02\"><text:p>x</text:p></table:table-cell>",
            "1985-03-02",
        ),
        (
            "<table:table-cell office:value-type=\"date\" office:date-value=\"1985-03-02T08:30:00\"/>",
            "1985-03-02 08:30",
        ),
        ("<table:table-cell office:value-type=\"time\" office:time-value=\"PT08H30M00S\"/>", "08:30"),
        ("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>", "是"),
        (
            "<table:table-cell office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#REF!</text:p></table:table-cell>",
            "",
        ),
        (
            "<table:table-cell office:value-type=\"string\"><text:p>一<text:s text:c=\"2\"/>&lt;<text:span>二</text:span></text:p><text:p>三</text:p></table:table-cell>",
            "一  <二 三",
        ),
        (
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>批注</text:p></office:annotation><text:p>王&#x5F3A;</text:p></table:table-cell>",
            "王强",
        ),
    ];
    for (cell, expected) in cases {
        let table = one(&ods(&format!(
            "<table:table-row>{cell}<table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
        )));
        assert_eq!((table.cell(0, 0), table.cell(0, 1)), (expected, "1"), "{cell}");
    }
}

#[test]
fn repeats_and_merged_regions_of_ods() {
    let table = one(&ods("<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell table:number-rows-spanned=\"3\" office:value-type=\"float\" office:value=\"7\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:covered-table-cell table:number-columns-repeated=\"3\"/>\
         <table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>"));
    assert_eq!(rows(&table), ["", "", "||7", "|||a", "|||a"]);
    assert_eq!(table.merged, [Merge { first_row: 2, last_row: 4, first_col: 2, last_col: 2 }]);
}

#[test]
fn hidden_sheets_are_left_out() {
    let row = |text: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let hidden = "<style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style>";
    let sheets = format!(
        "{}</table:table>{hidden}<table:table table:name=\"旧\" table:style-name=\"h\">{}</table:table><table:table table:name=\"新\">{}",
        row("a"),
        row("b"),
        row("c")
    );
    let tables = read("", &ods(&sheets)).expect("tables");
    let found: Vec<(&str, &str)> = tables.iter().map(|table| (table.sheet.as_str(), table.cell(0, 0))).collect();
    assert_eq!(found, [("表", "a"), ("新", "c")]);
}
