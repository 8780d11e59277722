//! Facts of which the last word counts, and to which two laptops gave a
//! different one, each without knowing of the other: what stands here, what
//! stands in the file, and what counts once both are merged.

use super::merge_preview::DifferenceRow;
use super::shelf_list::yuan;
use super::tag::case_number;
use crate::domain::calendar::{long_date, short_date};
use crate::domain::case::record::Case;
use crate::domain::id::{HouseholdId, PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::points::shelf::GoodsTerms;
use crate::domain::register::Field;
use crate::domain::village::Village;

/// The village as both knew it, as it is here, in the file, and merged.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// What both knew.
    pub base: &'a Village,
    /// What stands here.
    pub ours: &'a Village,
    /// What stands in the file.
    pub theirs: &'a Village,
    /// What counts after merging.
    pub merged: &'a Village,
}

/// Everything that both changed, and differently.
pub fn both_changed(sides: &Sides<'_>) -> Vec<DifferenceRow> {
    let village = sides.merged;
    let mut rows = Vec::new();
    for goods in &village.shelf.goods {
        let title = || format!("「{}」的单价和限兑", goods.name);
        rows.extend(sides.row(&title, &|village| Some(terms_words(&village.shelf.terms(goods.id)?, &goods.unit))));
    }
    for home in &village.people.households {
        let of = |what| format!("{} {} {what}", home.number, village.head_name(home.id));
        rows.extend(sides.row(&|| of("的户号"), &|village| number(village, home.id)));
        rows.extend(sides.row(&|| of("的十户单元"), &|side| placed(village, side, home.id)));
    }
    for unit in &village.people.units {
        let of = |what| format!("{} {}的{what}", village.people.grid_name(unit.grid), village.unit_name(unit));
        rows.extend(sides.row(&|| of("序号"), &|side| Some(side.people.units.get(unit.id)?.numbered())));
        rows.extend(sides.row(&|| of("十户长"), &|side| headed(village, side, unit.id)));
    }
    for case in &village.cases {
        let title = || format!("「{}」的编号", village.register.text(case.opening.id, Field::Title));
        let number = |case: &Case| case_number(case.opening.number);
        rows.extend(sides.row(&title, &|side| side.cases.get(case.opening.id).map(number)));
    }
    for person in village.people.persons.iter().filter(|person| !person.erased) {
        let of = |what| format!("{}的{what}", village.name(person.id));
        rows.extend(sides.row(&|| of("党员类型"), &|side| types(side, person.id)));
        rows.extend(sides.row(&|| of("去留"), &|side| changes(side, person.id)));
    }
    rows
}

impl Sides<'_> {
    /// A row, where both changed what this says, and not to the same.
    fn row(&self, title: &dyn Fn() -> String, words: &dyn Fn(&Village) -> Option<String>) -> Option<DifferenceRow> {
        let (ours, theirs) = (words(self.ours)?, words(self.theirs)?);
        let base = words(self.base);
        let is_known = |side: &String| base.as_ref() == Some(side);
        if ours == theirs || is_known(&ours) || is_known(&theirs) {
            return None;
        }
        Some(DifferenceRow { title: title(), texts: Some([ours, theirs, words(self.merged).unwrap_or_default()]) })
    }
}

/// 「5 分一瓶,参考价 12.00 元,每户每季限 2 瓶」
fn terms_words(terms: &GoodsTerms, unit: &str) -> String {
    let limit = terms.quarter_limit.map_or_else(|| "不限".to_owned(), &|limit| format!("限 {limit} {unit}"));
    let low = terms.low_stock.map_or_else(String::new, |low| format!(",库存 {low} {unit}以下提醒"));
    let offered = if terms.is_offered { "" } else { ",停兑" };
    let price = Some(yuan(terms.price_cents)).filter(|price| !price.is_empty());
    let price = price.map_or_else(|| "没有参考价".to_owned(), &|price| format!("参考价 {price}"));
    format!("{} 分一{unit},{price},每户每季{limit}{low}{offered}", terms.price_points)
}

fn number(village: &Village, id: HouseholdId) -> Option<String> {
    village.people.households.get(id).map(|home| home.number.to_string())
}

/// In which unit the household was placed; units are called as in the merged village.
fn placed(merged: &Village, side: &Village, id: HouseholdId) -> Option<String> {
    let unit = side.people.unit_of(side.people.households.get(id)?);
    Some(unit.map_or_else(
        || "不在单元里".to_owned(),
        |unit| {
            merged
                .people
                .units
                .get(unit.id)
                .map_or_else(|| "已撤销的单元".to_owned(), &|unit| merged.unit_name(unit))
        },
    ))
}

fn headed(merged: &Village, side: &Village, id: UnitId) -> Option<String> {
    let head = side.people.units.get(id)?.head;
    Some(head.map_or_else(|| "没有".to_owned(), &|head| merged.name(merged.people.person_now(head)).to_owned()))
}

/// 「联户党员(2025年1月1日起)、村组干部(2026年9月1日起)」; nothing for who is no member.
fn types(side: &Village, id: PersonId) -> Option<String> {
    let types = |person: &Person| {
        let all = person.memberships.iter();
        all.map(|one| format!("{}({}起)", one.kind.word(), long_date(one.from))).collect::<Vec<_>>().join("、")
    };
    side.people.persons.get(id).map(types).filter(|words| !words.is_empty())
}

/// 「去世(9月1日)」; nothing for who has not changed.
fn changes(side: &Village, id: PersonId) -> Option<String> {
    let changes = |person: &Person| {
        let all = person.changes.iter();
        all.map(|(from, change)| format!("{}({})", change.word(), short_date(*from))).collect::<Vec<_>>().join("、")
    };
    side.people.persons.get(id).map(changes).filter(|words| !words.is_empty())
}
