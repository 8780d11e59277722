//! The entries of both ledgers in memory, built for a million of them: columns
//! instead of rows, and what an activity's lines have in common kept once.
//!
//! Totals are folded as entries come; they are never stored.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ledger::{Account, ClearCause, Entry, Reason};
use super::rule::{Ledger, RuleVersion};
use crate::domain::event::PostedLine;
use crate::domain::id::{ActivityId, EntryId, HouseholdId, ItemId, NoteId, PersonId};
use crate::domain::table::IdIndex;

/// No row.
const NONE: u32 = u32::MAX;

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
    /// The points of each line.
    pub points: &'a [i32],
    /// Whether the line was taken back.
    pub reversed: &'a [bool],
}

/// An account with its lines: a list through [`Entries::next`].
#[derive(Clone, Copy, Debug)]
struct AccountRow {
    account: Account,
    first: u32,
    last: u32,
    total: i64,
    /// The slot of the account that it was joined to.
    moved_to: u32,
}

/// Entries of both ledgers and what follows from them.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    postings: Vec<(Posting, u32)>,
    ids: Vec<EntryId>,
    slots: Vec<u32>,
    points: Vec<i32>,
    quantities: Vec<u32>,
    reversed: Vec<bool>,
    posting_of: Vec<u32>,
    next: Vec<u32>,
    index: IdIndex<EntryId>,
    accounts: Vec<AccountRow>,
    households: IdIndex<HouseholdId>,
    members: IdIndex<PersonId>,
    reversals: HashMap<EntryId, EntryId>,
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
        let first = self.ids.len();
        self.slots.reserve(lines.len());
        for (place, line) in lines.iter().enumerate() {
            if let Err(error) = self.admit(first + place, line, &is_account) {
                lines[..place].iter().for_each(|line| self.index.forget(line.entry));
                self.slots.truncate(first);
                return Err(error);
            }
        }
        if let Cause::Reversal(original) = posting.cause {
            if let Some(row) = self.index.get(original) {
                self.reversed[row] = true;
            }
            self.reversals.extend(lines.first().map(|line| (original, line.entry)));
        }
        let (rows, number) = (first + lines.len(), to_u32(self.postings.len()));
        self.postings.push((posting, to_u32(first)));
        self.ids.extend(lines.iter().map(|line| line.entry));
        self.points.extend(lines.iter().map(|line| line.points));
        self.quantities.extend(lines.iter().map(|line| line.quantity));
        self.reversed.resize(rows, false);
        self.posting_of.resize(rows, number);
        self.next.resize(rows, NONE);
        for (row, line) in (first..).zip(lines) {
            let account = &mut self.accounts[self.slots[row] as usize];
            account.total += i64::from(line.points);
            let last = std::mem::replace(&mut account.last, to_u32(row));
            if last == NONE {
                account.first = to_u32(row);
            } else {
                self.next[last as usize] = to_u32(row);
            }
        }
        Ok(())
    }

    /// Gives a line its place in the index and its slot.
    fn admit(&mut self, row: usize, line: &PostedLine, is_account: &impl Fn(Account) -> bool) -> Result<(), PostError> {
        let slot = match self.slot(line.account) {
            Some(slot) => slot,
            None if is_account(line.account) => self.slot_or_new(line.account),
            None => return Err(PostError::UnknownAccount),
        };
        if !self.index.insert(line.entry, row) {
            return Err(PostError::KnownEntry);
        }
        self.slots.push(to_u32(slot));
        Ok(())
    }

    /// The slot of an account: its place among those that have entries.
    pub fn slot(&self, account: Account) -> Option<usize> {
        let mut slot = match account {
            Account::Household(id) => self.households.get(id),
            Account::Member(id) => self.members.get(id),
        }?;
        while self.accounts[slot].moved_to != NONE {
            slot = self.accounts[slot].moved_to as usize;
        }
        Some(slot)
    }

    /// The slot of an account, which is made where there is none.
    pub fn slot_or_new(&mut self, account: Account) -> usize {
        if let Some(slot) = self.slot(account) {
            return slot;
        }
        let slot = self.accounts.len();
        self.accounts.push(AccountRow { account, first: NONE, last: NONE, total: 0, moved_to: NONE });
        match account {
            Account::Household(id) => self.households.set(id, slot),
            Account::Member(id) => self.members.set(id, slot),
        }
        slot
    }

    /// From now on `gone` is `kept`: its entries, and those that still come.
    pub fn join(&mut self, gone: Account, kept: Account) {
        let (from, to) = (self.slot_or_new(gone), self.slot_or_new(kept));
        if from == to {
            return;
        }
        let AccountRow { first, last, total, .. } = self.accounts[from];
        let mut row = first;
        while row != NONE {
            self.slots[row as usize] = to_u32(to);
            row = self.next[row as usize];
        }
        let target = &mut self.accounts[to];
        target.total += total;
        if first != NONE {
            let end = std::mem::replace(&mut target.last, last);
            if end == NONE {
                target.first = first;
            } else {
                self.next[end as usize] = first;
            }
        }
        self.accounts[from] = AccountRow { account: gone, first: NONE, last: NONE, total: 0, moved_to: to_u32(to) };
    }

    /// The entry of this id.
    pub fn get(&self, id: EntryId) -> Option<Entry> {
        self.index.get(id).and_then(|row| self.entry(row))
    }

    fn entry(&self, row: usize) -> Option<Entry> {
        let posting = self.postings.get(*self.posting_of.get(row)? as usize)?.0;
        let reason = match posting.cause {
            Cause::Act { item, version, activity } => {
                Reason::Act { item, version, activity, quantity: self.quantities[row] }
            }
            Cause::Reversal(original) => Reason::Reversal(original),
            Cause::Opening => Reason::Opening,
            Cause::Cleared(cause) => Reason::Cleared(cause),
        };
        let account = self.accounts[self.slots[row] as usize].account;
        Some(Entry {
            id: self.ids[row],
            account,
            date: posting.date,
            points: self.points[row],
            reason,
            note: posting.note,
        })
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Every entry, in the order in which they were recorded.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Entry> + '_ {
        (0..self.ids.len()).filter_map(|row| self.entry(row))
    }

    /// The lines of every event, in the order in which they were recorded:
    /// the way to sum up all of them.
    pub fn posted(&self) -> impl Iterator<Item = PostedLines<'_>> {
        self.postings.iter().enumerate().map(|(place, (posting, first))| {
            let end = self.postings.get(place + 1).map_or(self.ids.len(), |(_, next)| *next as usize);
            let rows = *first as usize..end;
            PostedLines {
                posting,
                slots: &self.slots[rows.clone()],
                points: &self.points[rows.clone()],
                reversed: &self.reversed[rows],
            }
        })
    }

    /// The same of one ledger; what one event posts stands in one ledger.
    pub fn posted_in(&self, ledger: Ledger) -> impl Iterator<Item = PostedLines<'_>> {
        self.posted().filter(move |lines| {
            let first = lines.slots.first().map(|slot| self.accounts[*slot as usize].account);
            first.is_some_and(|account| account.ledger() == ledger)
        })
    }

    /// The accounts that have entries with their totals, by slot.
    pub fn totals(&self) -> impl Iterator<Item = (Account, i64)> + '_ {
        self.accounts.iter().map(|row| (row.account, row.total))
    }

    /// The entries of an account, in the order in which they were recorded.
    pub fn of(&self, account: Account) -> impl Iterator<Item = Entry> + '_ {
        self.rows_of(account).filter_map(|row| self.entry(row))
    }

    /// The lines of an account: what they belong to, their points, and whether
    /// they were taken back.
    pub fn lines_of(&self, account: Account) -> impl Iterator<Item = (&Posting, i32, bool)> {
        self.rows_of(account).map(|row| {
            let posting = &self.postings[self.posting_of[row] as usize].0;
            (posting, self.points[row], self.reversed[row])
        })
    }

    /// Number of slots.
    pub fn accounts(&self) -> usize {
        self.accounts.len()
    }

    fn rows_of(&self, account: Account) -> impl Iterator<Item = usize> + '_ {
        let mut row = self.slot(account).map_or(NONE, |slot| self.accounts[slot].first);
        std::iter::from_fn(move || {
            let here = (row != NONE).then_some(row as usize)?;
            row = self.next[here];
            Some(here)
        })
    }

    /// The reversal that settled this entry, if there is one.
    pub fn reversal_of(&self, id: EntryId) -> Option<EntryId> {
        self.reversals.get(&id).copied()
    }

    /// Sum of the account's points.
    pub fn sum(&self, account: Account) -> i64 {
        self.slot(account).map_or(0, |slot| self.accounts[slot].total)
    }

    /// Sum of the points of households in the entries from this one on, in the
    /// order in which they were recorded.
    pub fn household_points_since(&self, first: usize) -> i64 {
        let lines = self.slots.iter().zip(&self.points).skip(first);
        let of_households =
            lines.filter(|(slot, _)| matches!(self.accounts[**slot as usize].account, Account::Household(_)));
        of_households.map(|(_, points)| i64::from(*points)).sum()
    }

    /// The acts of an account that still stand: what they belong to, how many
    /// units, and their points.
    pub fn acts_of(&self, account: Account) -> impl Iterator<Item = (&Posting, u32, i32)> {
        let standing = self.rows_of(account).filter(|row| !self.reversed[*row]);
        standing.filter_map(|row| {
            let posting = &self.postings[self.posting_of[row] as usize].0;
            matches!(posting.cause, Cause::Act { .. }).then(|| (posting, self.quantities[row], self.points[row]))
        })
    }
}

fn to_u32(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
