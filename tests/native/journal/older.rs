//! Segments as older programs wrote them.

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
pub fn check(bytes: &[u8], sequence: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = xxh64(bytes, sequence).to_le_bytes();
    [a, b, c, d]
}

/// The same segment as version 2 wrote it: acts with their lengths and heads in full.
pub fn segment_v2(bytes: &[u8]) -> Vec<u8> {
    let segment = segment::read(bytes).expect("a whole segment");
    let header = [&b"CZSG"[..], &2_u16.to_le_bytes(), &bytes[6..54]].concat();
    let mut old = header.clone();
    for act in segment.raw_acts().flatten() {
        let body = act.body();
        old.extend_from_slice(&u32::try_from(body.len()).expect("a short act").to_le_bytes());
        old.extend_from_slice(&check(&body, act.sequence));
        old.extend_from_slice(&body);
    }
    old.extend_from_slice(&segment.after.0);
    let sealed = [&header[..], &segment.after.0].concat();
    old.extend_from_slice(&check(&sealed, segment.first));
    old
}

/// The same segment as version 3 wrote it: acts without their links of the chain.
pub fn segment_v3(bytes: &[u8]) -> Vec<u8> {
    let segment = segment::read(bytes).expect("a whole segment");
    let header = [&b"CZSG"[..], &3_u16.to_le_bytes(), &bytes[6..54]].concat();
    let (mut old, mut rest) = (header.clone(), &bytes[54..bytes.len() - 36]);
    for sequence in (segment.first..).take(segment.count as usize) {
        let length = length(&mut rest);
        let (packed, next) = rest[4..].split_at(length);
        (old, rest) = (with_act(old, &packed[2..], sequence), next);
    }
    old.extend_from_slice(&segment.after.0);
    let sealed = [&header[..], &segment.after.0].concat();
    old.extend_from_slice(&check(&sealed, segment.first));
    old
}

/// The same segment with the last byte of the act at this place altered and its check
/// made to fit, but neither its link nor the chain.
pub fn altered_at(bytes: &[u8], place: usize) -> Vec<u8> {
    let segment = segment::read(bytes).expect("a whole segment");
    let (mut altered, mut rest, mut end) = (bytes.to_vec(), &bytes[54..], 54);
    for passed in 0..=place {
        let before = rest.len();
        let length = length(&mut rest);
        let body = end + before - rest.len() + 4;
        (rest, end) = (&rest[4 + length..], body + length);
        if passed == place {
            altered[end - 1] ^= 2;
            let fitting = check(&altered[body..end], !(segment.first + place as u64));
            altered[body - 4..body].copy_from_slice(&fitting);
        }
    }
    altered
}

fn length(rest: &mut &[u8]) -> usize {
    take_varint(rest).and_then(|length| length.try_into().ok()).expect("a length")
}

/// The segment so far with an act more, as version 3 packs it.
fn with_act(mut bytes: Vec<u8>, packed: &[u8], sequence: u64) -> Vec<u8> {
    put_varint(&mut bytes, packed.len() as u64);
    bytes.extend_from_slice(&check(packed, sequence));
    bytes.extend_from_slice(packed);
    bytes
}
