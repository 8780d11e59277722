//! The entries of both ledgers in memory, built for a million of them: columns
//! instead of rows, and what an activity's lines have in common kept once.
//!
//! Totals are folded as entries come; they are never stored.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::ledger::{Account, ClearCause, Entry, Reason};
use super::rows::{Lists, Runs, to_u32};
use super::rule::{Ledger, RuleVersion};
use crate::domain::event::PostedLine;
use crate::domain::id::{ActivityId, EntryId, HouseholdId, ItemId, NoteId, PersonId, RedemptionId};
use crate::domain::table::{IdIndex, IdMap};

/// Why the lines of one event exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An act under an item of the rule book.
    Act {
        /// The item.
        item: ItemId,
        /// The version under which it was scored.
        version: RuleVersion,
        /// The activity.
        activity: ActivityId,
    },
    /// 冲正 of an earlier entry.
    Reversal(EntryId),
    /// 起始分
    Opening,
    /// 清零
    Cleared(ClearCause),
    /// 结转 out of this year: nothing changes.
    Carried(i16),
    /// 退还 of a redemption.
    Returned(RedemptionId),
}

impl From<Reason> for Cause {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Act { item, version, activity, .. } => Self::Act { item, version, activity },
            Reason::Reversal(original) => Self::Reversal(original),
            Reason::Opening => Self::Opening,
            Reason::Cleared(cause) => Self::Cleared(cause),
            Reason::Carried { year, .. } => Self::Carried(year),
            Reason::Returned(redemption) => Self::Returned(redemption),
        }
    }
}

/// What the lines of one event have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Why.
    pub cause: Cause,
    /// The day on which the act happened.
    pub date: Date,
    /// The free text of the activity or the reversal.
    pub note: Option<NoteId>,
}

/// Why lines were not posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostError {
    /// An account is not in the village.
    UnknownAccount,
    /// An entry is there already.
    KnownEntry,
}

/// The lines of one event, as columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct PostedLines<'a> {
    /// What they have in common.
    pub posting: &'a Posting,
    /// The account of each line, as a slot: see [`Entries::slot`].
    pub slots: &'a [u32],
    /// The units of each line.
    pub quantities: &'a [u32],
    /// The points of each line.
    pub points: &'a [i32],
    /// Whether the line was taken back.
    pub reversed: &'a [bool],
}

/// Entries of both ledgers and what follows from them.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    postings: Vec<(Posting, u32)>,
    runs: Runs,
    slots: Vec<u32>,
    points: Vec<i32>,
    quantities: Vec<u32>,
    reversed: Vec<bool>,
    lists: OnceCell<Lists>,
    accounts: Vec<Account>,
    totals: Vec<i64>,
    /// For the slot of an account that was joined, one more than the slot to
    /// which it has moved.
    moved: Vec<u32>,
    households: IdIndex<HouseholdId>,
    members: IdIndex<PersonId>,
    villagers: IdIndex<PersonId>,
    reversals: IdMap<EntryId, EntryId>,
}

impl Entries {
    /// Posts the lines of one event, all or none. `is_account` is asked about
    /// accounts that have no entry yet.
    pub fn post(
        &mut self,
        posting: Posting,
        lines: &[PostedLine],
        is_account: impl Fn(Account) -> bool,
    ) -> Result<(), PostError> {
        let first = self.slots.len();
        let admitted = self.admit(lines, &is_account);
        if let Err(error) = admitted {
            self.slots.truncate(first);
            return Err(error);
        }
        if let Cause::Reversal(original) = posting.cause {
            if let Some(row) = self.runs.row(original.raw()) {
                self.reversed[row] = true;
            }
            if let Some(line) = lines.first() {
                self.reversals.insert(original, line.entry);
            }
        }
        self.postings.push((posting, to_u32(first)));
        self.points.extend(lines.iter().map(|line| line.points));
        self.quantities.extend(lines.iter().map(|line| line.quantity));
        self.reversed.resize(self.slots.len(), false);
        for (slot, line) in self.slots[first..].iter().zip(lines) {
            self.totals[*slot as usize] += i64::from(line.points);
        }
        if let Some(lists) = self.lists.get_mut() {
            lists.extend(&self.slots[first..]);
        }
        Ok(())
    }

    /// Gives the lines their slots and rows.
    fn admit(&mut self, lines: &[PostedLine], is_account: &impl Fn(Account) -> bool) -> Result<(), PostError> {
        self.slots.reserve(lines.len());
        for line in lines {
            let slot = match self.slot(line.account) {
                Some(slot) => slot,
                None if is_account(line.account) => self.slot_or_new(line.account),
                None => return Err(PostError::UnknownAccount),
            };
            self.slots.push(to_u32(slot));
        }
        let added = self.runs.push(self.postings.len(), lines.iter().map(|line| line.entry.raw()));
        if added { Ok(()) } else { Err(PostError::KnownEntry) }
    }

    /// The slot of an account: its place among those that have or may have entries.
    pub fn slot(&self, account: Account) -> Option<usize> {
        let mut slot = match account {
            Account::Household(id) => self.households.get(id),
            Account::Member(id) => self.members.get(id),
            Account::Villager(id) => self.villager(id),
        }?;
        while let Some(moved) = self.moved.get(slot).filter(|moved| **moved > 0) {
            slot = *moved as usize - 1;
        }
        Some(slot)
    }

    // Apart, so that the way of households and members stays short.
    #[inline(never)]
    fn villager(&self, id: PersonId) -> Option<usize> {
        self.villagers.get(id)
    }

    /// The slot of an account, which is made where there is none.
    pub fn slot_or_new(&mut self, account: Account) -> usize {
        if let Some(slot) = self.slot(account) {
            return slot;
        }
        let slot = self.accounts.len();
        self.accounts.push(account);
        self.totals.push(0);
        match account {
            Account::Household(id) => self.households.set(id, slot),
            Account::Member(id) => self.members.set(id, slot),
            Account::Villager(id) => self.villagers.set(id, slot),
        }
        slot
    }

    /// From now on `gone` is `kept`: its entries, and those that still come.
    pub fn join(&mut self, gone: Account, kept: Account) {
        let (from, to) = (self.slot_or_new(gone), self.slot_or_new(kept));
        if from == to {
            return;
        }
        let rows: Vec<usize> = self.lists().rows(Some(from)).collect();
        for row in rows {
            self.slots[row] = to_u32(to);
        }
        if let Some(lists) = self.lists.get_mut() {
            lists.join(from, to);
        }
        self.totals[to] += std::mem::take(&mut self.totals[from]);
        if from >= self.moved.len() {
            self.moved.resize(from + 1, 0);
        }
        self.moved[from] = to_u32(to + 1);
    }

    fn lists(&self) -> &Lists {
        self.lists.get_or_init(|| Lists::of(&self.slots))
    }

    /// The entry of this id.
    pub fn get(&self, id: EntryId) -> Option<Entry> {
        self.runs.row(id.raw()).and_then(|row| self.entry(row))
    }

    fn entry(&self, row: usize) -> Option<Entry> {
        let (id, posting) = self.runs.at(row)?;
        Some(self.entry_of(row, EntryId::from_raw(id), posting))
    }

    fn entry_of(&self, row: usize, id: EntryId, posting: usize) -> Entry {
        let posting = &self.postings[posting].0;
        let reason = match posting.cause {
            Cause::Act { item, version, activity } => {
                Reason::Act { item, version, activity, quantity: self.quantities[row] }
            }
            Cause::Reversal(original) => Reason::Reversal(original),
            Cause::Opening => Reason::Opening,
            Cause::Cleared(cause) => Reason::Cleared(cause),
            Cause::Carried(year) => Reason::Carried { year, points: self.quantities[row] },
            Cause::Returned(redemption) => Reason::Returned(redemption),
        };
        let account = self.accounts[self.slots[row] as usize];
        Entry { id, account, date: posting.date, points: self.points[row], reason, note: posting.note }
    }

    /// The posting to which a row belongs.
    fn posting(&self, row: usize) -> Option<&Posting> {
        self.runs.at(row).map(|(_, posting)| &self.postings[posting].0)
    }

    /// Number of events that posted something.
    pub fn postings(&self) -> usize {
        self.postings.len()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Every entry, in the order in which they were recorded.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Entry> + '_ {
        self.runs.iter().map(|(row, id, posting)| self.entry_of(row, EntryId::from_raw(id), posting))
    }

    /// The same, each with the place of the event that posted it.
    pub fn with_postings(&self) -> impl Iterator<Item = (usize, Entry)> + '_ {
        self.runs.iter().map(|(row, id, posting)| (posting, self.entry_of(row, EntryId::from_raw(id), posting)))
    }

    /// The lines of every event, in the order in which they were recorded:
    /// the way to sum up all of them.
    pub fn posted(&self) -> impl Iterator<Item = PostedLines<'_>> {
        self.postings.iter().enumerate().map(|(place, (posting, first))| {
            let end = self.postings.get(place + 1).map_or(self.slots.len(), |(_, next)| *next as usize);
            let rows = *first as usize..end;
            PostedLines {
                posting,
                slots: &self.slots[rows.clone()],
                quantities: &self.quantities[rows.clone()],
                points: &self.points[rows.clone()],
                reversed: &self.reversed[rows],
            }
        })
    }

    /// The same of one ledger; what one event posts stands in one ledger.
    pub fn posted_in(&self, ledger: Ledger) -> impl Iterator<Item = PostedLines<'_>> {
        self.posted().filter(move |lines| self.ledger_of(lines) == Some(ledger))
    }

    /// In which ledger they stand.
    pub fn ledger_of(&self, lines: &PostedLines<'_>) -> Option<Ledger> {
        lines.slots.first().map(|slot| self.accounts[*slot as usize].ledger())
    }

    /// The accounts with their totals, by slot: every household, and members and villagers that have entries.
    pub fn totals(&self) -> impl Iterator<Item = (Account, i64)> + '_ {
        self.accounts.iter().copied().zip(self.totals.iter().copied())
    }

    /// The entries of an account, in the order in which they were recorded.
    pub fn of(&self, account: Account) -> impl Iterator<Item = Entry> + '_ {
        self.rows_of(account).filter_map(|row| self.entry(row))
    }

    /// The lines of an account: what they belong to, their points, and whether
    /// they were taken back.
    pub fn lines_of(&self, account: Account) -> impl Iterator<Item = (&Posting, i32, bool)> {
        self.rows_of(account).filter_map(|row| Some((self.posting(row)?, self.points[row], self.reversed[row])))
    }

    /// Number of slots.
    pub fn accounts(&self) -> usize {
        self.accounts.len()
    }

    fn rows_of(&self, account: Account) -> impl Iterator<Item = usize> + '_ {
        self.lists().rows(self.slot(account))
    }

    /// The reversal that settled this entry, if there is one.
    pub fn reversal_of(&self, id: EntryId) -> Option<EntryId> {
        self.reversals.get(id)
    }

    /// The place of the entry among all, in the order in which they were recorded.
    pub fn place_of(&self, id: EntryId) -> Option<usize> {
        self.runs.row(id.raw())
    }

    /// Sum of the account's points.
    pub fn sum(&self, account: Account) -> i64 {
        self.slot(account).map_or(0, |slot| self.totals[slot])
    }

    /// The same of the entries from this one on.
    pub fn sum_since(&self, account: Account, first: usize) -> i64 {
        self.rows_of(account).filter(|row| *row >= first).map(|row| i64::from(self.points[row])).sum()
    }

    /// Sum of the points of the villager ledger in the entries from this one on, in the
    /// order in which they were recorded.
    pub fn villager_points_since(&self, first: usize) -> i64 {
        let lines = self.slots.iter().zip(&self.points).skip(first);
        let of_villagers = lines.filter(|(slot, _)| self.accounts[**slot as usize].ledger() == Ledger::Villager);
        of_villagers.map(|(_, points)| i64::from(*points)).sum()
    }

    /// The acts of an account that still stand: what they belong to, how many
    /// units, and their points.
    pub fn acts_of(&self, account: Account) -> impl Iterator<Item = (&Posting, u32, i32)> {
        let standing = self.rows_of(account).filter(|row| !self.reversed[*row]);
        standing.filter_map(|row| {
            let posting = self.posting(row)?;
            matches!(posting.cause, Cause::Act { .. }).then(|| (posting, self.quantities[row], self.points[row]))
        })
    }
}
