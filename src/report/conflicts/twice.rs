//! What two laptops created twice: 起始分, households, units, goods, and cases of one number.

use std::collections::HashMap;
use std::hash::Hash;

use super::joining::join_differences;
use super::{ConflictRow, Way, account_words};
use crate::domain::command::Settlement;
use crate::domain::conflict::Choice;
use crate::domain::id::{CaseId, GoodsId, HouseholdId, UnitId};
use crate::domain::points::ledger::Reason;
use crate::domain::points::rule::Ledger;
use crate::domain::points::shelf::Goods;
use crate::domain::points::year_twice::{YearEndAct, YearEndOf, YearEndTwice, YearUncleared};
use crate::domain::register::Field;
use crate::domain::village::Village;
use crate::report::tag::{case_number, thousands};

/// The kind of a household that is there twice.
const HOUSEHOLD: &str = "户";

/// What to think of with the kinds that are listed: once, and not in each row.
pub fn kinds_advice(rows: &[ConflictRow]) -> Option<&'static str> {
    let is_twice = rows.iter().any(|row| row.kind == HOUSEHOLD);
    is_twice.then_some(
        "一个户号有两户的:是同一户就合并,积分合在一起,同名的人算一个,写得不一样的先列给您看;是两户就给后一户改号。",
    )
}

/// Everything that is there twice.
pub(super) fn rows(village: &Village) -> Vec<ConflictRow> {
    let mut rows: Vec<ConflictRow> = twice_opened(village).collect();
    rows.extend(village.year_ends_twice().iter().map(|twice| year_end_row(village, twice)));
    rows.extend(village.years_uncleared().iter().map(uncleared_row));
    rows.extend(twice_households(village));
    rows.extend(twice_units(village));
    rows.extend(twice_goods(village));
    rows.extend(twice_numbered_cases(village));
    rows
}

/// Joinings of households that both laptops entered with the same number, the
/// same head and nothing that differs: the usual outcome of importing one roster on both.
pub fn same_households(village: &Village) -> Vec<Settlement> {
    let twice = twice_numbered_households(village).into_iter();
    let same = twice.filter(|(kept, gone)| {
        let head = village.head_name(*kept);
        let is_same = !head.is_empty() && head == village.head_name(*gone);
        is_same && join_differences(village, *gone, *kept).is_empty()
    });
    same.map(|(kept, gone)| Settlement::JoinHouseholds { gone, kept, texts: Choice::Keep }).collect()
}

fn twice_opened(village: &Village) -> impl Iterator<Item = ConflictRow> {
    village.opened_twice().into_iter().map(|account| {
        let points = village.standing_openings(account).filter_map(|id| village.entries.get(id));
        let points: Vec<_> = points.map(|entry| format!("{} 分", entry.points)).collect();
        ConflictRow {
            kind: "积分",
            title: account_words(village, account),
            detail: format!("两台电脑各记了一次起始分({})。只算先记的,后记的冲正。", points.join("、")),
            ways: vec![Way::Press("只算一次", Settlement::OneOpening(account))],
        }
    })
}

fn year_end_row(village: &Village, twice: &YearEndTwice) -> ConflictRow {
    let YearEndOf { year, act, .. } = twice.of;
    let points = |kept| {
        let lines = twice.beyond(kept).into_iter().filter_map(|id| village.entries.get(id));
        thousands(
            lines
                .map(|entry| match entry.reason {
                    Reason::Carried { points, .. } => i64::from(points),
                    _ => -i64::from(entry.points),
                })
                .sum(),
        )
    };
    let consequence = match act {
        YearEndAct::Cleared => "合起来清得比年末有的多",
        YearEndAct::Carried => "一年只结转一次",
    };
    ConflictRow {
        kind: "年终",
        title: format!("{year}年{}{}", twice.of.ledger().word(), act.word()),
        detail: format!(
            "两台电脑各记了一次:{} 个账户,先记的共 {} 分,后记的共 {} 分,{consequence}。请留一次;另一次的各笔今天冲正,公示过的不变。",
            twice.lines.len(),
            points(Choice::Take),
            points(Choice::Keep)
        ),
        ways: Choice::ALL
            .iter()
            .map(|kept| Way::Press(kept.word(), Settlement::OneYearEnd { of: twice.of, kept: *kept }))
            .collect(),
    }
}

fn uncleared_row(uncleared: &YearUncleared) -> ConflictRow {
    let year = uncleared.year;
    ConflictRow {
        kind: "年终",
        title: format!("{year}年{}{}", Ledger::Villager.word(), YearEndAct::Cleared.word()),
        detail: format!(
            "两台电脑各清了一次,又各留了不同的一次,两次都冲正了:{} 个账户的 {} 分没有清。请再清一次,记在今天;村里议定不清的,选「不清了」。",
            uncleared.lines.len(),
            thousands(uncleared.points())
        ),
        ways: vec![
            Way::Press("再清一次", Settlement::ClearAgain(year)),
            Way::Press("不清了", Settlement::LeaveUncleared(year)),
        ],
    }
}

/// Pairs of what carries the same key: the first with each later one.
fn pairs<K: Eq + Hash, I: Copy>(items: impl Iterator<Item = (K, I)>) -> Vec<(I, I)> {
    let mut first: HashMap<K, I> = HashMap::new();
    let mut found = Vec::new();
    for (key, id) in items {
        if let Some(before) = first.get(&key) {
            found.push((*before, id));
        } else {
            first.insert(key, id);
        }
    }
    found
}

fn twice_numbered_households(village: &Village) -> Vec<(HouseholdId, HouseholdId)> {
    let numbered = village.people.households.iter().filter(|household| !household.number.is_empty());
    pairs(numbered.map(|household| (household.number.as_str(), household.id)))
}

fn twice_households(village: &Village) -> impl Iterator<Item = ConflictRow> {
    twice_numbered_households(village).into_iter().map(|(kept, gone)| {
        let number = village.people.households.get(kept).map_or("", |household| household.number.as_str());
        let (first, second) = (village.head_name(kept), village.head_name(gone));
        let people = |id| village.people.households.get(id).map_or(0, |household| household.people.len());
        ConflictRow {
            kind: HOUSEHOLD,
            title: format!("户号 {number}"),
            detail: format!("两台电脑各建了一户:{first}({} 人)和{second}({} 人)。", people(kept), people(gone)),
            ways: vec![
                if join_differences(village, gone, kept).is_empty() {
                    Way::Press("是同一户,合并", Settlement::JoinHouseholds { gone, kept, texts: Choice::Keep })
                } else {
                    Way::Join("是同一户,合并", gone, kept)
                },
                Way::Number("是两户,给后一户改号", gone),
            ],
        }
    })
}

/// Units of a grid that are called the same.
fn twice_units(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let units = &village.people.units;
    let mut found: Vec<(UnitId, UnitId)> = pairs(units.iter().map(|unit| ((unit.grid, unit.number), unit.id)));
    let by_name = pairs(units.iter().map(|unit| ((unit.grid, village.unit_name(unit)), unit.id)));
    found.extend(
        by_name.into_iter().filter(|(_, gone)| found.iter().all(|(_, other)| other != gone)).collect::<Vec<_>>(),
    );
    found.into_iter().filter_map(|(kept, gone)| {
        let (first, second) = (units.get(kept)?, units.get(gone)?);
        let homes = |unit| village.people.households_of(unit).count();
        let join = Way::Press("是同一个,合并", Settlement::JoinUnits { gone, kept });
        let (why, way) = if first.number == second.number {
            ("是两个就给后一个换新序号", Some(Way::Press("是两个,给后一个换序号", Settlement::RenumberUnit(gone))))
        } else {
            ("是两个就到「村情 · 网格」里给其中一个改名", None)
        };
        Some(ConflictRow {
            kind: "单元",
            title: format!("{} {}", village.people.grid_name(second.grid), village.unit_name(second)),
            detail: format!(
                "两台电脑各建了一个:一个有 {} 户,一个有 {} 户。是同一个就合并,户都在一起;{why}。",
                homes(kept),
                homes(gone)
            ),
            ways: std::iter::once(join).chain(way).collect(),
        })
    })
}

/// Goods of one name that are both offered.
fn twice_goods(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let shelf = &village.shelf;
    let offered = shelf.goods.iter().filter(|goods| shelf.terms(goods.id).is_some_and(|terms| terms.is_offered));
    let found: Vec<(GoodsId, GoodsId)> = pairs(offered.map(|goods| (goods.name.as_str(), goods.id)));
    found.into_iter().filter_map(|(kept, gone)| {
        let (first, second) = (shelf.goods.get(kept)?, shelf.goods.get(gone)?);
        let withdraw = Way::Press("是两种,后一种停兑", Settlement::WithdrawGoods(gone));
        let is_same = first.unit == second.unit && first.is_service == second.is_service;
        let (advice, join) = if is_same {
            let join = Way::Press("是同一种,合并", Settlement::JoinGoods { gone, kept });
            ("合并后库存算到先添加的上,后添加的停兑,兑过的不变", Some(join))
        } else {
            ("单位不同,或一种是服务,不能合并", None)
        };
        let [one, other] = [first, second].map(|goods| goods_words(village, goods));
        Some(ConflictRow {
            kind: "物品",
            title: first.name.clone(),
            detail: format!("两台电脑各添加了一次:先添加的 {one},后添加的 {other}。{advice}。"),
            ways: join.into_iter().chain([withdraw]).collect(),
        })
    })
}

/// 「5 分一瓶,每户每季限 2 瓶,库存 3 瓶」
fn goods_words(village: &Village, goods: &Goods) -> String {
    let limit = village.shelf.terms(goods.id).and_then(|terms| terms.quarter_limit);
    let limit = limit.map_or_else(String::new, |limit| format!(",每户每季限 {limit} {}", goods.unit));
    let stock = village.shelf.stock(goods.id);
    let stock = if goods.is_service { ",是服务".to_owned() } else { format!(",库存 {stock} {}", goods.unit) };
    format!("{} 分一{}{limit}{stock}", goods.price_points, goods.unit)
}

fn twice_numbered_cases(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let numbers = village.cases.iter().map(|case| {
        let opening = &case.opening;
        ((opening.received.date().year(), opening.number), opening.id)
    });
    let found: Vec<(CaseId, CaseId)> = pairs(numbers);
    found.into_iter().filter_map(|(first, second)| {
        let (first, second) = (village.cases.get(first)?, village.cases.get(second)?);
        Some(ConflictRow {
            kind: "事项",
            title: format!("编号 {}", case_number(second.opening.number)),
            detail: format!(
                "两件事项用了同一个编号:「{}」和「{}」。",
                village.register.text(first.opening.id, Field::Title),
                village.register.text(second.opening.id, Field::Title)
            ),
            ways: vec![Way::Press("给后一件换新号", Settlement::RenumberCase(second.opening.id))],
        })
    })
}
