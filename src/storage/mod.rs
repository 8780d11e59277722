//! Where the bytes live: a trait, a store in memory for tests, and IndexedDB.
//!
//! A store knows nothing of the village. It keeps segments under their device
//! and first sequence number, register pages under their key, and a few words
//! about this laptop, and it writes a batch wholly or not at all.

use std::future::Future;

use thiserror::Error;

use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;
use crate::domain::register::PageKey;

#[cfg(feature = "browser")]
pub mod idb;
pub mod memory;

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
}

/// Everything in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// This laptop; `None` in an empty store.
    pub laptop: Option<Laptop>,
    /// Segments in the order of their keys.
    pub segments: Vec<(SegmentKey, Vec<u8>)>,
    /// Register pages.
    pub pages: Vec<(PageKey, Vec<u8>)>,
}

/// What is written together.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// New segments; a key that is there already fails the whole batch.
    pub segments: Vec<(SegmentKey, Vec<u8>)>,
    /// Segments that go in the same transaction: compaction folds them into others.
    pub removed: Vec<SegmentKey>,
    /// Pages to be replaced.
    pub pages: Vec<(PageKey, Vec<u8>)>,
    /// What this laptop knows of itself, where the store does not hold it yet.
    pub laptop: Option<Laptop>,
    /// How surely it has to be on the disk when the store says so.
    pub durability: Durability,
}

/// When a write counts as done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// When the disk has it: for everything that a person did.
    #[default]
    Strict,
    /// When the operating system has it: for what can be done again from what
    /// is there anyway, such as compaction.
    Relaxed,
}

/// Why a store did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The browser does not let the page keep data.
    #[error("浏览器不允许本页保存数据。请关闭无痕模式,或换用系统自带的浏览器打开。")]
    Denied,
    /// The database cannot be opened.
    #[error("本机的数据库打不开({0})。数据还在,请关闭其他村治窗口后刷新;仍不行就用保存文件恢复。")]
    WillNotOpen(String),
    /// Another window has recorded something in the meantime.
    #[error("另一个窗口刚刚记了新内容,本窗口的数据已旧,请刷新页面后再做一次。")]
    Conflict,
    /// The disk or the browser's share of it is full.
    #[error("磁盘空间不够,没有保存。请清理磁盘后再试;已经填写的内容还在。")]
    Full,
    /// The transaction was aborted.
    #[error("没有保存成功({0})。请先下载保存文件,再刷新页面重试。")]
    Aborted(String),
    /// Something stored is not what this program writes.
    #[error("本机保存的内容读不出来({0})。")]
    Unreadable(String),
}

/// A place for segments and pages.
pub trait Store {
    /// Reads everything.
    fn load(&self) -> impl Future<Output = Result<Contents, StoreError>>;

    /// Writes a batch durably, wholly or not at all.
    fn append(&self, batch: Batch) -> impl Future<Output = Result<(), StoreError>>;

    /// Replaces everything in one transaction.
    fn replace(&self, contents: Contents) -> impl Future<Output = Result<(), StoreError>>;

    /// Replaces what this laptop knows of itself.
    fn set_laptop(&self, laptop: Laptop) -> impl Future<Output = Result<(), StoreError>>;
}
