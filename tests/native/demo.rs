//! The demo village: whole, the same for the same seed, and within every rule.

use std::collections::{BTreeMap, HashSet};

use cunzhi::app::book::Book;
use cunzhi::app::packing::contents_of;
use cunzhi::app::photos::{Agreement, compare};
use cunzhi::demo::{ANCHOR, Demo, generate, roster};
use cunzhi::domain::calendar::{Month, Quarter, add_days};
use cunzhi::domain::case::clock::Standing;
use cunzhi::domain::case::record::{Handling, Rating, Risk};
use cunzhi::domain::case::step::Step;
use cunzhi::domain::check::findings;
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::people::Person;
use cunzhi::domain::points::claim::{Claim, ClaimState};
use cunzhi::domain::points::close::next_to_close;
use cunzhi::domain::points::dispute::Outcome;
use cunzhi::domain::points::ledger::{Account, ClearCause, Entry, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::veto::VetoPhase;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::village::Village;
use cunzhi::domain::visits::Visit;
use cunzhi::domain::visits::coverage::MonthOutcome;
use cunzhi::journal::jpeg;
use cunzhi::report::redemption_desk::{found, taken};
use cunzhi::report::search::SearchIndex;
use cunzhi::storage::Contents;
use jiff::civil::{Date, date};
use pinyin::ToPinyin as _;

const DAYS: [Date; 6] =
    [date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 9), date(2026, 8, 31), date(2026, 11, 22), date(2027, 2, 28)];

fn demo(seed: u64, today: Date) -> Demo {
    generate(seed, today, DeviceId(1)).expect("the demo breaks no rule")
}

#[test]
fn has_the_people_of_the_reference_village() {
    for today in DAYS {
        let village = demo(1, today).village;
        let people = &village.people;
        let counts = (people.households.len(), people.persons.len(), people.grids.len(), people.members().count());
        assert_eq!(counts, (roster::HOUSEHOLDS, roster::PEOPLE, 4, 74), "{today}");
        for (kind, count) in roster::MEMBERS {
            assert_eq!(people.members().filter(|person| person.member_type() == Some(kind)).count(), count);
        }
        for (number, head, size) in [("2-017", "王海林", Some(4)), ("1-088", "魏红丽", None), ("4-052", "吴惠玲", None)]
        {
            let home = people.household_by_number(number).expect("a known household");
            assert_eq!(village.head_name(home.id), head);
            assert_eq!(home.people.len(), size.unwrap_or(home.people.len()));
        }
    }
}

#[test]
fn three_heads_are_found_by_the_initials_whl() {
    for seed in 0..6 {
        let village = demo(seed, DAYS[4]).village;
        let initials =
            |name: &str| name.chars().filter_map(|c| Some(c.to_pinyin()?.first_letter())).collect::<String>();
        let heads = village.people.households.iter().map(|home| village.head_name(home.id));
        assert_eq!(heads.filter(|name| initials(name) == "whl").count(), 3, "seed {seed}");
    }
}

/// Four digits and Enter serve any household: the one that is meant is taken.
#[test]
fn four_digits_put_every_household_first() {
    let village = demo(1, DAYS[4]).village;
    let index = SearchIndex::build(&village);
    for home in &village.people.households {
        let digits: String = home.number.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits.len(), 4, "{}", home.number);
        for typed in [digits.as_str(), home.number.as_str()] {
            let rows = found(&village, &index, typed, 9, DAYS[4]);
            let first = taken(&rows, None).map(|place| rows[place].account);
            assert_eq!(first, Some(Account::Household(home.id)), "{typed} for {}", home.number);
        }
    }
}

#[test]
fn people_are_believable() {
    let demo = demo(1, DAYS[4]);
    let mut phones = HashSet::new();
    for person in &demo.village.people.persons {
        let text = |field| demo.village.register.text(person.id, field);
        assert!((2..=3).contains(&text(Field::Name).chars().count()));
        assert_eq!(text(Field::IdNumber), "");
        let birth: Date = text(Field::Birth).parse().expect("a date of birth");
        assert!(birth < DAYS[4] && birth.year() > 1900, "born {birth}");
        let phone = text(Field::Phone);
        assert!(phone.is_empty() || (phone.len() == 11 && phone.starts_with("1990000") && phones.insert(phone)));
    }
}

#[test]
fn follows_from_its_seed() {
    let [first, again, other] = [1, 1, 2].map(|seed| demo(seed, DAYS[4]).acts);
    assert!(first == again);
    assert!(first != other);
}

#[test]
fn acts_are_in_order_and_before_today_and_give_the_village() {
    for today in DAYS {
        let demo = demo(3, today);
        let mut village = Village::default();
        let mut clock = Clock::default();
        let mut before = demo.acts[0].at;
        for act in &demo.acts {
            assert!(before <= act.at && act.at.date() < today, "{today}: {} {:?}", act.at.date(), act.decision.events);
            (before, clock) = (act.at, clock.after(act.at.0));
            act.decision.events.iter().for_each(|event| village.apply(act.at, event).expect("events follow"));
            for change in &act.decision.texts {
                let value = FieldValue { field: change.field, clock, text: change.text.clone() };
                village.register.set(change.owner, value);
            }
            no_balance_or_stock_is_negative(&village);
        }
        assert_eq!(sums(&village), sums(&demo.village));
        assert_eq!(village.cases.iter().collect::<Vec<_>>(), demo.village.cases.iter().collect::<Vec<_>>());
        assert_eq!(texts(&village), texts(&demo.village));
    }
}

#[test]
fn opens_from_a_store() {
    let device = DeviceId(1);
    for today in [DAYS[0], DAYS[4]] {
        let Demo { acts, village } = demo(1, today);
        let count = acts.len() as u64;
        let decisions = acts.into_iter().map(|act| (act.at, act.decision)).collect();
        let book = Book::open(&contents_of(device, decisions), DeviceId(2)).expect("the demo opens");
        let opened = book.village();
        assert_eq!((opened.people.households.len(), opened.people.persons.len()), (410, 1_740), "{today}");
        assert_eq!((book.acts(), book.unsaved(), book.laptop().device), (count, book.extent().records, device));
        assert!(book.unsaved() > 4 * count, "an activity counts once for every household");
        let anchor = opened.people.household_by_number("2-017").expect("the anchor");
        assert_eq!(opened.head_name(anchor.id), "王海林");
        assert_eq!(sums(opened), sums(&village));
        assert_eq!(opened.cases.iter().collect::<Vec<_>>(), village.cases.iter().collect::<Vec<_>>());
        assert_eq!(texts(opened), texts(&village));
    }
}

fn no_balance_or_stock_is_negative(village: &Village) {
    // Looking at all accounts after every act would take minutes; the last
    // entries and the latest redemption are what an act can have changed.
    for entry in village.entries.iter().rev().take(80) {
        assert!(village.balance(entry.account) >= 0);
    }
    if let Some(redemption) = village.shelf.redemptions().next_back() {
        assert!(village.balance(redemption.account) >= 0);
    }
    assert!(village.shelf.goods.iter().all(|goods| village.shelf.stock(goods.id) >= 0));
}

fn sums(village: &Village) -> Vec<i64> {
    village.people.households.iter().map(|home| village.balance(Account::Household(home.id))).collect()
}

fn texts(village: &Village) -> Vec<(Owner, Vec<FieldValue>)> {
    let pages = village.register.pages();
    let rows = pages.iter().flat_map(|page| village.register.page(*page));
    rows.map(|(owner, values)| (owner, values.to_vec())).collect()
}

#[test]
fn points_are_of_the_expected_size() {
    for today in DAYS {
        let village = demo(1, today).village;
        assert!(sums(&village).iter().all(|sum| *sum >= 0));
        let total: i64 = sums(&village).iter().sum();
        assert!((9_000..=17_000).contains(&total), "{today}: {total} points outstanding");
        let active = village.people.households.iter();
        let active = active.filter(|home| village.entries.of(Account::Household(home.id)).next().is_some()).count();
        assert!((240..=260).contains(&active), "{today}: {active} active households");
        let low = village.shelf.goods.iter().filter(|goods| !goods.is_service && village.shelf.stock(goods.id) <= 6);
        assert_eq!(low.count(), 1, "{today}: goods low in stock");
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        village.shelf.redemptions().for_each(|redemption| *days.entry(redemption.at.date()).or_default() += 1);
        assert_eq!(days.len(), 3);
        assert!(days.values().all(|count| (125..=150).contains(count)), "{today}: {days:?}");
    }
}

#[test]
fn the_anchor_household_has_its_fifty_points() {
    for (today, expected) in DAYS.into_iter().zip([0, 15, 50, 50, 50, 50]) {
        let village = demo(1, today).village;
        let anchor = Account::Household(village.people.household_by_number(ANCHOR).expect("the anchor").id);
        let quarter = Quarter::of(today);
        let entries: Vec<_> = village.entries.of(anchor).filter(|entry| quarter.contains(entry.date)).collect();
        assert_eq!(entries.iter().map(|entry| entry.points).sum::<i32>(), expected, "{today}");
        assert!(entries.iter().all(|entry| matches!(entry.reason, Reason::Act { .. })));
        let redeemed = village.shelf.redemptions_of(anchor).filter(|taken| quarter.contains(taken.at.date())).count();
        assert_eq!(redeemed, 0);
    }
}

#[test]
fn there_is_a_new_rule_book_and_something_to_review() {
    for today in DAYS {
        let village = demo(1, today).village;
        assert_eq!(village.rules.iter().count(), 2, "{today}");
        let book = village.rules.in_force(today).expect("in force");
        assert_eq!((book.version.0, book.effective), (2, Quarter::of(today).first_day()));
        assert!(village.takes_two());
        let open = village.open_claims(Ledger::Villager, None).count();
        assert!((4..=9).contains(&open), "{today}: {open} claims wait");
        let waiting = village.open_claims(Ledger::Member, None).count();
        assert!(waiting >= 2, "{today}: {waiting} claims of members wait");
        for ledger in [Ledger::Villager, Ledger::Member] {
            let decided = village.claims.iter().filter(|claim| claim.filed.account.ledger() == ledger);
            let approved: Vec<_> = decided.filter(|claim| claim.review.is_some()).map(is_approved).collect();
            assert!(approved.contains(&true) && approved.contains(&false), "{today} {ledger:?}: {approved:?}");
        }
    }
}

fn is_approved(claim: &Claim) -> bool {
    matches!(claim.state, ClaimState::Approved(_))
}

#[test]
fn something_of_everything_happened_in_the_year() {
    for today in DAYS {
        let village = demo(1, today).village;
        let outcomes = village.disputes.iter().map(|dispute| dispute.decided.map(|decided| decided.outcome));
        let outcomes: Vec<_> = outcomes.collect();
        let count = |fits: fn(&Option<Outcome>) -> bool| outcomes.iter().filter(|outcome| fits(outcome)).count();
        let reversed = |ledger: Ledger| {
            let mut entries = village
                .disputes
                .iter()
                .filter(|dispute| matches!(dispute.decided.map(|decided| decided.outcome), Some(Outcome::Reversed(_))));
            entries.any(|dispute| {
                village.entries.get(dispute.raised.entry).is_some_and(|entry| entry.account.ledger() == ledger)
            })
        };
        assert_eq!(count(|outcome| *outcome == Some(Outcome::Kept)), 1, "{today}");
        assert_eq!(count(Option::is_none), 1, "{today}");
        assert!(reversed(Ledger::Villager) && reversed(Ledger::Member), "{today}: {outcomes:?}");
        let appealed: Vec<_> = village.vetoes.iter().filter(|veto| veto.appeal.is_some()).collect();
        assert!(matches!(appealed[..], [veto] if veto.imposed.account.ledger() == Ledger::Member), "{today}");
        let changes = village.people.persons.iter().filter_map(Person::last_change);
        let changes: HashSet<_> = changes.map(|(_, change)| change.word()).collect();
        assert_eq!(changes, ["去世", "迁出", "组织关系转出"].into(), "{today}");
        let retyped = village.people.members().filter(|member| member.memberships.len() == 2).count();
        assert_eq!(retyped, 2, "{today}");
        for ledger in [Ledger::Villager, Ledger::Member] {
            let mut entries = village.entries.iter().filter(|entry| entry.account.ledger() == ledger);
            assert!(entries.any(|entry| village.case_of(entry.id).is_some()), "{today} {ledger:?}: a dispute earned");
        }
        let expired = |entry: Entry| matches!(entry.reason, Reason::Cleared(ClearCause::Expired(_)));
        assert!(village.entries.iter().any(expired), "{today}");
        let reopened: Vec<_> = village.shelf.days.iter().map(|(_, day)| day.reopenings.len()).collect();
        assert_eq!(reopened, [1, 0, 0], "{today}");
        assert!(village.shelf.days.iter().all(|(_, day)| day.closing().is_some()), "{today}");
    }
}

#[test]
fn acts_are_shown_by_photos() {
    for today in DAYS {
        let Demo { acts, village } = demo(1, today);
        let decisions = acts.into_iter().map(|act| (act.at, act.decision)).collect();
        let Contents { photos, .. } = contents_of(DeviceId(1), decisions);
        assert_eq!(photos.len(), 3, "{today}");
        assert_eq!(village.photos.living().count(), photos.len());
        for (id, picture) in &photos {
            assert_eq!(compare(&village, *id, picture), Agreement::Same);
            assert!(jpeg::is_bare(picture));
            let added = &village.photos.get(*id).expect("known").added;
            assert_eq!(jpeg::size(picture), Ok((added.width, added.height)));
        }
        let anchor = Account::Household(village.people.household_by_number(ANCHOR).expect("the anchor").id);
        let shown = village.entries.of(anchor).filter(|entry| !village.photos_of_entry(entry.id).is_empty());
        assert_eq!(shown.count(), 1, "{today}: in the passbook of the anchor");
    }
}

#[test]
fn cases_are_of_the_expected_number_and_kind() {
    for today in DAYS {
        let village = demo(1, today).village;
        let mut months: BTreeMap<(i16, i8), u32> = BTreeMap::new();
        let mut places = [0_usize; 5];
        let mut titles = HashSet::new();
        for case in &village.cases {
            let day = case.opening.received.date();
            *months.entry((day.year(), day.month())).or_default() += 1;
            places[case.handling.map_or(4, Handling::place)] += 1;
            titles.insert(village.register.text(case.opening.id, Field::Title));
        }
        assert_eq!(places.iter().sum::<usize>(), village.cases.len());
        assert!(places.iter().all(|count| *count > 0), "{today}: {places:?}");
        assert!(titles.len() >= 40, "{today}: {} titles", titles.len());
        let current = (today.year(), today.month());
        let whole = months.iter().filter(|(month, _)| **month != current);
        assert!(whole.clone().all(|(_, count)| (8..=14).contains(count)), "{today}: {months:?}");
        let disputes: Vec<_> = village.cases.iter().filter(|case| case.is_dispute()).collect();
        assert!((28..=42).contains(&disputes.len()), "{today}: {} disputes", disputes.len());
        let colours = [Risk::Blue, Risk::Yellow, Risk::Red];
        assert!(colours.iter().all(|risk| disputes.iter().any(|case| case.opening.risk == Some(*risk))));
        assert!(disputes.iter().any(|case| case.resolved == Some(false)));
        let rated: Vec<_> = village.cases.iter().filter_map(|case| case.first_rating).collect();
        let bad = rated.iter().filter(|rating| !rating.is_satisfied()).count();
        assert!((1..=4).contains(&bad), "{today}: {bad} not satisfied");
        assert!(rated.contains(&Rating::VerySatisfied));
        assert_eq!(village.cases.iter().filter(|case| case.round == 2).count(), bad);
    }
}

#[test]
fn something_of_every_kind_is_open_today() {
    for today in DAYS {
        let village = demo(1, today).village;
        let open = |check: &dyn Fn(&cunzhi::domain::case::record::Case) -> bool| village.cases.iter().any(check);
        assert!(open(&|case| case.standing(today, &village.working_days) == Standing::Overdue(2)), "{today}");
        assert!(open(&|case| case.due(&village.working_days) == Some(add_days(today, 1)) && !case.is_closed()));
        assert!(open(&|case| case.opening.risk == Some(Risk::Red) && case.stage.step == Step::InProgress));
        assert!(open(&|case| case.stage.step == Step::Reported));
        assert!(open(&|case| case.stage.step == Step::Answered));
        assert!(open(&|case| case.stage.suspended));
        assert!(open(&|case| matches!(case.handling, Some(Handling::Escalated { follow_up, .. })
            if follow_up > today && !case.is_closed())));
    }
}

#[test]
fn what_is_over_is_closed_and_every_check_holds() {
    for today in DAYS {
        let village = demo(1, today).village;
        // On the first day of a month there was no morning yet to close the last one.
        let open = Month::of(add_days(today, -1));
        for ledger in [Ledger::Villager, Ledger::Member] {
            assert_eq!(next_to_close(&village, ledger), Some(open), "{today} {ledger:?}");
        }
        let phases: Vec<_> = village.vetoes.iter().map(|veto| veto.phase(today)).collect();
        assert_eq!(phases, [VetoPhase::Revoked, VetoPhase::Standing, VetoPhase::Standing], "{today}");
        let open = village.disputes.iter().filter(|dispute| dispute.is_open());
        let ledgers: Vec<_> = open.filter_map(|dispute| village.entries.get(dispute.raised.entry)).collect();
        assert!(matches!(ledgers[..], [entry] if entry.account.ledger() == Ledger::Villager), "{today}");
        for finding in findings(&village) {
            assert_eq!(finding.sentences, Vec::<String>::new(), "{today}: {}", finding.name);
        }
    }
}

#[test]
fn linked_members_visit_their_households_and_score_for_it() {
    for today in DAYS {
        let village = demo(1, today).village;
        let last = Month::of(add_days(today, -1)).back(1);
        let months = village.member_months(last, last.last_day());
        assert!(months.len() > 10, "{today}: {}", months.len());
        for month in &months {
            assert!((4..=8).contains(&month.households.len()), "{today}: {}", month.households.len());
        }
        let full = months.iter().filter(|one| one.outcome() == MonthOutcome::Full).count();
        assert!(full > 0 && full < months.len(), "{today}: {full} of {}", months.len());
        let with = |has: fn(&Visit) -> bool| village.visits.iter().filter(|visit| has(visit)).count();
        assert!(with(|visit| visit.entry.is_some()) > 300, "{today}");
        assert_eq!((with(|visit| visit.case.is_some()), with(|visit| !visit.stands())), (1, 1), "{today}");
        assert!(village.earnable_visits(last).is_empty(), "{today}: recorded, and closed");
    }
}
#[test]
fn any_day_and_seed_gives_a_village_that_keeps_the_rules() {
    for (seed, turn) in (0..).zip(0..16) {
        let today = add_days(date(2026, 1, 1), turn * 23);
        let Demo { village, .. } = demo(seed, today);
        for finding in findings(&village) {
            assert_eq!(finding.sentences, Vec::<String>::new(), "{today}: {}", finding.name);
        }
        let decided = village.disputes.iter().filter_map(|dispute| dispute.decided);
        assert_eq!(decided.count(), 3, "{today}");
        let closings: Vec<_> = village.shelf.days.iter().map(|(_, day)| day.closings.len()).collect();
        assert_eq!(closings, [2, 1, 1], "{today}");
    }
}
