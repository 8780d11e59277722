//! Save files: out of a store's contents, and back after everything is checked.

use thiserror::Error;

use super::book::{Book, OpenError};
use crate::domain::calendar::{Moment, iso_date, long_date};
use crate::domain::id::DeviceId;
use crate::domain::register::PageKey;
use crate::journal::page::{self, PageError};
use crate::journal::savefile::{self, Header, SaveFileError};
use crate::journal::segment::{self, SegmentError};
use crate::storage::{Contents, Laptop, SegmentKey};

/// Why a save file is not restored. The live data are untouched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The file itself is refused.
    #[error(transparent)]
    File(#[from] SaveFileError),
    /// A segment in it is refused.
    #[error("文件里的流水读不出来:{0}。请换一份保存文件。")]
    Segment(#[from] SegmentError),
    /// A register page in it is refused.
    #[error("{0}。请换一份保存文件。")]
    Page(#[from] PageError),
    /// Its contents do not make a village.
    #[error("文件里的内容不成账:{0}请换一份保存文件。")]
    Open(#[from] OpenError),
    /// There is no village in it.
    #[error("这个文件里没有村庄数据。")]
    Empty,
}

/// A save file that has been checked and can be put in place.
#[derive(Debug)]
pub struct Restorable {
    /// Name of the village.
    pub village: String,
    /// When the file was made.
    pub made: Moment,
    /// Households in it.
    pub households: usize,
    /// People in it.
    pub people: usize,
    /// Acts in it.
    pub acts: u64,
    /// What a store would hold.
    pub contents: Contents,
    /// The village that it makes.
    pub book: Book,
}

/// The bytes of a save file of these contents.
pub fn save_file(contents: &Contents, book: &Book, now: Moment) -> Vec<u8> {
    let header = Header {
        village: book.village().profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default(),
        made: now,
        device: book.laptop().device,
        segments: u32::try_from(contents.segments.len()).unwrap_or(u32::MAX),
        pages: u32::try_from(contents.pages.len()).unwrap_or(u32::MAX),
    };
    let segments: Vec<_> = contents.segments.iter().map(|(_, bytes)| bytes.clone()).collect();
    let pages: Vec<_> = contents.pages.iter().map(|(_, bytes)| bytes.clone()).collect();
    savefile::write(&header, &segments, &pages)
}

/// The name under which a save file is downloaded.
pub fn file_name(book: &Book, now: Moment) -> String {
    let village = book.village().profile.as_ref().map_or("村治", |profile| profile.name.as_str());
    let village: String = village.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let (hour, minute) = now.hour_minute();
    format!("{village}_{}_{hour:02}{minute:02}.cunzhi", iso_date(now.date()))
}

/// Checks a save file completely. `device` is a new id for this laptop: what
/// is recorded after restoring an older file must not carry numbers that were
/// given out before.
pub fn check(bytes: &[u8], device: DeviceId) -> Result<Restorable, RestoreError> {
    let file = savefile::read(bytes)?;
    let laptop = Laptop { device, saved_at: Some(file.header.made), saved_acts: 0 };
    let mut contents = Contents { laptop: Some(laptop), ..Contents::default() };
    for bytes in file.segments {
        let segment = segment::read(&bytes)?;
        let first = segment.acts.first().map_or(0, |act| act.sequence);
        contents.segments.push((SegmentKey { device: segment.device, first }, bytes));
    }
    contents.segments.sort_by_key(|(key, _)| *key);
    for bytes in file.pages {
        let owners = page::read(&bytes)?;
        // An empty page has no key and nothing to restore.
        if let Some((owner, _)) = owners.first() {
            contents.pages.push((PageKey::from(*owner), bytes));
        }
    }
    let mut book = Book::open(&contents, device)?;
    let laptop = Laptop { saved_acts: book.acts(), ..laptop };
    contents.laptop = Some(laptop);
    book.set_laptop(laptop);
    let profile = book.village().profile.as_ref().ok_or(RestoreError::Empty)?;
    Ok(Restorable {
        village: profile.name.clone(),
        made: file.header.made,
        households: book.village().people.households.len(),
        people: book.village().people.persons.len(),
        acts: book.acts(),
        contents,
        book,
    })
}

impl Restorable {
    /// 「柳湾村,2025年9月30日保存,410 户 1740 人」
    pub fn summary(&self) -> String {
        let made = long_date(self.made.date());
        format!("{},{made}保存,{} 户 {} 人,{} 笔记录", self.village, self.households, self.people, self.acts)
    }
}
