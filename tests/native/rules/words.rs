//! Items in words: what the editor and a workbook understand, and that what
//! is written is read as it was.

use cunzhi::domain::points::adoption::NewItem;
use cunzhi::domain::points::rule::{Cap, CapOf, Category, CategoryCap, Conditions, Ledger, OwnScore, Period, Score};
use cunzhi::domain::roster::MemberType;
use cunzhi::office::read::read_tables;
use cunzhi::office::rule_book::{RuleImport, read, sheets};
use cunzhi::office::table::{ReadChoice, Table};
use cunzhi::office::workbook::{SheetDraft, write};
use cunzhi::report::rule_input::{ItemInput, parse_caps, parse_score};
use cunzhi::report::rule_sheet::sheet_of_draft;
use cunzhi::report::rule_versions::{Change, VersionState, count_words, differences, rule_versions};
use jiff::civil::date;

use super::super::support::{TODAY, Town};
use super::{copy, find, town_with};

#[test]
fn scores_are_read_as_people_write_them() {
    for (text, expected) in [
        ("5", Some(Score::Fixed(5))),
        ("+5", Some(Score::Fixed(5))),
        ("＋５", Some(Score::Fixed(5))),
        ("+5/次", Some(Score::Fixed(5))),
        ("5分", Some(Score::Fixed(5))),
        ("−20", Some(Score::Fixed(-20))),
        ("－20", Some(Score::Fixed(-20))),
        (" - 20 ", Some(Score::Fixed(-20))),
        ("3~8", Some(Score::Range(3, 8))),
        ("+3～+8", Some(Score::Range(3, 8))),
        ("3至8", Some(Score::Range(3, 8))),
        ("−8到−3分", Some(Score::Range(-8, -3))),
        ("", None),
        ("五", None),
        ("3~", None),
        ("99999999999", None),
    ] {
        assert_eq!(parse_score(text).ok(), expected, "{text}");
    }
}

#[test]
fn caps_are_read_as_people_write_them() {
    let cap = |period, of| Cap { period, of };
    let (once, twenty) = (CapOf::Times(1), CapOf::Points(20));
    for (text, expected) in [
        ("", Some(vec![])),
        ("不限", Some(vec![])),
        ("每日1次", Some(vec![cap(Period::Day, once)])),
        ("每天1次", Some(vec![cap(Period::Day, once)])),
        ("每日最多1次", Some(vec![cap(Period::Day, once)])),
        ("每 周 １ 次", Some(vec![cap(Period::Week, once)])),
        ("每月1小时", Some(vec![cap(Period::Month, once)])),
        ("每季20分", Some(vec![cap(Period::Quarter, twenty)])),
        ("每季度20分", Some(vec![cap(Period::Quarter, twenty)])),
        ("年20分", Some(vec![cap(Period::Year, twenty)])),
        ("每日1次、每季20分", Some(vec![cap(Period::Day, once), cap(Period::Quarter, twenty)])),
        ("每日1次,每年度20分;", Some(vec![cap(Period::Day, once), cap(Period::Year, twenty)])),
        ("每日", None),
        ("每日1个", None),
        ("一次", None),
        ("每旬1次", None),
    ] {
        assert_eq!(parse_caps(text).ok(), expected, "{text}");
    }
}

/// A row in order, of which tests change one field.
fn row() -> ItemInput {
    let text = str::to_owned;
    ItemInput {
        code: text("D31"),
        ledger: text("党员积分"),
        category: text("党员履职"),
        name: text("参加防汛"),
        score: text("5"),
        unit: text("次"),
        ..ItemInput::default()
    }
}

#[test]
fn every_word_that_is_not_understood_is_named() {
    let categories = "环境卫生、移风易俗、热心公益、矛盾调解、平安巡防、建言献策、党员履职、表彰奖励";
    let kinds = "联户党员、无职党员、流动党员、村组干部、年老体弱党员";
    let text = str::to_owned;
    for (input, expected) in [
        (row(), String::new()),
        (ItemInput { ledger: text("公分"), ..row() }, text("账本「公分」要写「群众积分」或「党员积分」。")),
        (ItemInput { category: text("卫生"), ..row() }, format!("类别「卫生」不认得,可用的有:{categories}。")),
        (ItemInput { score: text("若干"), ..row() }, text("分值「若干」看不懂,要写整数,如 5、-20,一段分值写 3~8。")),
        (ItemInput { unit: text("趟"), ..row() }, text("单位「趟」不认得,可用的有:次、小时、户、月、起。")),
        (
            ItemInput { caps: text("很多"), ..row() },
            text("上限「很多」看不懂,要写成「每日1次」「每季20分」,几条用顿号分开。"),
        ),
        (ItemInput { member_types: text("党员"), ..row() }, format!("党员类型「党员」不认得,可用的有:{kinds}。")),
        (ItemInput { own_scores: text("老党员+3"), ..row() }, format!("党员类型「老党员+3」不认得,可用的有:{kinds}。")),
        (
            ItemInput { own_scores: text("流动党员"), ..row() },
            text("分值「」看不懂,要写整数,如 5、-20,一段分值写 3~8。"),
        ),
        (ItemInput { evidence: text("照片"), ..row() }, text("要凭据一栏写「是」或空着,现在写的是「照片」。")),
        (ItemInput { from: text("明年"), ..row() }, text("日期「明年」看不懂,要写成 2026-03-01。")),
        (ItemInput { from: text("2026年3月1日"), until: text("2026/5/31"), ..row() }, String::new()),
        (ItemInput { name: String::new(), ..row() }, text("编号 D31 的事项没有名称,请填写。")),
        (
            ItemInput { score: text("一"), unit: String::new(), ..row() },
            text("分值「一」看不懂,要写整数,如 5、-20,一段分值写 3~8。单位「」不认得,可用的有:次、小时、户、月、起。"),
        ),
    ] {
        let problems = input.parse(None).err().unwrap_or_default();
        assert_eq!(problems.iter().map(ToString::to_string).collect::<String>(), expected);
    }
}

/// A book with something of everything.
fn rich_town() -> Town {
    town_with(|new| {
        find(new, "照护孤寡病残").score = Score::Range(3, 8);
        find(new, "无偿献血").conditions.needs_evidence = true;
        find(new, "治安巡逻、防汛值守").conditions =
            Conditions { from: Some(date(2025, 10, 5)), until: Some(date(2026, 3, 1)), ..Conditions::default() };
        find(new, "参加三会一课").conditions.own_scores = vec![
            OwnScore { kind: MemberType::Migrant, score: Score::Fixed(3) },
            OwnScore { kind: MemberType::Exempt, score: Score::Range(1, 4) },
        ];
        let cap = Cap { period: Period::Month, of: CapOf::Points(30) };
        new.category_caps = vec![CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }];
    })
}

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
            ("类别上限", 2, "上限「每月两次」看不懂,要写成「每日1次」「每季20分」,几条用顿号分开。"),
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
fn caps_of_categories_go_only_where_the_file_is_about_them() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let cap = |ledger, words: &str| (ledger, Category::Environment, words.to_owned());
    let (ours, members) = (cap(Ledger::Villager, "每月20分"), cap(Ledger::Member, "每季9次"));
    let drawn = [ours.clone(), members.clone()];
    let head: &[&str] = &["账本", "类别", "上限"];
    let items = || table("细则", &[HEAD, OF_HOUSEHOLDS]);
    let caps = |rows: &[&[&str]]| table("类别上限", rows);
    let month = ["群众积分", "环境卫生", "每月30分、每年99分"];
    let quarter = ["党员积分", "环境卫生", "每季8次"];
    let read_new = [cap(Ledger::Villager, "每月30分、每年99分"), cap(Ledger::Member, "每季8次")];
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

#[test]
fn differences_name_what_is_changed() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let mut new = copy(&town);
    assert!(differences(book, &new.items, &new.category_caps).is_empty());
    let clean = find(&mut new, "环境整治");
    clean.score = Score::Fixed(6);
    clean.caps = vec![];
    clean.conditions.needs_evidence = true;
    new.items.retain(|item| item.name != "赌博");
    let added = NewItem { id: None, name: "文明家庭".to_owned(), ..new.items[1].clone() };
    new.items.push(added);
    let cap = Cap { period: Period::Month, of: CapOf::Points(30) };
    new.category_caps = vec![CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }];
    let found = differences(book, &new.items, &new.category_caps);
    let words: Vec<_> = found.iter().map(|one| (one.change, one.name.as_str(), one.words.as_str())).collect();
    assert_eq!(
        words,
        [
            (Change::Changed, "环境整治", "分值 +5 → +6;上限 每日1次 → 不限;凭据 不要 → 要"),
            (Change::Added, "文明家庭", "+10"),
            (Change::Stopped, "赌博", "−20/次"),
            (Change::Changed, "环境卫生类", "合计上限 不限 → 每月30分"),
        ]
    );
    assert_eq!(count_words(&found), "新增 1、改动 2、停用 1");
}

#[test]
fn versions_are_listed_with_what_they_changed() {
    let town = rich_town();
    for (day, states) in [
        (TODAY, [VersionState::Coming, VersionState::Current]),
        (date(2025, 10, 1), [VersionState::Current, VersionState::Past]),
    ] {
        let rows = rule_versions(&town.village, day);
        assert_eq!(rows.iter().map(|row| row.state).collect::<Vec<_>>(), states, "{day}");
    }
    let rows = rule_versions(&town.village, TODAY);
    assert_eq!(rows[0].meeting, "2025年9月19日通过,到会 52 人");
    assert_eq!((rows[0].changes.as_str(), rows[1].changes.as_str()), ("改动 5", ""));
    assert_eq!(rows[0].decision, "到会 52 人,48 人同意");
}

#[test]
fn a_draft_is_a_sheet_for_the_meeting() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the first version");
    let mut new = copy(&town);
    find(&mut new, "环境整治").score = Score::Range(3, 8);
    new.items.retain(|item| item.name != "庭院达标");
    let cap = Cap { period: Period::Month, of: CapOf::Points(60) };
    let caps = [CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }];
    for (effective, expected) in [(None, "施行日期由会议定"), (Some(date(2026, 1, 1)), "拟从 2026年1月1日 起施行")]
    {
        let sheet = sheet_of_draft(book, &new.items, &caps, Ledger::Villager, effective);
        assert_eq!((sheet.title.as_str(), sheet.effective.as_str()), ("群众积分细则(草案)", expected));
        assert_eq!(sheet.meeting, "在 2024-1 版上改,提交会议表决");
        let group = &sheet.groups[0];
        assert_eq!((group.category, group.cap.as_str()), ("环境卫生", "本类加分合计每月60分"));
        let plus: Vec<_> = group.plus.iter().map(|row| (row.name.as_str(), row.score.as_str())).collect();
        assert_eq!(plus, [("环境整治", "+3~+8/次"), ("垃圾分类", "+5/月")]);
        assert_eq!(group.minus.len(), 4);
    }
    let members = sheet_of_draft(book, &new.items, &caps, Ledger::Member, None);
    assert!(members.groups.iter().all(|group| group.cap.is_empty()));
}
