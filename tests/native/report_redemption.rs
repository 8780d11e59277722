//! What is seen and printed around a redemption day: the demand, the
//! checklist, the close-out, the movements of stock, and papers for the hall.

use cunzhi::domain::calendar::{Moment, Quarter, add_days};
use cunzhi::domain::command::{Command, NewGoods, Settlement};
use cunzhi::domain::id::GoodsId;
use cunzhi::domain::points::redemption_day::{DayPoints, NewDayClosing};
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::report::day_closing::{day_sheet, difference_words, points_equation, redemption_days};
use cunzhi::report::hall_papers::{cards, entitled_list, price_list};
use cunzhi::report::preparation::{checklist, demand};
use cunzhi::report::shelf_list::{Span, signature_list, spans};
use cunzhi::report::signature_pages::signature_paper;
use cunzhi::report::stock_ledger::stock_ledger;
use cunzhi::report::worth::worth_words;
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, goods, source};

/// A day in the quarter after that of the tests.
const LATER: Date = date(2025, 10, 20);

/// 1-001 has 500 points and took 3 soap (20 each, 10 there) and all 4 towels (10 each) on the day.
fn served() -> (Town, GoodsId, GoodsId) {
    let mut town = Town::small();
    town.record(TODAY, "治安巡逻、防汛值守", town.household("1-001"), 100).expect("500 points");
    let (soap, towel) = (town.add_goods("洗衣液", 20, 10), town.add_goods("毛巾", 10, 4));
    let (account, basket) = (town.household("1-001"), vec![(soap, 3), (towel, 4)]);
    town.must(TODAY, Command::Redeem { account, basket, proxy: String::new() });
    (town, soap, towel)
}

#[test]
fn the_demand_follows_the_last_quarter_and_the_points_that_are_out() {
    let mut town = Town::small();
    town.add_goods("洗衣液", 20, 10);
    let none = demand(&town.village, TODAY);
    assert_eq!((none.rows.len(), none.points.as_str()), (0, ""));
    assert!(none.basis.contains("还没有兑换过"), "{}", none.basis);

    let (mut town, soap, towel) = served();
    assert!(demand(&town.village, TODAY).rows.is_empty(), "the present quarter is no example");
    let rows = |town: &Town| {
        let rows = demand(&town.village, LATER).rows.into_iter();
        rows.map(|row| (row.goods, row.before, row.estimate, row.stock, row.short, row.ran_out)).collect::<Vec<_>>()
    };
    // 400 points are out where 500 were: four fifths, rounded up.
    assert_eq!(rows(&town), [(soap, 3, 3, 7, 0, false), (towel, 4, 4, 0, 4, true)]);
    assert_eq!(demand(&town.village, LATER).points, "80");
    town.record(LATER, "治安巡逻、防汛值守", town.household("1-002"), 120).expect("600 points");
    assert_eq!(rows(&town), [(soap, 3, 6, 7, 0, false), (towel, 4, 8, 0, 8, true)]);
    let terms = town.village.shelf.terms(towel).expect("known goods");
    town.must(LATER, Command::SetGoodsTerms(GoodsTerms { price_cents: 333, ..terms }));
    assert_eq!(demand(&town.village, LATER).budget, "27 元", "8 × 3.33");
    let terms = town.village.shelf.terms(towel).expect("known goods");
    town.must(LATER, Command::SetGoodsTerms(GoodsTerms { is_offered: false, ..terms }));
    assert_eq!(rows(&town).len(), 1, "what is not offered is not needed");
}

#[test]
fn the_checklist_says_what_to_do_first() {
    let (mut town, soap, towel) = served();
    let lines = |town: &Town, day, saved: Option<Date>| -> Vec<(bool, String)> {
        let saved = saved.map(|day| Moment::at(day, 9, 0));
        checklist(&town.village, day, saved).into_iter().map(|line| (line.is_open, line.sentence)).collect()
    };
    let before = lines(&town, LATER, None);
    assert_eq!(before.iter().map(|line| line.0).collect::<Vec<_>>(), [true, true, true, false, true, false]);
    assert!(before[1].1.contains("毛巾等 1 种"), "{}", before[1].1);
    assert!(before[2].1.contains("9月26日等 1 个兑换日还没有收场对账"), "{}", before[2].1);
    let counted = vec![(soap, 7), (towel, 0)];
    let new = NewDayClosing { day: TODAY, on_paper: 100, counted, note: String::new() };
    town.must(TODAY, Command::CloseDay(new));
    for goods in [soap, towel] {
        town.must(TODAY, Command::ReceiveStock { goods, quantity: 100, source: source() });
    }
    let after = lines(&town, LATER, Some(add_days(LATER, -6)));
    assert!(after.iter().all(|line| !line.0), "{after:?}");
    assert!(lines(&town, LATER, Some(add_days(LATER, -7)))[4].0, "a week is old");
}

#[test]
fn the_close_out_is_shown_as_it_was_said() {
    let (mut town, soap, towel) = served();
    let sheet = |town: &Town| day_sheet(&town.village, TODAY, TODAY).expect("a day");
    let open = sheet(&town);
    assert_eq!((open.is_closed, open.points.redeemed, open.rows.len()), (false, 100, 2));
    assert!(day_sheet(&town.village, LATER, TODAY).is_none());
    let counted = vec![(soap, 6), (towel, 0)];
    let new = NewDayClosing { day: TODAY, on_paper: 98, counted, note: "打破一瓶".to_owned() };
    town.must(TODAY, Command::CloseDay(new));
    // What happens later does not change the sheet that was signed.
    town.record(LATER, "志愿服务", town.household("1-002"), 3).expect("6 points");
    let closed = sheet(&town);
    assert_eq!(
        (closed.is_closed, closed.note.as_str(), closed.title.as_str()),
        (true, "打破一瓶", "柳湾村9月26日兑换日对账单")
    );
    assert_eq!((closed.points.difference(), closed.points.posted()), (-2, 0));
    assert_eq!(closed.rows.iter().map(|row| row.figures.difference()).collect::<Vec<_>>(), [-1, 0]);
    assert!(closed.earlier.is_empty());
    // Once it was opened again, what had been said can still be looked at.
    let mut again = town.clone();
    again.must(TODAY, Command::ReopenDay { day: TODAY, reason: "又来了一户".to_owned() });
    let reopened = sheet(&again);
    assert_eq!((reopened.is_closed, reopened.note.as_str(), reopened.earlier.len()), (false, "", 1));
    let earlier = &reopened.earlier[0];
    assert_eq!(
        (earlier.title.as_str(), earlier.note.as_str(), earlier.reopened.as_str()),
        ("第 1 次对账", "打破一瓶", "又来了一户")
    );
    assert_eq!((earlier.points, &earlier.rows), (closed.points, &closed.rows));
    let counted = vec![(soap, 6), (towel, 0)];
    again.must(TODAY, Command::CloseDay(NewDayClosing { day: TODAY, on_paper: 100, counted, note: String::new() }));
    let twice = sheet(&again);
    assert_eq!((twice.is_closed, twice.points.difference(), twice.earlier.len()), (true, 0, 1));
    let days = redemption_days(&town.village, TODAY);
    assert_eq!(
        days.iter().map(|row| (row.served.as_str(), row.points, row.is_closed)).collect::<Vec<_>>(),
        [("1 户", 100, true)]
    );
    let points = |opening, redeemed, closing| DayPoints { opening, redeemed, closing, on_paper: 0 };
    for (points, expected) in [
        (points(20_500, 6_340, 14_160), "开场 20,500 − 兑换 6,340 = 收场 14,160"),
        (points(1_000, 20, 986), "开场 1,000 − 兑换 20 + 入账 6 = 收场 986"),
        (points(1_000, 20, 975), "开场 1,000 − 兑换 20 − 扣分 5 = 收场 975"),
    ] {
        assert_eq!(points_equation(&points), expected);
    }
    for (difference, expected) in [(0, "差 0"), (2, "多 2"), (-1_000, "少 1,000")] {
        assert_eq!(difference_words(difference), expected);
    }
}

#[test]
fn two_days_of_a_quarter_have_a_list_each() {
    let (mut town, soap, _) = served();
    let next = add_days(TODAY, 2);
    let (account, basket) = (town.household("1-001"), vec![(soap, 1)]);
    town.must(next, Command::Redeem { account, basket, proxy: "王强(儿子)".to_owned() });
    let quarter = Span::Quarter(Quarter::of(TODAY));
    for (span, rows, points, title) in [
        (Span::Day(TODAY), 1, 100, "柳湾村2025年9月26日积分兑换签领表"),
        (Span::Day(next), 1, 20, "柳湾村2025年9月28日积分兑换签领表"),
        (quarter, 2, 120, "柳湾村2025年第三季度积分兑换签领表"),
        (Span::Day(LATER), 0, 0, "柳湾村2025年10月20日积分兑换签领表"),
    ] {
        let list = signature_list(&town.village, span);
        assert_eq!((list.rows.len(), list.points), (rows, points), "{title}");
        assert_eq!(signature_paper(&town.village, span).title, title);
        if let Span::Day(day) = span {
            let redeemed = town.village.day_points(day).map_or(0, |points| points.redeemed);
            assert_eq!(list.points, redeemed, "the close-out asks for the sum of this list");
        }
    }
    let before = Quarter::of(TODAY).previous();
    let expected = [quarter, Span::Day(next), Span::Day(TODAY), Span::Quarter(before)];
    assert_eq!(spans(&town.village, 2, None, TODAY), expected);
    assert_eq!(spans(&town.village, 2, Some(next), TODAY), expected);
    // A day of long ago can be asked for all the same.
    let old = date(2024, 3, 1);
    assert_eq!(spans(&town.village, 2, Some(old), TODAY).last(), Some(&Span::Day(old)));
}

#[test]
fn price_and_reference_price_come_to_the_same() {
    let mut town = Town::small();
    let unlike_words = |town: &Town, points, cents| worth_words(&town.village, points, cents);
    for (rate_cents, points, cents, fits) in [
        (100, 20, 2_000, true),
        (100, 20, 1_901, true),
        (100, 20, 2_099, true),
        (100, 20, 1_900, false),
        (100, 20, 2_100, false),
        (100, 20, 0, true),
        (50, 20, 1_000, true),
        (50, 20, 2_000, false),
    ] {
        if town.village.settings.rate_cents != rate_cents {
            town.must(TODAY, Command::ChangeSettings(Settings { rate_cents, ..town.village.settings }));
        }
        assert_eq!(unlike_words(&town, points, cents).is_none(), fits, "{rate_cents} {points} {cents}");
    }
    assert_eq!(
        unlike_words(&town, 20, 1_990).as_deref(),
        Some("设置里 1 分值 0.50 元,20 分合 10.00 元,和参考价 19.90 元对不上。要一致,请改单价或参考价;不改也能保存。")
    );
    let new = NewGoods { price_cents: 1_990, ..goods("洗衣液", 20, 9) };
    town.must(TODAY, Command::AddGoods(new));
    let line = |town: &Town| checklist(&town.village, TODAY, None).into_iter().last().expect("a line");
    let expected = "洗衣液等 1 种物品的积分单价和参考价对不上,可在「物品与库存」里更改";
    assert_eq!((line(&town).is_open, line(&town).sentence.as_str()), (true, expected));
    let terms = town.village.shelf.goods.iter().last().and_then(|one| town.village.shelf.terms(one.id)).expect("soap");
    town.must(TODAY, Command::SetGoodsTerms(GoodsTerms { is_offered: false, ..terms }));
    assert!(!line(&town).is_open, "what is not offered has no price");
}

#[test]
fn the_movements_of_stock_end_with_what_is_there() {
    let (mut town, soap, _) = served();
    town.must(TODAY, Command::ReceiveStock { goods: soap, quantity: 5, source: source() });
    let counted = Settlement::CountStock { goods: soap, counted: 11, note: "借出 1 瓶".to_owned() };
    town.must(LATER, Command::Settle(counted));
    let rows = stock_ledger(&town.village, soap, LATER);
    let rows: Vec<_> =
        rows.iter().map(|row| format!("{} {} {} {}", row.words, row.what, row.change, row.stock)).collect();
    let expected = [
        "10月20日 盘点 · 借出 1 瓶 −1 11",
        "9月26日 兑换 −3 12",
        "9月26日 入库 · 捐赠 +5 15",
        "9月26日 入库 · 集体 +10 10",
    ];
    assert_eq!(rows, expected);
    assert_eq!(town.village.shelf.stock(soap), 11);
}

#[test]
fn papers_name_those_who_can_redeem_and_what_can_be_had() {
    let (town, soap, _) = served();
    let list = entitled_list(&town.village, None, TODAY);
    let rows: Vec<_> = list.pages.concat().into_iter().map(|row| (row.number, row.points, row.remark)).collect();
    assert_eq!(rows, [("1-001".to_owned(), 400, String::new())]);
    assert_eq!(list.total, "合计 1 户、400 分");
    // Whoever has too little to redeem stands in it, and why.
    let mut least = town.clone();
    least.must(TODAY, Command::ChangeSettings(Settings { redeem_min: 401, ..town.village.settings }));
    let list = entitled_list(&least.village, None, TODAY);
    assert_eq!(list.pages.concat()[0].remark, "不满 401 分");
    assert_eq!(list.total, "合计 1 户、400 分,其中 1 户现在不能兑");
    let other = town.village.people.grids.iter().last().map(|grid| grid.id);
    assert!(entitled_list(&town.village, other, TODAY).pages.is_empty());
    // Towels are gone; soap is there.
    let prices = price_list(&town.village, TODAY);
    let rows: Vec<_> = prices.rows.iter().map(|row| (row.name.as_str(), row.limit.as_str())).collect();
    assert_eq!(rows, [("洗衣液", "不限")]);
    assert_eq!((prices.as_of.as_str(), prices.terms.as_str()), ("2025年9月26日 起,兑完为止", ""));
    for (redeem_min, redeem_day_max, expected) in [
        (20, 0, "满 20 分才能兑换。"),
        (0, 200, "每户每天最多兑 200 分。"),
        (20, 200, "满 20 分才能兑换;每户每天最多兑 200 分。"),
    ] {
        let mut town = town.clone();
        let settings = Settings { redeem_min, redeem_day_max, ..town.village.settings };
        town.must(TODAY, Command::ChangeSettings(settings));
        assert_eq!(price_list(&town.village, TODAY).terms, expected);
    }
    let mut limited = town.clone();
    let terms = limited.village.shelf.terms(soap).expect("known goods");
    limited.must(TODAY, Command::SetGoodsTerms(GoodsTerms { quarter_limit: Some(2), ..terms }));
    assert_eq!(price_list(&limited.village, TODAY).rows[0].limit, "每户每季限 2 瓶");
}

#[test]
fn a_card_holds_the_number_and_nothing_else() {
    let pages = cards(&Town::small().village, None);
    let numbers: Vec<_> = pages.concat().into_iter().map(|card| (card.number, card.side)).collect();
    // 21 squares hold 14 bytes at this level: the number fits, a name beside it would not.
    assert_eq!(numbers, ["1-001", "1-002", "2-001"].map(|number| (number.to_owned(), 21)));
    for card in pages.concat() {
        let code = qrcodegen::QrCode::encode_text(&card.number, qrcodegen::QrCodeEcc::Medium).expect("short");
        let squares = drawn(&card.path, card.side);
        for (x, y) in (0..card.side).flat_map(|y| (0..card.side).map(move |x| (x, y))) {
            assert_eq!(squares.contains(&(x, y)), code.get_module(x, y), "{} {x} {y}", card.number);
        }
    }
}

/// The squares that a path of `M x y h n v1 h-n z` covers.
fn drawn(path: &str, side: i32) -> std::collections::HashSet<(i32, i32)> {
    let strokes = path.split('M').skip(1);
    let covered = strokes.flat_map(|stroke| {
        let (place, rest) = stroke.split_once('h').expect("a run");
        let (x, y) = place.split_once(' ').expect("two numbers");
        let run = rest.split_once('v').expect("a height").0;
        let [x, y, run] = [x, y, run].map(|number| number.parse::<i32>().expect("a number"));
        assert!(x + run <= side);
        (x..x + run).map(move |x| (x, y))
    });
    covered.collect()
}
