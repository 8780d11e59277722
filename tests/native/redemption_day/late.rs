//! A redemption day that is closed late, when more was handed out or counted since.

use cunzhi::domain::calendar::add_days;
use cunzhi::domain::command::{Command, Settlement};

use super::super::checks::found;
use super::super::support::{TODAY, Town};
use super::{DONE, close, redeem, stocked};

/// A day that is closed late says what there was then, not what there is now.
#[test]
fn a_day_closed_late_leaves_what_moved_since() {
    let later = |days: i32| add_days(TODAY, days);
    let stock = |town: &Town, goods| town.village.shelf.stock(goods);
    let differences = |town: &Town| -> Vec<_> {
        town.village.shelf.counts().iter().map(|one| (one.date, one.counted - one.expected)).collect()
    };
    // 50 less 42, of which one is missing; then two go out.
    let (mut town, soap) = stocked();
    redeem(&mut town, TODAY, "1-001", soap, 25);
    redeem(&mut town, TODAY, "1-002", soap, 17);
    redeem(&mut town, later(7), "1-002", soap, 2);
    let mut plain = town.clone();
    assert_eq!(close(&mut plain, 840, &[(soap, 7)], "摔坏 1 瓶"), DONE);
    assert_eq!((stock(&plain, soap), differences(&plain)), (5, vec![(TODAY, -1)]));
    let next = plain.village.day_goods(later(7))[0];
    assert_eq!((next.opening, next.received, next.issued, next.counted), (7, 0, 2, 5), "the next day began with less");
    assert_eq!(found(&plain.village), []);
    // A stocktake since has missed the bottle already: it is not missed twice.
    let counted = Command::Settle(Settlement::CountStock { goods: soap, counted: 5, note: "少 1 瓶".to_owned() });
    town.must(later(8), counted);
    redeem(&mut town, later(9), "1-002", soap, 1);
    assert_eq!(differences(&town), [(later(8), -1)]);
    assert_eq!(close(&mut town, 840, &[(soap, 7)], "摔坏 1 瓶"), DONE);
    assert_eq!((stock(&town, soap), differences(&town)), (4, vec![(later(8), 0), (TODAY, -1)]));
    let opening = |days| town.village.day_goods(later(days))[0].opening;
    assert_eq!([opening(7), opening(9)], [7, 5]);
    assert_eq!(found(&town.village), []);
}

/// What was handed out after the day was there on it.
#[test]
fn a_day_closed_late_has_at_least_what_went_out_since() {
    // 50 less 2; then 46 go out, 10 come in and 1 goes out.
    let (mut town, soap) = stocked();
    let later = |days: i32| add_days(TODAY, days);
    let too_few = |least: i64| {
        format!(
            "9月26日 收场以后「洗衣液 2 kg」还发出去过,收场时至少有 {least} 瓶。请核对那天的清点数;现在少了的,请在「物品」里盘点。"
        )
    };
    redeem(&mut town, TODAY, "1-001", soap, 2);
    let mut same_day = town.clone();
    assert_eq!(close(&mut same_day, 40, &[(soap, 0)], "全坏了"), DONE, "nothing went out since");
    for (number, quantity) in [("1-001", 23), ("1-002", 23)] {
        assert_eq!(redeem(&mut town, later(1), number, soap, quantity), DONE);
    }
    let receive = Command::ReceiveStock { goods: soap, quantity: 10, source: super::super::support::source() };
    town.must(later(2), receive);
    assert_eq!(redeem(&mut town, later(3), "1-002", soap, 1), DONE);
    for (counted, expected) in [(0, too_few(46)), (45, too_few(46)), (46, DONE.to_owned())] {
        let mut town = town.clone();
        assert_eq!(close(&mut town, 40, &[(soap, counted)], "摔坏"), expected, "{counted}");
        assert_eq!(found(&town.village), [], "{counted}");
    }
    // A stocktake since came upon what was missing: what went out after it says nothing of the day.
    let counted = Command::Settle(Settlement::CountStock { goods: soap, counted: 3, note: "少 8 瓶".to_owned() });
    town.must(later(4), counted);
    assert_eq!(redeem(&mut town, later(4), "1-002", soap, 1), DONE);
    for (counted, expected) in [(45, too_few(46)), (46, DONE.to_owned()), (51, DONE.to_owned())] {
        let mut town = town.clone();
        assert_eq!(close(&mut town, 40, &[(soap, counted)], "摔坏"), expected, "{counted}");
        assert_eq!(town.village.shelf.stock(soap), 2);
        let day = town.village.day_goods(later(4))[0];
        assert_eq!((day.opening, day.received, day.issued, day.counted), (3, 0, 1, 2), "it began after the stocktake");
    }
}

/// The smallest case that any acts came upon: one of two pieces is said to be
/// missing from a day after which both were handed out.
#[test]
fn the_last_piece_is_handed_out_before_the_day_is_closed() {
    let (mut town, _) = stocked();
    let towel = town.add_goods("毛巾", 5, 2);
    let left = |town: &Town| town.village.shelf.stock(towel);
    redeem(&mut town, TODAY, "1-001", towel, 1);
    redeem(&mut town, add_days(TODAY, 1), "1-002", towel, 1);
    let soap = town.village.day_goods(TODAY)[0].goods;
    let refused = close(&mut town, 5, &[(soap, 50), (towel, 0)], "少 1 条");
    assert!(refused.contains("「毛巾」还发出去过,收场时至少有 1 瓶"), "{refused}");
    assert_eq!((left(&town), found(&town.village)), (0, vec![]));
    assert_eq!(close(&mut town, 5, &[(soap, 50), (towel, 1)], ""), DONE);
    assert_eq!(left(&town), 0);
}
