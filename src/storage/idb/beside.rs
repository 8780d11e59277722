//! What is kept beside the book: snapshots, and the handle of the folder that
//! is saved to. Neither is the village, so neither counts as a change of it.

use std::future::IntoFuture;

use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsValue;

use super::errors::{explained, read_error, write_error};
use super::{HANDLES, IdbStore, SNAPSHOTS, buffer};
use crate::domain::calendar::Moment;
use crate::storage::snapshot::{self, SNAPSHOTS_MAX, Snapshot};
use crate::storage::{Durability, StoreError};

const FOLDER: &str = "folder";
/// A snapshot is two records: what is known of it, and its save file.
const HEAD: &str = "head";
const FILE: &str = "file";

fn key(at: Moment, part: &str) -> String {
    format!("{:016x}-{part}", at.0)
}

async fn keys(store: &ObjectStore<'_>) -> Result<Vec<String>, StoreError> {
    let keys = store.get_all_keys::<String>().primitive().map_err(|error| read_error(&error))?;
    let keys = keys.into_future().await.map_err(|error| read_error(&error))?;
    keys.map(|key| key.map_err(|error| read_error(&error))).collect()
}

async fn value(store: &ObjectStore<'_>, key: String) -> Result<Option<Vec<u8>>, StoreError> {
    let value = store.get::<ArrayBuffer, _, _>(key).primitive().map_err(|error| read_error(&error))?;
    let value = value.into_future().await.map_err(|error| read_error(&error))?;
    Ok(value.map(|value| Uint8Array::new(&value).to_vec()))
}

impl IdbStore {
    /// The snapshots, the newest first.
    pub async fn snapshots(&self) -> Result<Vec<Snapshot>, StoreError> {
        let transaction = self.database.transaction(SNAPSHOTS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(SNAPSHOTS).map_err(|error| read_error(&error))?;
        let mut found = Vec::new();
        for key in keys(&store).await?.into_iter().rev().filter(|key| key.ends_with(HEAD)) {
            let bytes = value(&store, key.clone()).await?.unwrap_or_default();
            found.push(snapshot::read(&bytes).ok_or(StoreError::Unreadable(key))?);
        }
        Ok(found)
    }

    /// The save file of a snapshot.
    pub async fn snapshot_file(&self, at: Moment) -> Result<Vec<u8>, StoreError> {
        let transaction = self.database.transaction(SNAPSHOTS).build().map_err(|error| read_error(&error))?;
        let store = transaction.object_store(SNAPSHOTS).map_err(|error| read_error(&error))?;
        let key = key(at, FILE);
        value(&store, key.clone()).await?.ok_or(StoreError::Unreadable(key))
    }

    /// Keeps a snapshot, and lets the oldest go.
    pub async fn keep_snapshot(&self, snapshot: &Snapshot, file: &[u8]) -> Result<(), StoreError> {
        let kept = self.write_beside(SNAPSHOTS, async |store| {
            let mut old: Vec<_> = keys(store).await?.into_iter().filter(|key| key.ends_with(HEAD)).collect();
            old.truncate((old.len() + 1).saturating_sub(SNAPSHOTS_MAX));
            for head in old {
                let file = head.replace(HEAD, FILE);
                for key in [head, file] {
                    let _request = store.delete(key).primitive().map_err(|error| write_error(&error))?;
                }
            }
            for (part, bytes) in [(HEAD, snapshot::write(snapshot).as_slice()), (FILE, file)] {
                let put = store.put(buffer(bytes)).with_key(key(snapshot.at, part)).primitive();
                let _request = put.map_err(|error| write_error(&error))?;
            }
            Ok(())
        });
        kept.await
    }

    /// Removes every snapshot.
    pub async fn clear_snapshots(&self) -> Result<(), StoreError> {
        self.write_beside(SNAPSHOTS, async |store| {
            let _request = store.clear().map_err(|error| write_error(&error))?;
            Ok(())
        })
        .await
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
        self.write_beside(HANDLES, async |store| {
            let changed = match handle {
                Some(handle) => store.put(handle).with_key(FOLDER.to_owned()).primitive().map(drop),
                None => store.clear().map(drop),
            };
            changed.map_err(|error| write_error(&error))
        })
        .await
    }

    /// Writes into one of the stores beside the book. All of it can be done again.
    async fn write_beside(
        &self,
        name: &str,
        fill: impl AsyncFnOnce(&ObjectStore<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let written = async {
            let transaction = self.begin([name], Durability::Relaxed)?;
            let store = transaction.object_store(name).map_err(|error| write_error(&error))?;
            fill(&store).await?;
            drop(store);
            transaction.commit().await.map_err(|error| write_error(&error))
        };
        match written.await {
            Ok(()) => Ok(()),
            Err(error) => Err(explained(error).await),
        }
    }
}
