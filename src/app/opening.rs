//! Opening what was stored: the laptops' journals are checked, woven into one
//! order and folded into the village.
//!
//! Nothing is repaired. When something does not check, the book holds what
//! lies before it, and the damage says what and where; such a book is for
//! looking and for saving, not for writing.
//!
//! A store hands out its contents part by part. The journal of a single laptop
//! is folded as it comes; where there are several, their acts have to be woven
//! and all of them are waited for. Both ways it is the same fold.

use std::collections::BTreeMap;

use super::book::Book;
use super::woven::{Chain, Depth, OpenError, Woven, WovenAct, chains_after};
use crate::domain::id::DeviceId;
use crate::journal::page;
use crate::storage::{Contents, Laptop, Part, SegmentKey, Store, StoreError};

/// A book, and what of the stored could not be read.
#[derive(Debug)]
pub struct Opened {
    /// The village up to the damage, or all of it.
    pub book: Book,
    /// The first thing that does not check.
    pub damage: Option<OpenError>,
}

/// Opens what was stored, as far as it can be read; `device` names this laptop
/// in an empty store.
pub fn open(contents: &Contents, device: DeviceId) -> Opened {
    let mut folding = Folding::new(contents.laptop, device);
    folding.fold(&contents.segments);
    folding.finish(contents)
}

/// Opens what is in a store while it is being read, and hands out what was read.
pub async fn load(store: &impl Store, device: DeviceId) -> Result<(Opened, Contents), StoreError> {
    let mut folding = Folding::new(None, device);
    let mut contents = Contents::default();
    let mut is_single = false;
    let take = |part: Part| {
        if let Part::Outline { laptop, keys } = &part {
            folding = Folding::new(*laptop, device);
            is_single = keys.iter().all(|key| Some(key.device) == keys.first().map(|first| first.device));
        }
        contents.add(part);
        if is_single {
            folding.fold(&contents.segments);
        }
    };
    store.load_in_parts(take).await?;
    folding.fold(&contents.segments);
    Ok((folding.finish(&contents), contents))
}

/// A book that is being filled with acts.
struct Folding {
    book: Book,
    /// So many of the stored segments have been looked at.
    looked_at: usize,
    /// Whether a journal is broken off: what comes behind that cannot be linked.
    is_broken: bool,
    damage: Option<OpenError>,
}

impl Folding {
    fn new(laptop: Option<Laptop>, device: DeviceId) -> Self {
        Self { book: Book::opening(laptop, device), looked_at: 0, is_broken: false, damage: None }
    }

    /// Folds the acts of the segments that it has not looked at yet, in one order.
    fn fold(&mut self, segments: &[(SegmentKey, Vec<u8>)]) {
        let (before, new) = segments.split_at(self.looked_at);
        self.looked_at = segments.len();
        if self.is_broken {
            return;
        }
        let chains = chains_after(self.book.heads(), before.len(), new);
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

    /// Names are shown also where the journal breaks off.
    fn finish(mut self, contents: &Contents) -> Opened {
        let unread = keep_pages(&mut self.book, contents).err();
        Opened { book: self.book, damage: self.damage.or(unread) }
    }
}

/// Folds all acts in one order. Stops at the first act that cannot be read.
fn fold_acts(book: &mut Book, chains: BTreeMap<DeviceId, Chain<'_>>) -> Option<OpenError> {
    let mut woven = Woven::new(chains, Depth::Checks);
    while let Some(act) = woven.next_act() {
        match act {
            Ok(WovenAct { device, act, .. }) => book.fold(device, act),
            Err(damage) => return Some(damage),
        }
    }
    None
}

fn keep_pages(book: &mut Book, contents: &Contents) -> Result<(), OpenError> {
    let mut damage = Ok(());
    for (key, bytes) in &contents.pages {
        match page::check(bytes) {
            Ok(()) => book.keep_page(*key, bytes.clone()),
            // The other pages are still shown.
            Err(error) => damage = damage.and(Err(OpenError::Page(error))),
        }
    }
    for (_, slip) in &contents.slips {
        match page::read(slip) {
            Ok(records) => book.keep_slip(records),
            Err(error) => damage = damage.and(Err(OpenError::Page(error))),
        }
    }
    damage
}
