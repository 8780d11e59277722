//! The notice of a closed month, printed again: the same sheet, whatever was
//! recorded since, with whatever date, here or on another laptop.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::id::{HouseholdId, PersonId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::close::next_to_close;
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::sheet::ClosedSheet;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::units::{UnitAct, UnitTerms};
use cunzhi::domain::village::Village;
use cunzhi::report::notice::{Masking, notice, notice_subjects};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::journal::samples::sums::rows;
use super::laptops::Desk;
use super::oversight::{close, decide, impose, new_veto, raise, revoke};
use super::support::{TODAY, home};

const SEPTEMBER: Month = Month { year: 2025, month: 9 };
/// Before the month ended, but not before the roster.
const EARLY: Date = date(2025, 9, 28);

/// Everything that the notices of the month say.
fn printed(village: &Village) -> Vec<String> {
    let mut all = Vec::new();
    for ledger in Ledger::ALL {
        let closed = village.closings.of(*ledger, SEPTEMBER);
        for (of, name) in notice_subjects(village, *ledger, SEPTEMBER) {
            let notice = notice(village, of, SEPTEMBER, Masking::Full, closed);
            all.push(format!("{name} {} {:?}", notice.subtitle, notice.columns));
            all.extend(notice.pages.into_iter().flat_map(|page| page.rows).map(|row| row.join(" ")));
        }
    }
    all
}

/// Who stands in the village under this place.
fn person(village: &Village, place: usize) -> PersonId {
    village.people.persons.iter().nth(place).expect("somebody").id
}

fn household(village: &Village, place: usize) -> HouseholdId {
    village.people.households.iter().nth(place).expect("a household").id
}

/// Anything that could change who stands on a sheet, and as what.
#[derive(Clone, Copy, Debug)]
enum Late {
    Died(usize),
    MovedAway(usize),
    LeftParty(usize),
    Typed(usize, usize),
    Imported(u32),
    Unit(usize),
    Place(usize, usize),
    Renumber,
    Veto(usize),
    Revoke,
    Object,
    Reverse(usize),
    Record(usize),
    ClearYear,
}

fn any_late() -> impl Strategy<Value = Late> {
    prop_oneof![
        (0_usize..8).prop_map(Late::Died),
        (0_usize..8).prop_map(Late::MovedAway),
        (0_usize..8).prop_map(Late::LeftParty),
        (0_usize..8, 0_usize..5).prop_map(|(place, kind)| Late::Typed(place, kind)),
        (100_u32..999).prop_map(Late::Imported),
        (0_usize..3).prop_map(Late::Unit),
        (0_usize..3, 0_usize..3).prop_map(|(home, unit)| Late::Place(home, unit)),
        Just(Late::Renumber),
        (0_usize..3).prop_map(Late::Veto),
        Just(Late::Revoke),
        Just(Late::Object),
        (0_usize..12).prop_map(Late::Reverse),
        (0_usize..3).prop_map(Late::Record),
        Just(Late::ClearYear),
    ]
}

fn record(village: &Village, account: Account, day: Date) -> Option<Command> {
    let item = village.rules.in_force(day)?.items.iter().find(|item| item.ledger == account.ledger())?.id;
    let lines = vec![(account, 1)];
    Some(Command::RecordActivity(NewActivity { item, date: day, note: String::new(), lines, points_each: None }))
}

/// The command, if there is something to try it on; a refusal is an answer too.
fn command(village: &Village, day: Date, late: Late) -> Option<Command> {
    let change = |place, change| {
        let person = person(village, place % village.people.persons.iter().count());
        Command::ChangePerson { person, change, from: EARLY }
    };
    let unit = |place| village.people.units.iter().nth(place).map(|unit| unit.id);
    Some(match late {
        Late::Died(place) => change(place, PersonChange::Died),
        Late::MovedAway(place) => change(place, PersonChange::MovedAway),
        Late::LeftParty(place) => change(place, PersonChange::LeftParty),
        Late::Typed(place, kind) => {
            let person = person(village, place % village.people.persons.iter().count());
            Command::TypeMember { person, kind: MemberType::ALL[kind], from: EARLY }
        }
        Late::Imported(number) => {
            let new = home(&format!("1-{number}"), "第一网格", &[("后来", Some(MemberType::Linked))]);
            Command::ImportRoster(RosterDraft { households: vec![new] })
        }
        Late::Unit(place) => {
            let grid = village.people.households.get(household(village, place))?.grid;
            Command::Unit(UnitAct::Add { grid, terms: UnitTerms::default() })
        }
        Late::Place(place, of) => {
            Command::Unit(UnitAct::Place { unit: unit(of), households: vec![household(village, place)] })
        }
        Late::Renumber => {
            let terms = UnitTerms { number: Some(9), ..UnitTerms::default() };
            Command::Unit(UnitAct::Change { unit: unit(0)?, terms })
        }
        Late::Veto(place) => {
            let new = new_veto(Account::Household(household(village, place)), None, &[VetoEffect::NoRedemption]);
            impose(new)
        }
        Late::Revoke => revoke(village.vetoes.iter().next()?.imposed.veto, EARLY),
        Late::Object => raise(village.entries.iter().last()?.id, day),
        Late::Reverse(place) => {
            let entry = village.entries.iter().nth(place)?.id;
            if village.disputes.get(entry).is_some() {
                decide(entry, Verdict::Reverse)
            } else {
                Command::ReverseEntry { entry, reason: "错".to_owned() }
            }
        }
        Late::Record(place) => record(village, Account::Household(household(village, place)), day)?,
        Late::ClearYear => Command::ClearYear { ledger: Ledger::Villager, year: 2025 },
    })
}

/// A laptop with points, a unit and a veto of September.
fn september() -> Desk {
    let mut desk = Desk::founded();
    let member = desk.village().people.members().next().expect("a member").id;
    for account in [
        Account::Household(household(desk.village(), 0)),
        Account::Household(household(desk.village(), 2)),
        Account::Member(member),
    ] {
        let command = record(desk.village(), account, TODAY).expect("an item");
        desk.act(command).expect("in order");
    }
    let setup = [Late::Unit(0), Late::Place(0, 0), Late::Veto(1)];
    for late in setup {
        let command = command(desk.village(), TODAY, late).expect("something to do");
        desk.act(command).expect("in order");
    }
    desk.clock = Moment::at(date(2025, 10, 9), 9, 0);
    desk
}

fn close_both(desk: &mut Desk) {
    for ledger in Ledger::ALL {
        while let Some(month) = next_to_close(desk.village(), *ledger).filter(|month| *month <= SEPTEMBER) {
            desk.act(close(*ledger, month)).expect("nothing is in the way");
        }
    }
}

/// Does what can be done, and says how much that was.
fn try_all(desk: &mut Desk, lates: &[Late]) -> usize {
    let mut done = 0;
    for late in lates {
        if let Some(command) = command(desk.village(), desk.clock.date(), *late) {
            done += usize::from(desk.act(command).is_ok());
        }
    }
    done
}

#[test]
fn each_late_act_leaves_the_sheet_as_it_was() {
    for (late, year) in [
        (Late::Died(0), 2025),
        (Late::MovedAway(0), 2025),
        (Late::LeftParty(1), 2025),
        (Late::Typed(1, 3), 2025),
        (Late::Typed(0, 0), 2025),
        (Late::Imported(100), 2025),
        (Late::Unit(2), 2025),
        (Late::Place(1, 0), 2025),
        (Late::Renumber, 2025),
        (Late::Veto(0), 2025),
        (Late::Revoke, 2025),
        (Late::Object, 2025),
        (Late::Reverse(7), 2025),
        (Late::Record(0), 2025),
        (Late::ClearYear, 2026),
    ] {
        let mut desk = september();
        let draft = printed(desk.village());
        close_both(&mut desk);
        let before = printed(desk.village());
        assert_eq!(rows_of(&draft), rows_of(&before), "closing changes the subtitle and nothing else");
        desk.clock = Moment::at(date(year, 10, 9), 12, 0);
        assert_eq!(try_all(&mut desk, &[late]), 1, "{late:?} can be recorded");
        assert_eq!(printed(desk.village()), before, "{late:?}");
    }
}

fn rows_of(printed: &[String]) -> Vec<&String> {
    printed.iter().filter(|line| !line.contains("2025年9月")).collect()
}

/// What nobody has closed yet follows the facts, so the tests above can fail.
#[test]
fn an_open_month_follows_what_is_recorded() {
    for late in [
        Late::Died(0),
        Late::LeftParty(1),
        Late::Typed(1, 3),
        Late::Imported(100),
        Late::Place(1, 0),
        Late::Renumber,
        Late::Veto(0),
        Late::Revoke,
    ] {
        let mut desk = september();
        let before = printed(desk.village());
        assert_eq!(try_all(&mut desk, &[late]), 1, "{late:?}");
        assert_ne!(printed(desk.village()), before, "{late:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    /// Another laptop that does not know of the closing records what it likes,
    /// before and after it by the clock: nothing of that was on the sheet.
    #[test]
    fn merging_leaves_the_sheet_as_it_was(
        before in proptest::collection::vec(any_late(), 0..8),
        after in proptest::collection::vec(any_late(), 0..8),
        here in proptest::collection::vec(any_late(), 0..8),
    ) {
        let mut one = september();
        let mut two = one.copy(21, 0);
        try_all(&mut two, &before);
        one.clock = Moment(two.clock.0 + 3_600_000);
        close_both(&mut one);
        let sheet = printed(one.village());
        try_all(&mut one, &here);
        prop_assert_eq!(&printed(one.village()), &sheet);
        two.clock = Moment(one.clock.0 + 3_600_000);
        try_all(&mut two, &after);
        let (mine, theirs) = (one.merged(&two), two.merged(&one));
        prop_assert_eq!(printed(mine.village()), printed(theirs.village()));
        // Points of September from before the closing are another sheet, and the check says so.
        let is_stale = findings(mine.village()).iter().any(|found| found.sentences.iter().any(|one| one.contains("请重新公示")));
        prop_assert!(is_stale || printed(mine.village()) == sheet, "{:#?}", printed(mine.village()));
    }

    #[test]
    fn what_is_packed_is_unpacked(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        for ledger in Ledger::ALL {
            // Whatever it is, it is read or refused, and what is read is packed the same way.
            if let Some(found) = ClosedSheet(bytes.clone()).rows(*ledger) {
                prop_assert_eq!(ClosedSheet::of(&found).rows(*ledger), Some(found));
            }
        }
    }
}

#[test]
fn lines_are_packed_in_a_few_bytes() {
    for ledger in Ledger::ALL {
        let sheet = ClosedSheet::of(&rows(*ledger));
        assert_eq!(sheet.rows(*ledger), Some(rows(*ledger)));
        assert_eq!(ClosedSheet(sheet.0[..sheet.0.len() - 1].to_vec()).rows(*ledger), None, "cut off");
    }
    assert_eq!(ClosedSheet::default().rows(Ledger::Villager), None);
}
