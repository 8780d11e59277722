//! Who stands on the notice of a month, and as what. Closing the month keeps
//! it: whatever is recorded or merged later, also with an earlier date, the
//! sheet that hung on the wall can be printed again.
//!
//! Figures are not kept: what is dated in a closed month does not change.
//! Names are not kept either: they are in the register, where they are
//! corrected and erased.

use super::accounts::VillagerAccount;
use super::entries::{Cause, Posting};
use super::ledger::Account;
use super::rule::Ledger;
use super::veto::VetoEffect;
use crate::domain::calendar::{Moment, Month};
use crate::domain::id::{HouseholdId, PersonId};
use crate::domain::people::Person;
use crate::domain::roster::MemberType;
use crate::domain::varint::{put_varint, take_varint, unzigzag, zigzag};
use crate::domain::village::Village;

/// One line of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Whose points.
    pub account: Account,
    /// Whose name is printed: the head, the villager, or the member.
    pub name: Option<PersonId>,
    /// The type of a member, or the last one of who is none at the end of the month.
    pub kind: Option<MemberType>,
    /// Whether a member is none any more at the end of the month: listed, and not placed.
    pub is_gone: bool,
    /// Number of the ten-household unit.
    pub unit: Option<u16>,
    /// Whether 停兑 is printed.
    pub is_stopped: bool,
}

impl SheetRow {
    /// Whether the notice says something with the line: always of a household or a
    /// member; of a villager where the month has an entry or a redemption of theirs,
    /// where they hold or owe something, and where they may not redeem.
    pub fn says_something(&self, village: &Village, month: Month) -> bool {
        self.account.of_villager() != Some(VillagerAccount::Person)
            || self.is_stopped
            || village.balance_on(self.account, month.last_day()) != 0
            || is_moved(village, self.account, month)
    }
}

/// The lines of the notices of a month, of all grids or types, by what the
/// village knows now. `known` is when an older program closed the month and kept
/// no lines: vetoes that were recorded after it are left out, and who is listed
/// goes by the rules of that program.
pub fn sheet_rows(village: &Village, ledger: Ledger, month: Month, known: Option<Moment>) -> Vec<SheetRow> {
    let last = month.last_day();
    let is_stopped = |account| {
        let mut vetoes = village.vetoes_of(account).filter(|veto| known.is_none_or(|known| veto.at <= known));
        vetoes.any(|veto| veto.stops(VetoEffect::NoRedemption, last))
    };
    let by_old_rules = known.is_some();
    match ledger {
        Ledger::Villager => {
            let kind = village.villager_accounts.on(last);
            let everybody = by_old_rules && kind == VillagerAccount::Household;
            let of_kind = village
                .villagers(kind)
                .into_iter()
                .filter(|(_, account)| everybody || is_stopped(*account) || is_listed(village, *account, month));
            // What was recorded before the choice in the same month.
            let others = village.entries.totals().map(|(account, _)| account);
            let others = others.filter(|account| account.of_villager().is_some_and(|one| one != kind));
            let others = others.filter(|account| *account == village.account_now(*account));
            let others = others.filter(|account| is_moved(village, *account, month));
            let others = others.filter_map(|account| Some((village.home_of(account)?, account)));
            let rows = of_kind.chain(others).map(|(home, account)| {
                let unit = village.people.unit_of(home).map(|unit| unit.number);
                let name = account.person().or_else(|| village.head_on(home.id, last));
                SheetRow { account, name, kind: None, is_gone: false, unit, is_stopped: is_stopped(account) }
            });
            rows.collect()
        }
        Ledger::Member => {
            let rows = village.people.members().filter_map(|person| {
                let account = Account::Member(person.id);
                let is_gone = person.member_type_on(last).is_none();
                if is_gone && (by_old_rules || !has_left_in(village, person, month)) {
                    return None;
                }
                let (name, kind) = (Some(person.id), Some(person.member_type_by(last)?));
                Some(SheetRow { account, name, kind, is_gone, unit: None, is_stopped: is_stopped(account) })
            });
            rows.collect()
        }
    }
}

/// Of those who are no members at the end of the month: who was one on its first
/// day, and whoever the month has something of, be it a correction.
fn has_left_in(village: &Village, person: &Person, month: Month) -> bool {
    person.member_type_on(month.first_day()).is_some() || is_moved(village, Account::Member(person.id), month)
}

/// Households in which somebody lives and villagers who are here in the month,
/// and whose account still says something.
fn is_listed(village: &Village, account: Account, month: Month) -> bool {
    village.is_account_here(account, month.first_day())
        || village.is_account_here(account, month.last_day())
        || village.balance_on(account, month.last_day()) != 0
        || is_moved(village, account, month)
}

/// Whether something was recorded or redeemed in the month. 结转 is a line of
/// whoever holds points, and moves nothing.
pub(super) fn is_moved(village: &Village, account: Account, month: Month) -> bool {
    let moves = |posting: &Posting| Month::of(posting.date) == month && !matches!(posting.cause, Cause::Carried(_));
    village.entries.lines_of(account).any(|(posting, ..)| moves(posting))
        || village.shelf.redemptions_of(account).any(|one| Month::of(one.at.date()) == month)
}

/// The lines as they are kept with a closing: some four bytes each, unpacked
/// when a notice is printed and not before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosedSheet(pub Vec<u8>);

const STOPPED: u64 = 1;
const NAMED: u64 = 2;
const UNIT: u64 = 4;
/// What stands above these is the place of the type, from 1.
const KIND: u64 = 8;
/// Stands in place of the type where the account is a villager's own.
const VILLAGER: u64 = 15;
/// What is added to the place of the type of who is no member any more.
const GONE: u64 = 16;

impl ClosedSheet {
    /// Packs the lines.
    pub fn of(rows: &[SheetRow]) -> Self {
        let mut bytes = Vec::with_capacity(rows.len() * 4);
        let (mut account, mut name) = (0, 0);
        for row in rows {
            let place = |kind| MemberType::ALL.iter().position(|known| *known == kind);
            let kind = match row.account {
                Account::Villager(_) => VILLAGER,
                _ => row.kind.and_then(place).map_or(0, |place| place as u64 + 1 + if row.is_gone { GONE } else { 0 }),
            };
            let says = |said: bool, flag: u64| if said { flag } else { 0 };
            let flags =
                says(row.is_stopped, STOPPED) | says(row.name.is_some(), NAMED) | says(row.unit.is_some(), UNIT);
            put_varint(&mut bytes, kind * KIND + flags);
            put_after(&mut bytes, &mut account, row.account.raw());
            if let Some(person) = row.name {
                put_after(&mut bytes, &mut name, person.raw());
            }
            if let Some(unit) = row.unit {
                put_varint(&mut bytes, unit.into());
            }
        }
        Self(bytes)
    }

    /// The lines; `None` for a closing that kept none, and where they cannot be read.
    pub fn rows(&self, ledger: Ledger) -> Option<Vec<SheetRow>> {
        let mut rest = &self.0[..];
        let (mut account, mut name) = (0, 0);
        let mut rows = Vec::new();
        while !rest.is_empty() {
            let what = take_varint(&mut rest)?;
            let id = take_after(&mut rest, &mut account)?;
            let named = if what & NAMED == 0 { None } else { Some(take_after(&mut rest, &mut name)?) };
            let unit = if what & UNIT == 0 { None } else { Some(u16::try_from(take_varint(&mut rest)?).ok()?) };
            let is_villager = what / KIND == VILLAGER;
            let is_gone = what / KIND > GONE;
            let place = what / KIND - if is_gone { GONE } else { 0 };
            let kind = match usize::try_from(place).ok()?.checked_sub(1).filter(|_| !is_villager) {
                Some(place) => Some(*MemberType::ALL.get(place)?),
                None => None,
            };
            rows.push(SheetRow {
                account: match ledger {
                    _ if is_villager => Account::Villager(PersonId::from_raw(id)),
                    Ledger::Villager => Account::Household(HouseholdId::from_raw(id)),
                    Ledger::Member => Account::Member(PersonId::from_raw(id)),
                },
                name: named.map(PersonId::from_raw),
                kind,
                is_gone,
                unit,
                is_stopped: what & STOPPED != 0,
            });
        }
        (!rows.is_empty()).then_some(rows)
    }
}

/// Ids follow each other, so the difference to the one before is small.
fn put_after(bytes: &mut Vec<u8>, before: &mut u64, id: u64) {
    put_varint(bytes, zigzag(id.wrapping_sub(*before).cast_signed()));
    *before = id;
}

fn take_after(rest: &mut &[u8], before: &mut u64) -> Option<u64> {
    *before = before.wrapping_add(unzigzag(take_varint(rest)?).cast_unsigned());
    Some(*before)
}
