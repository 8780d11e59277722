//! The rule book 「积分细则」: which acts score, how much, and how often.

use jiff::civil::Date;

pub use super::category::Category;
pub use super::unit::Unit;
use crate::domain::calendar::{Month, Quarter, add_days, days_between};
use crate::domain::id::{ItemId, NoteId};
use crate::domain::roster::{MemberType, words};

/// Which of the two ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ledger {
    /// 群众积分: the account is the household.
    Villager,
    /// 党员积分: the account is the person.
    Member,
}

words!(Ledger { Villager = "群众积分", Member = "党员积分" });

/// Points for one quantity; negative for a deduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// Always the same.
    Fixed(i32),
    /// Chosen on entry, both ends included.
    Range(i32, i32),
}

impl Score {
    /// Whether the item takes points away.
    pub const fn is_deduction(self) -> bool {
        match self {
            Self::Fixed(points) | Self::Range(points, _) => points < 0,
        }
    }

    /// The end that takes the least room under a cap.
    pub const fn least(self) -> i32 {
        match self {
            Self::Fixed(points) => points,
            Self::Range(low, high) if low < 0 => high,
            Self::Range(low, _) => low,
        }
    }

    /// Points of one quantity: fixed, or as chosen where that lies in the range.
    pub fn with(self, chosen: Option<i32>) -> Option<i32> {
        match self {
            Self::Fixed(points) => Some(points),
            Self::Range(low, high) => chosen.filter(|points| (low..=high).contains(points)),
        }
    }

    /// `+5`, `−20`, `+3~+100`.
    pub fn words(self) -> String {
        match self {
            Self::Fixed(points) => signed(i64::from(points)),
            Self::Range(low, high) => format!("{}~{}", signed(i64::from(low)), signed(i64::from(high))),
        }
    }
}

/// What is left to choose when several accounts score in one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: every score is fixed.
    Nothing,
    /// Points that every range allows, both ends included.
    Within(i32, i32),
    /// Ranges that have no points in common.
    Apart,
}

impl Choice {
    /// What these scores leave to choose.
    pub fn of(scores: impl Iterator<Item = Score>) -> Self {
        let ranges = scores.filter_map(|score| match score {
            Score::Fixed(_) => None,
            Score::Range(low, high) => Some((low, high)),
        });
        let common = ranges.reduce(|(low, high), (other_low, other_high)| (low.max(other_low), high.min(other_high)));
        match common {
            None => Self::Nothing,
            Some((low, high)) if low > high => Self::Apart,
            Some((low, high)) => Self::Within(low, high),
        }
    }
}

/// `+5`, `−5` with a true minus sign, `0`.
pub fn signed(points: i64) -> String {
    match points {
        0 => "0".to_owned(),
        1.. => format!("+{points}"),
        _ => format!("−{}", points.unsigned_abs()),
    }
}

/// The period over which a cap counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// 日
    Day,
    /// 周, Monday to Sunday.
    Week,
    /// 月
    Month,
    /// 季
    Quarter,
    /// 年
    Year,
}

words!(Period { Day = "每日", Week = "每周", Month = "每月", Quarter = "每季", Year = "每年" });

impl Period {
    /// Whether two days lie in the same period.
    pub fn same(self, a: Date, b: Date) -> bool {
        match self {
            Self::Day => a == b,
            Self::Week => week_start(a) == week_start(b),
            Self::Month => Month::of(a) == Month::of(b),
            Self::Quarter => Quarter::of(a) == Quarter::of(b),
            Self::Year => a.year() == b.year(),
        }
    }

    /// The first day of the period in which the day lies.
    pub fn first_day(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => add_days(day, -i32::from(day.weekday().to_monday_zero_offset())),
            Self::Month => Month::of(day).first_day(),
            Self::Quarter => Quarter::of(day).first_day(),
            Self::Year => day.first_of_year(),
        }
    }
}

fn week_start(day: Date) -> i32 {
    let since = days_between(jiff::civil::date(1970, 1, 1), day);
    since - i32::from(day.weekday().to_monday_zero_offset())
}

/// What a cap limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapOf {
    /// Number of units, such as times.
    Times(u32),
    /// Sum of points.
    Points(u32),
}

/// A limit on how often or how much an item scores for one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// Over which period.
    pub period: Period,
    /// How much at most.
    pub of: CapOf,
}

impl Cap {
    /// 「每日 1 次」 「每季 20 分」 「每月 20 小时」, of what is counted in this unit.
    /// A month comes once in a month: 「每月 1 次」, but 「每年 6 个月」.
    pub fn words(self, unit: Unit) -> String {
        let unit = match (&unit, self.period) {
            (Unit::Month, Period::Quarter | Period::Year) => "个月",
            (Unit::Month, Period::Day | Period::Week | Period::Month) => Unit::Time.word(),
            (unit, _) => unit.word(),
        };
        match self.of {
            CapOf::Times(units) => format!("{} {units} {unit}", self.period.word()),
            CapOf::Points(points) => format!("{} {points} 分", self.period.word()),
        }
    }
}

/// A limit that leaves no room: of an item, or of all items of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// How much.
    pub cap: Cap,
    /// Of whom.
    pub of: BoundOf,
}

/// Of whom a limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundOf {
    /// Of an item, counted in this unit.
    Item(Unit),
    /// Of all items of a category together, counted in times.
    Category(Category),
}

impl Bound {
    /// 「每日 1 次」 「每月 20 小时」 「环境卫生类每月 20 分」
    pub fn words(self) -> String {
        match self.of {
            BoundOf::Item(unit) => self.cap.words(unit),
            BoundOf::Category(category) => format!("{}类{}", category.word(), self.cap.words(Unit::Time)),
        }
    }
}

/// A limit on all items of a category together, for one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryCap {
    /// In which ledger.
    pub ledger: Ledger,
    /// Which items.
    pub category: Category,
    /// How much at most.
    pub cap: Cap,
}

/// What a member of one type scores for an act, where that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnScore {
    /// Whose.
    pub kind: MemberType,
    /// Points for one quantity.
    pub score: Score,
}

/// Under what conditions an item scores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Member types that score differently.
    pub own_scores: Vec<OwnScore>,
    /// The entry has to say or show what proves it.
    pub needs_evidence: bool,
    /// First day on which it scores, where that is not the version's.
    pub from: Option<Date>,
    /// Last day on which it scores.
    pub until: Option<Date>,
}

impl Conditions {
    /// Whether these words and so many photos are evidence enough: one of both is.
    pub fn are_evidenced(&self, words: &str, photos: usize) -> bool {
        !self.needs_evidence || photos > 0 || !words.trim().is_empty()
    }
}

/// One item of the rule book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The item's id; the same act keeps it from version to version.
    pub id: ItemId,
    /// Short code, such as `Q01`.
    pub code: String,
    /// Which ledger it scores in.
    pub ledger: Ledger,
    /// Member types to which it applies; empty for all, and for villagers.
    pub member_types: Vec<MemberType>,
    /// What kind of act.
    pub category: Category,
    /// What the user reads.
    pub name: String,
    /// Points for one quantity.
    pub score: Score,
    /// What one quantity is.
    pub unit: Unit,
    /// Limits, all of which hold.
    pub caps: Vec<Cap>,
    /// Under what conditions it scores.
    pub conditions: Conditions,
}

impl Item {
    /// Whether the item may be scored for a member of this type.
    pub fn applies_to(&self, kind: MemberType) -> bool {
        self.member_types.is_empty() || self.member_types.contains(&kind)
    }

    /// Whether it scores on the day.
    pub fn is_open_on(&self, day: Date) -> bool {
        let Conditions { from, until, .. } = &self.conditions;
        from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
    }

    /// Points for one quantity for a member of this type, or for a household.
    pub fn score_for(&self, kind: Option<MemberType>) -> Score {
        let own = self.conditions.own_scores.iter().find(|own| Some(own.kind) == kind);
        own.map_or(self.score, |own| own.score)
    }

    /// 「+5/次」 「+5/次,流动党员 +3」
    pub fn score_words(&self) -> String {
        let own = self.conditions.own_scores.iter();
        let own: Vec<_> = own.map(|own| format!(",{} {}", own.kind.word(), own.score.words())).collect();
        format!("{}/{}{}", self.score.words(), self.unit.word(), own.concat())
    }

    /// 「每日 1 次」, or nothing.
    pub fn caps_words(&self) -> String {
        self.caps.iter().map(|cap| cap.words(self.unit)).collect::<Vec<_>>().join("、")
    }
}

/// The number of a version of the rule book, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleVersion(pub u16);

/// What the adopting meeting left on record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// How many came; 0 where it is not known.
    pub attendance: u32,
    /// What it decided, in words.
    pub decision: Option<NoteId>,
}

/// One version of the rule book, as a meeting adopted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBook {
    /// Its number.
    pub version: RuleVersion,
    /// What the village calls it, such as `2025-1`.
    pub label: String,
    /// First day on which it counts.
    pub effective: Date,
    /// When the meeting adopted it.
    pub adopted: Date,
    /// The items.
    pub items: Vec<Item>,
    /// Limits on whole categories.
    pub category_caps: Vec<CategoryCap>,
    /// The meeting that adopted it, on the day [`RuleBook::adopted`].
    pub meeting: Meeting,
}

impl RuleBook {
    /// The item of this id.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }
}
