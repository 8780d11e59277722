//! The rule book out as a workbook and in again: which sheets and rows are
//! read, and what they continue.

use cunzhi::domain::points::adoption::NewItem;
use cunzhi::domain::points::rule::{Category, Ledger};
use cunzhi::office::read::read_tables;
use cunzhi::office::rule_book::{RuleImport, read, sheets};
use cunzhi::office::table::{ReadChoice, Table};
use cunzhi::office::workbook::{SheetDraft, write};

use super::super::support::Town;
use super::copy;
use super::words::rich_town;

/// The sheets as a workbook, read again by the worker's reader.
fn through_a_file(sheets: &[SheetDraft]) -> Vec<Table> {
    let bytes = write(sheets, &mut |_| ()).expect("a workbook");
    read_tables("积分细则.xlsx", &bytes, &ReadChoice::default(), &mut |_| ()).expect("what was written is read")
}

#[test]
fn a_rule_book_goes_out_as_a_workbook_and_comes_back_the_same() {
    let town = rich_town();
    let book = town.village.rules.iter().last().expect("the version");
    let items: Vec<_> = book.items.iter().map(NewItem::from).collect();
    let tables = through_a_file(&sheets(&items, &book.category_caps));
    let caps = Some(book.category_caps.clone());
    let sheets = vec![("积分细则".to_owned(), items.len())];
    let expected = RuleImport { items, caps, sheets, ..RuleImport::default() };
    assert_eq!(read(&tables, book), Ok(expected));
    assert!(tables[0].cell(1, 4) == "+5" && tables[0].cell(0, 3) == "事项");
}

#[test]
fn a_workbook_holds_texts_whatever_they_begin_with() {
    let rows: Vec<Vec<String>> = ["抬头", "=HYPERLINK(\"http://x\")", "＝1+1", "@A1", "<b>&amp;</b>", "\u{20000}\0 末"]
        .map(|text| vec![text.to_owned()])
        .to_vec();
    let sheet = SheetDraft { name: "表<1>".to_owned(), widths: vec![20], rows };
    let tables = through_a_file(&[sheet]);
    let cells: Vec<_> = (0..6).map(|row| tables[0].cell(row, 0)).collect();
    assert_eq!(cells, ["抬头", "=HYPERLINK(\"http://x\")", "＝1+1", "@A1", "<b>&amp;</b>", "\u{20000} 末"]);
    assert_eq!(tables[0].sheet, "表<1>");
}

#[test]
fn rows_with_problems_are_left_out_and_named() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let line = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let table = |sheet: &str, rows| Table { sheet: sheet.to_owned(), rows, ..Table::default() };
    let rows = vec![
        line(&["柳湾村积分细则"]),
        line(&["事项名称", "积分", "类别", "单位", "代码"]),
        line(&["环境整治", "6", "环境卫生", "次", "Q01"]),
        line(&[]),
        line(&["新事项", "很多", "环境卫生", "次", "Q88"]),
        line(&["改了名的调解", "10", "矛盾调解", "起", "Q02"]),
        line(&["全新的", "1", "建言献策", "次", "Q90"]),
    ];
    let caps = vec![line(&["账本", "类别", "上限"]), line(&["群众积分", "环境卫生", "每月两次"])];
    let found = read(&[table("细则", rows), table("类别上限", caps)], book).expect("columns");
    let ids: Vec<_> = found.items.iter().map(|item| (item.name.as_str(), item.id)).collect();
    let known = |name| Some(town.item(name));
    assert_eq!(ids, [("环境整治", known("环境整治")), ("改了名的调解", known("调解邻里纠纷")), ("全新的", None)]);
    let problems: Vec<_> =
        found.problems.iter().map(|one| (one.sheet.as_str(), one.row, one.sentence.as_str())).collect();
    assert_eq!(
        problems,
        [
            ("细则", 5, "分值「很多」看不懂,要写整数,如 5、-20,一段分值写 3~8。"),
            ("类别上限", 2, "上限「每月两次」看不懂,要写成「每日 1 次」「每季 20 分」,几条用顿号分开。"),
        ]
    );
    let none = read(&[table("x", vec![line(&["姓名", "户号"])])], book).expect_err("no columns");
    assert_eq!(none.to_string(), "表里找不到「事项」和「分值」两列。请先用「导出工作簿」存一份,照它的表头填。");
}

/// Rows of texts as a sheet.
fn table(sheet: &str, rows: &[&[&str]]) -> Table {
    let rows = rows.iter().map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect());
    Table { sheet: sheet.to_owned(), rows: rows.collect(), ..Table::default() }
}

#[test]
fn a_row_continues_the_item_that_it_names_wherever_it_stands() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let (new, old, renamed): (&[&str], &[&str], &[&str]) = (
        &["新事项", "3", "环境卫生", "次", "Q01"],
        &["环境整治", "6", "环境卫生", "次", "Q51"],
        &["改了名的调解", "10", "矛盾调解", "起", "Q02"],
    );
    let twice: &[&str] = &["环境整治", "7", "环境卫生", "次", "Q02"];
    let (clean, settle) = (Some(town.item("环境整治")), Some(town.item("调解邻里纠纷")));
    for (rows, expected) in [
        ([new, old, renamed], [None, clean, settle]),
        ([old, new, renamed], [clean, None, settle]),
        ([renamed, new, old], [settle, None, clean]),
        // The item's own row is gone: who has its code continues it, the first of two.
        ([new, new, renamed], [clean, None, settle]),
        // Named twice, the second is nobody, not whoever else has its code.
        ([old, twice, renamed], [clean, None, settle]),
        ([old, twice, new], [clean, None, None]),
    ] {
        let head: &[&str] = &["事项", "分值", "类别", "单位", "编号"];
        let [first, second, third] = rows;
        let found = read(&[table("细则", &[head, first, second, third])], book).expect("columns");
        assert_eq!(found.items.iter().map(|item| item.id).collect::<Vec<_>>(), expected, "{rows:?}");
    }
}

/// One item under this head.
const HEAD: &[&str] = &["事项", "分值", "类别", "单位", "编号"];
const OF_HOUSEHOLDS: &[&str] = &["环境整治", "6", "环境卫生", "次", "Q01"];
const OF_MEMBERS: &[&str] = &["联系务工群众", "2", "党员履职", "次", "D91"];

#[test]
fn every_sheet_with_items_is_read() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let with_ledger: &[&[&str]] = &[
        &["事项", "分值", "类别", "单位", "编号", "账本"],
        &["联系务工群众", "2", "党员履职", "次", "D91", "党员积分"],
        &["环境整治", "6", "环境卫生", "次", "Q01", ""],
    ];
    let (households, members) = (table("群众", &[HEAD, OF_HOUSEHOLDS]), table("党员细则", &[HEAD, OF_MEMBERS]));
    let (notes, mixed) = (table("说明", &[&["怎么填"]]), table("党员和群众", with_ledger));
    for (tables, ledgers, words) in [
        (vec![households.clone()], "群众积分", None),
        (vec![members.clone()], "党员积分", None),
        (vec![households.clone(), members.clone()], "群众积分 党员积分", Some("读了「群众」1 项、「党员细则」1 项。")),
        (vec![mixed], "党员积分 群众积分", None),
        (
            vec![notes, members, households],
            "党员积分 群众积分",
            Some("读了「党员细则」1 项、「群众」1 项;没有读「说明」:里面找不到「事项」和「分值」两列。"),
        ),
    ] {
        let found = read(&tables, book).expect("columns");
        assert_eq!(found.problems, []);
        let read: Vec<_> = found.items.iter().map(|item| item.ledger.word()).collect();
        assert_eq!((read.join(" ").as_str(), found.sheets_words().as_deref()), (ledgers, words));
    }
}

#[test]
fn categories_and_units_that_come_up_for_the_first_time_are_named() {
    let town = rich_town();
    let book = town.village.rules.iter().last().expect("the version");
    let fish: &[&str] = &["鱼塘清淤", "3", "渔业管护", "次", "Q91"];
    let trip: &[&str] = &["清运垃圾", "1", "环境卫生", "趟", "Q93"];
    let slip: &[&str] = &["树苗补栽", "3", "环境卫升", "次", "Q92"];
    for (rows, words) in [
        (vec![HEAD, OF_HOUSEHOLDS], None),
        (
            vec![HEAD, fish, OF_HOUSEHOLDS, slip, fish],
            Some("新的类别:「渔业管护」「环境卫升」。如果是写错了,请在文件里改好再导入。"),
        ),
        (
            vec![HEAD, fish, trip, trip, OF_HOUSEHOLDS],
            Some("新的类别:「渔业管护」。新的单位:「趟」。如果是写错了,请在文件里改好再导入。"),
        ),
    ] {
        let found = read(&[table("细则", &rows)], book).expect("columns");
        assert_eq!(found.new_words().as_deref(), words);
    }
}

#[test]
fn caps_of_categories_go_only_where_the_file_is_about_them() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let cap = |ledger, words: &str| (ledger, Category::Environment, words.to_owned());
    let (ours, members) = (cap(Ledger::Villager, "每月 20 分"), cap(Ledger::Member, "每季 9 次"));
    let drawn = [ours.clone(), members.clone()];
    let head: &[&str] = &["账本", "类别", "上限"];
    let items = || table("细则", &[HEAD, OF_HOUSEHOLDS]);
    let caps = |rows: &[&[&str]]| table("类别上限", rows);
    let month = ["群众积分", "环境卫生", "每月 30 分、每年 99 分"];
    let quarter = ["党员积分", "环境卫生", "每季 8 次"];
    let read_new = [cap(Ledger::Villager, "每月 30 分、每年 99 分"), cap(Ledger::Member, "每季 8 次")];
    for (tables, expected, words) in [
        (vec![items()], drawn.to_vec(), "文件里没有「类别上限」表,草稿里的类别合计上限不变"),
        (vec![items(), caps(&[head])], vec![members.clone()], "文件里的类别上限是空的,这些事项的类别合计上限会去掉"),
        (vec![items(), caps(&[head, &month])], vec![members, read_new[0].clone()], "类别合计上限也换成文件里的 2 条"),
        (vec![items(), caps(&[head, &month, &quarter])], read_new.to_vec(), "类别合计上限也换成文件里的 3 条"),
    ] {
        let found = read(&tables, book).expect("columns");
        assert_eq!(found.caps_over(&drawn), expected);
        let sentence = format!("放进草稿会换掉草稿里现在的群众积分事项;{words}。启用以前都不算数。");
        assert_eq!(found.consequence(), sentence);
    }
    let found = read(&[items()], book).expect("columns");
    let items = found.items_over(&copy(&town).items);
    let count = |ledger| items.iter().filter(|item| item.ledger == ledger).count();
    let members = book.items.iter().filter(|item| item.ledger == Ledger::Member).count();
    assert_eq!((count(Ledger::Villager), count(Ledger::Member)), (1, members));
}
