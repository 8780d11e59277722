//! Segments: acts packed into bytes, chained by SHA-256 and checksummed.
//!
//! ```text
//! "CZSG" · version u16 · device u32 · first sequence u64 · acts u32 ·
//! head before (32) · acts, each u32 length + CBOR · head after (32)
//! ```
//!
//! All numbers are little-endian. The head after an act is
//! SHA-256(head before ‖ device ‖ the act's bytes with its length), so the
//! chain runs through the acts and stays the same when segments are folded
//! together. The head of the last act is the journal's head. The device is in
//! every link and each act carries its sequence number, so an exchanged header
//! does not pass.

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::act::Act;
use crate::domain::id::DeviceId;

const MAGIC: &[u8; 4] = b"CZSG";
/// The version that this code writes, and the newest that it reads.
const VERSION: u16 = 1;
const HEADER: usize = 4 + 2 + 4 + 8 + 4 + 32;
const HASH: usize = 32;

/// The head of a device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head(pub [u8; HASH]);

impl Head {
    /// The head before the first act of a device.
    pub fn genesis(device: DeviceId) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"cunzhi journal 1");
        hasher.update(device.0.to_le_bytes());
        Self(hasher.finalize().into())
    }

    fn after(self, device: DeviceId, act: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(device.0.to_le_bytes());
        hasher.update(act);
        Self(hasher.finalize().into())
    }
}

/// Why a segment is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SegmentError {
    /// Too short, or not a segment at all.
    #[error("记录不完整")]
    Cut,
    /// Written by a newer program.
    #[error("记录由更新的版本({0})写成,请升级村治后再打开")]
    Newer(u16),
    /// The act of this sequence number cannot be read.
    #[error("第 {0} 笔记录损坏")]
    BadAct(u64),
    /// The hash chain does not close: something was changed.
    #[error("记录与校验码不符,可能被改动过")]
    BadHash,
}

/// A segment that has been read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its acts, in order.
    pub acts: Vec<Act>,
    /// The chain's head before its first act.
    pub before: Head,
    /// The chain's head after its last act.
    pub after: Head,
}

/// Packs acts that follow each other into a segment, and says the new head.
pub fn write(device: DeviceId, before: Head, acts: &[Act]) -> (Vec<u8>, Head) {
    let mut bytes = Vec::with_capacity(HEADER + HASH + acts.len() * 64);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&device.0.to_le_bytes());
    bytes.extend_from_slice(&acts.first().map_or(0, |act| act.sequence).to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(acts.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(&before.0);
    let mut head = before;
    for act in acts {
        let start = bytes.len();
        act.write(&mut bytes);
        head = head.after(device, &bytes[start..]);
    }
    bytes.extend_from_slice(&head.0);
    (bytes, head)
}

/// Reads and checks a segment.
pub fn read(bytes: &[u8]) -> Result<Segment, SegmentError> {
    let (header, rest) = bytes.split_at_checked(HEADER).ok_or(SegmentError::Cut)?;
    if &header[..4] != MAGIC {
        return Err(SegmentError::Cut);
    }
    let version = u16::from_le_bytes(fixed(&header[4..6])?);
    if version > VERSION {
        return Err(SegmentError::Newer(version));
    }
    // There never was a version 0.
    if version == 0 {
        return Err(SegmentError::Cut);
    }
    let device = DeviceId(u32::from_le_bytes(fixed(&header[6..10])?));
    let first = u64::from_le_bytes(fixed(&header[10..18])?);
    let count = u32::from_le_bytes(fixed(&header[18..22])?);
    let before = Head(fixed(&header[22..54])?);
    let body_length = rest.len().checked_sub(HASH).ok_or(SegmentError::Cut)?;
    let (mut body, after) = rest.split_at(body_length);
    let after = Head(fixed(after)?);
    let mut acts = Vec::new();
    let mut head = before;
    for place in 0..u64::from(count) {
        let sequence = first.wrapping_add(place);
        let act_bytes = framed(body).ok_or(SegmentError::BadAct(sequence))?;
        head = head.after(device, act_bytes);
        body = &body[act_bytes.len()..];
        let act = Act::read(&act_bytes[4..]).filter(|act| act.sequence == sequence);
        acts.push(act.ok_or(SegmentError::BadAct(sequence))?);
    }
    if head != after || !body.is_empty() {
        return Err(SegmentError::BadHash);
    }
    Ok(Segment { device, acts, before, after })
}

/// The bytes of the first act, its length included.
fn framed(body: &[u8]) -> Option<&[u8]> {
    let length = u32::from_le_bytes(fixed(body.get(..4)?).ok()?) as usize;
    body.get(..length.checked_add(4)?)
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], SegmentError> {
    bytes.try_into().map_err(|_| SegmentError::Cut)
}
