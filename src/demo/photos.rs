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
const SIZE: (u16, u16) = (320, 240);

impl Picture {
    /// The bytes, and their SHA-256, which nothing here could work out.
    const fn drawn(self) -> (&'static [u8], &'static str) {
        match self {
            Self::Path => {
                (include_bytes!("photos/road.jpg"), "86b16b768154092819cb8d8d1528749ec3be9e53454a602be22e043385e40d51")
            }
            Self::Booklet => {
                (include_bytes!("photos/card.jpg"), "8db6328c4b0461d04fecaa82f39028bfb90750f0f3c5e8ccd2365f753992567d")
            }
            Self::Desk => {
                (include_bytes!("photos/desk.jpg"), "fbac2a26384c643cdbc86579174b7694fabf741307d50287e899a9ac4077b960")
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
