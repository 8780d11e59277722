//! Changes of people: each counts from its date, and never backwards.

use cunzhi::domain::calendar::{Month, Quarter, add_days};
use cunzhi::domain::command::Command;
use cunzhi::domain::id::PersonId;
use cunzhi::domain::people::{PersonChange, PersonRefusal};
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::report::group_ranking::{GroupBy, group_ranking};
use cunzhi::report::overview::overview;
use cunzhi::report::points_year::points_year;
use cunzhi::report::ranking::{place_in_grid, ranking};
use cunzhi::report::units::Within;
use jiff::civil::{Date, date};

use super::oversight::close;
use super::support::{TODAY, Town, home, sentence};

const DONE: &str = "没有拒绝";

fn change(person: PersonId, change: PersonChange, from: Date) -> Command {
    Command::ChangePerson { person, change, from }
}

#[test]
fn changes_are_refused_with_their_reason() {
    let mut town = Town::small();
    let linked = town.person(MemberType::Linked);
    let head = town.village.people.households.iter().next().expect("a household").people[0];
    let plain = town.village.people.persons.iter().find(|one| one.memberships.is_empty()).expect("no member").id;
    let typed = |person, kind, from| Command::TypeMember { person, kind, from };
    let since = town.village.people.persons.get(linked).expect("known").memberships[0].from;
    for (command, expected) in [
        (typed(linked, MemberType::Linked, TODAY), "已经是「联户党员」,不用变更。"),
        (typed(linked, MemberType::Cadre, add_days(TODAY, 1)), "9月27日 还没有到,请检查日期。"),
        (change(plain, PersonChange::LeftParty, TODAY), "现在不是本村党员,不能登记组织关系转出。"),
        (change(head, PersonChange::Returned, TODAY), "没有迁出,不用登记迁回。"),
        (change(PersonId::from_raw(99), PersonChange::Died, TODAY), "找不到这个人,请刷新后再试。"),
        (change(linked, PersonChange::MovedAway, TODAY), DONE),
        (change(linked, PersonChange::MovedAway, TODAY), "已经登记迁出了。"),
        (typed(linked, MemberType::Cadre, TODAY), "已经登记迁出了。"),
        (change(linked, PersonChange::Returned, TODAY), DONE),
        (change(linked, PersonChange::Died, TODAY), DONE),
        (change(linked, PersonChange::MovedAway, TODAY), "已登记去世,不能再变更。登错了请找出原来的记录核实。"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    let other = town.person(MemberType::Cadre);
    let early = sentence(town.tell(TODAY, change(other, PersonChange::MovedAway, add_days(since, -1))));
    assert!(early.contains("已经有一次变更,新的变更不能比它早。"), "{early}");
}

/// The points with which they start are dated in the first month that is open.
#[test]
fn a_roster_comes_in_after_a_month_was_closed() {
    let mut town = Town::small();
    town.must(TODAY, close(Ledger::Member, Month { year: 2025, month: 1 }));
    let new = home("3-001", "第一网格", &[("钱多", Some(MemberType::Linked))]);
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![new] }));
    let entry = town.village.entries.iter().last().expect("the points of the beginning");
    assert_eq!((entry.reason, entry.points, entry.date), (Reason::Opening, 60, date(2025, 2, 1)));
}

#[test]
fn a_change_of_type_counts_from_its_date() {
    let mut town = Town::small();
    let person = town.person(MemberType::WithoutPost);
    let october = date(2025, 10, 8);
    town.must(october, Command::TypeMember { person, kind: MemberType::Linked, from: date(2025, 10, 1) });
    let on = |town: &Town, day| town.village.people.persons.get(person).expect("known").member_type_on(day);
    assert_eq!(on(&town, date(2025, 9, 30)), Some(MemberType::WithoutPost));
    assert_eq!(on(&town, date(2025, 10, 1)), Some(MemberType::Linked));
    // An item of the new type scores from then on, and not before.
    let account = Account::Member(person);
    let before = sentence(town.tell(october, town.activity(date(2025, 9, 30), "走访联系户", account, 1)));
    assert!(before.contains("不适用于其中 1 个账户"), "{before}");
    assert_eq!(sentence(town.tell(october, town.activity(october, "走访联系户", account, 1))), DONE);
    town.must(october, change(person, PersonChange::LeftParty, october));
    assert_eq!(on(&town, october), None);
    assert_eq!(on(&town, date(2025, 10, 7)), Some(MemberType::Linked), "what was, stays");
    // Who comes back into the party's village starts anew, with the points that are there.
    let points = town.village.balance(account);
    town.must(october, Command::TypeMember { person, kind: MemberType::Migrant, from: add_days(october, 0) });
    assert_eq!(town.village.balance(account), points);
}

#[test]
fn a_new_member_starts_with_the_points_of_the_settings() {
    let mut town = Town::small();
    let person = town.village.people.persons.iter().find(|one| one.memberships.is_empty()).expect("no member").id;
    town.must(TODAY, Command::TypeMember { person, kind: MemberType::WithoutPost, from: TODAY });
    assert_eq!(town.village.balance(Account::Member(person)), 60);
}

#[test]
fn the_dead_and_the_gone_score_no_more_and_keep_what_they_have() {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.record(TODAY, "治安巡逻、防汛值守", home, 2).expect("10 points");
    let Account::Household(id) = home else { panic!("a household") };
    let people = town.village.people.households.get(id).expect("known").people.clone();
    let first = town.village.head_name(id).to_owned();
    let gone = add_days(TODAY, 3);
    town.must(gone, change(people[0], PersonChange::Died, gone));
    if people.len() > 1 {
        assert_ne!(town.village.head_name(id), first, "the next one is the head");
    }
    for person in &people[1..] {
        town.must(gone, change(*person, PersonChange::MovedAway, gone));
    }
    let refused = sentence(town.tell(gone, town.activity(gone, "治安巡逻、防汛值守", home, 1)));
    assert!(refused.contains("不适用于其中 1 个账户"), "{refused}");
    assert_eq!(sentence(town.tell(gone, town.activity(add_days(gone, -1), "治安巡逻、防汛值守", home, 1))), DONE);
    assert_eq!(town.village.balance(home), 15);
    assert_eq!(town.village.head_name(id), first, "nobody is left: the name stays");
}

#[test]
fn every_refusal_is_looked_at() {
    match PersonRefusal::Dead {
        PersonRefusal::BeforeLast(_)
        | PersonRefusal::Dead
        | PersonRefusal::NoMember
        | PersonRefusal::SameType(_)
        | PersonRefusal::NotAway
        | PersonRefusal::AlreadyAway => {}
    }
}

#[test]
fn members_of_a_later_roster_start_in_the_first_open_month() {
    let mut town = Town::small();
    for (month, expected) in [(1, date(2025, 2, 1)), (2, date(2025, 3, 1))] {
        let month = Month { year: 2025, month };
        town.must(TODAY, close(Ledger::Member, month));
        let number = format!("3-00{}", month.month);
        let households = vec![home(&number, "第一网格", &[("新来的", Some(MemberType::Migrant))])];
        town.must(TODAY, Command::ImportRoster(RosterDraft { households }));
        let last = town.village.entries.iter().last().expect("the opening points");
        assert_eq!((last.date, last.points, last.reason), (expected, 60, Reason::Opening));
    }
}

/// Whoever is gone at the end is in no ranking and in none of its numbers,
/// except where the year says how many of how many got points.
#[test]
fn those_who_are_gone_are_not_counted() {
    let mut town = Town::small();
    let (one, two) = (town.household("1-001"), town.household("1-002"));
    for home in [one, two] {
        town.record(TODAY, "环境整治", home, 1).expect("recorded");
    }
    let october = date(2025, 10, 8);
    let fourth = Quarter::of(october);
    let counts = |town: &Town, ledger: Ledger, year: i16| {
        let village = &town.village;
        let active = |label: &str| {
            let rows = points_year(village, ledger, year, date(year, 12, 31)).rows;
            rows.into_iter().find(|row| row.label == label).map(|row| row.active).unwrap_or_default()
        };
        let ranked = ranking(village, ledger, fourth, Within::default(), 99).count;
        let groups = group_ranking(village, GroupBy::Grid, fourth, None).iter().map(|row| row.n).sum::<usize>();
        let awards =
            points_year(village, ledger, year, date(year, 12, 31)).groups.iter().map(|group| group.of).sum::<usize>();
        (ranked, groups, active("全年"), awards)
    };
    assert_eq!(counts(&town, Ledger::Villager, 2025), (3, 3, "2 / 3".to_owned(), 2));
    let Account::Household(gone) = two else { panic!("{two:?}") };
    let people = town.village.people.households.get(gone).expect("known").people.clone();
    for person in people {
        town.must(october, change(person, PersonChange::MovedAway, october));
    }
    assert_eq!(counts(&town, Ledger::Villager, 2025), (2, 2, "2 / 3".to_owned(), 1));
    assert_eq!(counts(&town, Ledger::Villager, 2026), (2, 2, "0 / 2".to_owned(), 0));
    assert_eq!(place_in_grid(&town.village, two, fourth), None);
    assert_eq!(place_in_grid(&town.village, one, Quarter::of(TODAY)).map(|place| place.of), Some(2));
    let participation = |town: &Town, day| overview(&town.village, day, None, 0).figures[3].fraction.clone();
    assert_eq!(participation(&town, october), "0 / 2 户");
    let before = counts(&town, Ledger::Member, 2025);
    let member = town.person(MemberType::Cadre);
    town.must(october, change(member, PersonChange::Died, october));
    let after = counts(&town, Ledger::Member, 2025);
    assert_eq!(after.0 + 1, before.0, "{before:?} {after:?}");
    assert_ne!(after.2, before.2, "{before:?} {after:?}");
}
