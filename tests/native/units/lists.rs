//! Units in lists, rankings, notices, the search, and as they are proposed.

use cunzhi::domain::calendar::{Month, Quarter};
use cunzhi::domain::command::Command;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::RosterDraft;
use cunzhi::domain::units::{UnitAct, UnitTerms};
use cunzhi::report::group_ranking::{GroupBy, GroupRow, group_ranking};
use cunzhi::report::notice::{Masking, NoticeOf, notice};
use cunzhi::report::overview::overview;
use cunzhi::report::people_list::household_list;
use cunzhi::report::ranking::ranking;
use cunzhi::report::search::SearchIndex;
use cunzhi::report::units::{InUnit, Within, head_candidates, propose, unit_choices, unit_list};

use super::{Town, add, grid, id, picture, place, terms, town, unit};
use crate::support::{TODAY, home};

const FIRST: &str = "第一网格";

/// The town with the first two households in a unit 东头, headed by the head of the first.
fn with_unit() -> Town {
    let mut town = town();
    let head = town.village.head(id(&town, "1-001"));
    town.must(TODAY, add(&town.village, FIRST, terms(None, "东头", head)));
    let homes = [id(&town, "1-001"), id(&town, "1-002")];
    town.must(TODAY, place(Some(unit(&town.village, FIRST, 1).id), &homes));
    town
}

#[test]
fn the_units_of_a_grid_are_listed() {
    let town = with_unit();
    let list = unit_list(&town.village, grid(&town.village, FIRST));
    let rows: Vec<_> =
        list.rows.iter().map(|row| (row.name.as_str(), row.head.as_str(), row.households, row.people)).collect();
    assert_eq!(rows, [("东头", "张三", 2, 5)]);
    assert_eq!((list.grid.as_str(), list.households, list.unplaced), (FIRST, 42, 40));
    let numbers = |unit| {
        let list = household_list(&town.village, Within { grid: grid(&town.village, FIRST), unit }, "");
        list.rows.into_iter().map(|row| format!("{} {}", row.number, row.unit)).collect::<Vec<_>>()
    };
    let east = unit(&town.village, FIRST, 1).id;
    assert_eq!(numbers(Some(InUnit::One(east))), ["1-001 东头", "1-002 东头"]);
    assert_eq!(numbers(Some(InUnit::None)).len(), 40);
    assert_eq!(numbers(None).len(), 42);
    let choices = |name| unit_choices(&town.village, grid(&town.village, name)).len();
    assert_eq!((choices(FIRST), choices("第二网格"), choices("没有这个网格")), (1, 0, 1));
    let labels = |unit| {
        let found = head_candidates(&town.village, grid(&town.village, FIRST), unit, TODAY);
        found.into_iter().map(|(_, label)| label).take(5).collect::<Vec<_>>()
    };
    let own = ["张三(1-001户主)", "周五(1-002户主)", "李四(1-001党员)", "张小(1-001党员)", "吴六(1-002党员)"];
    assert_eq!(labels(Some(east)), own);
    assert_eq!(labels(None)[..2], own[..2]);
}

#[test]
fn units_are_proposed_by_number_and_none_is_left_with_a_few() {
    let sizes = |count: usize, size| {
        let mut town = Town::small();
        let homes = (1..=count).rev().map(|n| home(&format!("9-{n}"), "第九网格", &[("甲", None)])).collect();
        if count > 0 {
            town.must(TODAY, Command::ImportRoster(RosterDraft { households: homes }));
        }
        let ninth = grid(&town.village, "第九网格");
        let proposed = if count > 0 { propose(&town.village, ninth, size) } else { propose(&town.village, None, size) };
        let groups: Vec<_> = proposed.iter().map(|unit| unit.households.clone()).collect();
        if !groups.is_empty() {
            town.must(TODAY, Command::Unit(UnitAct::Arrange { grid: ninth, groups }));
            assert_eq!(propose(&town.village, ninth, size), [], "nobody is left");
        }
        let words = |unit: &cunzhi::report::units::ProposedUnit| {
            format!("{} {}…{} {}", unit.name, unit.first, unit.last, unit.households.len())
        };
        proposed.iter().map(words).collect::<Vec<_>>()
    };
    for (count, size, expected) in [
        (0, 10, vec![]),
        (3, 10, vec!["第1单元 9-1…9-3 3"]),
        (14, 10, vec!["第1单元 9-1…9-14 14"]),
        (15, 10, vec!["第1单元 9-1…9-8 8", "第2单元 9-9…9-15 7"]),
        (23, 10, vec!["第1单元 9-1…9-12 12", "第2单元 9-13…9-23 11"]),
        (44, 30, vec!["第1单元 9-1…9-22 22", "第2单元 9-23…9-44 22"]),
        (2, 0, vec!["第1单元 9-1…9-1 1", "第2单元 9-2…9-2 1"]),
    ] {
        assert_eq!(sizes(count, size), expected, "{count} by {size}");
    }
    let hundred = sizes(103, 10);
    assert_eq!(
        (hundred.len(), hundred[0].as_str(), hundred[9].as_str()),
        (10, "第1单元 9-1…9-11 11", "第10单元 9-94…9-103 10")
    );
}

fn lines(rows: &[GroupRow]) -> Vec<String> {
    let line = |row: &GroupRow| {
        let small = if row.is_small { " 少" } else { "" };
        format!("{} {} n={} {} {} {}{small}", row.place, row.name, row.n, row.active, row.score, row.mean)
    };
    rows.iter().map(line).collect()
}

#[test]
fn groups_are_ranked_per_household_with_their_n() {
    let mut town = with_unit();
    let quarter = Quarter::of(TODAY);
    let more: Vec<_> = (1..=6).map(|n| id(&town, &format!("1-1{n:02}"))).collect();
    for homes in [&more[..5], &more[5..]] {
        town.must(TODAY, add(&town.village, FIRST, UnitTerms::default()));
        let last = town.village.people.units.of(grid(&town.village, FIRST)).last().map(|unit| unit.id);
        town.must(TODAY, place(last, homes));
    }
    for (number, item) in [
        ("1-001", "环境整治"),
        ("1-101", "环境整治"),
        ("1-102", "环境整治"),
        ("1-106", "参加会议"),
        ("2-001", "乱倒垃圾"),
    ] {
        town.record(TODAY, item, town.household(number), 1).expect("recorded");
    }
    assert_eq!(
        lines(&group_ranking(&town.village, GroupBy::Unit, quarter, None)),
        ["1 东头 n=2 50.00%(1/2) 5 2.5 少", "2 第2单元 n=5 40.00%(2/5) 10 2.0", "2 第3单元 n=1 100.00%(1/1) 2 2.0 少",]
    );
    assert_eq!(
        lines(&group_ranking(&town.village, GroupBy::Grid, quarter, None)),
        ["1 第一网格 n=42 9.52%(4/42) 17 0.40", "2 第二网格 n=1 0.00%(0/1) -5 −5.00 少"]
    );
    let second = grid(&town.village, "第二网格");
    assert_eq!(lines(&group_ranking(&town.village, GroupBy::Unit, quarter, second)), Vec::<String>::new());
    // What is taken back in the next quarter brought no points, whatever the sums of the quarter say.
    let next = cunzhi::domain::calendar::add_days(TODAY, 10);
    let entry = town.village.entries.of(town.household("1-106")).last().expect("the meeting").id;
    let mut mended = town.clone();
    mended.must(next, Command::ReverseEntry { entry, reason: "没有到会".to_owned() });
    let units = lines(&group_ranking(&mended.village, GroupBy::Unit, quarter, None));
    assert_eq!(units[2], "2 第3单元 n=1 0.00%(0/1) 2 2.0 少");
    let rate = &overview(&mended.village, TODAY, None, 0).figures[3];
    assert_eq!((rate.label, rate.fraction.as_str()), ("积分参与率", "3 / 43 户"), "the same rule");
    // Accounts inside a unit.
    let east = Within { grid: None, unit: Some(InUnit::One(unit(&town.village, FIRST, 1).id)) };
    let inside = ranking(&town.village, cunzhi::domain::points::rule::Ledger::Villager, quarter, east, usize::MAX);
    let rows: Vec<_> =
        inside.rows.iter().map(|row| (row.number.as_str(), row.unit.as_str(), row.place_words())).collect();
    assert_eq!(rows, [("1-001", "东头", "1 / 2".to_owned()), ("1-002", "东头", "2 / 2".to_owned())]);
    let members = ranking(&town.village, cunzhi::domain::points::rule::Ledger::Member, quarter, east, usize::MAX);
    assert_eq!(members.count, 4);
}

#[test]
fn a_notice_shows_the_number_of_the_unit_and_never_its_name_or_head() {
    let mut town = with_unit();
    let east = unit(&town.village, FIRST, 1).id;
    let printed = |town: &Town, name| {
        let of = NoticeOf::Grid(grid(&town.village, name));
        notice(&town.village, of, Month { year: 2025, month: 9 }, Masking::Full, None)
    };
    let secret = FieldValue { field: Field::Name, clock: Clock(u64::MAX), text: Some("泄露十户".to_owned()) };
    town.village.register.set(Owner::from(east), secret);
    let notices = [printed(&town, FIRST), printed(&town, "第二网格")];
    let heads = |place: usize| notices[place].columns.iter().map(|column| column.head).take(4).collect::<Vec<_>>();
    assert_eq!(heads(0), ["序号", "十户", "户号", "户主"]);
    assert_eq!(heads(1), ["序号", "户号", "户主", "上月结余"]);
    assert_eq!(notices[0].pages[0].rows[0][..4], ["1", "1单元", "1-001", "张三"]);
    assert_eq!(notices[0].pages[0].rows[2][..3], ["3", "—", "1-101"]);
    for notice in &notices {
        assert!(notice.pages.iter().flat_map(|page| &page.rows).all(|row| row.len() == notice.columns.len()));
        assert!(!format!("{notice:?}").contains("泄露"));
    }
    // The head of another household heads the unit: nothing of it is on the sheet.
    let head =
        town.village.people.households.iter().last().and_then(|home| town.village.head(home.id)).expect("a head");
    let named = FieldValue { field: Field::Name, clock: Clock(u64::MAX), text: Some("泄露某".to_owned()) };
    town.village.register.set(Owner::from(head), named);
    let change = UnitAct::Change { unit: east, terms: terms(None, "东头", Some(head)) };
    town.must(TODAY, Command::Unit(change));
    assert!(picture(&town.village)[0].contains("泄露某"), "it is shown inside");
    let rows = printed(&town, FIRST).pages.into_iter().flat_map(|page| page.rows);
    let named = rows.filter(|row| row.iter().any(|cell| cell.contains("泄露某"))).count();
    assert_eq!(named, 1, "only as the head of a household");
}

#[test]
fn a_unit_is_found_by_its_name() {
    let mut town = with_unit();
    town.must(TODAY, add(&town.village, "第二网格", UnitTerms::default()));
    let index = SearchIndex::build(&town.village);
    for (typed, expected) in [
        ("东头", vec!["第一网格 东头/2 户 · 十户长 张三"]),
        ("dt", vec!["第一网格 东头/2 户 · 十户长 张三"]),
        ("第1单元", vec!["第二网格 第1单元/0 户"]),
        ("1", vec![]),
    ] {
        let hits = index.find(typed, 50).into_iter().filter(|hit| hit.detail.contains(" 户"));
        let found: Vec<_> =
            hits.filter(|hit| hit.title.contains("网格")).map(|hit| format!("{}/{}", hit.title, hit.detail)).collect();
        assert_eq!(found, expected, "{typed}");
    }
}
