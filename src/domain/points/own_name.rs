//! A short name of the village's own in the rule book: of a category, of a unit.
//! It lies in the value itself, so that what bears it can be copied.

use std::fmt;

/// The longest name, in bytes: eight characters.
const BYTES: usize = 24;

/// A name that is not one of those that every village is offered.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnName {
    bytes: [u8; BYTES],
    length: u8,
}

impl OwnName {
    /// `None` without a name, and for one that is too long.
    pub(super) fn new(name: &str) -> Option<Self> {
        let mut bytes = [0; BYTES];
        bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        let length = u8::try_from(name.len()).ok().filter(|length| *length > 0)?;
        Some(Self { bytes, length })
    }

    /// The name.
    pub fn text(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        str::from_utf8(bytes).unwrap_or_default()
    }
}

impl fmt::Debug for OwnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
