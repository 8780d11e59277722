//! Two laptops adopted a version of the rule book at once: what was scored under
//! either keeps its version for ever.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::command::{Command, NewActivity, NewClaims, Settlement, Verdict};
use cunzhi::domain::conflict::{ActPlace, Choice, SeenJournal};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{DeviceId, ItemId};
use cunzhi::domain::points::adoption::{NewItem, NewRuleBook};
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::{Cap, CapOf, Ledger, Period, RuleVersion, Score};
use cunzhi::domain::witness::Witness;
use cunzhi::report::notice::{Masking, notice, notice_subjects};
use cunzhi::report::passbook::passbook;
use cunzhi::report::rule_versions::{VersionState, rule_versions};
use jiff::civil::{Date, date};

use super::rivals::homes;
use super::{Desk, conflicts, findings, rows, settle};
use crate::oversight::close;
use crate::support::TODAY;

const LATER: Date = date(2025, 10, 9);

/// Adopts a book in which the first item is called and scored like this, at most so
/// often a month, and an act of its own is new.
fn adopt(desk: &mut Desk, name: &str, points: i32, most: u32) {
    desk.clock = Moment(desk.clock.0.max(Moment::at(TODAY, 9, 0).0));
    let book = desk.village().rules.in_force(TODAY).expect("the suggested one");
    let mut items: Vec<NewItem> = book.items.iter().map(NewItem::from).collect();
    let first = &mut items[0];
    (first.name, first.score) = (name.to_owned(), Score::Fixed(points));
    first.caps = vec![Cap { period: Period::Month, of: CapOf::Times(most) }];
    let own = NewItem { id: None, code: "X1".to_owned(), name: format!("{name}以外"), ..first.clone() };
    items.push(own);
    let (decision, category_caps) = ("通过".to_owned(), book.category_caps.clone());
    let new =
        NewRuleBook { effective: date(2025, 10, 1), adopted: TODAY, attendance: 52, decision, items, category_caps };
    desk.act(Command::AdoptRules(new)).expect("in order");
    desk.clock = Moment(desk.clock.0 + Moment::at(LATER, 8, 0).0 - Moment::at(TODAY, 8, 0).0);
}

fn item(desk: &Desk, last: bool) -> ItemId {
    let items = &desk.village().rules.in_force(LATER).expect("adopted").items;
    if last { items.last() } else { items.first() }.expect("an item").id
}

fn record(desk: &mut Desk, item: ItemId, account: Account, quantity: u32) {
    let note = String::new();
    let new = NewActivity { item, date: desk.clock.date(), note, lines: vec![(account, quantity)], points_each: None };
    desk.act(Command::RecordActivity(new)).expect("in order");
}

/// One adopts 「甲」 with 6 points, the other 「乙」 with 7; both score under it.
fn two_books() -> (Desk, Desk) {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    adopt(&mut one, "甲", 6, 1);
    adopt(&mut two, "乙", 7, 3);
    for (desk, place, quantity) in [(&mut one, 0, 1), (&mut two, 1, 3)] {
        let (account, first, own) = (homes(desk)[place], item(desk, false), item(desk, true));
        record(desk, first, account, quantity);
        record(desk, own, account, 1);
    }
    (one, two)
}

/// Item, points added, of what an account's passbook says.
fn lines(desk: &Desk, place: usize) -> Vec<(String, i64)> {
    let book = passbook(desk.village(), homes(desk)[place], LATER).expect("an account");
    let lines = book.lines.into_iter().filter(|line| line.points > 0);
    let mut lines: Vec<_> = lines.map(|line| (line.item, line.points)).collect();
    lines.sort();
    lines
}

fn broken(desk: &Desk) -> Vec<String> {
    findings(desk.village()).into_iter().flat_map(|finding| finding.sentences).collect()
}

#[test]
fn entries_keep_the_version_they_were_scored_under_whoever_merges() {
    let (one, two) = two_books();
    assert_eq!(one.merged(&two).picture(), two.merged(&one).picture());
    for mut both in [one.merged(&two), two.merged(&one)] {
        let line = |item: &str, points| (item.to_owned(), points);
        assert_eq!(lines(&both, 0), [line("甲", 6), line("甲以外", 6)]);
        assert_eq!(lines(&both, 1), [line("乙", 21), line("乙以外", 7)]);
        // Three in a month are one too many of 甲, and just as many as 乙 allows.
        assert_eq!(broken(&both), Vec::<String>::new());
        let month = Month { year: 2025, month: 10 };
        let subjects = notice_subjects(both.village(), Ledger::Villager, month);
        let sheets = subjects.iter().map(|(of, _)| notice(both.village(), *of, month, Masking::Full, None));
        let words = format!("{:?}", sheets.collect::<Vec<_>>());
        assert!(["甲以外", "乙以外"].iter().all(|name| words.contains(name)), "{words}");
        let listed = rule_versions(both.village(), LATER);
        let states: Vec<_> = listed.iter().map(|row| (row.state, row.version.0)).collect();
        assert_eq!(states, [(VersionState::Current, 2), (VersionState::Past, 1), (VersionState::Aside, 1002)]);
        assert_eq!((listed[0].changes.as_str(), listed[2].changes.as_str()), ("新增 1、改动 1", "新增 1、改动 1"));
        let listed = rows(&both, "细则");
        assert_eq!(listed.len(), 1, "{:?}", conflicts(both.village()));
        settle(&mut both, &listed[0], "知道了");
        assert_eq!((lines(&both, 1).len(), rows(&both, "细则").len()), (2, 0));
    }
}

#[test]
fn whoever_knows_of_both_scores_under_the_one_that_counts() {
    let (one, two) = two_books();
    let mut both = two.merged(&one);
    let account = homes(&both)[2];
    let own = item(&both, true);
    for account in [account, homes(&both)[1]] {
        record(&mut both, own, account, 1);
    }
    for desk in [one.merged(&both), both.merged(&one)] {
        assert_eq!(lines(&desk, 2), [("甲以外".to_owned(), 6)]);
        assert_eq!(lines(&desk, 1).len(), 3);
        assert_eq!(broken(&desk), Vec::<String>::new());
    }
    // The next version has the next number and is nobody's rival.
    let mut next = one.merged(&both);
    next.clock = Moment::at(date(2025, 10, 12), 8, 0);
    let book = next.village().rules.in_force(LATER).expect("the one that counts");
    let items = book.items.iter().skip(1).map(NewItem::from).collect();
    let (decision, category_caps) = ("通过".to_owned(), book.category_caps.clone());
    let (effective, adopted) = (date(2025, 11, 1), date(2025, 10, 10));
    let new = NewRuleBook { effective, adopted, attendance: 52, decision, items, category_caps };
    next.act(Command::AdoptRules(new)).expect("in order");
    let last = next.village().rules.iter().last().map(|book| book.version);
    assert_eq!((last, next.village().rules.aside().len()), (Some(RuleVersion(3)), 1));
}

#[test]
fn a_third_laptop_scores_under_the_book_that_it_knew() {
    let (one, two) = two_books();
    let mut third = two.copy(35, 2_000);
    let (account, own) = (homes(&third)[2], item(&third, true));
    record(&mut third, own, account, 1);
    let ways = [one.merged(&two).merged(&third), third.merged(&one).merged(&two), two.merged(&third).merged(&one)];
    for all in ways {
        assert_eq!(lines(&all, 2), [("乙以外".to_owned(), 7)]);
        assert_eq!(broken(&all), Vec::<String>::new());
    }
}

#[test]
fn claims_and_late_records_keep_theirs_too() {
    let (mut one, mut two) = two_books();
    let (account, own) = (homes(&two)[2], item(&two, true));
    let filed = NewClaims { item: own, date: LATER, note: String::new(), lines: vec![(account, 1)], by: None };
    two.act(Command::FileClaims(filed)).expect("in order");
    one.clock = Moment::at(date(2025, 11, 2), 8, 0);
    two.clock = Moment::at(date(2025, 11, 3), 8, 0);
    one.act(close(Ledger::Villager, Month { year: 2025, month: 10 })).expect("in order");
    let waiting = two.village().claims.iter().map(|claim| claim.filed.id).next().expect("one");
    let verdict = Verdict::Approve { points_each: Vec::new() };
    two.act(Command::DecideClaims { claims: vec![waiting], verdict, by: None }).expect("in order");
    for mut both in [one.merged(&two), two.merged(&one)] {
        // What the other laptop closed meanwhile is taken by the user, dated in the open month.
        let late: Vec<_> = both.village().displaced().iter().filter(|one| one.is_late()).map(|one| one.place).collect();
        assert!(!late.is_empty());
        for place in late {
            let settlement = Settlement::Displaced { place, choice: Choice::Take };
            both.act(Command::Settle(settlement)).expect("in order");
        }
        assert_eq!(lines(&both, 2), [("乙以外".to_owned(), 7)], "{:?}", both.village().displaced());
        let aside = both
            .village()
            .entries
            .iter()
            .filter(|entry| matches!(entry.reason, Reason::Act { version, .. } if version == RuleVersion(1002)));
        assert!(aside.count() > 0);
    }
}

#[test]
fn an_act_knows_what_its_laptop_had_seen() {
    let (mine, other, third) = (DeviceId(1), DeviceId(2), DeviceId(3));
    let act = |device, sequence| ActPlace { device, sequence, event: 0 };
    let seen = |device, acts| Event::OthersSeen(vec![SeenJournal { device, acts }]);
    let mut witness = Witness::default();
    witness.begin(mine, 4, &[seen(other, 3)]);
    let knows =
        |witness: &Witness| [act(mine, 3), act(other, 2), act(other, 3), act(third, 0)].map(|act| witness.knows(act));
    assert_eq!(knows(&witness), [true, true, false, false]);
    witness.begin(third, 0, &[seen(mine, 4)]);
    assert_eq!(knows(&witness), [true, false, false, true]);
    witness.begin(mine, 5, &[seen(other, 4), seen(third, 1)]);
    assert_eq!(knows(&witness), [true, true, true, true]);
    assert_eq!((witness.seen(mine, other), witness.seen(other, mine)), (Some(4), None));
}
