//! Segments as older programs wrote them, and one that somebody altered.

use std::ops::Range;

use cunzhi::domain::varint::{put_varint, take_varint};
use cunzhi::journal::act::Act;
use cunzhi::journal::segment::{self, Head};
use xxhash_rust::xxh64::xxh64;

use super::DEVICE;

/// A segment as version 1 wrote it: acts without checks, and nothing behind the head.
pub fn segment_v1(acts: &[Act]) -> (Vec<u8>, Head) {
    let (bytes, head) = segment::write(DEVICE, Head::genesis(DEVICE), acts);
    let segment = segment::read(&bytes).expect("a whole segment");
    let mut old = [&b"CZSG"[..], &1_u16.to_le_bytes(), &bytes[6..54]].concat();
    for body in segment.raw_acts().flatten().map(|act| act.body()) {
        old.extend_from_slice(&u32::try_from(body.len()).expect("a short act").to_le_bytes());
        old.extend_from_slice(&body);
    }
    old.extend_from_slice(&head.0);
    (old, head)
}

/// The lower half of XXH64, with which all versions since 2 check.
fn check(bytes: &[u8], seed: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = xxh64(bytes, seed).to_le_bytes();
    [a, b, c, d]
}

/// The same segment as version 2 wrote it: acts with their lengths and heads in full.
pub fn segment_v2(bytes: &[u8]) -> Vec<u8> {
    let mut acts = Vec::new();
    for act in segment::read(bytes).expect("a whole segment").raw_acts().flatten() {
        let body = act.body();
        acts.extend_from_slice(&u32::try_from(body.len()).expect("a short act").to_le_bytes());
        acts.extend_from_slice(&check(&body, act.sequence));
        acts.extend_from_slice(&body);
    }
    framed(2, bytes, &acts)
}

/// The same segment as version 3 wrote it: acts without their links of the chain.
pub fn segment_v3(bytes: &[u8]) -> Vec<u8> {
    let (first, mut acts) = (first(bytes), Vec::new());
    for (sequence, packed) in (first..).zip(packed(bytes)) {
        let unlinked = &bytes[packed][LINK..];
        put_varint(&mut acts, unlinked.len() as u64);
        acts.extend_from_slice(&check(unlinked, sequence));
        acts.extend_from_slice(unlinked);
    }
    framed(3, bytes, &acts)
}

/// The same segment with the last byte of the act at this place altered and its check
/// made to fit, but neither its link nor the chain.
pub fn altered_at(bytes: &[u8], place: usize) -> Vec<u8> {
    let Range { start, end } = packed(bytes).swap_remove(place);
    let mut altered = bytes.to_vec();
    altered[end - 1] ^= 2;
    let fitting = check(&altered[start..end], !(first(bytes) + place as u64));
    altered[start - CHECK..start].copy_from_slice(&fitting);
    altered
}

/// Bytes before the acts, behind them, of an act's check and of its link.
const HEADER: usize = 54;
const TRAILER: usize = 36;
const CHECK: usize = 4;
const LINK: usize = 2;

/// These acts in the frame of the segment, as an older version wrote it.
fn framed(version: u8, bytes: &[u8], acts: &[u8]) -> Vec<u8> {
    let header = [&b"CZSG"[..], &[version, 0], &bytes[6..HEADER]].concat();
    let after = &bytes[bytes.len() - TRAILER..bytes.len() - CHECK];
    let seal = check(&[&header, after].concat(), first(bytes));
    [&header, acts, after, &seal].concat()
}

/// Where each act lies, from its link to its end.
fn packed(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut found, mut rest) = (Vec::new(), &bytes[HEADER..bytes.len() - TRAILER]);
    while !rest.is_empty() {
        let length = take_varint(&mut rest).and_then(|length| usize::try_from(length).ok()).expect("a length");
        let start = bytes.len() - TRAILER - rest.len() + CHECK;
        found.push(start..start + length);
        rest = &rest[CHECK + length..];
    }
    found
}

fn first(bytes: &[u8]) -> u64 {
    segment::read(bytes).expect("a whole segment").first
}
