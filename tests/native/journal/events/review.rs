//! Any claim, settings and staff at all.

use cunzhi::domain::event::{ClaimVerdict, Event, FiledClaim, PostedLine};
use cunzhi::domain::id::{ClaimId, StaffId};
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::rule::RuleVersion;
use cunzhi::domain::points::settings::{CarryOver, Reviewing, Settings};
use cunzhi::domain::staff::Standing;
use proptest::option;
use proptest::prelude::*;

use super::{account, activity, any_of, case, day, entry, item, lines, note};

fn claim() -> impl Strategy<Value = ClaimId> {
    any::<u64>().prop_map(ClaimId::from_raw)
}

fn staff() -> impl Strategy<Value = StaffId> {
    any::<u64>().prop_map(StaffId::from_raw)
}

fn verdict() -> impl Strategy<Value = ClaimVerdict> {
    let approved = (activity(), any::<u16>(), entry(), account(), any::<u32>(), any::<i32>());
    let approved = approved.prop_map(|(activity, version, entry, account, quantity, points)| ClaimVerdict::Approved {
        activity,
        version: RuleVersion(version),
        line: PostedLine { entry, account, quantity, points },
    });
    prop_oneof![approved, note().prop_map(ClaimVerdict::Returned)]
}

fn settings() -> impl Strategy<Value = Settings> {
    let carry_over = prop_oneof![
        Just(CarryOver::Keep),
        Just(CarryOver::ClearAtYearEnd),
        any::<u16>().prop_map(CarryOver::ExpireAfter)
    ];
    let reviewing = any_of(&[Reviewing::BySecondPerson, Reviewing::ByAnybody]);
    (any::<[u32; 5]>(), carry_over, reviewing, any::<[u32; 3]>()).prop_map(
        |(first, carry_over, reviewing, [budget_cents, issue_year_max, follows])| {
            let [rate_cents, household_opening, member_opening, redeem_min, redeem_day_max] = first;
            Settings {
                rate_cents,
                household_opening,
                member_opening,
                redeem_min,
                redeem_day_max,
                carry_over,
                reviewing,
                budget_cents,
                issue_year_max,
                follows,
            }
        },
    )
}

/// Any of what came with claims.
pub fn review() -> impl Strategy<Value = Event> {
    let filed = (claim(), account(), item(), day(), any::<u32>(), option::of(note()), option::of(staff()));
    let filed = (filed, option::of(case()));
    let filed = filed.prop_map(|((id, account, item, date, quantity, note, by), case)| {
        Event::ClaimFiled(FiledClaim { id, account, item, date, quantity, note, by, case })
    });
    prop_oneof![
        filed,
        (claim(), verdict(), option::of(staff())).prop_map(|(claim, verdict, by)| Event::ClaimDecided {
            claim,
            verdict,
            by
        }),
        settings().prop_map(Event::SettingsChanged),
        (any_of(VillagerAccount::ALL), option::of(day()), day(), lines())
            .prop_map(|(kind, from, date, lines)| Event::AccountsChosen { kind, from, date, lines }),
        (staff(), any_of(&[Standing::Active, Standing::Retired]))
            .prop_map(|(staff, standing)| Event::StaffNamed { staff, standing }),
        (entry(), case()).prop_map(|(entry, case)| Event::EntryLinked { entry, case }),
    ]
}
