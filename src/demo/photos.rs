//! The photos of the demo village: three drawn pictures, marked as examples,
//! that stand for what a telephone would bring.

use crate::domain::photo::{Digest, NewPhoto};

/// A picture that proves an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// The path along the river, cleaned.
    Path,
    /// The booklet of a blood donor.
    Booklet,
    /// Somebody helped at the village office.
    Desk,
}

/// Pixels across and down of every picture.
const SIZE: (u16, u16) = (200, 150);

impl Picture {
    /// The bytes, and their SHA-256, which nothing here could work out.
    const fn drawn(self) -> (&'static [u8], &'static str) {
        match self {
            Self::Path => {
                (include_bytes!("photos/road.jpg"), "fb8f53d486c0ea18d1f9e3f05ae333f195743e3303a9ea806625affffa551d23")
            }
            Self::Booklet => {
                (include_bytes!("photos/card.jpg"), "60d094b11cb3fbfe775154872dd59ae149d0e0e132bea375447b9a4ad02a9d85")
            }
            Self::Desk => {
                (include_bytes!("photos/desk.jpg"), "a0d09cb4cc9499b5c7af2e91a60ab9cbedf6f5e7f5464b8e7242fa1dd9c5c8a7")
            }
        }
    }

    /// As it is added to an act.
    pub fn photo(self) -> NewPhoto {
        let (jpeg, hex) = self.drawn();
        let mut digest = [0; 32];
        for (byte, place) in digest.iter_mut().zip((0..hex.len()).step_by(2)) {
            *byte = hex.get(place..place + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0);
        }
        let (width, height) = SIZE;
        NewPhoto { jpeg: jpeg.to_vec(), digest: Digest(digest), width, height }
    }
}
