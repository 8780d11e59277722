//! The pictures of photos on their way between village, store and files: only
//! what the journal knows, and only the very bytes that it speaks of.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::domain::event::Event;
use crate::domain::id::PhotoId;
use crate::domain::photo::Digest;
use crate::domain::village::Village;
use crate::journal::jpeg;
use crate::storage::{Batch, Photos};

/// SHA-256 of a picture.
pub fn digest(picture: &[u8]) -> Digest {
    Digest(Sha256::digest(picture).into())
}

/// The photos whose pictures have to be kept.
pub fn living(village: &Village) -> BTreeSet<PhotoId> {
    village.photos.living().map(|photo| photo.added.id).collect()
}

/// How a picture stands to what the journal says of its photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It is the photo.
    Same,
    /// It is something else: damaged, or put there by somebody.
    Different,
    /// There is no such photo, or it was removed.
    NotWanted,
}

/// Compares a picture with its photo.
pub fn compare(village: &Village, id: PhotoId, picture: &[u8]) -> Agreement {
    match village.photos.get(id) {
        Some(photo) if photo.removed.is_none() => {
            if photo.added.digest == digest(picture) {
                Agreement::Same
            } else {
                Agreement::Different
            }
        }
        _ => Agreement::NotWanted,
    }
}

/// What a save file holds of these pictures: those that are what the journal
/// says. One that was damaged would spoil the file.
pub(super) fn sound(village: &Village, photos: &Photos) -> Photos {
    let sound = photos.iter().filter(|(id, picture)| compare(village, *id, picture) == Agreement::Same);
    sound.cloned().collect()
}

/// Puts the pictures of an act into its batch, and takes out those that it
/// removes; `None` where a picture is not the one that its fact speaks of, or
/// carries more than what is to be seen.
pub(super) fn put_on(batch: &mut Batch, pictures: Photos, events: &[Event]) -> Option<()> {
    let mut facts = events.iter().filter_map(|event| match event {
        Event::PhotoAdded(added) => Some(added),
        _ => None,
    });
    for (id, picture) in &pictures {
        let fact = facts.next().filter(|fact| fact.id == *id && fact.digest == digest(picture))?;
        let is_as_said = jpeg::size(picture) == Ok((fact.width, fact.height)) && jpeg::is_bare(picture);
        is_as_said.then_some(())?;
    }
    batch.photos = pictures;
    batch.photos_removed.extend(events.iter().filter_map(|event| match event {
        Event::PhotoRemoved { photo, .. } => Some(*photo),
        _ => None,
    }));
    Some(())
}
