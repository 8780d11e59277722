//! The end of one year posted twice, as two laptops may that do not know of each
//! other: 年终清零 of what was cleared already, or 结转 of what was carried over.
//! One of them is kept; the other is taken back line by line.

use std::collections::BTreeMap;

use super::close::year_end;
use super::entries::Cause;
use super::ledger::{Account, ClearCause, Reason};
use super::rule::Ledger;
use crate::domain::conflict::Choice;
use crate::domain::id::EntryId;
use crate::domain::roster::words;
use crate::domain::village::Village;

/// What is posted at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearEndAct {
    /// 年终清零
    Cleared,
    /// 结转
    Carried,
}

words!(YearEndAct { Cleared = "年终清零", Carried = "结转" });

/// Which end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

    fn of(reason: Reason, ledger: Ledger) -> Option<Self> {
        let (year, act) = match reason {
            Reason::Cleared(ClearCause::YearEnd(year)) => (year, YearEndAct::Cleared),
            Reason::Carried { year, .. } => (year, YearEndAct::Carried),
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
        // Of each line the posting: accounts that were joined bring a line each of one.
        let mut found: BTreeMap<YearEndOf, BTreeMap<Account, Vec<(usize, EntryId)>>> = BTreeMap::new();
        let is_meant = |cause: Cause| matches!(cause, Cause::Cleared(ClearCause::YearEnd(_)) | Cause::Carried(_));
        if self.entries.posted().filter(|lines| is_meant(lines.posting.cause)).count() < 2 {
            return Vec::new();
        }
        for (posting, entry) in self.entries.with_postings().filter(|(_, entry)| is_meant(entry.reason.into())) {
            let Some(of) = YearEndOf::of(entry.reason, entry.account.ledger()) else { continue };
            if self.entries.reversal_of(entry.id).is_none() {
                found.entry(of).or_default().entry(entry.account).or_default().push((posting, entry.id));
            }
        }
        let twice = found.into_iter().map(|(of, accounts)| {
            let several = accounts.into_iter().filter(|(account, lines)| {
                let is_several = lines.first().map(|line| line.0) != lines.last().map(|line| line.0);
                is_several && (of.act == YearEndAct::Carried || self.balance_on(*account, year_end(of.year)) < 0)
            });
            let lines = several.map(|(account, lines)| (account, lines.into_iter().map(|line| line.1).collect()));
            YearEndTwice { of, lines: lines.collect() }
        });
        twice.filter(|twice| !twice.lines.is_empty()).collect()
    }
}
