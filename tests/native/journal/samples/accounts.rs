//! Samples of what came with villagers' own accounts.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::event::{Event, FiledClaim, PostedLine};
use cunzhi::domain::id::{ActivityId, ClaimId, EntryId, ItemId, NoteId, PersonId, RedemptionId, VetoId};
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::close::MonthClosed;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::{Ledger, RuleVersion};
use cunzhi::domain::points::sheet::{ClosedSheet, SheetRow};
use cunzhi::domain::points::veto::{VetoEffect, VetoImposed};
use cunzhi::journal::act::Act;
use cunzhi::journal::segment::{self, Head};
use jiff::civil::date;

use super::super::DEVICE;
use super::act;

pub fn acts() -> Vec<Act> {
    let villager = |raw| Account::Villager(PersonId::from_raw(raw));
    let line = |entry, account| PostedLine { entry: EntryId::from_raw(entry), account, quantity: 1, points: 5 };
    let (first, last) = (villager(7 << 32 | 3), villager(u64::MAX));
    let day = date(2025, 9, 26);
    let chosen = |kind, from, lines| Event::AccountsChosen { kind, from, date: date(2025, 1, 1), lines };
    let posted = |lines| Event::PointsPosted {
        activity: ActivityId::from_raw(1),
        item: ItemId::from_raw(2),
        version: RuleVersion(1),
        date: day,
        note: None,
        lines,
    };
    let (id, item, quantity, note, by, case) = (ClaimId::from_raw(1), ItemId::from_raw(2), 1, None, None, None);
    let note_id = NoteId::from_raw;
    let veto = VetoImposed {
        veto: VetoId::from_raw(1),
        account: last,
        reason: note_id(1),
        document: note_id(2),
        meeting: note_id(3),
        met: day,
        from: day,
        to: None,
        effects: vec![VetoEffect::NoRedemption],
    };
    let row = |account: Account, is_stopped| SheetRow {
        account,
        name: account.person(),
        kind: None,
        unit: Some(3),
        is_gone: false,
        is_stopped,
    };
    let closed = MonthClosed {
        ledger: Ledger::Villager,
        month: Month::of(day),
        date: date(2025, 10, 1),
        notice_days: 3,
        objection_days: 7,
        entries: 2,
        points: 10,
        redeemed: 0,
        sheet: ClosedSheet::of(&[row(first, false), row(last, true)]),
        carried: vec![line(5, first)],
    };
    let events = vec![
        chosen(VillagerAccount::Person, None, vec![line(1, first), line(2, villager(1))]),
        chosen(VillagerAccount::Household, Some(day), Vec::new()),
        // Packed, and as records: the second entry does not follow the first.
        posted(vec![line(3, first), line(4, last)]),
        posted(vec![line(9, first), line(7, last)]),
        Event::ClaimFiled(FiledClaim { id, account: first, item, date: day, quantity, note, by, case }),
        Event::Redeemed { redemption: RedemptionId::from_raw(1), account: last, lines: Vec::new(), proxy: None },
        Event::VetoImposed(veto),
        Event::MonthClosed(closed),
    ];
    let mut acts: Vec<Act> = (800..).zip(events).map(|(n, event)| act(n, vec![event])).collect();
    acts[0].at = Moment::at(day, 9, 0);
    acts
}

/// A program that knows no villagers' accounts stops at the choice, whose code
/// it does not know, and takes no villager for a member.
#[test]
fn what_came_with_villagers_accounts_has_codes_of_its_own() {
    let (bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts());
    let bodies: Vec<Vec<u8>> =
        segment::read(&bytes).expect("whole").raw_acts().flatten().map(|act| act.body()).collect();
    // The array of one event, its own array, and its code: 57 as a byte that follows.
    assert!(bodies[0].windows(4).any(|part| part == [0x81, 0x85, 0x18, 57]), "the code of the choice");
    // A byte string of lines begins with their kind: neither 0 for households nor 1 for members.
    assert!(bodies[2].windows(3).any(|part| part[0] >> 5 == 2 && part[1..] == [2, 3]), "the kind of packed lines");
    assert!(bodies[3].windows(2).any(|part| part == [0x82, 2]), "the code of the account in a record");
}
