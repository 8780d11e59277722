//! 十户单元: what is refused, what a roster brings, and two laptops.

mod lists;

use cunzhi::app::merge::merge;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::id::{GridId, HouseholdId, PersonId, UnitId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::roster::{HouseholdDraft, RosterDraft};
use cunzhi::domain::units::{TenHouseholdUnit, UNIT_HOUSEHOLDS_MAX, UNITS_MAX, UnitAct, UnitRefusal, UnitTerms};
use cunzhi::domain::village::Village;
use cunzhi::report::conflicts::{Way, conflicts};

use super::laptops::Desk;
use super::support::{TODAY, Town, home, sentence};

const DONE: &str = "没有拒绝";

fn terms(number: Option<u16>, name: &str, head: Option<PersonId>) -> UnitTerms {
    UnitTerms { number, name: name.to_owned(), head }
}

fn grid(village: &Village, name: &str) -> Option<GridId> {
    village.people.grid_by_name(name).map(|grid| grid.id)
}

fn add(village: &Village, grid_name: &str, terms: UnitTerms) -> Command {
    Command::Unit(UnitAct::Add { grid: grid(village, grid_name), terms })
}

fn place(unit: Option<UnitId>, households: &[HouseholdId]) -> Command {
    Command::Unit(UnitAct::Place { unit, households: households.to_vec() })
}

/// The unit of the grid with this number.
fn unit(village: &Village, grid_name: &str, number: u16) -> TenHouseholdUnit {
    let units = village.people.units.of(grid(village, grid_name));
    **units.iter().find(|unit| unit.number == number).expect("a unit of this number")
}

fn id(town: &Town, number: &str) -> HouseholdId {
    town.village.people.household_by_number(number).expect("a household").id
}

/// Every unit as 「第一网格 1 东头 张三: 1-001 1-002」.
fn picture(village: &Village) -> Vec<String> {
    let grids = village.people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
    let units = grids.flat_map(|grid| village.people.units.of(grid));
    let line = |unit: &TenHouseholdUnit| {
        let homes: Vec<_> = village.people.households_of(unit.id).map(|home| home.number.as_str()).collect();
        let head = village.unit_head(unit).map_or("—", |head| village.name(head));
        let (grid, name) = (village.people.grid_name(unit.grid), village.unit_name(unit));
        format!("{grid} {} {name} {head}: {}", unit.number, homes.join(" "))
    };
    units.map(line).collect()
}

/// The small village with forty more households in its first grid.
fn town() -> Town {
    let mut town = Town::small();
    let more = (1..=40).map(|n| home(&format!("1-1{n:02}"), "第一网格", &[("甲乙", None)])).collect();
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: more }));
    town
}

#[test]
fn units_are_refused_with_their_reason() {
    let mut town = town();
    let (first, one, two, other) = ("第一网格", id(&town, "1-001"), id(&town, "1-002"), id(&town, "2-001"));
    let head = town.village.head(one).expect("a head");
    let gone = town.village.head(two).expect("a head");
    let change = Command::ChangePerson { person: gone, change: PersonChange::MovedAway, from: TODAY };
    town.must(TODAY, change);
    town.must(TODAY, add(&town.village, first, terms(None, "东头", None)));
    town.must(TODAY, add(&town.village, first, terms(None, "", None)));
    let (east, second) = (unit(&town.village, first, 1).id, unit(&town.village, first, 2).id);
    town.must(TODAY, add(&town.village, "第二网格", UnitTerms::default()));
    let west = unit(&town.village, "第二网格", 1).id;
    let many: Vec<_> = (1..=UNIT_HOUSEHOLDS_MAX).map(|n| id(&town, &format!("1-1{n:02}"))).collect();
    let in_first = grid(&town.village, first);
    let unknown = UnitId::from_raw(99);
    let alter = |unit, terms| Command::Unit(UnitAct::Change { unit, terms });
    let arrange = |groups| Command::Unit(UnitAct::Arrange { grid: in_first, groups });
    for (command, expected) in [
        (
            Command::Unit(UnitAct::Add { grid: Some(GridId::from_raw(99)), terms: UnitTerms::default() }),
            "找不到这个网格,请刷新后再试。",
        ),
        (add(&town.village, first, terms(Some(0), "", None)), "单元的序号要在 1 到 200 之间。"),
        (add(&town.village, first, terms(Some(UNITS_MAX + 1), "", None)), "单元的序号要在 1 到 200 之间。"),
        (add(&town.village, first, terms(Some(1), "", None)), "这个网格已经有第1单元了,请换一个序号。"),
        (add(&town.village, first, terms(None, " 东头 ", None)), "这个网格已经有「东头」了,请换一个名称。"),
        (add(&town.village, first, terms(None, "第2单元", None)), "这个网格已经有「第2单元」了,请换一个名称。"),
        (add(&town.village, first, terms(None, &"东".repeat(41), None)), "单元名称写了 41 个字,最多 40 个字,请缩短。"),
        (add(&town.village, first, terms(None, "", Some(gone))), "选的十户长已经不在本村,请换一位。"),
        (add(&town.village, first, terms(None, "", Some(PersonId::from_raw(99)))), "找不到这个人,请刷新后再试。"),
        (alter(unknown, UnitTerms::default()), "找不到这个十户单元,请刷新后再试。"),
        (alter(east, terms(None, "东头", None)), "没有改动,不用保存。"),
        (alter(east, terms(Some(2), "东头", None)), "这个网格已经有第2单元了,请换一个序号。"),
        (alter(east, terms(None, "东头", Some(gone))), "选的十户长已经不在本村,请换一位。"),
        (alter(east, terms(Some(7), "西头", Some(head))), DONE),
        (place(Some(unknown), &[one]), "找不到这个十户单元,请刷新后再试。"),
        (place(Some(east), &[]), "还没有选人,请至少选一户或一人。"),
        (place(Some(east), &[HouseholdId::from_raw(99)]), "找不到这一户,请刷新后再试。"),
        (place(Some(east), &[one, other]), "有 1 户(户号 2-001 等)不在这个网格,不能编进来。请只选同一个网格的户。"),
        (place(Some(east), &[one, one, two]), DONE),
        (place(Some(east), &[two, one]), "没有改动,不用保存。"),
        (place(Some(east), &many), "西头会有 32 户,一个单元最多 30 户。请少选一些;导入时请检查「十户单元」一列。"),
        (place(Some(second), &many), DONE),
        (place(None, &[other]), "没有改动,不用保存。"),
        (place(None, &[two, other]), DONE),
        (arrange(vec![]), "还没有选人,请至少选一户或一人。"),
        (arrange(vec![vec![two, many[0], many[1]]]), "有 2 户(户号 1-101 等)已经编进单元了。请关掉再重新排一次。"),
        (
            arrange(vec![vec![two], vec![other]]),
            "有 1 户(户号 2-001 等)不在这个网格,不能编进来。请只选同一个网格的户。",
        ),
        (arrange(vec![vec![two], vec![]]), DONE),
        (Command::Unit(UnitAct::Dissolve(unknown)), "找不到这个十户单元,请刷新后再试。"),
        (Command::Unit(UnitAct::Dissolve(second)), DONE),
        (Command::Unit(UnitAct::Dissolve(second)), "找不到这个十户单元,请刷新后再试。"),
        (Command::Settle(Settlement::RenumberUnit(second)), "找不到这个十户单元,请刷新后再试。"),
        (Command::Settle(Settlement::JoinUnits { gone: east, kept: west }), "这两个单元不在同一个网格,不能合并。"),
        (Command::Settle(Settlement::JoinUnits { gone: east, kept: east }), "这处冲突已经处理过了。"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command.clone())), expected, "{command:?}");
    }
    assert_eq!(
        picture(&town.village),
        ["第一网格 7 西头 张三: 1-001", "第一网格 8 第8单元 —: 1-002", "第二网格 1 第1单元 —: "]
    );
}

#[test]
fn a_grid_has_no_more_units_than_its_limit() {
    let mut town = Town::small();
    for _ in 0..UNITS_MAX - 1 {
        town.must(TODAY, add(&town.village, "第一网格", UnitTerms::default()));
    }
    town.must(TODAY, add(&town.village, "第一网格", terms(Some(UNITS_MAX), "", None)));
    let more = add(&town.village, "第一网格", UnitTerms::default());
    assert_eq!(sentence(town.tell(TODAY, more)), "这个网格会有 201 个单元,最多 200 个。请检查是不是选错了。");
    // The number behind the last one is taken even while one before it is free.
    town.must(TODAY, Command::Unit(UnitAct::Dissolve(unit(&town.village, "第一网格", 3).id)));
    let more = add(&town.village, "第一网格", UnitTerms::default());
    assert_eq!(sentence(town.tell(TODAY, more)), "单元的序号要在 1 到 200 之间。");
    town.must(TODAY, add(&town.village, "第一网格", terms(Some(3), "", None)));
}

#[test]
fn a_roster_brings_its_units() {
    let of = |number: &str, grid: &str, unit: &str, unit_head: &str, people: &[&str]| {
        let people: Vec<_> = people.iter().map(|name| (*name, None)).collect();
        HouseholdDraft { unit: unit.to_owned(), unit_head: unit_head.to_owned(), ..home(number, grid, &people) }
    };
    for (households, expected) in [
        (vec![of("3-001", "第三网格", "", "", &["赵大"])], vec![]),
        (
            vec![
                of("3-001", "第三网格", "2", "", &["赵大"]),
                of("3-002", "第三网格", "第2单元", "钱二", &["钱二"]),
                of("3-003", "第三网格", "第二单元", "", &["孙三"]),
                of("3-004", "第三网格", "东头", "", &["李四喜"]),
                of("3-005", "第三网格", "第十一单元", "", &["李五"]),
                of("", "", "东头", "", &["周六"]),
            ],
            vec![
                "第三网格 1 东头 —: 3-004",
                "第三网格 2 第2单元 钱二: 3-001 3-002 3-003",
                "第三网格 11 第11单元 —: 3-005",
                "未分网格 1 东头 —: 0-001",
            ],
        ),
        (
            // Units by their heads only; a name that two people bear is not guessed.
            vec![
                of("3-001", "第三网格", "", "赵大", &["赵大"]),
                of("3-002", "第三网格", "", "钱二", &["钱二", "钱二"]),
                of("3-003", "第三网格", "", "赵大", &["孙三"]),
                of("3-004", "第三网格", "", "郑七", &["李四喜"]),
            ],
            vec![
                "第三网格 1 第1单元 赵大: 3-001 3-003",
                "第三网格 2 第2单元 —: 3-002",
                "第三网格 3 第3单元 郑七: 3-004",
            ],
        ),
    ] {
        let mut town = Town::small();
        town.must(TODAY, Command::ImportRoster(RosterDraft { households }));
        assert_eq!(picture(&town.village), expected);
    }
    // A second roster goes on with what is there; too many in one unit is another column.
    let mut town = Town::small();
    town.must(TODAY, add(&town.village, "第一网格", terms(Some(4), "东头", None)));
    let second = vec![of("3-001", "第一网格", "东头", "", &["赵大"]), of("3-002", "第一网格", "西头", "", &["钱二"])];
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: second }));
    assert_eq!(picture(&town.village), ["第一网格 1 西头 —: 3-002", "第一网格 4 东头 —: 3-001"]);
    let many = (0..=UNIT_HOUSEHOLDS_MAX).map(|n| of(&format!("4-{n}"), "第一网格", "一组", "", &["甲"])).collect();
    assert_eq!(
        sentence(town.tell(TODAY, Command::ImportRoster(RosterDraft { households: many }))),
        "第1单元会有 32 户,一个单元最多 30 户。请少选一些;导入时请检查「十户单元」一列。"
    );
}

#[test]
fn a_head_who_left_or_was_erased_is_not_shown_and_their_name_goes_from_the_unit() {
    let mut town = Town::small();
    let (one, two) = (id(&town, "1-001"), id(&town, "1-002"));
    let head = town.village.head(one).expect("a head");
    town.must(TODAY, add(&town.village, "第一网格", terms(None, "张三十户", Some(head))));
    town.must(TODAY, place(Some(unit(&town.village, "第一网格", 1).id), &[one, two]));
    assert_eq!(picture(&town.village), ["第一网格 1 张三十户 张三: 1-001 1-002"]);
    town.must(TODAY, Command::ErasePerson { person: head, also: Vec::new() });
    assert_eq!(picture(&town.village), ["第一网格 1 某某十户 —: 1-001 1-002"]);
}

/// Merges both ways, and says whether both laptops show the same.
fn exchange(one: &mut Desk, other: &mut Desk) {
    let merged = (one.merged(other), other.merged(one));
    assert_eq!(merged.0.picture(), merged.1.picture());
    (*one, *other) = merged;
}

#[test]
fn two_laptops_may_set_up_and_change_the_same_units() {
    let mut one = Desk::founded();
    one.act(add(one.village(), "第二网格", terms(None, "", None))).expect("in order");
    let mut other = one.copy(8, 1_000);
    let homes: Vec<HouseholdId> = one.village().people.households.iter().map(|home| home.id).collect();
    let shared = unit(one.village(), "第二网格", 1).id;
    // Both call a new unit 东头; one dissolves what the other fills.
    for (desk, home) in [(&mut one, homes[0]), (&mut other, homes[1])] {
        desk.act(add(desk.village(), "第一网格", terms(None, "东头", None))).expect("in order");
        let east = unit(desk.village(), "第一网格", 1).id;
        desk.act(place(Some(east), &[home])).expect("in order");
    }
    one.act(Command::Unit(UnitAct::Dissolve(shared))).expect("in order");
    other.act(place(Some(shared), &[homes[2]])).expect("in order");
    exchange(&mut one, &mut other);
    let rows = conflicts(one.village());
    let told: Vec<_> = rows.iter().map(|row| (row.kind, row.title.as_str(), row.ways.len())).collect();
    assert_eq!(told, [("单元", "2-001 郑七 等 1 户编进已撤销的十户单元", 1), ("单元", "第一网格 东头", 2)]);
    let press = |row: usize, way: usize| match &rows[row].ways[way] {
        Way::Press(_, settlement) => Command::Settle(settlement.clone()),
        other => panic!("{other:?}"),
    };
    one.act(press(0, 0)).expect("in order");
    // Each settles the same in another way: joined here, renumbered there.
    one.act(press(1, 0)).expect("in order");
    other.act(press(1, 1)).expect("in order");
    exchange(&mut one, &mut other);
    let open: Vec<_> = conflicts(one.village()).into_iter().map(|row| row.title).collect();
    assert_eq!(open, Vec::<String>::new());
    assert_eq!(picture(one.village()), ["第一网格 1 东头 —: 1-001 1-002"]);
    let again = one.merged(&other);
    assert_eq!(again.picture(), one.picture());
    assert!(
        merge(&one.book, &one.store.contents(), &other.store.contents()).is_ok_and(|same| same.incoming.is_empty())
    );
}

#[test]
fn joined_households_stay_in_a_unit() {
    let mut town = Town::small();
    let (one, two) = (id(&town, "1-001"), id(&town, "1-002"));
    town.must(TODAY, add(&town.village, "第一网格", UnitTerms::default()));
    town.must(TODAY, place(Some(unit(&town.village, "第一网格", 1).id), &[one]));
    town.must(
        TODAY,
        Command::Settle(Settlement::JoinHouseholds {
            gone: one,
            kept: two,
            texts: cunzhi::domain::conflict::Choice::Keep,
        }),
    );
    assert_eq!(picture(&town.village), ["第一网格 1 第1单元 —: 1-002"]);
    assert!(town.village.has_account(Account::Household(two)));
}

#[test]
fn every_refusal_is_looked_at() {
    match UnitRefusal::Unknown {
        UnitRefusal::Unknown
        | UnitRefusal::UnknownGrid
        | UnitRefusal::BadNumber
        | UnitRefusal::NumberTaken(_)
        | UnitRefusal::NameTaken(_)
        | UnitRefusal::TooManyUnits { .. }
        | UnitRefusal::OtherGrid { .. }
        | UnitRefusal::TooManyHouseholds { .. }
        | UnitRefusal::AlreadyPlaced { .. }
        | UnitRefusal::TwoGrids
        | UnitRefusal::HeadNotHere => {}
    }
}
