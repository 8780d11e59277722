//! A sample of what came with 退还.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::{EntryId, RedemptionId};
use cunzhi::domain::points::shelf::Returned;
use cunzhi::journal::act::Act;

use super::{DAY, NOTE, act};

/// A redemption whose goods were handed back.
pub fn acts() -> Vec<Act> {
    let (redemption, entry) = (RedemptionId::from_raw(7 << 32 | 3), EntryId::from_raw(7 << 32 | 9));
    vec![act(960, vec![Event::RedemptionReturned(Returned { redemption, entry, date: DAY, note: NOTE })])]
}
