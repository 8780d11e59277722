//! Pictures: a record each, under the id of the photo. They are written in the
//! transaction of the act that they belong to, and read when they are looked at.

use std::collections::BTreeSet;
use std::future::IntoFuture;

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use js_sys::{ArrayBuffer, Uint8Array};

use super::beside::{keys, needed_photos};
use super::errors::{read_error, write_error};
use super::keys::{parse_photo_key, photo_key};
use super::{IdbStore, META, PHOTOS, SNAPSHOTS, asked_generation, buffer, generation};
use crate::domain::id::PhotoId;
use crate::storage::{Batch, Durability, PhotoStore, Photos, StoreError};

/// Issues the requests for the pictures of a batch.
pub fn fill_photos(store: &ObjectStore<'_>, batch: &Batch) -> Result<(), Error> {
    for (id, picture) in &batch.photos {
        let _request = store.put(buffer(picture)).with_key(photo_key(*id)).primitive()?;
    }
    for id in &batch.photos_removed {
        let _request = store.delete(photo_key(*id)).primitive()?;
    }
    Ok(())
}

/// The ids under which there are pictures.
async fn ids(store: &ObjectStore<'_>) -> Result<Vec<PhotoId>, StoreError> {
    let keys = keys(store).await?;
    keys.into_iter().map(|key| parse_photo_key(&key).ok_or(StoreError::Unreadable(key))).collect()
}

impl PhotoStore for IdbStore {
    async fn photo(&self, id: PhotoId) -> Result<Option<Vec<u8>>, StoreError> {
        let transaction = self.database.transaction(PHOTOS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(PHOTOS).map_err(|error| read_error(&error))?;
        let asked = store.get::<ArrayBuffer, _, _>(photo_key(id)).primitive().map_err(|error| read_error(&error))?;
        let found = asked.into_future().await.map_err(|error| read_error(&error))?;
        Ok(found.map(|found| Uint8Array::new(&found).to_vec()))
    }

    async fn photo_ids(&self) -> Result<Vec<PhotoId>, StoreError> {
        let transaction = self.database.transaction(PHOTOS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(PHOTOS).map_err(|error| read_error(&error))?;
        ids(&store).await
    }

    async fn photos(&self) -> Result<Photos, StoreError> {
        let transaction = self.database.transaction(PHOTOS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(PHOTOS).map_err(|error| read_error(&error))?;
        let ids = ids(&store).await?;
        let asked = store.get_all::<ArrayBuffer>().primitive().map_err(|error| read_error(&error))?;
        let found = asked.into_future().await.map_err(|error| read_error(&error))?;
        let pictures = found.map(|found| found.map(|found| Uint8Array::new(&found).to_vec()));
        let pictures: Vec<Vec<u8>> = pictures.collect::<Result<_, _>>().map_err(|error| read_error(&error))?;
        Ok(ids.into_iter().zip(pictures).collect())
    }

    async fn sweep_photos(&self, living: &BTreeSet<PhotoId>) -> Result<(), StoreError> {
        let transaction = self.begin(&[META, SNAPSHOTS, PHOTOS], Durability::Relaxed)?;
        let stores = [META, SNAPSHOTS, PHOTOS].map(|name| transaction.object_store(name));
        let [meta, snapshots, photos] = stores;
        let meta = meta.map_err(|error| write_error(&error))?;
        let snapshots = snapshots.map_err(|error| write_error(&error))?;
        let photos = photos.map_err(|error| write_error(&error))?;
        let found = asked_generation(&meta).map_err(|error| write_error(&error))?;
        let found = found.into_future().await.map_err(|error| write_error(&error))?;
        // Whatever changes photos raises the generation.
        if generation(found.as_ref()) != self.seen.get().generation {
            return Err(StoreError::Conflict);
        }
        let needed = needed_photos(&snapshots).await?;
        for id in ids(&photos).await? {
            if !living.contains(&id) && !needed.contains(&id) {
                let _request = photos.delete(photo_key(id)).primitive().map_err(|error| write_error(&error))?;
            }
        }
        drop((meta, snapshots, photos));
        transaction.commit().await.map_err(|error| write_error(&error))
    }
}
