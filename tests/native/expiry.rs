//! 过期: which points are old, what is asked for before a redemption and a
//! closing, and where it is said that it has to be done.

use cunzhi::domain::command::Command;
use cunzhi::domain::event::Event;
use cunzhi::domain::points::close::{CloseFinding, close_findings};
use cunzhi::domain::points::ledger::{Account, ClearCause, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings, expired, lapsed};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::village::Village;
use cunzhi::report::gauge::gauge;
use cunzhi::report::overview::{TodoTarget, overview};
use cunzhi::report::passbook::passbook;
use cunzhi::report::preparation::checklist;
use cunzhi::report::redemption_desk::{Serving, desk_sheet};
use cunzhi::report::settings_preview::settings_preview;
use cunzhi::report::shelf_cover::shelf_cover;
use jiff::civil::date;

use super::oversight::close;
use super::support::{TODAY, Town, sentence};
use cunzhi::domain::calendar::{Month, add_days};

const DONE: &str = "没有拒绝";

fn expires_after(town: &mut Town, months: u16) {
    let settings = Settings { carry_over: CarryOver::ExpireAfter(months), ..town.village.settings };
    town.must(TODAY, Command::ChangeSettings(settings));
}

/// 10 points of January, 10 of August, 5 taken away in February.
fn town() -> (Town, Account) {
    let mut town = Town::small();
    let home = town.household("1-001");
    for (day, item) in
        [(date(2025, 1, 31), "调解邻里纠纷"), (date(2025, 2, 10), "乱倒垃圾"), (date(2025, 8, 1), "调解邻里纠纷")]
    {
        let command = town.activity(day, item, home, 1);
        town.must(TODAY, command);
    }
    expires_after(&mut town, 6);
    (town, home)
}

/// Takes back the entry of this place; places are those of the household.
fn reverse(town: &mut Town, home: Account, place: usize) {
    let entry = town.village.entries.of(home).nth(place).expect("an entry").id;
    town.must(TODAY, Command::ReverseEntry { entry, reason: "错".to_owned() });
}

#[test]
fn a_reversal_is_as_if_nothing_had_been() {
    for (name, reversed, old, any) in [
        ("nothing", &[][..], 5, 15),
        ("the old points", &[0], 0, 5),
        ("the deduction", &[1], 10, 20),
        ("the new points", &[2], 5, 5),
        ("old points and deduction", &[0, 1], 0, 10),
        ("everything", &[0, 1, 2], 0, 0),
    ] {
        let (mut town, home) = town();
        for place in reversed {
            reverse(&mut town, home, *place);
        }
        let found = [6, 1].map(|months| expired(&town.village, home, months, TODAY));
        assert_eq!(found, [old, any], "{name}");
    }
}

#[test]
fn what_expired_and_was_given_back_is_new() {
    let (mut town, home) = town();
    town.must(TODAY, Command::ExpirePoints(Ledger::Villager));
    assert_eq!(expired(&town.village, home, 6, TODAY), 0);
    reverse(&mut town, home, 3);
    let days = [TODAY, date(2026, 3, 26), date(2026, 3, 27)];
    // In March the points of August are old too.
    assert_eq!(days.map(|day| expired(&town.village, home, 6, day)), [0, 10, 15]);
}

#[test]
fn the_points_with_which_members_start_stay() {
    let mut town = Town::small();
    let (member, home) = (town.member(MemberType::Linked), town.household("1-001"));
    let command = town.activity(date(2025, 2, 1), "参与调解", member, 1);
    town.must(TODAY, command);
    assert_eq!([0, 6, 60].map(|months| expired(&town.village, member, months, TODAY)), [5, 5, 0]);
    // A household starts with points that it may spend, so they grow old.
    let mut first = Town::default();
    first.must(TODAY, Command::FoundVillage(super::support::new_village()));
    let settings = Settings { household_opening: 20, ..first.village.settings };
    first.must(TODAY, Command::ChangeSettings(settings));
    first.must(TODAY, Command::ImportRoster(super::support::roster()));
    assert_eq!(expired(&first.village, home, 6, TODAY), 20);
    let entry = first.village.entries.of(home).next().expect("the points of the beginning").id;
    first.must(TODAY, Command::ReverseEntry { entry, reason: "错".to_owned() });
    assert_eq!(expired(&first.village, home, 6, TODAY), 0);
}

/// 15 points, 5 of them old: the basket takes none of those, and they go in the same act.
#[test]
fn what_has_expired_is_not_redeemed() {
    for (pieces, expected, left) in [
        (4, "积分不够:结余 15 分,这次要 16 分,还差 1 分。请减少物品。", 15),
        (3, "有 5 分已经过期,能兑 10 分,这次要 12 分,还差 2 分。请减少物品。", 15),
        (2, DONE, 2),
    ] {
        let (mut town, home) = town();
        let salt = town.add_goods("食盐", 4, 50);
        let redeem = Command::Redeem { account: home, basket: vec![(salt, pieces)], proxy: String::new() };
        let serving = Serving { account: Some(home), ..Serving::default() };
        let desk = |town: &Town| desk_sheet(&town.village, &serving, TODAY).who.map(|who| who.balance);
        assert_eq!(desk(&town), Some(10), "the desk shows what can be redeemed");
        assert_eq!(passbook(&town.village, home, TODAY).map(|book| (book.balance, book.redeemable)), Some((15, 10)));
        assert_eq!(sentence(town.tell(TODAY, redeem)), expected);
        assert_eq!((town.village.balance(home), lapsed(&town.village, home, TODAY) > 0), (left, left == 15));
        let day = town.village.day_points(TODAY);
        assert!(day.is_none_or(|day| (day.opening, day.redeemed, day.closing) == (10, 8, 2)), "{day:?}");
    }
    // With the least of the settings it is the same.
    let (mut town, home) = town();
    let salt = town.add_goods("食盐", 4, 50);
    let settings = Settings { redeem_min: 12, ..town.village.settings };
    town.must(TODAY, Command::ChangeSettings(settings));
    let redeem = Command::Redeem { account: home, basket: vec![(salt, 1)], proxy: String::new() };
    assert_eq!(sentence(town.tell(TODAY, redeem)), "积分满 12 分才能兑换,现在结余 10 分。");
}

#[test]
fn a_redemption_that_expires_nothing_is_one_event() {
    let (mut town, home) = town();
    let salt = town.add_goods("食盐", 4, 50);
    let redeem = || Command::Redeem { account: home, basket: vec![(salt, 1)], proxy: String::new() };
    let first = town.must(TODAY, redeem()).events;
    assert!(matches!(&first[..], [Event::PointsCleared { cause: ClearCause::Expired(6), .. }, Event::Redeemed { .. }]));
    assert!(matches!(&town.must(TODAY, redeem()).events[..], [Event::Redeemed { .. }]));
    let reasons: Vec<_> = town.village.entries.of(home).map(|entry| entry.reason).collect();
    assert_eq!(reasons.last(), Some(&Reason::Cleared(ClearCause::Expired(6))));
}

#[test]
fn it_is_a_thing_to_do_and_comes_before_closing() {
    let (mut town, _) = town();
    let todo = |town: &Town, day| {
        let todos = overview(&town.village, day, None, 0).todos.into_iter();
        todos.filter(|todo| todo.target == TodoTarget::Settings).map(|todo| todo.title).collect::<Vec<_>>()
    };
    assert_eq!(todo(&town, TODAY), ["群众积分:1 户 5 分记为过期"]);
    // The points of January were not old yet when January ended.
    let months = |town: &Town| {
        let found = (1..=9).map(|month| Month { year: 2025, month });
        found.map(|month| close_findings(&town.village, Ledger::Villager, month).len()).collect::<Vec<_>>()
    };
    assert_eq!(months(&town), [0, 0, 0, 0, 0, 0, 0, 1, 1]);
    let september = Month { year: 2025, month: 9 };
    assert_eq!(close_findings(&town.village, Ledger::Villager, september), [CloseFinding::NotExpired(1)]);
    assert_eq!(close_findings(&town.village, Ledger::Member, september), []);
    let october = date(2025, 10, 9);
    for month in 1..=7 {
        town.must(october, close(Ledger::Villager, Month { year: 2025, month }));
    }
    let august = || close(Ledger::Villager, Month { year: 2025, month: 8 });
    assert_eq!(
        sentence(town.tell(october, august())),
        "2025年8月还不能月结:有 1 个账户的积分按设置已经过期,还没有记上,请先到「设置」里记为过期。请先办完再月结。"
    );
    town.must(october, Command::ExpirePoints(Ledger::Villager));
    assert_eq!((todo(&town, october), months(&town)), (Vec::new(), vec![0; 9]));
    town.must(october, august());
    assert_eq!(todo(&town, add_days(october, 200)), ["群众积分:1 户 10 分记为过期"]);
}

/// 15 points, 5 of them old and not posted yet: everything that speaks of 未兑付 says 10.
#[test]
fn what_has_expired_is_not_outstanding_anywhere() {
    let (mut town, home) = town();
    let village = &town.village;
    let settings = village.settings;
    let words = |village: &Village| {
        let figure = overview(village, TODAY, None, 0).figures.pop().expect("未兑付积分");
        let line = checklist(village, TODAY, None).remove(0).sentence;
        let preview = settings_preview(village, &village.settings, TODAY).remove(0);
        (
            figure.value,
            shelf_cover(village, TODAY).outstanding,
            gauge(village, &village.settings, TODAY).after(0).owed,
            line,
            preview,
        )
    };
    let expected = |points: i64| {
        (
            points.to_string(),
            points.to_string(),
            format!("{points} 分(合 {points} 元)"),
            format!("未兑付 {points} 分,库存可兑 0 分,全部来兑还差 {points} 分的物品"),
            format!("未兑付 {points} 分,合 {points} 元。"),
        )
    };
    assert_eq!(village.balance(home), 15);
    assert_eq!(words(village), expected(10));
    // Posting it changes nothing of this.
    town.must(TODAY, Command::ExpirePoints(Ledger::Villager));
    assert_eq!((town.village.balance(home), words(&town.village)), (10, expected(10)));
    // Other settings are looked at by themselves, before they are taken.
    let keep = Settings { carry_over: CarryOver::Keep, ..settings };
    let (before, _) = self::town();
    assert_eq!(settings_preview(&before.village, &keep, TODAY)[0], "未兑付 15 分,合 15 元。");
}
