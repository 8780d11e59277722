//! Samples of what came with two hands everywhere: settings that say from which
//! they were made, and claims of visits.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::{ClaimId, VisitId};
use cunzhi::domain::points::settings::Settings;
use cunzhi::journal::act::Act;

use super::act;

pub fn acts() -> Vec<Act> {
    let follows = [1, u32::MAX].map(|follows| Event::SettingsChanged(Settings { follows, ..Settings::default() }));
    let (visit, claim) = (VisitId::from_raw(7 << 32 | 1), ClaimId::from_raw(u64::MAX));
    let events = follows.into_iter().chain([Event::VisitClaimed { visit, claim }]);
    (800..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
