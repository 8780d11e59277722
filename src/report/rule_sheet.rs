//! 积分细则 as a sheet: the items in force, by category.

use jiff::civil::Date;

use crate::domain::calendar::long_date;
use crate::domain::id::ItemId;
use crate::domain::points::rule::{Category, Item, Ledger, RuleVersion};
use crate::domain::village::Village;

/// One item of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    /// The item's id.
    pub id: ItemId,
    /// `Q01`
    pub code: String,
    /// What the user reads.
    pub name: String,
    /// 「+5/次」
    pub score: String,
    /// 「每日1次」; may be empty.
    pub caps: String,
    /// 「联户党员」; 「全体党员」 for all; empty for villagers.
    pub member_types: String,
}

/// The items of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleGroup {
    /// 「环境卫生」
    pub category: &'static str,
    /// 加分
    pub plus: Vec<RuleRow>,
    /// 扣分
    pub minus: Vec<RuleRow>,
}

/// The rule book of one ledger, as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSheet {
    /// The number of the version.
    pub version: RuleVersion,
    /// What the village calls it, such as `2025-1`.
    pub label: String,
    /// 「2025年1月1日起施行」
    pub effective: String,
    /// Categories that have items, in their fixed order.
    pub groups: Vec<RuleGroup>,
}

/// The items in force on the day; `None` when no rule book is.
pub fn rule_sheet(village: &Village, ledger: Ledger, today: Date) -> Option<RuleSheet> {
    let book = village.rules.in_force(today)?;
    let group = |category: Category| {
        let items = book.items.iter().filter(|item| item.ledger == ledger && item.category == category);
        let (minus, plus): (Vec<_>, Vec<_>) = items.partition(|item| item.score.is_deduction());
        RuleGroup { category: category.word(), plus: rows(&plus), minus: rows(&minus) }
    };
    let groups = Category::ALL.iter().map(|category| group(*category));
    Some(RuleSheet {
        version: book.version,
        label: book.label.clone(),
        effective: format!("{}起施行", long_date(book.effective)),
        groups: groups.filter(|group| !(group.plus.is_empty() && group.minus.is_empty())).collect(),
    })
}

fn rows(items: &[&Item]) -> Vec<RuleRow> {
    let rows = items.iter().map(|item| RuleRow {
        id: item.id,
        code: item.code.clone(),
        name: item.name.clone(),
        score: item.score_words(),
        caps: item.caps_words(),
        member_types: member_types(item),
    });
    rows.collect()
}

fn member_types(item: &Item) -> String {
    match (item.ledger, item.member_types.as_slice()) {
        (Ledger::Villager, _) => String::new(),
        (Ledger::Member, []) => "全体党员".to_owned(),
        (Ledger::Member, kinds) => kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join("、"),
    }
}
