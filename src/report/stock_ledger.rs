//! 库存流水: how the stock of one kind of goods came to be what it is.

use jiff::civil::Date;

use super::tag::day_words;
use crate::domain::id::GoodsId;
use crate::domain::points::rule::signed;
use crate::domain::points::shelf::StockSource;
use crate::domain::village::Village;

/// One movement. What was handed out on one day is one movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementRow {
    /// When, for ordering and for the key of the row.
    pub day: Date,
    /// 「9月26日」
    pub words: String,
    /// 「入库 · 捐赠」, 「兑换」, 「盘点 · 搬运时打破」
    pub what: String,
    /// `+30`, `−12`
    pub change: String,
    /// What there was after it.
    pub stock: i64,
}

/// Kinds of movements, in the order in which they are listed on one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Delivered,
    Returned,
    Issued,
    Counted,
}

/// The movements of the goods, the last one first.
pub fn stock_ledger(village: &Village, goods: GoodsId, today: Date) -> Vec<MovementRow> {
    let shelf = &village.shelf;
    let delivered = shelf.deliveries().iter().filter(|one| one.goods == goods && one.source != StockSource::Returned);
    let delivered = delivered
        .map(|one| (one.date, Kind::Delivered, i64::from(one.quantity), format!("入库 · {}", one.source.word())));
    let counted = shelf.counts().iter().filter(|one| one.goods == goods);
    let counted = counted.map(|one| {
        let note = village.note(one.note);
        let what = if note.is_empty() { "盘点".to_owned() } else { format!("盘点 · {note}") };
        (one.date, Kind::Counted, one.counted.saturating_sub(one.expected), what)
    });
    let returned = shelf.redemptions().filter_map(|one| {
        let lines = one.lines.iter().filter(|line| line.goods == goods);
        let count: i64 = lines.map(|line| i64::from(line.quantity)).sum();
        let day = one.returned.filter(|_| count > 0)?;
        Some((day, Kind::Returned, count, format!("退还 · {}兑换的", day_words(one.at.date(), today))))
    });
    let mut issued: Vec<(Date, i64)> = Vec::new();
    for one in shelf.redemptions().filter(|one| !one.undone) {
        let lines = one.lines.iter().filter(|line| line.goods == goods);
        let count: i64 = lines.map(|line| i64::from(line.quantity)).sum();
        match issued.last_mut() {
            Some((day, sum)) if *day == one.at.date() => *sum += count,
            _ => issued.push((one.at.date(), count)),
        }
    }
    let issued = issued.into_iter().filter(|(_, count)| *count > 0);
    let issued = issued.map(|(day, count)| (day, Kind::Issued, -count, "兑换".to_owned()));
    let mut moved: Vec<_> = delivered.chain(returned).chain(issued).chain(counted).collect();
    moved.sort_by_key(|(day, kind, ..)| (*day, *kind));
    let mut stock = 0_i64;
    let rows = moved.into_iter().map(|(day, _, change, what)| {
        stock = stock.saturating_add(change);
        MovementRow { day, words: day_words(day, today), what, change: signed(change), stock }
    });
    let mut rows: Vec<MovementRow> = rows.collect();
    rows.reverse();
    rows
}
