//! The end of a year that two laptops cleared, and settled in the same way or not.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::command::Command;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::report::conflicts::{Way, conflicts};
use jiff::civil::{Date, date};

use super::rivals::homes;
use super::{Desk, cleaning, rows, settle};
use crate::checks::found;
use crate::oversight::close;
use crate::support::TODAY;

/// Each cleared 2025 for itself: the first household on both, the second on the one
/// that knew of it, and of the third what the other did not know of.
fn cleared_on_both(day: Date) -> (Desk, Desk, Vec<Account>) {
    let mut one = Desk::founded();
    let all = homes(&one);
    one.act(cleaning(&one, all[0])).expect("in order");
    let mut two = one.copy(21, 1_000);
    one.act(cleaning(&one, all[1])).expect("in order");
    two.clock = Moment::at(TODAY, 12, 0);
    two.act(cleaning(&two, all[2])).expect("in order");
    for (desk, hour) in [(&mut one, 8), (&mut two, 9)] {
        desk.clock = Moment::at(day, hour, 0);
        desk.act(Command::ClearYear { ledger: Ledger::Villager, year: 2025 }).expect("in order");
    }
    (one, two, all)
}

#[test]
fn a_year_cleared_on_both_is_settled_either_way() {
    for label in ["保留先记的", "改用后记的"] {
        let (one, two, all) = cleared_on_both(date(2026, 1, 2));
        let mut both = one.merged(&two);
        let balances = |desk: &Desk| [0, 1, 2].map(|place| desk.village().balance(all[place]));
        assert_eq!(balances(&both), [-5, 0, 0], "cleared twice where both knew of it");
        let sentence = "2025年群众积分的年终清零有 1 个账户记了两次:两台电脑各记了一次。请在「两台电脑的冲突」里处理。";
        assert_eq!(found(both.village()), [("每年的年终只清零、结转一次", vec![sentence.to_owned()])]);
        let listed = rows(&both, "年终");
        let told: Vec<_> = listed.iter().map(|row| (row.title.as_str(), row.detail.as_str())).collect();
        let detail = "两台电脑各记了一次:1 个账户,先记的共 5 分,后记的共 5 分,合起来清得比年末有的多。请留一次;另一次的各笔今天冲正,公示过的不变。";
        assert_eq!(told, [("2025年群众积分年终清零", detail)]);
        settle(&mut both, &listed[0], label);
        assert_eq!((balances(&both), conflicts(both.village()), found(both.village())), ([0, 0, 0], vec![], vec![]));
        let last = both.village().entries.of(all[0]).last().expect("the reversal");
        assert_eq!((last.date, last.points), (date(2026, 1, 2), 5));
        assert_eq!(both.village().note(last.note), "两台电脑各清零了一次,只算一次");
        assert_eq!(two.merged(&both).picture(), both.picture());
        // Settled again it is no more, and settled on both it counts once.
        let again = both.act(Command::Settle(rows_settlement(&listed[0].ways[0])));
        assert_eq!(again.expect_err("settled").to_string(), "这处冲突已经处理过了。");
        let mut other = two.merged(&one).copy(41, 60_000);
        let listed = rows(&other, "年终");
        settle(&mut other, &listed[0], label);
        let all_of_it = both.merged(&other);
        assert_eq!((balances(&all_of_it), conflicts(all_of_it.village())), ([0, 0, 0], vec![]));
    }
}

fn rows_settlement(way: &Way) -> cunzhi::domain::command::Settlement {
    let Way::Press(_, settlement) = way else { panic!("{way:?}") };
    settlement.clone()
}

#[test]
fn clearing_again_what_came_in_late_is_in_order() {
    let mut desk = Desk::founded();
    let home = homes(&desk)[0];
    desk.act(cleaning(&desk, home)).expect("in order");
    desk.clock = Moment::at(date(2026, 1, 2), 8, 0);
    let clear = Command::ClearYear { ledger: Ledger::Villager, year: 2025 };
    desk.act(clear.clone()).expect("five points");
    let Command::RecordActivity(late) = cleaning(&desk, home) else { panic!("an activity") };
    let late = cunzhi::domain::command::NewActivity { date: date(2025, 12, 30), ..late };
    desk.act(Command::RecordActivity(late)).expect("in order");
    desk.act(clear).expect("what came in since");
    assert_eq!((desk.village().balance(home), conflicts(desk.village()), found(desk.village())), (0, vec![], vec![]));
}

/// Each laptop settled what both cleared on the day, and kept another one.
fn settled_unlike_on(day: Date) -> (Desk, Desk, Vec<Account>) {
    let (one, two, all) = cleared_on_both(day);
    let mut desks = [one.merged(&two).copy(31, 0), two.merged(&one).copy(41, 60_000)];
    for (desk, label) in desks.iter_mut().zip(["保留先记的", "改用后记的"]) {
        let listed = rows(desk, "年终");
        settle(desk, &listed[0], label);
    }
    let [one, two] = desks;
    (one, two, all)
}

/// The same in the new year. A day has passed.
fn settled_unlike() -> (Desk, Desk, Vec<Account>) {
    let (mut one, mut two, all) = settled_unlike_on(date(2026, 1, 2));
    (one.clock, two.clock) = (Moment::at(date(2026, 1, 3), 9, 0), Moment::at(date(2026, 1, 3), 9, 0));
    (one, two, all)
}

const UNCLEARED: &str = "2025年群众积分的年终清零有 1 个账户的两次都冲正了,5 分没有清:两台电脑各留了不同的一次。请在「两台电脑的冲突」里处理。";

#[test]
fn a_year_of_which_each_laptop_kept_another_clearing_is_cleared_again_or_not() {
    let (one, two, all) = settled_unlike();
    for (label, balance, last) in [("再清一次", 0, Some(-5)), ("不清了", 5, None)] {
        let mut both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        let balances = |desk: &Desk| [0, 1, 2].map(|place| desk.village().balance(all[place]));
        assert_eq!(balances(&both), [5, 0, 0], "both were taken back");
        assert_eq!(found(both.village()), [("每年的年终只清零、结转一次", vec![UNCLEARED.to_owned()])]);
        let listed = rows(&both, "年终");
        let told: Vec<_> = listed.iter().map(|row| (row.title.as_str(), row.detail.as_str())).collect();
        let detail = "两台电脑各清了一次,又各留了不同的一次,两次都冲正了:1 个账户的 5 分没有清。请再清一次,记在今天;村里议定不清的,选「不清了」。";
        assert_eq!(told, [("2025年群众积分年终清零", detail)]);
        let entries = both.village().entries.len();
        settle(&mut both, &listed[0], label);
        let settled = |desk: &Desk| (balances(desk), conflicts(desk.village()), found(desk.village()));
        assert_eq!(settled(&both), ([balance, 0, 0], vec![], vec![]), "{label}");
        let posted = both.village().entries.iter().nth(entries).map(|entry| (entry.date, i64::from(entry.points)));
        assert_eq!(posted, last.map(|points| (date(2026, 1, 3), points)), "{label}");
        let again = both.act(Command::Settle(rows_settlement(&listed[0].ways[0])));
        assert_eq!(again.expect_err("settled").to_string(), "这处冲突已经处理过了。");
        // The other laptop, which knew of nothing, takes it with the next file.
        assert_eq!((two.merged(&both).picture(), settled(&two.merged(&both))), (both.picture(), settled(&both)));
    }
}

#[test]
fn a_year_that_both_laptops_clear_again_is_settled_once_more() {
    let (one, two, all) = settled_unlike();
    let mut desks = [one.merged(&two).copy(51, 0), two.merged(&one).copy(61, 60_000)];
    for desk in &mut desks {
        let listed = rows(desk, "年终");
        settle(desk, &listed[0], "再清一次");
    }
    let [one, two] = desks;
    let mut both = one.merged(&two);
    assert_eq!(both.village().balance(all[0]), -5);
    let listed = rows(&both, "年终");
    settle(&mut both, &listed[0], "保留先记的");
    assert_eq!((both.village().balance(all[0]), found(both.village())), (0, vec![]));
    // What is taken back by hand is asked about once more, and can be left so.
    let entries = both.village().entries.of(all[0]);
    let standing = entries.filter(|one| one.points < 0 && both.village().entries.reversal_of(one.id).is_none());
    let entry = standing.last().expect("the clearing").id;
    let mut by_hand = both.copy(71, 0);
    by_hand.act(Command::ReverseEntry { entry, reason: "议定不清".to_owned() }).expect("in order");
    let listed = rows(&by_hand, "年终");
    settle(&mut by_hand, &listed[0], "不清了");
    assert_eq!((by_hand.village().balance(all[0]), found(by_hand.village())), (5, vec![]));
    // One laptop clears and the other says that it is not to be: it is cleared.
    let (one, two, all) = settled_unlike();
    let mut desks = [one.merged(&two).copy(51, 0), two.merged(&one).copy(61, 60_000)];
    for (desk, label) in desks.iter_mut().zip(["再清一次", "不清了"]) {
        let listed = rows(desk, "年终");
        settle(desk, &listed[0], label);
    }
    let both = desks[0].merged(&desks[1]);
    assert_eq!((both.village().balance(all[0]), conflicts(both.village())), (0, vec![]));
}

/// What was redeemed since is not cleared, and what was earned since stays.
#[test]
fn clearing_again_takes_what_is_left_of_the_old_year() {
    let (one, two, all) = settled_unlike();
    let mut both = one.merged(&two);
    both.act(cleaning(&both, all[0])).expect("five of the new year");
    let soap = both.village().shelf.goods.iter().next().expect("goods").id;
    let mut spent = both.copy(51, 0);
    spent.act(Command::Redeem { account: all[0], basket: vec![(soap, 1)], proxy: String::new() }).expect("5 of 10");
    assert_eq!((rows(&spent, "年终"), found(spent.village())), (vec![], vec![]), "nothing of it is left");
    // December is closed meanwhile: the clearing is posted in the open month.
    for month in 9..=12 {
        both.act(close(Ledger::Villager, Month { year: 2025, month })).expect("in order");
    }
    let listed = rows(&both, "年终");
    settle(&mut both, &listed[0], "再清一次");
    let last = both.village().entries.of(all[0]).last().expect("the clearing");
    assert_eq!((last.date, last.points, both.village().balance(all[0])), (date(2026, 1, 3), -5, 5));
    assert_eq!((conflicts(both.village()), found(both.village())), (vec![], vec![]));
}

/// Where all of it is done on the last day of the year, clearing is offered as ever.
#[test]
fn what_both_took_back_on_the_last_day_is_cleared_as_ever() {
    let last = date(2025, 12, 31);
    let (one, two, all) = settled_unlike_on(last);
    let mut both = one.merged(&two);
    assert_eq!(rows(&both, "年终").len(), 1);
    assert_eq!(both.village().clearable(Ledger::Villager, last), [(all[0], 5)]);
    both.act(Command::ClearYear { ledger: Ledger::Villager, year: 2025 }).expect("five points");
    assert_eq!((both.village().balance(all[0]), conflicts(both.village()), found(both.village())), (0, vec![], vec![]));
}
