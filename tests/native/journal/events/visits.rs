//! Any visit and any link at all.

use cunzhi::domain::case::record::Errand;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{ClaimId, StaffId, VisitId};
use cunzhi::domain::points::rule::RuleVersion;
use cunzhi::domain::visits::{Capacity, MemberLink, VisitMade, VisitReward, Visitor};
use proptest::option;
use proptest::prelude::*;

use super::{account, activity, any_of, case, day, entry, household, item, note, person};

fn visit() -> impl Strategy<Value = VisitId> {
    any::<u64>().prop_map(VisitId::from_raw)
}

/// Any of what came with visits.
pub fn visits() -> impl Strategy<Value = Event> {
    let visitor = prop_oneof![
        person().prop_map(Visitor::Person),
        any::<u64>().prop_map(|raw| Visitor::Staff(StaffId::from_raw(raw)))
    ];
    let made = (visit(), day(), household(), visitor, any_of(Capacity::ALL), option::of(note()));
    let made = (made, option::of(any_of(Errand::ALL)));
    let made = made.prop_map(|((visit, date, household, visitor, capacity, note), errand)| {
        Event::VisitMade(VisitMade { visit, date, household, visitor, capacity, note, errand })
    });
    let line = (entry(), account(), any::<u32>(), any::<i32>());
    let line = line.prop_map(|(entry, account, quantity, points)| PostedLine { entry, account, quantity, points });
    let reward = (visit(), activity(), item(), any::<u16>(), line);
    let reward = reward.prop_map(|(visit, activity, item, version, line)| {
        Event::VisitRewarded(VisitReward { visit, activity, item, version: RuleVersion(version), line })
    });
    let held = (person(), household(), day(), option::of(day()));
    let held = held.prop_map(|(person, household, from, to)| MemberLink { person, household, from, to });
    prop_oneof![
        made,
        (visit(), note()).prop_map(|(visit, reason)| Event::VisitStruck { visit, reason }),
        (visit(), case()).prop_map(|(visit, case)| Event::VisitCaseOpened { visit, case }),
        reward,
        (visit(), any::<u64>()).prop_map(|(visit, raw)| Event::VisitClaimed { visit, claim: ClaimId::from_raw(raw) }),
        held.prop_map(Event::MemberLinked),
    ]
}
