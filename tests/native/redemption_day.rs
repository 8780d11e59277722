//! A redemption day from the first basket to the close-out, the limits of
//! goods, and the drill of a whole day.

mod late;
mod stocktake;

use std::collections::HashSet;

use cunzhi::domain::calendar::{Month, add_days};
use cunzhi::domain::command::{Command, NewGoods, Settlement};
use cunzhi::domain::id::GoodsId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::redemption_day::{DayGoods, DayPoints, NewDayClosing};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::domain::roster::RosterDraft;
use cunzhi::report::day_closing::{UndoList, reopening, undo_list};
use cunzhi::report::worth::unlike;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::checks::found;
use super::support::{TODAY, Town, goods, home, new_village, sentence};

const DONE: &str = "没有拒绝";
const NEXT_QUARTER: Date = date(2025, 12, 30);

/// Two households with 500 points each, and soap for 20 (stock 50).
fn stocked() -> (Town, GoodsId) {
    let mut town = Town::small();
    for number in ["1-001", "1-002"] {
        town.record(TODAY, "治安巡逻、防汛值守", town.household(number), 100).expect("500 points");
    }
    let soap = town.add_goods("洗衣液 2 kg", 20, 50);
    (town, soap)
}

fn redeem(town: &mut Town, day: Date, number: &str, goods: GoodsId, quantity: u32) -> String {
    let account = town.household(number);
    let command = Command::Redeem { account, basket: vec![(goods, quantity)], proxy: String::new() };
    sentence(town.tell(day, command))
}

fn close(town: &mut Town, on_paper: u32, counted: &[(GoodsId, u32)], note: &str) -> String {
    let new = NewDayClosing { day: TODAY, on_paper, counted: counted.to_vec(), note: note.to_owned() };
    sentence(town.tell(TODAY, Command::CloseDay(new)))
}

fn terms(town: &Town, goods: GoodsId) -> GoodsTerms {
    town.village.shelf.terms(goods).expect("known goods")
}

#[test]
fn terms_hold_from_now_on() {
    let (mut town, soap) = stocked();
    let plain = terms(&town, soap);
    assert_eq!((plain.price_points, plain.quarter_limit, plain.is_offered), (20, None, true));
    assert_eq!(redeem(&mut town, TODAY, "1-001", soap, 1), DONE);
    let set = |town: &mut Town, terms| sentence(town.tell(TODAY, Command::SetGoodsTerms(terms)));
    for (terms, expected) in [
        (plain, "没有改动,不用保存。"),
        (GoodsTerms { price_points: 0, ..plain }, "请填写积分单价(1 分以上)。"),
        (GoodsTerms { price_points: 100_001, ..plain }, "积分单价最多 100000 分,请改小。"),
        (GoodsTerms { quarter_limit: Some(0), ..plain }, "每户限兑要填 1 以上;不限就留空,不再兑换请选「停兑」。"),
        (GoodsTerms { goods: GoodsId::from_raw(99), ..plain }, "找不到这种物品,请刷新后再试。"),
        (GoodsTerms { price_points: 25, quarter_limit: Some(2), ..plain }, DONE),
    ] {
        assert_eq!(set(&mut town, terms), expected);
    }
    // What was redeemed keeps its price, and counts under the limit.
    assert_eq!(town.village.balance(town.household("1-001")), 480);
    let full = "「洗衣液 2 kg」每户每季最多兑 2 瓶,这一户本季已兑 1 瓶。请减少数量或换一种。";
    assert_eq!(redeem(&mut town, TODAY, "1-001", soap, 2), full);
    assert_eq!(redeem(&mut town, TODAY, "1-001", soap, 1), DONE);
    assert_eq!(town.village.balance(town.household("1-001")), 455);
    assert_eq!(redeem(&mut town, NEXT_QUARTER, "1-001", soap, 2), DONE, "a new quarter");
    let now = terms(&town, soap);
    assert_eq!(set(&mut town, GoodsTerms { is_offered: false, ..now }), DONE);
    assert_eq!(redeem(&mut town, NEXT_QUARTER, "1-002", soap, 1), "「洗衣液 2 kg」已经停兑,请换一种。");
}

#[test]
fn an_undone_redemption_leaves_room_under_the_limit() {
    let (mut town, soap) = stocked();
    town.must(TODAY, Command::SetGoodsTerms(GoodsTerms { quarter_limit: Some(1), ..terms(&town, soap) }));
    assert_eq!(redeem(&mut town, TODAY, "1-001", soap, 1), DONE);
    let last = town.village.shelf.redemptions().last().expect("a redemption").id;
    town.must(TODAY, Command::UndoRedemption(last));
    assert_eq!(redeem(&mut town, TODAY, "1-001", soap, 1), DONE);
}

#[test]
fn a_day_is_closed_when_paper_and_shelf_say_the_same_or_somebody_says_why() {
    let (mut town, soap) = stocked();
    assert_eq!(close(&mut town, 0, &[], ""), "2025年9月26日 没有兑换,不用对账。");
    redeem(&mut town, TODAY, "1-001", soap, 2);
    redeem(&mut town, TODAY, "1-002", soap, 3);
    for (on_paper, counted, note, expected) in [
        (100, &[][..], "", "「洗衣液 2 kg」还没有清点,请填上实有数量。"),
        (100, &[(soap, 100_001)], "", "数量要在 1 到 100000 之间。"),
        (95, &[(soap, 45)], " ", "签领表比账上少 5 分。请写明差额的原因,再收场。"),
        (101, &[(soap, 44)], "", "签领表比账上多 1 分,1 种物品清点有差额。请写明差额的原因,再收场。"),
        (100, &[(soap, 46)], "", "1 种物品清点有差额。请写明差额的原因,再收场。"),
        (100, &[(soap, 45)], "", DONE),
    ] {
        assert_eq!(close(&mut town, on_paper, counted, note), expected);
    }
    let closing = town.village.shelf.days.closing(TODAY).expect("closed").clone();
    assert_eq!(closing.points, DayPoints { opening: 1_000, redeemed: 100, closing: 900, on_paper: 100 });
    assert_eq!((closing.points.posted(), closing.points.difference()), (0, 0));
    let shelf: Vec<_> = closing.goods.iter().map(|goods| (goods.opening, goods.issued, goods.expected())).collect();
    assert_eq!(shelf, [(50, 5, 45)]);
}

#[test]
fn a_closed_day_is_closed_until_it_is_reopened() {
    let (mut town, soap) = stocked();
    redeem(&mut town, TODAY, "1-001", soap, 1);
    assert_eq!(
        sentence(town.tell(TODAY, Command::ReopenDay { day: TODAY, reason: "x".to_owned() })),
        "9月26日 还没有收场对账,不用重新开场。"
    );
    assert_eq!(close(&mut town, 20, &[(soap, 48)], "搬运时打破 1 瓶"), DONE);
    assert_eq!(town.village.shelf.stock(soap), 48, "what was counted is what there is");
    let closed = "9月26日 的兑换已经收场对账,不能再改。确实要接着办,请先在「收场对账」里重新开场并写明原因。";
    let last = town.village.shelf.redemptions().last().expect("a redemption").id;
    assert_eq!(redeem(&mut town, TODAY, "1-002", soap, 1), closed);
    assert_eq!(sentence(town.tell(TODAY, Command::UndoRedemption(last))), closed);
    assert_eq!(close(&mut town, 20, &[(soap, 48)], ""), closed);
    for (reason, expected) in [(" ", "请填写重新开场的原因。"), ("又来了两户", DONE)] {
        let reopen = Command::ReopenDay { day: TODAY, reason: reason.to_owned() };
        assert_eq!(sentence(town.tell(TODAY, reopen)), expected);
    }
    assert_eq!(redeem(&mut town, TODAY, "1-002", soap, 1), DONE);
    // The bottle that broke was explained once; the second close-out finds nothing.
    assert_eq!(close(&mut town, 40, &[(soap, 47)], ""), DONE);
    let day = town.village.shelf.days.get(TODAY).expect("a day");
    assert_eq!((day.closings.len(), day.reopenings.len()), (2, 1));
    assert_eq!(redeem(&mut town, add_days(TODAY, 1), "1-002", soap, 1), DONE, "another day");
}

/// Reopens the day of the first redemption, on another day.
fn reopen(town: &mut Town, day: Date) -> String {
    sentence(town.tell(day, Command::ReopenDay { day: TODAY, reason: "记错一户".to_owned() }))
}

#[test]
fn a_redemption_of_an_earlier_day_is_undone_once_the_day_is_reopened() {
    let (mut town, soap) = stocked();
    let home = town.household("1-001");
    redeem(&mut town, TODAY, "1-001", soap, 2);
    redeem(&mut town, TODAY, "1-002", soap, 3);
    let wrong = town.village.shelf.redemptions().next().expect("a redemption").id;
    let undo = |town: &mut Town, day| sentence(town.tell(day, Command::UndoRedemption(wrong)));
    let (next, october) = (add_days(TODAY, 1), date(2025, 10, 2));
    let late = "这笔兑换是 9月26日 的,隔天不能直接撤销。东西退回来了的,请在存折里退还;是记错的,请在「收场对账」里给那一天收场,再重新开场并写明原因,就能撤销。";
    let closed = "9月26日 的兑换已经收场对账,不能再改。确实要接着办,请先在「收场对账」里重新开场并写明原因。";
    assert_eq!(undo(&mut town, next), late);
    redeem(&mut town, next, "1-002", soap, 4);
    assert_eq!(close(&mut town, 100, &[(soap, 45)], ""), DONE);
    assert_eq!((undo(&mut town, next), undo_list(&town.village, TODAY)), (closed.to_owned(), None));
    assert_eq!(reopen(&mut town, october), DONE);
    let list = undo_list(&town.village, TODAY).expect("reopened");
    let rows: Vec<_> = list.rows.iter().map(|row| (row.who.as_str(), row.goods.as_str(), row.points)).collect();
    assert_eq!(rows, [("1-001 张三", "洗衣液 2 kg ×2", 40), ("1-002 周五", "洗衣液 2 kg ×3", 60)]);
    // The notice of a closed month hangs on the wall.
    let mut noticed = town.clone();
    noticed.must(october, super::oversight::close(Ledger::Villager, Month::of(TODAY)));
    let kept = "2025年9月已经月结公示,那个月的兑换不能再撤销。要退的请在存折里退还:分和物品记在今天,公示过的不变。";
    assert_eq!(undo(&mut noticed, october), kept);
    assert_eq!(undo_list(&noticed.village, TODAY), Some(UndoList { rows: vec![], kept: 2 }));

    let before = town.village.day_points(TODAY).expect("a day");
    assert_eq!(undo(&mut town, october), DONE);
    assert_eq!(undo(&mut town, october), "这笔兑换已经撤销过了。");
    assert_eq!((town.village.balance(home), town.village.shelf.stock(soap)), (500, 43));
    let after = town.village.day_points(TODAY).expect("a day");
    assert_eq!((after.opening, after.redeemed, after.closing), (before.opening, 60, before.closing + 40));
    let goods = |town: &Town, day| {
        let goods = town.village.day_goods(day)[0];
        (goods.opening, goods.received, goods.issued, goods.counted)
    };
    assert_eq!((goods(&town, TODAY), goods(&town, next)), ((50, 0, 3, 47), (47, 0, 4, 43)));
    assert_eq!(undo_list(&town.village, TODAY).map(|list| list.rows.len()), Some(1));
    assert_eq!(close(&mut town, 60, &[(soap, 47)], ""), DONE);
    assert_eq!((undo_list(&town.village, TODAY), found(&town.village)), (None, vec![]));
    assert_eq!(redeem(&mut town, next, "1-001", soap, 1), DONE, "the points can be spent");
}

#[test]
fn a_stocktake_that_found_what_was_never_handed_out_is_not_doubled() {
    let (mut town, soap) = stocked();
    redeem(&mut town, TODAY, "1-001", soap, 2);
    assert_eq!(close(&mut town, 40, &[(soap, 48)], ""), DONE);
    let counted = Command::Settle(Settlement::CountStock { goods: soap, counted: 50, note: "多 2 瓶".to_owned() });
    town.must(add_days(TODAY, 1), counted);
    assert_eq!(reopen(&mut town, add_days(TODAY, 2)), DONE);
    let wrong = town.village.shelf.redemptions().next().expect("a redemption").id;
    town.must(add_days(TODAY, 2), Command::UndoRedemption(wrong));
    assert_eq!(town.village.shelf.stock(soap), 50);
    assert_eq!(found(&town.village), []);
}

#[test]
fn reopening_says_what_can_be_done_then() {
    let (mut town, soap) = stocked();
    redeem(&mut town, TODAY, "1-001", soap, 2);
    let october = date(2025, 10, 2);
    let done = |town: &Town, day| reopening(&town.village, TODAY, day).done;
    assert_eq!(done(&town, TODAY), "已重新开场,可以接着兑换。");
    assert_eq!(done(&town, october), "已重新开场,可以撤销那天记错的兑换。");
    town.must(october, super::oversight::close(Ledger::Villager, Month::of(TODAY)));
    assert_eq!(done(&town, october), "已重新开场,请重新清点对账。");
}

#[test]
fn points_posted_and_goods_delivered_on_the_day_are_told_apart() {
    let (mut town, soap) = stocked();
    redeem(&mut town, TODAY, "1-001", soap, 1);
    town.record(TODAY, "志愿服务", town.household("2-001"), 3).expect("6 points");
    town.must(TODAY, Command::ReceiveStock { goods: soap, quantity: 10, source: super::support::source() });
    let points = town.village.day_points(TODAY).expect("a day");
    assert_eq!((points.opening, points.redeemed, points.closing, points.posted()), (1_000, 20, 986, 6));
    let goods = town.village.day_goods(TODAY)[0];
    assert_eq!((goods.opening, goods.received, goods.issued, goods.expected()), (50, 10, 1, 59));
    // What happens on a later day changes nothing of this one.
    redeem(&mut town, add_days(TODAY, 1), "1-002", soap, 7);
    let later = town.village.day_points(TODAY).expect("a day");
    assert_eq!((later.redeemed, later.closing), (20, 986));
    assert_eq!(town.village.day_goods(TODAY)[0], goods);
}

/// 180 households redeem 6,340 points of 20,500: 14,160 stay.
#[test]
fn the_drill() {
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(new_village()));
    let numbers: Vec<String> = (1..=180).map(|n| format!("1-{n:03}")).collect();
    let households = numbers.iter().map(|number| home(number, "", &[("户主", None)])).collect();
    town.must(TODAY, Command::ImportRoster(RosterDraft { households }));
    // 160 × 114 + 20 × 113 = 20,500.
    for (place, number) in numbers.iter().enumerate() {
        let account = town.household(number);
        let points = if place < 160 { 114 } else { 113 };
        town.record(TODAY, "治安巡逻、防汛值守", account, points / 5).expect("fives");
        for _ in 0..points % 5 {
            town.post_one(TODAY, account);
        }
    }
    // 180 households: 158 take soap and salt (35), 22 a towel (30) and one of them two more: 158 × 35 + 27 × 30 = 6,340.
    // A point is worth 0.75 元, and goods are priced by what they cost.
    let rate_cents = 75;
    town.must(TODAY, Command::ChangeSettings(Settings { rate_cents, ..town.village.settings }));
    let mut priced = |name: &str, price_cents: u32, opening_stock: u32| {
        let new = NewGoods { price_cents, ..goods(name, price_cents / rate_cents, opening_stock) };
        town.must(TODAY, Command::AddGoods(new));
        town.village.shelf.goods.iter().last().expect("just added").id
    };
    let (soap, salt, towel) = (priced("洗衣液", 1_500, 158), priced("食盐", 1_125, 200), priced("毛巾", 2_250, 30));
    assert_eq!([soap, salt, towel].map(|goods| terms(&town, goods).price_points), [20, 15, 30]);
    assert!(unlike(&town.village).is_empty());
    let opening = town.village.villager_points();
    assert_eq!(opening, 20_500);
    for (place, number) in numbers.iter().enumerate() {
        let account = town.household(number);
        let basket = match place {
            ..158 => vec![(soap, 1), (salt, 1)],
            158..163 => vec![(towel, 2)],
            _ => vec![(towel, 1)],
        };
        town.must(TODAY, Command::Redeem { account, basket, proxy: String::new() });
    }
    let points = town.village.day_points(TODAY).expect("a day");
    assert_eq!(points, DayPoints { opening: 20_500, redeemed: 6_340, closing: 14_160, on_paper: 0 });
    let served: HashSet<Account> = town.village.shelf.redemptions().map(|one| one.account).collect();
    assert_eq!(served.len(), 180);
    // In 元 the goods that were handed out are worth the points at their rate, and none ran below zero.
    let cents = |goods: &DayGoods| goods.issued * i64::from(terms(&town, goods.goods).price_cents);
    let worth: i64 = town.village.day_goods(TODAY).iter().map(cents).sum();
    assert_eq!(worth, points.redeemed * i64::from(rate_cents));
    assert_eq!(worth, 475_500, "4,755 元");
    assert_eq!([soap, salt, towel].map(|goods| town.village.shelf.stock(goods)), [0, 42, 3]);
    assert_eq!(close(&mut town, 6_340, &[(soap, 0), (salt, 42), (towel, 3)], ""), DONE);
}

/// One thing that may be tried on a redemption day.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Redeem(usize, usize, u32),
    Undo(usize),
    Deliver(usize, u32),
    Price(usize, u32),
    Close(u32),
    Reopen(i32),
    Tomorrow,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        5 => (0..3_usize, 0..2_usize, 1..9_u32).prop_map(|(home, goods, quantity)| Deed::Redeem(home, goods, quantity)),
        1 => (0..4_usize).prop_map(Deed::Undo),
        1 => (0..2_usize, 1..20_u32).prop_map(|(goods, quantity)| Deed::Deliver(goods, quantity)),
        1 => (0..2_usize, 1..60_u32).prop_map(|(goods, price)| Deed::Price(goods, price)),
        1 => (0..40_u32).prop_map(Deed::Close),
        1 => (0..3_i32).prop_map(Deed::Reopen),
        1 => Just(Deed::Tomorrow),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// Whatever is tried: no balance and no stock below zero, and the sums of every day meet.
    #[test]
    fn a_redemption_day_keeps_its_sums(deeds in proptest::collection::vec(deed(), 1..60)) {
        let (mut town, soap) = stocked();
        let goods = [soap, town.add_goods("食盐", 5, 30)];
        let mut day = TODAY;
        for deed in deeds {
            let before = town.village.villager_points();
            let command = match deed {
                Deed::Redeem(home, item, quantity) => {
                    let account = town.household(["1-001", "1-002", "2-001"][home]);
                    Command::Redeem { account, basket: vec![(goods[item], quantity)], proxy: String::new() }
                }
                Deed::Undo(back) => match town.village.shelf.redemptions().rev().nth(back) {
                    Some(last) => Command::UndoRedemption(last.id),
                    None => continue,
                },
                Deed::Deliver(item, quantity) => {
                    Command::ReceiveStock { goods: goods[item], quantity, source: super::support::source() }
                }
                Deed::Price(item, price_points) => {
                    Command::SetGoodsTerms(GoodsTerms { price_points, ..terms(&town, goods[item]) })
                }
                Deed::Close(counted) => Command::CloseDay(NewDayClosing {
                    day,
                    on_paper: 0,
                    counted: goods.iter().map(|goods| (*goods, counted)).collect(),
                    note: "清点".to_owned(),
                }),
                Deed::Reopen(back) => {
                    Command::ReopenDay { day: add_days(day, -back), reason: "接着兑".to_owned() }
                }
                Deed::Tomorrow => {
                    day = add_days(day, 1);
                    continue;
                }
            };
            if town.tell(day, command).is_err() {
                prop_assert_eq!(before, town.village.villager_points(), "a refusal changes nothing");
            }
            for number in ["1-001", "1-002", "2-001"] {
                prop_assert!(town.village.balance(town.household(number)) >= 0);
            }
            prop_assert_eq!(found(&town.village), [], "every check");
            for (begun, _) in town.village.shelf.days.iter() {
                let points = town.village.day_points(begun).expect("a day");
                prop_assert_eq!(points.posted(), 0, "nothing was posted since the first day began");
                for goods in town.village.day_goods(begun) {
                    prop_assert_eq!(goods.difference(), 0);
                    prop_assert!(town.village.shelf.stock(goods.goods) >= 0);
                }
            }
        }
    }
}
