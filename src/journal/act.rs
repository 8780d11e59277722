//! An act: everything that one command led to. It is the unit of writing, of
//! merging, and of the hash chain, so it exists wholly or not at all.

use minicbor::Decoder;

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
    /// Who: 0 until the village names its users.
    pub actor: u32,
    /// What happened, in order.
    pub events: Vec<Event>,
}

impl Act {
    /// Appends the act.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        put_into(bytes, &self.sequence);
        put_into(bytes, &self.clock);
        put_into(bytes, &self.at);
        put_into(bytes, &self.actor);
        put_into(bytes, &self.events);
    }

    /// Reads an act from exactly these bytes. Trailing bytes are fields that a
    /// later version added, and are left alone.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut decoder = Decoder::new(bytes);
        let d = &mut decoder;
        Some(Self {
            sequence: u64::take(d).ok()?,
            clock: Clock::take(d).ok()?,
            at: Moment::take(d).ok()?,
            actor: u32::take(d).ok()?,
            events: Vec::take(d).ok()?,
        })
    }
}
