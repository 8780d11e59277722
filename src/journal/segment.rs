//! Segments: acts packed into bytes, chained by SHA-256 and checksummed.
//!
//! ```text
//! "CZSG" · version u16 · device u32 · first sequence u64 · acts u32 · head before (32) ·
//! acts, each length varint · check u32 · link u16 · clock varint · at varint · rest ·
//! head after (32) · check u32
//! ```
//!
//! All numbers are little-endian. The length is that of what follows the check. The
//! clock is told by how far it is ahead of that of the act before (the first, of 0),
//! and the laptop's clock by how far it is from that, zigzag. The rest is CBOR in which
//! ids of this laptop take few bytes, see [`super::near`].
//!
//! A check is the lower half of XXH64: of an act over what follows it, with the
//! complement of its sequence number as seed, the last one over the header and the
//! head after, with the first sequence number. Checks are quick and name the damaged
//! act; the chain proves that nothing was altered on purpose either. A link is the
//! first two bytes of the head after its act, so that the chain also says where it was.
//!
//! The head after an act is SHA-256(head before ‖ device ‖ length ‖ CBOR), the CBOR
//! being that of the whole act with its sequence number and both clocks. So the chain
//! runs through the acts and stays the same when segments are folded together and
//! whatever version they are packed in. The device is in every link and each act
//! carries its sequence number, so an exchanged header does not pass.
//!
//! Version 3 had no links, and the sequence number itself as seed; version 2 held acts as
//! length u32 · check u32 · CBOR of the whole act, and version 1 had no checks either. All
//! are read; 4 is written.

use sha2::{Digest, Sha256};
use thiserror::Error;
use xxhash_rust::xxh64::xxh64;

use super::act::Act;
use super::near::shorten;
use super::raw_act::RawAct;
use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;
use crate::domain::register::Clock;
use crate::domain::varint::{put_varint, take_varint, unzigzag, zigzag};

const MAGIC: &[u8; 4] = b"CZSG";
/// The version that this code writes, and the newest that it reads.
const VERSION: u16 = 4;
/// The first version with checks.
const CHECKED: u16 = 2;
/// The first version that tells an act's head by that of the act before.
const SHORT: u16 = 3;
/// The first version in which each act has a link of the chain.
const LINKED: u16 = 4;
const HEADER: usize = 4 + 2 + 4 + 8 + 4 + 32;
const HASH: usize = 32;
const CHECK: usize = 4;
const LINK: usize = 2;

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

    /// The head after an act with these bytes.
    #[must_use]
    pub fn after(self, device: DeviceId, body: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(device.0.to_le_bytes());
        hasher.update(length(body).to_le_bytes());
        hasher.update(body);
        Self(hasher.finalize().into())
    }

    /// What an act keeps of the head after it.
    fn link(self) -> [u8; LINK] {
        [self.0[0], self.0[1]]
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
    #[error("第 {} 笔记录损坏", crate::domain::count::counted(.0.saturating_add(1)))]
    BadAct(u64),
    /// The bytes of this act are as they were written, and yet say nothing that
    /// is known here.
    #[error("第 {} 笔记录由更新的版本写成,请升级村治后再打开", crate::domain::count::counted(.0.saturating_add(1)))]
    NewerAct(u64),
    /// The act of this sequence number can be read, and is not the one that was chained.
    #[error("第 {} 笔记录与校验码不符,可能被改动过", crate::domain::count::counted(.0.saturating_add(1)))]
    Altered(u64),
    /// The hash chain does not close: something was changed.
    #[error("记录与校验码不符,可能被改动过")]
    BadHash,
}

/// A segment whose frame has been read; its acts have not.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// The device that wrote it.
    pub device: DeviceId,
    /// Sequence number of its first act.
    pub first: u64,
    /// Number of its acts.
    pub count: u32,
    /// The chain's head before its first act.
    pub before: Head,
    /// The chain's head after its last act; of what was salvaged, that before.
    pub after: Head,
    is_salvaged: bool,
    version: u16,
    body: &'a [u8],
}

/// Packs acts that follow each other into a segment, and says the new head.
pub fn write(device: DeviceId, before: Head, acts: &[Act]) -> (Vec<u8>, Head) {
    let mut writer = Writer::new(device, before, acts.first().map_or(0, |act| act.sequence));
    for act in acts {
        writer.push(act.clock, act.at, |bytes| act.write(bytes));
    }
    writer.finish()
}

/// Packs acts as they were written, so that the chain stays as it is.
pub fn write_raw<'a>(device: DeviceId, before: Head, acts: impl Iterator<Item = RawAct<'a>>) -> (Vec<u8>, Head) {
    let mut acts = acts.peekable();
    let mut writer = Writer::new(device, before, acts.peek().map_or(0, |act| act.sequence));
    for act in acts {
        writer.push(act.clock, act.at, |bytes| act.write(bytes));
    }
    writer.finish()
}

/// A segment that is being written.
struct Writer {
    device: DeviceId,
    bytes: Vec<u8>,
    first: u64,
    count: u32,
    head: Head,
    clock: Clock,
    /// The CBOR of the act that is being written.
    body: Vec<u8>,
}

impl Writer {
    fn new(device: DeviceId, before: Head, first: u64) -> Self {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&device.0.to_le_bytes());
        bytes.extend_from_slice(&first.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&before.0);
        Self { device, bytes, first, count: 0, head: before, clock: Clock::default(), body: Vec::new() }
    }

    /// Adds the act with these clocks; `write` appends its CBOR and says where its
    /// head ends.
    fn push(&mut self, clock: Clock, at: Moment, write: impl FnOnce(&mut Vec<u8>) -> usize) {
        self.body.clear();
        let head = write(&mut self.body);
        self.head = self.head.after(self.device, &self.body);
        let mut short = self.head.link().to_vec();
        put_varint(&mut short, clock.0.wrapping_sub(self.clock.0));
        put_varint(&mut short, zigzag(at.0.wrapping_sub(clock.millis())));
        shorten(&self.body[head..], self.device, &mut short);
        put_varint(&mut self.bytes, short.len() as u64);
        let check = check(&short, !self.first.wrapping_add(u64::from(self.count)));
        self.bytes.extend_from_slice(&check.to_le_bytes());
        self.bytes.extend_from_slice(&short);
        (self.clock, self.count) = (clock, self.count + 1);
    }

    fn finish(mut self) -> (Vec<u8>, Head) {
        self.bytes[18..22].copy_from_slice(&self.count.to_le_bytes());
        self.bytes.extend_from_slice(&self.head.0);
        let seal = seal(&self.bytes[..HEADER], &self.head, self.first);
        self.bytes.extend_from_slice(&seal.to_le_bytes());
        (self.bytes, self.head)
    }
}

fn length(body: &[u8]) -> u32 {
    u32::try_from(body.len()).unwrap_or(u32::MAX)
}

/// The lower half of XXH64.
fn check(bytes: &[u8], seed: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is kept")]
    let half = xxh64(bytes, seed) as u32;
    half
}

fn seal(header: &[u8], after: &Head, first: u64) -> u32 {
    let mut bytes = [0; HEADER + HASH];
    bytes[..HEADER].copy_from_slice(header);
    bytes[HEADER..].copy_from_slice(&after.0);
    check(&bytes, first)
}

/// Reads the frame of a segment and checks it; acts are checked as they are read.
pub fn read(bytes: &[u8]) -> Result<Segment<'_>, SegmentError> {
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
    let sealed = if version >= CHECKED { CHECK } else { 0 };
    let body_length = rest.len().checked_sub(HASH + sealed).ok_or(SegmentError::Cut)?;
    let (body, end) = rest.split_at(body_length);
    let (after, found) = end.split_at(HASH);
    let segment = Segment {
        device: DeviceId(u32::from_le_bytes(fixed(&header[6..10])?)),
        first: u64::from_le_bytes(fixed(&header[10..18])?),
        count: u32::from_le_bytes(fixed(&header[18..22])?),
        before: Head(fixed(&header[22..54])?),
        after: Head(fixed(after)?),
        is_salvaged: false,
        version,
        body,
    };
    if version >= CHECKED && seal(header, &segment.after, segment.first).to_le_bytes() != *found {
        return Err(SegmentError::Cut);
    }
    Ok(segment)
}

/// What is left of a segment whose frame does not check, at this place of a laptop's
/// journal: the acts that agree with their checks, before the first that does not.
/// Nothing in the frame is relied on. Also says why there are no more.
pub fn salvage(bytes: &[u8], device: DeviceId, first: u64, before: Head) -> (Segment<'_>, SegmentError) {
    let body = bytes.get(HEADER..).unwrap_or_default();
    let mut sound =
        Segment { device, first, count: u32::MAX, before, after: before, is_salvaged: true, version: VERSION, body };
    let (mut count, mut left) = (0, body);
    for version in [VERSION, SHORT, CHECKED] {
        sound.version = version;
        let mut acts = sound.raw_acts();
        while let Some(Ok(_)) = acts.next() {
            (count, left) = (count + 1, acts.rest);
        }
        if count > 0 {
            break;
        }
    }
    (sound.count, sound.body) = (count, &body[..body.len() - left.len()]);
    // Behind the last act lies what the frame ends with; before the first, its header.
    let is_frame = left.len() == HASH + CHECK || bytes.len() < HEADER;
    (sound, if is_frame { SegmentError::Cut } else { SegmentError::BadAct(first.saturating_add(count.into())) })
}

impl<'a> Segment<'a> {
    /// Its acts as bytes, each checked where the version has checks; after the
    /// first error nothing more comes.
    pub fn raw_acts(self) -> RawActs<'a> {
        RawActs { segment: self, rest: self.body, place: 0, clock: Clock::default(), link: None }
    }

    /// Checks the acts against the chain, which costs a SHA-256 of everything; those
    /// that were salvaged have nothing to close it.
    pub fn check_chain(self) -> Result<(), SegmentError> {
        let (mut head, mut body, mut acts) = (self.before, Vec::new(), self.raw_acts());
        while let Some(act) = acts.next() {
            let act = act?;
            body.clear();
            act.write(&mut body);
            head = head.after(self.device, &body);
            if acts.link.is_some_and(|link| link != head.link()) {
                return Err(SegmentError::Altered(act.sequence));
            }
        }
        if head == self.after || self.is_salvaged { Ok(()) } else { Err(SegmentError::BadHash) }
    }

    /// The same for acts without checks of their own: nothing else says whether they
    /// are as they were. They lie there as the chain has them, so that opening them
    /// does not have to know how acts are written.
    pub fn check_unchecked(self) -> Result<(), SegmentError> {
        if self.has_checks() {
            return Ok(());
        }
        let (mut head, mut acts) = (self.before, self.raw_acts());
        for sequence in (self.first..).take(self.count as usize) {
            head = head.after(self.device, acts.packed(sequence).ok_or(SegmentError::BadAct(sequence))?);
        }
        if head == self.after && acts.rest.is_empty() { Ok(()) } else { Err(SegmentError::BadHash) }
    }

    /// All its acts, checked in every way.
    pub fn acts(self) -> Result<Vec<Act>, SegmentError> {
        let acts: Result<Vec<Act>, _> = self.raw_acts().map(|act| act?.decode()).collect();
        let acts = acts?;
        self.check_chain()?;
        Ok(acts)
    }

    /// Whether its acts carry checks of their own. Those of version 1 are only
    /// checked by the chain.
    fn has_checks(&self) -> bool {
        self.version >= CHECKED
    }
}

/// The acts of a segment as bytes, see [`Segment::raw_acts`].
#[derive(Clone, Debug)]
pub struct RawActs<'a> {
    segment: Segment<'a>,
    rest: &'a [u8],
    place: u32,
    /// The clock of the act before.
    clock: Clock,
    /// The link of that act.
    link: Option<[u8; LINK]>,
}

impl<'a> RawActs<'a> {
    /// The next act if it is there and agrees with its check.
    fn take(&mut self, sequence: u64) -> Result<RawAct<'a>, SegmentError> {
        let mut packed = self.packed(sequence).ok_or(SegmentError::BadAct(sequence))?;
        let act = if self.segment.version < SHORT {
            RawAct::of(packed).filter(|act| act.sequence == sequence).ok_or(SegmentError::NewerAct(sequence))?
        } else {
            if self.segment.version >= LINKED {
                let (link, rest) = packed.split_first_chunk().ok_or(SegmentError::BadAct(sequence))?;
                (self.link, packed) = (Some(*link), rest);
            }
            let mut number = || take_varint(&mut packed).ok_or(SegmentError::BadAct(sequence));
            let clock = Clock(self.clock.0.wrapping_add(number()?));
            let at = Moment(clock.millis().wrapping_add(unzigzag(number()?)));
            RawAct { sequence, clock, at, rest: packed, near: Some(self.segment.device) }
        };
        self.clock = act.clock;
        Ok(act)
    }

    /// The bytes of the next act, as its version packs them, if they agree with their check.
    fn packed(&mut self, sequence: u64) -> Option<&'a [u8]> {
        let length = if self.segment.version < SHORT {
            let (length, rest) = self.rest.split_first_chunk()?;
            self.rest = rest;
            u64::from(u32::from_le_bytes(*length))
        } else {
            take_varint(&mut self.rest)?
        };
        let seed = if self.segment.version < LINKED { sequence } else { !sequence };
        let mut found = None;
        if self.segment.has_checks() {
            let (check, rest) = self.rest.split_first_chunk()?;
            (found, self.rest) = (Some(u32::from_le_bytes(*check)), rest);
        }
        let (packed, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        found.is_none_or(|found| found == check(packed, seed)).then_some(packed)
    }
}

impl<'a> Iterator for RawActs<'a> {
    type Item = Result<RawAct<'a>, SegmentError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.place == self.segment.count {
            // Bytes behind the last act belong to nothing.
            let left = !std::mem::take(&mut self.rest).is_empty();
            return left.then_some(Err(SegmentError::BadHash));
        }
        let sequence = self.segment.first.wrapping_add(u64::from(self.place));
        let act = self.take(sequence);
        self.place += 1;
        if act.is_err() {
            (self.place, self.rest) = (self.segment.count, &[]);
        }
        Some(act)
    }
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], SegmentError> {
    bytes.try_into().map_err(|_| SegmentError::Cut)
}
