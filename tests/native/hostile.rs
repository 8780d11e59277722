//! Stored numbers at the ends of their types: an old or a forged save file may
//! hold any of them, and none may stop the program.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::case::clock::{Limit, Target};
use cunzhi::domain::case::record::{Handling, Happening, Opening};
use cunzhi::domain::command::{Command, Context, NewActivity};
use cunzhi::domain::conflict::ActPlace;
use cunzhi::domain::contradiction::Contradiction;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{ActivityId, CaseId, EntryId, GoodsId, ItemId, NoteId, RedemptionId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::{Cap, CapOf, Item, Period, RuleBook, RuleVersion, Score};
use cunzhi::domain::points::shelf::{BasketLine, Delivery, Goods, StockSource};
use cunzhi::domain::refusal::Refusal;
use cunzhi::report::overview::overview;
use cunzhi::report::shelf_cover::shelf_cover;
use jiff::civil::date;

use super::support::{DEVICE, TODAY, Town, matter, sentence};

/// The village of the tests, with a second rule book of one item.
fn town_with(score: Score, caps: Vec<Cap>) -> (Town, ItemId, Account) {
    let mut town = Town::small();
    let book = town.village.rules.iter().next().expect("the first version").clone();
    let first = book.items.first().expect("an item").clone();
    let (id, version) = (first.id, RuleVersion(u16::MAX));
    let items = vec![Item { score, caps, ..first }];
    put(&mut town, &Event::RuleBookAdopted(RuleBook { version, effective: TODAY, items, ..book }));
    let home = town.household("1-001");
    (town, id, home)
}

fn put(town: &mut Town, event: &Event) {
    assert_eq!(town.village.apply(Moment::at(TODAY, 9, 0), event), Ok(()));
}

/// Points as stored, under the item.
fn stored(town: &mut Town, item: ItemId, account: Account, entry: u64, points: i32) {
    let line = PostedLine { entry: EntryId::from_raw(entry), account, quantity: u32::MAX, points };
    let (activity, version, date) = (ActivityId::from_raw(entry), RuleVersion(u16::MAX), TODAY);
    put(town, &Event::PointsPosted { activity, item, version, date, note: None, lines: vec![line] });
}

#[test]
fn points_that_do_not_fit_are_refused_with_the_quantity_that_does() {
    for (each, quantity, expected) in [
        (i32::MAX, 1, "没有拒绝"),
        (i32::MAX, 2, "数量要在 1 到 1 之间。"),
        (i32::MIN, 1, "没有拒绝"),
        (i32::MIN, 2, "数量要在 1 到 1 之间。"),
        (-10_000_000, 1_000, "数量要在 1 到 214 之间。"),
        (0, 1_000, "没有拒绝"),
    ] {
        let (mut town, item, home) = town_with(Score::Fixed(each), vec![]);
        let lines = vec![(home, quantity)];
        let new = NewActivity { item, date: TODAY, note: String::new(), lines, points_each: None };
        assert_eq!(sentence(town.tell(TODAY, Command::RecordActivity(new))), expected, "{each} × {quantity}");
    }
}

#[test]
fn caps_over_great_points_are_reached() {
    let cap = Cap { period: Period::Year, of: CapOf::Points(u32::MAX) };
    let (mut town, item, home) = town_with(Score::Fixed(5), vec![cap]);
    for entry in 1..4 {
        stored(&mut town, item, home, entry, i32::MIN);
    }
    let new = NewActivity { item, date: TODAY, note: String::new(), lines: vec![(home, 1)], points_each: None };
    assert_eq!(sentence(town.tell(TODAY, Command::RecordActivity(new))), "没有拒绝");
    assert_eq!(town.village.balance(home), 3 * i64::from(i32::MIN) + 5);
}

#[test]
fn the_least_points_are_reversed() {
    let (mut town, item, home) = town_with(Score::Fixed(5), vec![]);
    stored(&mut town, item, home, 1, i32::MIN);
    let reverse = Command::ReverseEntry { entry: EntryId::from_raw(1), reason: "误登".to_owned() };
    town.must(TODAY, reverse);
    assert_eq!(town.village.balance(home), -1);
}

#[test]
fn a_basket_beyond_all_points() {
    let (mut town, _, account) = town_with(Score::Fixed(5), vec![]);
    let id = GoodsId::from_raw(9);
    let (name, unit) = ("金".to_owned(), "块".to_owned());
    let goods = Goods { id, name, unit, price_points: u32::MAX, price_cents: u32::MAX, is_service: false };
    put(&mut town, &Event::GoodsAdded(goods));
    let delivery = Delivery { goods: id, quantity: u32::MAX, source: StockSource::Donated, date: TODAY };
    for _ in 0..3 {
        put(&mut town, &Event::StockReceived(delivery));
    }
    assert_eq!(overview(&town.village, TODAY, None, 0).figures.len(), 5);
    assert!(shelf_cover(&town.village, TODAY).gap.is_none());
    for redemption in [1, 2].map(RedemptionId::from_raw) {
        let line = BasketLine { goods: id, quantity: u32::MAX, price_points: u32::MAX };
        put(&mut town, &Event::Redeemed { redemption, account, lines: vec![line; 2], proxy: None });
    }
    assert_eq!(town.village.balance(account), -i64::MAX);
    let redeem = Command::Redeem { account, basket: vec![(id, 1)], proxy: String::new() };
    assert!(matches!(town.tell(TODAY, redeem), Err(Refusal::NotEnoughStock { .. })));
    let short = Refusal::NotEnoughPoints { balance: i64::MIN, needed: i64::MAX };
    assert!(short.to_string().starts_with("积分不够"));
}

#[test]
fn a_case_with_the_last_number_and_endless_extensions() {
    let mut town = Town::small();
    let known = town.open(TODAY, matter(TODAY, None));
    let opening = Opening { number: u32::MAX, ..town.case(known).opening };
    let id = CaseId::from_raw(99);
    put(&mut town, &Event::CaseOpened(Opening { id, ..opening }));
    assert_eq!(town.village.next_case_number(TODAY), u32::MAX);
    let limit = Limit::days(u16::MAX, Target::Closed);
    let before = [Happening::Reported, Happening::Assigned(Handling::TimeLimited(limit))];
    let extensions = vec![Happening::Extended(u16::MAX, NoteId::from_raw(1)); 40_000];
    for happening in before.into_iter().chain(extensions) {
        put(&mut town, &Event::CaseMoved { case: id, happening });
    }
    assert_eq!(town.case(id).due(&town.village.working_days), Some(date(9999, 12, 31)));
}

#[test]
fn ids_and_days_at_the_end() {
    let mut town = Town::small();
    let last = EntryId::from_raw(u64::from(DEVICE.0) << 32 | u64::from(u32::MAX));
    let (home, item) = (town.household("1-001"), town.item("环境整治"));
    stored(&mut town, item, home, last.raw(), 5);
    // There is no number left for another entry, which is no reason to stop.
    let new = NewActivity {
        item,
        date: TODAY,
        note: String::new(),
        lines: vec![(town.household("1-002"), 1)],
        points_each: None,
    };
    let context = Context { device: DEVICE, now: Moment::at(TODAY, 9, 0) };
    assert!(town.village.decide(&context, Command::RecordActivity(new)).is_ok());
    for (days, expected) in [(i32::MAX, date(9999, 12, 31)), (i32::MIN, date(-9999, 1, 1))] {
        assert_eq!(add_days(TODAY, days), expected);
    }
    for (moment, expected) in [(i64::MIN, date(1970, 1, 1)), (i64::MAX, date(2199, 12, 26))] {
        assert_eq!(Moment(moment).date(), expected);
        assert!([date(-9999, 1, 1), date(9999, 12, 31)].contains(&Moment(moment).date_as_written()));
        assert!(Moment(moment).hour_minute().0 < 24);
    }
}

#[test]
fn rule_books_of_one_number_beyond_all_measure() {
    let mut town = Town::small();
    let first = town.village.rules.iter().next().expect("the first version").clone();
    let book = RuleBook { items: Vec::new(), ..first };
    // There are 8,192 numbers a thousand apart.
    for sequence in 0..8_300 {
        let (place, at) = (ActPlace { device: DEVICE, sequence, event: 0 }, Moment::at(TODAY, 9, 0));
        let adopted = Event::RuleBookAdopted(book.clone());
        town.village.displace(place, at, &adopted, Contradiction::Twice("细则"));
    }
    assert_eq!(town.village.rules.aside().len(), 8_300);
    let mut numbers: Vec<_> = town.village.rules.aside().iter().take(8_191).map(|one| one.book.version).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 8_191, "as long as there are any, each has a number of its own");
}
