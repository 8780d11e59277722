//! Whose act is being folded, and how much of the other laptops' journals was
//! known to whoever recorded it.

use super::conflict::{ActPlace, SeenJournal};
use super::event::Event;
use super::id::DeviceId;

/// The act at hand, and what each laptop had seen of each other one by then.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    now: ActPlace,
    seen: Vec<(DeviceId, SeenJournal)>,
}

impl Witness {
    /// The next act: an act says itself what its laptop had seen when it was decided.
    pub fn begin(&mut self, device: DeviceId, sequence: u64, events: &[Event]) {
        self.now = ActPlace { device, sequence, event: 0 };
        for event in events {
            if let Event::OthersSeen(journals) = event {
                self.see(device, journals);
            }
        }
    }

    #[inline(never)]
    fn see(&mut self, by: DeviceId, journals: &[SeenJournal]) {
        for journal in journals {
            let known = self.seen.iter_mut().find(|(seer, known)| *seer == by && known.device == journal.device);
            match known {
                Some((_, known)) => known.acts = journal.acts,
                None => self.seen.push((by, *journal)),
            }
        }
    }

    /// The act at hand.
    pub const fn now(&self) -> ActPlace {
        self.now
    }

    /// How many acts of another laptop this one has said to have seen.
    pub fn seen(&self, by: DeviceId, of: DeviceId) -> Option<u64> {
        let known = self.seen.iter().find(|(seer, known)| *seer == by && known.device == of);
        known.map(|(_, known)| known.acts)
    }

    /// Whether whoever recorded the act at hand knew of that one, which was folded before.
    pub fn knows(&self, act: ActPlace) -> bool {
        let by = self.now.device;
        act.device == by || self.seen(by, act.device).is_some_and(|acts| act.sequence < acts)
    }
}
