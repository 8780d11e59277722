//! Settings of the points: what is refused, what holds at redemption, and
//! which points would be gone.

use cunzhi::domain::command::Command;
use cunzhi::domain::points::ledger::{Account, ClearCause, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings, SettingsRefusal, expired};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::report::settings_preview::settings_preview;
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, home, sentence};

fn set(town: &mut Town, change: impl FnOnce(&mut Settings)) {
    let mut settings = town.village.settings;
    change(&mut settings);
    town.must(TODAY, Command::ChangeSettings(settings));
}

#[test]
fn settings_are_refused_with_their_reason() {
    let base = Settings::default();
    for (new, expected) in [
        (base, "设置没有改动,不用保存。"),
        (Settings { rate_cents: 0, ..base }, "1 分要值多少钱,请填 0.01 元以上。"),
        (Settings { rate_cents: 10_001, ..base }, "1 分最多值 100 元,请改小。"),
        (Settings { household_opening: 100_001, ..base }, "群众的起始分最多 100000 分,请改小。"),
        (Settings { member_opening: 100_001, ..base }, "党员的起始分最多 100000 分,请改小。"),
        (Settings { redeem_min: 100_001, ..base }, "起兑分最多 100000 分,请改小。"),
        (Settings { redeem_day_max: 100_001, ..base }, "每天最多兑换最多 100000 分,请改小。"),
        (Settings { issue_year_max: 100_000_001, ..base }, "全年最多发最多 100000000 分,请改小。"),
        (Settings { budget_cents: 1_000_000_001, ..base }, "预算最多 10000000 元,请改小。"),
        (Settings { redeem_min: 20, redeem_day_max: 10, ..base }, "每天最多兑 10 分,却要满 20 分才能兑。请改一个。"),
        (Settings { carry_over: CarryOver::ExpireAfter(0), ..base }, "过期的月数要在 1 到 60 之间。"),
        (Settings { carry_over: CarryOver::ExpireAfter(61), ..base }, "过期的月数要在 1 到 60 之间。"),
        (Settings { rate_cents: 500, carry_over: CarryOver::ExpireAfter(60), ..base }, "没有拒绝"),
    ] {
        assert_eq!(sentence(Town::small().tell(TODAY, Command::ChangeSettings(new))), expected, "{new:?}");
    }
    // A new variant stops this from compiling, until it has its sentence here or below.
    match SettingsRefusal::NothingChanged {
        SettingsRefusal::RateOfNothing
        | SettingsRefusal::RateTooHigh(_)
        | SettingsRefusal::TooManyPoints { .. }
        | SettingsRefusal::DayBelowMinimum { .. }
        | SettingsRefusal::BadMonths(_)
        | SettingsRefusal::NothingChanged
        | SettingsRefusal::BudgetTooHigh(_)
        | SettingsRefusal::IssueLimit { .. }
        | SettingsRefusal::NothingExpires
        | SettingsRefusal::NothingExpired(_)
        | SettingsRefusal::BelowMinimum { .. }
        | SettingsRefusal::Lapsed { .. }
        | SettingsRefusal::DayLimit { .. } => {}
    }
}

#[test]
fn redemption_keeps_to_the_least_and_to_the_day() {
    let mut town = Town::small();
    let account = town.household("1-001");
    let salt = town.add_goods("食盐", 5, 100);
    let redeem = |count| Command::Redeem { account, basket: vec![(salt, count)], proxy: String::new() };
    for day in 1..=4 {
        let command = town.activity(date(2025, 9, day), "调解邻里纠纷", account, 1);
        town.must(TODAY, command);
    }
    set(&mut town, |settings| (settings.redeem_min, settings.redeem_day_max) = (50, 50));
    assert_eq!(sentence(town.tell(TODAY, redeem(1))), "积分满 50 分才能兑换,现在结余 40 分。");
    set(&mut town, |settings| (settings.redeem_min, settings.redeem_day_max) = (20, 20));
    town.must(TODAY, redeem(3));
    let over = sentence(town.tell(TODAY, redeem(2)));
    assert_eq!(over, "每户每天最多兑 20 分,这户今天已兑 15 分,这次要 10 分。请减少物品,或改天再来。");
    town.must(TODAY, redeem(1));
    // Undone is not redeemed, and tomorrow is another day.
    let last = town.village.shelf.redemptions().last().expect("the last").id;
    town.must(TODAY, Command::UndoRedemption(last));
    town.must(TODAY, redeem(1));
    let tomorrow = date(2025, 9, 27);
    town.must(tomorrow, redeem(3));
    assert_eq!(sentence(town.tell(tomorrow, redeem(1))), "积分满 20 分才能兑换,现在结余 5 分。");
}

#[test]
fn those_who_come_later_start_with_the_points_that_are_set() {
    let mut town = Town::small();
    let before = town.household("1-001");
    set(&mut town, |settings| (settings.household_opening, settings.member_opening) = (10, 0));
    let new = home("3-001", "", &[("甲", Some(MemberType::Cadre))]);
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![new] }));
    assert_eq!((town.village.balance(before), town.village.balance(town.household("3-001"))), (0, 10));
    let member = town.village.people.persons.iter().last().expect("the new one").id;
    assert_eq!(town.village.balance(Account::Member(member)), 0);
}

#[test]
fn points_expire_oldest_first() {
    let earned: [(Date, u32); 3] = [(date(2025, 1, 31), 1), (date(2025, 3, 31), 1), (date(2025, 8, 1), 1)];
    for (spent, months, expected) in
        [(0, 12, 0), (0, 7, 10), (0, 6, 10), (0, 5, 20), (0, 1, 30), (4, 6, 0), (1, 6, 5), (3, 5, 5), (6, 1, 0)]
    {
        let mut town = Town::small();
        let account = town.household("1-001");
        let salt = town.add_goods("食盐", 5, 100);
        for (day, quantity) in earned {
            let command = town.activity(day, "调解邻里纠纷", account, quantity);
            town.must(TODAY, command);
        }
        if spent > 0 {
            town.must(TODAY, Command::Redeem { account, basket: vec![(salt, spent)], proxy: String::new() });
        }
        assert_eq!(expired(&town.village, account, months, TODAY), expected, "{spent} spent, {months} months");
    }
}

#[test]
fn the_preview_says_what_would_be_today() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    for (account, day) in [(a, date(2025, 1, 31)), (a, date(2025, 9, 1)), (b, date(2025, 9, 1))] {
        let command = town.activity(day, "调解邻里纠纷", account, 1);
        town.must(TODAY, command);
    }
    let base = town.village.settings;
    for (settings, expected) in [
        (base, vec!["未兑付 30 分,合 30 元。"]),
        (Settings { rate_cents: 550, ..base }, vec!["未兑付 30 分,合 165 元。"]),
        (
            Settings { redeem_min: 15, ..base },
            vec!["未兑付 30 分,合 30 元。", "有分的 2 户里,1 户不够 15 分,还不能兑换。"],
        ),
        (
            Settings { carry_over: CarryOver::ClearAtYearEnd, ..base },
            vec!["未兑付 30 分,合 30 元。", "要是今天就清零:2 户共 30 分;党员积分不清零。"],
        ),
        (
            Settings { carry_over: CarryOver::ExpireAfter(6), ..base },
            vec!["未兑付 20 分,合 20 元。", "今天已过 6 个月的:1 户共 10 分,党员 0 人共 0 分;党员的起始分不过期。"],
        ),
        (
            Settings { household_opening: 10, ..base },
            vec!["未兑付 30 分,合 30 元。", "以后新登记的户从 10 分起,已有的户不变。"],
        ),
    ] {
        assert_eq!(settings_preview(&town.village, &settings, TODAY), expected, "{settings:?}");
    }
}

#[test]
fn what_is_old_and_not_redeemed_expires_once() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    for (account, day) in [(a, date(2025, 1, 31)), (a, date(2025, 9, 1)), (b, date(2025, 9, 1))] {
        let command = town.activity(day, "调解邻里纠纷", account, 1);
        town.must(TODAY, command);
    }
    let expire = || Command::ExpirePoints(Ledger::Villager);
    assert_eq!(
        sentence(town.tell(TODAY, expire())),
        "现在的设置里积分不过期。要过期,请先把「没兑的积分」改成过期并保存。"
    );
    let settings = Settings { carry_over: CarryOver::ExpireAfter(6), ..town.village.settings };
    town.must(TODAY, Command::ChangeSettings(settings));
    town.must(TODAY, expire());
    assert_eq!([a, b].map(|account| town.village.balance(account)), [10, 10]);
    let last = town.village.entries.of(a).last().expect("an entry");
    assert_eq!((last.points, last.reason), (-10, Reason::Cleared(ClearCause::Expired(6))));
    assert_eq!(sentence(town.tell(TODAY, expire())), "没有满 6 个月还没兑的积分,不用过期。");
}
