//! Register pages as bytes: neighbouring owners with their fields.
//!
//! ```text
//! "CZRG" · version u16 · kind u8, raw id u64, array of fields, for each owner · XXH64 of all before (8)
//! ```
//!
//! Version 1 had a SHA-256 (32) at its end. Both are read; 2 is written. The
//! check finds damage; nothing proves that a text was not altered on purpose,
//! because texts may be corrected and erased.
//!
//! A page is read when it is first looked at, long after it was checked. So another
//! kind or field takes another version: a program that does not know it says so when
//! it opens the page, and does not write over what it cannot read.

use sha2::{Digest, Sha256};
use thiserror::Error;
use xxhash_rust::xxh64::xxh64;

use super::cbor::Reader;
use super::wire::{Wire, put_all_into, put_into};
use crate::domain::id::Kind;
use crate::domain::register::{FieldValue, Owner, Record};

const MAGIC: &[u8; 4] = b"CZRG";
const VERSION: u16 = 2;
const HEADER: usize = 6;
const HASH: usize = 32;
const CHECK: usize = 8;

/// Why a page is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PageError {
    /// Cut or altered.
    #[error("名册的一页损坏,可能被改动过")]
    Damaged,
    /// Whole, and yet it holds something that is not known here.
    #[error("名册里有更新的版本写的内容,请升级村治后再打开")]
    NewerRecord,
    /// Written by a newer program.
    #[error("名册由更新的版本({0})写成,请升级村治后再打开")]
    Newer(u16),
}

/// Writes the owners of a page.
pub fn write<'a>(owners: impl Iterator<Item = (Owner, &'a [FieldValue])>) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    for (owner, values) in owners {
        put_into(&mut bytes, &owner.kind.code());
        put_into(&mut bytes, &owner.raw);
        put_all_into(&mut bytes, values);
    }
    let check = xxh64(&bytes, 0);
    bytes.extend_from_slice(&check.to_le_bytes());
    bytes
}

/// Checks a page and gives its body.
fn body(bytes: &[u8]) -> Result<&[u8], PageError> {
    let version = bytes.get(4..HEADER).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_le_bytes);
    if !bytes.starts_with(MAGIC) {
        return Err(PageError::Damaged);
    }
    let end = match version {
        0 => return Err(PageError::Damaged),
        1 => HASH,
        VERSION => CHECK,
        newer => return Err(PageError::Newer(newer)),
    };
    let length = bytes.len().checked_sub(end).ok_or(PageError::Damaged)?;
    let (checked, check) = bytes.split_at(length);
    let is_whole = match version {
        1 => Sha256::digest(checked).as_slice() == check,
        _ => xxh64(checked, 0).to_le_bytes() == check,
    };
    if !is_whole {
        return Err(PageError::Damaged);
    }
    checked.get(HEADER..).ok_or(PageError::Damaged)
}

/// Checks that a page is whole, without reading what is in it.
pub fn check(bytes: &[u8]) -> Result<(), PageError> {
    body(bytes).map(|_| ())
}

/// Reads and checks a page.
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, PageError> {
    let body = body(bytes)?;
    let mut reader = Reader::new(body);
    let mut owners = Vec::new();
    while !reader.is_at_end() {
        owners.push(read_owner(&mut reader).ok_or(PageError::NewerRecord)?);
    }
    Ok(owners)
}

/// Reads a page that was checked before.
pub fn read_checked(bytes: &[u8]) -> Vec<Record> {
    read(bytes).unwrap_or_default()
}

fn read_owner(d: &mut Reader<'_>) -> Option<Record> {
    let kind = *Kind::ALL.get(usize::from(u8::take(d)?))?;
    let raw = u64::take(d)?;
    Some((Owner { kind, raw }, Vec::take(d)?))
}
