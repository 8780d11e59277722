//! The filter of a passbook: which lines, and balances that stay true.

use cunzhi::domain::calendar::{Month, Quarter};
use cunzhi::domain::command::Command;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::domain::roster::MemberType;
use cunzhi::report::passbook::{LineKind, Passbook, passbook};
use cunzhi::report::passbook_filter::{LineFilter, Period, filter_choices};
use jiff::civil::date;

use super::oversight::close;
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

#[test]
fn only_what_somebody_entered_or_decided_may_be_corrected() {
    let last = date(2025, 12, 31);
    let mut town = Town::small();
    let (home, member) = (town.household("1-001"), town.member(MemberType::Linked));
    let offers = |town: &Town, account, item: &str| {
        let book = passbook(&town.village, account, date(2026, 1, 2)).expect("known");
        let line = book.lines.iter().find(|line| line.item == item).unwrap_or_else(|| panic!("{item}"));
        (line.can_reverse, line.takes_photos)
    };
    town.record(date(2025, 5, 1), "调解邻里纠纷", home, 1).expect("10 points");
    assert_eq!(offers(&town, member, "起始分"), (false, false));
    assert_eq!(offers(&town, home, "调解邻里纠纷"), (true, true));
    let carry_over = CarryOver::ExpireAfter(6);
    town.must(last, Command::ChangeSettings(Settings { carry_over, ..town.village.settings }));
    town.must(last, Command::ExpirePoints(Ledger::Villager));
    assert_eq!(offers(&town, home, "过期"), (false, false));
    town.record(last, "环境整治", home, 1).expect("5 points");
    let carry_over = CarryOver::ClearAtYearEnd;
    town.must(last, Command::ChangeSettings(Settings { carry_over, ..town.village.settings }));
    let mut kept = town.village.clone();
    town.must(last, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    // The meeting's own act: the pages say that it is given back by 冲正.
    assert_eq!(offers(&town, home, "清零"), (true, false));
    std::mem::swap(&mut kept, &mut town.village);
    town.must(last, Command::ChangeSettings(Settings { carry_over: CarryOver::Keep, ..town.village.settings }));
    for month in 5..=12 {
        town.must(date(2026, 1, 2), close(Ledger::Villager, Month { year: 2025, month }));
    }
    assert_eq!(offers(&town, home, "结转"), (false, false));
    let entry = town.village.entries.of(home).next().expect("the act").id;
    town.must(date(2026, 1, 2), Command::ReverseEntry { entry, reason: "错".to_owned() });
    assert_eq!(offers(&town, home, "冲正"), (false, false));
    assert_eq!(offers(&town, home, "调解邻里纠纷"), (false, false));
}
