//! Photos that come with an act, or afterwards, and their removal.

use super::{Desk, TEXT_LIMIT, required};
use crate::domain::command::Command;
use crate::domain::event::Event;
use crate::domain::id::PhotoId;
use crate::domain::photo::{
    NewPhoto, PHOTO_BYTES_MAX, PHOTOS_BYTES_MAX, PHOTOS_MAX, PhotoAct, PhotoAdded, PhotoHost, PhotoRefusal,
    PhotoRemoval,
};
use crate::domain::points::claim::ClaimState;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn photo(&mut self, act: PhotoAct) -> Result<(), Refusal> {
        match act {
            PhotoAct::With { act, photos } => self.with_photos(*act, photos),
            PhotoAct::Add { to, photos } => self.add_photos(to, photos),
            PhotoAct::Remove { photo, reason } => self.remove_photo(photo, &reason),
        }
    }

    /// Does something to which photos are evidence, and hangs them on it.
    fn with_photos(&mut self, act: Command, photos: Vec<NewPhoto>) -> Result<(), Refusal> {
        self.photos_at_hand = photos.len();
        self.carry_out(act)?;
        let hosts: Vec<_> = self.events.iter().filter_map(host).collect();
        if hosts.is_empty() && !photos.is_empty() {
            return Err(PhotoRefusal::NoHost.into());
        }
        self.hang(&hosts, photos)
    }

    fn add_photos(&mut self, to: PhotoHost, photos: Vec<NewPhoto>) -> Result<(), Refusal> {
        match to {
            PhotoHost::Claim(id) => match self.village.claims.get(id).map(|claim| claim.state) {
                None => Err(PhotoRefusal::UnknownHost),
                Some(ClaimState::Open) => Ok(()),
                Some(_) => Err(PhotoRefusal::Decided),
            },
            PhotoHost::Entry(id) => match self.village.entries.get(id).map(|entry| entry.reason.is_act()) {
                None => Err(PhotoRefusal::UnknownHost),
                Some(false) => Err(PhotoRefusal::NoAct),
                Some(true) => Ok(()),
            },
            // Those of an activity come with it.
            PhotoHost::Activity(_) => Err(PhotoRefusal::UnknownHost),
        }?;
        if photos.is_empty() {
            return Err(Refusal::Missing("照片"));
        }
        self.hang(&[to], photos)
    }

    fn hang(&mut self, hosts: &[PhotoHost], photos: Vec<NewPhoto>) -> Result<(), Refusal> {
        let most = hosts.iter().map(|host| self.village.photos.of(*host).count()).max().unwrap_or(0);
        let found = most + photos.len();
        if found > PHOTOS_MAX {
            return Err(PhotoRefusal::TooMany { found, limit: PHOTOS_MAX }.into());
        }
        let mut used = self.village.photos.bytes();
        for NewPhoto { jpeg, digest, width, height } in photos {
            let bytes = u32::try_from(jpeg.len()).unwrap_or(u32::MAX);
            if bytes > PHOTO_BYTES_MAX {
                return Err(PhotoRefusal::TooLarge(PHOTO_BYTES_MAX).into());
            }
            if used + u64::from(bytes) > PHOTOS_BYTES_MAX {
                return Err(PhotoRefusal::Full { used, limit: PHOTOS_BYTES_MAX }.into());
            }
            used += u64::from(bytes);
            let id: PhotoId = self.notes.fresh();
            let to = hosts.to_vec();
            self.events.push(Event::PhotoAdded(PhotoAdded { id, to, digest, bytes, width, height }));
            self.photos.push((id, jpeg));
        }
        Ok(())
    }

    fn remove_photo(&mut self, id: PhotoId, reason: &str) -> Result<(), Refusal> {
        let photo = self.village.photos.get(id).ok_or(PhotoRefusal::Unknown)?;
        if photo.removed.is_some() {
            return Err(PhotoRefusal::AlreadyRemoved.into());
        }
        if self.village.is_last_evidence(photo) {
            return Err(PhotoRefusal::LastEvidence.into());
        }
        let reason = required("删除照片的原因", reason, TEXT_LIMIT)?;
        let note = self.notes.note(reason).ok_or(Refusal::Missing("删除照片的原因"))?;
        self.events.push(Event::PhotoRemoved { photo: id, cause: PhotoRemoval::ByHand(note) });
        Ok(())
    }
}

/// What photos hang on that come with this event.
const fn host(event: &Event) -> Option<PhotoHost> {
    match event {
        Event::ClaimFiled(filed) => Some(PhotoHost::Claim(filed.id)),
        Event::PointsPosted { activity, .. } => Some(PhotoHost::Activity(*activity)),
        _ => None,
    }
}
