//! The end of this laptop's journal: every act is a small segment of its own
//! until many of them are folded into one.

use super::book::SEGMENT_ACTS;
use crate::domain::id::DeviceId;
use crate::journal::raw_act::KeptAct;
use crate::journal::segment::{self, Head, Segment};
use crate::storage::{Batch, SegmentKey};

/// So many small segments are worth folding.
const FOLD_AT: usize = 128;

/// The small segments at the end of a journal, with their acts as bytes.
#[derive(Clone, Debug)]
pub struct Tail {
    first: u64,
    before: Head,
    after: Head,
    keys: Vec<SegmentKey>,
    acts: Vec<KeptAct>,
}

impl Tail {
    /// Nothing yet, from this sequence number and head on.
    pub fn new(first: u64, before: Head) -> Self {
        Self { first, before, after: before, keys: Vec::new(), acts: Vec::new() }
    }

    /// Takes note of a segment that was stored. Behind a full one the tail begins
    /// anew. What cannot be read ends the tail: it is not folded.
    pub fn push(&mut self, key: SegmentKey, segment: Segment<'_>) {
        if segment.count as usize >= SEGMENT_ACTS {
            *self = Self::new(segment.first.saturating_add(u64::from(segment.count)), segment.after);
            return;
        }
        if segment.before != self.after {
            return;
        }
        let acts: Result<Vec<_>, _> = segment.raw_acts().map(|act| act.map(KeptAct::of)).collect();
        if let Ok(acts) = acts {
            self.keys.push(key);
            self.acts.extend(acts);
            self.after = segment.after;
        }
    }

    /// Whether it is worth folding.
    pub fn is_long(&self) -> bool {
        self.keys.len() >= FOLD_AT
    }

    /// The batch that puts one segment, without slips, in the place of these.
    pub fn folded(&self, device: DeviceId) -> Option<Batch> {
        if self.keys.is_empty() {
            return None;
        }
        let (bytes, head) = segment::write_raw(device, self.before, self.acts.iter().map(KeptAct::raw));
        let segments = vec![(SegmentKey { device, first: self.first }, bytes)];
        let batch = Batch { segments, removed: self.keys.clone(), ..Batch::default() };
        // The chain runs through the acts: another head would mean that they are not the same.
        (head == self.after).then_some(batch)
    }

    /// Takes note that the folded segment is stored.
    pub fn set_compacted(&mut self, device: DeviceId) {
        if self.acts.len() >= SEGMENT_ACTS {
            *self = Self::new(self.first + self.acts.len() as u64, self.after);
        } else {
            self.keys = vec![SegmentKey { device, first: self.first }];
        }
    }
}
