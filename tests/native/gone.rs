//! Who dies, moves away or goes over to another village's party within a period:
//! what they earned in it is shown, and nobody competes with them.

use cunzhi::domain::calendar::{Moment, Month, Quarter};
use cunzhi::domain::command::Command;
use cunzhi::domain::event::Event;
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::sheet::{ClosedSheet, sheet_rows};
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::report::notice::{Masking, NoticeOf, notice, notice_subjects};
use cunzhi::report::points_year::points_year;
use cunzhi::report::ranking::{place_in_grid, ranking};
use cunzhi::report::units::Within;
use jiff::civil::{Date, date};

use super::oversight::{close, impose, new_veto, revoke};
use super::support::{TODAY, Town, home};

const SEPTEMBER: Month = Month { year: 2025, month: 9 };
const OCTOBER: Month = Month { year: 2025, month: 10 };
const LATE: Date = date(2025, 11, 3);

/// Two linked members, of which the first earned four points in September.
fn town() -> Town {
    let mut town = Town::small();
    let draft = vec![home("3-001", "第一网格", &[("欧阳文山", Some(MemberType::Linked)), ("钱多", None)])];
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: draft }));
    town.record(TODAY, "为民代办", town.member(MemberType::Linked), 2).expect("recorded");
    town
}

fn change(town: &mut Town, kind: MemberType, change: PersonChange, from: Date) {
    let person = town.person(kind);
    town.must(LATE, Command::ChangePerson { person, change, from });
}

fn rows(town: &Town, of: NoticeOf, month: Month) -> Vec<String> {
    let ledger = if matches!(of, NoticeOf::Type(_)) { Ledger::Member } else { Ledger::Villager };
    let closing = town.village.closings.of(ledger, month);
    let notice = notice(&town.village, of, month, Masking::Full, closing);
    notice.pages.iter().flat_map(|page| &page.rows).map(|row| row.join(" ")).collect()
}

#[test]
fn who_leaves_within_a_month_is_on_its_notice_without_a_place() {
    let stays = "李四 联户党员 60 4 0 4 64 1 / 2 为民代办 2 次";
    let gone = "李四 联户党员 60 4 0 4 64 — 为民代办 2 次;月末不在册,不排位次";
    let idle = "李四 联户党员 64 0 0 0 64 — 月末不在册,不排位次";
    for (how, from, september, october) in [
        (PersonChange::Died, date(2025, 9, 28), Some(gone), None),
        (PersonChange::LeftParty, date(2025, 9, 30), Some(gone), None),
        (PersonChange::MovedAway, date(2025, 10, 1), Some(stays), None),
        (PersonChange::Died, date(2025, 10, 2), Some(stays), Some(idle)),
        // Entries before the date that was learnt of late still stand.
        (PersonChange::Died, date(2025, 9, 1), Some(gone), None),
    ] {
        let mut town = town();
        change(&mut town, MemberType::Linked, how, from);
        for (month, expected) in [(SEPTEMBER, september), (OCTOBER, october)] {
            let lines = rows(&town, NoticeOf::Type(MemberType::Linked), month);
            let own =
                lines.iter().find(|line| line.contains("李四")).map(|line| line.split_once(' ').expect("cells").1);
            assert_eq!(own, expected, "{how:?} {from} {month:?}");
            let is_alone = !expected.is_some_and(|line| line.contains(" / 2 "));
            let other = lines.iter().find(|line| line.contains("欧阳文山")).expect("stays");
            assert_eq!(other.contains(" 1 / 1 "), is_alone, "{other}");
        }
    }
}

#[test]
fn a_correction_brings_who_left_before_and_carrying_over_does_not() {
    let mut town = town();
    let entry = town.village.entries.of(town.member(MemberType::Linked)).last().expect("an entry").id;
    change(&mut town, MemberType::Linked, PersonChange::Died, date(2025, 9, 28));
    assert_eq!(rows(&town, NoticeOf::Type(MemberType::Linked), Month::of(LATE)).len(), 1);
    town.must(date(2025, 10, 8), close(Ledger::Member, Month { year: 2025, month: 1 }));
    for month in 2..=9 {
        town.must(date(2025, 10, 8), close(Ledger::Member, Month { year: 2025, month }));
    }
    town.must(LATE, Command::ReverseEntry { entry, reason: "记错人".to_owned() });
    let november = rows(&town, NoticeOf::Type(MemberType::Linked), Month::of(LATE));
    assert_eq!(november[0], "1 李四 联户党员 64 0 4 -4 60 — 冲正更正;月末不在册,不排位次");
    for month in 10..=12 {
        town.must(date(2026, 1, 5), close(Ledger::Member, Month { year: 2025, month }));
    }
    let december = rows(&town, NoticeOf::Type(MemberType::Linked), Month { year: 2025, month: 12 });
    assert_eq!(december.len(), 1, "{december:?}");
}

/// What older programs closed without them is printed again without them.
#[test]
fn a_closed_sheet_keeps_who_stood_on_it() {
    for keeps_lines in [true, false] {
        let mut town = town();
        change(&mut town, MemberType::Linked, PersonChange::Died, date(2025, 9, 28));
        let mut last = None;
        for month in 1..=9 {
            let mut decision = town.tell(LATE, close(Ledger::Member, Month { year: 2025, month })).expect("in order");
            last = decision.events.pop();
        }
        let now = rows(&town, NoticeOf::Type(MemberType::Linked), SEPTEMBER);
        assert_eq!(now.len(), 2, "{now:?}");
        let all = sheet_rows(&town.village, Ledger::Member, SEPTEMBER, None);
        assert_eq!(ClosedSheet::of(&all).rows(Ledger::Member), Some(all.clone()), "packed and unpacked");
        let Some(Event::MonthClosed(mut closed)) = last else { panic!("{last:?}") };
        let before: Vec<_> = all.into_iter().filter(|row| !row.is_gone).collect();
        closed.sheet = if keeps_lines { ClosedSheet::of(&before) } else { ClosedSheet::default() };
        let mut old = self::town();
        change(&mut old, MemberType::Linked, PersonChange::Died, date(2025, 9, 28));
        for month in 1..=8 {
            old.must(LATE, close(Ledger::Member, Month { year: 2025, month }));
        }
        let now = Moment::at(LATE, 12, 0);
        old.village.apply(now, &Event::MonthClosed(closed)).expect("follows");
        let lines = rows(&old, NoticeOf::Type(MemberType::Linked), SEPTEMBER);
        assert_eq!(lines, ["1 欧阳文山 联户党员 60 0 0 0 60 1 / 1 —"], "{keeps_lines}");
    }
}

#[test]
fn who_earned_is_ranked_in_by_what_they_were_last_and_takes_no_place() {
    let mut town = town();
    let linked = town.member(MemberType::Linked);
    let list = |town: &Town, quarter| {
        let found = ranking(&town.village, Ledger::Member, Quarter { year: 2025, quarter }, Within::default(), 3);
        let rows = found.rows.iter().map(|row| {
            let kind = row.member_type.map_or("", MemberType::word);
            format!("{kind} {} {} {}", row.name, row.score, row.place_words())
        });
        (rows.collect::<Vec<_>>(), found.count)
    };
    let awards = |town: &Town, year| {
        let groups = points_year(&town.village, Ledger::Member, year, date(year, 12, 31)).groups.into_iter();
        let group = groups.into_iter().find(|group| group.name == "联户党员").expect("listed");
        let rows = group.rows.iter().map(|row| format!("{}.{} {:?}", row.place, row.name, row.left_out));
        (rows.collect::<Vec<_>>(), group.of)
    };
    assert_eq!(list(&town, 3).0[..2], ["联户党员 李四 4 1 / 2", "联户党员 欧阳文山 0 2 / 2"]);
    assert_eq!(awards(&town, 2025), (vec!["1.李四 None".to_owned(), "2.欧阳文山 None".to_owned()], 2));
    change(&mut town, MemberType::Linked, PersonChange::Died, date(2025, 9, 28));
    let (third, count) = list(&town, 3);
    assert_eq!(third[..2], ["联户党员 欧阳文山 0 1 / 1", "联户党员 李四 4 —"]);
    assert_eq!((count, list(&town, 4).1), (6, 5), "the next quarter has nothing of theirs");
    assert_eq!(place_in_grid(&town.village, linked, Quarter { year: 2025, quarter: 3 }), None);
    let left = ".李四 Some(\"已不在册,不参评\")".to_owned();
    assert_eq!(awards(&town, 2025), (vec![left, "1.欧阳文山 None".to_owned()], 1));
    assert_eq!(awards(&town, 2026), (vec!["1.欧阳文山 None".to_owned()], 1), "another year");
}

/// A month is counted by who was there on its last day, and not by who is there now.
#[test]
fn every_period_counts_the_accounts_of_its_own_last_day() {
    let mut town = Town::small();
    let (one, two) = (town.household("1-001"), town.household("1-002"));
    town.record(date(2025, 9, 2), "环境整治", two, 1).expect("recorded");
    let Account::Household(gone) = two else { panic!("{two:?}") };
    let people = town.village.people.households.get(gone).expect("known").people.clone();
    let october = date(2025, 10, 8);
    for person in people {
        town.must(october, Command::ChangePerson { person, change: PersonChange::MovedAway, from: october });
    }
    town.record(october, "环境整治", one, 1).expect("recorded");
    let active = |ledger| {
        let rows = points_year(&town.village, ledger, 2025, LATE).rows.into_iter();
        rows.map(|row| format!("{} {}", row.label, row.active)).collect::<Vec<_>>()
    };
    let villagers = active(Ledger::Villager);
    for (place, expected) in [
        (10, "9月 1 / 3"),
        (11, "第三季度 1 / 3"),
        (12, "10月 1 / 2"),
        (13, "11月 0 / 2"),
        (15, "第四季度 1 / 2"),
        (16, "全年 2 / 3"),
    ] {
        assert_eq!(villagers[place], expected);
    }
}

#[test]
fn who_came_within_the_year_is_counted_from_then_on() {
    let mut town = Town::small();
    let Account::Household(back) = town.household("2-001") else { panic!("a household") };
    for person in town.village.people.households.get(back).expect("known").people.clone() {
        for (change, from) in [(PersonChange::MovedAway, date(2025, 2, 1)), (PersonChange::Returned, date(2025, 7, 10))]
        {
            town.must(TODAY, Command::ChangePerson { person, change, from });
        }
    }
    let rows = points_year(&town.village, Ledger::Villager, 2025, LATE).rows;
    let active = |label: &str| rows.iter().find(|row| row.label == label).map(|row| row.active.as_str());
    for (label, expected) in
        [("1月", "0 / 3"), ("2月", "0 / 2"), ("第二季度", "0 / 2"), ("7月", "0 / 3"), ("第三季度", "0 / 3")]
    {
        assert_eq!(active(label), Some(expected), "{label}");
    }
    let person = town.village.people.persons.iter().find(|one| one.memberships.is_empty()).expect("no member").id;
    town.must(TODAY, Command::TypeMember { person, kind: MemberType::WithoutPost, from: TODAY });
    let rows = points_year(&town.village, Ledger::Member, 2025, LATE).rows;
    let active = |label: &str| rows.iter().find(|row| row.label == label).map(|row| row.active.as_str());
    for (label, expected) in [("8月", "0 / 5"), ("第二季度", "0 / 4"), ("9月", "0 / 6"), ("全年", "0 / 6")] {
        assert_eq!(active(label), Some(expected), "{label}");
    }
}

#[test]
fn an_empty_household_is_listed_while_its_account_says_something() {
    let mut town = Town::small();
    let [one, two, three] = ["1-001", "1-002", "2-001"].map(|number| town.household(number));
    town.record(TODAY, "环境整治", one, 1).expect("recorded");
    let mut veto = new_veto(two, None, &[VetoEffect::NoRedemption]);
    veto.to = Some(date(2025, 10, 15));
    town.must(TODAY, impose(veto));
    for account in [one, two, three] {
        let Account::Household(id) = account else { panic!("{account:?}") };
        for person in town.village.people.households.get(id).expect("known").people.clone() {
            town.must(LATE, Command::ChangePerson { person, change: PersonChange::MovedAway, from: date(2025, 9, 27) });
        }
    }
    let numbers = |town: &Town, month| {
        let subjects = notice_subjects(&town.village, Ledger::Villager, month);
        let lines = subjects.into_iter().flat_map(|(of, _)| rows(town, of, month));
        lines.map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&town, SEPTEMBER), ["1-001", "1-002", "2-001"], "they lived there on the first day");
    assert_eq!(numbers(&town, OCTOBER), ["1-001"], "points, and a veto that is over");
}

#[test]
fn a_veto_leaves_out_of_the_year_in_which_it_counts() {
    let none: [&str; 0] = [];
    for (from, to, revoked, year, expected) in [
        (date(2025, 3, 1), Some(date(2025, 6, 30)), None, 2025, true),
        (date(2025, 3, 1), Some(date(2025, 6, 30)), None, 2026, false),
        (date(2025, 12, 31), None, None, 2025, true),
        (date(2025, 12, 31), None, None, 2026, true),
        (date(2026, 1, 1), None, None, 2025, false),
        (date(2025, 9, 1), None, Some(date(2025, 9, 2)), 2025, true),
        (date(2025, 9, 1), None, Some(date(2025, 9, 1)), 2025, false),
        (date(2025, 9, 1), None, Some(date(2025, 12, 31)), 2026, false),
    ] {
        let mut town = Town::small();
        let account = town.household("1-001");
        for day in [date(2025, 2, 3), date(2026, 2, 3)] {
            town.record(day, "环境整治", account, 1).expect("recorded");
        }
        let mut veto = new_veto(account, None, &[VetoEffect::NoAwards]);
        (veto.from, veto.to, veto.met) = (from, to, date(2025, 2, 28));
        town.must(date(2026, 2, 3), impose(veto));
        if let Some(day) = revoked {
            let veto = town.village.vetoes.iter().next().expect("imposed").imposed.veto;
            town.must(date(2026, 2, 3), revoke(veto, day));
        }
        let found = points_year(&town.village, Ledger::Villager, year, date(2026, 2, 3)).groups;
        let left: Vec<_> = found.iter().flat_map(|group| &group.rows).filter_map(|row| row.left_out.clone()).collect();
        let words = if expected { &["停评优(柳村〔2025〕7号)"][..] } else { &none[..] };
        assert_eq!(left, words, "{from} {to:?} {revoked:?} {year}");
    }
}
