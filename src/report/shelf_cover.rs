//! 未兑付: whether what is in stock covers the points that are out, and which
//! goods run low.

use std::collections::HashSet;

use jiff::civil::Date;

use super::gauge::yuan;
use super::overview::{TodoTarget, stock_todos};
use super::tag::thousands;
use crate::domain::id::GoodsId;
use crate::domain::points::settings::outstanding_total;
use crate::domain::points::shelf::Goods;
use crate::domain::village::Village;

/// Points that are out against points' worth of goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfCover {
    /// 未兑付积分 of the villager ledger: `14,160`.
    pub outstanding: String,
    /// What they are worth by the rate of the settings: `14,160 元`.
    pub owed: String,
    /// What the stock is worth in points: `9,800`.
    pub in_stock: String,
    /// What the stock is worth by reference prices: `12,345 元`.
    pub in_yuan: String,
    /// By how many points the stock is short, if it is.
    pub gap: Option<String>,
    /// What is set aside for goods: `20,000 元`; `None` without a budget.
    pub budget: Option<String>,
    /// What neither stock nor budget pays for: `1,234 元`.
    pub missing: Option<String>,
}

/// Whether the stock covers the points.
pub fn shelf_cover(village: &Village, today: Date) -> ShelfCover {
    let outstanding = outstanding_total(village, village.settings.carry_over, today);
    let owed = outstanding.saturating_mul(i64::from(village.settings.rate_cents));
    let in_stock = stock_worth(village, |goods| goods.price_points);
    let cents = stock_worth(village, |goods| goods.price_cents);
    let budget = i64::from(village.settings.budget_cents);
    let missing = owed.saturating_sub(cents).saturating_sub(budget);
    ShelfCover {
        outstanding: thousands(outstanding),
        owed: yuan(owed),
        in_stock: thousands(in_stock),
        in_yuan: yuan(cents),
        gap: (outstanding > in_stock).then(|| thousands(outstanding - in_stock)),
        budget: (budget > 0).then(|| yuan(budget)),
        missing: (budget > 0 && missing > 0).then(|| yuan(missing)),
    }
}

/// What the stock is worth at these prices; more than fits is held at the limit.
/// Goods that are not offered any more pay for no points.
pub(super) fn stock_worth(village: &Village, price: fn(&Goods) -> u32) -> i64 {
    let goods = village
        .shelf
        .goods
        .iter()
        .filter(|goods| !goods.is_service && village.shelf.terms(goods.id).is_some_and(|terms| terms.is_offered));
    let worth = goods.map(|goods| village.shelf.stock(goods.id).max(0).saturating_mul(i64::from(price(goods))));
    worth.fold(0, i64::saturating_add)
}

/// Goods that run low, by the rule of the overview.
pub fn low_stock(village: &Village) -> HashSet<GoodsId> {
    let targets = stock_todos(village).into_iter().map(|todo| todo.target);
    let goods = targets.filter_map(|target| match target {
        TodoTarget::Goods(goods) => Some(goods),
        _ => None,
    });
    goods.collect()
}
