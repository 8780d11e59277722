//! Opening what was stored: the laptops' journals are checked, woven into one
//! order and folded into the village.
//!
//! Nothing is repaired. When something does not check, the book holds what
//! lies before it, and the damage says what and where; such a book is for
//! looking and for saving, not for writing.

use std::collections::BTreeMap;

use super::book::{Book, SEGMENT_ACTS};
use super::tail::Tail;
use super::woven::{Chain, Depth, OpenError, Woven, WovenAct, chains};
use crate::domain::id::DeviceId;
use crate::journal::page;
use crate::journal::segment::Segment;
use crate::storage::{Contents, SegmentKey};

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
    let mut book = Book::opening(contents, device);
    let chains = chains(contents);
    for (device, chain) in &chains {
        let (acts, head) = chain.end(*device);
        book.set_head(*device, acts, head);
    }
    if let Some(own) = chains.get(&book.laptop().device) {
        book.set_tail(tail_of(book.laptop().device, own));
    }
    // Names are shown also where the journal breaks off.
    let (broken, unread) = (fold(&mut book, chains), keep_pages(&mut book, contents).err());
    Opened { book, damage: broken.or(unread) }
}

/// Folds all acts in one order. Stops at the first act that cannot be read.
fn fold(book: &mut Book, chains: BTreeMap<DeviceId, Chain<'_>>) -> Option<OpenError> {
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
    damage
}

/// The segments at the end that are not full.
fn tail_of(device: DeviceId, chain: &Chain<'_>) -> Tail {
    let small = |(_, segment): &&(usize, Segment<'_>)| (segment.count as usize) < SEGMENT_ACTS;
    let count = chain.segments.iter().rev().take_while(small).count();
    let (_, rest) = chain.segments.split_at(chain.segments.len() - count);
    let (first, before) = rest.first().map_or_else(|| chain.end(device), |(_, first)| (first.first, first.before));
    let mut tail = Tail::new(first, before);
    for (_, segment) in rest {
        tail.push(SegmentKey { device, first: segment.first }, *segment);
    }
    tail
}
