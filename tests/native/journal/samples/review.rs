//! One of everything that came with claims, settings and versions of the rule
//! book. These never change either: they have a fixture of their own.

use cunzhi::domain::event::{ClaimVerdict, Event, FiledClaim, PostedLine};
use cunzhi::domain::id::{ActivityId, CaseId, ClaimId, EntryId, HouseholdId, ItemId, PersonId, StaffId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::{
    Cap, CapOf, Category, CategoryCap, Conditions, Item, Ledger, Meeting, OwnScore, Period, RuleBook, RuleVersion,
    Score,
};
use cunzhi::domain::points::settings::{CarryOver, Reviewing, Settings};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::staff::Standing;
use cunzhi::journal::act::Act;
use jiff::civil::date;

use super::{DAY, NOTE, act, rule_book};

/// The acts, one event each.
pub fn acts() -> Vec<Act> {
    let events = [books(), claims(), settings()].concat();
    (200..).zip(events).map(|(sequence, event)| act(sequence, vec![event])).collect()
}

/// Rule books of which more and more is said.
fn books() -> Vec<Event> {
    let book = rule_book();
    let own = OwnScore { kind: MemberType::Migrant, score: Score::Range(-3, -1) };
    let conditions = Conditions {
        own_scores: vec![own],
        needs_evidence: true,
        from: Some(date(2025, 3, 1)),
        until: Some(date(2025, 5, 31)),
    };
    let items: Vec<_> = book.items.iter().map(|item| Item { conditions: conditions.clone(), ..item.clone() }).collect();
    let cap = Cap { period: Period::Week, of: CapOf::Points(u32::MAX) };
    let category_caps = vec![CategoryCap { ledger: Ledger::Member, category: Category::Honour, cap }];
    let meeting = Meeting { attendance: 52, decision: Some(NOTE) };
    let books = [
        RuleBook { items: items.clone(), ..book.clone() },
        RuleBook { category_caps: category_caps.clone(), ..book.clone() },
        RuleBook { meeting, ..book.clone() },
        RuleBook { version: RuleVersion(2), items, category_caps, meeting, ..book },
    ];
    books.map(Event::RuleBookAdopted).to_vec()
}

fn claims() -> Vec<Event> {
    let (claim, staff) = (ClaimId::from_raw(7 << 32 | 1), StaffId::from_raw(7 << 32 | 2));
    let filed = FiledClaim {
        id: claim,
        account: Account::Household(HouseholdId::from_raw(300)),
        item: ItemId::from_raw(6),
        date: DAY,
        quantity: u32::MAX,
        note: Some(NOTE),
        by: Some(staff),
        case: None,
    };
    let member = FiledClaim { account: Account::Member(PersonId::from_raw(2)), note: None, by: None, ..filed };
    let line = PostedLine { entry: EntryId::from_raw(9), account: filed.account, quantity: 2, points: -10 };
    let verdict = ClaimVerdict::Approved { activity: ActivityId::from_raw(5), version: RuleVersion(2), line };
    vec![
        Event::ClaimFiled(filed),
        Event::ClaimFiled(member),
        Event::ClaimDecided { claim, verdict, by: Some(staff) },
        Event::ClaimDecided { claim, verdict: ClaimVerdict::Returned(NOTE), by: None },
        Event::StaffNamed { staff, standing: Standing::Active },
        Event::StaffNamed { staff, standing: Standing::Retired },
        Event::EntryLinked { entry: EntryId::from_raw(9), case: CaseId::from_raw(1) },
    ]
}

fn settings() -> Vec<Event> {
    let settings = Settings::default();
    let carry_overs = [CarryOver::Keep, CarryOver::ClearAtYearEnd, CarryOver::ExpireAfter(u16::MAX)];
    let mut events = carry_overs.map(|carry_over| Event::SettingsChanged(Settings { carry_over, ..settings })).to_vec();
    let other = Settings {
        rate_cents: 500,
        household_opening: 10,
        member_opening: 0,
        redeem_min: 20,
        redeem_day_max: u32::MAX,
        reviewing: Reviewing::ByAnybody,
        ..settings
    };
    events.push(Event::SettingsChanged(other));
    events
}
