//! What two laptops recorded that does not go together.
//!
//! Merging is the union of both journals, folded in one order. An event that
//! cannot follow from those before it is not lost and not forced: it is
//! displaced, listed, and settled by the user.

use super::calendar::Moment;
use super::case::record::Happening;
use super::contradiction::Contradiction;
use super::event::Event;
use super::id::{CaseId, DeviceId};
use super::points::settings::Settings;
use super::roster::words;
use super::working_days::YearTable;

/// How much of another laptop's journal was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenJournal {
    /// The other laptop.
    pub device: DeviceId,
    /// How many of its acts.
    pub acts: u64,
}

/// Which event: its act, and its place in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActPlace {
    /// The laptop that recorded the act.
    pub device: DeviceId,
    /// The act's running number there.
    pub sequence: u64,
    /// The event's place in the act, from 0.
    pub event: u32,
}

/// How a displaced event is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// What counts already goes on counting.
    Keep,
    /// The displaced event takes the place of what was in its way.
    Take,
}

words!(Choice { Keep = "保留先记的", Take = "改用后记的" });

/// An event that could not follow from those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displaced {
    /// Which.
    pub place: ActPlace,
    /// When it was recorded.
    pub at: Moment,
    /// What was recorded.
    pub event: Event,
    /// Why it does not go together with what came before.
    pub why: Contradiction,
    /// How it was settled, if it was.
    pub settled: Option<Choice>,
}

impl Displaced {
    /// Whether it was recorded in a month that was closed before.
    pub const fn is_late(&self) -> bool {
        matches!(self.why, Contradiction::Closed(_))
    }

    /// The settings that it would have made count.
    pub const fn settings(&self) -> Option<Settings> {
        match &self.event {
            Event::SettingsChanged(settings) => Some(*settings),
            _ => None,
        }
    }

    /// The working days that it would have made count.
    pub const fn working_days(&self) -> Option<&YearTable> {
        match &self.event {
            Event::WorkingDaysEntered { table, .. } => Some(table),
            _ => None,
        }
    }

    /// The case that it moved, and how.
    pub const fn case(&self) -> Option<(CaseId, Happening)> {
        match &self.event {
            Event::CaseMoved { case, happening } => Some((*case, *happening)),
            _ => None,
        }
    }
}
