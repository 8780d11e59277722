//! The versions of the rule book as a list, and what one changes against the
//! version before it.

use jiff::civil::Date;

use super::rule_input::{ItemInput, caps_words};
use super::rule_sheet::member_types;
use crate::domain::calendar::long_date;
use crate::domain::id::ItemId;
use crate::domain::order::sort_by_key;
use crate::domain::points::adoption::NewItem;
use crate::domain::points::rule::{Category, CategoryCap, Item, Ledger, RuleBook, RuleVersion, Unit};
use crate::domain::village::Village;

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionState {
    /// It counts today.
    Current,
    /// Its first day is still to come.
    Coming,
    /// Another one took its place.
    Past,
    /// Two laptops adopted a version at once, and the other one's counts.
    Aside,
}

impl VersionState {
    /// The word that the user reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Current => "现行",
            Self::Coming => "未到施行日",
            Self::Past => "旧版",
            Self::Aside => "没有算数",
        }
    }
}

/// A version in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub version: RuleVersion,
    /// What the village calls it.
    pub label: String,
    /// 现行, 未到施行日, 旧版 or 没有算数.
    pub state: VersionState,
    /// 「2026年1月1日起施行」
    pub effective: String,
    /// 「2025年12月20日通过,到会 52 人」
    pub meeting: String,
    /// What the meeting decided; may be empty.
    pub decision: String,
    /// What it changed: 「新增 1、改动 2、停用 1」; empty for the first one.
    pub changes: String,
}

/// Every version, the newest first, and then those that another laptop adopted at
/// once and that do not count: what was scored under them keeps them.
pub fn rule_versions(village: &Village, today: Date) -> Vec<VersionRow> {
    let mut books: Vec<&RuleBook> = village.rules.iter().collect();
    sort_by_key(&mut books, |book| book.effective);
    let now = village.rules.in_force(today).map(|book| book.version);
    let rows = books.iter().enumerate().map(|(place, book)| {
        let state = match () {
            () if Some(book.version) == now => VersionState::Current,
            () if book.effective > today => VersionState::Coming,
            () => VersionState::Past,
        };
        version_row(village, book, state, place.checked_sub(1).map(|before| books[before]))
    });
    let aside = village.rules.aside().iter().map(|one| {
        let before = books.iter().rfind(|book| book.version < one.number).copied();
        version_row(village, &one.book, VersionState::Aside, before)
    });
    rows.rev().chain(aside).collect()
}

fn version_row(village: &Village, book: &RuleBook, state: VersionState, before: Option<&RuleBook>) -> VersionRow {
    VersionRow {
        version: book.version,
        label: book.label.clone(),
        state,
        effective: format!("{}起施行", long_date(book.effective)),
        meeting: meeting_words(book),
        decision: village.note(book.meeting.decision).to_owned(),
        changes: before.map_or_else(String::new, |before| {
            let items: Vec<_> = book.items.iter().map(NewItem::from).collect();
            count_words(&differences(before, &items, &book.category_caps))
        }),
    }
}

/// 「2025年12月20日通过,到会 52 人」
pub fn meeting_words(book: &RuleBook) -> String {
    let came = match book.meeting.attendance {
        0 => String::new(),
        attendance => format!(",到会 {attendance} 人"),
    };
    format!("{}通过{came}", long_date(book.adopted))
}

/// What happens to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// 新增
    Added,
    /// 改动
    Changed,
    /// 停用
    Stopped,
}

impl Change {
    /// The word that the user reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Changed => "改动",
            Self::Stopped => "停用",
        }
    }
}

/// One difference to the version before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What happens.
    pub change: Change,
    /// The item of the version before; `None` for a new one or a category.
    pub item: Option<ItemId>,
    /// In which ledger.
    pub ledger: Ledger,
    /// 「环境整治」
    pub name: String,
    /// 「分值 +5 → +6;上限 每日 1 次 → 不限」
    pub words: String,
}

/// 「新增 1、改动 2」
pub fn count_words(differences: &[Difference]) -> String {
    let words = [Change::Added, Change::Changed, Change::Stopped].into_iter().filter_map(|change| {
        let count = differences.iter().filter(|one| one.change == change).count();
        (count > 0).then(|| format!("{} {count}", change.word()))
    });
    words.collect::<Vec<_>>().join("、")
}

/// What the items and caps change against the version before.
pub fn differences(before: &RuleBook, items: &[NewItem], caps: &[CategoryCap]) -> Vec<Difference> {
    let mut found = Vec::new();
    for new in items {
        match new.id.and_then(|id| before.item(id)) {
            None => found.push(Difference {
                change: Change::Added,
                item: None,
                ledger: new.ledger,
                name: new.name.clone(),
                words: format!("{}/{}", new.score.words(), new.unit.word()),
            }),
            Some(old) => {
                let words = item_words(old, new);
                if !words.is_empty() {
                    found.push(Difference {
                        change: Change::Changed,
                        item: Some(old.id),
                        ledger: new.ledger,
                        name: new.name.clone(),
                        words: words.join(";"),
                    });
                }
            }
        }
    }
    let stopped = before.items.iter().filter(|old| !items.iter().any(|new| new.id == Some(old.id)));
    found.extend(stopped.map(|old| Difference {
        change: Change::Stopped,
        item: Some(old.id),
        ledger: old.ledger,
        name: old.name.clone(),
        words: old.score_words(),
    }));
    found.extend(category_differences(&before.category_caps, caps));
    found
}

/// What differs, part by part.
fn item_words(old: &Item, new: &NewItem) -> Vec<String> {
    let (then, now) = (ItemInput::from(old), ItemInput::from(new));
    let all = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let wanted = |evidence: String| if evidence.is_empty() { evidence } else { "要".to_owned() };
    let pairs = [
        ("名称", then.name, now.name, ""),
        ("编号", then.code, now.code, ""),
        ("类别", then.category, now.category, ""),
        ("分值", then.score, now.score, ""),
        ("单独分值", then.own_scores, now.own_scores, "没有"),
        ("单位", then.unit, now.unit, ""),
        ("上限", then.caps, now.caps, "不限"),
        ("适用", then.member_types, now.member_types, "全体党员"),
        ("凭据", wanted(then.evidence), wanted(now.evidence), "不要"),
        ("起", then.from, now.from, "不限"),
        ("止", then.until, now.until, "不限"),
    ];
    let changed = pairs.into_iter().filter(|(_, then, now, _)| then != now);
    changed.map(|(what, then, now, none)| format!("{what} {} → {}", all(&then, none), all(&now, none))).collect()
}

fn category_differences(before: &[CategoryCap], after: &[CategoryCap]) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    for CategoryCap { ledger, category, .. } in before.iter().chain(after) {
        let key = (*ledger, *category);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let [then, now] = [before, after].map(|caps| {
            let caps = caps.iter().filter(|cap| (cap.ledger, cap.category) == key);
            let words = caps_words(&caps.map(|cap| cap.cap).collect::<Vec<_>>(), Unit::Time);
            if words.is_empty() { "不限".to_owned() } else { words }
        });
        if then != now {
            found.push(Difference {
                change: Change::Changed,
                item: None,
                ledger: *ledger,
                name: format!("{}类", category.word()),
                words: format!("合计上限 {then} → {now}"),
            });
        }
    }
    found
}

/// An item of a draft as a row of the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Its place in the draft.
    pub place: usize,
    /// 编号
    pub code: String,
    /// 事项
    pub name: String,
    /// 「+5/次」
    pub score: String,
    /// Whether it takes points away.
    pub is_deduction: bool,
    /// Caps, conditions and types in words.
    pub detail: String,
    /// 新增 or 改动; `None` while it is as it was.
    pub change: Option<Change>,
}

/// The items of one category in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftGroup {
    /// 「环境卫生」
    pub category: String,
    /// The items, rewards first.
    pub rows: Vec<DraftRow>,
}

/// A draft by category, against the version before.
pub fn draft_groups(before: &RuleBook, items: &[NewItem], ledger: Ledger) -> Vec<DraftGroup> {
    let used = items.iter().filter(|item| item.ledger == ledger).map(|item| item.category);
    let groups = Category::among(used).into_iter().map(|category| {
        let inside = items.iter().enumerate().filter(|(_, item)| item.ledger == ledger && item.category == category);
        let mut rows: Vec<_> = inside.map(|(place, item)| draft_row(before, place, item)).collect();
        sort_by_key(&mut rows, |row| row.is_deduction);
        DraftGroup { category: category.word().to_owned(), rows }
    });
    groups.collect()
}

fn draft_row(before: &RuleBook, place: usize, item: &NewItem) -> DraftRow {
    let known = item.id.and_then(|id| before.item(id));
    let settled = item.clone().settled(item.id.unwrap_or(ItemId::from_raw(0)));
    DraftRow {
        place,
        code: settled.code.clone(),
        name: settled.name.clone(),
        score: format!("{}/{}", settled.score.words(), settled.unit.word()),
        is_deduction: settled.score.is_deduction(),
        detail: item_detail(&settled),
        change: match known {
            None => Some(Change::Added),
            Some(old) => (!item_words(old, item).is_empty()).then_some(Change::Changed),
        },
    }
}

/// 「每日 1 次,要凭据,3月1日 起」, with the types of members in front.
pub fn item_detail(item: &Item) -> String {
    let caps = if item.caps.is_empty() { "不限".to_owned() } else { item.caps_words() };
    let parts = [member_types(item), caps, conditions_words(item)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",")
}

/// 「要凭据,2026年3月1日 起」; empty for none.
pub(super) fn conditions_words(item: &Item) -> String {
    let evidence = if item.conditions.needs_evidence { "要凭据" } else { "" };
    let parts = [evidence.to_owned(), days_words(item)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",")
}

/// 「2026年3月1日 到 2026年5月31日」; empty for always.
fn days_words(item: &Item) -> String {
    match (item.conditions.from, item.conditions.until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("{} 起", long_date(from)),
        (None, Some(until)) => format!("到 {} 止", long_date(until)),
        (Some(from), Some(until)) => format!("{} 到 {}", long_date(from), long_date(until)),
    }
}
