//! Goods, their stock, and redemptions: points out, goods out, in one act.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ledger::Account;
use super::pooled::PooledGoods;
use super::redemption_day::{DayGoods, RedemptionDays, StockCount};
use crate::domain::calendar::{Moment, Quarter};
use crate::domain::id::{EntryId, GoodsId, NoteId, RedemptionId};
use crate::domain::table::Table;

/// Where stock came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockSource {
    /// 集体
    Collective,
    /// 捐赠
    Donated,
    /// 财政
    PublicFunds,
    /// What had been handed out and came back; never received by hand.
    Returned,
}

impl StockSource {
    /// Where goods can be received from, in the order in which lists show them.
    pub const ALL: &'static [Self] = &[Self::Collective, Self::Donated, Self::PublicFunds];

    /// The word that the user reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Collective => "集体",
            Self::Donated => "捐赠",
            Self::PublicFunds => "财政",
            Self::Returned => "退还",
        }
    }
}

/// 物品, or a priority service without stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// The goods' id.
    pub id: GoodsId,
    /// Name with size, such as 「洗衣液 2 kg」.
    pub name: String,
    /// Unit in which it is handed out, such as 瓶.
    pub unit: String,
    /// Price of one, in points.
    pub price_points: u32,
    /// Reference price of one, in 分 (hundredths of a 元).
    pub price_cents: u32,
    /// A service has no stock.
    pub is_service: bool,
}

/// On which terms goods are offered, from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoodsTerms {
    /// What.
    pub goods: GoodsId,
    /// Price of one, in points.
    pub price_points: u32,
    /// Reference price of one, in 分.
    pub price_cents: u32,
    /// At most so many for one account in a quarter; `None` for no limit.
    pub quarter_limit: Option<u32>,
    /// A stock of so many or fewer is low; `None` for the general rule.
    pub low_stock: Option<u32>,
    /// Whether it can be redeemed.
    pub is_offered: bool,
}

/// One line of a basket or a redemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasketLine {
    /// What.
    pub goods: GoodsId,
    /// How many, at least 1.
    pub quantity: u32,
    /// Price of one when it was redeemed, in points.
    pub price_points: u32,
}

/// 一次兑换
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redemption {
    /// The redemption's id.
    pub id: RedemptionId,
    /// Whose points.
    pub account: Account,
    /// When.
    pub at: Moment,
    /// What was handed out.
    pub lines: Vec<BasketLine>,
    /// 代领人 with relation, when the head did not come.
    pub proxy: Option<NoteId>,
    /// Undone: points and goods went back.
    pub undone: bool,
    /// 退还: the later day on which points and goods came back.
    pub returned: Option<Date>,
}

impl Redemption {
    /// Whether what was handed out is still out.
    pub const fn stands(&self) -> bool {
        !self.undone && self.returned.is_none()
    }

    /// Points taken (0 when undone).
    pub fn points(&self) -> i64 {
        if self.undone { 0 } else { basket_points(&self.lines) }
    }
}

/// What a basket costs, in points; what no basket can cost is held at the limit.
pub fn basket_points(lines: &[BasketLine]) -> i64 {
    let costs = lines.iter().map(|line| i64::from(line.quantity).saturating_mul(i64::from(line.price_points)));
    costs.fold(0, i64::saturating_add)
}

/// 退还: what was redeemed on an earlier day was handed back. The redemption stays
/// as it was; its points and goods come back on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Which redemption.
    pub redemption: RedemptionId,
    /// The entry that gives the points back.
    pub entry: EntryId,
    /// The day.
    pub date: Date,
    /// Why.
    pub note: NoteId,
}

/// A delivery into stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// What.
    pub goods: GoodsId,
    /// How many.
    pub quantity: u32,
    /// From where.
    pub source: StockSource,
    /// On which day.
    pub date: Date,
}

/// Goods, deliveries and redemptions of the village.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// 物品, in the order in which they were added.
    pub goods: Table<GoodsId, Goods>,
    /// 兑换日 with their close-outs.
    pub days: RedemptionDays,
    /// Entries of goods that became one with others.
    pub pooled: PooledGoods,
    deliveries: Vec<Delivery>,
    counts: Vec<StockCount>,
    terms: Table<GoodsId, GoodsTerms>,
    redemptions: Table<RedemptionId, Redemption>,
    by_account: HashMap<Account, Vec<RedemptionId>>,
    stock: Table<GoodsId, i64>,
}

impl Shelf {
    /// How many of the goods are in stock.
    pub fn stock(&self, goods: GoodsId) -> i64 {
        self.stock.get(goods).copied().unwrap_or(0)
    }

    /// Takes a delivery into stock.
    pub fn receive(&mut self, delivery: Delivery) {
        self.add_stock(delivery.goods, i64::from(delivery.quantity));
        self.deliveries.push(delivery);
    }

    /// Begins a redemption day where it has not begun, after so many entries.
    pub(crate) fn begin_day(&mut self, day: Date, entries_before: usize) {
        let stock = &self.stock;
        let known = self.goods.iter().filter(|goods| !goods.is_service);
        let opening = || known.map(|goods| (goods.id, stock.get(goods.id).copied().unwrap_or(0))).collect();
        self.days.begin(day, entries_before, opening);
    }

    /// How many of the goods were in stock at the end of the day.
    pub fn stock_on(&self, day: Date, goods: GoodsId) -> i64 {
        self.stock(goods).saturating_sub(self.moved_after(day, goods))
    }

    /// By how much the stock of the goods has changed after the day.
    pub fn moved_after(&self, day: Date, goods: GoodsId) -> i64 {
        self.moved_on(goods, |date| date > day)
    }

    /// Whether other goods came and went on the day than whoever closed it knew of:
    /// another laptop had recorded something. With how much the day opened is not of
    /// the day: a late count of an earlier one may have corrected that.
    pub(crate) fn moved_otherwise(&self, day: Date, told: &DayGoods) -> bool {
        let more = self.stock_on(day, told.goods).saturating_sub(told.expected());
        let opening = self.days.get(day).map_or(0, |begun| begun.opening_stock(told.goods));
        more != 0 && more != opening.saturating_sub(told.opening)
    }

    /// All that ever came in, was corrected and went out of the goods.
    pub fn moved(&self, goods: GoodsId) -> i64 {
        self.moved_on(goods, |_| true)
    }

    fn moved_on(&self, goods: GoodsId, is_meant: impl Fn(Date) -> bool) -> i64 {
        let delivered = self.deliveries.iter().filter(|one| one.goods == goods && is_meant(one.date));
        let delivered = delivered.map(|one| i64::from(one.quantity)).fold(0, i64::saturating_add);
        let counted = self.counts.iter().filter(|one| one.goods == goods && is_meant(one.date));
        let counted = counted.map(|one| one.counted.saturating_sub(one.expected)).fold(0, i64::saturating_add);
        let standing = self.redemptions.iter().filter(|one| !one.undone && is_meant(one.at.date()));
        let lines = standing.flat_map(|one| &one.lines).filter(|line| line.goods == goods);
        let issued = lines.map(|line| i64::from(line.quantity)).fold(0, i64::saturating_add);
        delivered.saturating_add(counted).saturating_sub(issued)
    }

    /// Hands out a basket; `false` when the redemption is already there.
    pub fn hand_out(&mut self, redemption: Redemption) -> bool {
        let (id, account, lines) = (redemption.id, redemption.account, redemption.lines.clone());
        if !self.redemptions.insert(id, redemption) {
            return false;
        }
        self.by_account.entry(account).or_default().push(id);
        self.move_stock(&lines, -1);
        true
    }

    /// Takes a basket back, as if it had never been handed out; `false` when
    /// there is nothing to take back.
    pub(crate) fn take_back(&mut self, id: RedemptionId, today: Date) -> bool {
        let Some(redemption) = self.redemptions.get_mut(id).filter(|redemption| redemption.stands()) else {
            return false;
        };
        redemption.undone = true;
        let (day, lines) = (redemption.at.date(), redemption.lines.clone());
        if day == today {
            self.move_stock(&lines, 1);
            return true;
        }
        for line in lines {
            if self.goods.get(line.goods).is_some_and(|goods| !goods.is_service) {
                self.correct(day, line.goods, i64::from(line.quantity));
            }
        }
        true
    }

    /// What was handed out comes back on a later day.
    pub(crate) fn hand_back(&mut self, id: RedemptionId, date: Date) {
        let Some(redemption) = self.redemptions.get_mut(id) else { return };
        redemption.returned = Some(date);
        for BasketLine { goods, quantity, .. } in redemption.lines.clone() {
            if self.goods.get(goods).is_some_and(|goods| !goods.is_service) {
                self.receive(Delivery { goods, quantity, source: StockSource::Returned, date });
            }
        }
    }

    /// Sets the stock to what was counted.
    pub fn count(&mut self, goods: GoodsId, counted: i64, date: Date, note: Option<NoteId>) {
        let expected = self.stock.set(goods, counted).unwrap_or(0);
        let day = self.days.get(date);
        let (in_day, closings) = (day.is_some(), day.map_or(0, |day| day.closings.len()));
        self.counts.push(StockCount { goods, expected, counted, date, in_day, closings, note });
    }

    /// Sets the stock at the end of a day to what was counted then. What came and
    /// went since stays.
    pub(crate) fn count_on(&mut self, day: Date, goods: GoodsId, counted: i64, note: Option<NoteId>) {
        let expected = self.stock_on(day, goods);
        self.correct(day, goods, counted.saturating_sub(expected));
        let closings = self.days.get(day).map_or(0, |day| day.closings.len());
        self.counts.push(StockCount { goods, expected, counted, date: day, in_day: true, closings, note });
    }

    /// At the end of the day there was so much more of the goods than was known.
    /// A later count, which came upon the same, stays: it only has less to explain.
    fn correct(&mut self, day: Date, goods: GoodsId, by: i64) {
        let pooled = &self.pooled;
        let later = self.counts.iter_mut().filter(|one| one.goods == goods && one.date > day);
        let later = later.filter(|one| !pooled.explains(one.note));
        let through = later.min_by_key(|one| one.date).map(|one| {
            one.expected = one.expected.saturating_add(by);
            *one
        });
        if through.is_none() {
            self.add_stock(goods, by);
        }
        self.days.correct_openings(day, through.as_ref(), goods, by);
    }

    /// Stocktakes, and what moved between entries that were joined, in the order in which
    /// they were recorded.
    pub fn counts(&self) -> &[StockCount] {
        &self.counts
    }

    /// The terms of the goods; `None` for goods that are not there.
    pub fn terms(&self, goods: GoodsId) -> Option<GoodsTerms> {
        let known = self.goods.get(goods)?;
        let (price_points, price_cents) = (known.price_points, known.price_cents);
        let plain =
            GoodsTerms { goods, price_points, price_cents, quarter_limit: None, low_stock: None, is_offered: true };
        Some(self.terms.get(goods).copied().unwrap_or(plain))
    }

    /// Offers goods on other terms; `false` when they are not there.
    pub fn set_terms(&mut self, terms: GoodsTerms) -> bool {
        let Some(goods) = self.goods.get_mut(terms.goods) else { return false };
        (goods.price_points, goods.price_cents) = (terms.price_points, terms.price_cents);
        self.terms.set(terms.goods, terms);
        true
    }

    /// How many of the goods one account gets in a quarter; `None` for no limit.
    pub fn quarter_limit(&self, goods: GoodsId) -> Option<u32> {
        self.terms.get(goods).and_then(|terms| terms.quarter_limit)
    }

    /// Points that the account has redeemed on the day.
    pub fn redeemed_on(&self, account: Account, day: Date) -> i64 {
        let of_day = self.redemptions_of(account).filter(|one| one.at.date() == day);
        of_day.map(Redemption::points).fold(0, i64::saturating_add)
    }

    /// How many of the goods the account has redeemed in the quarter.
    pub fn taken(&self, account: Account, goods: GoodsId, quarter: Quarter) -> u32 {
        let standing = self.redemptions_of(account).filter(|one| one.stands() && quarter.contains(one.at.date()));
        let lines = standing.flat_map(|one| &one.lines).filter(|line| line.goods == goods);
        lines.fold(0, |sum, line| sum.saturating_add(line.quantity))
    }

    /// From now on `gone` is `kept`.
    pub fn join(&mut self, gone: Account, kept: Account) {
        let moved = self.by_account.remove(&gone).unwrap_or_default();
        for id in &moved {
            if let Some(redemption) = self.redemptions.get_mut(*id) {
                redemption.account = kept;
            }
        }
        self.by_account.entry(kept).or_default().extend(moved);
    }

    fn move_stock(&mut self, lines: &[BasketLine], sign: i64) {
        for line in lines {
            let service = self.goods.get(line.goods).is_some_and(|goods| goods.is_service);
            if !service {
                self.add_stock(line.goods, sign * i64::from(line.quantity));
            }
        }
    }

    fn add_stock(&mut self, goods: GoodsId, pieces: i64) {
        self.stock.set(goods, self.stock(goods) + pieces);
    }

    /// Deliveries, oldest first.
    pub fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// Redemptions, oldest first, undone ones included.
    pub fn redemptions(&self) -> std::slice::Iter<'_, Redemption> {
        self.redemptions.iter()
    }

    /// The redemption of this id.
    pub fn redemption(&self, id: RedemptionId) -> Option<&Redemption> {
        self.redemptions.get(id)
    }

    /// The redemptions of an account, oldest first, undone ones included.
    pub fn redemptions_of(&self, account: Account) -> impl Iterator<Item = &Redemption> {
        let ids = self.by_account.get(&account).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.redemptions.get(*id))
    }

    /// Points that the account has redeemed.
    pub fn redeemed(&self, account: Account) -> i64 {
        self.redemptions_of(account).map(Redemption::points).fold(0, i64::saturating_add)
    }
}
