//! The redemption shelf of the demo village: goods, deliveries, and a
//! redemption day near the end of each finished quarter.

use jiff::civil::Date;

use super::Span;
use super::play::{Deed, Plan, Scene};
use super::random::Random;
use crate::domain::calendar::{Moment, Quarter, add_days};
use crate::domain::command::NewGoods;
use crate::domain::id::GoodsId;
use crate::domain::points::ledger::Account;
use crate::domain::points::redemption_day::NewDayClosing;
use crate::domain::points::shelf::StockSource;
use crate::domain::village::Village;

/// Goods: name, unit, price in points, reference price in 分, stock at the
/// start, and what is delivered before each redemption day.
struct Line {
    name: &'static str,
    unit: &'static str,
    points: u32,
    cents: u32,
    stock: u32,
    delivery: u32,
}

const fn line(name: &'static str, unit: &'static str, points: u32, cents: u32, stock: u32, delivery: u32) -> Line {
    Line { name, unit, points, cents, stock, delivery }
}

/// The one that runs out is 毛巾: 42 are not enough for a hundred and fifty households.
const GOODS: &[Line] = &[
    line("洗衣液 2 kg", "瓶", 20, 1_990, 60, 30),
    line("食盐 400 g", "袋", 5, 300, 120, 100),
    line("抽纸 3 包", "提", 10, 990, 80, 50),
    line("大米 5 kg", "袋", 40, 3_600, 24, 12),
    line("毛巾", "条", 8, 800, 0, 42),
    line("香皂", "块", 6, 550, 90, 70),
    line("菜籽油 1.8 L", "瓶", 30, 2_890, 30, 15),
    line("牙膏", "支", 8, 790, 90, 60),
];
/// Priority services.
const SERVICES: &[(&str, &str, u32, u32)] = &[("理发一次", "次", 10, 1_000), ("农机耕地半亩", "次", 40, 4_000)];
const SOURCES: [StockSource; 3] = [StockSource::PublicFunds, StockSource::Collective, StockSource::Donated];
/// Households that come to a redemption day.
const VISITORS: usize = 150;
/// So many of everything stay on the shelf as samples.
const SAMPLES: i64 = 4;
const PROXIES: &[&str] = &["儿子代领", "儿媳代领", "邻居代领", "女儿代领", "网格员代领"];

/// Goods, deliveries and redemption days of the year.
pub(super) fn plan(scene: &Scene, span: &Span, random: &mut Random) -> Vec<Plan> {
    let opened = add_days(span.first(), -10);
    let mut plans: Vec<_> =
        new_goods().map(|new| Plan { at: Moment::at(opened, 10, 0), deed: Deed::Goods(new) }).collect();
    plans.push(Plan { at: Moment::at(opened, 10, 30), deed: Deed::Limit { goods: "毛巾", quarter_limit: 2 } });
    for (quarter, source) in span.finished().iter().zip(SOURCES) {
        let day = redemption_day(*quarter);
        for line in GOODS {
            let deed = Deed::Stock { goods: line.name, quantity: line.delivery, source };
            plans.push(Plan { at: Moment::at(add_days(day, -4), 15, 0), deed });
        }
        let start = Moment::at(day, 8, 30);
        let mut visitors: Vec<_> = scene.active.iter().map(|active| active.0).collect();
        visitors.push(scene.anchor);
        random.shuffle(&mut visitors);
        for (turn, household) in (0..).zip(visitors.into_iter().take(VISITORS)) {
            let proxy = if random.chance(12) { *random.pick(PROXIES) } else { "" };
            plans.push(Plan { at: Moment(start.0 + turn * 100_000), deed: Deed::Redeem { household, proxy } });
        }
        let missing = (*quarter == span.finished()[1]).then_some(("洗衣液 2 kg", 1));
        plans.push(Plan { at: Moment::at(day, 17, 0), deed: Deed::CloseDay { missing } });
    }
    // The first one is opened again, and closed a second time.
    let again = Moment::at(redemption_day(span.finished()[0]), 17, 50);
    plans.push(Plan { at: again, deed: Deed::CloseDay { missing: None } });
    plans
}

/// The redemption day of a quarter.
pub(super) fn redemption_day(quarter: Quarter) -> Date {
    add_days(quarter.last_day(), -3)
}

/// The day as it is closed: the signed list says what the book says, and of
/// the goods all are there but those that are missing.
pub(super) fn closing(village: &Village, day: Date, missing: Option<(GoodsId, u32)>) -> NewDayClosing {
    let counted = village.day_goods(day).into_iter().map(|line| {
        let gone = missing.filter(|(goods, _)| *goods == line.goods).map_or(0, |(_, count)| i64::from(count));
        (line.goods, u32::try_from(line.expected() - gone).unwrap_or(0))
    });
    let redeemed = village.day_points(day).map_or(0, |points| points.redeemed);
    NewDayClosing {
        day,
        on_paper: u32::try_from(redeemed).unwrap_or(0),
        counted: counted.collect(),
        note: if missing.is_some() { "搬运时打破 1 瓶,已拍照报账".to_owned() } else { String::new() },
    }
}

fn new_goods() -> impl Iterator<Item = NewGoods> {
    let goods = GOODS.iter().map(|line| NewGoods {
        name: line.name.to_owned(),
        unit: line.unit.to_owned(),
        price_points: line.points,
        price_cents: line.cents,
        is_service: false,
        opening_stock: line.stock,
    });
    let services = SERVICES.iter().map(|(name, unit, points, cents)| NewGoods {
        name: (*name).to_owned(),
        unit: (*unit).to_owned(),
        price_points: *points,
        price_cents: *cents,
        is_service: true,
        opening_stock: 0,
    });
    goods.chain(services)
}

/// What the account takes: part of its points, of what is on the shelf.
pub(super) fn basket(village: &Village, account: Account, random: &mut Random) -> Vec<(GoodsId, u32)> {
    let mut left = village.balance(account) * i64::from(random.between(45, 75)) / 100;
    let mut goods: Vec<_> = village.shelf.goods.iter().collect();
    random.shuffle(&mut goods);
    let mut basket = Vec::new();
    for known in goods {
        let price = i64::from(known.price_points);
        let stock = if known.is_service { 1 } else { village.shelf.stock(known.id) - SAMPLES };
        let most = stock.min(left / price).min(2);
        if most > 0 {
            let quantity = random.between(1, u32::try_from(most).unwrap_or(1));
            left -= i64::from(quantity) * price;
            basket.push((known.id, quantity));
        }
    }
    basket
}
