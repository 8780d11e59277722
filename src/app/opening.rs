//! Opening what was stored: the laptops' journals are checked, woven into one
//! order and folded into the village.
//!
//! Nothing is repaired. When something does not check, the book holds what
//! lies before it, and the damage says what and where; such a book is for
//! looking and for saving, not for writing.

use std::collections::BTreeMap;

use thiserror::Error;

use super::book::{Book, SEGMENT_ACTS};
use super::tail::Tail;
use crate::domain::id::DeviceId;
use crate::domain::village::Contradiction;
use crate::journal::act::Act;
use crate::journal::page::{self, PageError};
use crate::journal::segment::{self, Head, RawActs, Segment, SegmentError};
use crate::storage::{Contents, SegmentKey};

/// Why the stored village does not open.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// A segment is damaged.
    #[error("第 {index} 段流水读不出来:{cause}。")]
    Segment {
        /// Which, from 1, in stored order.
        index: usize,
        /// Why.
        cause: SegmentError,
    },
    /// A segment does not follow from the one before it.
    #[error("第 {0} 段流水与前一段接不上,中间可能缺了内容。")]
    Gap(usize),
    /// A register page is damaged.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The events contradict each other.
    #[error("流水前后矛盾:{0}。")]
    Contradiction(#[from] Contradiction),
}

/// A book, and what of the stored could not be read.
#[derive(Debug)]
pub struct Opened {
    /// The village up to the damage, or all of it.
    pub book: Book,
    /// The first thing that does not check.
    pub damage: Option<OpenError>,
}

/// One laptop's journal: the segments that follow each other, and why there
/// are no more, if that is not the end.
#[derive(Debug, Default)]
pub(super) struct Chain<'a> {
    /// Segments in order, each with its place among the stored ones.
    pub segments: Vec<(usize, Segment<'a>)>,
    broken: Option<OpenError>,
}

impl Chain<'_> {
    /// Number of acts, and the head after the last one.
    pub(super) fn end(&self, device: DeviceId) -> (u64, Head) {
        self.segments.last().map_or((0, Head::genesis(device)), |(_, last)| {
            (last.first.saturating_add(u64::from(last.count)), last.after)
        })
    }
}

/// The journals in these segments, by laptop. Frames and links are checked;
/// acts are checked when they are read, but those of version 1 have no checks
/// of their own, so their chain is verified at once.
pub(super) fn chains(contents: &Contents) -> BTreeMap<DeviceId, Chain<'_>> {
    let mut chains: BTreeMap<DeviceId, Chain<'_>> = BTreeMap::new();
    for (index, (key, bytes)) in contents.segments.iter().enumerate() {
        let index = index + 1;
        let chain = chains.entry(key.device).or_default();
        if chain.broken.is_some() {
            continue;
        }
        let read = segment::read(bytes).and_then(|segment| {
            let checked = if segment.has_checks() { Ok(()) } else { segment.check_chain() };
            checked.map(|()| segment)
        });
        match read {
            Err(cause) => chain.broken = Some(OpenError::Segment { index, cause }),
            Ok(segment) => {
                let follows = (segment.first, segment.before) == chain.end(key.device);
                if follows && segment.device == key.device {
                    chain.segments.push((index, segment));
                } else {
                    chain.broken = Some(OpenError::Gap(index));
                }
            }
        }
    }
    chains
}

/// A laptop's journal while it is being read: the next act is at hand.
struct Cursor<'a> {
    device: DeviceId,
    segments: std::vec::IntoIter<(usize, Segment<'a>)>,
    acts: Option<(usize, RawActs<'a>)>,
    next: Option<Act>,
    broken: Option<OpenError>,
}

impl<'a> Cursor<'a> {
    fn new(device: DeviceId, chain: Chain<'a>) -> Self {
        let mut cursor =
            Self { device, segments: chain.segments.into_iter(), acts: None, next: None, broken: chain.broken };
        cursor.advance();
        cursor
    }

    fn advance(&mut self) {
        self.next = None;
        loop {
            if let Some((index, acts)) = &mut self.acts {
                match acts.next().map(|raw| raw.and_then(|raw| raw.decode())) {
                    Some(Ok(act)) => {
                        self.next = Some(act);
                        return;
                    }
                    Some(Err(cause)) => {
                        self.broken = Some(OpenError::Segment { index: *index, cause });
                        self.segments = Vec::new().into_iter();
                        self.acts = None;
                        return;
                    }
                    None => {}
                }
            }
            self.acts = self.segments.next().map(|(index, segment)| (index, segment.raw_acts()));
            if self.acts.is_none() {
                return;
            }
        }
    }
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
    let damage = fold(&mut book, chains).or_else(|| read_pages(&mut book, contents).err());
    Opened { book, damage }
}

/// Folds all acts in one order, whichever laptop they come from: by clock,
/// then by laptop. Stops at the first act that cannot be read.
fn fold(book: &mut Book, chains: BTreeMap<DeviceId, Chain<'_>>) -> Option<OpenError> {
    let mut cursors: Vec<Cursor<'_>> = chains.into_iter().map(|(device, chain)| Cursor::new(device, chain)).collect();
    loop {
        if let Some(damage) = cursors.iter_mut().find_map(|cursor| match cursor.next {
            None => cursor.broken.take(),
            Some(_) => None,
        }) {
            return Some(damage);
        }
        let at_hand = cursors.iter_mut().filter_map(|cursor| {
            let order = cursor.next.as_ref().map(|act| (act.clock, cursor.device))?;
            Some((order, cursor))
        });
        let (_, first) = at_hand.min_by_key(|(order, _)| *order)?;
        if let Some(act) = first.next.take() {
            book.fold(first.device, &act);
        }
        first.advance();
    }
}

fn read_pages(book: &mut Book, contents: &Contents) -> Result<(), OpenError> {
    let mut damage = Ok(());
    for (_, bytes) in &contents.pages {
        match page::read(bytes) {
            Ok(owners) => {
                for (owner, values) in owners {
                    for value in values {
                        book.set_field(owner, value);
                    }
                }
            }
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
