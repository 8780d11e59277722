//! Samples of what came with ten-household units.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::{GridId, HouseholdId, PersonId, UnitId};
use cunzhi::domain::units::UnitChange;
use cunzhi::journal::act::Act;

use super::act;

pub fn acts() -> Vec<Act> {
    let (unit, other) = (UnitId::from_raw(7 << 32 | 1), UnitId::from_raw(u64::MAX));
    let households: Vec<_> = [1, 7 << 32 | 0x12c, u64::MAX].map(HouseholdId::from_raw).to_vec();
    let changed = |change| Event::UnitChanged { unit, change };
    let events = vec![
        Event::UnitAdded { unit, grid: Some(GridId::from_raw(7 << 32 | 2)), number: 3 },
        Event::UnitAdded { unit: other, grid: None, number: u16::MAX },
        Event::HouseholdsPlaced { unit: Some(unit), households },
        Event::HouseholdsPlaced { unit: None, households: Vec::new() },
        changed(UnitChange::Headed(Some(PersonId::from_raw(23)))),
        changed(UnitChange::Headed(None)),
        changed(UnitChange::Renumbered(200)),
        changed(UnitChange::JoinedTo(other)),
        changed(UnitChange::Dissolved),
    ];
    (600..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
