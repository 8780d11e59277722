//! A redemption day 「兑换日」 from the first basket to the close-out 「收场对账」:
//! points before and after, goods before and after, and what was counted.
//!
//! A day begins by itself with its first redemption. It is closed by an act,
//! and reopened only by another one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::shelf::Shelf;
use crate::domain::id::{GoodsId, NoteId};

/// Points of all households on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayPoints {
    /// Before the first redemption.
    pub opening: i64,
    /// Redeemed on the day.
    pub redeemed: i64,
    /// When the day was closed.
    pub closing: i64,
    /// Sum of the signed list, as it was added up by hand.
    pub on_paper: i64,
}

impl DayPoints {
    /// Points that were posted while the day went on.
    pub fn posted(&self) -> i64 {
        self.closing.saturating_sub(self.opening.saturating_sub(self.redeemed))
    }

    /// Signed list minus book; 0 when both say the same.
    pub fn difference(&self) -> i64 {
        self.on_paper.saturating_sub(self.redeemed)
    }
}

/// One kind of goods on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayGoods {
    /// What.
    pub goods: GoodsId,
    /// In stock before the first redemption.
    pub opening: i64,
    /// Came into stock on the day, or was corrected by a stocktake; the close-out shows
    /// the two apart (`report::day_closing`).
    pub received: i64,
    /// Handed out on the day.
    pub issued: i64,
    /// Counted when the day was closed.
    pub counted: i64,
}

impl DayGoods {
    /// What should be there.
    pub fn expected(&self) -> i64 {
        self.opening.saturating_add(self.received).saturating_sub(self.issued)
    }

    /// Counted minus expected; 0 when nothing is missing.
    pub fn difference(&self) -> i64 {
        self.counted.saturating_sub(self.expected())
    }
}

/// 盘点: what was really there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockCount {
    /// What.
    pub goods: GoodsId,
    /// What should have been there.
    pub expected: i64,
    /// What was there.
    pub counted: i64,
    /// On which day.
    pub date: Date,
    /// Whether the redemption day of this date had begun.
    pub in_day: bool,
    /// How often that day had been closed.
    pub closings: usize,
    /// Why it differs.
    pub note: Option<NoteId>,
}

impl StockCount {
    /// Counted minus expected.
    pub const fn difference(&self) -> i64 {
        self.counted.saturating_sub(self.expected)
    }
}

/// 收场对账: how a redemption day ended. What it says stays as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayClosing {
    /// Which day.
    pub day: Date,
    /// Points.
    pub points: DayPoints,
    /// Goods with a stock, in the order of the shelf.
    pub goods: Vec<DayGoods>,
    /// Why something differs.
    pub note: Option<NoteId>,
}

/// A redemption day to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDayClosing {
    /// Which day.
    pub day: Date,
    /// Points on the signed list, as added up by hand.
    pub on_paper: u32,
    /// How many of each kind of goods there are.
    pub counted: Vec<(GoodsId, u32)>,
    /// Why something differs; may be empty when nothing does.
    pub note: String,
}

/// One redemption day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedemptionDay {
    /// Number of entries of both ledgers before the first redemption.
    pub entries_before: usize,
    /// Stock of all goods before the first redemption.
    opening_stock: Vec<(GoodsId, i64)>,
    /// Its close-outs, oldest first; the last one counts.
    pub closings: Vec<DayClosing>,
    /// Why it was reopened, oldest first.
    pub reopenings: Vec<NoteId>,
    /// Goods of which whoever closed it last did not know all that came and went.
    pub unknown: Option<GoodsId>,
}

impl RedemptionDay {
    /// Stock of the goods before the first redemption; 0 for goods that came later.
    pub fn opening_stock(&self, goods: GoodsId) -> i64 {
        self.opening_stock.iter().find(|known| known.0 == goods).map_or(0, |known| known.1)
    }

    /// The close-out that counts; `None` while the day goes on.
    pub fn closing(&self) -> Option<&DayClosing> {
        self.closings.last().filter(|_| self.closings.len() > self.reopenings.len())
    }

    /// Whether the day goes on after it was closed.
    pub fn is_reopened(&self) -> bool {
        !self.reopenings.is_empty() && self.closing().is_none()
    }
}

/// The redemption days of a village.
#[derive(Clone, Debug, Default)]
pub struct RedemptionDays(BTreeMap<Date, RedemptionDay>);

impl RedemptionDays {
    /// The day, if something was redeemed on it.
    pub fn get(&self, day: Date) -> Option<&RedemptionDay> {
        self.0.get(&day)
    }

    /// All days, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Date, &RedemptionDay)> {
        self.0.iter().map(|(day, what)| (*day, what))
    }

    /// The close-out of the day that counts; `None` while it is open.
    pub fn closing(&self, day: Date) -> Option<&DayClosing> {
        self.get(day).and_then(RedemptionDay::closing)
    }

    /// Begins the day where it has not begun; `stock` is asked for what there is.
    pub(crate) fn begin(&mut self, day: Date, entries_before: usize, stock: impl FnOnce() -> Vec<(GoodsId, i64)>) {
        self.0.entry(day).or_insert_with(|| RedemptionDay {
            entries_before,
            opening_stock: stock(),
            ..RedemptionDay::default()
        });
    }

    /// The days that began after this one, until the goods were counted, began
    /// with so much more of them.
    pub(crate) fn correct_openings(&mut self, after: Date, until: Option<&StockCount>, goods: GoodsId, by: i64) {
        let began = self.0.iter_mut().filter(|(day, _)| **day > after && began_before(**day, until));
        let stock = began.flat_map(|(_, day)| &mut day.opening_stock).filter(|known| known.0 == goods);
        stock.for_each(|(_, stock)| *stock = stock.saturating_add(by));
    }

    /// Closes the day; `false` when there is nothing to close.
    pub(crate) fn close(&mut self, closing: DayClosing, unknown: Option<GoodsId>) -> bool {
        let Some(day) = self.0.get_mut(&closing.day).filter(|day| day.closing().is_none()) else {
            return false;
        };
        day.closings.push(closing);
        day.unknown = unknown;
        true
    }

    /// Opens the day again; `false` when it is not closed.
    pub(crate) fn reopen(&mut self, day: Date, note: NoteId) -> bool {
        let Some(day) = self.0.get_mut(&day).filter(|day| day.closing().is_some()) else {
            return false;
        };
        day.reopenings.push(note);
        true
    }
}

/// Whether the day began before the goods were counted, if they were.
fn began_before(day: Date, count: Option<&StockCount>) -> bool {
    count.is_none_or(|count| day < count.date || (day == count.date && count.in_day))
}

impl Shelf {
    /// The lowest that the stock of the goods was after the day, until they were
    /// counted: who says that there was less on the day takes as much from it.
    pub(crate) fn lowest_since(&self, day: Date, goods: GoodsId) -> i64 {
        let later = self.counts().iter().filter(|one| one.goods == goods && one.date > day);
        let later = later.filter(|one| !self.pooled.explains(one.note));
        let count = later.min_by_key(|one| one.date);
        let last = count.map_or_else(|| self.stock(goods), |count| count.expected);
        let since = self.days.iter().filter(|(date, _)| *date > day && began_before(*date, count));
        let stocks = since.map(|(date, begun)| {
            let opening = begun.opening_stock(goods);
            // What was there at the end of the day on which it was counted is what was counted.
            if count.is_some_and(|count| date == count.date) {
                opening
            } else {
                opening.min(self.stock_on(date, goods))
            }
        });
        stocks.fold(last, i64::min)
    }
}
