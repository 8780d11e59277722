//! What must hold, after any acts in any order.

use cunzhi::domain::calendar::{Month, add_days};
use cunzhi::domain::check::{CHECKS, findings};
use cunzhi::domain::command::Command;
use cunzhi::domain::id::{EntryId, VetoId};
use cunzhi::domain::points::close::next_to_close;
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::veto::{NewVeto, VetoEffect};
use proptest::prelude::*;

use super::super::support::{TODAY, Town};
use super::{close, decide, impose, new_veto, raise, revoke};

/// Anything that somebody may try.
#[derive(Clone, Debug)]
enum Try {
    Record { place: usize, ago: i32, minus: bool },
    Redeem { place: usize, quantity: u32 },
    Reverse(usize),
    Veto { place: usize, days: i32, effect: usize },
    Revoke(usize),
    Raise(usize),
    Decide(usize, bool),
    Close(bool),
    ClearYear,
}

fn any_try() -> impl Strategy<Value = Try> {
    let place = 0_usize..4;
    prop_oneof![
        4 => (place.clone(), 0..40, any::<bool>()).prop_map(|(place, ago, minus)| Try::Record { place, ago, minus }),
        2 => (place.clone(), 1_u32..3).prop_map(|(place, quantity)| Try::Redeem { place, quantity }),
        1 => (0_usize..60).prop_map(Try::Reverse),
        1 => (place, 0..30, 0_usize..3).prop_map(|(place, days, effect)| Try::Veto { place, days, effect }),
        1 => (0_usize..4).prop_map(Try::Revoke),
        1 => (0_usize..60).prop_map(Try::Raise),
        1 => (0_usize..4, any::<bool>()).prop_map(|(place, keep)| Try::Decide(place, keep)),
        1 => any::<bool>().prop_map(Try::Close),
        1 => Just(Try::ClearYear),
    ]
}

/// The command of a try, if there is something to try it on.
fn command(town: &Town, day: jiff::civil::Date, tried: &Try) -> Option<Command> {
    let mut accounts: Vec<Account> =
        town.village.people.households.iter().map(|home| Account::Household(home.id)).collect();
    accounts.extend(town.village.people.members().map(|person| Account::Member(person.id)).take(1));
    let entry = |place: usize| -> Option<EntryId> { Some(town.village.entries.iter().nth(place)?.id) };
    let veto = |place: usize| -> Option<VetoId> { Some(town.village.vetoes.iter().nth(place)?.imposed.veto) };
    Some(match *tried {
        Try::Record { place, ago, minus } => {
            let account = accounts[place];
            let item = match (account, minus) {
                (Account::Household(_), false) => "志愿服务",
                (Account::Household(_), true) => "乱倒垃圾",
                (Account::Member(_), _) => "参加三会一课",
            };
            town.activity(add_days(day, -ago), item, account, 1)
        }
        Try::Redeem { place, quantity } => {
            let goods = town.village.shelf.goods.iter().next()?.id;
            Command::Redeem { account: accounts[place], basket: vec![(goods, quantity)], proxy: String::new() }
        }
        Try::Reverse(place) => Command::ReverseEntry { entry: entry(place)?, reason: "错".to_owned() },
        Try::Veto { place, days, effect } => {
            let effects = [VetoEffect::ALL[effect]];
            let new = new_veto(accounts[place], Some(add_days(day, days)), &effects);
            impose(NewVeto { from: day, ..new })
        }
        Try::Revoke(place) => revoke(veto(place)?, day),
        Try::Raise(place) => raise(entry(place)?, day),
        Try::Decide(place, keep) => {
            let dispute = town.village.disputes.iter().nth(place)?;
            decide(dispute.raised.entry, if keep { Verdict::Keep } else { Verdict::Reverse })
        }
        Try::Close(members) => {
            let ledger = if members { Ledger::Member } else { Ledger::Villager };
            close(ledger, next_to_close(&town.village, ledger).unwrap_or(Month::of(day)))
        }
        Try::ClearYear => Command::ClearYear { ledger: Ledger::Villager, year: day.year() - 1 },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_acts_keep_every_check(tries in proptest::collection::vec((any_try(), 0_i32..9), 0..60)) {
        let mut town = Town::small();
        town.add_goods("洗衣液", 2, 9);
        let mut day = TODAY;
        for (tried, later) in tries {
            day = add_days(day, later);
            if let Some(command) = command(&town, day, &tried) {
                // A refusal is an answer too.
                let _answer = town.tell(day, command);
            }
        }
        for finding in findings(&town.village) {
            prop_assert!(finding.sentences.is_empty(), "{finding:?}");
        }
    }
}

#[test]
fn checks_have_different_names() {
    let mut names: Vec<_> = CHECKS.iter().map(|check| check.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CHECKS.len());
}
