//! What the pages say of visits: lists, one visit, coverage, proposals.

use cunzhi::domain::calendar::Month;
use cunzhi::domain::case::record::Errand;
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::id::VisitId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::staff::Standing;
use cunzhi::domain::visits::act::{NewRound, NewStop, VisitAct};
use cunzhi::domain::visits::{Capacity, Visitor};
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::coverage::{coverage, member_links, missed_homes, month_points};
use cunzhi::report::overview::{TodoTarget, overview};
use cunzhi::report::passbook::passbook;
use cunzhi::report::people_list::member_list;
use cunzhi::report::person_file::person_file;
use cunzhi::report::search::SearchIndex;
use cunzhi::report::visitor_finder::visitors_found;
use cunzhi::report::visits::{VisitFilter, household_visits, visit_detail, visit_list};
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, matter};
use super::visits::{home, link, record, reward, round, visited};

const SEPTEMBER: Month = Month { year: 2025, month: 9 };
const LAST: Date = date(2025, 9, 30);

/// The linked member answers for both other households, and went to one of
/// them; one of the staff went to the other one. The first visit is told of.
fn town() -> (Town, VisitId) {
    let mut town = Town::small();
    let member = town.person(MemberType::Linked);
    town.must(TODAY, link(&town, member, &["1-002", "2-001"], date(2025, 9, 1)));
    let mut first = round(&town, date(2025, 9, 3), member, &["1-002"]);
    first.stops =
        vec![NewStop { household: home(&town, "1-002"), note: "屋顶漏雨".to_owned(), errand: Some(Errand::Help) }];
    town.must(TODAY, record(first));
    let visit = town.village.visits.iter().next().expect("entered").made.visit;
    let named = Command::NameStaff { staff: None, name: "王会计".to_owned(), standing: Standing::Active };
    town.must(TODAY, named);
    let staff = town.village.staff.active().next().expect("named").id;
    let base = round(&town, TODAY, member, &["2-001"]);
    let (visitor, capacity) = (Visitor::Staff(staff), Capacity::GridWorker);
    town.must(TODAY, record(NewRound { visitor, capacity, ..base }));
    (town, visit)
}

#[test]
fn the_list_shows_what_is_asked_for() {
    let (mut town, visit) = town();
    visited(&mut town, date(2025, 10, 9), &["1-002"]);
    let october = date(2025, 10, 9);
    let member = Visitor::Person(town.person(MemberType::Linked));
    let grid = town.village.people.grids.iter().next().map(|grid| grid.id);
    let (any, household) = (VisitFilter::default(), Some(home(&town, "2-001")));
    for (filter, rows, households) in [
        (any, 3, 2),
        (VisitFilter { month: Some(SEPTEMBER), ..any }, 2, 2),
        (VisitFilter { visitor: Some(member), ..any }, 2, 1),
        (VisitFilter { errand: Some(Errand::Help), ..any }, 1, 1),
        (VisitFilter { errand: Some(Errand::Reminder), ..any }, 0, 0),
        (VisitFilter { grid, ..any }, 2, 1),
        (VisitFilter { household, ..any }, 1, 1),
    ] {
        let list = visit_list(&town.village, october, &filter);
        assert_eq!((list.rows.len(), list.count, list.households), (rows, rows, households), "{filter:?}");
    }
    let list = visit_list(&town.village, october, &any);
    let days: Vec<_> = list.rows.iter().map(|row| row.day.as_str()).collect();
    assert_eq!(days, ["10月9日", "9月26日", "9月3日"], "the latest first");
    let row = &list.rows[2];
    let words = [row.number.as_str(), &row.head, &row.visitor, row.capacity, &row.note, row.errand];
    assert_eq!(words, ["1-002", "周五", "李四", "党员", "屋顶漏雨", "帮助"]);
    assert_eq!(list.rows[1].visitor, "王会计");
    town.must(october, Command::Visit(VisitAct::Strike { visit, reason: "登错".to_owned() }));
    let list = visit_list(&town.village, october, &any);
    assert_eq!((list.rows.len(), list.count, list.rows[2].is_struck), (3, 2, true));
}

#[test]
fn a_visit_its_case_and_its_points_name_each_other() {
    let (mut town, visit) = town();
    let before = visit_detail(&town.village, visit, TODAY).expect("known");
    assert!(before.can_open && before.can_earn);
    town.must(TODAY, Command::Visit(VisitAct::OpenCase { visit, new: Box::new(matter(TODAY, None)) }));
    town.must(TODAY, reward(&town, &[visit]));
    let after = visit_detail(&town.village, visit, TODAY).expect("known");
    assert!(!after.can_open && !after.can_earn);
    assert_eq!((after.row.case.as_deref(), after.row.points.as_deref()), (Some("0001"), Some("+1")));
    let words = Some((visit, "来自走访 9月3日 1-002".to_owned()));
    let case = after.case.expect("opened");
    assert_eq!(case_detail(&town.village, case, TODAY).expect("known").visit, words);
    let book = passbook(&town.village, town.member(MemberType::Linked), TODAY).expect("known");
    let line = book.lines.iter().find(|line| line.item == "走访联系户").expect("posted");
    assert_eq!((&line.visit, line.plus.as_deref()), (&words, Some("+1")));
    // By one of the staff, it earns nothing.
    let staff = town.village.visits.iter().last().expect("entered").made.visit;
    assert!(!visit_detail(&town.village, staff, TODAY).expect("known").can_earn);
}

#[test]
fn coverage_counts_each_household_of_a_grid_and_of_a_member_once() {
    let (mut town, _) = town();
    visited(&mut town, TODAY, &["1-002"]);
    let found = coverage(&town.village, SEPTEMBER, TODAY);
    let grids: Vec<_> = found.grids.iter().map(|row| format!("{} {}", row.name, row.rate)).collect();
    assert_eq!(grids, ["第一网格 50.00%(1/2)", "第二网格 100.00%(1/1)"]);
    assert_eq!(found.total.to_string(), "66.67%(2/3)");
    // Somebody else's visit does not cover a member's household.
    let members: Vec<_> = found.members.iter().map(|row| format!("{} {}", row.name, row.rate)).collect();
    assert_eq!((members, found.linked.to_string()), (vec!["李四 50.00%(1/2)".to_owned()], "50.00%(1/2)".to_owned()));
    let list = member_list(&town.village, TODAY);
    let linked: Vec<_> = list.iter().map(|row| (row.name.as_str(), row.linked.denominator())).collect();
    assert!(linked.contains(&("李四", 2)) && linked.contains(&("周五", 0)), "{linked:?}");
    let links = member_links(&town.village, town.person(MemberType::Linked), TODAY).expect("known");
    let homes: Vec<_> =
        links.homes.iter().map(|home| (home.number.as_str(), home.last_visit.as_str(), home.is_visited)).collect();
    assert_eq!(homes, [("1-002", "9月26日", true), ("2-001", "", false)]);
    assert_eq!((links.kind, links.room, links.homes[0].since.as_str()), ("联户党员", 10, "9月1日起"));
    let todos = overview(&town.village, TODAY, None, 0).todos;
    let todo = todos.iter().find(|todo| todo.target == TodoTarget::Visits).expect("one is left");
    assert_eq!(todo.title, "本月还有 1 户联系户没走访");
    visited(&mut town, TODAY, &["2-001"]);
    assert!(overview(&town.village, TODAY, None, 0).todos.iter().all(|todo| todo.target != TodoTarget::Visits));
}

#[test]
fn households_that_nobody_visited_are_listed_with_who_answers_for_them() {
    let (mut town, _) = town();
    let grid = |town: &Town, place| town.village.people.grids.iter().nth(place).map(|grid| grid.id);
    let [first, second] = [grid(&town, 0), grid(&town, 1)];
    let october = Month { year: 2025, month: 10 };
    let later = date(2025, 10, 9);
    for (month, grid, today, expected) in [
        (SEPTEMBER, None, TODAY, vec!["1-001 张三  "]),
        (SEPTEMBER, first, TODAY, vec!["1-001 张三  "]),
        (SEPTEMBER, second, TODAY, vec![]),
        (october, None, later, vec!["1-001 张三  ", "1-002 周五 李四 9月3日", "2-001 郑七 李四 9月26日"]),
        (october, second, later, vec!["2-001 郑七 李四 9月26日"]),
    ] {
        let found = missed_homes(&town.village, month, grid, today);
        let words: Vec<_> = found
            .iter()
            .map(|home| format!("{} {} {} {}", home.number, home.head, home.member, home.last_visit))
            .collect();
        assert_eq!(words, expected, "{month:?} {grid:?}");
        let rate = coverage(&town.village, month, today);
        let missed = match grid {
            None => rate.total,
            Some(grid) => rate.grids.iter().find(|row| row.grid == Some(grid)).expect("a row").rate,
        };
        assert_eq!(found.len() as u64, missed.denominator() - missed.numerator(), "as the coverage counts");
    }
    visited(&mut town, later, &["1-001", "1-002", "2-001"]);
    assert_eq!(missed_homes(&town.village, october, None, later), []);
}

#[test]
fn a_household_that_a_member_gives_up_is_not_missing_any_more() {
    let (mut town, _) = town();
    let member = town.person(MemberType::Linked);
    let household = home(&town, "2-001");
    visited(&mut town, TODAY, &["1-002"]);
    // On the month's last day it is judged as all the others are.
    for (day, due, is_due) in [(TODAY, 1, false), (LAST, 2, true)] {
        let mut town = town.clone();
        town.must(day, Command::Visit(VisitAct::EndLink { person: member, household, to: day }));
        let links = member_links(&town.village, member, day).expect("known");
        assert_eq!((links.rate.numerator(), links.rate.denominator()), (1, due), "{day}");
        assert_eq!((links.homes[1].ending.as_str(), links.homes[1].is_due), ("今天止", is_due), "{day}");
        assert_eq!(coverage(&town.village, SEPTEMBER, day).linked, links.rate, "{day}");
        let todos = overview(&town.village, day, None, 0).todos;
        assert_eq!(todos.iter().any(|todo| todo.target == TodoTarget::Visits), is_due, "{day}");
    }
}

#[test]
fn a_month_proposes_its_points_until_they_are_recorded() {
    let (mut town, _) = town();
    visited(&mut town, TODAY, &["2-001", "1-002"]);
    let early = month_points(&town.village, SEPTEMBER, TODAY);
    assert_eq!((early.months.len(), early.remark), (0, "全走访和未走访要到月底那天才能登记。"));
    let found = month_points(&town.village, SEPTEMBER, LAST);
    let each = found.visits.expect("two households");
    assert_eq!((each.title.as_str(), each.members.len()), ("走访联系户 +1/户", 1));
    assert_eq!((each.members[0].words.as_str(), each.members[0].visits.len()), ("2 户 +2", 2));
    assert_eq!(each.members[0].name, "1-001 李四");
    let full = &found.months[0];
    assert_eq!((full.title.as_str(), full.is_deduction), ("当月联系户全走访 +5/月", false));
    assert_eq!((full.members[0].words.as_str(), found.remark), ("走访 2 / 2 户", ""));
    let lines = vec![(Account::Member(full.members[0].person), 1)];
    let new = NewActivity { item: full.item, date: LAST, note: String::new(), lines, points_each: None };
    town.must(LAST, reward(&town, &each.members[0].visits));
    town.must(LAST, Command::RecordActivity(new));
    let after = month_points(&town.village, SEPTEMBER, LAST);
    assert!(after.visits.is_none() && after.months.is_empty(), "{after:?}");
}

#[test]
fn a_household_and_its_people_are_told_of_their_visits() {
    let (town, _) = town();
    let found = household_visits(&town.village, home(&town, "1-002"), TODAY, 3);
    assert_eq!((found.rows.len(), found.this_year), (1, 1));
    assert_eq!(found.member.map(|(_, words)| words).as_deref(), Some("李四 · 9月1日起"));
    let person = town.person(MemberType::WithoutPost);
    let file = person_file(&town.village, person, cunzhi::domain::calendar::Moment::at(TODAY, 12, 0)).expect("here");
    let section = file.sections.iter().find(|section| section.title == "到这户的走访").expect("a section");
    assert_eq!(section.rows, [["9月3日", "李四", "党员", "帮助", "屋顶漏雨"]]);
    // Who went is told where they were, and not what they learnt there.
    let now = cunzhi::domain::calendar::Moment::at(TODAY, 12, 0);
    let file = person_file(&town.village, town.person(MemberType::Linked), now).expect("here");
    let rows = |title| file.sections.iter().find(|section| section.title == title).expect("a section").rows.clone();
    assert_eq!(rows("本人走访过的户"), [["2025年9月3日", "1-002", "党员", "帮助", ""]]);
    assert_eq!(rows("联系的户"), [["1-002", "2025年9月1日", "至今"], ["2-001", "2025年9月1日", "至今"]]);
}

#[test]
fn visitors_are_found_by_a_few_keys() {
    let (town, _) = town();
    let index = SearchIndex::build(&town.village);
    for (typed, expected) in [
        ("ls", vec![("李四", Capacity::PartyMember)]),
        ("zs", vec![("张三", Capacity::Volunteer)]),
        ("wh", vec![("王会计", Capacity::GridWorker)]),
        ("2-001", vec![("郑七", Capacity::PartyMember)]),
        (" ", vec![]),
    ] {
        let found = visitors_found(&town.village, &index, typed, TODAY, 7);
        let found: Vec<_> = found.iter().map(|hit| (hit.name.as_str(), hit.capacity)).collect();
        assert_eq!(found, expected, "{typed}");
    }
}
