//! Save files: out of a store's contents, and back after everything is checked.

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::book::{Book, Founding};
use super::photos::{self, Agreement};
use super::slips::settled_pages;
use super::woven::OpenError;
use crate::domain::calendar::{Moment, iso_date, long_date};
use crate::domain::id::DeviceId;
use crate::domain::register::PageKey;
use crate::journal::page::{self, PageError};
use crate::journal::savefile::{self, Header, Holdings, SaveFileError, VillageId};
use crate::journal::segment::{self, SegmentError};
use crate::report::merge_preview::laptop_number;
use crate::report::tag::counted;
use crate::storage::{Contents, Laptop, Photos, SegmentKey};

/// Why a save file is not restored. The live data are untouched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The file itself is refused.
    #[error(transparent)]
    File(#[from] SaveFileError),
    /// Something in it was written by a newer program.
    #[error("这个文件由更新的版本保存,没有采用。请先升级村治,再打开这个文件。")]
    Newer,
    /// A segment in it is refused.
    #[error("文件里的流水读不出来:{0}。请换一份保存文件。")]
    Segment(SegmentError),
    /// A register page in it is refused.
    #[error("{0}。请换一份保存文件。")]
    Page(PageError),
    /// Its contents do not make a village.
    #[error("文件里的内容不成账:{0}请换一份保存文件。")]
    Open(OpenError),
    /// It holds another number of something than it says.
    #[error("文件写着有 {said} {what},读出来是 {found} {what},对不上,没有采用。请换一份保存文件。")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many the header says.
        said: u64,
        /// How many there are.
        found: u64,
    },
    /// It says that it is of a village of which it is not.
    #[error("文件写着的村庄编号与里面的流水对不上,没有采用。请换一份保存文件。")]
    Identity,
    /// A photo is not the one that the journal speaks of; which, from 1.
    #[error("文件里的第 {0} 张照片与流水里登记的不是同一张,没有采用。请换一份保存文件。")]
    Photo(usize),
    /// There is no village in it.
    #[error("这个文件里没有村庄数据。请换一份保存文件。")]
    Empty,
}

impl From<SegmentError> for RestoreError {
    fn from(error: SegmentError) -> Self {
        match error {
            SegmentError::Newer(_) | SegmentError::NewerAct(_) => Self::Newer,
            error => Self::Segment(error),
        }
    }
}

impl From<PageError> for RestoreError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Newer(_) | PageError::NewerRecord => Self::Newer,
            PageError::Damaged => Self::Page(error),
        }
    }
}

impl From<OpenError> for RestoreError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Segment { cause: SegmentError::Newer(_) | SegmentError::NewerAct(_), .. }
            | OpenError::Page(PageError::Newer(_) | PageError::NewerRecord) => Self::Newer,
            error => Self::Open(error),
        }
    }
}

/// A save file that has been checked and can be put in place.
#[derive(Debug)]
pub struct Restorable {
    /// Name of the village.
    pub village: String,
    /// Which village it is.
    pub identity: Option<VillageId>,
    /// When the file was made.
    pub made: Moment,
    /// How much is in it.
    pub holds: Holdings,
    /// What a store would hold.
    pub contents: Contents,
    /// The village that it makes.
    pub book: Book,
}

/// How much is in a book.
pub fn holdings(book: &Book) -> Holdings {
    let village = book.village();
    Holdings {
        acts: book.acts(),
        entries: village.entries.len() as u64,
        cases: village.cases.len() as u64,
        households: village.people.households.len() as u64,
        people: village.people.persons.len() as u64,
    }
}

/// Which village the book is of; `None` before it is founded.
pub fn identity(book: &Book) -> Option<VillageId> {
    let Founding { device, sequence, clock, at } = book.founding()?;
    let mut hasher = Sha256::new();
    hasher.update(b"cunzhi village 1");
    hasher.update(device.0.to_le_bytes());
    hasher.update(sequence.to_le_bytes());
    hasher.update(clock.0.to_le_bytes());
    hasher.update(at.0.to_le_bytes());
    Some(VillageId(hasher.finalize().into()))
}

/// How many acts the segments say they hold; what cannot be read holds none.
fn acts_in(contents: &Contents) -> u64 {
    let segments = contents.segments.iter().filter_map(|(_, bytes)| segment::read(bytes).ok());
    segments.map(|segment| u64::from(segment.count)).sum()
}

/// The bytes of a save file of these contents. It says how much it holds
/// where `book` is the book of these very contents: not for one that does not
/// open, nor when something was recorded after they were read.
pub fn save_file(contents: &Contents, book: &Book, now: Moment) -> Vec<u8> {
    let pages = settled_pages(contents);
    let is_whole = acts_in(contents) == book.acts();
    let header = Header {
        village: book.village().profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default(),
        made: now,
        device: book.laptop().device,
        segments: u32::try_from(contents.segments.len()).unwrap_or(u32::MAX),
        pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        identity: identity(book),
        holds: is_whole.then(|| holdings(book)),
    };
    let segments: Vec<_> = contents.segments.iter().map(|(_, bytes)| bytes.clone()).collect();
    let pages: Vec<_> = pages.into_iter().map(|(_, bytes)| bytes).collect();
    // Where not everything opens, nothing can be told of photos either: all are kept as they are.
    let photos = if is_whole { photos::sound(book.village(), &contents.photos) } else { contents.photos.clone() };
    savefile::write(&header, &segments, &pages, &photos)
}

/// A save file together with pictures that were kept apart from it: a snapshot.
pub fn with_photos(bytes: &[u8], photos: &Photos, device: DeviceId) -> Result<Vec<u8>, RestoreError> {
    let photos = photos::sound(check(bytes, device)?.book.village(), photos);
    let file = savefile::read(bytes)?;
    Ok(savefile::write(&file.header, &file.segments, &file.pages, &photos))
}

/// The name under which a save file is downloaded.
pub fn file_name(book: &Book, now: Moment) -> String {
    let (hour, minute) = now.hour_minute();
    format!("{}_{}_{hour:02}{minute:02}.cunzhi", file_village(book), iso_date(now.date()))
}

/// The same name every time, so that a stick holds one file for each village
/// and laptop: another laptop's file must not be written over before it is merged.
pub fn folder_file_name(book: &Book) -> String {
    format!("{}_自动保存_{}.cunzhi", file_village(book), laptop_number(book.laptop().device))
}

/// The village's name as far as it may stand in the name of a file.
fn file_village(book: &Book) -> String {
    let village = book.village().profile.as_ref().map_or("村治", |profile| profile.name.as_str());
    village.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The name of the same file under a passphrase.
pub fn sealed_name(name: &str) -> String {
    format!("{name}.age")
}

/// Checks a save file completely. `device` is a new id for this laptop: what
/// is recorded after restoring an older file must not carry numbers that were
/// given out before.
pub fn check(bytes: &[u8], device: DeviceId) -> Result<Restorable, RestoreError> {
    let file = savefile::read(bytes)?;
    let laptop = Laptop::new(device);
    let mut contents = Contents { laptop: Some(laptop), ..Contents::default() };
    for bytes in file.segments {
        let segment = segment::read(&bytes)?;
        segment.check_chain()?;
        let key = SegmentKey { device: segment.device, first: segment.first };
        contents.segments.push((key, bytes));
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
    let laptop = laptop.saved(file.header.made, book.extent());
    contents.laptop = Some(laptop);
    book.set_laptop(laptop);
    let profile = book.village().profile.as_ref().ok_or(RestoreError::Empty)?;
    let village = profile.name.clone();
    let (identity, holds) = (identity(&book), holdings(&book));
    compare(file.header.holds, holds)?;
    if file.header.identity.is_some_and(|said| Some(said) != identity) {
        return Err(RestoreError::Identity);
    }
    contents.photos = wanted(&book, file.photos)?;
    Ok(Restorable { village, identity, made: file.header.made, holds, contents, book })
}

/// The photos that the village still has, each checked.
fn wanted(book: &Book, photos: Photos) -> Result<Photos, RestoreError> {
    let mut wanted = Photos::with_capacity(photos.len());
    for (place, (id, picture)) in (1..).zip(photos) {
        match photos::compare(book.village(), id, &picture) {
            Agreement::Same => wanted.push((id, picture)),
            Agreement::Different => return Err(RestoreError::Photo(place)),
            Agreement::NotWanted => {}
        }
    }
    Ok(wanted)
}

/// Compares what a file says it holds with what was read from it.
fn compare(said: Option<Holdings>, found: Holdings) -> Result<(), RestoreError> {
    let Some(said) = said else { return Ok(()) };
    let counts = [
        ("笔记录", said.acts, found.acts),
        ("条积分", said.entries, found.entries),
        ("件事项", said.cases, found.cases),
        ("户", said.households, found.households),
        ("人", said.people, found.people),
    ];
    match counts.into_iter().find(|(_, said, found)| said != found) {
        Some((what, said, found)) => Err(RestoreError::Count { what, said, found }),
        None => Ok(()),
    }
}

impl Restorable {
    /// The same as a way back within this browser: no file has left it, so the
    /// last one is as old as it was, and nothing of this is known to be in it.
    #[must_use]
    pub fn unsaved(mut self, saved_at: Option<Moment>) -> Self {
        let laptop = Laptop { saved_at, ..Laptop::new(self.book.laptop().device) };
        self.contents.laptop = Some(laptop);
        self.book.set_laptop(laptop);
        self
    }

    /// 「柳湾村,2025年9月30日保存,410 户 1,740 人」
    pub fn summary(&self) -> String {
        let made = long_date(self.made.date());
        let Holdings { acts, households, people, .. } = self.holds;
        let photos = match self.contents.photos.len() {
            0 => String::new(),
            count => format!(",{count} 张照片"),
        };
        let [households, people, acts] = [counted(households), counted(people), counted(acts)];
        format!("{},{made}保存,{households} 户 {people} 人,{acts} 笔记录{photos}", self.village)
    }

    /// Whether this is a file of another village than the one that lives here.
    pub fn is_stranger_to(&self, living: Option<VillageId>) -> bool {
        living.is_some() && self.identity != living
    }
}
