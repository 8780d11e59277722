//! One of everything that came with photos. These never change either: they
//! have a fixture of their own.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::{ActivityId, ClaimId, EntryId, PersonId, PhotoId};
use cunzhi::domain::photo::{Digest, PhotoAdded, PhotoHost, PhotoRemoval};
use cunzhi::journal::act::Act;

use super::{NOTE, act};

/// The acts, one event each.
pub fn acts() -> Vec<Act> {
    let hosts = [
        PhotoHost::Claim(ClaimId::from_raw(7 << 32 | 1)),
        PhotoHost::Activity(ActivityId::from_raw(5)),
        PhotoHost::Entry(EntryId::from_raw(u64::MAX)),
    ];
    let photo = |raw: u64, to: &[PhotoHost]| {
        let digest = Digest(std::array::from_fn(|place| u8::try_from(place).unwrap_or(0).wrapping_mul(7)));
        let (id, to) = (PhotoId::from_raw(7 << 32 | raw), to.to_vec());
        Event::PhotoAdded(PhotoAdded { id, to, digest, bytes: u32::MAX, width: 1_280, height: u16::MAX })
    };
    let removed = |cause| Event::PhotoRemoved { photo: PhotoId::from_raw(7 << 32 | 1), cause };
    let events = [
        photo(1, &hosts[..1]),
        photo(2, &hosts[1..2]),
        photo(3, &hosts),
        photo(4, &[]),
        removed(PhotoRemoval::ByHand(NOTE)),
        removed(PhotoRemoval::Erased(PersonId::from_raw(7))),
    ];
    (500..).zip(events).map(|(sequence, event)| act(sequence, vec![event])).collect()
}
