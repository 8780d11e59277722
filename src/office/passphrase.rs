//! Words that only the user knows, and what a new one has to be like.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Fewest characters of a new passphrase.
pub const CHARS_MIN: usize = 8;

/// A passphrase. It is never shown, also not to a developer, and never kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passphrase(String);

/// Why a new passphrase is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PassphraseProblem {
    /// Nothing was typed.
    #[error("还没有输入口令。请输入口令,或者选「不加密」。")]
    Missing,
    /// Too easily guessed.
    #[error("口令只有 {0} 个字,至少要 {CHARS_MIN} 个字。可以用一句自己记得住的话。")]
    TooShort(usize),
    /// A slip in one of the two.
    #[error("两次输入的口令不一样。请点「显示口令」看一看,再改一次。")]
    Differ,
}

impl Passphrase {
    /// A new passphrase, typed twice.
    pub fn parse(first: &str, second: &str) -> Result<Self, PassphraseProblem> {
        match first.chars().count() {
            0 => Err(PassphraseProblem::Missing),
            chars if chars < CHARS_MIN => Err(PassphraseProblem::TooShort(chars)),
            _ if first != second => Err(PassphraseProblem::Differ),
            _ => Ok(Self(first.to_owned())),
        }
    }

    /// One that was typed to open a file: whatever it is, the file knows.
    pub fn typed(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// For the cipher alone.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
