//! A new version of the rule book: what a user draws up, and what is checked
//! before it is adopted.

use std::collections::HashSet;

use jiff::civil::Date;

use super::rule::{Cap, CapOf, Category, CategoryCap, Conditions, Item, Ledger, OwnScore, RuleBook, Score, Unit};
use super::rule_refusal::RuleRefusal;
use crate::domain::id::ItemId;
use crate::domain::roster::MemberType;

/// The most items of one version.
pub const ITEMS_LIMIT: usize = 300;
/// The most points of one quantity.
pub const POINTS_LIMIT: i32 = 10_000;
/// The greatest cap.
pub const CAP_LIMIT: u32 = 100_000;
/// The longest name of an item, in characters.
pub const ITEM_NAME_LIMIT: usize = 40;
/// The longest code, in characters.
pub const CODE_LIMIT: usize = 8;

/// An item as it is drawn up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// The item of earlier versions that it continues; `None` for a new one.
    pub id: Option<ItemId>,
    /// Short code.
    pub code: String,
    /// Which ledger it scores in.
    pub ledger: Ledger,
    /// Member types to which it applies; empty for all.
    pub member_types: Vec<MemberType>,
    /// What kind of act.
    pub category: Category,
    /// What the user reads.
    pub name: String,
    /// Points for one quantity.
    pub score: Score,
    /// What one quantity is.
    pub unit: Unit,
    /// Limits.
    pub caps: Vec<Cap>,
    /// Under what conditions it scores.
    pub conditions: Conditions,
}

impl From<&Item> for NewItem {
    fn from(item: &Item) -> Self {
        let Item { id, code, ledger, member_types, category, name, score, unit, caps, conditions } = item.clone();
        Self { id: Some(id), code, ledger, member_types, category, name, score, unit, caps, conditions }
    }
}

impl NewItem {
    /// The item under its id, without blanks around words; a household has no type.
    pub fn settled(self, id: ItemId) -> Item {
        let Self { code, ledger, mut member_types, category, name, score, unit, caps, mut conditions, .. } = self;
        if ledger == Ledger::Villager {
            member_types.clear();
            conditions.own_scores.clear();
        }
        let (code, name) = (code.trim().to_owned(), name.trim().to_owned());
        Item { id, code, ledger, member_types, category, name, score, unit, caps, conditions }
    }

    /// What the user calls it: its name, or its code while it has none.
    fn label(&self) -> String {
        let name = if self.name.trim().is_empty() { &self.code } else { &self.name };
        name.trim().to_owned()
    }
}

/// A version as it is drawn up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRuleBook {
    /// First day on which it counts.
    pub effective: Date,
    /// The day of the meeting that adopts it.
    pub adopted: Date,
    /// How many came to the meeting.
    pub attendance: u32,
    /// What the meeting decided, in words.
    pub decision: String,
    /// The items.
    pub items: Vec<NewItem>,
    /// Limits on whole categories.
    pub category_caps: Vec<CategoryCap>,
}

/// Checks the items and caps of a version that follows `before`.
pub fn check(new: &NewRuleBook, before: &[&RuleBook]) -> Result<(), RuleRefusal> {
    match new.items.len() {
        0 => return Err(RuleRefusal::NoItems),
        found if found > ITEMS_LIMIT => return Err(RuleRefusal::TooManyItems { found, limit: ITEMS_LIMIT }),
        _ => {}
    }
    let (mut codes, mut names, mut origins) = (HashSet::new(), HashSet::new(), HashSet::new());
    for item in &new.items {
        check_words(item)?;
        if !codes.insert(item.code.trim()) {
            return Err(RuleRefusal::CodeTwice(item.code.trim().to_owned()));
        }
        if !names.insert((item.ledger, item.name.trim())) {
            return Err(RuleRefusal::NameTwice(item.label()));
        }
        check_points(item)?;
        check_caps(item)?;
        if let Some(id) = item.id {
            if !before.iter().any(|book| book.item(id).is_some()) {
                return Err(RuleRefusal::UnknownOrigin(item.label()));
            }
            if !origins.insert(id) {
                return Err(RuleRefusal::OriginTwice(item.label()));
            }
        }
    }
    new.category_caps.iter().try_for_each(|cap| check_category(cap, &new.items))
}

/// Checks one item by itself, as the editor and the import do.
pub fn check_item(item: &NewItem) -> Result<(), RuleRefusal> {
    check_words(item)?;
    check_points(item)?;
    check_caps(item)
}

fn check_words(item: &NewItem) -> Result<(), RuleRefusal> {
    let (code, found) = (item.code.trim().to_owned(), item.name.trim().chars().count());
    if code.is_empty() {
        return Err(RuleRefusal::NoCode(item.label()));
    }
    if code.chars().count() > CODE_LIMIT {
        return Err(RuleRefusal::CodeTooLong { code, limit: CODE_LIMIT });
    }
    match found {
        0 => Err(RuleRefusal::NoName(code)),
        found if found > ITEM_NAME_LIMIT => Err(RuleRefusal::NameTooLong { code, found, limit: ITEM_NAME_LIMIT }),
        _ => Ok(()),
    }
}

fn check_points(item: &NewItem) -> Result<(), RuleRefusal> {
    let label = || item.label();
    let own = &item.conditions.own_scores;
    for score in std::iter::once(item.score).chain(own.iter().map(|own| own.score)) {
        let (Score::Fixed(low) | Score::Range(low, _)) = score;
        let (Score::Fixed(high) | Score::Range(_, high)) = score;
        if low > high {
            return Err(RuleRefusal::RangeTurned { item: label(), low, high });
        }
        if low.checked_abs().is_none_or(|low| low.max(high) > POINTS_LIMIT) {
            return Err(RuleRefusal::TooManyPoints { item: label(), limit: POINTS_LIMIT });
        }
        if low < 0 && high > 0 {
            return Err(RuleRefusal::MixedSigns(label()));
        }
        if low == 0 || high == 0 {
            return Err(RuleRefusal::NoPoints(label()));
        }
        if score.is_deduction() != item.score.is_deduction() {
            return Err(RuleRefusal::MixedSigns(label()));
        }
    }
    for (place, OwnScore { kind, .. }) in own.iter().enumerate() {
        if !item.member_types.is_empty() && !item.member_types.contains(kind) {
            return Err(RuleRefusal::OwnScoreElsewhere { item: label(), kind: *kind });
        }
        if own[..place].iter().any(|other| other.kind == *kind) {
            return Err(RuleRefusal::OwnScoreTwice { item: label(), kind: *kind });
        }
    }
    Ok(())
}

/// What one quantity takes of a cap: of the types that score it, the one for
/// which it takes most must have room.
fn most_needed(item: &NewItem) -> u32 {
    // A household has no type, see `NewItem::settled`.
    let own: &[OwnScore] = if item.ledger == Ledger::Member { &item.conditions.own_scores } else { &[] };
    // Where every type has a score of its own, the general one is never used.
    let types = if item.member_types.is_empty() { MemberType::ALL } else { &item.member_types };
    let is_general = !types.iter().all(|kind| own.iter().any(|own| own.kind == *kind));
    let general = is_general.then_some(item.score);
    own.iter().map(|own| own.score).chain(general).map(|score| score.least().unsigned_abs()).max().unwrap_or(0)
}

fn check_caps(item: &NewItem) -> Result<(), RuleRefusal> {
    let points = most_needed(item);
    for cap in &item.caps {
        match cap.of {
            CapOf::Times(0) | CapOf::Points(0) => return Err(RuleRefusal::CapOfNothing(item.label())),
            CapOf::Times(most) | CapOf::Points(most) if most > CAP_LIMIT => {
                return Err(RuleRefusal::CapTooHigh { item: item.label(), limit: CAP_LIMIT });
            }
            CapOf::Points(cap) if cap < points => {
                return Err(RuleRefusal::CapBelowPoints { item: item.label(), points, cap });
            }
            CapOf::Times(_) | CapOf::Points(_) => {}
        }
    }
    match (item.conditions.from, item.conditions.until) {
        (Some(from), Some(until)) if from > until => Err(RuleRefusal::DaysTurned { item: item.label(), from, until }),
        _ => Ok(()),
    }
}

fn check_category(cap: &CategoryCap, items: &[NewItem]) -> Result<(), RuleRefusal> {
    let words = || format!("{}类", cap.category.word());
    let (CapOf::Times(most) | CapOf::Points(most)) = cap.cap.of;
    if most == 0 {
        return Err(RuleRefusal::CapOfNothing(words()));
    }
    if most > CAP_LIMIT {
        return Err(RuleRefusal::CapTooHigh { item: words(), limit: CAP_LIMIT });
    }
    let CapOf::Points(most) = cap.cap.of else { return Ok(()) };
    let rewards = items.iter().filter(|item| item.ledger == cap.ledger && item.category == cap.category);
    let rewards = rewards.filter(|item| !item.score.is_deduction());
    for item in rewards {
        let points = most_needed(item);
        if points > most {
            let (category, item) = (cap.category, item.label());
            return Err(RuleRefusal::CategoryCapBelowItem { category, cap: most, item, points });
        }
    }
    Ok(())
}
