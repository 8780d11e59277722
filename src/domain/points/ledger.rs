//! The two ledgers: append-only entries, and balances as their fold.
//!
//! An entry is never edited or deleted. A reversal 「冲正」 is an entry of its
//! own that names the original.

use std::collections::HashMap;

use jiff::civil::Date;

use super::rule::{Cap, CapOf, Item, Ledger, RuleBook, RuleVersion};
use crate::domain::id::{ActivityId, EntryId, HouseholdId, ItemId, NoteId, PersonId};

/// Whose points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A household, in the villager ledger.
    Household(HouseholdId),
    /// A party member, in the member ledger.
    Member(PersonId),
}

impl Account {
    /// The ledger in which the account stands.
    pub const fn ledger(self) -> Ledger {
        match self {
            Self::Household(_) => Ledger::Villager,
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
}

impl Reason {
    /// How many units of an act; 0 for what is no act.
    pub const fn quantity(self) -> u32 {
        match self {
            Self::Act { quantity, .. } => quantity,
            Self::Reversal(_) | Self::Opening => 0,
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

/// Entries of both ledgers and what follows from them.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    rows: Vec<Entry>,
    index: HashMap<EntryId, usize>,
    by_account: HashMap<Account, Vec<u32>>,
    reversed: HashMap<EntryId, EntryId>,
}

/// A cap that leaves no room, and how much of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapReached {
    /// The cap.
    pub cap: Cap,
    /// Entries or points already counted under it.
    pub used: u32,
}

impl Entries {
    /// Adds an entry; `false` when the id is already there.
    pub fn push(&mut self, entry: Entry) -> bool {
        if self.index.contains_key(&entry.id) {
            return false;
        }
        let position = self.rows.len();
        self.index.insert(entry.id, position);
        self.by_account.entry(entry.account).or_default().push(u32::try_from(position).unwrap_or(u32::MAX));
        if let Reason::Reversal(original) = entry.reason {
            self.reversed.insert(original, entry.id);
        }
        self.rows.push(entry);
        true
    }

    /// The entry of this id.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.index.get(&id).and_then(|position| self.rows.get(*position))
    }

    /// Every entry, in the order in which they were recorded.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.rows.iter()
    }

    /// The entries of an account, in the order in which they were recorded.
    pub fn of(&self, account: Account) -> impl DoubleEndedIterator<Item = &Entry> {
        let positions = self.by_account.get(&account).map_or(&[][..], Vec::as_slice);
        positions.iter().filter_map(|position| self.rows.get(*position as usize))
    }

    /// The reversal that settled this entry, if there is one.
    pub fn reversal_of(&self, id: EntryId) -> Option<EntryId> {
        self.reversed.get(&id).copied()
    }

    /// Sum of the account's points.
    pub fn sum(&self, account: Account) -> i64 {
        self.of(account).map(|entry| i64::from(entry.points)).sum()
    }

    /// The first cap of the item that `quantity` more units on `date`, worth
    /// `points` together, would break. Reversed entries do not count.
    pub fn cap_reached(
        &self,
        account: Account,
        item: &Item,
        date: Date,
        quantity: u32,
        points: i32,
    ) -> Option<CapReached> {
        item.caps.iter().find_map(|cap| {
            let counted = self.of(account).filter(|entry| {
                matches!(entry.reason, Reason::Act { item: scored, .. } if scored == item.id)
                    && cap.period.same(entry.date, date)
                    && self.reversal_of(entry.id).is_none()
            });
            let (used, more, limit) = match cap.of {
                CapOf::Times(limit) => {
                    let used = counted.fold(0_u32, |sum, entry| sum.saturating_add(entry.reason.quantity()));
                    (used, quantity, limit)
                }
                CapOf::Points(limit) => {
                    let used = counted.fold(0_u32, |sum, entry| sum.saturating_add(entry.points.unsigned_abs()));
                    (used, points.unsigned_abs(), limit)
                }
            };
            (used.saturating_add(more) > limit).then_some(CapReached { cap: *cap, used })
        })
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The versions of the rule book, oldest first.
#[derive(Clone, Debug, Default)]
pub struct RuleBooks {
    versions: Vec<RuleBook>,
}

impl RuleBooks {
    /// Adds a version; `false` when that version is already there.
    pub fn adopt(&mut self, book: RuleBook) -> bool {
        if self.version(book.version).is_some() {
            return false;
        }
        self.versions.push(book);
        true
    }

    /// The version of this number.
    pub fn version(&self, version: RuleVersion) -> Option<&RuleBook> {
        self.versions.iter().find(|book| book.version == version)
    }

    /// The version in force on the day: the latest whose effective date has come.
    pub fn in_force(&self, day: Date) -> Option<&RuleBook> {
        self.versions.iter().rev().find(|book| book.effective <= day)
    }

    /// Every version, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, RuleBook> {
        self.versions.iter()
    }
}

impl<'a> IntoIterator for &'a RuleBooks {
    type Item = &'a RuleBook;
    type IntoIter = std::slice::Iter<'a, RuleBook>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
