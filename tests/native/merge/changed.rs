//! Facts of which the last word counts: what both laptops changed is told.

use cunzhi::domain::calendar::add_days;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::units::{UnitAct, UnitTerms};
use cunzhi::report::merge_preview::DifferenceRow;

use crate::laptops::Desk;
use crate::support::{TODAY, matter};

/// A village with two units in its first grid, and a second case.
fn base() -> Desk {
    let mut desk = Desk::founded();
    let grid = desk.village().people.grids.iter().next().map(|grid| grid.id);
    for _ in 0..2 {
        desk.act(Command::Unit(UnitAct::Add { grid, terms: UnitTerms::default() })).expect("in order");
    }
    desk.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    desk.clock = cunzhi::domain::calendar::Moment::at(add_days(TODAY, 3), 9, 0);
    desk
}

/// What each of two laptops, 0 and 1, changes.
fn deeds(desk: &Desk, place: usize) -> Vec<Command> {
    let village = desk.village();
    let home = village.people.households.iter().next().expect("a household");
    let goods = village.shelf.goods.iter().next().expect("the goods").id;
    let terms = village.shelf.terms(goods).expect("known");
    let (limit, cents) = [(Some(2), 550), (None, 580)][place];
    let units: Vec<_> = village.people.units.iter().map(|unit| unit.id).collect();
    let member = |number: usize| village.people.members().nth(number).expect("a member").id;
    let from = add_days(TODAY, i32::try_from(place).expect("few"));
    let number = ["7-001", "8-001"][place].to_owned();
    let head = Some(home.people[place]);
    let change = [PersonChange::Died, PersonChange::MovedAway][place];
    let kind = [MemberType::Cadre, MemberType::Exempt][place];
    let case = village.cases.iter().nth(place).expect("two cases").opening.id;
    vec![
        Command::SetGoodsTerms(GoodsTerms { quarter_limit: limit, price_cents: cents, ..terms }),
        Command::Settle(Settlement::RenumberHousehold { household: home.id, number }),
        Command::Unit(UnitAct::Place { unit: Some(units[place]), households: vec![home.id] }),
        Command::Unit(UnitAct::Change { unit: units[0], terms: UnitTerms { head, ..UnitTerms::default() } }),
        Command::ChangePerson { person: member(0), change, from },
        Command::TypeMember { person: member(2), kind, from },
        // Each another one, which is no contradiction.
        Command::Settle(Settlement::RenumberCase(case)),
    ]
}

fn told(rows: &[DifferenceRow]) -> Vec<String> {
    let texts = |row: &DifferenceRow| row.texts.clone().expect("facts are shown").join("|");
    rows.iter().map(|row| format!("{}:{}", row.title, texts(row))).collect()
}

#[test]
fn what_both_changed_is_told_with_what_counts() {
    let base = base();
    let (mut one, mut two) = (base.copy(20, 0), base.copy(21, 3_600_000));
    for (place, desk) in [&mut one, &mut two].into_iter().enumerate() {
        for command in deeds(desk, place) {
            desk.act(command).expect("in order");
        }
    }
    let expected = [
        "「洗衣液」的单价和限兑:5 分一瓶,参考价 5.50 元,每户每季限 2 瓶|5 分一瓶,参考价 5.80 元,每户每季不限|5 分一瓶,参考价 5.80 元,每户每季不限",
        "8-001 张三 的户号:7-001|8-001|8-001",
        "8-001 张三 的十户单元:第1单元|第2单元|第2单元",
        "第一网格 第1单元的十户长:张三|李四|李四",
        "李四的去留:去世(9月26日)|迁出(9月27日)|去世(9月26日)、迁出(9月27日)",
        "周五的党员类型:无职党员(2025年1月1日起)、村组干部(2025年9月26日起)|无职党员(2025年1月1日起)、年老体弱党员(2025年9月27日起)|无职党员(2025年1月1日起)、村组干部(2025年9月26日起)、年老体弱党员(2025年9月27日起)",
    ];
    assert_eq!(told(&one.plan(&two).expect("of one village").incoming.changed), expected);
    // Once merged, taking the same file again tells nothing, and neither does what only one side changed.
    let merged = one.merged(&two);
    assert_eq!(merged.plan(&two).expect("of one village").incoming.changed, []);
    assert_eq!(two.plan(&merged).expect("of one village").incoming.changed, []);
    let alone = base.copy(22, 0);
    assert_eq!(alone.plan(&two).expect("of one village").incoming.changed, []);
}

#[test]
fn a_case_that_both_renumbered_is_told() {
    let base = base();
    let (mut one, mut two) = (base.copy(20, 0), base.copy(21, 3_600_000));
    let case = base.village().cases.iter().next().expect("a case").opening.id;
    two.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    for desk in [&mut one, &mut two] {
        desk.act(Command::Settle(Settlement::RenumberCase(case))).expect("in order");
    }
    let changed = one.plan(&two).expect("of one village").incoming.changed;
    assert_eq!(told(&changed), ["「二组路灯不亮」的编号:0003|0004|0004"]);
}
