//! Categories of the rule book: those that every village is offered, and its own,
//! each by its name.

use super::own_name::OwnName;

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
    /// One of the village's own.
    Own(OwnName),
}

impl Category {
    /// Those that every village is offered, in the order in which lists show them.
    pub const ALL: &'static [Self] = &[
        Self::Environment,
        Self::Customs,
        Self::PublicGood,
        Self::Mediation,
        Self::Safety,
        Self::Advice,
        Self::Duty,
        Self::Honour,
    ];

    /// The word that the user reads.
    pub fn word(&self) -> &str {
        match self {
            Self::Environment => "环境卫生",
            Self::Customs => "移风易俗",
            Self::PublicGood => "热心公益",
            Self::Mediation => "矛盾调解",
            Self::Safety => "平安巡防",
            Self::Advice => "建言献策",
            Self::Duty => "党员履职",
            Self::Honour => "表彰奖励",
            Self::Own(own) => own.text(),
        }
    }

    /// The category of this name, the village's own where no other has it;
    /// `None` without a name, and for one that is too long.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let known = Self::ALL.iter().find(|category| category.word() == name);
        known.copied().or_else(|| Self::kept(name))
    }

    /// The category of the village's own that was recorded under this name.
    pub fn kept(name: &str) -> Option<Self> {
        OwnName::new(name).map(Self::Own)
    }

    /// Each once: those that every village is offered, then the village's own
    /// in the order in which they come.
    pub fn among(found: impl Iterator<Item = Self>) -> Vec<Self> {
        let found: Vec<_> = found.collect();
        let mut each: Vec<_> = Self::ALL.iter().filter(|category| found.contains(category)).copied().collect();
        for category in found {
            if !each.contains(&category) {
                each.push(category);
            }
        }
        each
    }
}
