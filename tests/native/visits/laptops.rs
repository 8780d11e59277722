//! Two laptops with the same visits: rewarded on both, struck out on one,
//! rewarded in a month that the other one closed.

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::id::{HouseholdId, ItemId, PersonId, VisitId};
use cunzhi::domain::points::close::{CloseMonth, next_to_close};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::visits::act::{NewRound, NewStop, VisitAct};
use cunzhi::domain::visits::coverage::VisitItems;
use cunzhi::domain::visits::{Capacity, Visitor};
use cunzhi::report::conflicts::{Way, conflicts};
use jiff::civil::date;

use super::super::laptops::Desk;
use super::super::support::{TODAY, matter};

fn member(desk: &Desk) -> PersonId {
    let mut members = desk.village().people.members();
    members.find(|person| person.member_type() == Some(MemberType::Linked)).expect("one of each type").id
}

fn home(desk: &Desk) -> HouseholdId {
    desk.village().people.household_by_number("1-002").expect("known").id
}

fn item(desk: &Desk) -> ItemId {
    VisitItems::of(desk.village().rules.in_force(TODAY).expect("in force")).each.expect("an item").id
}

/// A laptop on which one household was visited.
fn visited() -> (Desk, VisitId) {
    let mut desk = Desk::founded();
    let stop = NewStop { household: home(&desk), note: "老人一个人在家".to_owned(), errand: None };
    let (visitor, capacity) = (Visitor::Person(member(&desk)), Capacity::PartyMember);
    desk.act(Command::Visit(VisitAct::Record(NewRound { date: TODAY, visitor, capacity, stops: vec![stop] })))
        .expect("in order");
    let visit = desk.village().visits.iter().next().expect("entered").made.visit;
    (desk, visit)
}

fn points(desk: &Desk) -> i64 {
    desk.village().balance(Account::Member(member(desk)))
}

fn found(desk: &Desk) -> usize {
    findings(desk.village()).iter().map(|finding| finding.sentences.len()).sum()
}

#[test]
fn what_both_laptops_did_with_a_visit_counts_once() {
    let (base, visit) = visited();
    let reward = Command::Visit(VisitAct::Reward { visits: vec![visit], item: item(&base) });
    let tell = Command::Visit(VisitAct::Claim { visits: vec![visit], item: item(&base), by: None });
    let strike = Command::Visit(VisitAct::Strike { visit, reason: "记错".to_owned() });
    let open = Command::Visit(VisitAct::OpenCase { visit, new: Box::new(matter(TODAY, None)) });
    for (first, second, earned, title, wrong) in [
        (&reward, &reward, 1, Some("1-002 周五 9月26日 的走访:党员 李四 +1 分"), 0),
        (&strike, &strike, 0, Some("1-002 周五 9月26日 的走访"), 0),
        (&strike, &reward, 0, Some("1-002 周五 9月26日 的走访:党员 李四 +1 分"), 0),
        // The laptop that struck it out did not know of the points: 核对 names them.
        (&reward, &strike, 1, None, 1),
        (&reward, &open, 1, None, 0),
        // What was told of waits, whatever the other did; nobody can approve it then.
        (&tell, &tell, 0, None, 0),
        (&tell, &reward, 1, None, 0),
        (&reward, &tell, 1, None, 0),
        (&tell, &strike, 0, None, 0),
    ] {
        let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 3_600_000));
        let before = points(&one);
        one.act(first.clone()).expect("in order");
        two.act(second.clone()).expect("two does not know of it");
        let both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        assert_eq!(points(&both) - before, earned, "{first:?} {second:?}");
        let titles: Vec<_> = conflicts(both.village()).into_iter().map(|row| row.title).collect();
        assert_eq!(titles.iter().map(String::as_str).next(), title, "{titles:?}");
        assert_eq!(found(&both), wrong);
    }
    // Both cases stay; the visit names the first one.
    let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 3_600_000));
    for desk in [&mut one, &mut two] {
        desk.act(open.clone()).expect("in order");
    }
    let both = one.merged(&two);
    assert_eq!((both.picture(), both.village().cases.len()), (two.merged(&one).picture(), 3));
    assert!(conflicts(both.village()).iter().any(|row| row.title == "1-002 周五 9月26日 的走访开的事项"));
}

#[test]
fn points_in_a_month_that_the_other_closed_are_taken_into_the_open_one_or_not_at_all() {
    for (label, earned) in [("改记到今天", 1), ("不计入", 0)] {
        let (base, visit) = visited();
        let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 0));
        let october = date(2025, 10, 9);
        one.clock = Moment::at(october, 9, 0);
        two.clock = Moment::at(october, 11, 0);
        let ledger = Ledger::Member;
        while let Some(month) = next_to_close(one.village(), ledger).filter(|month| month.last_day() < october) {
            let close = CloseMonth { ledger, month, notice_days: 3, objection_days: 7 };
            one.act(Command::CloseMonth(close)).expect("nothing waits");
        }
        let before = points(&one);
        let reward = VisitAct::Reward { visits: vec![visit], item: item(&two) };
        two.act(Command::Visit(reward)).expect("two knows of no closing");
        let mut both = one.merged(&two);
        assert_eq!(points(&both), before);
        let way = conflicts(both.village()).into_iter().flat_map(|row| row.ways).find_map(|way| match way {
            Way::Press(word, settlement) if word == label => Some(settlement),
            _ => None,
        });
        let settlement: Settlement = way.expect("offered");
        both.act(Command::Settle(settlement)).expect("in order");
        assert_eq!(points(&both) - before, earned, "{label}");
        assert_eq!(found(&both), 0);
    }
}

#[test]
fn a_link_that_both_ended_ends_as_the_later_one_said() {
    let mut base = Desk::founded();
    let (person, household) = (member(&base), home(&base));
    let link = VisitAct::Link { person, households: vec![household], from: date(2025, 9, 1) };
    base.act(Command::Visit(link)).expect("in order");
    let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 3_600_000));
    for (desk, to) in [(&mut one, date(2025, 9, 20)), (&mut two, date(2025, 9, 10))] {
        desk.act(Command::Visit(VisitAct::EndLink { person, household, to })).expect("in order");
    }
    let both = one.merged(&two);
    assert_eq!(both.picture(), two.merged(&one).picture());
    let ends: Vec<_> = both.village().visits.links().iter().map(|link| link.to).collect();
    assert_eq!(ends, [Some(date(2025, 9, 10))]);
    assert!(conflicts(both.village()).is_empty());
}
