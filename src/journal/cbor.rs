//! Reading CBOR (RFC 8949), as much of it as the journal is written in: whole
//! numbers, byte strings, text, arrays of known length, `true`, `false`, null.
//!
//! Writing is left to `minicbor`. Reading is our own because a million entries
//! go through it: the crate gives every number a reason why it might not have
//! been one, which cost half of the time and much of the program, and nobody
//! saw the reasons. A test reads whatever `minicbor` writes with both.

use crate::domain::id::DeviceId;

/// The kinds of item, the upper three bits of its first byte.
const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;

const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;

/// What has not been read yet. Each question takes one item, or none and
/// answers `None` where there is something else or too little of it.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    near: Option<DeviceId>,
}

impl<'a> Reader<'a> {
    /// Reads these bytes from their beginning.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, near: None }
    }

    /// Reads these bytes, in which numbers of this laptop take few: see [`super::near`].
    pub fn near(bytes: &'a [u8], device: Option<DeviceId>) -> Self {
        Self { rest: bytes, near: device }
    }

    /// Whether everything has been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The argument of the next item if it is of this kind.
    #[expect(clippy::inline_always, reason = "what is built for size calls it otherwise, millions of times")]
    #[inline(always)]
    fn argument(&mut self, kind: u8) -> Option<u64> {
        let (first, rest) = self.rest.split_first()?;
        if first >> 5 != kind {
            return None;
        }
        let short = first & 0x1f;
        if short < 24 {
            self.rest = rest;
            return Some(u64::from(short));
        }
        self.long_argument(short, rest)
    }

    /// An argument that follows its first byte, in 1, 2, 4 or 8 bytes; or, near, in 3 or 4.
    #[inline(never)]
    fn long_argument(&mut self, size: u8, rest: &'a [u8]) -> Option<u64> {
        let (number, rest) = match size {
            24 => rest.split_first().map(|(byte, rest)| (u64::from(*byte), rest))?,
            25 => rest.split_first_chunk().map(|(bytes, rest)| (u64::from(u16::from_be_bytes(*bytes)), rest))?,
            26 => rest.split_first_chunk().map(|(bytes, rest)| (u64::from(u32::from_be_bytes(*bytes)), rest))?,
            27 => rest.split_first_chunk().map(|(bytes, rest)| (u64::from_be_bytes(*bytes), rest))?,
            28 | 29 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(size) - 25)?;
                let number = bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
                (u64::from(self.near?.0) << 32 | number, rest)
            }
            _ => return None,
        };
        self.rest = rest;
        Some(number)
    }

    /// A whole number from 0.
    #[inline(never)]
    pub fn unsigned(&mut self) -> Option<u64> {
        self.argument(UNSIGNED)
    }

    /// A whole number.
    #[inline(never)]
    pub fn signed(&mut self) -> Option<i64> {
        let kind = self.rest.first()? >> 5;
        // The number −1 − n is written as n.
        let sign = if kind == NEGATIVE { -1 } else { 0 };
        let number = self.argument(kind.min(NEGATIVE))?;
        i64::try_from(number).ok().map(|number| number ^ sign)
    }

    /// Number of the items of an array, which follow.
    #[inline(never)]
    pub fn array(&mut self) -> Option<u64> {
        self.argument(ARRAY)
    }

    /// A byte string.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        self.string(BYTES)
    }

    /// Text.
    #[inline(never)]
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.string(TEXT)?).ok()
    }

    #[inline(never)]
    fn string(&mut self, kind: u8) -> Option<&'a [u8]> {
        let length = usize::try_from(self.argument(kind)?).ok()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    /// `true` or `false`.
    #[inline(never)]
    pub fn boolean(&mut self) -> Option<bool> {
        self.takes(TRUE).then_some(true).or_else(|| self.takes(FALSE).then_some(false))
    }

    /// Takes a null if it comes next, and says so.
    pub fn takes_null(&mut self) -> bool {
        self.takes(NULL)
    }

    fn takes(&mut self, byte: u8) -> bool {
        let takes = self.rest.first() == Some(&byte);
        if takes {
            self.rest = &self.rest[1..];
        }
        takes
    }

    /// Whether a byte string comes next.
    pub fn is_at_bytes(&self) -> bool {
        self.rest.first().is_some_and(|first| first >> 5 == BYTES)
    }

    /// Passes over so many items with all that is in them. Those of unknown
    /// length were never written, and are not read.
    #[cold]
    #[inline(never)]
    pub fn skip(&mut self, items: u64) -> Option<()> {
        let mut left = items;
        while left > 0 {
            left -= 1;
            let kind = self.rest.first()? >> 5;
            match kind {
                BYTES | TEXT => drop(self.string(kind)?),
                // Each item takes a byte at least, so that a damaged number of them ends soon.
                ARRAY => left = left.checked_add(self.argument(ARRAY)?)?,
                MAP => left = self.argument(MAP)?.checked_mul(2).and_then(|items| left.checked_add(items))?,
                TAG => {
                    self.argument(TAG)?;
                    left = left.checked_add(1)?;
                }
                UNSIGNED | NEGATIVE | SIMPLE => drop(self.argument(kind)?),
                _ => return None,
            }
        }
        Some(())
    }
}
