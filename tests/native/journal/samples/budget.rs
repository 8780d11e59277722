//! One of everything that came with the budget, the limit of a year, and claims
//! that a case earns. These never change either: they have a fixture of their own.

use cunzhi::domain::event::{Event, FiledClaim};
use cunzhi::domain::id::{CaseId, ClaimId, HouseholdId, ItemId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::settings::Settings;
use cunzhi::journal::act::Act;

use super::{DAY, act};

/// The acts, one event each.
pub fn acts() -> Vec<Act> {
    let settings = [(0, 0), (2_000_000, 0), (0, 20_000), (u32::MAX, u32::MAX)];
    let settings = settings.map(|(budget_cents, issue_year_max)| {
        Event::SettingsChanged(Settings { budget_cents, issue_year_max, ..Settings::default() })
    });
    let claim = Event::ClaimFiled(FiledClaim {
        id: ClaimId::from_raw(7 << 32 | 1),
        account: Account::Household(HouseholdId::from_raw(300)),
        item: ItemId::from_raw(6),
        date: DAY,
        quantity: 1,
        note: None,
        by: None,
        case: Some(CaseId::from_raw(u64::MAX)),
    });
    (600..).zip(settings.into_iter().chain([claim])).map(|(sequence, event)| act(sequence, vec![event])).collect()
}
