//! The page 月结公示: which months can be picked.

use cunzhi::domain::calendar::Month;
use cunzhi::domain::command::Command;
use cunzhi::domain::points::close::CloseMonth;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::report::month_close::{ClosingChoice, closing_page};
use jiff::civil::date;

use super::oversight::close;
use super::support::Town;

const SEPTEMBER: Month = Month { year: 2025, month: 9 };

#[test]
fn a_ledger_that_was_not_closed_for_years_can_be_closed() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let today = date(2025, 10, 9);
    town.post_one(SEPTEMBER.back(40).first_day(), home);
    let shown = |town: &Town, choice| closing_page(&town.village, Ledger::Villager, choice, today);
    let page = shown(&town, ClosingChoice::default());
    assert_eq!(page.months.len(), 42);
    for month in (0..=40).rev().map(|back| SEPTEMBER.back(back)) {
        let page = shown(&town, ClosingChoice::default());
        assert_eq!((page.sheet.month, page.sheet.can_close()), (month, true));
        assert_eq!(page.months[page.shown], month);
        town.must(today, close(Ledger::Villager, month));
    }
    // Nothing is left to close so far back: three years can be picked again.
    assert_eq!(shown(&town, ClosingChoice::default()).months.len(), 36);
}

/// What was typed the last time stands in the next dialog, for each ledger its own.
#[test]
fn the_days_of_the_last_closing_are_those_of_the_next() {
    let mut town = Town::small();
    town.post_one(SEPTEMBER.back(1).first_day(), town.household("1-001"));
    let today = date(2025, 10, 9);
    let usual = |town: &Town| [Ledger::Villager, Ledger::Member].map(|ledger| town.village.closings.usual_days(ledger));
    assert_eq!(usual(&town), [[3, 7], [3, 7]]);
    for (back, notice_days, objection_days) in [(1, 5, 10), (0, 4, 6)] {
        let month = SEPTEMBER.back(back);
        let new = CloseMonth { ledger: Ledger::Villager, month, notice_days, objection_days };
        town.must(today, Command::CloseMonth(new));
        assert_eq!(usual(&town), [[notice_days, objection_days], [3, 7]]);
    }
    let page = closing_page(&town.village, Ledger::Villager, ClosingChoice::default(), date(2025, 11, 3));
    let said = "公示期 11月3日 至 11月6日,异议受理到 11月11日。";
    assert!(page.sheet.consequence.contains(said), "{}", page.sheet.consequence);
}
