//! The rule book 「积分细则」: which acts score, how much, and how often.

use jiff::civil::Date;

use crate::domain::calendar::{Month, Quarter, days_between};
use crate::domain::id::ItemId;
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

/// What kind of act an item rewards or sanctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// 环境卫生
    Environment,
    /// 移风易俗
    Customs,
    /// 热心公益
    PublicGood,
    /// 矛盾调解
    Mediation,
    /// 平安巡防
    Safety,
    /// 建言献策
    Advice,
    /// 党员履职
    Duty,
    /// 表彰奖励
    Honour,
}

words!(Category {
    Environment = "环境卫生",
    Customs = "移风易俗",
    PublicGood = "热心公益",
    Mediation = "矛盾调解",
    Safety = "平安巡防",
    Advice = "建言献策",
    Duty = "党员履职",
    Honour = "表彰奖励",
});

/// What one quantity of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 次
    Time,
    /// 小时
    Hour,
    /// 户
    Household,
    /// 月
    Month,
    /// 起
    Matter,
}

words!(Unit { Time = "次", Hour = "小时", Household = "户", Month = "月", Matter = "起" });

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

    /// `+5`, `−20`, `+3~+100`.
    pub fn words(self) -> String {
        match self {
            Self::Fixed(points) => signed(i64::from(points)),
            Self::Range(low, high) => format!("{}~{}", signed(i64::from(low)), signed(i64::from(high))),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// 「每日1次」 「每季20分」
    pub fn words(self) -> String {
        match self.of {
            CapOf::Times(times) => format!("{}{times}次", self.period.word()),
            CapOf::Points(points) => format!("{}{points}分", self.period.word()),
        }
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
}

impl Item {
    /// Whether the item may be scored for a member of this type.
    pub fn applies_to(&self, kind: MemberType) -> bool {
        self.member_types.is_empty() || self.member_types.contains(&kind)
    }

    /// 「+5/次」
    pub fn score_words(&self) -> String {
        format!("{}/{}", self.score.words(), self.unit.word())
    }

    /// 「每日1次」, or nothing.
    pub fn caps_words(&self) -> String {
        self.caps.iter().map(|cap| cap.words()).collect::<Vec<_>>().join("、")
    }
}

/// The number of a version of the rule book, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleVersion(pub u16);

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
}

impl RuleBook {
    /// The item of this id.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }
}
