//! An act: everything that one command led to. It is the unit of writing, of
//! merging, and of the hash chain, so it exists wholly or not at all.

use super::cbor::Reader;
use super::wire::{Wire, put_into};
use crate::domain::calendar::Moment;
use crate::domain::event::Event;
use crate::domain::register::Clock;

/// One command's events. Its identity is (device, sequence); the device
/// stands in the segment's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Running number on this device, from 0, without gaps.
    pub sequence: u64,
    /// When, as a hybrid logical clock: later acts have greater clocks.
    pub clock: Clock,
    /// When, as the laptop's clock showed it.
    pub at: Moment,
    /// Which of the staff was at the laptop, by raw id; 0 for nobody that was named.
    pub actor: u64,
    /// What happened, in order.
    pub events: Vec<Event>,
}

impl Act {
    /// Appends the act as CBOR; says where [`Self::read_rest`] begins.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) -> usize {
        write_head(bytes, self.sequence, self.clock, self.at);
        let head = bytes.len();
        put_into(bytes, &self.actor);
        put_into(bytes, &self.events);
        head
    }

    /// An act without anything, to be read into.
    pub fn blank() -> Self {
        Self { sequence: 0, clock: Clock::default(), at: Moment(0), actor: 0, events: Vec::new() }
    }

    /// Reads what follows the head, in the place of what is there. Trailing bytes are
    /// fields that a later version added, and are left alone.
    pub(super) fn read_rest(&mut self, d: &mut Reader<'_>) -> Option<()> {
        self.actor = u64::take(d)?;
        self.events.clear();
        let count = d.array()?;
        for _ in 0..count {
            self.events.push(Event::take(d)?);
        }
        Some(())
    }
}

/// Appends what an act begins with.
pub(super) fn write_head(bytes: &mut Vec<u8>, sequence: u64, clock: Clock, at: Moment) {
    put_into(bytes, &sequence);
    put_into(bytes, &clock);
    put_into(bytes, &at);
}

/// Reads what an act begins with, and the bytes behind it.
pub(super) fn read_head(bytes: &[u8]) -> Option<(u64, Clock, Moment, &[u8])> {
    let mut reader = Reader::new(bytes);
    let d = &mut reader;
    let head = (u64::take(d)?, Clock::take(d)?, Moment::take(d)?);
    Some((head.0, head.1, head.2, reader.rest()))
}
