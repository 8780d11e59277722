//! Samples of what came with visits and linked households.

use cunzhi::domain::case::record::Errand;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{ActivityId, CaseId, EntryId, HouseholdId, ItemId, PersonId, StaffId, VisitId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::RuleVersion;
use cunzhi::domain::visits::{Capacity, MemberLink, VisitMade, VisitReward, Visitor};
use cunzhi::journal::act::Act;

use super::{DAY, NOTE, act};

pub fn acts() -> Vec<Act> {
    let visit = VisitId::from_raw(7 << 32 | 1);
    let (person, household) = (PersonId::from_raw(2), HouseholdId::from_raw(300));
    let made = VisitMade {
        visit,
        date: DAY,
        household,
        visitor: Visitor::Person(person),
        capacity: Capacity::PartyMember,
        note: Some(NOTE),
        errand: Some(Errand::Prevention),
    };
    let capacities = Capacity::ALL.iter().map(|capacity| VisitMade { capacity: *capacity, ..made });
    let errands = Errand::ALL.iter().map(|errand| VisitMade { errand: Some(*errand), ..made });
    let staff = Visitor::Staff(StaffId::from_raw(7 << 32 | 2));
    let plain = VisitMade { visitor: staff, note: None, errand: None, ..made };
    let mut events: Vec<_> = capacities.chain(errands).chain([plain]).map(Event::VisitMade).collect();
    let line = PostedLine { entry: EntryId::from_raw(9), account: Account::Member(person), quantity: 1, points: 1 };
    let (activity, item) = (ActivityId::from_raw(5), ItemId::from_raw(6));
    let begun = MemberLink { person, household, from: DAY, to: None };
    events.extend([
        Event::VisitStruck { visit, reason: NOTE },
        Event::VisitCaseOpened { visit, case: CaseId::from_raw(1) },
        Event::VisitRewarded(VisitReward { visit, activity, item, version: RuleVersion(2), line }),
        Event::MemberLinked(begun),
        Event::MemberLinked(MemberLink { to: Some(DAY), ..begun }),
    ]);
    (600..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
