//! Units in which an item is counted: those that every village is offered, and
//! its own, each by its name.

use super::own_name::OwnName;

/// The longest name of a unit of the village's own, in characters.
pub const UNIT_NAME_LIMIT: usize = 4;

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
    /// One of the village's own, such as 筐.
    Own(OwnName),
}

impl Unit {
    /// Those that every village is offered, in the order in which lists show them.
    pub const ALL: &'static [Self] = &[Self::Time, Self::Hour, Self::Household, Self::Month, Self::Matter];

    /// The word that the user reads.
    pub fn word(&self) -> &str {
        match self {
            Self::Time => "次",
            Self::Hour => "小时",
            Self::Household => "户",
            Self::Month => "月",
            Self::Matter => "起",
            Self::Own(own) => own.text(),
        }
    }

    /// The unit of this name, the village's own where no other has it. `None`
    /// where it is no short word, and for 「分」, which in a cap means points.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let known = Self::ALL.iter().find(|unit| unit.word() == name);
        let is_word = name.chars().all(is_letter) && name.chars().count() <= UNIT_NAME_LIMIT && name != "分";
        known.copied().or_else(|| Self::kept(name).filter(|_| is_word))
    }

    /// The unit of the village's own that was recorded under this name.
    pub fn kept(name: &str) -> Option<Self> {
        OwnName::new(name).map(Self::Own)
    }

    /// Each once: those that every village is offered, then the village's own
    /// in the order in which they come.
    pub fn among(found: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut each = Self::ALL.to_vec();
        for unit in found {
            if !each.contains(&unit) {
                each.push(unit);
            }
        }
        each
    }
}

/// A Chinese or Latin letter: what a number cannot run into.
const fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic() || matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}
