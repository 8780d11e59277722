//! Any photo at all.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::{ClaimId, PhotoId};
use cunzhi::domain::photo::{Digest, PhotoAdded, PhotoHost, PhotoRemoval};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{activity, entry, note, person};

fn photo() -> impl Strategy<Value = PhotoId> {
    any::<u64>().prop_map(PhotoId::from_raw)
}

fn host() -> impl Strategy<Value = PhotoHost> {
    prop_oneof![
        any::<u64>().prop_map(|raw| PhotoHost::Claim(ClaimId::from_raw(raw))),
        activity().prop_map(PhotoHost::Activity),
        entry().prop_map(PhotoHost::Entry),
    ]
}

/// Any of what came with photos.
pub fn photos() -> impl Strategy<Value = Event> {
    let numbers = (any::<u32>(), any::<u16>(), any::<u16>());
    let added = (photo(), vec(host(), 0..4), any::<[u8; 32]>(), numbers);
    let cause = prop_oneof![note().prop_map(PhotoRemoval::ByHand), person().prop_map(PhotoRemoval::Erased)];
    prop_oneof![
        added.prop_map(|(id, to, digest, (bytes, width, height))| {
            Event::PhotoAdded(PhotoAdded { id, to, digest: Digest(digest), bytes, width, height })
        }),
        (photo(), cause).prop_map(|(photo, cause)| Event::PhotoRemoved { photo, cause }),
    ]
}
