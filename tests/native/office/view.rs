//! How a sheet is looked at while the user corrects it, and what the page and
//! the worker say to each other.

use cunzhi::office::roster::Column;
use cunzhi::office::table::Table;
use cunzhi::office::view::SheetView;

use super::table;

fn columns(view: &SheetView) -> String {
    let labels: Vec<&str> = view.layout.columns.iter().map(|column| column.label()).collect();
    labels.join(" ")
}

/// Two sheets: notes, and a roster whose header stands below a title.
fn tables() -> Vec<Table> {
    vec![table(&["说明|请勿修改"]), table(&["柳湾村|", "户号|姓名|备注", "1|王强|甲|乙", "编号|名字|", "2|李明|"])]
}

#[test]
fn the_roster_is_found_among_the_sheets() {
    let view = SheetView::guess(&tables());
    assert_eq!((view.sheet, view.layout.header_row), (1, 1));
    assert_eq!(columns(&view), "户号 姓名 （不导入） （不导入）", "as many columns as the widest row");
    assert_eq!(columns(&SheetView::of_sheet(&tables(), 0)), "（不导入） （不导入）");
    assert_eq!(SheetView::guess(&[]), SheetView::default());
}

#[test]
fn another_header_row_brings_its_own_titles() {
    let tables = tables();
    let view = SheetView::guess(&tables).with_column(2, Column::Care);
    let moved = view.clone().with_header(&tables, 2);
    assert_eq!(moved.layout.header_row, 2);
    assert_eq!(columns(&moved), "户号 姓名 人员类别 （不导入）", "a row of people has no titles: the columns stay");
    let back = moved.with_header(&tables, 1);
    assert_eq!(columns(&back), "户号 姓名 （不导入） （不导入）");
    assert_eq!(view.with_header(&tables, 99).layout.header_row, 4, "held at the last row");
}

#[test]
fn the_preview_shows_titles_and_people() {
    let lines: Vec<String> = (0..40).map(|row| format!("{row}|x")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let long = [table(&lines)];
    let view = SheetView::of_sheet(&long, 0);
    assert_eq!(view.window(&long[0]), 0..12);
    assert_eq!(view.clone().with_header(&long, 20).window(&long[0]), 17..29);
    assert_eq!(view.with_header(&long, 39).window(&long[0]), 36..40);
}
