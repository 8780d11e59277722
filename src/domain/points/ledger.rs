//! What a ledger is made of: accounts, and entries with their reasons.
//!
//! An entry is never edited or deleted. A reversal 「冲正」 is an entry of its
//! own that names the original.

use jiff::civil::Date;

use super::rule::{Ledger, RuleVersion};
use crate::domain::id::{ActivityId, EntryId, HouseholdId, ItemId, NoteId, PersonId, RedemptionId, VetoId};

/// Whose points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A household, in the villager ledger where points are kept by household.
    Household(HouseholdId),
    /// A party member, in the member ledger.
    Member(PersonId),
    /// A villager, in the villager ledger where points are kept by person. A
    /// party member has this one beside that in the member ledger.
    Villager(PersonId),
}

impl Account {
    /// The id of the household or the person.
    pub const fn raw(self) -> u64 {
        match self {
            Self::Household(id) => id.raw(),
            Self::Member(id) | Self::Villager(id) => id.raw(),
        }
    }

    /// The ledger in which the account stands.
    pub const fn ledger(self) -> Ledger {
        match self {
            Self::Household(_) | Self::Villager(_) => Ledger::Villager,
            Self::Member(_) => Ledger::Member,
        }
    }
}

/// Why the entry exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An act under an item of the rule book.
    Act {
        /// The item.
        item: ItemId,
        /// The version under which it was scored, for ever.
        version: RuleVersion,
        /// The activity of which it is one line.
        activity: ActivityId,
        /// How many units (times, hours, …).
        quantity: u32,
    },
    /// 冲正 of an earlier entry.
    Reversal(EntryId),
    /// 起始分: the points with which the account starts.
    Opening,
    /// 清零
    Cleared(ClearCause),
    /// 结转: what the account took out of a year. Nothing changes.
    Carried {
        /// The year.
        year: i16,
        /// What it held at its end.
        points: u32,
    },
    /// 退还: points of an earlier redemption whose goods were handed back.
    Returned(RedemptionId),
}

/// Why points were cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClearCause {
    /// By a veto.
    Veto(VetoId),
    /// At the end of this year.
    YearEnd(i16),
    /// 过期: not redeemed in so many months.
    Expired(u16),
}

impl Reason {
    /// Whether it is an act under an item: what photos prove.
    pub const fn is_act(self) -> bool {
        matches!(self, Self::Act { .. })
    }

    /// Whether it may be corrected by 冲正: what somebody entered, and what a meeting
    /// took away. What the settings bring by themselves is not entered wrongly.
    pub const fn is_correctable(self) -> bool {
        matches!(self, Self::Act { .. } | Self::Cleared(ClearCause::Veto(_) | ClearCause::YearEnd(_)))
    }

    /// How many units of an act; 0 for what is no act.
    pub const fn quantity(self) -> u32 {
        match self {
            Self::Act { quantity, .. } => quantity,
            Self::Reversal(_) | Self::Opening | Self::Cleared(_) | Self::Carried { .. } | Self::Returned(_) => 0,
        }
    }
}

/// One line of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry's id.
    pub id: EntryId,
    /// Whose points.
    pub account: Account,
    /// The day on which the act happened.
    pub date: Date,
    /// Points, negative for a deduction.
    pub points: i32,
    /// Why.
    pub reason: Reason,
    /// The free text of the activity or the reversal.
    pub note: Option<NoteId>,
}
