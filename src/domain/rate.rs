//! Rates: a numerator and a denominator that are never separated.
//!
//! A percentage alone hides how many cases it speaks of, so a [`Rate`] always
//! prints both. Rounding is half-up on the exact fraction, without floats.

use std::fmt;

use super::count::counted;

/// A fraction of counted things, such as closed cases ÷ received cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    numerator: u64,
    denominator: u64,
}

impl Rate {
    /// `numerator` of `denominator` things, both counted (no unit).
    pub const fn new(numerator: u64, denominator: u64) -> Self {
        Self { numerator, denominator }
    }

    /// How many had the property.
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// How many were looked at.
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// The rate in hundredths of a per cent, rounded half-up: 97.08 % is `9708`.
    /// `None` when there is nothing to divide by.
    pub fn basis_points(self) -> Option<u64> {
        self.scaled(10_000)
    }

    /// For a table: two decimals, `97.08%`, or `—` for 0/0.
    pub fn percent(self) -> String {
        match self.basis_points() {
            None => "—".to_owned(),
            Some(points) => format!("{}.{:02}%", points / 100, points % 100),
        }
    }

    /// For running text: one decimal, `97.1%`, or `—` for 0/0.
    pub fn percent_in_text(self) -> String {
        match self.scaled(1_000) {
            None => "—".to_owned(),
            Some(points) => format!("{}.{}%", points / 10, points % 10),
        }
    }

    /// The fraction alone: `179 / 410`.
    pub fn fraction(self) -> String {
        format!("{} / {}", counted(self.numerator), counted(self.denominator))
    }

    fn scaled(self, scale: u64) -> Option<u64> {
        if self.denominator == 0 {
            return None;
        }
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        u64::try_from((2 * n * u128::from(scale) + d) / (2 * d)).ok()
    }
}

impl fmt::Display for Rate {
    /// `97.08%(2,862/2,948)`, or `—` for 0/0.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 0 {
            return f.write_str("—");
        }
        write!(f, "{}({}/{})", self.percent(), counted(self.numerator), counted(self.denominator))
    }
}
