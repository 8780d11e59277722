//! Where it takes two, nobody adds points alone.

use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::points::settings::Reviewing;
use cunzhi::domain::roster::MemberType;
use jiff::civil::{Date, date};

use super::super::support::{TODAY, Town, sentence};
use super::super::visits::{link, visited};
use super::approve;

const ONE_HAND: &str = "加分要由两个人经手。请点「先报待审」,再由另一位经手人审核入账。";

#[test]
fn points_are_added_by_two_and_taken_by_one() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let member = town.member(MemberType::Linked);
    let first = town.staff("李会计");
    assert_eq!(sentence(town.record(TODAY, "治安巡逻、防汛值守", home, 1)), "没有拒绝", "with one name");
    let second = town.staff("王主任");
    for (item, account, expected) in [
        ("治安巡逻、防汛值守", home, ONE_HAND),
        ("参加三会一课", member, ONE_HAND),
        ("乱倒垃圾", home, "没有拒绝"),
        ("迟交党费", member, "没有拒绝"),
    ] {
        assert_eq!(sentence(town.record(TODAY, item, account, 1)), expected, "{item}");
    }
    // Told of by one and entered by the other.
    let claims = town.file("治安巡逻、防汛值守", &[home], Some(first));
    town.must(TODAY, approve(&claims, Some(second)));
    assert_eq!(town.village.balance(home), 5);
    // By anybody, where the village wants it so.
    town.review(Reviewing::ByAnybody);
    assert_eq!(sentence(town.record(TODAY, "治安巡逻、防汛值守", home, 1)), "没有拒绝");
}

#[test]
fn a_month_of_visits_is_counted_and_needs_nobody_else() {
    let mut town = Town::small();
    let person = town.person(MemberType::Linked);
    let (last, october) = (date(2025, 9, 30), date(2025, 10, 6));
    let linked = link(&town, person, &["1-002", "2-001"], date(2025, 9, 1));
    town.must(TODAY, linked);
    visited(&mut town, TODAY, &["1-002", "2-001"]);
    town.staff("李会计");
    town.staff("王主任");
    let month = |town: &Town, day: Date| {
        let item = town.item("当月联系户全走访");
        let lines = vec![(town.member(MemberType::Linked), 1)];
        Command::RecordActivity(NewActivity { item, date: day, note: String::new(), lines, points_each: None })
    };
    for (day, expected) in [(TODAY, ONE_HAND), (last, "没有拒绝"), (last, ONE_HAND)] {
        let command = month(&town, day);
        assert_eq!(sentence(town.tell(october, command)), expected, "{day}");
    }
}
