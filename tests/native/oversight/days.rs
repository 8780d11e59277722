//! The days of a notice and of objections, and what a year takes with it when
//! its December is closed.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::check::findings;
use cunzhi::domain::command::Command;
use cunzhi::domain::points::close::{CloseFinding, CloseRefusal, month_tally};
use cunzhi::domain::points::dispute::DisputeRefusal;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::domain::points::veto::VetoRefusal;
use cunzhi::domain::roster::MemberType;
use cunzhi::report::conflicts::conflicts;
use cunzhi::report::month_close::{MonthState, month_sheet};
use cunzhi::report::passbook::passbook;
use cunzhi::report::points_year::points_year;
use jiff::civil::{Date, date};

use super::super::laptops::Desk;
use super::super::support::{TODAY, Town, sentence};
use super::{DONE, SEPTEMBER, check, close, raise, town};

const DECEMBER: Month = Month { year: 2025, month: 12 };

#[test]
fn objections_are_taken_until_their_last_day() {
    let too_late = "这条记录的异议受理到 10月16日,已截止。确实记错的,请在存折里冲正。";
    for (day, expected) in [(date(2025, 10, 1), DONE), (date(2025, 10, 16), DONE), (date(2025, 10, 17), too_late)] {
        let (mut town, home, _, entry) = town();
        town.must(date(2025, 10, 1), close(Ledger::Villager, SEPTEMBER));
        let line = passbook(&town.village, home, day).expect("known");
        let line = line.lines.into_iter().find(|line| line.entry == Some(entry)).expect("the line");
        assert_eq!((line.can_dispute, line.can_reverse), (expected == DONE, true), "{day}");
        check(&mut town, day, raise(entry, day), expected);
        // What was raised in time may be recorded later.
        let (mut late, _, _, entry) = super::town();
        late.must(date(2025, 10, 1), close(Ledger::Villager, SEPTEMBER));
        check(&mut late, date(2025, 11, 3), raise(entry, date(2025, 10, 16)), DONE);
    }
    // While the month is open there is no last day.
    let (mut town, _, _, entry) = town();
    check(&mut town, date(2026, 2, 1), raise(entry, date(2026, 2, 1)), DONE);
}

#[test]
fn the_month_says_when_its_days_are_over() {
    let (mut town, ..) = town();
    town.must(date(2025, 10, 9), close(Ledger::Villager, SEPTEMBER));
    for (day, expected) in [
        (date(2025, 10, 11), "10月9日月结。公示期到 10月11日,异议受理到 10月17日。"),
        (date(2025, 10, 12), "10月9日月结。公示期已满(10月11日),异议受理到 10月17日。"),
        (date(2025, 10, 17), "10月9日月结。公示期已满(10月11日),异议受理到 10月17日。"),
        (date(2025, 10, 18), "10月9日月结。公示期已满(10月11日),异议受理到 10月17日,已截止;再发现记错,用冲正更正。"),
    ] {
        let MonthState::Closed(_, words) = month_sheet(&town.village, Ledger::Villager, SEPTEMBER, day).state else {
            panic!("it is closed")
        };
        assert_eq!(words, expected);
    }
}

/// Closes what is open up to December, on a day of January.
fn end_year(town: &mut Town, ledger: Ledger, first: i8) {
    for month in first..=12 {
        town.must(date(2026, 1, 5), close(ledger, Month { year: 2025, month }));
    }
}

fn carried(town: &Town, account: Account) -> Vec<(Date, i32, Reason)> {
    let entries = town.village.entries.of(account).filter(|entry| matches!(entry.reason, Reason::Carried { .. }));
    entries.map(|entry| (entry.date, entry.points, entry.reason)).collect()
}

#[test]
fn december_carries_what_is_left_over() {
    let (mut town, home, soap, _) = town();
    let (other, member) = (town.household("1-002"), town.member(MemberType::Linked));
    let new_year = date(2026, 1, 3);
    town.record(new_year, "环境整治", home, 1).expect("recorded");
    town.must(new_year, Command::Redeem { account: home, basket: vec![(soap, 2)], proxy: String::new() });
    let before = town.village.balance(home);
    end_year(&mut town, Ledger::Villager, 9);
    end_year(&mut town, Ledger::Member, 1);
    let last = date(2025, 12, 31);
    for (account, points) in [(home, Some(25)), (other, None), (member, Some(60))] {
        let expected = points.map(|points| (last, 0, Reason::Carried { year: 2025, points }));
        assert_eq!(carried(&town, account), expected.into_iter().collect::<Vec<_>>(), "{account:?}");
    }
    assert_eq!(town.village.balance(home), before, "nothing changes");
    // It is an entry of the month like others, and the passbook shows it.
    let closing = town.village.closings.of(Ledger::Villager, DECEMBER).expect("closed");
    assert_eq!(closing.closed.tally(), month_tally(&town.village, Ledger::Villager, DECEMBER));
    assert_eq!(closing.closed.entries, 1);
    let book = passbook(&town.village, home, new_year).expect("known");
    let line = book.lines.iter().find(|line| line.item == "结转").expect("the line");
    assert_eq!((line.detail.as_str(), line.balance), ("2025年结余 25 分,转到 2026年", 25));
    assert_eq!((&line.plus, &line.minus, line.can_reverse, line.can_dispute), (&None, &None, false, false));
    let year = points_year(&town.village, Ledger::Villager, 2025, new_year).year_end;
    assert_eq!((year.carried, year.barred.as_deref()), (1, Some("2025年12月已经月结,不能再清零。")));
    let broken: Vec<_> = findings(&town.village).into_iter().flat_map(|finding| finding.sentences).collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn what_was_cleared_is_not_carried() {
    let (mut town, home, _, _) = town();
    let settings = Settings { carry_over: CarryOver::ClearAtYearEnd, ..town.village.settings };
    town.must(TODAY, Command::ChangeSettings(settings));
    let january = date(2026, 1, 5);
    town.must(january, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    end_year(&mut town, Ledger::Villager, 9);
    assert_eq!(carried(&town, home), []);
    let members = Command::ClearYear { ledger: Ledger::Member, year: 2025 };
    assert_eq!(sentence(town.tell(january, members)), "党员积分年终不清零:每年的累计从起始分重新算起。");
    let year = points_year(&town.village, Ledger::Member, 2025, january).year_end;
    assert_eq!(year.barred.as_deref(), Some("党员积分年终不清零。"));
}

/// Two laptops close December; what one of them recorded before that the other
/// did not know of is found.
#[test]
fn a_year_is_carried_once_and_its_change_is_found() {
    let mut one = Desk::founded();
    let home = one.village().people.households.iter().next().expect("a household").id;
    let account = Account::Household(home);
    let cleaning = |desk: &Desk, day| {
        let item = desk.village().rules.in_force(day).and_then(|book| book.items.first()).expect("an item").id;
        let (note, lines) = (String::new(), vec![(account, 1)]);
        let new = cunzhi::domain::command::NewActivity { item, date: day, note, lines, points_each: None };
        Command::RecordActivity(new)
    };
    one.act(cleaning(&one, date(2025, 9, 25))).expect("in order");
    one.clock = Moment::at(date(2026, 1, 5), 9, 0);
    for month in 9..=11 {
        one.act(close(Ledger::Villager, Month { year: 2025, month })).expect("in order");
    }
    let mut two = one.copy(21, 3_600_000);
    let three = one.copy(22, -3_600_000);
    one.act(close(Ledger::Villager, DECEMBER)).expect("in order");
    two.act(close(Ledger::Villager, DECEMBER)).expect("two does not know of it");
    let both = one.merged(&two);
    assert_eq!(both.picture(), two.merged(&one).picture());
    let rows =
        |desk: &Desk| desk.village().entries.iter().filter(|one| matches!(one.reason, Reason::Carried { .. })).count();
    assert_eq!((rows(&one), rows(&both)), (1, 1));
    let titles: Vec<_> = conflicts(both.village()).into_iter().map(|row| row.kind).collect();
    assert_eq!(titles.len(), 1, "{titles:?}");
    let mut three = three;
    three.act(cleaning(&three, date(2025, 12, 20))).expect("in order");
    let all = both.merged(&three);
    let broken: Vec<_> = findings(all.village()).into_iter().flat_map(|finding| finding.sentences).collect();
    let expected = "1-001 户从 2025年结转了 5 分,年末结余现在是 10 分:合并进来的是月结之前记的。";
    assert!(broken.iter().any(|sentence| sentence == expected), "{broken:?}");
    // Numbers given out for what is displaced are not given out again.
    let mut both = both;
    both.act(cleaning(&both, date(2026, 1, 4))).expect("in order");
}

/// A new variant stops this from compiling, until its sentence is pinned here or beside.
#[test]
fn every_refusal_is_looked_at() {
    match VetoRefusal::Unknown {
        VetoRefusal::Unknown
        | VetoRefusal::NoEffect
        | VetoRefusal::StartTooFar(_)
        | VetoRefusal::EndsBeforeStart(_)
        | VetoRefusal::ClearsLater
        | VetoRefusal::BeforeMeeting(_)
        | VetoRefusal::AlreadyAppealed
        | VetoRefusal::AlreadyRevoked
        | VetoRefusal::RedemptionStopped { .. } => {}
    }
    match DisputeRefusal::AlreadyOpen {
        DisputeRefusal::AgainstReversal
        | DisputeRefusal::AgainstReturn
        | DisputeRefusal::AlreadyOpen
        | DisputeRefusal::AlreadyDecided
        | DisputeRefusal::NotDisputed
        | DisputeRefusal::BeforeEntry(_)
        | DisputeRefusal::TooLate(_)
        | DisputeRefusal::SettleFirst => {}
    }
    match CloseRefusal::BadDays {
        CloseRefusal::NothingRecorded(_)
        | CloseRefusal::AlreadyClosed(_)
        | CloseRefusal::NotOver(_)
        | CloseRefusal::EarlierFirst(_)
        | CloseRefusal::BadDays
        | CloseRefusal::Unfinished { .. }
        | CloseRefusal::NothingToClear(_)
        | CloseRefusal::MembersKeep
        | CloseRefusal::MonthClosed { .. }
        | CloseRefusal::RedeemedInClosed(_) => {}
    }
    match CloseFinding::OpenClaims(1) {
        CloseFinding::OpenDisputes(_)
        | CloseFinding::OpenClaims(_)
        | CloseFinding::YearNotCleared(_)
        | CloseFinding::NotExpired(_) => {}
    }
}
