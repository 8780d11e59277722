//! 兑换日: the shelf, how the day goes, and the list that people sign.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::passbook::goods_words;
use super::tag::day_words;
use crate::domain::calendar::{Quarter, long_date};
use crate::domain::id::{GoodsId, RedemptionId};
use crate::domain::points::ledger::Account;
use crate::domain::points::shelf::{GoodsTerms, Redemption};
use crate::domain::village::Village;

/// Goods, or a priority service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfRow {
    /// The goods' id.
    pub id: GoodsId,
    /// Name with size.
    pub name: String,
    /// 单位
    pub unit: String,
    /// Price of one, in points.
    pub price_points: u32,
    /// 「12.50 元」; empty when there is none.
    pub price_yuan: String,
    /// In stock; `None` for a service.
    pub stock: Option<i64>,
    /// Handed out in the quarter.
    pub issued: i64,
    /// The terms, as they are now.
    pub terms: GoodsTerms,
}

/// Goods in the order in which they were added.
pub fn shelf(village: &Village, quarter: Quarter) -> Vec<ShelfRow> {
    let issued = issued(standing(village, Span::Quarter(quarter)));
    let rows = village.shelf.goods.iter().filter_map(|goods| {
        Some(ShelfRow {
            id: goods.id,
            terms: village.shelf.terms(goods.id)?,
            name: goods.name.clone(),
            unit: goods.unit.clone(),
            price_points: goods.price_points,
            price_yuan: yuan(goods.price_cents),
            stock: (!goods.is_service).then(|| village.shelf.stock(goods.id)),
            issued: issued.get(&goods.id).copied().unwrap_or(0),
        })
    });
    rows.collect()
}

/// A redemption that can still be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// Which.
    pub id: RedemptionId,
    /// 「王海林户」; a person's name alone.
    pub name: String,
    /// Points that come back.
    pub points: i64,
}

/// How the redemption day goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedemptionDay {
    /// 「2025年第三季度」
    pub quarter: String,
    /// 户 or 人.
    pub counter: &'static str,
    /// Accounts served today, each once.
    pub households_today: usize,
    /// Points redeemed today.
    pub points_today: i64,
    /// Accounts served in the quarter, each once.
    pub households_quarter: usize,
    /// Points redeemed in the quarter.
    pub points_quarter: i64,
    /// The last redemption of today.
    pub last_undoable: Option<Undoable>,
}

/// How the redemption day goes, as of now.
pub fn redemption_day(village: &Village, today: Date) -> RedemptionDay {
    let quarter = Quarter::of(today);
    let (mut served_today, mut served_quarter) = (HashSet::new(), HashSet::new());
    let (mut points_today, mut points_quarter) = (0, 0);
    let mut last = None;
    let is_closed = village.shelf.days.get(today).is_some_and(|day| day.closing().is_some());
    for redemption in standing(village, Span::Quarter(quarter)) {
        served_quarter.insert(redemption.account);
        points_quarter += redemption.points();
        if redemption.at.date() == today {
            served_today.insert(redemption.account);
            points_today += redemption.points();
            last = Some(redemption);
        }
    }
    RedemptionDay {
        quarter: quarter.words(),
        counter: village.villager_accounts.now().counter(),
        households_today: served_today.len(),
        points_today,
        households_quarter: served_quarter.len(),
        points_quarter,
        last_undoable: last.filter(|_| !is_closed).map(|redemption| Undoable {
            id: redemption.id,
            name: served_name(village, redemption.account),
            points: redemption.points(),
        }),
    }
}

/// 「王海林户」; a person's name alone.
fn served_name(village: &Village, account: Account) -> String {
    let name = village.account_name(account);
    if account.person().is_some() { name.to_owned() } else { format!("{name}户") }
}

/// One line of the list that people sign. It stays in the hall, so names are
/// in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRow {
    /// 序号, from 1.
    pub n: usize,
    /// Whose points.
    pub account: Account,
    /// 户号
    pub number: String,
    /// 户主, or the villager.
    pub name: String,
    /// 「洗衣液 2 kg ×1、食盐 400 g ×3」
    pub goods: String,
    /// Points.
    pub points: i64,
    /// 代领人 with relation; empty when the head came.
    pub proxy: String,
    /// 「9月30日」
    pub day: String,
}

/// What was handed out of one kind of goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodsTotal {
    /// Name with size.
    pub name: String,
    /// 单位
    pub unit: String,
    /// How many.
    pub quantity: i64,
}

/// What a list that people sign covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One redemption day, as it is closed.
    Day(Date),
    /// All days of a quarter.
    Quarter(Quarter),
}

impl Span {
    /// Whether the day is one of it.
    pub fn contains(self, day: Date) -> bool {
        match self {
            Self::Day(only) => only == day,
            Self::Quarter(quarter) => quarter.contains(day),
        }
    }

    /// 「2025年9月26日」 「2025年第三季度」
    pub fn words(self) -> String {
        match self {
            Self::Day(day) => long_date(day),
            Self::Quarter(quarter) => quarter.words(),
        }
    }

    /// Its last day.
    pub(super) fn last_day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Quarter(quarter) => quarter.last_day(),
        }
    }

    fn first_day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Quarter(quarter) => quarter.first_day(),
        }
    }
}

/// What the list can be had for: the last quarters, each before its days, and
/// the day that was asked for.
pub fn spans(village: &Village, quarters: usize, asked: Option<Date>, today: Date) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut quarter = Quarter::of(today);
    for _ in 0..quarters {
        spans.push(Span::Quarter(quarter));
        let days = village.shelf.days.iter().rev().map(|(day, _)| day).filter(|day| quarter.contains(*day));
        spans.extend(days.map(Span::Day));
        quarter = quarter.previous();
    }
    let asked = asked.map(Span::Day).filter(|asked| !spans.contains(asked));
    spans.extend(asked);
    spans
}

/// 兑换签字表 of a day or a quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureList {
    /// In the order of redemption; undone ones are left out.
    pub rows: Vec<SignatureRow>,
    /// Accounts served, each once.
    pub households: usize,
    /// Points redeemed.
    pub points: i64,
    /// Goods that were handed out, in the order of the shelf.
    pub goods: Vec<GoodsTotal>,
}

/// The list that people sign.
pub fn signature_list(village: &Village, span: Span) -> SignatureList {
    let rows = (1..).zip(standing(village, span)).map(|(n, redemption)| signature_row(village, span, n, redemption));
    let rows: Vec<SignatureRow> = rows.collect();
    let issued = issued(standing(village, span));
    let goods = village.shelf.goods.iter().filter_map(|goods| {
        let quantity = *issued.get(&goods.id)?;
        Some(GoodsTotal { name: goods.name.clone(), unit: goods.unit.clone(), quantity })
    });
    SignatureList {
        households: rows.iter().map(|row| row.account).collect::<HashSet<_>>().len(),
        points: rows.iter().map(|row| row.points).sum(),
        goods: goods.collect(),
        rows,
    }
}

fn signature_row(village: &Village, span: Span, n: usize, redemption: &Redemption) -> SignatureRow {
    SignatureRow {
        n,
        account: redemption.account,
        number: village.home_of(redemption.account).map(|household| household.number.to_string()).unwrap_or_default(),
        name: village.account_name(redemption.account).to_owned(),
        goods: goods_words(village, &redemption.lines),
        points: redemption.points(),
        proxy: village.note(redemption.proxy).to_owned(),
        day: day_words(redemption.at.date(), span.first_day()),
    }
}

/// Redemptions that stand.
fn standing(village: &Village, span: Span) -> impl Iterator<Item = &Redemption> {
    let standing = village.shelf.redemptions().filter(|redemption| !redemption.undone);
    standing.filter(move |redemption| span.contains(redemption.at.date()))
}

fn issued<'a>(redemptions: impl Iterator<Item = &'a Redemption>) -> HashMap<GoodsId, i64> {
    let mut issued = HashMap::new();
    for line in redemptions.flat_map(|redemption| &redemption.lines) {
        *issued.entry(line.goods).or_default() += i64::from(line.quantity);
    }
    issued
}

/// 「12.50 元」; nothing for nothing.
pub(super) fn yuan(cents: u32) -> String {
    if cents == 0 { String::new() } else { format!("{}.{:02} 元", cents / 100, cents % 100) }
}
