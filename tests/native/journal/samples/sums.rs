//! Samples of what came with the sheets that closed months keep.

use cunzhi::domain::calendar::Month;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{EntryId, HouseholdId, PersonId};
use cunzhi::domain::points::close::MonthClosed;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::sheet::{ClosedSheet, SheetRow};
use cunzhi::domain::roster::MemberType;
use cunzhi::journal::act::Act;

use super::{DAY, act};

/// Lines as a notice has them, and lines as none has them.
pub fn rows(ledger: Ledger) -> Vec<SheetRow> {
    let id = |n: u64| 7 << 32 | n;
    let account = |n| match ledger {
        Ledger::Villager => Account::Household(HouseholdId::from_raw(n)),
        Ledger::Member => Account::Member(PersonId::from_raw(n)),
    };
    let row = |n, name: Option<u64>, kind, unit, is_stopped| SheetRow {
        account: account(n),
        name: name.map(PersonId::from_raw),
        kind,
        unit,
        is_gone: false,
        is_stopped,
    };
    let mut rows = vec![
        row(id(1), Some(id(1)), None, None, false),
        row(id(2), Some(id(5)), None, Some(1), true),
        row(id(9), None, None, Some(u16::MAX), false),
        row(u64::MAX, Some(0), None, None, true),
        row(0, Some(u64::MAX), None, None, false),
    ];
    rows.extend(MemberType::ALL.iter().map(|kind| row(id(3), Some(id(3)), Some(*kind), None, false)));
    rows
}

pub fn acts() -> Vec<Act> {
    let closed = |ledger: Ledger, month, carried| {
        let month = Month { year: 2025, month };
        Event::MonthClosed(MonthClosed {
            ledger,
            month,
            date: DAY,
            notice_days: 3,
            objection_days: 7,
            entries: 18,
            points: 320,
            redeemed: 60,
            sheet: ClosedSheet::of(&rows(ledger)),
            carried,
        })
    };
    let carried = |ledger| {
        let lines = (1_u64..).zip(rows(ledger)).filter(|(_, row)| row.kind.is_none());
        let lines = lines.map(|(n, row)| PostedLine {
            entry: EntryId::from_raw(7 << 32 | n),
            account: row.account,
            quantity: if n == 1 { u32::MAX } else { 86 },
            points: 0,
        });
        lines.collect::<Vec<_>>()
    };
    let september = Ledger::ALL.iter().map(|ledger| closed(*ledger, 9, Vec::new()));
    let december = Ledger::ALL.iter().map(|ledger| closed(*ledger, 12, carried(*ledger)));
    let events = september.chain(december);
    (700..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
