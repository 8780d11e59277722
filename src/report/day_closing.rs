//! 收场对账: points and goods of a redemption day, as the form shows them and
//! as they stand once the day is closed.

use jiff::civil::Date;

use super::passbook::goods_words;
use super::tag::{day_words, thousands};
use crate::domain::id::{GoodsId, RedemptionId};
use crate::domain::points::redemption_day::{DayClosing, DayGoods, DayPoints};
use crate::domain::points::rule::signed;
use crate::domain::points::shelf::Redemption;
use crate::domain::village::Village;

/// A redemption day in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// Which day.
    pub day: Date,
    /// 「9月26日」
    pub words: String,
    /// Households or villagers served, each once: 「86 户」.
    pub served: String,
    /// Points redeemed.
    pub points: i64,
    /// Whether it is closed.
    pub is_closed: bool,
}

/// Redemption days, the last one first.
pub fn redemption_days(village: &Village, today: Date) -> Vec<DayRow> {
    let rows = village.shelf.days.iter().rev().map(|(day, what)| {
        let mut accounts: Vec<_> = of_day(village, day).map(|one| one.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        DayRow {
            day,
            words: day_words(day, today),
            served: format!("{} {}", accounts.len(), village.villager_accounts.on(day).counter()),
            points: of_day(village, day).map(Redemption::points).fold(0, i64::saturating_add),
            is_closed: what.closing().is_some(),
        }
    });
    rows.collect()
}

/// One kind of goods in the close-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// The goods' id.
    pub goods: GoodsId,
    /// Name with size.
    pub name: String,
    /// 单位
    pub unit: String,
    /// The figures.
    pub figures: DayGoods,
    /// What stocktakes of the day found that differed: counted minus book, and why.
    pub stocktakes: Vec<(i64, String)>,
}

impl CountRow {
    /// What the stocktakes of the day changed.
    pub fn stocktake(&self) -> i64 {
        self.stocktakes.iter().map(|(difference, _)| *difference).fold(0, i64::saturating_add)
    }

    /// What came in on the day, stocktakes apart.
    pub fn came_in(&self) -> i64 {
        self.figures.received.saturating_sub(self.stocktake())
    }
}

/// 「当天盘点差异:洗衣液 少 2 瓶(搬运时打破)。」; nothing where no stocktake differed.
pub fn stocktake_words(rows: &[CountRow]) -> Option<String> {
    let one = |row: &CountRow, (difference, reason): &(i64, String)| {
        let reason = if reason.is_empty() { "没有写原因" } else { reason };
        format!("{} {} {}({reason})", row.name, difference_words(*difference), row.unit)
    };
    let all = rows.iter().flat_map(|row| row.stocktakes.iter().map(move |found| one(row, found)));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| format!("当天盘点差异:{}。", all.join(";")))
}

/// A redemption day to be closed, or as it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySheet {
    /// Which day.
    pub day: Date,
    /// 「柳湾村 9月26日 兑换日对账单」
    pub title: String,
    /// The points.
    pub points: DayPoints,
    /// Goods with a stock.
    pub rows: Vec<CountRow>,
    /// Whether it is closed.
    pub is_closed: bool,
    /// Why something differed, as it was said.
    pub note: String,
    /// Close-outs after which the day went on, oldest first.
    pub earlier: Vec<EarlierClosing>,
}

/// A close-out after which the day was opened again, as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierClosing {
    /// 「第 1 次对账」
    pub title: String,
    /// The points.
    pub points: DayPoints,
    /// Goods with a stock.
    pub rows: Vec<CountRow>,
    /// Why something differed; empty when nothing did.
    pub note: String,
    /// Why the day was opened again.
    pub reopened: String,
}

/// The close-out of the day; `None` for a day without redemptions.
pub fn day_sheet(village: &Village, day: Date, today: Date) -> Option<DaySheet> {
    let what = village.shelf.days.get(day)?;
    let (points, goods, note) = match what.closing() {
        Some(DayClosing { points, goods, note, .. }) => (*points, goods.clone(), *note),
        None => (village.day_points(day)?, village.day_goods(day), None),
    };
    let left = (1..).zip(what.closings.iter().zip(&what.reopenings));
    let before = what.closings.len() - usize::from(what.closing().is_some());
    let earlier = left.map(|(nth, (closing, reopened))| EarlierClosing {
        title: format!("第 {nth} 次对账"),
        points: closing.points,
        rows: count_rows(village, &closing.goods, (day, nth - 1)),
        note: village.note(closing.note).to_owned(),
        reopened: village.note(Some(*reopened)).to_owned(),
    });
    let name = village.profile.as_ref().map_or("", |profile| profile.name.as_str());
    Some(DaySheet {
        day,
        title: format!("{name}{}兑换日对账单", day_words(day, today)),
        points,
        rows: count_rows(village, &goods, (day, before)),
        is_closed: what.closing().is_some(),
        note: village.note(note).to_owned(),
        earlier: earlier.collect(),
    })
}

/// A redemption of a day that was reopened, which can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoRow {
    /// Which.
    pub id: RedemptionId,
    /// 「2-017 王海林」
    pub who: String,
    /// 「洗衣液 2 kg ×1、食盐 400 g ×3」
    pub goods: String,
    /// Points that come back.
    pub points: i64,
}

/// What can be undone of a day that was reopened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoList {
    /// Redemptions that can be, in their order.
    pub rows: Vec<UndoRow>,
    /// How many cannot, because their month is closed.
    pub kept: usize,
}

/// The redemptions of the day, once it was reopened; `None` before, and after
/// it was closed again.
pub fn undo_list(village: &Village, day: Date) -> Option<UndoList> {
    village.shelf.days.get(day).filter(|what| what.is_reopened())?;
    let (kept, open): (Vec<_>, Vec<_>) = of_day(village, day).partition(|one| is_noticed(village, one));
    let row = |one: &Redemption| UndoRow {
        id: one.id,
        who: match village.home_of(one.account) {
            Some(household) => format!("{} {}", household.number, village.account_name(one.account)),
            None => village.account_name(one.account).to_owned(),
        },
        goods: goods_words(village, &one.lines),
        points: one.points(),
    };
    Some(UndoList { rows: open.into_iter().map(row).collect(), kept: kept.len() })
}

/// The redemptions of the day that stand.
fn of_day(village: &Village, day: Date) -> impl Iterator<Item = &Redemption> {
    village.shelf.redemptions().filter(move |one| !one.undone && one.at.date() == day)
}

/// Whether the redemption stands on the notice of a closed month.
fn is_noticed(village: &Village, one: &Redemption) -> bool {
    village.closings.is_closed(one.account.ledger(), one.at.date())
}

/// What reopening a day brings, before it is done, and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// What can be done then.
    pub ask: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
}

/// What reopening the day brings: new redemptions are always of today.
pub fn reopening(village: &Village, day: Date, today: Date) -> Reopening {
    if day == today {
        return Reopening {
            ask: "接着兑换以后,要再对一次账。", done: "已重新开场,可以接着兑换。"
        };
    }
    if of_day(village, day).all(|one| is_noticed(village, one)) {
        return Reopening {
            ask: "那个月已经月结公示,兑换不能再添,也不能再撤销;只能重新清点,再对一次账。",
            done: "已重新开场,请重新清点对账。",
        };
    }
    Reopening {
        ask: "那一天不能再添兑换;记错的兑换可以在这一页撤销,改好以后要再对一次账。",
        done: "已重新开场,可以撤销那天记错的兑换。",
    }
}

/// The rows of a day when it had been closed so often before.
fn count_rows(village: &Village, goods: &[DayGoods], (day, before): (Date, usize)) -> Vec<CountRow> {
    let counts = village.shelf.counts().iter().filter(|one| one.date == day && one.in_day && one.closings <= before);
    let counts: Vec<_> = counts.filter(|one| one.counted != one.expected).collect();
    let row = |figures: &DayGoods| {
        let known = village.shelf.goods.get(figures.goods);
        let of_goods = counts.iter().filter(|one| one.goods == figures.goods);
        CountRow {
            goods: figures.goods,
            name: known.map(|goods| goods.name.clone()).unwrap_or_default(),
            unit: known.map(|goods| goods.unit.clone()).unwrap_or_default(),
            figures: *figures,
            stocktakes: of_goods.map(|one| (one.difference(), village.note(one.note).to_owned())).collect(),
        }
    };
    goods.iter().map(row).collect()
}

/// 「开场 20,500 − 兑换 6,340 = 收场 14,160」, with what was posted on the day.
pub fn points_equation(points: &DayPoints) -> String {
    let posted = match points.posted() {
        0 => String::new(),
        posted => format!(" {}", spaced(posted)),
    };
    let [opening, redeemed, closing] = [points.opening, points.redeemed, points.closing].map(thousands);
    format!("开场 {opening} − 兑换 {redeemed}{posted} = 收场 {closing}")
}

/// 「+ 入账 6」 「− 扣分 6」
fn spaced(points: i64) -> String {
    let (sign, size) = if points < 0 { ("− 扣分", points.saturating_neg()) } else { ("+ 入账", points) };
    format!("{sign} {}", thousands(size))
}

/// The same in a column of differences, where nought is 「0」.
pub fn difference_figure(difference: i64) -> String {
    if difference == 0 { "0".to_owned() } else { difference_words(difference) }
}

/// 「差 0」, 「多 2」, 「少 1」.
pub fn difference_words(difference: i64) -> String {
    match difference {
        0 => "差 0".to_owned(),
        1.. => format!("多 {}", thousands(difference)),
        _ => format!("少 {}", thousands(difference.saturating_neg())),
    }
}

/// 「+10」, or nothing for nothing.
pub fn received_words(received: i64) -> String {
    if received == 0 { String::new() } else { signed(received) }
}
