//! Goods that became one, and what a laptop that does not know of it yet does
//! with its own entry of them.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::id::GoodsId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::domain::points::shelf::{GoodsTerms, StockSource};
use cunzhi::report::conflicts::conflicts;

use super::created::{salt, salt_on_both};
use super::{cleaning, rows, settle};
use crate::checks::found;
use crate::laptops::Desk;
use crate::support::TODAY;

/// One laptop joined the two entries of 食盐 today, 24 in stock, after an hour; the other
/// one, whose entry went, does not know of it. Its clock shows that many days later.
fn joined_on_one(days: i32) -> (Desk, Desk) {
    let (left, right) = salt_on_both(|_| ());
    let mut both = left.merged(&right);
    both.clock = Moment(both.clock.0 + 3600 * 1000);
    let row = rows(&both, "物品").remove(0);
    settle(&mut both, &row, "是同一种,合并");
    let mut late = right.copy(21, 0);
    if days > 0 {
        late.clock = Moment::at(add_days(TODAY, days), 9, 0);
    }
    (both, late)
}

fn own_salt(desk: &Desk) -> GoodsId {
    desk.village().shelf.goods.iter().last().expect("its own").id
}

fn account(desk: &Desk) -> Account {
    Account::Household(desk.village().people.households.iter().nth(2).expect("a household").id)
}

fn redeem_one(desk: &mut Desk) {
    let (account, own) = (account(desk), own_salt(desk));
    desk.act(cleaning(desk, account)).expect("in order");
    desk.act(Command::Redeem { account, basket: vec![(own, 1)], proxy: String::new() }).expect("in order");
}

fn count_own(desk: &mut Desk, counted: u32) {
    let (goods, note) = (own_salt(desk), "少了一瓶".to_owned());
    desk.act(Command::Settle(Settlement::CountStock { goods, counted, note })).expect("in order");
}

/// What merging makes of both, whichever is merged into which.
fn merged(both: &Desk, late: &Desk) -> Desk {
    let all = both.merged(late);
    assert!(all.picture() == late.merged(both).picture(), "commutative");
    all
}

#[test]
fn what_was_done_with_either_entry_counts_in_the_one_stock() {
    // Before the joining and after it.
    for days in [0, 1] {
        let (both, mut late) = joined_on_one(days);
        redeem_one(&mut late);
        let goods = own_salt(&late);
        late.act(Command::ReceiveStock { goods, quantity: 5, source: StockSource::Donated }).expect("in order");
        let all = merged(&both, &late);
        assert_eq!(salt(&all), [(28, 5, true), (0, 4, false)], "{days} days later");
        assert_eq!((rows(&all, "库存"), found(all.village())), (vec![], vec![]));
        // What comes back afterwards comes into the one stock too.
        let mut undone = all.copy(40, 0);
        undone.clock = late.clock;
        let redemption = undone.village().shelf.redemptions().last().expect("it").id;
        undone.act(Command::UndoRedemption(redemption)).expect("in order");
        assert_eq!((salt(&undone)[0].0, found(undone.village())), (29, vec![]));
    }
}

#[test]
fn what_is_undone_from_before_the_joining_comes_into_the_one_stock() {
    let (left, right) = salt_on_both(|_| ());
    let mut both = left.merged(&right);
    let counted = both.village().day_goods(TODAY).into_iter();
    let counted = counted.map(|one| (one.goods, u32::try_from(one.counted).expect("some"))).collect();
    both.act(Command::CloseDay(NewDayClosing { day: TODAY, on_paper: 9, counted, note: String::new() }))
        .expect("in order");
    both.clock = Moment::at(add_days(TODAY, 1), 9, 0);
    let row = rows(&both, "物品").remove(0);
    settle(&mut both, &row, "是同一种,合并");
    // Redemptions of yesterday, of either entry: nobody has counted anything since.
    let redemptions: Vec<_> = both.village().shelf.redemptions().map(|one| one.id).collect();
    assert_eq!((redemptions.len(), salt(&both)[0].0), (2, 24));
    both.act(Command::ReopenDay { day: TODAY, reason: "记错了户".to_owned() }).expect("in order");
    for (redemption, stock) in redemptions.into_iter().zip([25, 26]) {
        both.act(Command::UndoRedemption(redemption)).expect("in order");
        assert_eq!(salt(&both), [(stock, 5, true), (0, 4, false)]);
        assert_eq!(found(both.village()), []);
    }
}

#[test]
fn what_is_offered_again_elsewhere_can_be_joined_again() {
    let (both, mut late) = joined_on_one(1);
    let terms = late.village().shelf.terms(own_salt(&late)).expect("its own");
    late.act(Command::SetGoodsTerms(GoodsTerms { price_points: 6, ..terms })).expect("in order");
    let mut all = merged(&both, &late);
    assert_eq!(salt(&all), [(24, 5, true), (0, 6, true)]);
    let row = rows(&all, "物品").remove(0);
    settle(&mut all, &row, "是同一种,合并");
    assert_eq!(salt(&all), [(24, 5, true), (0, 6, false)]);
    assert_eq!(conflicts(all.village()), []);
}

#[test]
fn what_was_counted_of_a_part_before_it_became_one_counts() {
    let (both, mut late) = joined_on_one(0);
    count_own(&mut late, 11);
    assert_eq!(salt(&merged(&both, &late)), [(23, 5, true), (0, 4, false)]);
}

#[test]
fn what_was_counted_of_a_part_afterwards_is_listed_and_changes_nothing() {
    let (both, mut late) = joined_on_one(1);
    count_own(&mut late, 11);
    let all = merged(&both, &late);
    assert_eq!(salt(&all), [(24, 5, true), (0, 4, false)]);
    let listed: Vec<_> = conflicts(all.village()).into_iter().map(|row| (row.kind, row.title, row.detail)).collect();
    let detail = "9月27日 09:01 记的这一笔没有算进去:那一条物品在另一台电脑上已经并到另一条里。还需要的,请到原来的地方再记一次。";
    assert_eq!(listed, [("物品", "食盐".to_owned(), detail.to_owned())]);
}

#[test]
fn what_was_missing_of_a_part_at_the_end_of_a_day_is_missing_of_the_whole() {
    let (both, mut late) = joined_on_one(1);
    redeem_one(&mut late);
    let (day, own) = (late.clock.date(), own_salt(&late));
    let counted = late.village().day_goods(day).into_iter().map(|one| {
        let there = u32::try_from(one.counted).expect("some");
        (one.goods, if one.goods == own { there - 1 } else { there })
    });
    let (counted, note) = (counted.collect(), "少了一瓶".to_owned());
    late.act(Command::CloseDay(NewDayClosing { day, on_paper: 4, counted, note })).expect("in order");
    let all = merged(&both, &late);
    assert_eq!(salt(&all), [(22, 5, true), (0, 4, false)]);
}
