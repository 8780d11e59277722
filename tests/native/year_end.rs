//! 年终清零 comes up by itself when its time is near, until it is done.

use std::collections::HashSet;

use cunzhi::domain::command::Command;
use cunzhi::domain::points::ledger::Reason;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::report::overview::{Todo, TodoTarget, overview};
use cunzhi::report::passbook::passbook;
use jiff::civil::{Date, date};

use super::checks::found;
use super::oversight::close;
use super::support::{TODAY, Town};
use cunzhi::domain::calendar::Month;

fn town(carry_over: CarryOver) -> Town {
    let mut town = Town::small();
    for number in ["1-001", "2-001"] {
        town.record(TODAY, "环境整治", town.household(number), 1).expect("recorded");
    }
    town.record(TODAY, "乱倒垃圾", town.household("1-002"), 1).expect("recorded");
    if carry_over != CarryOver::default() {
        town.must(TODAY, Command::ChangeSettings(Settings { carry_over, ..town.village.settings }));
    }
    town
}

/// The to-do of the year's end on this day, as title, detail and button.
fn todo(town: &Town, day: Date) -> Option<[String; 3]> {
    let todos = overview(&town.village, day, None, 0).todos;
    let found = todos.into_iter().find(|todo: &Todo| matches!(todo.target, TodoTarget::YearEnd(..)))?;
    Some([found.title, found.detail, found.action.to_owned()])
}

#[test]
fn clearing_comes_up_in_its_time_only_where_it_is_settled() {
    let clears = town(CarryOver::ClearAtYearEnd);
    let title = "2025年年终清零:2 户共 10 分".to_owned();
    let early = [title.clone(), "设置是年底清零 · 12月31日 起可以清零,先提醒村民来兑换".to_owned(), "查看".to_owned()];
    let late = [title, "设置是年底清零 · 清零以后才能月结12月".to_owned(), "清零".to_owned()];
    for (day, expected) in [
        (TODAY, None),
        (date(2025, 12, 24), None),
        (date(2025, 12, 25), Some(&early)),
        (date(2025, 12, 30), Some(&early)),
        (date(2025, 12, 31), Some(&late)),
        (date(2026, 1, 1), Some(&late)),
        (date(2026, 2, 28), Some(&late)),
    ] {
        assert_eq!(todo(&clears, day).as_ref(), expected, "{day}");
    }
    for carry_over in [CarryOver::Keep, CarryOver::ExpireAfter(12)] {
        assert_eq!(todo(&town(carry_over), date(2025, 12, 31)), None, "{carry_over:?}");
    }
}

/// What is done in January.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Record(&'static str),
    /// Takes back the last one of January.
    Reverse,
    /// Takes back the last one of the old year.
    ReverseOld,
}

#[test]
fn clearing_takes_what_is_left_of_the_old_year() {
    use Deed::{Record, Reverse, ReverseOld};
    let new_year = date(2026, 1, 2);
    let (plus, minus) = (Record("环境整治"), Record("乱倒垃圾"));
    for (deeds, cleared, left) in [
        (&[][..], -25, 0),
        (&[plus], -25, 5),
        (&[minus], -20, 0),
        (&[plus, minus], -20, 5),
        (&[plus, Reverse], -25, 0),
        (&[minus, Reverse], -25, 0),
        (&[ReverseOld], -20, 0),
        (&[plus, ReverseOld], -20, 5),
    ] {
        let mut town = Town::small();
        let home = town.household("1-001");
        town.record(TODAY, "志愿服务", home, 10).expect("20 points");
        let old = town.record(TODAY, "环境整治", home, 1).expect("5 points");
        let mut last = old;
        for deed in deeds {
            match deed {
                Record(item) => last = town.record(new_year, item, home, 1).expect("recorded"),
                Reverse | ReverseOld => {
                    let entry = if matches!(deed, Reverse) { last } else { old };
                    town.must(new_year, Command::ReverseEntry { entry, reason: "记错".to_owned() });
                }
            }
        }
        town.must(new_year, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
        let entry = town.village.entries.of(home).last().expect("the clearing");
        assert_eq!((entry.points, town.village.balance(home)), (cleared, left), "{deeds:?}");
        assert_eq!(found(&town.village), [], "{deeds:?}");
    }
}

#[test]
fn it_goes_when_it_is_done_and_comes_back_next_year() {
    let mut town = town(CarryOver::ClearAtYearEnd);
    let new_year = date(2026, 1, 2);
    // What is earned in the new year is not of the old one.
    town.record(new_year, "环境整治", town.household("1-002"), 1).expect("recorded");
    town.record(new_year, "环境整治", town.household("1-001"), 1).expect("recorded");
    assert_eq!(todo(&town, new_year).map(|words| words[0].clone()).as_deref(), Some("2025年年终清零:2 户共 10 分"));
    town.must(new_year, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    for day in [new_year, date(2026, 6, 1), date(2026, 12, 24)] {
        assert_eq!(todo(&town, day), None, "{day}");
    }
    assert_eq!(
        todo(&town, date(2026, 12, 31)).map(|words| words[0].clone()).as_deref(),
        Some("2026年年终清零:1 户共 5 分")
    );
}

#[test]
fn it_goes_when_december_was_closed_without_it() {
    let mut town = town(CarryOver::Keep);
    for month in 9..=12 {
        town.must(date(2026, 1, 5), close(Ledger::Villager, Month { year: 2025, month }));
    }
    town.must(
        date(2026, 1, 6),
        Command::ChangeSettings(Settings { carry_over: CarryOver::ClearAtYearEnd, ..town.village.settings }),
    );
    assert_eq!(todo(&town, date(2026, 1, 7)), None);
}

/// The demo village lies around a New Year, or begins shortly before one: what was
/// held then is carried over in both ledgers, once for each account.
#[test]
fn the_demo_village_has_a_year_end() {
    for today in [date(2026, 11, 22), date(2026, 10, 1), date(2026, 6, 10), date(2026, 2, 20), date(2026, 1, 2)] {
        let village = cunzhi::demo::generate(1, today, cunzhi::domain::id::DeviceId(7)).expect("a village").village;
        let mut carried = village.entries.iter().filter_map(|entry| match entry.reason {
            Reason::Carried { year, .. } => Some((entry.account, year)),
            _ => None,
        });
        let found: Vec<_> = carried.by_ref().collect();
        let of = |ledger| found.iter().filter(|(account, _)| account.ledger() == ledger).count();
        assert_eq!((of(Ledger::Villager) > 0, of(Ledger::Member) > 0), (true, true), "{today}");
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len(), "once for each account");
        let (account, _) = found[0];
        let book = passbook(&village, account, today).expect("known");
        assert!(book.lines.iter().any(|line| line.item == "结转" && line.detail.starts_with("2025年结余")), "{today}");
    }
}
