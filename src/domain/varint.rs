//! Whole numbers in as few bytes as they need: seven bits to a byte, the
//! highest says that more follow. Signed ones are turned zigzag before.

/// Small numbers of either sign as small numbers.
pub const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// What [`zigzag`] was made of.
pub const fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// Appends the number.
pub fn put_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Reads a number off the front; `None` where there is none that fits.
#[expect(clippy::inline_always, reason = "what is built for size calls it otherwise, millions of times")]
#[inline(always)]
pub fn take_varint(rest: &mut &[u8]) -> Option<u64> {
    let (byte, tail) = rest.split_first()?;
    if *byte < 0x80 {
        *rest = tail;
        return Some(u64::from(*byte));
    }
    take_long_varint(rest)
}

#[inline(never)]
fn take_long_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        let part = u64::from(byte & 0x7f);
        // What does not fit into 64 bits is no number of ours.
        if part << shift >> shift != part {
            return None;
        }
        number |= part << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}
