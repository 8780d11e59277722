//! Where the bytes live: a trait, a store in memory for tests, and IndexedDB.
//!
//! A store knows nothing of the village. It keeps segments under their device
//! and first sequence number, register pages under their key, and a few words
//! about this laptop, and it writes a batch wholly or not at all.

use std::collections::BTreeSet;
use std::future::Future;

use thiserror::Error;

use crate::domain::calendar::Moment;
use crate::domain::id::{DeviceId, PhotoId};
use crate::domain::register::PageKey;

#[cfg(feature = "browser")]
pub mod idb;
pub mod memory;
pub mod snapshot;

/// Where a segment is kept: its device and the sequence number of its first act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SegmentKey {
    /// The device that wrote it.
    pub device: DeviceId,
    /// Sequence number of its first act.
    pub first: u64,
}

/// What this laptop knows of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laptop {
    /// Its id.
    pub device: DeviceId,
    /// When the last save file was made here.
    pub saved_at: Option<Moment>,
    /// How many acts there were then.
    pub saved_acts: u64,
    /// How many records; `None` where an older program took note of it.
    pub saved_records: Option<u64>,
}

impl Laptop {
    /// One that has made no save file.
    pub const fn new(device: DeviceId) -> Self {
        Self { device, saved_at: None, saved_acts: 0, saved_records: Some(0) }
    }

    /// The same after a save file with so much in it.
    #[must_use]
    pub const fn saved(self, at: Moment, Extent { acts, records }: Extent) -> Self {
        Self { saved_at: Some(at), saved_acts: acts, saved_records: Some(records), ..self }
    }
}

/// How much is in a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Its acts.
    pub acts: u64,
    /// What a user counts: the entries of acts that post some, and the other acts.
    pub records: u64,
}

/// Segments with their keys.
pub type Segments = Vec<(SegmentKey, Vec<u8>)>;
/// Register pages with their keys.
pub type Pages = Vec<(PageKey, Vec<u8>)>;
/// Pictures with the ids of their photos.
pub type Photos = Vec<(PhotoId, Vec<u8>)>;

/// Everything in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// This laptop; `None` in an empty store.
    pub laptop: Option<Laptop>,
    /// Segments in the order of their keys.
    pub segments: Segments,
    /// Slips: register pages of only what came with the act of a segment, kept
    /// together with it until it is written on the pages proper.
    pub slips: Segments,
    /// Register pages.
    pub pages: Pages,
    /// Pictures on their way in or out. They are never read with the book.
    pub photos: Photos,
}

impl Contents {
    /// Adds a part that was read.
    pub fn add(&mut self, part: Part) {
        match part {
            Part::Outline { laptop, .. } => self.laptop = laptop,
            Part::Segments { segments, slips } => {
                self.segments.extend(segments);
                self.slips.extend(slips);
            }
            Part::Pages(pages) => self.pages.extend(pages),
        }
    }
}

/// A part of what is in a store: first the outline, then the segments in the
/// order of their keys, in as many parts as the store likes, then the pages.
#[derive(Clone, Debug)]
pub enum Part {
    /// What is going to come.
    Outline {
        /// This laptop; `None` in an empty store.
        laptop: Option<Laptop>,
        /// The keys of all segments.
        keys: Vec<SegmentKey>,
    },
    /// Segments that follow each other, and their slips.
    Segments {
        /// The segments.
        segments: Segments,
        /// Slips of these.
        slips: Segments,
    },
    /// Register pages.
    Pages(Pages),
}

/// What is written together.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// New segments; a key that is there already fails the whole batch.
    pub segments: Segments,
    /// Slips of new segments: one record with them, since the cost of a write is
    /// in the number of its records.
    pub slips: Segments,
    /// Segments that go in the same transaction with their slips: compaction
    /// folds them into others.
    pub removed: Vec<SegmentKey>,
    /// Pages to be replaced.
    pub pages: Pages,
    /// Pictures to be kept.
    pub photos: Photos,
    /// Pictures that go.
    pub photos_removed: Vec<PhotoId>,
    /// What this laptop knows of itself, where the store does not hold it yet.
    pub laptop: Option<Laptop>,
    /// What becomes of the copies of the book that are kept beside it.
    pub copies: Copies,
}

/// What becomes of the snapshots in the transaction of a write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copies {
    /// They stay.
    #[default]
    Stay,
    /// They go: what was erased must be gone from them too.
    Go,
}

/// When a write counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// When the disk has it: for everything that a person did, and for what is
    /// written in place of it or as the way back from it.
    Strict,
    /// When the operating system has it: for what can be done again, such as
    /// removing what nobody needs.
    Relaxed,
}

/// Why a store did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The browser does not let the page keep data.
    #[error(
        "浏览器不允许本页保存数据。请关闭无痕模式,并在浏览器设置里允许网站保存数据(Cookie);仍不行请换用系统自带的浏览器打开。"
    )]
    Denied,
    /// Another window keeps an older version of the database open.
    #[error("另一个窗口还开着旧版村治,数据库升级不了。请关掉那个村治窗口(或标签页),这里会自动打开。")]
    Blocked,
    /// The database was written by a newer version of this program.
    #[error("本机的数据是更新版本的村治写的,这个旧版本只能看,不能登记。请用新版村治打开;要带走数据,请存成文件。")]
    Newer,
    /// It was, and in a shape that this version cannot even read.
    #[error("本机的数据是更新版本的村治写的,这个旧版本读不了。数据都在,没有动过:请用新版村治打开。")]
    TooNew,
    /// The database cannot be opened.
    #[error("本机的数据库打不开。请关闭其他村治窗口后刷新;仍不行请重启电脑,再不行就用保存文件恢复。")]
    WillNotOpen(String),
    /// There was a village in this browser, and the database is empty now.
    #[error("本机原来有「{0}」的数据,现在是空的:数据库坏了被浏览器清掉,或网站数据被清理过。请用最近的保存文件恢复。")]
    Lost(String),
    /// The connection was closed under the page.
    #[error("数据库被关掉了,可能是浏览器的网站数据被清理。没有保存;请刷新页面看看数据还在不在。")]
    Closed,
    /// Another window has recorded something in the meantime.
    #[error("另一个窗口刚刚记了新内容,这一笔没有保存。请点「重新读取」后再做一次。")]
    Conflict,
    /// The disk or the browser's share of it is full.
    #[error("磁盘空间不够,这一笔没有保存。请清理磁盘后再试。")]
    Full,
    /// The transaction was aborted.
    #[error("这一笔没有保存成功,浏览器没有把它写进去。")]
    Aborted(String),
    /// Something stored is not what this program writes.
    #[error("本机保存的内容读不出来。")]
    Unreadable(String),
}

impl StoreError {
    /// What the browser said, for whoever looks into it; a villager cannot read it.
    pub fn told(&self) -> Option<&str> {
        match self {
            Self::WillNotOpen(words) | Self::Aborted(words) | Self::Unreadable(words) => Some(words),
            _ => None,
        }
    }
}

/// A place for segments and pages.
pub trait Store {
    /// Reads everything part by part, so that work can begin on the first while
    /// the next ones are on their way, and takes note of where it stands: what is
    /// written from here on is refused when somebody else has written since.
    fn load_in_parts(&self, take: impl FnMut(Part)) -> impl Future<Output = Result<(), StoreError>>;

    /// The same, when all of it has come.
    fn load(&self) -> impl Future<Output = Result<Contents, StoreError>> {
        async {
            let mut contents = Contents::default();
            self.load_in_parts(|part| contents.add(part)).await?;
            Ok(contents)
        }
    }

    /// Reads everything for a file; refused when it is no longer what was loaded.
    fn read(&self) -> impl Future<Output = Result<Contents, StoreError>>;

    /// Writes a batch, wholly or not at all.
    fn append(&self, batch: Batch) -> impl Future<Output = Result<(), StoreError>>;

    /// Replaces everything in one transaction. Pictures are put beside those
    /// that are there, which a snapshot may need: [`PhotoStore::sweep_photos`]
    /// removes what nobody needs.
    fn replace(&self, contents: Contents) -> impl Future<Output = Result<(), StoreError>>;

    /// Replaces what this laptop knows of itself.
    fn set_laptop(&self, laptop: Laptop) -> impl Future<Output = Result<(), StoreError>>;
}

/// A place for the pictures of photos, beside the book: they are read one by one
/// when somebody looks at them, and together for a save file.
pub trait PhotoStore {
    /// One picture; `None` where it is not here.
    fn photo(&self, id: PhotoId) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>>;

    /// The ids of all pictures that are here.
    fn photo_ids(&self) -> impl Future<Output = Result<Vec<PhotoId>, StoreError>>;

    /// All pictures.
    fn photos(&self) -> impl Future<Output = Result<Photos, StoreError>>;

    /// Removes every picture that is neither among the living nor needed by a
    /// snapshot. Refused, like every write, when somebody else has written since.
    fn sweep_photos(&self, living: &BTreeSet<PhotoId>) -> impl Future<Output = Result<(), StoreError>>;
}
