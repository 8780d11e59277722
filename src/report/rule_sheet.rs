//! 积分细则 as a sheet: the items of a version by category, rewards and
//! deductions side by side, as it is shown and printed.

use jiff::civil::Date;

use super::rule_input::caps_words;
use super::rule_versions::{conditions_words, meeting_words};
use crate::domain::calendar::long_date;
use crate::domain::id::ItemId;
use crate::domain::points::adoption::NewItem;
use crate::domain::points::rule::{Category, CategoryCap, Item, Ledger, RuleBook, RuleVersion, Unit};
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
    /// 「每日 1 次」; may be empty.
    pub caps: String,
    /// 「要凭据」 and days; may be empty.
    pub conditions: String,
    /// 「联户党员」; 「全体党员」 for all; empty for villagers.
    pub member_types: String,
}

/// The items of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleGroup {
    /// 「环境卫生」
    pub category: String,
    /// 加分
    pub plus: Vec<RuleRow>,
    /// 扣分
    pub minus: Vec<RuleRow>,
    /// 「本类合计每月 20 分」; empty where there is no such cap.
    pub cap: String,
}

/// The rule book of one ledger, as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSheet {
    /// The number of the version.
    pub version: RuleVersion,
    /// What the village calls it, such as `2025-1`.
    pub label: String,
    /// 「群众积分细则 2025-1 版」
    pub title: String,
    /// 「2025年1月1日起施行」
    pub effective: String,
    /// 「2025年12月20日通过,到会 52 人」
    pub meeting: String,
    /// Categories that have items: those of every village, then its own.
    pub groups: Vec<RuleGroup>,
}

/// The items in force on the day; `None` when no rule book is.
pub fn rule_sheet(village: &Village, ledger: Ledger, today: Date) -> Option<RuleSheet> {
    village.rules.in_force(today).map(|book| sheet_of(book, ledger))
}

/// The items of a version.
pub fn sheet_of(book: &RuleBook, ledger: Ledger) -> RuleSheet {
    let group = |category: Category| {
        let items = book.items.iter().filter(|item| item.ledger == ledger && item.category == category);
        let (minus, plus): (Vec<_>, Vec<_>) = items.partition(|item| item.score.is_deduction());
        let caps = book.category_caps.iter().filter(|cap| cap.ledger == ledger && cap.category == category);
        let caps = caps_words(&caps.map(|cap| cap.cap).collect::<Vec<_>>(), Unit::Time);
        let cap = if caps.is_empty() { caps } else { format!("本类加分合计最多{caps}") };
        RuleGroup { category: category.word().to_owned(), plus: rows(&plus), minus: rows(&minus), cap }
    };
    let used = book.items.iter().filter(|item| item.ledger == ledger).map(|item| item.category);
    let groups = Category::among(used).into_iter().map(group);
    RuleSheet {
        version: book.version,
        label: book.label.clone(),
        title: format!("{}细则 {} 版", ledger.word(), book.label),
        effective: format!("{}起施行", long_date(book.effective)),
        meeting: meeting_words(book),
        groups: groups.collect(),
    }
}

/// A version that is drawn up, as the meeting has it before it: what will be
/// in force if it is adopted.
pub fn sheet_of_draft(
    before: &RuleBook,
    items: &[NewItem],
    caps: &[CategoryCap],
    ledger: Ledger,
    effective: Option<Date>,
) -> RuleSheet {
    let settled = items.iter().map(|item| item.clone().settled(item.id.unwrap_or(ItemId::from_raw(0))));
    let book = RuleBook { items: settled.collect(), category_caps: caps.to_vec(), ..before.clone() };
    let effective =
        effective.map_or_else(|| "施行日期由会议定".to_owned(), |day| format!("拟从 {} 起施行", long_date(day)));
    RuleSheet {
        title: format!("{}细则(草案)", ledger.word()),
        effective,
        meeting: format!("在 {} 版上改,提交会议表决", before.label),
        ..sheet_of(&book, ledger)
    }
}

fn rows(items: &[&Item]) -> Vec<RuleRow> {
    let rows = items.iter().map(|item| RuleRow {
        id: item.id,
        code: item.code.clone(),
        name: item.name.clone(),
        score: format!("{}/{}", item.score.words(), item.unit.word()),
        caps: item.caps_words(),
        conditions: conditions_words(item),
        member_types: member_types(item),
    });
    rows.collect()
}

/// 「联户党员」, and who scores differently: 「全体党员;流动党员 +3」.
pub(super) fn member_types(item: &Item) -> String {
    let own = item.conditions.own_scores.iter();
    let own = own.map(|own| format!(";{} {}", own.kind.word(), own.score.words()));
    match (item.ledger, item.member_types.as_slice()) {
        (Ledger::Villager, _) => String::new(),
        (Ledger::Member, []) => own.fold("全体党员".to_owned(), |words, own| words + &own),
        (Ledger::Member, kinds) => {
            let kinds = kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join("、");
            own.fold(kinds, |words, own| words + &own)
        }
    }
}
