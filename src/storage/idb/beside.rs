//! What is kept beside the book: snapshots, and the handle of the folder that
//! is saved to. Neither is the village, so neither counts as a change of it.

use std::collections::BTreeSet;
use std::future::IntoFuture;

use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsValue;

use super::errors::{explained, read_error, write_error};
use super::keys::{parse_photo_ids, photo_id_bytes};
use super::{
    HANDLES, IdbStore, META, PAGES, PHOTOS, SEGMENTS, SNAPSHOTS, Seen, Stores, WRITTEN, asked_generation, buffer,
    generation,
};
use crate::domain::id::PhotoId;
use crate::storage::snapshot::{self, SNAPSHOTS_MAX, Snapshot};
use crate::storage::{Batch, Contents, Copies, Durability, StoreError};

const FOLDER: &str = "folder";
/// All that this program stores in the browser's database.
const EVERYTHING: [&str; 6] = [SEGMENTS, META, PAGES, PHOTOS, SNAPSHOTS, HANDLES];
/// A snapshot is three records: what is known of it, its save file, and which
/// photos it needs, of which the pictures stay where they are.
const HEAD: &str = "head";
const FILE: &str = "file";
const NEEDED: &str = "photos";

fn key(number: u64, part: &str) -> String {
    format!("{number:016x}-{part}")
}

/// The number of a snapshot whose head is under this key.
fn numbered(key: &str) -> Option<u64> {
    let (number, part) = key.split_once('-')?;
    u64::from_str_radix(number, 16).ok().filter(|_| part == HEAD)
}

pub(super) async fn keys(store: &ObjectStore<'_>) -> Result<Vec<String>, StoreError> {
    let keys = store.get_all_keys::<String>().primitive().map_err(|error| read_error(&error))?;
    let keys = keys.into_future().await.map_err(|error| read_error(&error))?;
    keys.map(|key| key.map_err(|error| read_error(&error))).collect()
}

async fn value(store: &ObjectStore<'_>, key: String) -> Result<Option<Vec<u8>>, StoreError> {
    let value = store.get::<ArrayBuffer, _, _>(key).primitive().map_err(|error| read_error(&error))?;
    let value = value.into_future().await.map_err(|error| read_error(&error))?;
    Ok(value.map(|value| Uint8Array::new(&value).to_vec()))
}

/// The photos that some snapshot needs.
pub(super) async fn needed_photos(store: &ObjectStore<'_>) -> Result<BTreeSet<PhotoId>, StoreError> {
    let mut needed = BTreeSet::new();
    for key in keys(store).await? {
        if key.ends_with(NEEDED) {
            let ids = value(store, key).await?.unwrap_or_default();
            needed.extend(parse_photo_ids(&ids));
        }
    }
    Ok(needed)
}

impl IdbStore {
    /// The snapshots with their numbers, the newest first.
    pub async fn snapshots(&self) -> Result<Vec<(u64, Snapshot)>, StoreError> {
        let transaction = self.database.transaction(SNAPSHOTS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(SNAPSHOTS).map_err(|error| read_error(&error))?;
        let mut found = Vec::new();
        for number in keys(&store).await?.iter().rev().filter_map(|key| numbered(key)) {
            let key = key(number, HEAD);
            let bytes = value(&store, key.clone()).await?.unwrap_or_default();
            found.push((number, snapshot::read(&bytes).ok_or(StoreError::Unreadable(key))?));
        }
        Ok(found)
    }

    /// The save file of a snapshot.
    pub async fn snapshot_file(&self, number: u64) -> Result<Vec<u8>, StoreError> {
        let transaction = self.database.transaction(SNAPSHOTS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(SNAPSHOTS).map_err(|error| read_error(&error))?;
        let key = key(number, FILE);
        value(&store, key.clone()).await?.ok_or(StoreError::Unreadable(key))
    }

    /// Keeps a snapshot and which photos it needs, and lets the oldest go, but not
    /// the `spared` one, which is being gone back to. Refused when the book is no
    /// longer the one that this store last saw: a snapshot of a village that was
    /// cleared or replaced meanwhile would bring it back. On the disk when this
    /// returns: what follows may take the place of what it is the way back to.
    pub async fn keep_snapshot(
        &self,
        snapshot: &Snapshot,
        file: &[u8],
        photos: &[PhotoId],
        spared: Option<u64>,
    ) -> Result<(), StoreError> {
        let kept = self.write_beside(&[SNAPSHOTS, META], Durability::Strict, async |transaction, store| {
            let meta = transaction.object_store(META).map_err(|error| write_error(&error))?;
            let found = asked_generation(&meta).map_err(|error| write_error(&error))?;
            let found = found.into_future().await.map_err(|error| write_error(&error))?;
            if generation(found.as_ref()) != self.seen.get().generation {
                return Err(StoreError::Conflict);
            }
            let numbers: Vec<u64> = keys(store).await?.iter().filter_map(|key| numbered(key)).collect();
            // Numbered, not timed: the laptop's clock may have been put back.
            let next = numbers.last().map_or(0, |last| last + 1);
            let too_many = (numbers.len() + 1).saturating_sub(SNAPSHOTS_MAX);
            for old in numbers.iter().filter(|number| Some(**number) != spared).take(too_many) {
                for part in [HEAD, FILE, NEEDED] {
                    let _request = store.delete(key(*old, part)).primitive().map_err(|error| write_error(&error))?;
                }
            }
            let (head, needed) = (snapshot::write(snapshot), photo_id_bytes(photos));
            for (part, bytes) in [(HEAD, head.as_slice()), (FILE, file), (NEEDED, needed.as_slice())] {
                let put = store.put(buffer(bytes)).with_key(key(next, part)).primitive();
                let _request = put.map_err(|error| write_error(&error))?;
            }
            Ok(())
        });
        kept.await
    }

    /// Removes everything, the book and what is beside it, in one transaction:
    /// the page may be closed right after.
    pub async fn clear(&self) -> Result<(), StoreError> {
        let after = Seen { generation: self.seen.get().generation + 1, segments: 0 };
        let fill = |stores: &Stores<'_>| {
            for name in EVERYTHING {
                let _request = stores.other(name)?.clear()?;
            }
            Ok(())
        };
        self.write(&EVERYTHING, after, Box::new(fill)).await
    }

    /// Replaces everything in one transaction, as [`Store::replace`] does, and
    /// says what becomes of the snapshots in it.
    ///
    /// [`Store::replace`]: crate::storage::Store::replace
    pub async fn replace_with(&self, contents: Contents, copies: Copies) -> Result<(), StoreError> {
        let after = Seen { generation: self.seen.get().generation + 1, segments: contents.segments.len() };
        let fill = |stores: &Stores<'_>| {
            let _requests = (stores.segments.clear()?, stores.other(PAGES)?.clear()?, stores.meta.clear()?);
            let Contents { segments, slips, pages, photos, laptop } = contents;
            stores.fill(Batch { segments, slips, pages, photos, laptop, copies, ..Batch::default() })
        };
        self.write(&WRITTEN, after, Box::new(fill)).await
    }

    /// The handle of the folder that is saved to, where one was chosen.
    pub async fn folder(&self) -> Result<Option<JsValue>, StoreError> {
        let transaction = self.database.transaction(HANDLES).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(HANDLES).map_err(|error| read_error(&error))?;
        let request = store.get::<JsValue, _, _>(FOLDER.to_owned()).primitive().map_err(|error| read_error(&error))?;
        let found = request.into_future().await.map_err(|error| read_error(&error))?;
        Ok(found.filter(|handle| !handle.is_undefined()))
    }

    /// Keeps the handle of a folder, or forgets it.
    pub async fn set_folder(&self, handle: Option<JsValue>) -> Result<(), StoreError> {
        self.write_beside(&[HANDLES], Durability::Relaxed, async |_, store| {
            let changed = match handle {
                Some(handle) => store.put(handle).with_key(FOLDER.to_owned()).primitive().map(drop),
                None => store.clear().map(drop),
            };
            changed.map_err(|error| write_error(&error))
        })
        .await
    }

    /// Writes into the first of these stores, which is beside the book.
    async fn write_beside(
        &self,
        names: &[&str],
        durability: Durability,
        fill: impl AsyncFnOnce(&Transaction<'_>, &ObjectStore<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let written = async {
            let transaction = self.begin(names, durability)?;
            let store = transaction.object_store(names[0]).map_err(|error| write_error(&error))?;
            fill(&transaction, &store).await?;
            drop(store);
            transaction.commit().await.map_err(|error| write_error(&error))
        };
        match written.await {
            Ok(()) => Ok(()),
            Err(error) => Err(explained(error, &self.database.name()).await),
        }
    }
}
