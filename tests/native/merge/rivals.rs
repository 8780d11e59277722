//! What two laptops decided for the whole village without knowing of each other:
//! settings, a version of the rule book, the closing of a month; and what they gave
//! together beyond the year's limit.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::command::Command;
use cunzhi::domain::event::PostedLine;
use cunzhi::domain::id::EntryId;
use cunzhi::domain::points::adoption::{NewItem, NewRuleBook};
use cunzhi::domain::points::entries::{Cause, Posting};
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::report::conflicts::{Way, conflicts};
use cunzhi::report::passbook::passbook;
use jiff::civil::date;

use super::{Desk, cleaning, rows, settle};
use crate::checks::found;
use crate::oversight::close;
use crate::support::{TODAY, Town, home};

fn set(desk: &mut Desk, change: impl FnOnce(&mut Settings)) {
    let mut settings = desk.village().settings;
    change(&mut settings);
    desk.act(Command::ChangeSettings(settings)).expect("in order");
}

pub(super) fn homes(desk: &Desk) -> Vec<Account> {
    desk.village().people.households.iter().map(|home| Account::Household(home.id)).collect()
}

/// One changed the rate, the other at the same time the least to redeem, and then the rate too.
fn settings_of_two() -> (Desk, Desk) {
    let mut one = Desk::founded();
    set(&mut one, |settings| settings.redeem_min = 5);
    let mut two = one.copy(21, 1_000);
    set(&mut one, |settings| settings.rate_cents = 200);
    set(&mut two, |settings| settings.redeem_min = 20);
    set(&mut two, |settings| settings.rate_cents = 50);
    (one, two)
}

#[test]
fn settings_changed_on_both_are_listed_and_settled_either_way() {
    let (one, two) = settings_of_two();
    for (label, rate, least) in [("保留现在的", 200, 5), ("改用那边的", 50, 20)] {
        let mut both = one.merged(&two);
        assert_eq!(both.village().settings.rate_cents, 200, "what was recorded first counts until then");
        let listed = rows(&both, "设置");
        let details: Vec<_> = listed.iter().map(|row| row.detail.as_str()).collect();
        assert_eq!(
            details,
            [
                "两台电脑同时改了设置,9月26日 08:06 改的没有算进去:1 分的钱数现在 2.00 元,那边 1.00 元;起兑分现在 5 分,那边 20 分。请和村里议定的对一下。",
                "两台电脑同时改了设置,9月26日 08:07 改的没有算进去:1 分的钱数现在 2.00 元,那边 0.50 元;起兑分现在 5 分,那边 20 分。请和村里议定的对一下。",
            ]
        );
        settle(&mut both, &listed[1], label);
        let settings = both.village().settings;
        assert_eq!((settings.rate_cents, settings.redeem_min, settings.follows), (rate, least, 0), "{label}");
        let left = rows(&both, "设置");
        settle(&mut both, &left[0], "保留现在的");
        assert_eq!(conflicts(both.village()), []);
        assert_eq!(two.merged(&both).picture(), both.picture());
        // The next change follows from what counts now, on either laptop.
        let mut next = both.copy(22, 0);
        set(&mut next, |settings| settings.rate_cents = 300);
        let all = both.merged(&next);
        assert_eq!((all.village().settings.rate_cents, conflicts(all.village())), (300, Vec::new()));
    }
}

#[test]
fn the_same_settings_on_both_are_no_conflict_and_saving_them_again_ends_one() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    for desk in [&mut one, &mut two] {
        set(desk, |settings| settings.carry_over = CarryOver::ClearAtYearEnd);
    }
    assert_eq!(conflicts(one.merged(&two).village()), []);
    let (one, two) = settings_of_two();
    let mut both = one.merged(&two);
    set(&mut both, |settings| (settings.rate_cents, settings.redeem_min) = (50, 20));
    let last = &rows(&both, "设置")[1];
    assert_eq!(last.detail, "两台电脑同时改了设置,现在算数的和没有算进去的已经一样。");
    settle(&mut both, last, "知道了");
}

#[test]
fn two_new_rule_books_are_named_with_the_one_that_counts() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    for (desk, effective, left_out) in [(&mut one, date(2025, 10, 1), 1), (&mut two, date(2025, 11, 1), 2)] {
        let book = desk.village().rules.in_force(TODAY).expect("the suggested one");
        let items = book.items.iter().skip(left_out).map(NewItem::from).collect();
        let new = NewRuleBook {
            effective,
            adopted: TODAY,
            attendance: 52,
            decision: "通过".to_owned(),
            items,
            category_caps: book.category_caps.clone(),
        };
        desk.act(Command::AdoptRules(new)).expect("in order");
    }
    let mut both = one.merged(&two);
    let listed = rows(&both, "细则");
    let all = both.village().rules.iter().next().map_or(0, |book| book.items.len());
    assert_eq!(listed.len(), 1, "{:?}", conflicts(both.village()));
    let version = |effective: &str, items| format!("9月26日 通过、{effective} 起施行的那一版({items} 项)");
    let expected = format!(
        "两台电脑同时启用了新版细则。算数的是 {};9月26日 08:05 记的 {} 没有算进去,照它记过的分不变,它还在「细则」里查得到。要用后一版,请到「细则」里照它再启用一版。",
        version("10月1日", all - 1),
        version("11月1日", all - 2)
    );
    assert_eq!((listed[0].title.as_str(), listed[0].detail.as_str()), ("积分细则 2025-1", expected.as_str()));
    settle(&mut both, &listed[0], "知道了");
    assert_eq!(rows(&both, "细则"), []);
}

/// Both close every month up to December, with points that only each of them knows.
fn closed_on_both() -> (Desk, Desk) {
    let mut one = Desk::founded();
    let shared = homes(&one)[0];
    one.act(cleaning(&one, shared)).expect("in order");
    let mut two = one.copy(21, 1_000);
    let own = [homes(&one)[1], homes(&two)[2]];
    for (desk, own) in [&mut one, &mut two].into_iter().zip(own) {
        desk.act(cleaning(desk, own)).expect("in order");
        desk.clock = Moment::at(date(2026, 1, 2), 8, 0);
        for month in 9..=12 {
            desk.act(close(Ledger::Villager, Month { year: 2025, month })).expect("in order");
        }
    }
    (one, two)
}

#[test]
fn a_year_closed_on_both_is_carried_over_once() {
    let (one, two) = closed_on_both();
    let mut both = one.merged(&two);
    let listed = rows(&both, "月结");
    let titles: Vec<_> = listed.iter().map(|row| row.title.as_str()).collect();
    let months = ["2025年9月", "2025年10月", "2025年11月", "2025年12月"].map(|month| format!("{month}群众积分"));
    assert_eq!(titles, months);
    let december = "两台电脑都月结了这个月。算数的是 1月2日 08:04 结的,1月2日 08:04 结的没有算进去,里面的 2 笔结转(共 10 分)也没有再记一遍。两边公示的数不一样时,请重新公示这个月。";
    assert_eq!(listed[3].detail, december);
    assert!(!listed[0].detail.contains("结转"), "{}", listed[0].detail);
    let carried = |desk: &Desk| {
        let all = desk.village().entries.iter().filter(|entry| matches!(entry.reason, Reason::Carried { .. }));
        all.count()
    };
    assert_eq!(carried(&both), 2, "of the first closing, once for each account");
    for row in &listed {
        settle(&mut both, row, "知道了");
    }
    assert_eq!(rows(&both, "月结"), []);
}

#[test]
fn a_year_that_was_carried_over_twice_is_found() {
    let mut town = Town::small();
    let account = town.household("1-001");
    for number in 1..=2 {
        let posting = Posting { cause: Cause::Carried(2025), date: date(2025, 12, 31), note: None };
        let line = PostedLine { entry: EntryId::from_raw(1 << 30 | number), account, quantity: 0, points: 0 };
        town.village.entries.post(posting, &[line], |_| true).expect("posted");
    }
    let sentence = "2025年群众积分的结转有 1 个账户记了两次:两台电脑各记了一次。请在「两台电脑的冲突」里处理。";
    assert_eq!(found(&town.village), [("每年的年终只清零、结转一次", vec![sentence.to_owned()])]);
    let rows = conflicts(&town.village);
    let detail = "两台电脑各记了一次:1 个账户,先记的共 0 分,后记的共 0 分,一年只结转一次。请留一次;另一次的各笔今天冲正,公示过的不变。";
    assert_eq!(rows.iter().map(|row| (row.kind, row.detail.as_str())).collect::<Vec<_>>(), [("年终", detail)]);
    let Some(Way::Press(_, settlement)) = rows[0].ways.last() else { panic!("{:?}", rows[0].ways) };
    town.must(date(2026, 1, 3), Command::Settle(settlement.clone()));
    assert_eq!((conflicts(&town.village), found(&town.village)), (Vec::new(), Vec::new()));
    let entries: Vec<_> = town.village.entries.of(account).map(|entry| (entry.date, entry.reason)).collect();
    let first = EntryId::from_raw(1 << 30 | 1);
    assert_eq!(entries[2], (date(2026, 1, 3), Reason::Reversal(first)), "the later one was kept");
    let book = passbook(&town.village, account, date(2026, 1, 3)).expect("known");
    let lines: Vec<_> = book.lines.iter().map(|line| (line.item.as_str(), line.mark.is_some())).collect();
    assert_eq!(lines, [("冲正", false), ("结转", false), ("结转", true)]);
}

#[test]
fn joined_households_have_one_carried_line() {
    use cunzhi::domain::roster::RosterDraft;
    let one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    let mut one = one.copy(20, 0);
    for (desk, hours) in [(&mut one, 0), (&mut two, 24)] {
        let households = vec![home("3-001", "第一网格", &[("赵大", None)])];
        desk.act(Command::ImportRoster(RosterDraft { households })).expect("in order");
        let last = *homes(desk).last().expect("the household");
        desk.clock = Moment(desk.clock.0 + hours * 3_600_000);
        desk.act(cleaning(desk, last)).expect("in order");
    }
    let mut both = one.merged(&two);
    both.clock = Moment::at(date(2026, 1, 2), 8, 0);
    for month in 9..=12 {
        both.act(close(Ledger::Villager, Month { year: 2025, month })).expect("in order");
    }
    let twice = rows(&both, "户");
    settle(&mut both, &twice[0], "是同一户,合并");
    let home = both.village().people.household_by_number("3-001").expect("one of them").id;
    let book = passbook(both.village(), Account::Household(home), date(2026, 1, 3)).expect("known");
    let carried: Vec<_> =
        book.lines.iter().filter(|line| line.item == "结转").map(|line| line.detail.as_str()).collect();
    assert_eq!(carried, ["2025年结余 10 分,转到 2026年"]);
    assert_eq!((book.balance, found(both.village())), (10, Vec::new()));
}

#[test]
fn a_year_that_two_laptops_gave_too_much_is_found_until_it_is_mended() {
    let mut one = Desk::founded();
    set(&mut one, |settings| settings.issue_year_max = 9);
    let mut two = one.copy(21, 1_000);
    let all = homes(&one);
    one.act(cleaning(&one, all[0])).expect("five of nine");
    two.act(cleaning(&two, all[1])).expect("it knows of none");
    let beyond = |desk: &mut Desk| desk.act(cleaning(desk, all[2])).is_err();
    assert!(beyond(&mut one), "alone, the limit is kept");
    let both = one.merged(&two);
    let sentence = "2025年各户一共得了 10 分,全年最多发 9 分,多发 1 分:两台电脑各自登记的,合在一起超过了上限。请核实,多发的在存折里冲正,或由村民代表会议改「全年最多发」。";
    let expected = vec![("全年发放没有超过上限", vec![sentence.to_owned()])];
    assert_eq!(found(both.village()), expected);
    assert_eq!(found(two.merged(&one).village()), expected, "on both laptops");
    // Taking points back mends it, and so does a meeting that allows more.
    let mut mended = both.copy(31, 0);
    let entry = mended.village().entries.of(all[1]).last().expect("the entry").id;
    mended.act(Command::ReverseEntry { entry, reason: "多发".to_owned() }).expect("in order");
    assert_eq!(found(mended.village()), []);
    let mut allowed = both.copy(32, 0);
    set(&mut allowed, |settings| settings.issue_year_max = 10);
    assert_eq!(found(allowed.village()), []);
    // Less than was given, by one laptop's own decision, is not what is looked for.
    let mut less = Desk::founded();
    less.act(cleaning(&less, all[0])).expect("in order");
    set(&mut less, |settings| settings.issue_year_max = 4);
    assert_eq!(found(less.village()), []);
}
