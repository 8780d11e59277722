//! The end of one year posted twice, as two laptops may that do not know of each
//! other: 年终清零 of what was cleared already, or 结转 of what was carried over.
//! One of them is kept; the other is taken back line by line. Where each laptop
//! kept another one, both are taken back, and the year is cleared again or not.

use super::close::year_end;
use super::entries::{Cause, PostedLines};
use super::ledger::{Account, ClearCause, Entry};
use super::rule::Ledger;
use crate::domain::conflict::Choice;
use crate::domain::id::{EntryId, parts};
use crate::domain::order::sort_by_key;
use crate::domain::roster::words;
use crate::domain::village::Village;

/// What is posted at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearEndAct {
    /// 年终清零
    Cleared,
    /// 结转
    Carried,
}

words!(YearEndAct { Cleared = "年终清零", Carried = "结转" });

/// Which end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearEndOf {
    /// Of which year.
    pub year: i16,
    /// Whether of the member ledger.
    pub of_members: bool,
    /// What was posted.
    pub act: YearEndAct,
}

impl YearEndOf {
    /// The ledger in which it was posted.
    pub const fn ledger(self) -> Ledger {
        if self.of_members { Ledger::Member } else { Ledger::Villager }
    }

    fn of(cause: Cause, ledger: Ledger) -> Option<Self> {
        let (year, act) = match cause {
            Cause::Cleared(ClearCause::YearEnd(year)) => (year, YearEndAct::Cleared),
            Cause::Carried(year) => (year, YearEndAct::Carried),
            _ => return None,
        };
        Some(Self { year, of_members: ledger == Ledger::Member, act })
    }
}

/// The end of a year that was posted twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearEndTwice {
    /// Which.
    pub of: YearEndOf,
    /// The lines of each account that has several, in the order in which they were recorded.
    pub lines: Vec<(Account, Vec<EntryId>)>,
}

/// A year of which both clearings were taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearUncleared {
    /// Which.
    pub year: i16,
    /// Whose points it was to take, and how many there are still.
    pub lines: Vec<(Account, i64)>,
}

impl YearUncleared {
    /// How many points there are still.
    pub fn points(&self) -> i64 {
        self.lines.iter().map(|(_, points)| *points).fold(0, i64::saturating_add)
    }
}

impl YearEndTwice {
    /// The lines that go when the first or the last of each account is kept.
    pub fn beyond(&self, kept: Choice) -> Vec<EntryId> {
        let of_account = |(_, lines): &(Account, Vec<EntryId>)| match kept {
            Choice::Keep => lines[1..].to_vec(),
            Choice::Take => lines[..lines.len() - 1].to_vec(),
        };
        self.lines.iter().flat_map(of_account).collect()
    }
}

impl Village {
    /// Every end of a year that was posted twice and not settled. Clearing again
    /// what came in late is in order: then nobody is below zero at the year's end.
    pub fn year_ends_twice(&self) -> Vec<YearEndTwice> {
        let of_lines = |lines: &PostedLines<'_>| YearEndOf::of(lines.posting.cause, self.entries.ledger_of(lines)?);
        let ends: Vec<YearEndOf> = self.entries.posted().filter_map(|lines| of_lines(&lines)).collect();
        let mut twice: Vec<YearEndOf> = Vec::new();
        for (place, of) in ends.iter().enumerate() {
            if ends[..place].contains(of) && !twice.contains(of) {
                twice.push(*of);
            }
        }
        // Mostly there is none, and no entry is looked at.
        let found = twice.into_iter().map(|of| YearEndTwice { of, lines: self.several_of(of) });
        found.filter(|twice| !twice.lines.is_empty()).collect()
    }

    /// The accounts of which several postings hold a standing line of this end of a year.
    fn several_of(&self, of: YearEndOf) -> Vec<(Account, Vec<EntryId>)> {
        let entries = self.entries.with_postings();
        let lines = entries.filter(|(_, entry)| YearEndOf::of(entry.reason.into(), entry.account.ledger()) == Some(of));
        let standing = lines.filter(|(_, entry)| self.entries.reversal_of(entry.id).is_none());
        let mut lines: Vec<_> = standing.map(|(posting, entry)| (entry.account, posting, entry.id)).collect();
        sort_by_key(&mut lines, |(account, ..)| *account);
        let several = lines.chunk_by(|one, other| one.0 == other.0).filter(|lines| {
            // Accounts that were joined bring a line each of one posting.
            lines.iter().any(|line| line.1 != lines[0].1)
                && (of.act == YearEndAct::Carried || self.balance_on(lines[0].0, year_end(of.year)) < 0)
        });
        several.map(|lines| (lines[0].0, lines.iter().map(|line| line.2).collect())).collect()
    }

    /// Every year that two laptops cleared, and of which both clearings were taken back
    /// since each laptop kept another one: with what clearing it again would take.
    ///
    /// Of 结转 there is no such: it lies in the closing of December, which counts once.
    pub fn years_uncleared(&self) -> Vec<YearUncleared> {
        let mut years: Vec<i16> = Vec::new();
        for lines in self.entries.posted() {
            if let Cause::Cleared(ClearCause::YearEnd(year)) = lines.posting.cause
                && lines.reversed.contains(&true)
                && !years.contains(&year)
            {
                years.push(year);
            }
        }
        let found = years.into_iter().map(|year| YearUncleared { year, lines: self.uncleared_in(year) });
        found.filter(|uncleared| !uncleared.lines.is_empty()).collect()
    }

    fn uncleared_in(&self, year: i16) -> Vec<(Account, i64)> {
        let cause = Cause::Cleared(ClearCause::YearEnd(year));
        // A clearing of nobody says that the year is not cleared.
        let (mut place, mut given_up, mut clearings) = (0, 0, 0);
        for lines in self.entries.posted() {
            if lines.posting.cause == cause {
                clearings += 1;
                given_up = if lines.slots.is_empty() { place } else { given_up };
            }
            place += lines.slots.len();
        }
        if clearings < 2 {
            return Vec::new();
        }
        let mut lines: Vec<Entry> = self.entries.iter().filter(|entry| Cause::from(entry.reason) == cause).collect();
        sort_by_key(&mut lines, |entry| entry.account);
        let accounts = lines.chunk_by(|one, other| one.account == other.account);
        let left = accounts.map(|lines| (lines[0].account, self.uncleared_of(year, lines, given_up)));
        left.filter(|(_, points)| *points > 0).collect()
    }

    /// What clearing the account again would take, where two laptops cleared it and
    /// both were taken back.
    fn uncleared_of(&self, year: i16, lines: &[Entry], given_up: usize) -> i64 {
        let Some((last, earlier)) = lines.split_last() else { return 0 };
        let Some(place) = self.entries.place_of(last.id).filter(|place| *place >= given_up) else { return 0 };
        let back: Vec<Entry> = lines
            .iter()
            .filter_map(|line| self.entries.reversal_of(line.id).and_then(|back| self.entries.get(back)))
            .collect();
        // The last one was posted without knowing of another that stood then.
        let stood = |line: &Entry| {
            let back = self.entries.reversal_of(line.id).and_then(|back| self.entries.place_of(back));
            parts(line.id.raw()).0 != parts(last.id.raw()).0 && back > Some(place)
        };
        if back.len() < lines.len() || !earlier.iter().any(stood) {
            return 0;
        }
        let day = year_end(year);
        let on_day = |entries: &[Entry]| -> i64 {
            entries.iter().filter(|entry| entry.date <= day).map(|entry| i64::from(entry.points)).sum()
        };
        // As if nothing had been cleared and nothing taken back.
        self.left_of(last.account, day, -on_day(lines) - on_day(&back))
    }
}
