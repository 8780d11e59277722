//! The two ledgers: scores, caps, reversals, and who may score what.

use cunzhi::domain::command::Command;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::{Bound, BoundOf, Cap, CapOf, Period, Unit, signed};
use cunzhi::domain::refusal::Refusal;
use cunzhi::domain::roster::MemberType;
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, sentence};

const fn july(day: i8) -> Date {
    date(2025, 7, day)
}

#[test]
fn eight_cleanups_and_a_mediation_are_fifty() {
    let mut town = Town::small();
    let home = town.household("1-001");
    for day in 1..=8 {
        let command = town.activity(july(day), "环境整治", home, 1);
        town.must(TODAY, command.clone());
        let again = town.tell(TODAY, command);
        let expected = format!(
            "7月{day}日有 1 个账户的「环境整治」已到上限(细则 2024-1 版,每日 1 次),不再计分。请从名单里去掉再登记。"
        );
        assert_eq!(sentence(again), expected);
    }
    let command = town.activity(july(9), "调解邻里纠纷", home, 1);
    town.must(TODAY, command);
    assert_eq!(town.village.balance(home), 50);
}

#[test]
fn caps_leave_no_room() {
    for (item, quantities, points, refusal) in [
        (
            "环境整治",
            &[1][..],
            5,
            "7月1日有 1 个账户的「环境整治」已到上限(细则 2024-1 版,每日 1 次),不再计分。请从名单里去掉再登记。",
        ),
        (
            "庭院达标",
            &[1],
            5,
            "7月1日有 1 个账户的「庭院达标」已到上限(细则 2024-1 版,每月 1 次),不再计分。请从名单里去掉再登记。",
        ),
        (
            "志愿服务",
            &[4, 6],
            20,
            "7月1日有 1 个账户的「志愿服务」已到上限(细则 2024-1 版,每季 20 分),不再计分。请从名单里去掉再登记。",
        ),
        (
            "参加会议",
            &[1, 1, 1, 1],
            8,
            "7月1日有 1 个账户的「参加会议」已到上限(细则 2024-1 版,每季 8 分),不再计分。请从名单里去掉再登记。",
        ),
    ] {
        let mut town = Town::small();
        let home = town.household("1-001");
        for quantity in quantities {
            let command = town.activity(july(1), item, home, *quantity);
            town.must(TODAY, command);
        }
        let more = town.activity(july(1), item, home, 1);
        let refused = town.tell(TODAY, more);
        assert_eq!(refused.as_ref().expect_err("full").accounts(), [home]);
        assert_eq!(sentence(refused), refusal);
        assert_eq!(town.village.balance(home), points);
        // Another household, and another period, have room.
        let other = town.activity(july(1), item, town.household("1-002"), 1);
        town.must(TODAY, other);
        let earlier = town.activity(date(2025, 6, 30), item, home, 1);
        town.must(TODAY, earlier);
    }
}

#[test]
fn caps_of_times_count_units() {
    for (item, quantity, period, unit) in
        [("环境整治", 3, Period::Day, Unit::Time), ("庭院达标", 2, Period::Month, Unit::Month)]
    {
        let mut town = Town::small();
        let home = town.household("1-001");
        let refused = town.record(TODAY, item, home, quantity);
        let expected = Refusal::CapReached {
            item: item.to_owned(),
            version: "2024-1".to_owned(),
            bound: Bound { cap: Cap { period, of: CapOf::Times(1) }, of: BoundOf::Item(unit) },
            date: TODAY,
            accounts: vec![home],
        };
        assert_eq!(refused.expect_err("one unit fits"), expected);
        assert_eq!(town.village.balance(home), 0);
        town.record(TODAY, item, home, 1).expect("one unit fits");
        assert_eq!(town.village.balance(home), 5);
    }
}

#[test]
fn one_line_alone_may_not_pass_a_cap_of_points() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let refused = town.record(TODAY, "志愿服务", home, 11);
    assert!(sentence(refused).contains("每季 20 分"));
    town.record(TODAY, "志愿服务", home, 10).expect("exactly 20 fit");
}

#[test]
fn a_batch_names_all_who_are_full() {
    let mut town = Town::small();
    let [a, b, c] = ["1-001", "1-002", "2-001"].map(|number| town.household(number));
    let command = town.activity_of(TODAY, "环境整治", vec![(a, 1), (c, 1)]);
    town.must(TODAY, command);
    let before = town.village.entries.iter().count();
    let refused = town.tell(TODAY, town.activity_of(TODAY, "环境整治", vec![(a, 1), (b, 1), (c, 1)]));
    assert_eq!(refused.expect_err("two are full").accounts(), [a, c]);
    assert_eq!(town.village.entries.iter().count(), before, "nothing is recorded by halves");
}

#[test]
fn a_reversal_takes_back_and_frees_the_cap() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let entry = town.record(TODAY, "环境整治", home, 1).expect("the first today");
    town.record(TODAY, "环境整治", home, 1).expect_err("the cap");
    town.must(TODAY, Command::ReverseEntry { entry, reason: "名单有误".to_owned() });
    assert_eq!(town.village.balance(home), 0);
    let reversal = town.village.entries.of(home).last().expect("the reversal");
    assert_eq!((reversal.points, reversal.reason), (-5, Reason::Reversal(entry)));
    assert_eq!(town.village.note(reversal.note), "名单有误");
    assert_eq!(town.village.entries.reversal_of(entry), Some(reversal.id));
    town.record(TODAY, "环境整治", home, 1).expect("room again");
    assert_eq!(town.village.balance(home), 5);
}

#[test]
fn members_start_with_sixty_and_score_by_type() {
    use MemberType::{Cadre, Exempt, Linked, Migrant, WithoutPost};
    for (item, points, those) in [
        ("参加三会一课", 2, &[Linked, WithoutPost, Migrant, Cadre, Exempt][..]),
        ("无故缺席", -3, &[Linked, WithoutPost, Migrant, Cadre]),
        ("为民代办", 2, &[Linked]),
        ("认岗履责", 5, &[WithoutPost]),
        ("季度报到", 5, &[Migrant]),
        ("环境整治", 0, &[]),
    ] {
        for kind in MemberType::ALL {
            let mut town = Town::small();
            let account = town.member(*kind);
            assert_eq!(town.village.balance(account), 60);
            let recorded = town.record(TODAY, item, account, 1);
            if those.contains(kind) {
                recorded.expect("the item applies");
                assert_eq!(town.village.balance(account), 60 + points);
            } else {
                let expected = format!("「{item}」不适用于其中 1 个账户,请换一个事项或从名单里去掉。");
                assert_eq!(sentence(recorded), expected, "{}", kind.word());
            }
        }
    }
}

#[test]
fn a_member_item_is_not_for_households() {
    let mut town = Town::small();
    let home = town.household("1-001");
    assert!(matches!(home, Account::Household(_)));
    let refused = town.record(TODAY, "参加三会一课", home, 1);
    assert_eq!(sentence(refused), "「参加三会一课」不适用于其中 1 个账户,请换一个事项或从名单里去掉。");
}

#[test]
fn points_are_written_with_their_sign() {
    for (points, words) in [(5, "+5"), (0, "0"), (-5, "−5"), (i64::MIN, "−9223372036854775808")] {
        assert_eq!(signed(points), words);
    }
}
