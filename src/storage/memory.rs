//! A store in memory, for native tests: the same promises as IndexedDB, and a
//! switch to make writing fail.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::{Batch, Contents, Laptop, Part, PhotoStore, Photos, Store, StoreError};
use crate::domain::id::PhotoId;

/// A store in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    contents: RefCell<Contents>,
    failing: Cell<bool>,
}

impl MemoryStore {
    /// From now on every write fails, as on a full disk, or no longer.
    pub fn set_failing(&self, failing: bool) {
        self.failing.set(failing);
    }

    /// What is in the store.
    pub fn contents(&self) -> Contents {
        self.contents.borrow().clone()
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.failing.get() { Err(StoreError::Full) } else { Ok(()) }
    }
}

impl Store for MemoryStore {
    async fn load_in_parts(&self, mut take: impl FnMut(Part)) -> Result<(), StoreError> {
        let Contents { laptop, segments, slips, pages, .. } = self.contents();
        take(Part::Outline { laptop, keys: segments.iter().map(|(key, _)| *key).collect() });
        take(Part::Segments { segments, slips });
        take(Part::Pages(pages));
        Ok(())
    }

    async fn read(&self) -> Result<Contents, StoreError> {
        Ok(Contents { photos: Photos::new(), ..self.contents() })
    }

    async fn append(&self, batch: Batch) -> Result<(), StoreError> {
        self.check()?;
        let mut contents = self.contents.borrow_mut();
        let taken = |key| contents.segments.iter().any(|(known, _)| *known == key && !batch.removed.contains(known));
        if batch.segments.iter().any(|(key, _)| taken(*key)) {
            return Err(StoreError::Conflict);
        }
        contents.segments.retain(|(key, _)| !batch.removed.contains(key));
        contents.slips.retain(|(key, _)| !batch.removed.contains(key));
        contents.segments.extend(batch.segments);
        contents.slips.extend(batch.slips);
        contents.segments.sort_by_key(|(key, _)| *key);
        for (key, page) in batch.pages {
            contents.pages.retain(|(known, _)| *known != key);
            contents.pages.push((key, page));
        }
        put_photos(&mut contents.photos, batch.photos);
        contents.photos.retain(|(id, _)| !batch.photos_removed.contains(id));
        contents.laptop = batch.laptop.or(contents.laptop);
        Ok(())
    }

    async fn replace(&self, contents: Contents) -> Result<(), StoreError> {
        self.check()?;
        let mut photos = std::mem::take(&mut self.contents.borrow_mut().photos);
        put_photos(&mut photos, contents.photos);
        *self.contents.borrow_mut() = Contents { photos, ..contents };
        Ok(())
    }

    async fn set_laptop(&self, laptop: Laptop) -> Result<(), StoreError> {
        self.check()?;
        self.contents.borrow_mut().laptop = Some(laptop);
        Ok(())
    }
}

impl PhotoStore for MemoryStore {
    async fn photo(&self, id: PhotoId) -> Result<Option<Vec<u8>>, StoreError> {
        let contents = self.contents.borrow();
        let found = contents.photos.iter().find(|(known, _)| *known == id);
        Ok(found.map(|(_, picture)| picture.clone()))
    }

    async fn photo_ids(&self) -> Result<Vec<PhotoId>, StoreError> {
        Ok(self.contents.borrow().photos.iter().map(|(id, _)| *id).collect())
    }

    async fn photos(&self) -> Result<Photos, StoreError> {
        Ok(self.contents.borrow().photos.clone())
    }

    async fn sweep_photos(&self, living: &BTreeSet<PhotoId>) -> Result<(), StoreError> {
        self.check()?;
        self.contents.borrow_mut().photos.retain(|(id, _)| living.contains(id));
        Ok(())
    }
}

/// Puts pictures beside those that are there, in the order of their ids.
fn put_photos(photos: &mut Photos, new: Photos) {
    photos.retain(|(known, _)| new.iter().all(|(id, _)| id != known));
    photos.extend(new);
    photos.sort_by_key(|(id, _)| *id);
}
