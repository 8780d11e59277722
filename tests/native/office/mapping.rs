//! From a table to households: header rows, borders between households,
//! rows that hold nobody, and tables of rubbish.

use std::collections::BTreeMap;

use cunzhi::domain::roster::{MemberType, Relation};
use cunzhi::office::roster::{
    Column, Layout, LayoutProblem, RosterReading, Severity, TEMPLATE_CSV, guess, read_roster,
};
use cunzhi::office::table::{Merge, Table};
use proptest::prelude::*;

use super::{read, table};

fn labels(layout: &Layout) -> String {
    let labels: Vec<&str> = layout.columns.iter().map(|column| column.label().trim_matches(['（', '）'])).collect();
    labels.join(" ")
}

fn kinds(reading: &RosterReading) -> Vec<String> {
    let kind = |what: String| what.split([' ', '{']).next().unwrap_or_default().to_owned();
    reading.problems.iter().map(|problem| format!("{} {}", problem.row, kind(format!("{:?}", problem.what)))).collect()
}

/// Households as `number: head, others` in one line each.
fn households(reading: &RosterReading) -> Vec<String> {
    let line = |household: &cunzhi::domain::roster::HouseholdDraft| {
        let people = household.people.iter().map(|person| {
            let mark = if person.relation == Relation::Head { "*" } else { "" };
            format!("{}{mark}", person.name)
        });
        format!("{}: {}", household.number, people.collect::<Vec<_>>().join(" "))
    };
    reading.draft.households.iter().map(line).collect()
}

#[test]
fn headers_are_found() {
    type Case<'a> = (&'a str, &'a [&'a str], Option<(usize, &'a str)>);
    let cases: [Case; 9] = [
        ("plain", &["姓名|性别"], Some((0, "姓名 性别"))),
        (
            "below titles",
            &["花名册", "", "填报单位：x", "户号|户主|姓名|关系"],
            Some((3, "户号 户主姓名 姓名 与户主关系")),
        ),
        (
            "marks and remarks",
            &["*姓 名|身份证号（18位）|出生年月 (年-月-日)|手机:"],
            Some((0, "姓名 身份证号 出生日期 联系电话")),
        ),
        ("number of the house and of the household", &["门牌号|姓名|户号"], Some((0, "不导入 姓名 户号"))),
        ("the house alone", &["门牌号|姓名"], Some((0, "户号 姓名"))),
        ("two telephones", &["姓名|户主电话|联系电话"], Some((0, "姓名 不导入 联系电话"))),
        ("several care columns", &["姓名|是否低保|是否残疾|性别"], Some((0, "姓名 人员类别 人员类别 性别"))),
        ("member columns", &["姓名|是否党员|党员类别|所属党员"], Some((0, "姓名 政治面貌 党员类型 不导入"))),
        ("no header", &["王强|男|1985", "李明|男|1986"], None),
    ];
    for (what, lines, expected) in cases {
        let found = guess(&table(lines)).map(|layout| (layout.header_row, labels(&layout)));
        assert_eq!(found, expected.map(|(row, columns)| (row, columns.to_owned())), "{what}");
    }
}

#[test]
fn headers_of_two_lines_are_joined() {
    let mut double = table(&["户号|户主||联系方式|", "|姓名|性别|电话|住址", "1|王强|男|1|a"]);
    double.merged.push(Merge { first_row: 0, last_row: 0, first_col: 1, last_col: 2 });
    double.merged.push(Merge { first_row: 0, last_row: 0, first_col: 3, last_col: 4 });
    double.rows.insert(0, vec!["花名册".into()]);
    for merge in &mut double.merged {
        (merge.first_row, merge.last_row) = (1, 1);
    }
    let layout = guess(&double).expect("a header");
    assert_eq!((layout.header_row, labels(&layout).as_str()), (2, "户号 户主姓名 性别 联系电话 家庭住址"));
    assert_eq!(layout.problems(&double), [LayoutProblem::NoName]);
    assert_eq!(layout.title(&double, 0), "户号");
}

#[test]
fn layouts_are_checked() {
    let one = table(&["姓名|性别", "王强|男"]);
    let layout = |columns: &[Column]| Layout { header_row: 0, columns: columns.to_vec() };
    let twice = LayoutProblem::Twice { column: Column::Name, first: 0, second: 1 };
    let cases: [(Layout, &[LayoutProblem]); 4] = [
        (layout(&[Column::Name, Column::Relation]), &[]),
        (layout(&[Column::Relation, Column::Ignore]), &[LayoutProblem::NoName]),
        (layout(&[Column::Name, Column::Name]), &[LayoutProblem::NoHousehold, twice]),
        (Layout { header_row: 1, columns: vec![Column::Name, Column::HeadName] }, &[LayoutProblem::NoRows]),
    ];
    for (layout, expected) in cases {
        assert_eq!(layout.problems(&one), expected);
        assert!(expected.iter().all(|problem| problem.what().contains('请')));
    }
    let blocking = [LayoutProblem::NoName.blocks(), LayoutProblem::NoHousehold.blocks(), twice.blocks()];
    assert_eq!(blocking, [true, false, false]);
}

fn check(what: &str, lines: &[&str], expected: &[&str], problems: &[&str]) {
    let table = table(lines);
    let reading = read_roster(&table, &guess(&table).expect(what));
    assert_eq!(households(&reading), expected, "{what}");
    assert_eq!(kinds(&reading), problems, "{what}");
}

#[test]
fn households_by_number() {
    check(
        "filled in every row",
        &["户号|姓名|关系", "1|王|户主", "1|李|妻", "2|张|户主"],
        &["1: 王* 李", "2: 张*"],
        &[],
    );
    check(
        "blank below the head",
        &["户号|姓名|关系", "1|王|户主", "|李|妻", "2|张|户主"],
        &["1: 王* 李", "2: 张*"],
        &[],
    );
    check(
        "a head without number",
        &["户号|姓名|关系", "1|王|户主", "|李|妻", "|张|户主"],
        &["1: 王* 李", ": 张*"],
        &["4 NumberMissing"],
    );
    check("two heads", &["户号|姓名|关系", "1|王|户主", "1|李|户主"], &["1: 王* 李"], &["3 HeadTwice"]);
    check("no head", &["户号|姓名|关系", "1|王|妻", "1|李|子"], &["1: 王* 李"], &["2 HeadMissing"]);
    check(
        "a number for two families",
        &["户号|姓名|关系", "1|王|户主", "2|张|户主", "1|李|户主", "1|赵|妻"],
        &["1: 王*", "2: 张*", ": 李* 赵"],
        &["4 NumberTaken"],
    );
    check(
        "a late arrival",
        &["户号|姓名|关系", "1|王|户主", "2|张|户主", "1|李|妻"],
        &["1: 王* 李", "2: 张*"],
        &["4 HouseholdContinues"],
    );
    check(
        "a date for a number",
        &["户号|姓名|关系", "2017-02-01|王|户主"],
        &["2017-02-01: 王*"],
        &["2 NumberLooksLikeDate"],
    );
}

#[test]
fn households_without_numbers() {
    check(
        "by the head's name",
        &["户主|姓名|性别", "王|王|男", "王|李|女", "张|张|男", "|赵|女"],
        &[": 王* 李", ": 张* 赵"],
        &[],
    );
    check(
        "same head's name in neighbours",
        &["户主|姓名|关系", "王|王|户主", "王|李|妻", "王|王|户主", "王|赵|妻"],
        &[": 王* 李", ": 王* 赵"],
        &[],
    );
    check("by relation", &["姓名|关系", "王|户主", "李|妻", "张|户主"], &[": 王* 李", ": 张*"], &[]);
    check("people before the first head", &["姓名|关系", "李|妻", "张|户主"], &[": 李*", ": 张*"], &["2 HeadMissing"]);
    check("nothing to go by", &["姓名|性别", "李|男", "张|女"], &[": 李*", ": 张*"], &[]);
    check("the head named by the column", &["户号|户主|姓名|性别", "1|李|王|女", "1|李|李|男"], &["1: 王 李*"], &[]);
}

#[test]
fn rows_that_hold_nobody() {
    let lines = [
        "序号|户号|姓名|关系|备注",
        "1|1|王|户主|",
        "2||||",
        "",
        "第二组||||",
        "序号|户号|姓名|关系|备注",
        "3|2||户主|",
        "4|2|无|妻|",
        "合计|2户|4人||",
        "填表人：李||||",
    ];
    check("totals and remarks", &lines, &["1: 王*"], &["7 NoName", "8 NoName"]);
    let table = table(&lines);
    let reading = read_roster(&table, &guess(&table).expect("a header"));
    assert_eq!((reading.skipped_rows, reading.blocked()), (5, 2));
    assert_eq!(reading.problems[0].column.as_deref(), Some("姓名"));
    assert_eq!(reading.problems[0].severity, Severity::Blocked);
}

#[test]
fn merged_cells_are_filled_down() {
    let mut merged = table(&["户号|住址|姓名|关系", "1|一组1号|王|妻", "||李|户主", "2||张|户主"]);
    for first_col in [0, 1] {
        merged.merged.push(Merge { first_row: 1, last_row: 2, first_col, last_col: first_col });
    }
    // A region that reaches far below the table must cost nothing.
    merged.merged.push(Merge { first_row: 3, last_row: u32::MAX, first_col: 0, last_col: u32::MAX });
    let reading = read_roster(&merged, &guess(&merged).expect("a header"));
    assert_eq!(households(&reading), ["1: 王 李*", "2: 张*"]);
    // The region says that a second head lives in the same household, where a
    // blank cell would have said that a household without number begins.
    merged.rows[1][3] = "户主".into();
    let second = read_roster(&merged, &guess(&merged).expect("a header"));
    assert_eq!((households(&second)[0].as_str(), kinds(&second)), ("1: 王* 李", vec!["3 HeadTwice".to_owned()]));
    assert_eq!(reading.draft.households[0].address, "一组1号");
    assert_eq!(reading.draft.households[1].address, "");
}

#[test]
fn large_households_and_long_texts_are_noted() {
    let mut lines =
        vec![format!("户号|姓名|关系|住址|网格"), format!("1|王|户主|{}|{}", "长".repeat(101), "格".repeat(40))];
    lines.extend((0..30).map(|n| format!("|李{n}|子||")));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let table = table(&lines);
    let reading = read_roster(&table, &guess(&table).expect("a header"));
    assert_eq!(kinds(&reading), ["2 TextCut", "2 HouseholdLarge"]);
    assert_eq!(reading.draft.households[0].address.chars().count(), 100);
    assert_eq!(reading.draft.people_count(), 31);
}

#[test]
fn the_template_reads_without_a_problem() {
    let tables = read("空表样.csv", TEMPLATE_CSV.as_bytes()).expect("a table");
    let layout = guess(&tables[0]).expect("a header");
    assert!(!layout.columns.contains(&Column::Ignore) && layout.problems(&tables[0]).is_empty());
    let reading = read_roster(&tables[0], &layout);
    assert_eq!((households(&reading), reading.problems), (vec!["1-001: 张示例* 李示例".to_owned()], vec![]));
    let people = &reading.draft.households[0].people;
    assert_eq!((people[0].member, people[1].relation), (Some(MemberType::Linked), Relation::Spouse));
}

fn garbage() -> impl Strategy<Value = Table> {
    let words = [
        "姓名",
        "户主",
        "户号",
        "与户主关系",
        "身份证号",
        "出生日期",
        "党员",
        "合计",
        "1",
        "2",
        "王强",
        "妻",
        "男",
        "1985-02-30",
        "99999",
        "430999198503020019",
        "4.3E+17",
        "-9223372036854775808",
        "\u{20BB7}",
        "(((",
        "年月日",
        "1E+99999999999999999999",
    ];
    let cell =
        prop_oneof![proptest::sample::select(words.to_vec()).prop_map(str::to_owned), "\\PC{0,9}", Just(String::new())];
    let rows = proptest::collection::vec(proptest::collection::vec(cell, 0..7), 0..14);
    let merge = (0..16_u32, any::<u32>(), 0..8_u32, any::<u32>());
    (rows, proptest::collection::vec(merge, 0..4)).prop_map(|(rows, merged)| {
        let merge = |(first_row, last_row, first_col, last_col)| Merge { first_row, last_row, first_col, last_col };
        Table { rows, merged: merged.into_iter().map(merge).collect(), ..Table::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]
    #[test]
    fn rubbish_gives_a_sound_reading(table in garbage(), row in 0..20_usize, columns in proptest::collection::vec(0..16_usize, 0..9)) {
        let columns = columns.into_iter().map(|index| Column::ALL[index]).collect();
        let layouts = [guess(&table), Some(Layout { header_row: row, columns })];
        for layout in layouts.into_iter().flatten() {
            let _ = layout.problems(&table);
            let reading = read_roster(&table, &layout);
            let below = table.rows.len().saturating_sub(layout.header_row + 1);
            prop_assert!(reading.draft.people_count() + reading.blocked() + reading.skipped_rows <= below);
            for household in &reading.draft.households {
                let heads = household.people.iter().filter(|person| person.relation == Relation::Head);
                prop_assert_eq!(heads.count(), 1);
                prop_assert!(household.people.iter().all(|person| (1..=40).contains(&person.name.chars().count())));
            }
            let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
            for problem in &reading.problems {
                prop_assert!(problem.row > layout.header_row + 1 && problem.row <= table.rows.len());
                prop_assert!(problem.what.what().ends_with('。') && problem.what.remedy().ends_with('。'));
                *rows.entry(problem.row).or_default() += 1;
            }
        }
    }
}
