//! Papers for the hall on a redemption day: who can redeem how much, what
//! things cost, and cards for a scanner with the household's number, or with the
//! villager's id. They are for the hall and the household, so names are in full.

use std::fmt::Write;

use jiff::civil::Date;
use qrcodegen::{QrCode, QrCodeEcc};

use super::redemption_desk::card_code;
use super::tag::thousands;
use super::units::sort_by_number;
use crate::domain::calendar::{Quarter, long_date};
use crate::domain::id::GridId;
use crate::domain::order::sort_by_key;
use crate::domain::people::Household;
use crate::domain::points::ledger::Account;
use crate::domain::points::settings::Settings;
use crate::domain::points::settings::redeemable;
use crate::domain::points::veto::VetoEffect;
use crate::domain::village::Village;

/// Rows on a page of the list.
const LIST_ROWS: usize = 30;
/// Cards on a page.
const CARDS: usize = 10;

/// Who can redeem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitledRow {
    /// 序号, from 1.
    pub n: usize,
    /// 户号
    pub number: String,
    /// 户主, or the villager.
    pub head: String,
    /// 网格
    pub grid: String,
    /// Points that can be redeemed.
    pub points: i64,
    /// 「停兑」 where a veto stands, 「不满 20 分」 below the minimum.
    pub remark: String,
}

/// The list of those who can redeem, in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitledList {
    /// 「柳湾村2026年第四季度可兑名单」
    pub title: String,
    /// 「截至 2026年11月22日」
    pub as_of: String,
    /// Its pages; none when nobody can redeem.
    pub pages: Vec<Vec<EntitledRow>>,
    /// 「合计 312 户、14,160 分,其中 3 户现在不能兑」
    pub total: String,
    /// 户主, or 姓名.
    pub name_word: &'static str,
}

/// Those with points, by grid and number.
pub fn entitled_list(village: &Village, grid: Option<GridId>, today: Date) -> EntitledList {
    let mut homes: Vec<&Household> = village.people.households.iter().collect();
    homes.retain(|home| grid.is_none_or(|grid| home.grid == Some(grid)));
    sort_by_number(&mut homes);
    sort_by_key(&mut homes, |home| grid_place(village, home.grid));
    let kind = village.villager_accounts.now();
    let accounts =
        homes.iter().flat_map(|home| village.accounts_of(home, kind).into_iter().map(|account| (*home, account)));
    let accounts = accounts.filter(|(_, account)| redeemable(village, *account, today) > 0);
    let rows = accounts.zip(1..).map(|((home, account), n)| {
        let stopped = village.veto_against(account, VetoEffect::NoRedemption, today).is_some();
        let (points, least) = (redeemable(village, account, today), village.settings.redeem_min);
        let remark = if stopped {
            "停兑".to_owned()
        } else if points < i64::from(least) {
            format!("不满 {least} 分")
        } else {
            String::new()
        };
        EntitledRow {
            n,
            number: home.number.to_string(),
            head: village.account_name(account).to_owned(),
            grid: village.people.grid_name(home.grid).to_owned(),
            points,
            remark,
        }
    });
    let rows: Vec<EntitledRow> = rows.collect();
    let counter = kind.counter();
    let points = rows.iter().map(|row| row.points).fold(0, i64::saturating_add);
    let barred = match rows.iter().filter(|row| !row.remark.is_empty()).count() {
        0 => String::new(),
        count => format!(",其中 {count} {counter}现在不能兑"),
    };
    EntitledList {
        title: format!("{}{}可兑名单", village_name(village), Quarter::of(today).words()),
        as_of: format!("截至 {}", long_date(today)),
        total: format!("合计 {} {counter}、{} 分{barred}", rows.len(), thousands(points)),
        name_word: kind.name_word(),
        pages: rows.chunks(LIST_ROWS).map(<[_]>::to_vec).collect(),
    }
}

fn grid_place(village: &Village, grid: Option<GridId>) -> u16 {
    grid.and_then(|grid| village.people.grids.get(grid)).map_or(u16::MAX, |grid| grid.number)
}

fn village_name(village: &Village) -> &str {
    village.profile.as_ref().map_or("", |profile| profile.name.as_str())
}

/// What one kind of goods costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// Name with size.
    pub name: String,
    /// 单位
    pub unit: String,
    /// Price of one, in points.
    pub points: u32,
    /// 「每户每季限 2 瓶」 「不限」
    pub limit: String,
}

/// The list of prices for the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceList {
    /// 「柳湾村积分兑换价目表」
    pub title: String,
    /// 「2026年11月22日 起,兑完为止」
    pub as_of: String,
    /// What is offered: services, and goods that are there.
    pub rows: Vec<PriceRow>,
    /// 「满 20 分才能兑换;每户每天最多兑 200 分。」; empty without limits.
    pub terms: String,
}

/// What can be redeemed now, in the order of the shelf.
pub fn price_list(village: &Village, today: Date) -> PriceList {
    let offered = village.shelf.goods.iter().filter_map(|goods| {
        let terms = village.shelf.terms(goods.id).filter(|terms| terms.is_offered)?;
        (goods.is_service || village.shelf.stock(goods.id) > 0).then_some((goods, terms))
    });
    let rows = offered.map(|(goods, terms)| PriceRow {
        name: goods.name.clone(),
        unit: goods.unit.clone(),
        points: terms.price_points,
        limit: terms
            .quarter_limit
            .map_or_else(|| "不限".to_owned(), |limit| format!("每户每季限 {limit} {}", goods.unit)),
    });
    PriceList {
        title: format!("{}积分兑换价目表", village_name(village)),
        as_of: format!("{} 起,兑完为止", long_date(today)),
        rows: rows.collect(),
        terms: terms_words(&village.settings),
    }
}

fn terms_words(settings: &Settings) -> String {
    let least = (settings.redeem_min > 0).then(|| format!("满 {} 分才能兑换", settings.redeem_min));
    let most = (settings.redeem_day_max > 0).then(|| format!("每户每天最多兑 {} 分", settings.redeem_day_max));
    let words: Vec<String> = least.into_iter().chain(most).collect();
    if words.is_empty() { String::new() } else { format!("{}。", words.join(";")) }
}

/// A card that a household or a villager brings along. The code holds the
/// household's number, or the villager's opaque id, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Whose points.
    pub account: Account,
    /// 「积分户卡」 「积分卡」
    pub kind: &'static str,
    /// 户号
    pub number: String,
    /// 户主, or the villager.
    pub head: String,
    /// 网格
    pub grid: String,
    /// The dark squares of the code, as a path of an SVG.
    pub path: String,
    /// Squares along one side.
    pub side: i32,
}

/// Cards of the households of a grid, or of all, in pages. Households whose
/// number does not fit into a code have none.
pub fn cards(village: &Village, grid: Option<GridId>) -> Vec<Vec<Card>> {
    let mut homes: Vec<&Household> = village.people.households.iter().collect();
    homes.retain(|home| grid.is_none_or(|grid| home.grid == Some(grid)));
    sort_by_number(&mut homes);
    sort_by_key(&mut homes, |home| grid_place(village, home.grid));
    let kind = village.villager_accounts.now();
    let accounts =
        homes.into_iter().flat_map(|home| village.accounts_of(home, kind).into_iter().map(move |one| (home, one)));
    let cards = accounts.filter_map(|(home, account)| {
        let (kind, code) = match account.person() {
            None => ("积分户卡", QrCode::encode_text(&home.number, QrCodeEcc::Medium)),
            Some(person) => {
                let known = village.people.persons.get(person)?;
                (known.is_here() && !known.erased).then_some(())?;
                ("积分卡", QrCode::encode_text(&card_code(person), QrCodeEcc::Medium))
            }
        };
        let code = code.ok()?;
        Some(Card {
            account,
            kind,
            number: home.number.to_string(),
            head: village.account_name(account).to_owned(),
            grid: village.people.grid_name(home.grid).to_owned(),
            path: path(&code),
            side: code.size(),
        })
    });
    let cards: Vec<Card> = cards.collect();
    cards.chunks(CARDS).map(<[_]>::to_vec).collect()
}

/// One stroke for each run of dark squares in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // Writing to a string cannot fail.
                let _written = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    path
}
