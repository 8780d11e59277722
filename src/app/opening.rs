//! Opening what was stored: the laptops' journals are checked, woven into one
//! order and folded into the village.
//!
//! Nothing is repaired. When something does not check, the book holds what
//! lies before it and what other laptops recorded, and the damage says what and
//! where; such a book is for looking and for saving, not for writing.
//!
//! A store hands out its contents part by part. The journal of a single laptop
//! is folded as it comes; where there are several, their acts have to be woven
//! and all of them are waited for. Both ways it is the same fold.

use std::collections::BTreeMap;

use super::book::Book;
use super::woven::{Chain, OpenError, Woven, WovenAct, chains_after};
use crate::domain::id::DeviceId;
use crate::domain::register::PageKey;
use crate::journal::page::{self, PageError};
use crate::storage::{Contents, Laptop, Part, SegmentKey, Store, StoreError};

/// A book, and what of the stored could not be read.
#[derive(Debug)]
pub struct Opened {
    /// The village without what is damaged and what follows that, or all of it.
    pub book: Book,
    /// The first thing that does not check.
    pub damage: Option<OpenError>,
}

/// Opens what was stored, as far as it can be read; `device` names this laptop
/// in an empty store.
pub fn open(contents: &Contents, device: DeviceId) -> Opened {
    let mut folding = Folding::new(contents.laptop, device);
    folding.fold(&contents.segments);
    folding.keep_pages(contents.pages.iter().cloned());
    folding.keep_slips(&contents.slips);
    folding.opened()
}

/// Opens what is in a store while it is being read. The bytes of what has been
/// folded are let go: a county has tens of megabytes of them.
pub async fn load(store: &impl Store, device: DeviceId) -> Result<Opened, StoreError> {
    let mut folding = Folding::new(None, device);
    let mut is_single = false;
    let (mut waiting, mut all_slips) = (Vec::new(), Vec::new());
    let take = |part: Part| match part {
        Part::Outline { laptop, keys } => {
            folding = Folding::new(laptop, device);
            is_single = keys.iter().all(|key| Some(key.device) == keys.first().map(|first| first.device));
        }
        Part::Segments { segments, slips } => {
            all_slips.extend(slips);
            if is_single {
                folding.fold(&segments);
            } else {
                waiting.extend(segments);
            }
        }
        Part::Pages(pages) => folding.keep_pages(pages.into_iter()),
    };
    store.load_in_parts(take).await?;
    folding.fold(&waiting);
    folding.keep_slips(&all_slips);
    Ok(folding.opened())
}

/// A book that is being filled with what was stored.
struct Folding {
    book: Book,
    /// So many of the stored segments have been looked at.
    looked_at: usize,
    /// Whether a journal is broken off: what comes behind that cannot be linked.
    is_broken: bool,
    damage: Option<OpenError>,
    /// The first page or slip that cannot be read. The others are shown, also
    /// where the journal breaks off.
    unread: Option<OpenError>,
}

impl Folding {
    fn new(laptop: Option<Laptop>, device: DeviceId) -> Self {
        let book = Book::opening(laptop, device);
        Self { book, looked_at: 0, is_broken: false, damage: None, unread: None }
    }

    /// Folds the acts of the next segments, in one order.
    fn fold(&mut self, segments: &[(SegmentKey, Vec<u8>)]) {
        let before = self.looked_at;
        self.looked_at += segments.len();
        if self.is_broken {
            return;
        }
        let chains = chains_after(self.book.heads(), before, segments);
        for (device, chain) in &chains {
            let (acts, head) = chain.end();
            self.book.set_head(*device, acts, head);
            if *device == self.book.laptop().device {
                chain.segments.iter().for_each(|(_, segment)| self.book.note_segment(*segment));
            }
            self.is_broken |= chain.is_broken();
        }
        if self.damage.is_none() {
            self.damage = fold_acts(&mut self.book, chains);
        }
    }

    fn keep_pages(&mut self, pages: impl Iterator<Item = (PageKey, Vec<u8>)>) {
        for (key, bytes) in pages {
            match page::check(&bytes) {
                Ok(()) => self.book.keep_page(key, bytes),
                Err(error) => self.note_unread(error),
            }
        }
    }

    fn keep_slips(&mut self, slips: &[(SegmentKey, Vec<u8>)]) {
        for (_, slip) in slips {
            match page::read(slip) {
                Ok(records) => self.book.keep_slip(records),
                Err(error) => self.note_unread(error),
            }
        }
    }

    fn note_unread(&mut self, error: PageError) {
        self.unread.get_or_insert(OpenError::Page(error));
    }

    fn opened(self) -> Opened {
        Opened { book: self.book, damage: self.damage.or(self.unread) }
    }
}

/// Folds all acts in one order, each laptop's as far as they can be read.
#[inline(never)]
fn fold_acts(book: &mut Book, chains: BTreeMap<DeviceId, Chain<'_>>) -> Option<OpenError> {
    let mut woven = Woven::new(chains, None);
    while let Some(act) = woven.next_act() {
        match act {
            Ok(WovenAct { device, act, .. }) => book.fold(device, act),
            Err(damage) => return Some(damage),
        }
    }
    None
}
