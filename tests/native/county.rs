//! The county that speed is measured on: of the asked size, the same for the
//! same seed, and such that it folds by the rules.

use std::collections::{HashMap, HashSet};

use cunzhi::app::book::Book;
use cunzhi::app::packing::contents_of;
use cunzhi::demo::DemoAct;
use cunzhi::demo::county::{Size, generate};
use cunzhi::domain::case::record::{Handling, Rating};
use cunzhi::domain::case::step::Step;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::points::rule::{RuleBook, Score};
use cunzhi::domain::register::Field;
use cunzhi::domain::village::Village;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 20);

fn county(seed: u64, entries: usize) -> Vec<DemoAct> {
    generate(seed, Size::of_entries(entries), TODAY, DeviceId(1))
}

fn folded(acts: &[DemoAct]) -> Village {
    let mut village = Village::default();
    for act in acts {
        for event in &act.decision.events {
            village.apply(act.at, event).expect("the county contradicts nothing");
        }
    }
    village
}

#[test]
fn has_the_size_that_was_asked_for() {
    for (entries, cases, grids) in
        [(200, 12, 1), (1_000, 56, 4), (4_900, 272, 17), (10_000, 555, 35), (20_000, 1_110, 70)]
    {
        let size = Size::of_entries(entries);
        assert_eq!((size.cases, size.grids, size.households()), (cases, grids, grids * 30));
        let village = folded(&county(1, entries));
        let people = &village.people;
        let found = (village.entries.iter().count(), village.cases.len(), people.grids.len(), people.households.len());
        assert_eq!(found, (entries, cases, grids, size.households()));
    }
    let county = Size::of_entries(Size::COUNTY.entries);
    assert_eq!((county, county.households()), (Size::COUNTY, 103_890));
}

#[test]
fn follows_from_its_seed() {
    assert!(county(1, 1_000) == county(1, 1_000), "the same seed made two counties");
    assert!(county(1, 1_000) != county(2, 1_000), "two seeds made the same county");
}

#[test]
fn is_recorded_in_order_until_yesterday() {
    let acts = county(3, 1_000);
    assert!(acts.is_sorted_by_key(|act| act.at));
    assert!(acts.iter().all(|act| act.at.date() < TODAY));
    assert!(acts.iter().all(|act| !act.decision.events.is_empty()), "an act without an event");
    let first = acts.first().map(|act| act.at.date());
    assert_eq!(first, Some(date(2024, 11, 4)), "two years and a fortnight back");
}

#[test]
fn opens_after_packing_as_it_was_made() {
    let acts = county(4, 1_000);
    let made = folded(&acts);
    let decisions = acts.into_iter().map(|act| (act.at, act.decision)).collect();
    let book = Book::open(&contents_of(DeviceId(1), decisions), DeviceId(1)).expect("the county opens");
    let opened = book.village();
    assert!(opened.entries.iter().eq(made.entries.iter()));
    assert!(opened.cases.iter().eq(made.cases.iter()));
    for home in &made.people.households {
        assert!(!opened.head_name(home.id).is_empty());
    }
    for case in &opened.cases {
        assert!(!opened.register.text(case.opening.id, Field::Title).is_empty());
    }
}

/// Whether the lines of an activity are such as the item allows.
fn check_lines(book: &RuleBook, item: cunzhi::domain::id::ItemId, lines: &[PostedLine]) {
    let item = book.item(item).expect("an item of the rule book");
    let Score::Fixed(each) = item.score else { panic!("{} has no fixed score", item.name) };
    let accounts: HashSet<_> = lines.iter().map(|line| line.account).collect();
    assert_eq!(accounts.len(), lines.len(), "a household takes part once");
    for line in lines {
        assert_eq!(i64::from(line.points), i64::from(each) * i64::from(line.quantity));
        assert_eq!(line.account.ledger(), item.ledger);
    }
}

#[test]
fn activities_are_those_of_a_village() {
    let acts = county(5, 10_000);
    let village = folded(&acts);
    let book = village.rules.iter().next().expect("a rule book");
    let (mut items, mut sizes, mut corrected) = (HashSet::new(), Vec::new(), 0);
    for event in acts.iter().flat_map(|act| &act.decision.events) {
        match event {
            Event::PointsPosted { item, date, lines, .. } => {
                assert!(book.effective <= *date);
                check_lines(book, *item, lines);
                items.insert(*item);
                sizes.push(lines.len());
            }
            Event::EntryReversed { .. } => corrected += 1,
            _ => {}
        }
    }
    // The last activity takes the lines that are left.
    sizes.sort_unstable();
    assert!(sizes[1] >= 10 && sizes[sizes.len() - 1] <= 60, "{sizes:?}");
    assert!(items.len() >= 7, "{} items", items.len());
    assert!((10..60).contains(&corrected), "{corrected} corrections among {} activities", sizes.len());
}

#[test]
fn cases_know_every_handling_and_every_end() {
    let village = folded(&county(6, 20_000));
    let (mut handlings, mut numbers) = (HashMap::new(), HashMap::<i16, Vec<u32>>::new());
    let count = |test: &dyn Fn(&cunzhi::domain::case::record::Case) -> bool| {
        village.cases.iter().filter(|case| test(case)).count()
    };
    for case in &village.cases {
        *handlings.entry(case.handling.map(Handling::place)).or_insert(0) += 1;
        numbers.entry(case.opening.received.date().year()).or_default().push(case.opening.number);
        assert_eq!(case.is_dispute(), case.opening.risk.is_some());
    }
    for place in 0..4 {
        assert!(handlings.get(&Some(place)).is_some_and(|cases| *cases > 30), "{handlings:?}");
    }
    for (year, mut numbers) in numbers {
        numbers.sort_unstable();
        assert!(
            numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).expect("few cases")),
            "the numbers of {year} have a gap"
        );
    }
    let archived = count(&|case| case.stage.step == Step::Archived);
    assert!(archived * 100 > village.cases.len() * 95 && archived < village.cases.len());
    assert!(count(&|case| case.first_rating == Some(Rating::Dissatisfied) && case.round == 2) > 10);
    assert!(count(&|case| case.resolved == Some(false)) > 10);
}
