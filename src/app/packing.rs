//! Decisions that were made one after another, packed into the contents of a
//! new store: the demo village.

use super::book::SEGMENT_ACTS;
use super::slips::pages_of;
use crate::domain::calendar::Moment;
use crate::domain::decide::Decision;
use crate::domain::id::DeviceId;
use crate::domain::register::{Clock, FieldValue, Owner, Register};
use crate::journal::act::Act;
use crate::journal::segment::{self, Head};
use crate::storage::{Contents, Laptop, SegmentKey};

/// The contents of a new store with all of these.
pub fn contents_of(device: DeviceId, decisions: Vec<(Moment, Decision)>) -> Contents {
    let (mut register, mut clock) = (Register::default(), Clock::default());
    let (mut acts, mut photos) = (Vec::with_capacity(decisions.len()), Vec::new());
    for (sequence, (at, decision)) in (0..).zip(decisions) {
        clock = clock.after(at.0);
        for change in decision.texts {
            let owner: Owner = change.owner;
            register.set(owner, FieldValue { field: change.field, clock, text: change.text });
        }
        photos.extend(decision.photos);
        acts.push(Act { sequence, clock, at, actor: 0, events: decision.events });
    }
    let mut head = Head::genesis(device);
    let segments = acts.chunks(SEGMENT_ACTS).map(|chunk| {
        let (bytes, after) = segment::write(device, head, chunk);
        head = after;
        (SegmentKey { device, first: chunk.first().map_or(0, |act| act.sequence) }, bytes)
    });
    let laptop = Some(Laptop::new(device));
    Contents { laptop, segments: segments.collect(), pages: pages_of(&register), photos, ..Contents::default() }
}
