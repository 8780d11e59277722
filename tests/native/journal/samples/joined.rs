//! A sample of what came with goods that are one, and households that were told apart.

use cunzhi::domain::confirmed::Confirmed;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{GoodsId, HouseholdId, NoteId};
use cunzhi::journal::act::Act;

use super::act;

/// Goods that became one, and a joining that somebody has looked into.
pub fn acts() -> Vec<Act> {
    let [kept, gone] = [7 << 32 | 4, 9 << 32 | 1].map(GoodsId::from_raw);
    let note = NoteId::from_raw(7 << 32 | 9);
    let joined = Event::GoodsJoined { gone, kept, note };
    let confirmed = Event::FindingConfirmed(Confirmed::Joined(HouseholdId::from_raw(9 << 32 | 5)));
    vec![act(980, vec![joined]), act(981, vec![confirmed])]
}
