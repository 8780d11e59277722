//! A sample of what came with 核实.

use cunzhi::domain::calendar::Month;
use cunzhi::domain::confirmed::Confirmed;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{HouseholdId, RedemptionId};
use cunzhi::domain::points::close::Tally;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::journal::act::Act;

use super::act;

/// Findings of every kind that somebody has looked into.
pub fn acts() -> Vec<Act> {
    let tally = Tally { entries: 300, points: -5, redeemed: i64::MAX };
    let month = Month { year: 2026, month: 3 };
    let found = [
        Confirmed::Redemption(RedemptionId::from_raw(7 << 32 | 3)),
        Confirmed::Month { ledger: Ledger::Member, month, tally },
        Confirmed::Carried {
            account: Account::Household(HouseholdId::from_raw(7 << 32 | 1)),
            year: 2025,
            balance: 120,
        },
    ];
    vec![act(970, found.map(Event::FindingConfirmed).to_vec())]
}
