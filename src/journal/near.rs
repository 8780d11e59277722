//! Ids near at hand, in fewer bytes: an id is the number of the laptop that gave it
//! out and a running number, nine bytes of CBOR, and in a laptop's own journal almost
//! all of them begin with its own number. Two first bytes that CBOR keeps in reserve
//! stand for that: 0x1c with three bytes of running number behind it, 0x1d with four.
//!
//! This is how a segment packs an act and no more: the chain is made of the CBOR,
//! which comes back byte by byte.

use crate::domain::id::DeviceId;

/// A whole number in eight bytes.
const LONG: u8 = 0x1b;
/// A number of this laptop in three bytes, and in four.
const NEAR: [u8; 2] = [0x1c, 0x1d];

/// Appends the CBOR with this laptop's numbers in few bytes.
pub fn shorten(mut cbor: &[u8], device: DeviceId, short: &mut Vec<u8>) {
    let device = device.0.to_be_bytes();
    while let Some((item, rest)) = next(cbor) {
        match item {
            [LONG, a, b, c, d, 0, number @ ..] if [*a, *b, *c, *d] == device => {
                short.push(NEAR[0]);
                short.extend_from_slice(number);
            }
            [LONG, a, b, c, d, number @ ..] if [*a, *b, *c, *d] == device => {
                short.push(NEAR[1]);
                short.extend_from_slice(number);
            }
            _ => short.extend_from_slice(item),
        }
        cbor = rest;
    }
    short.extend_from_slice(cbor);
}

/// Appends the CBOR that was shortened.
pub fn restore(mut short: &[u8], device: DeviceId, cbor: &mut Vec<u8>) {
    while let Some((item, rest)) = next(short) {
        let number = match item {
            [first, number @ ..] if NEAR.contains(first) => number,
            _ => &[],
        };
        if number.is_empty() {
            cbor.extend_from_slice(item);
        } else {
            cbor.push(LONG);
            cbor.extend_from_slice(&device.0.to_be_bytes());
            cbor.resize(cbor.len() + 4 - number.len(), 0);
            cbor.extend_from_slice(number);
        }
        short = rest;
    }
    cbor.extend_from_slice(short);
}

/// The first item, without what is in an array: that follows as items of their own.
/// `None` at the end, and before what is no CBOR.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let first = bytes.first()?;
    let head = match first & 0x1f {
        ..24 => 1,
        24 => 2,
        25 => 3,
        26 => 5,
        27 => 9,
        _ if *first == NEAR[0] => 4,
        _ if *first == NEAR[1] => 5,
        _ => return None,
    };
    let is_string = matches!(first >> 5, 2 | 3);
    let behind = match (is_string, bytes.get(1..head)?) {
        (false, _) => 0,
        (true, []) => usize::from(first & 0x1f),
        (true, length) => {
            length.iter().try_fold(0_usize, |sum, byte| Some(sum.checked_mul(256)? | usize::from(*byte)))?
        }
    };
    bytes.split_at_checked(head.checked_add(behind)?)
}
