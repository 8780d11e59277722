//! The lines of a posting as a byte string: some four bytes a line instead of
//! twenty-five, and a million of them read in one tight loop.
//!
//! ```text
//! kind u8 (0 households, 1 members, 2 villagers) · first entry varint · count varint ·
//! lines: account zigzag varint, as the difference to the line before · quantity varint · points zigzag varint
//! ```
//!
//! The first account is given as the difference to the first number of the
//! laptop that recorded the first entry. Entries are numbered without gaps;
//! lines of which that is not true are written as records.

use minicbor::Encoder;
use minicbor::encode::{Error as EncodeError, Write};

use super::{Wire, skip};
use crate::domain::event::PostedLine;
use crate::domain::id::{EntryId, HouseholdId, PersonId};
use crate::domain::points::ledger::Account;
use crate::domain::varint::{put_varint, take_varint, unzigzag, zigzag};
use crate::journal::cbor::Reader;

impl Wire for PostedLine {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.array(4)?;
        self.entry.put(e)?;
        self.account.put(e)?;
        self.quantity.put(e)?;
        self.points.put(e)
    }

    fn take(d: &mut Reader<'_>) -> Option<Self> {
        let found = d.array()?;
        let (entry, account, quantity, points) = (Wire::take(d)?, Wire::take(d)?, Wire::take(d)?, Wire::take(d)?);
        skip(d, 4, found)?;
        Some(Self { entry, account, quantity, points })
    }

    fn put_all<W: Write>(lines: &[Self], e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        if let Some(bytes) = pack(lines) {
            return e.bytes(&bytes)?.ok();
        }
        e.array(lines.len() as u64)?;
        lines.iter().try_for_each(|line| line.put(e))
    }

    fn take_all(d: &mut Reader<'_>) -> Option<Vec<Self>> {
        if d.is_at_bytes() {
            return unpack(d.bytes()?);
        }
        let count = d.array()?;
        let mut lines = Vec::new();
        for _ in 0..count {
            lines.push(Self::take(d)?);
        }
        Some(lines)
    }
}

const fn kind(account: Account) -> u8 {
    match account {
        Account::Household(_) => 0,
        Account::Member(_) => 1,
        Account::Villager(_) => 2,
    }
}

/// The number before the first one of the laptop that gave out the id.
const fn base(entry: u64) -> u64 {
    entry & !(u32::MAX as u64)
}

fn pack(lines: &[PostedLine]) -> Option<Vec<u8>> {
    let first = lines.first()?;
    let of_first = kind(first.account);
    let mut bytes = Vec::with_capacity(16 + lines.len() * 5);
    bytes.push(of_first);
    put_varint(&mut bytes, first.entry.raw());
    put_varint(&mut bytes, lines.len() as u64);
    let mut before = base(first.entry.raw());
    for (place, line) in (0_u64..).zip(lines) {
        if line.entry.raw() != first.entry.raw().wrapping_add(place) || kind(line.account) != of_first {
            return None;
        }
        let account = line.account.raw();
        put_varint(&mut bytes, zigzag(account.wrapping_sub(before).cast_signed()));
        put_varint(&mut bytes, u64::from(line.quantity));
        put_varint(&mut bytes, zigzag(i64::from(line.points)));
        before = account;
    }
    Some(bytes)
}

fn unpack(bytes: &[u8]) -> Option<Vec<PostedLine>> {
    let (kind, mut rest) = bytes.split_first()?;
    let first = take_varint(&mut rest)?;
    let count = usize::try_from(take_varint(&mut rest)?).ok()?;
    // A line takes three bytes at least: a damaged count must not reserve memory.
    if *kind > 2 || count > rest.len() / 3 {
        return None;
    }
    let mut lines = Vec::with_capacity(count);
    let mut account = base(first);
    for place in 0..count as u64 {
        account = account.wrapping_add(unzigzag(take_varint(&mut rest)?).cast_unsigned());
        let quantity = u32::try_from(take_varint(&mut rest)?).ok()?;
        let points = i32::try_from(unzigzag(take_varint(&mut rest)?)).ok()?;
        let account = match kind {
            0 => Account::Household(HouseholdId::from_raw(account)),
            1 => Account::Member(PersonId::from_raw(account)),
            _ => Account::Villager(PersonId::from_raw(account)),
        };
        lines.push(PostedLine { entry: EntryId::from_raw(first.wrapping_add(place)), account, quantity, points });
    }
    rest.is_empty().then_some(lines)
}
