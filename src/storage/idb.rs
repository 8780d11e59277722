//! IndexedDB, through `indexed_db_futures`. The only file that names it.
//!
//! Every write is one transaction: bytes are ready before it opens, requests
//! are issued without waiting for them, and only `commit()` is awaited, so
//! that nothing else can end it early. A user's act is written with `strict`
//! durability: 「已保存」 is true when this returns.

use std::future::IntoFuture;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use js_sys::{ArrayBuffer, Uint8Array};

use super::{Batch, Contents, Laptop, SegmentKey, Store, StoreError};
use crate::domain::calendar::Moment;
use crate::domain::id::{DeviceId, Kind};
use crate::domain::register::PageKey;

const SEGMENTS: &str = "segments";
const PAGES: &str = "register";
const META: &str = "meta";
const STORES: [&str; 3] = [SEGMENTS, PAGES, META];
const LAPTOP: &str = "laptop";
/// Version of the database's stores. What is in them has its own versions.
const SCHEMA: u32 = 1;

/// The village's database in this browser.
pub struct IdbStore {
    database: Database,
}

impl IdbStore {
    /// Opens the database, creating it when it is not there.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let database = Database::open(name)
            .with_version(SCHEMA)
            .with_on_upgrade_needed(|_, database| {
                for store in STORES {
                    database.create_object_store(store).build()?;
                }
                Ok(())
            })
            .await
            .map_err(open_error)?;
        Ok(Self { database })
    }

    /// Whether one of the segments is there already.
    async fn has_any(&self, keys: &[String]) -> bool {
        let found = async {
            let transaction = self.database.transaction(SEGMENTS).build().map_err(|error| read_error(&error))?;
            read_all(&transaction.object_store(SEGMENTS).map_err(|error| read_error(&error))?).await
        };
        found.await.is_ok_and(|rows| rows.iter().any(|(key, _)| keys.contains(key)))
    }

    /// Writes in one durable transaction: `fill` issues the requests.
    async fn write(&self, fill: impl FnOnce(&Stores<'_>) -> Result<(), Error>) -> Result<(), StoreError> {
        let mut options = TransactionOptions::new();
        options.set_durability(TransactionDurability::Strict);
        let transaction = self
            .database
            .transaction(STORES)
            .with_mode(TransactionMode::Readwrite)
            .with_options(options)
            .build()
            .map_err(|error| write_error(&error))?;
        let stores = Stores {
            segments: transaction.object_store(SEGMENTS).map_err(|error| write_error(&error))?,
            pages: transaction.object_store(PAGES).map_err(|error| write_error(&error))?,
            meta: transaction.object_store(META).map_err(|error| write_error(&error))?,
        };
        fill(&stores).map_err(|error| write_error(&error))?;
        drop(stores);
        transaction.commit().await.map_err(|error| write_error(&error))
    }
}

/// The three object stores within one transaction.
struct Stores<'a> {
    segments: ObjectStore<'a>,
    pages: ObjectStore<'a>,
    meta: ObjectStore<'a>,
}

impl Stores<'_> {
    fn fill(&self, batch: Batch) -> Result<(), Error> {
        for (key, bytes) in batch.segments {
            // `add` refuses a key that is there: a second window cannot overwrite.
            let _request = self.segments.add(buffer(&bytes)).with_key(segment_key(key)).primitive()?;
        }
        for (key, bytes) in batch.pages {
            let _request = self.pages.put(buffer(&bytes)).with_key(page_key(key)).primitive()?;
        }
        batch.laptop.map_or(Ok(()), |laptop| self.set_laptop(laptop))
    }

    fn set_laptop(&self, laptop: Laptop) -> Result<(), Error> {
        let bytes = laptop_bytes(laptop);
        let _request = self.meta.put(buffer(&bytes)).with_key(LAPTOP.to_owned()).primitive()?;
        Ok(())
    }
}

impl Store for IdbStore {
    async fn load(&self) -> Result<Contents, StoreError> {
        let transaction = self.database.transaction(STORES).build().map_err(|error| read_error(&error))?;
        let segments = read_all(&transaction.object_store(SEGMENTS).map_err(|error| read_error(&error))?).await?;
        let pages = read_all(&transaction.object_store(PAGES).map_err(|error| read_error(&error))?).await?;
        let meta = read_all(&transaction.object_store(META).map_err(|error| read_error(&error))?).await?;
        let laptop = meta.into_iter().find(|(key, _)| key == LAPTOP);
        Ok(Contents {
            laptop: laptop.map(|(key, bytes)| parse_laptop(&bytes).ok_or(StoreError::Unreadable(key))).transpose()?,
            segments: parse_keys(segments, parse_segment_key)?,
            pages: parse_keys(pages, parse_page_key)?,
        })
    }

    async fn append(&self, batch: Batch) -> Result<(), StoreError> {
        let keys: Vec<_> = batch.segments.iter().map(|(key, _)| segment_key(*key)).collect();
        let written = self.write(|stores| stores.fill(batch)).await;
        match written {
            Err(StoreError::Aborted(_)) if self.has_any(&keys).await => Err(StoreError::Conflict),
            Err(StoreError::Aborted(_)) if is_nearly_full().await => Err(StoreError::Full),
            written => written,
        }
    }

    async fn replace(&self, contents: Contents) -> Result<(), StoreError> {
        self.write(|stores| {
            let _requests = (stores.segments.clear()?, stores.pages.clear()?, stores.meta.clear()?);
            let Contents { segments, pages, laptop } = contents;
            stores.fill(Batch { segments, pages, laptop })
        })
        .await
    }

    async fn set_laptop(&self, laptop: Laptop) -> Result<(), StoreError> {
        self.write(|stores| stores.set_laptop(laptop)).await
    }
}

/// All keys and values of a store; both requests go out before either is awaited.
async fn read_all(store: &ObjectStore<'_>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let keys = store.get_all_keys::<String>().primitive().map_err(|error| read_error(&error))?;
    let values = store.get_all::<ArrayBuffer>().primitive().map_err(|error| read_error(&error))?;
    let keys = keys.into_future().await.map_err(|error| read_error(&error))?;
    let values = values.into_future().await.map_err(|error| read_error(&error))?;
    keys.zip(values)
        .map(|(key, value)| {
            let key = key.map_err(|error| read_error(&error))?;
            let value = value.map_err(|error| read_error(&error))?;
            Ok((key, Uint8Array::new(&value).to_vec()))
        })
        .collect()
}

type Parsed<K> = Result<Vec<(K, Vec<u8>)>, StoreError>;

fn parse_keys<K>(rows: Vec<(String, Vec<u8>)>, parse: fn(&str) -> Option<K>) -> Parsed<K> {
    rows.into_iter()
        .map(|(key, bytes)| match parse(&key) {
            Some(parsed) => Ok((parsed, bytes)),
            None => Err(StoreError::Unreadable(key)),
        })
        .collect()
}

fn buffer(bytes: &[u8]) -> ArrayBuffer {
    Uint8Array::from(bytes).buffer()
}

fn segment_key(key: SegmentKey) -> String {
    format!("{:08x}-{:016x}", key.device.0, key.first)
}

fn parse_segment_key(key: &str) -> Option<SegmentKey> {
    let (device, first) = key.split_once('-')?;
    let device = DeviceId(u32::from_str_radix(device, 16).ok()?);
    Some(SegmentKey { device, first: u64::from_str_radix(first, 16).ok()? })
}

fn page_key(key: PageKey) -> String {
    format!("{:02x}-{:016x}", key.kind.code(), key.number)
}

fn parse_page_key(key: &str) -> Option<PageKey> {
    let (kind, number) = key.split_once('-')?;
    let kind = *Kind::ALL.get(usize::from_str_radix(kind, 16).ok()?)?;
    Some(PageKey { kind, number: u64::from_str_radix(number, 16).ok()? })
}

/// version u16 · device u32 · saved at i64 (−1 for never) · saved acts u64
fn laptop_bytes(laptop: Laptop) -> Vec<u8> {
    let mut bytes = 1_u16.to_le_bytes().to_vec();
    bytes.extend_from_slice(&laptop.device.0.to_le_bytes());
    bytes.extend_from_slice(&laptop.saved_at.map_or(-1, |at| at.0).to_le_bytes());
    bytes.extend_from_slice(&laptop.saved_acts.to_le_bytes());
    bytes
}

fn parse_laptop(bytes: &[u8]) -> Option<Laptop> {
    let saved_at = i64::from_le_bytes(bytes.get(6..14)?.try_into().ok()?);
    Some(Laptop {
        device: DeviceId(u32::from_le_bytes(bytes.get(2..6)?.try_into().ok()?)),
        saved_at: (saved_at >= 0).then_some(Moment(saved_at)),
        saved_acts: u64::from_le_bytes(bytes.get(14..22)?.try_into().ok()?),
    })
}

fn open_error(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => StoreError::Denied,
        error if error.to_string().contains("SecurityError") => StoreError::Denied,
        error => StoreError::WillNotOpen(error.to_string()),
    }
}

fn write_error(error: &Error) -> StoreError {
    StoreError::Aborted(error.to_string())
}

/// An aborted transaction does not say why, so the likely causes are looked
/// up: less than this many bytes left means that the disk is full.
const NEARLY_FULL_BYTES: f64 = 1_048_576.0;

async fn is_nearly_full() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let Ok(promise) = window.navigator().storage().estimate() else {
        return false;
    };
    let Ok(estimate) = wasm_bindgen_futures::JsFuture::from(promise).await else {
        return false;
    };
    let number = |name: &str| js_sys::Reflect::get(&estimate, &name.into()).ok().and_then(|value| value.as_f64());
    match (number("quota"), number("usage")) {
        (Some(quota), Some(usage)) => quota - usage < NEARLY_FULL_BYTES,
        _ => false,
    }
}

fn read_error(error: &Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
