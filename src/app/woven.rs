//! The journals of all laptops as one: checked, and in the order in which the
//! village is their fold, by clock and then by laptop.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::domain::id::DeviceId;
use crate::journal::act::Act;
use crate::journal::page::PageError;
use crate::journal::raw_act::RawAct;
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
    #[error("{0}。")]
    Page(#[from] PageError),
}

impl OpenError {
    /// Whether what does not read is an act or a page that agrees with its check: sound,
    /// and written by a newer program. (Newer segments and pages come with a newer
    /// database; without one, their number is what is damaged.)
    pub const fn is_newer(&self) -> bool {
        matches!(self, Self::Segment { cause: SegmentError::NewerAct(_), .. } | Self::Page(PageError::NewerRecord))
    }
}

/// Number of a laptop's acts, and the head after the last one.
pub(super) type End = (u64, Head);

/// One laptop's journal, or a stretch of it: the segments that follow each
/// other, and why there are no more, if that is not the end.
#[derive(Debug)]
pub(super) struct Chain<'a> {
    /// Segments in order, each with its place among the stored ones.
    pub segments: Vec<(usize, Segment<'a>)>,
    begin: End,
    broken: Option<OpenError>,
}

impl Chain<'_> {
    /// Where it ends.
    pub(super) fn end(&self) -> End {
        let last = self.segments.last();
        last.map_or(self.begin, |(_, last)| (last.first.saturating_add(u64::from(last.count)), last.after))
    }

    /// Whether there is something behind its end that does not follow.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }
}

/// The journals in everything that is stored, by laptop.
pub(super) fn chains(contents: &Contents) -> BTreeMap<DeviceId, Chain<'_>> {
    chains_after(&BTreeMap::new(), 0, &contents.segments)
}

/// The journals in these segments, by laptop, as far as they follow from where
/// each laptop's journal has come to; `before` segments are stored before these.
/// Frames and links are checked; acts are checked when they are read, but those
/// of version 1 have no checks of their own, so their chain is verified at once.
/// A damaged frame takes none of the acts with it that agree with their checks.
#[inline(never)]
pub(super) fn chains_after<'a>(
    ends: &BTreeMap<DeviceId, End>,
    before: usize,
    segments: &'a [(SegmentKey, Vec<u8>)],
) -> BTreeMap<DeviceId, Chain<'a>> {
    let mut chains: BTreeMap<DeviceId, Chain<'a>> = BTreeMap::new();
    for (index, (key, bytes)) in segments.iter().enumerate() {
        let index = before + index + 1;
        let chain = chains.entry(key.device).or_insert_with(|| {
            let begin = ends.get(&key.device).copied().unwrap_or((0, Head::genesis(key.device)));
            Chain { segments: Vec::new(), begin, broken: None }
        });
        if chain.broken.is_some() {
            continue;
        }
        let read = segment::read(bytes).and_then(|segment| segment.check_unchecked().map(|()| segment));
        match read {
            Err(cause) => {
                let (first, before) = chain.end();
                let (sound, end) = segment::salvage(bytes, key.device, first, before);
                let cause = if sound.count > 0 || cause == SegmentError::Cut { end } else { cause };
                if sound.count > 0 {
                    chain.segments.push((index, sound));
                }
                chain.broken = Some(OpenError::Segment { index, cause });
            }
            Ok(segment) => {
                let follows = (segment.first, segment.before) == chain.end();
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

/// What proves a segment, beyond the checks of its acts, which find damage: a function,
/// such as [`Segment::check_chain`], so that opening carries nothing of what it needs.
pub(super) type Proof = for<'a> fn(Segment<'a>) -> Result<(), SegmentError>;

/// An act in its place among those of all laptops.
#[derive(Debug)]
pub(super) struct WovenAct<'a, 'b> {
    /// The laptop that recorded it.
    pub device: DeviceId,
    /// Its bytes.
    pub raw: RawAct<'a>,
    /// What they say.
    pub act: &'b Act,
}

/// A laptop's journal while it is being read: the next act is at hand.
struct Cursor<'a> {
    device: DeviceId,
    proof: Option<Proof>,
    segments: std::vec::IntoIter<(usize, Segment<'a>)>,
    here: Option<(usize, RawActs<'a>)>,
    /// The bytes of the act at hand; what they say is in `act`.
    raw: Option<RawAct<'a>>,
    act: Act,
    /// The act which the chain names as altered: those of its segment before it count.
    altered: Option<u64>,
    broken: Option<OpenError>,
}

impl<'a> Cursor<'a> {
    fn new(device: DeviceId, proof: Option<Proof>, chain: Chain<'a>) -> Self {
        let (segments, act) = (chain.segments.into_iter(), Act::blank());
        let mut cursor =
            Self { device, proof, segments, here: None, raw: None, act, altered: None, broken: chain.broken };
        cursor.advance();
        cursor
    }

    fn advance(&mut self) {
        match self.take() {
            Ok(raw) => self.raw = raw,
            Err(damage) => {
                self.raw = None;
                self.broken = Some(damage);
                self.segments = Vec::new().into_iter();
                self.here = None;
            }
        }
    }

    fn take(&mut self) -> Result<Option<RawAct<'a>>, OpenError> {
        loop {
            if let Some((index, acts)) = &mut self.here {
                let index = *index;
                let damaged = |cause| OpenError::Segment { index, cause };
                if let Some(raw) = acts.next().transpose().map_err(damaged)? {
                    if self.altered == Some(raw.sequence) {
                        return Err(damaged(SegmentError::Altered(raw.sequence)));
                    }
                    raw.decode_into(&mut self.act).map_err(damaged)?;
                    return Ok(Some(raw));
                }
            }
            let Some((index, segment)) = self.segments.next() else {
                return Ok(None);
            };
            // The chain speaks of a segment as a whole, so none of its acts is
            // given out as unaltered before all of it has been looked at.
            if let Some(prove) = self.proof {
                match prove(segment) {
                    Err(SegmentError::Altered(sequence)) => self.altered = Some(sequence),
                    proof => proof.map_err(|cause| OpenError::Segment { index, cause })?,
                }
            }
            self.here = Some((index, segment.raw_acts()));
        }
    }
}

/// All acts in one order. Where one cannot be read, that laptop's journal ends
/// there; the others go on, and the damage comes last. An act lives until the
/// next one is asked for.
pub(super) struct Woven<'a> {
    cursors: Vec<Cursor<'a>>,
    /// The cursor whose act was given out last.
    given: Option<usize>,
}

impl<'a> Woven<'a> {
    /// The acts of these journals.
    pub(super) fn new(chains: BTreeMap<DeviceId, Chain<'a>>, proof: Option<Proof>) -> Self {
        let cursors = chains.into_iter().map(|(device, chain)| Cursor::new(device, proof, chain));
        Self { cursors: cursors.collect(), given: None }
    }

    /// The next act.
    pub(super) fn next_act(&mut self) -> Option<Result<WovenAct<'a, '_>, OpenError>> {
        if let Some(given) = self.given.take() {
            self.cursors[given].advance();
        }
        let at_hand = self.cursors.iter().enumerate().filter(|(_, cursor)| cursor.raw.is_some());
        let Some((first, _)) = at_hand.min_by_key(|(_, cursor)| (cursor.act.clock, cursor.device)) else {
            return self.cursors.iter_mut().find_map(|cursor| cursor.broken.take()).map(Err);
        };
        self.given = Some(first);
        let Cursor { device, raw, act, .. } = &self.cursors[first];
        Some(Ok(WovenAct { device: *device, raw: (*raw)?, act }))
    }
}
