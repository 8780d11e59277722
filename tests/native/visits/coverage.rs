//! 走访覆盖率: each household once, and what a month comes to for a member.

use cunzhi::domain::calendar::{Month, add_days};
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::visits::act::VisitAct;
use cunzhi::domain::visits::coverage::{MonthOutcome, MonthVisits, VisitItems};
use jiff::civil::{Date, date};

use super::super::support::{TODAY, Town};
use super::{home, link, visited};

const SEPTEMBER: Month = Month { year: 2025, month: 9 };
const LAST: Date = date(2025, 9, 30);

/// The linked member answers for both other households since that day.
fn linked(from: Date) -> Town {
    let mut town = Town::small();
    let person = town.person(MemberType::Linked);
    town.must(TODAY, link(&town, person, &["1-002", "2-001"], from));
    town
}

fn rate(town: &Town, month: Month, today: Date) -> String {
    let months = town.village.member_months(month, today);
    months.first().map_or_else(|| "没有".to_owned(), |one| one.rate().to_string())
}

fn proposed(town: &Town, today: Date, outcome: MonthOutcome) -> Option<usize> {
    town.village.month_proposals(SEPTEMBER, today, outcome).map(|(_, months)| months.len())
}

#[test]
fn each_household_counts_once() {
    let mut town = linked(date(2025, 9, 1));
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "0.00%(0/2)");
    visited(&mut town, date(2025, 9, 3), &["1-002"]);
    let second = visited(&mut town, date(2025, 9, 8), &["1-002"]);
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "50.00%(1/2)");
    let third = visited(&mut town, TODAY, &["2-001"]);
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "100.00%(2/2)");
    let strike = |visit| Command::Visit(VisitAct::Strike { visit, reason: "记错".to_owned() });
    town.must(TODAY, strike(second[0]));
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "100.00%(2/2)");
    town.must(TODAY, strike(third[0]));
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "50.00%(1/2)");
    let visits = MonthVisits::of(&town.village, SEPTEMBER);
    let reached = |number: &str| visits.reached(home(&town, number));
    assert_eq!([reached("1-002"), reached("2-001"), reached("1-001")], [true, false, false]);
    assert_eq!(rate(&town, SEPTEMBER.next(), date(2025, 10, 5)), "0.00%(0/2)", "a new month begins anew");
}

#[test]
fn a_household_that_is_gone_or_given_up_is_not_due() {
    let mut town = linked(date(2025, 9, 1));
    let cadre = town.person(MemberType::Cadre);
    let away = PersonChange::MovedAway;
    town.must(TODAY, Command::ChangePerson { person: cadre, change: away, from: TODAY });
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "0.00%(0/1)");
    let (person, household) = (town.person(MemberType::Linked), home(&town, "1-002"));
    town.must(TODAY, Command::Visit(VisitAct::EndLink { person, household, to: TODAY }));
    assert_eq!(rate(&town, SEPTEMBER, TODAY), "没有", "it ends before the month does");
    assert_eq!(rate(&town, SEPTEMBER, add_days(TODAY, 1)), "没有");
}

#[test]
fn the_month_is_proposed_when_it_is_over_and_once() {
    for (stops, outcome, name) in [
        (&["1-002", "2-001"][..], MonthOutcome::Full, "当月联系户全走访"),
        (&[][..], MonthOutcome::Missed, "当月未走访"),
    ] {
        let mut town = linked(date(2025, 9, 1));
        if !stops.is_empty() {
            visited(&mut town, TODAY, stops);
        }
        assert_eq!(proposed(&town, TODAY, outcome), None, "not over");
        let others = [MonthOutcome::Full, MonthOutcome::Missed].map(|one| proposed(&town, LAST, one));
        assert_eq!(others.iter().flatten().sum::<usize>(), 1);
        let (item, months) = town.village.month_proposals(SEPTEMBER, LAST, outcome).expect("over");
        assert_eq!((item.name.as_str(), months.len()), (name, 1));
        let lines = vec![(Account::Member(months[0].person), 1)];
        let new = NewActivity { item: item.id, date: LAST, note: String::new(), lines, points_each: None };
        town.must(LAST, Command::RecordActivity(new));
        assert_eq!(proposed(&town, LAST, outcome), Some(0), "recorded");
    }
}

#[test]
fn a_month_that_began_without_households_costs_nothing() {
    let town = linked(date(2025, 9, 2));
    assert_eq!(proposed(&town, LAST, MonthOutcome::Missed), Some(0));
    assert_eq!(proposed(&town, LAST, MonthOutcome::Partly), None);
}

#[test]
fn the_items_for_visits_are_found_in_the_rule_book() {
    let town = Town::small();
    let items = VisitItems::of(town.village.rules.in_force(TODAY).expect("in force"));
    let names = [items.each, items.full, items.missed].map(|item| item.map(|item| item.name.as_str()));
    assert_eq!(names, [Some("走访联系户"), Some("当月联系户全走访"), Some("当月未走访")]);
}
