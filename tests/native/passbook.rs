//! The filter of a passbook: which lines, and balances that stay true.

use cunzhi::domain::calendar::Quarter;
use cunzhi::domain::command::Command;
use cunzhi::report::passbook::{LineKind, Passbook, passbook};
use cunzhi::report::passbook_filter::{LineFilter, Period, filter_choices};
use jiff::civil::date;

use super::support::{TODAY, Town};

/// Two quarters and a year of everything.
fn book() -> Passbook {
    let mut town = Town::small();
    let account = town.household("1-001");
    let soap = town.add_goods("洗衣液", 6, 50);
    for (day, item) in [
        (TODAY, "环境整治"),
        (date(2025, 9, 27), "志愿服务"),
        (date(2025, 10, 9), "环境整治"),
        (date(2025, 10, 10), "乱倒垃圾"),
        (date(2026, 1, 5), "环境整治"),
    ] {
        town.record(day, item, account, 1).expect("recorded");
    }
    let redeem = Command::Redeem { account, basket: vec![(soap, 1)], proxy: String::new() };
    town.must(date(2026, 1, 6), redeem);
    passbook(&town.village, account, date(2026, 1, 7)).expect("known")
}

#[test]
fn a_filter_leaves_its_lines_with_the_balances_of_the_whole_book() {
    let book = book();
    let third = Period::Quarter(Quarter { year: 2025, quarter: 3 });
    let item = |name: &str| Some(name.to_owned());
    for (filter, balances, words) in [
        (LineFilter::default(), vec![6, 12, 7, 12, 7, 5], "共 6 条:加 17、扣 5、兑 6"),
        (
            LineFilter { period: Some(third), ..LineFilter::default() },
            vec![7, 5],
            "2025年第三季度,2 / 6 条:加 7、扣 0、兑 0",
        ),
        (
            LineFilter { period: Some(Period::Year(2025)), kind: Some(LineKind::Minus), item: None },
            vec![7],
            "2025年 · 扣分,1 / 6 条:加 0、扣 5、兑 0",
        ),
        (
            LineFilter { kind: Some(LineKind::Redeemed), ..LineFilter::default() },
            vec![6],
            "兑换,1 / 6 条:加 0、扣 0、兑 6",
        ),
        (
            LineFilter { item: item("环境整治"), ..LineFilter::default() },
            vec![12, 12, 5],
            "环境整治,3 / 6 条:加 15、扣 0、兑 0",
        ),
        (
            LineFilter { period: Some(Period::Year(2024)), ..LineFilter::default() },
            vec![],
            "2024年,0 / 6 条:加 0、扣 0、兑 0",
        ),
    ] {
        let shown = filter.of(&book.lines);
        assert_eq!(shown.lines.iter().map(|line| line.balance).collect::<Vec<_>>(), balances, "{words}");
        assert_eq!(shown.words, words);
    }
}

#[test]
fn what_can_be_chosen_is_what_there_is() {
    let choices = filter_choices(&book().lines);
    let periods: Vec<String> = choices.periods.iter().map(|period| period.words()).collect();
    assert_eq!(periods, ["2026年", "2026年第一季度", "2025年", "2025年第四季度", "2025年第三季度"]);
    assert_eq!(choices.items, ["兑换", "环境整治", "乱倒垃圾", "志愿服务"]);
    for period in choices.periods {
        assert_eq!(Period::parse(&period.key()), Some(period));
    }
    for key in ["", "q3", "2025q5", "2025q0", "2025qx", "20x5"] {
        assert_eq!(Period::parse(key), None, "{key}");
    }
}
