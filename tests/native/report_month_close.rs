//! The page 月结公示: which months can be picked.

use cunzhi::domain::calendar::Month;
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
