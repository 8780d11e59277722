//! The entries in memory against a plain list of them: whatever is posted,
//! joined and looked at in whatever order.

use std::collections::BTreeMap;

use cunzhi::domain::event::PostedLine;
use cunzhi::domain::id::{ActivityId, EntryId, HouseholdId, ItemId};
use cunzhi::domain::points::entries::{Cause, Entries, PostError, Posting};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::RuleVersion;
use proptest::prelude::*;

use super::support::TODAY;

/// Accounts that exist; the one behind them does not.
const ACCOUNTS: u64 = 5;

#[derive(Clone, Debug)]
enum Step {
    /// Ids and accounts of the lines.
    Post(Vec<(u64, u64)>),
    Join(u64, u64),
    Look(u64),
}

/// Runs of ids, single ones, and ones that are far away or were used before.
fn step() -> impl Strategy<Value = Step> {
    let account = 0..ACCOUNTS;
    let id = prop_oneof![0_u64..40, (1_u64 << 32)..(1 << 32) + 20, Just(u64::MAX)];
    let run = (id.clone(), prop::collection::vec(0..=ACCOUNTS, 1..6)).prop_map(|(first, accounts)| {
        Step::Post((0..).map(|place| first.saturating_add(place)).zip(accounts).collect())
    });
    prop_oneof![
        6 => run,
        2 => prop::collection::vec((id, account.clone()), 0..4).prop_map(Step::Post),
        1 => (account.clone(), account.clone()).prop_map(|(gone, kept)| Step::Join(gone, kept)),
        2 => account.prop_map(Step::Look),
    ]
}

fn home(number: u64) -> Account {
    // Far apart, as households of which few have entries.
    Account::Household(HouseholdId::from_raw(number * 9_000))
}

/// The list: ids with their points, and who has which of them.
#[derive(Default)]
struct Plain {
    points: Vec<(u64, i32)>,
    of: BTreeMap<u64, Vec<u64>>,
    moved: BTreeMap<u64, u64>,
}

impl Plain {
    fn now(&self, mut account: u64) -> u64 {
        while let Some(next) = self.moved.get(&account) {
            account = *next;
        }
        account
    }

    fn post(&mut self, lines: &[(u64, u64)]) -> Result<(), PostError> {
        if lines.iter().any(|(_, account)| *account == ACCOUNTS) {
            return Err(PostError::UnknownAccount);
        }
        let mut ids: Vec<u64> = self.points.iter().map(|(id, _)| *id).collect();
        for (id, _) in lines {
            if ids.contains(id) {
                return Err(PostError::KnownEntry);
            }
            ids.push(*id);
        }
        for (id, account) in lines {
            self.points.push((*id, worth(*id)));
            let account = self.now(*account);
            self.of.entry(account).or_default().push(*id);
        }
        Ok(())
    }

    fn join(&mut self, gone: u64, kept: u64) {
        let (gone, kept) = (self.now(gone), self.now(kept));
        if gone != kept {
            self.moved.insert(gone, kept);
            let ids = self.of.remove(&gone).unwrap_or_default();
            let kept = self.of.entry(kept).or_default();
            kept.extend(ids);
            kept.sort_by_key(|id| self.points.iter().position(|(known, _)| known == id));
        }
    }
}

fn worth(id: u64) -> i32 {
    i32::try_from(id % 7).unwrap_or(0) - 3
}

proptest! {
    #[test]
    fn entries_are_a_plain_list(steps in prop::collection::vec(step(), 1..30)) {
        let (mut entries, mut plain) = (Entries::default(), Plain::default());
        for step in steps {
            match step {
                Step::Post(lines) => {
                    let line = |(id, account): &(u64, u64)| PostedLine {
                        entry: EntryId::from_raw(*id),
                        account: home(*account),
                        quantity: 1,
                        points: worth(*id),
                    };
                    let cause = Cause::Act {
                        item: ItemId::from_raw(1),
                        version: RuleVersion(1),
                        activity: ActivityId::from_raw(lines.first().map_or(0, |(id, _)| *id)),
                    };
                    let posted: Vec<PostedLine> = lines.iter().map(line).collect();
                    let posting = Posting { cause, date: TODAY, note: None };
                    let found = entries.post(posting, &posted, |account| account != home(ACCOUNTS));
                    prop_assert_eq!(found, plain.post(&lines));
                }
                Step::Join(gone, kept) => {
                    entries.join(home(gone), home(kept));
                    plain.join(gone, kept);
                }
                Step::Look(account) => {
                    let ids: Vec<u64> = entries.of(home(account)).map(|entry| entry.id.raw()).collect();
                    prop_assert_eq!(ids, plain.of.get(&plain.now(account)).cloned().unwrap_or_default());
                }
            }
        }
        let all: Vec<(u64, i32)> = entries.iter().map(|entry| (entry.id.raw(), entry.points)).collect();
        prop_assert_eq!(&all, &plain.points);
        let back: Vec<(u64, i32)> = entries.iter().rev().map(|entry| (entry.id.raw(), entry.points)).collect();
        prop_assert!(back.iter().rev().eq(&plain.points));
        prop_assert_eq!(entries.len(), all.len());
        for account in 0..ACCOUNTS {
            let ids = plain.of.get(&plain.now(account)).cloned().unwrap_or_default();
            let own: Vec<u64> = entries.of(home(account)).map(|entry| entry.id.raw()).collect();
            prop_assert_eq!(&own, &ids);
            prop_assert_eq!(entries.sum(home(account)), ids.iter().map(|id| i64::from(worth(*id))).sum::<i64>());
            for id in ids {
                let entry = entries.get(EntryId::from_raw(id)).map(|entry| (entry.id.raw(), entry.account));
                prop_assert_eq!(entry, Some((id, home(plain.now(account)))));
            }
        }
        for id in (0..45).filter(|id| plain.points.iter().all(|(known, _)| known != id)) {
            prop_assert_eq!(entries.get(EntryId::from_raw(id)), None);
        }
        let sums = entries.posted().flat_map(|lines| lines.points).map(|points| i64::from(*points)).sum::<i64>();
        prop_assert_eq!(sums, all.iter().map(|(_, points)| i64::from(*points)).sum::<i64>());
    }
}
