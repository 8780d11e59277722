//! 兑换前准备: what will probably be asked for against what is there, and a
//! list of what to look at before the yard is full.

use std::collections::HashMap;

use jiff::civil::Date;

use super::gauge::yuan;
use super::shelf_cover::shelf_cover;
use super::tag::{day_words, thousands};
use super::worth::unlike;
use crate::domain::calendar::{Moment, Quarter, days_between};
use crate::domain::id::GoodsId;
use crate::domain::points::settings::outstanding_total;
use crate::domain::points::shelf::Redemption;
use crate::domain::points::veto::VetoEffect;
use crate::domain::village::Village;

/// Days after which a save file is old.
const SAVE_FILE_DAYS: i32 = 7;

/// What will probably be asked for of one kind of goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandRow {
    /// The goods' id.
    pub goods: GoodsId,
    /// Name with size.
    pub name: String,
    /// 单位
    pub unit: String,
    /// Handed out in the quarter that the estimate goes by.
    pub before: i64,
    /// Whether they ran out then, so that more might have been asked for.
    pub ran_out: bool,
    /// Estimate.
    pub estimate: i64,
    /// In stock.
    pub stock: i64,
    /// By how many the stock is short; 0 when it is not.
    pub short: i64,
    /// What the missing ones cost by reference price, in 分.
    pub cents: i64,
}

/// What will probably be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// 「按 2026年第三季度 的兑换,结合现在的未兑付积分估算」, or why there is no estimate.
    pub basis: String,
    /// Goods with a stock that are offered; none without an earlier redemption day.
    pub rows: Vec<DemandRow>,
    /// Estimate of the points that will be redeemed: `6,340`; empty without one.
    pub points: String,
    /// What the missing goods cost: `1,234 元`; empty when nothing is missing.
    pub budget: String,
    /// By how much that is more than the village set aside: `234 元`; empty
    /// where it is not, or where there is no budget.
    pub over_budget: String,
}

/// Estimates the demand from the last quarter with redemptions, in proportion
/// to the points that were out then and are out now.
pub fn demand(village: &Village, today: Date) -> Demand {
    let last = village.shelf.days.iter().map(|(day, _)| day).rfind(|day| !Quarter::of(today).contains(*day));
    let Some(last) = last else {
        return Demand {
            basis: "还没有兑换过,没有可以参照的数字。兑换一个季度以后,这里会估算需要多少。".to_owned(),
            rows: Vec::new(),
            points: String::new(),
            budget: String::new(),
            over_budget: String::new(),
        };
    };
    let quarter = Quarter::of(last);
    let first = village.shelf.days.iter().map(|(day, _)| day).find(|day| quarter.contains(*day)).unwrap_or(last);
    let then = village.day_points(first).map_or(0, |points| points.opening).max(1);
    let now = outstanding_total(village, village.settings.carry_over, today);
    let scaled = |count: i64| count.saturating_mul(now).saturating_add(then - 1) / then;
    let issued = issued(village, quarter);
    let offered = village.shelf.goods.iter().filter(|goods| !goods.is_service);
    let offered = offered.filter(|goods| village.shelf.terms(goods.id).is_some_and(|terms| terms.is_offered));
    let rows = offered.map(|goods| {
        let (before, stock) = (issued.get(&goods.id).copied().unwrap_or(0), village.shelf.stock(goods.id));
        let left = stock.saturating_sub(village.shelf.moved_after(last, goods.id));
        let short = scaled(before).saturating_sub(stock).max(0);
        DemandRow {
            goods: goods.id,
            name: goods.name.clone(),
            unit: goods.unit.clone(),
            before,
            ran_out: before > 0 && left <= 0,
            estimate: scaled(before),
            stock,
            short,
            cents: short.saturating_mul(i64::from(goods.price_cents)),
        }
    });
    let rows: Vec<DemandRow> = rows.collect();
    let redeemed = village.shelf.redemptions().filter(|one| quarter.contains(one.at.date()));
    let redeemed = redeemed.map(Redemption::points).fold(0, i64::saturating_add);
    let cents = rows.iter().map(|row| row.cents).fold(0, i64::saturating_add);
    let budget = i64::from(village.settings.budget_cents);
    Demand {
        basis: format!("按{}实际兑换的数量,结合现在的未兑付积分估算", quarter.words()),
        points: thousands(scaled(redeemed).min(now)),
        budget: if cents > 0 { yuan(cents) } else { String::new() },
        over_budget: if budget > 0 && cents > budget { yuan(cents - budget) } else { String::new() },
        rows,
    }
}

fn issued(village: &Village, quarter: Quarter) -> HashMap<GoodsId, i64> {
    let mut issued = HashMap::new();
    let standing = village.shelf.redemptions().filter(|one| !one.undone && quarter.contains(one.at.date()));
    for line in standing.flat_map(|one| &one.lines) {
        *issued.entry(line.goods).or_insert(0) += i64::from(line.quantity);
    }
    issued
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyLine {
    /// What was looked at, and how it stands.
    pub sentence: String,
    /// Whether something should be done first.
    pub is_open: bool,
}

impl ReadyLine {
    fn done(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), is_open: false }
    }

    fn open(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), is_open: true }
    }
}

/// What to look at before a redemption day.
pub fn checklist(village: &Village, today: Date, last_save: Option<Moment>) -> Vec<ReadyLine> {
    vec![
        cover_line(village, today),
        short_line(village, today),
        days_line(village, today),
        stopped_line(village, today),
        save_line(last_save, today),
        worth_line(village),
    ]
}

fn cover_line(village: &Village, today: Date) -> ReadyLine {
    let cover = shelf_cover(village, today);
    let sentence = format!("未兑付 {} 分,库存可兑 {} 分", cover.outstanding, cover.in_stock);
    let budget = cover.budget.map_or_else(String::new, |budget| format!(";预算 {budget}"));
    match (cover.gap, cover.missing) {
        (_, Some(missing)) => ReadyLine::open(format!("{sentence}{budget},加在一起还差 {missing}")),
        (Some(gap), None) if budget.is_empty() => ReadyLine::open(format!("{sentence},全部来兑还差 {gap} 分的物品")),
        (Some(gap), None) => ReadyLine::open(format!("{sentence},还差 {gap} 分的物品{budget},补得齐")),
        (None, None) => ReadyLine::done(format!("{sentence},够兑")),
    }
}

/// 「毛巾等」, 「食盐 400 g 等」
fn and_others(name: &str) -> String {
    let gap = if name.ends_with(|letter: char| letter.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{name}{gap}等")
}

fn short_line(village: &Village, today: Date) -> ReadyLine {
    let demand = demand(village, today);
    let short: Vec<_> = demand.rows.iter().filter(|row| row.short > 0).map(|row| row.name.as_str()).collect();
    match short.as_slice() {
        [] if demand.rows.is_empty() => ReadyLine::done("没有以前的兑换可以参照,需求凭经验估计"),
        [] => ReadyLine::done("按上次估计,每种物品都够"),
        [first, ..] => ReadyLine::open(format!("按上次估计,{} {} 种物品不够", and_others(first), short.len())),
    }
}

fn days_line(village: &Village, today: Date) -> ReadyLine {
    let open = village.shelf.days.iter().filter(|(day, what)| *day < today && what.closing().is_none());
    let open: Vec<Date> = open.map(|(day, _)| day).collect();
    match open.as_slice() {
        [] => ReadyLine::done("以前的兑换日都已收场对账"),
        [.., last] => ReadyLine::open(format!("{}等 {} 个兑换日还没有收场对账", day_words(*last, today), open.len())),
    }
}

fn stopped_line(village: &Village, today: Date) -> ReadyLine {
    let kind = village.villager_accounts.now();
    let accounts = village.villagers(kind).into_iter().map(|(_, account)| account);
    let stopped = accounts.filter(|one| village.veto_against(*one, VetoEffect::NoRedemption, today).is_some());
    match stopped.count() {
        0 => ReadyLine::done(format!("没有被停兑的{}", kind.counter())),
        count => ReadyLine::done(format!("{count} {}停兑中,兑换时会提示文号", kind.counter())),
    }
}

fn worth_line(village: &Village) -> ReadyLine {
    match unlike(village).as_slice() {
        [] => ReadyLine::done("各种物品的积分单价和参考价对得上"),
        [first, others @ ..] => {
            let count = others.len() + 1;
            let first = and_others(first);
            ReadyLine::open(format!("{first} {count} 种物品的积分单价和参考价对不上,可在「物品与库存」里更改"))
        }
    }
}

fn save_line(last_save: Option<Moment>, today: Date) -> ReadyLine {
    match last_save.map(|at| days_between(at.date(), today)) {
        None => ReadyLine::open("还没有保存文件,兑换前请先在「数据」里存一份"),
        Some(..=0) => ReadyLine::done("今天存过保存文件"),
        Some(days) if days < SAVE_FILE_DAYS => ReadyLine::done(format!("保存文件是 {days} 天前的")),
        Some(days) => ReadyLine::open(format!("保存文件是 {days} 天前的,兑换前请先存一份")),
    }
}
