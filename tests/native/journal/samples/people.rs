//! Samples of what came with changes of people.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::PersonId;
use cunzhi::domain::people::PersonChange;
use cunzhi::journal::act::Act;

use super::{DAY, act};

pub fn acts() -> Vec<Act> {
    let person = PersonId::from_raw(7 << 32 | 3);
    let events = PersonChange::ALL.iter().map(|change| Event::PersonChanged { person, change: *change, from: DAY });
    (500..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
