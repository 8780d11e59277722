//! IndexedDB, through `indexed_db_futures`. The only module that names it.
//!
//! Every write is one transaction: bytes are ready before it opens, requests
//! are issued without waiting for them, and only the question for the
//! generation and `commit()` are awaited, so that nothing else can end it
//! early. A user's act is written with `strict` durability: 「已保存」 is true
//! when this returns.
//!
//! The generation is a counter in `meta` that every change of the book reads
//! first, and that all of them raise but one: an act that only adds its segment.
//! A segment is added under its number and never put, and a book that lacks an
//! act asks for a number that is taken, so it cannot be written over either; it
//! is the commonest write, and a record less is a tenth of its time. What an
//! act leaves alone shows in the number of segments. A store that finds another
//! generation or number than it last saw has an old book in memory, and its
//! transaction is dropped. That holds where Web Locks are missing or were stolen.

mod beside;
mod errors;
mod keys;
mod photos;
mod reading;
mod room;

use std::cell::Cell;
use std::future::{IntoFuture, poll_fn};

use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::future::BasicRequest;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use js_sys::{ArrayBuffer, Uint8Array};

use self::errors::{explained, is_newer, open_error, read_error, write_error};
use self::keys::{framed, laptop_bytes, page_key, segment_key};
use self::photos::fill_photos;
use self::reading::read_book;
use super::{Batch, Contents, Copies, Durability, Laptop, Part, Store, StoreError};

const SEGMENTS: &str = "segments";
const PAGES: &str = "register";
const META: &str = "meta";
/// The three stores that are the book.
const BOOK: [&str; 3] = [SEGMENTS, PAGES, META];
/// Pictures, beside the book but written with it, since version 4.
const PHOTOS: &str = "photos";
/// What an act is written to.
const WRITTEN: [&str; 5] = [SEGMENTS, META, PAGES, PHOTOS, SNAPSHOTS];
/// How many of these most acts write: each store costs a little.
const OF_AN_ACT: usize = 2;
const SNAPSHOTS: &str = "snapshots";
const HANDLES: &str = "handles";
/// Since version 2: what is kept beside the book.
const BESIDE: [&str; 2] = [SNAPSHOTS, HANDLES];
const LAPTOP: &str = "laptop";
const GENERATION: &str = "generation";
/// Version of the database. What is in its records has versions of its own, but
/// slips beside segments came with 3, and segments of version 3 with 5, of 4 with 6: so an older
/// program says that the book is newer, and does not take it for damaged.
const SCHEMA: u32 = 6;

/// The village's database in this browser.
pub struct IdbStore {
    database: Database,
    /// What this store found when it last read or wrote the book.
    seen: Cell<Seen>,
}

/// By what a book is known that somebody else has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    generation: u64,
    /// Number of segments.
    segments: usize,
}

/// What became of the database, or is about to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Another window opens it with a newer program; it has been closed for that.
    Upgrade,
    /// Another page wants to delete it, and waits for this one to close it.
    Deletion,
    /// The browser has closed it: the site's data were cleared, or the disk is gone.
    Closed,
}

impl IdbStore {
    /// Opens the database if it is one of this program or of a newer one;
    /// `None` when it has yet to be made or upgraded, as [`IdbStore::open`] does.
    /// This is all that a start needs, and it is much less program.
    pub async fn open_ready(name: &str) -> Result<Option<Self>, StoreError> {
        let opened = Database::open(name).await;
        let database = opened.map_err(open_error)?;
        if database.version() < f64::from(SCHEMA) {
            database.close();
            return Ok(None);
        }
        Ok(Some(Self { database, seen: Cell::default() }))
    }

    /// Opens the database, creating or upgrading it. `on_blocked` is told when
    /// another window keeps an older version open; opening goes on when it
    /// has been closed. A database of a newer program is opened as it is, to
    /// be read only.
    pub async fn open(name: &str, on_blocked: impl FnOnce() + 'static) -> Result<Self, StoreError> {
        let opened = Database::open(name)
            .with_version(SCHEMA)
            .with_on_blocked(move |_| {
                on_blocked();
                Ok(())
            })
            .with_on_upgrade_needed(|_, database| {
                let known: Vec<String> = database.object_store_names().collect();
                for store in BOOK
                    .iter()
                    .chain(&BESIDE)
                    .chain(&[PHOTOS])
                    .filter(|store| !known.iter().any(|known| known == *store))
                {
                    database.create_object_store(store).build()?;
                }
                Ok(())
            });
        let database = match opened.await {
            Err(error) if is_newer(&error) => Database::open(name).await,
            opened => opened,
        };
        Ok(Self { database: database.map_err(open_error)?, seen: Cell::default() })
    }

    /// Whether a newer version of the program made it: it may only be read.
    pub fn is_newer(&self) -> bool {
        self.database.version() > f64::from(SCHEMA)
    }

    /// Waits until the database ends, or another page wants its end. One that
    /// is to be deleted stays open, so that it can still be saved as a file.
    pub async fn ending(&self) -> Ending {
        let Ok(mut events) = self.database.version_changes() else {
            return std::future::pending().await;
        };
        match poll_fn(|context| events.poll_recv(context)).await {
            None => Ending::Closed,
            Some(event) if event.new_version().is_none() => Ending::Deletion,
            Some(_) => {
                self.database.clone().close();
                Ending::Upgrade
            }
        }
    }

    /// Begins a transaction that writes.
    fn begin(&self, stores: &[&str], durability: Durability) -> Result<Transaction<'_>, StoreError> {
        if self.is_newer() {
            return Err(StoreError::Newer);
        }
        let mut options = TransactionOptions::new();
        options.set_durability(match durability {
            Durability::Strict => TransactionDurability::Strict,
            Durability::Relaxed => TransactionDurability::Relaxed,
        });
        let transaction = self.database.transaction(stores).with_mode(TransactionMode::Readwrite);
        transaction.with_options(options).build().map_err(|error| write_error(&error))
    }

    /// Changes the book in one transaction, on the disk when this returns: `fill`
    /// issues the requests, which lead from what was seen to `after`.
    async fn write(&self, names: &[&str], after: Seen, fill: Fill<'_>) -> Result<(), StoreError> {
        let seen = self.seen.get();
        // A write that begins before this one has ended comes after it.
        self.seen.set(after);
        let written = self.write_after(seen, names, after, fill).await;
        if written.is_err() && self.seen.get() == after {
            self.seen.set(seen);
        }
        match written {
            Ok(()) => Ok(()),
            Err(error) => Err(explained(error, &self.database.name()).await),
        }
    }

    async fn write_after(&self, seen: Seen, names: &[&str], after: Seen, fill: Fill<'_>) -> Result<(), StoreError> {
        let transaction = self.begin(names, Durability::Strict)?;
        let stores = Stores::of(&transaction).map_err(|error| write_error(&error))?;
        let is_act = after.generation == seen.generation;
        // The questions go out first and everything else behind them, so that
        // asking costs no second round.
        let found = asked_generation(&stores.meta).map_err(|error| write_error(&error))?;
        let counted = if is_act { None } else { Some(asked_count(&stores.segments)) };
        let counted = counted.transpose().map_err(|error| write_error(&error))?;
        let filled = fill(&stores);
        let filled = filled.and_then(|()| if is_act { Ok(()) } else { stores.set_generation(after.generation) });
        filled.map_err(|error| write_error(&error))?;
        let found = found.into_future().await.map_err(|error| write_error(&error))?;
        let segments = match counted {
            Some(counted) => count(counted.into_future().await.map_err(|error| write_error(&error))?),
            None => seen.segments,
        };
        if (Seen { generation: generation(found.as_ref()), segments }) != seen {
            // Dropping the transaction takes everything back.
            return Err(StoreError::Conflict);
        }
        drop(stores);
        transaction.commit().await.map_err(|error| write_error(&error))
    }

    /// Begins a transaction that reads the book.
    fn reading(&self) -> Result<Transaction<'_>, StoreError> {
        self.database.transaction(BOOK).build().map_err(|error| read_error(&error))
    }

    /// Whether nobody else has changed the book since it was loaded.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        let seen = self.seen.get();
        let transaction = self.reading()?;
        let stores = Stores::of(&transaction).map_err(|error| read_error(&error))?;
        let found = asked_generation(&stores.meta).map_err(|error| read_error(&error))?;
        let counted = asked_count(&stores.segments).map_err(|error| read_error(&error))?;
        let found = found.into_future().await.map_err(|error| read_error(&error))?;
        let counted = counted.into_future().await.map_err(|error| read_error(&error))?;
        Ok(Seen { generation: generation(found.as_ref()), segments: count(counted) } == seen)
    }
}

/// Issues the requests of a write. In a box: what writes is one program for all.
type Fill<'a> = Box<dyn FnOnce(&Stores<'_>) -> Result<(), Error> + 'a>;

/// The stores within one transaction.
struct Stores<'a> {
    transaction: &'a Transaction<'a>,
    segments: ObjectStore<'a>,
    meta: ObjectStore<'a>,
}

impl<'a> Stores<'a> {
    fn of(transaction: &'a Transaction<'a>) -> Result<Self, Error> {
        Ok(Self { transaction, segments: transaction.object_store(SEGMENTS)?, meta: transaction.object_store(META)? })
    }

    /// Where the transaction was begun for it too.
    fn other(&self, name: &str) -> Result<ObjectStore<'a>, Error> {
        self.transaction.object_store(name)
    }

    fn set_generation(&self, generation: u64) -> Result<(), Error> {
        let bytes = buffer(&generation.to_le_bytes());
        let _request = self.meta.put(bytes).with_key(GENERATION.to_owned()).primitive()?;
        Ok(())
    }

    fn fill(&self, batch: Batch) -> Result<(), Error> {
        if has_photos(&batch) {
            fill_photos(&self.other(PHOTOS)?, &batch)?;
        }
        if batch.copies == Copies::Go {
            let _request = self.other(SNAPSHOTS)?.clear()?;
        }
        for key in batch.removed {
            let _request = self.segments.delete(segment_key(key)).primitive()?;
        }
        for (key, bytes) in batch.segments {
            // `add` refuses a key that is there: a second window cannot overwrite.
            let slip = batch.slips.iter().find(|(of, _)| *of == key);
            let record = slip.map_or_else(|| buffer(&bytes), |(_, slip)| buffer(&framed(&bytes, slip)));
            let _request = self.segments.add(record).with_key(segment_key(key)).primitive()?;
        }
        if !batch.pages.is_empty() {
            let pages = self.other(PAGES)?;
            for (key, bytes) in batch.pages {
                let _request = pages.put(buffer(&bytes)).with_key(page_key(key)).primitive()?;
            }
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
    async fn load_in_parts(&self, take: impl FnMut(Part)) -> Result<(), StoreError> {
        read_book(&self.reading()?, |seen| self.seen.set(seen), take).await
    }

    async fn read(&self) -> Result<Contents, StoreError> {
        let seen = self.seen.get();
        let mut found = seen;
        let mut contents = Contents::default();
        read_book(&self.reading()?, |at| found = at, |part| contents.add(part)).await?;
        if found == seen { Ok(contents) } else { Err(StoreError::Conflict) }
    }

    async fn append(&self, batch: Batch) -> Result<(), StoreError> {
        let is_small = batch.pages.is_empty() && !has_photos(&batch) && batch.copies == Copies::Stay;
        let names = if is_small { &WRITTEN[..OF_AN_ACT] } else { &WRITTEN };
        let only_adds = is_small && batch.removed.is_empty() && batch.laptop.is_none();
        let mut after = self.seen.get();
        after.generation += u64::from(!only_adds);
        after.segments = (after.segments + batch.segments.len()).saturating_sub(batch.removed.len());
        self.write(names, after, Box::new(|stores| stores.fill(batch))).await
    }

    async fn replace(&self, contents: Contents) -> Result<(), StoreError> {
        self.replace_with(contents, Copies::Stay).await
    }

    async fn set_laptop(&self, laptop: Laptop) -> Result<(), StoreError> {
        let seen = self.seen.get();
        let after = Seen { generation: seen.generation + 1, ..seen };
        self.write(&WRITTEN[..OF_AN_ACT], after, Box::new(move |stores| stores.set_laptop(laptop))).await
    }
}

fn has_photos(batch: &Batch) -> bool {
    !(batch.photos.is_empty() && batch.photos_removed.is_empty())
}

fn buffer(bytes: &[u8]) -> ArrayBuffer {
    Uint8Array::from(bytes).buffer()
}

fn asked_generation(meta: &ObjectStore<'_>) -> Result<BasicRequest<Option<ArrayBuffer>>, Error> {
    meta.get::<ArrayBuffer, _, _>(GENERATION.to_owned()).primitive()
}

fn asked_count(segments: &ObjectStore<'_>) -> Result<BasicRequest<u32>, Error> {
    segments.count().primitive()
}

fn count(counted: u32) -> usize {
    usize::try_from(counted).unwrap_or(usize::MAX)
}

/// Absent in a new database, and in one of version 1.
fn generation(found: Option<&ArrayBuffer>) -> u64 {
    found.map_or(0, |found| generation_of(&Uint8Array::new(found).to_vec()))
}

fn generation_of(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_le_bytes)
}
