//! Visits: what is refused, what they lead to and earn, and what is struck out.

mod coverage;
mod laptops;

use cunzhi::domain::calendar::{Month, add_days};
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{Command, NewCase};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{HouseholdId, PersonId, StaffId, VisitId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::close::CloseMonth;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::staff::Standing;
use cunzhi::domain::visits::act::{NewRound, NewStop, VisitAct};
use cunzhi::domain::visits::refusal::{LINKED_MAX, STOPS_MAX, VisitRefusal};
use cunzhi::domain::visits::{Capacity, Visitor};
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, matter, sentence};

const DONE: &str = "没有拒绝";
const NOBODY: PersonId = PersonId::from_raw(99);

pub fn home(town: &Town, number: &str) -> HouseholdId {
    town.village.people.household_by_number(number).expect("a known household").id
}

/// A round of a person, as a party member, to these households.
pub fn round(town: &Town, date: Date, person: PersonId, numbers: &[&str]) -> NewRound {
    let stop = |number: &&str| NewStop { household: home(town, number), note: String::new(), errand: None };
    let (visitor, capacity) = (Visitor::Person(person), Capacity::PartyMember);
    NewRound { date, visitor, capacity, stops: numbers.iter().map(stop).collect() }
}

pub fn record(round: NewRound) -> Command {
    Command::Visit(VisitAct::Record(round))
}

/// Records a round of the linked member, and gives the visits.
pub fn visited(town: &mut Town, day: Date, numbers: &[&str]) -> Vec<VisitId> {
    let round = round(town, day, town.person(MemberType::Linked), numbers);
    let decision = town.must(day, record(round));
    let made = decision.events.iter().filter_map(|event| match event {
        Event::VisitMade(made) => Some(made.visit),
        _ => None,
    });
    made.collect()
}

pub fn reward(town: &Town, visits: &[VisitId]) -> Command {
    Command::Visit(VisitAct::Reward { visits: visits.to_vec(), item: town.item("走访联系户") })
}

fn strike(visit: VisitId, reason: &str) -> Command {
    Command::Visit(VisitAct::Strike { visit, reason: reason.to_owned() })
}

pub fn link(town: &Town, person: PersonId, numbers: &[&str], from: Date) -> Command {
    let households = numbers.iter().map(|number| home(town, number)).collect();
    Command::Visit(VisitAct::Link { person, households, from })
}

fn points(town: &Town) -> i64 {
    town.village.balance(town.member(MemberType::Linked))
}

#[test]
fn rounds_are_refused_with_their_reason() {
    let mut town = Town::small();
    let (linked, cadre) = (town.person(MemberType::Linked), town.person(MemberType::Cadre));
    let plain = town.village.people.persons.iter().find(|one| one.memberships.is_empty()).expect("no member").id;
    let away = PersonChange::MovedAway;
    town.must(TODAY, Command::ChangePerson { person: cadre, change: away, from: TODAY });
    let named = Command::NameStaff { staff: None, name: "王会计".to_owned(), standing: Standing::Active };
    town.must(TODAY, named);
    let staff = town.village.staff.active().next().expect("named").id;
    let retired = Command::NameStaff { staff: Some(staff), name: "王会计".to_owned(), standing: Standing::Retired };
    let base = round(&town, TODAY, linked, &["1-002"]);
    let by = |visitor| NewRound { visitor, ..base.clone() };
    let at =
        |household| NewRound { stops: vec![NewStop { household, note: String::new(), errand: None }], ..base.clone() };
    let stops = |count: usize| NewRound { stops: vec![base.stops[0].clone(); count], ..base.clone() };
    let noted = NewStop { note: "字".repeat(2_001), ..base.stops[0].clone() };
    for (new, expected) in [
        (NewRound { date: add_days(TODAY, 1), ..base.clone() }, "9月27日 还没有到,请检查日期。"),
        (NewRound { date: date(2022, 12, 31), ..base.clone() }, "走访日期 2022年12月31日 太早了,请检查年份。"),
        (stops(0), "还没有选户,请至少选一户。"),
        (stops(STOPS_MAX + 1), "一次最多登记 60 户,现在选了 61 户。请分几次登记。"),
        (by(Visitor::Person(NOBODY)), "找不到这个人,请刷新后再试。"),
        (by(Visitor::Person(cadre)), "9月26日 走访的人已经不在村里或不再经手,请改日期或换一个人。"),
        (by(Visitor::Person(plain)), "9月26日 走访的人不是本村党员,请把身份改成别的。"),
        (by(Visitor::Staff(StaffId::from_raw(99))), "名单里找不到这个经手人,请刷新后再试。"),
        (at(HouseholdId::from_raw(99)), "找不到这一户,请刷新后再试。"),
        (at(home(&town, "2-001")), "2-001 户 9月26日 已经没有人在村里,请去掉这一户。"),
        (stops(2), "1-002 户选了两次,请去掉一次。"),
        (NewRound { stops: vec![noted], ..base.clone() }, "了解到的情况写了 2001 个字,最多 2000 个字,请缩短。"),
        (base.clone(), DONE),
        (base.clone(), "9月26日 走访 1-002 户已经登记过了,不用再登记。"),
        (NewRound { capacity: Capacity::Volunteer, ..by(Visitor::Person(plain)) }, DONE),
        (by(Visitor::Staff(staff)), DONE),
    ] {
        assert_eq!(sentence(town.tell(TODAY, record(new))), expected);
    }
    town.must(TODAY, retired);
    let late = sentence(town.tell(TODAY, record(by(Visitor::Staff(staff)))));
    assert_eq!(late, "9月26日 走访的人已经不在村里或不再经手,请改日期或换一个人。");
}

#[test]
fn what_is_struck_out_counts_no_more_and_takes_its_points_along() {
    let mut town = Town::small();
    let visits = visited(&mut town, TODAY, &["1-002", "2-001"]);
    town.must(TODAY, reward(&town, &visits));
    let before = points(&town);
    for (command, expected) in [
        (strike(VisitId::from_raw(99), "记错"), "找不到这次走访,请刷新后再试。"),
        (strike(visits[0], " "), "请填写作废的原因。"),
        (strike(visits[0], "记错户"), DONE),
        (strike(visits[0], "记错户"), "这次走访已经作废了。"),
        (reward(&town, &visits[..1]), "这次走访已经作废了。"),
        (
            Command::Visit(VisitAct::OpenCase { visit: visits[0], new: Box::new(matter(TODAY, None)) }),
            "这次走访已经作废了。",
        ),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    assert_eq!(points(&town), before - 1);
    let visit = town.village.visits.get(visits[0]).expect("never deleted");
    assert_eq!(town.village.note(visit.struck), "记错户");
    assert!(findings(&town.village).iter().all(|finding| finding.sentences.is_empty()));
    // It may be entered again, and earns again.
    let again = visited(&mut town, TODAY, &["1-002"]);
    town.must(TODAY, reward(&town, &again));
    assert_eq!(points(&town), before);
}

#[test]
fn a_visit_opens_one_case_and_both_say_so() {
    let mut town = Town::small();
    let visit = visited(&mut town, TODAY, &["1-002"])[0];
    let open = |new: NewCase| Command::Visit(VisitAct::OpenCase { visit, new: Box::new(new) });
    let nameless = NewCase { title: String::new(), ..matter(TODAY, None) };
    assert_eq!(sentence(town.tell(TODAY, open(nameless))), "请填写事项标题。");
    town.must(TODAY, open(matter(TODAY, None)));
    let case = town.village.cases.iter().last().expect("opened").opening.id;
    assert_eq!(town.village.visits.get(visit).and_then(|visit| visit.case), Some(case));
    assert_eq!(town.village.visits.of_case(case), Some(visit));
    let twice = sentence(town.tell(TODAY, open(matter(TODAY, None))));
    assert_eq!(twice, "这次走访已经开过事项,请到那件事项里办理。");
}

#[test]
fn a_household_earns_once_a_month() {
    let mut town = Town::small();
    let before = points(&town);
    let first = visited(&mut town, date(2025, 9, 3), &["1-002", "2-001"]);
    let second = visited(&mut town, TODAY, &["1-002"]);
    let next_month = date(2025, 10, 9);
    let third = visited(&mut town, next_month, &["1-002"]);
    let plain = town.village.people.persons.iter().find(|one| one.memberships.is_empty()).expect("no member").id;
    let round = NewRound { capacity: Capacity::Volunteer, ..round(&town, TODAY, plain, &["2-001"]) };
    town.must(TODAY, record(round));
    let by_plain = town.village.visits.iter().last().expect("just entered").made.visit;
    let under = |item: &str, visits: &[VisitId]| {
        Command::Visit(VisitAct::Reward { visits: visits.to_vec(), item: town.item(item) })
    };
    for (command, expected) in [
        (under("走访联系户", &[]), "还没有选走访,请先勾选。"),
        (under("走访联系户", &[by_plain]), "9月26日 走访的人不是本村党员,没有走访积分。请去掉这一次。"),
        (under("环境整治", &first), "「环境整治」不是党员的加分事项,不能记走访得分。请换一个事项。"),
        (under("当月未走访", &first), "「当月未走访」不是党员的加分事项,不能记走访得分。请换一个事项。"),
        (under("认岗履责", &first), "「认岗履责」不适用于其中 1 个账户,请换一个事项或从名单里去掉。"),
        (
            under("走访联系户", &[first[0], second[0]]),
            "2025年9月走访 1-002 户已经记过分:每户每月只记一次。请去掉这一次。",
        ),
        (under("走访联系户", &first), DONE),
        (under("走访联系户", &first[1..]), "9月3日 走访 2-001 户已经记过分了。"),
        (under("走访联系户", &second), "2025年9月走访 1-002 户已经记过分:每户每月只记一次。请去掉这一次。"),
        (under("走访联系户", &third), DONE),
    ] {
        let mut next = town.clone();
        let told = sentence(next.tell(next_month, command));
        assert_eq!(told, expected);
        town = next;
    }
    assert_eq!(points(&town), before + 3);
    let visit = *town.village.visits.get(first[0]).expect("known");
    let entry = town.village.visit_entry(&visit).expect("earned");
    assert_eq!(town.village.visits.of_entry(entry), Some(first[0]));
    // Taken back by hand, it may earn again.
    town.must(next_month, Command::ReverseEntry { entry, reason: "记错".to_owned() });
    assert_eq!(town.village.visit_entry(&visit), None);
    town.must(next_month, reward(&town, &first[..1]));
    assert_eq!(points(&town), before + 3);
}

#[test]
fn a_closed_month_takes_no_points_for_visits() {
    let mut town = Town::small();
    let visits = visited(&mut town, TODAY, &["1-002"]);
    let october = date(2025, 10, 9);
    let ledger = Ledger::Member;
    for month in 1..=9 {
        let month = Month { year: 2025, month };
        let close = CloseMonth { ledger, month, notice_days: 3, objection_days: 7 };
        // The months before the first entry are not there to be closed.
        let _early = town.tell(october, Command::CloseMonth(close));
    }
    assert!(town.village.closings.is_closed(ledger, TODAY));
    let refused = sentence(town.tell(october, reward(&town, &visits)));
    assert!(refused.contains("月结"), "{refused}");
    assert!(town.tell(october, strike(visits[0], "记错")).is_ok(), "a visit is no entry");
}

#[test]
fn links_are_refused_with_their_reason() {
    let mut town = Town::small();
    let (linked, without) = (town.person(MemberType::Linked), town.person(MemberType::WithoutPost));
    let plain = town.village.people.persons.iter().find(|one| one.memberships.is_empty()).expect("no member").id;
    let end = |town: &Town, number: &str, to| {
        Command::Visit(VisitAct::EndLink { person: linked, household: home(town, number), to })
    };
    let none = Command::Visit(VisitAct::Link { person: linked, households: Vec::new(), from: TODAY });
    for (command, expected) in [
        (link(&town, linked, &["2-001"], add_days(TODAY, 1)), "9月27日 还没有到,请检查日期。"),
        (link(&town, NOBODY, &["2-001"], TODAY), "找不到这个人,请刷新后再试。"),
        (link(&town, plain, &["2-001"], TODAY), "9月26日 不是本村党员,不能联系户。请先登记党员类型。"),
        (none, "还没有选户,请至少选一户。"),
        (link(&town, linked, &["2-001", "2-001"], TODAY), "2-001 户选了两次,请去掉一次。"),
        (link(&town, linked, &["1-001"], TODAY), "1-001 户是党员自己家,不用联系。请去掉这一户。"),
        (end(&town, "2-001", TODAY), "这名党员没有联系这一户,不用结束。"),
        (link(&town, linked, &["2-001"], TODAY), DONE),
        (link(&town, without, &["2-001"], TODAY), "2-001 户已经由李四联系,请先结束原来的联系。"),
        (end(&town, "2-001", add_days(TODAY, -1)), "联系从 2025年9月26日 开始,结束不能比它早。"),
        (end(&town, "2-001", TODAY), DONE),
        (end(&town, "2-001", TODAY), "这名党员没有联系这一户,不用结束。"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    let next = add_days(TODAY, 1);
    let taken_over = link(&town, without, &["2-001"], next);
    assert_eq!(sentence(town.tell(next, taken_over)), DONE, "the day after");
    let many = VisitRefusal::TooManyLinked(LINKED_MAX + 1).to_string();
    assert_eq!(many, "一名党员最多联系 12 户,加上这次就有 13 户了。请分给别的党员。");
}

#[test]
fn a_member_answers_for_so_many_households_at_most() {
    use super::support::{home as homestead, new_village};
    use cunzhi::domain::roster::RosterDraft;
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(new_village()));
    let numbers: Vec<String> = (1..=LINKED_MAX + 2).map(|place| format!("1-{place:03}")).collect();
    let kind = |place: usize| (place == 0).then_some(MemberType::Linked);
    let households = numbers.iter().enumerate();
    let households = households.map(|(place, number)| homestead(number, "", &[("某人", kind(place))])).collect();
    town.must(TODAY, Command::ImportRoster(RosterDraft { households }));
    let person = town.person(MemberType::Linked);
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let all = link(&town, person, &numbers[1..], TODAY);
    let refused = "一名党员最多联系 12 户,加上这次就有 13 户了。请分给别的党员。";
    assert_eq!(sentence(town.tell(TODAY, all)), refused);
    town.must(TODAY, link(&town, person, &numbers[2..], TODAY));
    let one_more = link(&town, person, &numbers[1..2], TODAY);
    assert_eq!(sentence(town.tell(TODAY, one_more)), refused);
}

#[test]
fn what_was_learnt_is_a_text_of_the_household() {
    let mut town = Town::small();
    let member = town.person(MemberType::Linked);
    let mut round = round(&town, TODAY, member, &["1-002"]);
    round.stops[0].note = "周五说屋顶漏雨".to_owned();
    town.must(TODAY, record(round));
    let village = &town.village;
    let person = village.people.persons.iter().find(|one| village.name(one.id) == "周五").expect("known").id;
    town.must(TODAY, Command::ErasePerson { person, also: Vec::new() });
    let visit = town.village.visits.iter().next().expect("one");
    assert_eq!(town.village.note(visit.made.note), "某某说屋顶漏雨");
    assert_eq!(visit.made.visitor, Visitor::Person(member));
}

#[test]
fn every_refusal_is_looked_at() {
    match VisitRefusal::Unknown {
        VisitRefusal::TooEarly(_)
        | VisitRefusal::NoStops
        | VisitRefusal::TooManyStops(_)
        | VisitRefusal::VisitorNotHere(_)
        | VisitRefusal::VisitorNoMember(_)
        | VisitRefusal::StopTwice(_)
        | VisitRefusal::HouseholdGone { .. }
        | VisitRefusal::EnteredBefore { .. }
        | VisitRefusal::Unknown
        | VisitRefusal::Struck
        | VisitRefusal::HasCase
        | VisitRefusal::NoneChosen
        | VisitRefusal::NotForVisits(_)
        | VisitRefusal::NoPoints(_)
        | VisitRefusal::Earned { .. }
        | VisitRefusal::EarnedInMonth { .. }
        | VisitRefusal::Waiting { .. }
        | VisitRefusal::LinkNoMember(_)
        | VisitRefusal::OwnHousehold(_)
        | VisitRefusal::LinkedBefore { .. }
        | VisitRefusal::TooManyLinked(_)
        | VisitRefusal::NotLinked
        | VisitRefusal::EndsBeforeStart(_) => {}
    }
}
