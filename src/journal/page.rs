//! Register pages as bytes: neighbouring owners with their fields.
//!
//! ```text
//! "CZRG" · version u16 · CBOR array of [kind, raw id, [fields]] · SHA-256 of all before (32)
//! ```

use minicbor::Decoder;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::wire::{Wire, put_into};
use crate::domain::id::Kind;
use crate::domain::register::{FieldValue, Owner};

const MAGIC: &[u8; 4] = b"CZRG";
const VERSION: u16 = 1;
const HASH: usize = 32;

/// Why a page is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PageError {
    /// Cut or altered.
    #[error("名册的一页损坏,可能被改动过")]
    Damaged,
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
        put_into(&mut bytes, &values.to_vec());
    }
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// Reads and checks a page.
pub fn read(bytes: &[u8]) -> Result<Vec<(Owner, Vec<FieldValue>)>, PageError> {
    let body_length = bytes.len().checked_sub(HASH).ok_or(PageError::Damaged)?;
    let (checked, hash) = bytes.split_at(body_length);
    if checked.get(..4) != Some(MAGIC) || Sha256::digest(checked).as_slice() != hash {
        return Err(PageError::Damaged);
    }
    let version = checked.get(4..6).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_le_bytes);
    if version > VERSION {
        return Err(PageError::Newer(version));
    }
    let body = checked.get(6..).unwrap_or_default();
    let mut decoder = Decoder::new(body);
    let mut owners = Vec::new();
    while decoder.position() < body.len() {
        owners.push(read_owner(&mut decoder).ok_or(PageError::Damaged)?);
    }
    Ok(owners)
}

fn read_owner(d: &mut Decoder<'_>) -> Option<(Owner, Vec<FieldValue>)> {
    let kind = *Kind::ALL.get(usize::from(u8::take(d).ok()?))?;
    let raw = u64::take(d).ok()?;
    Some((Owner { kind, raw }, Vec::take(d).ok()?))
}
