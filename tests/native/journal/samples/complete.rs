//! The samples leave no kind of event out.

use std::collections::HashSet;
use std::mem::discriminant;

use cunzhi::domain::event::Event;

use super::{
    accounts, acts, confirmed, joined, oversight, people, photos, redemption_day, returns, review, two_hands, units,
    visits, working_days,
};

/// Fifty-five kinds of events and twelve of happenings: a new one needs samples.
#[test]
#[expect(clippy::too_many_lines, reason = "a line for each kind")]
fn there_is_a_sample_of_every_kind() {
    let later = [
        accounts::acts(),
        confirmed::acts(),
        joined::acts(),
        working_days::acts(),
        redemption_day::acts(),
        returns::acts(),
        review::acts(),
        people::acts(),
        photos::acts(),
        units::acts(),
        visits::acts(),
    ];
    let acts = [acts(), oversight(), later.concat(), two_hands::acts()].concat();
    let events: Vec<_> = acts.iter().flat_map(|act| &act.events).collect();
    assert_eq!(events.iter().map(|event| discriminant(*event)).collect::<HashSet<_>>().len(), 55);
    let happenings = events.iter().filter_map(|event| match event {
        Event::CaseMoved { happening, .. } => Some(discriminant(happening)),
        _ => None,
    });
    assert_eq!(happenings.collect::<HashSet<_>>().len(), 12);
    match events[0] {
        Event::VillageFounded { .. }
        | Event::GridAdded { .. }
        | Event::HouseholdAdded { .. }
        | Event::PersonAdded { .. }
        | Event::MemberTyped { .. }
        | Event::PersonErased { .. }
        | Event::PersonChanged { .. }
        | Event::PhotoAdded(_)
        | Event::PhotoRemoved { .. }
        | Event::UnitAdded { .. }
        | Event::HouseholdsPlaced { .. }
        | Event::UnitChanged { .. }
        | Event::RuleBookAdopted(_)
        | Event::PointsPosted { .. }
        | Event::OpeningPosted { .. }
        | Event::EntryReversed { .. }
        | Event::ClaimFiled(_)
        | Event::ClaimDecided { .. }
        | Event::SettingsChanged(_)
        | Event::AccountsChosen { .. }
        | Event::StaffNamed { .. }
        | Event::WorkingDaysEntered { .. }
        | Event::EntryLinked { .. }
        | Event::GoodsAdded(_)
        | Event::StockReceived(_)
        | Event::Redeemed { .. }
        | Event::RedemptionUndone { .. }
        | Event::RedemptionReturned(_)
        | Event::CaseOpened(_)
        | Event::CaseMoved { .. }
        | Event::OthersSeen(_)
        | Event::DisplacedSettled { .. }
        | Event::HouseholdsJoined { .. }
        | Event::HouseholdRenumbered { .. }
        | Event::CaseRenumbered { .. }
        | Event::StockCounted { .. }
        | Event::DebtAccepted { .. }
        | Event::FindingConfirmed(_)
        | Event::GoodsJoined { .. }
        | Event::GoodsTermsSet(_)
        | Event::DayClosed(_)
        | Event::DayReopened { .. }
        | Event::VetoImposed(_)
        | Event::VetoAppealed(_)
        | Event::VetoRevoked(_)
        | Event::EntryDisputed(_)
        | Event::DisputeDecided(_)
        | Event::MonthClosed(_)
        | Event::PointsCleared { .. }
        | Event::VisitMade(_)
        | Event::VisitStruck { .. }
        | Event::VisitCaseOpened { .. }
        | Event::VisitRewarded(_)
        | Event::VisitClaimed { .. }
        | Event::MemberLinked(_) => {}
    }
}
