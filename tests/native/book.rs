//! The book over a store: what was recorded is there again after opening, a
//! failing store leaves the village as it was, and save files go out and back.

use std::pin::pin;
use std::task::{Context as TaskContext, Poll, Waker};

use cunzhi::app::book::{ActError, Book};
use cunzhi::app::save::{check, file_name, save_file};
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::register::Clock;
use cunzhi::domain::staff::Standing;
use cunzhi::domain::village::Village;
use cunzhi::journal::segment;
use cunzhi::storage::memory::MemoryStore;
use cunzhi::storage::{Store, StoreError};
use jiff::civil::{Date, date};

use super::support::{DEVICE, TODAY, goods, matter, new_village, roster};

/// The laptop on which a save file is restored.
pub const OTHER: DeviceId = DeviceId(8);

/// Waits for a future that is ready at once, as those of a store in memory are.
pub fn now<F: Future>(future: F) -> F::Output {
    let mut context = TaskContext::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a store in memory never waits"),
    }
}

pub fn noon(day: Date) -> Moment {
    Moment::at(day, 12, 0)
}

/// Prepares, stores and commits, as the write path of the page does.
pub fn act(book: &mut Book, store: &MemoryStore, command: Command) -> Result<(), ActError> {
    let prepared = book.prepare(noon(TODAY), command)?;
    now(store.append(prepared.batch.clone()))?;
    Ok(book.commit(prepared)?)
}

/// The account of the household with this number.
fn household(village: &Village, number: &str) -> Account {
    Account::Household(village.people.household_by_number(number).expect("a known household").id)
}

/// 环境整治 for one household: +5.
pub fn cleaning(village: &Village, number: &str) -> Command {
    let item = village.rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id;
    let (account, note) = (household(village, number), "村东路沿".to_owned());
    Command::RecordActivity(NewActivity { item, date: TODAY, note, lines: vec![(account, 1)], points_each: None })
}

/// A village of three households with points, goods and a case, in a store.
pub fn kept() -> (Book, MemoryStore) {
    let (mut book, store) = (Book::empty(DEVICE), MemoryStore::default());
    let commands = [
        Command::FoundVillage(new_village()),
        Command::ImportRoster(roster()),
        Command::AddGoods(goods("洗衣液", 20, 5)),
        Command::OpenCase(matter(TODAY, None)),
    ];
    for command in commands {
        act(&mut book, &store, command).expect("the command is in order");
    }
    for number in ["1-001", "2-001"] {
        let command = cleaning(book.village(), number);
        act(&mut book, &store, command).expect("the command is in order");
    }
    (book, store)
}

fn reopened(store: &MemoryStore) -> Book {
    Book::open(&now(store.load()).expect("a store in memory"), DEVICE).expect("what was written can be read")
}

/// What a village shows: every account with its name and points, and sums.
pub fn figures(book: &Book) -> Vec<String> {
    let village = book.village();
    let homes = village.people.households.iter().map(|home| {
        let balance = village.balance(Account::Household(home.id));
        format!("{} {} {balance}", home.number, village.head_name(home.id))
    });
    let members = village
        .people
        .members()
        .map(|person| format!("{} {}", village.name(person.id), village.balance(Account::Member(person.id))));
    let stock = village.shelf.goods.iter().map(|goods| format!("{} {}", goods.name, village.shelf.stock(goods.id)));
    let sums = format!("{} acts, {} cases", book.acts(), village.cases.len());
    homes.chain(members).chain(stock).chain([sums]).collect()
}

#[test]
fn a_village_is_there_again_after_opening() {
    let (book, store) = kept();
    let expected = [
        "1-001 张三 5",
        "1-002 周五 0",
        "2-001 郑七 5",
        "李四 60",
        "张小 60",
        "周五 60",
        "吴六 60",
        "郑七 60",
        "洗衣液 5",
        "6 acts, 1 cases",
    ];
    assert_eq!(figures(&book), expected);
    let mut again = reopened(&store);
    assert_eq!(figures(&again), expected);
    assert_eq!(again.village().profile, book.village().profile);
    // And it goes on where it stopped.
    let command = cleaning(again.village(), "1-002");
    assert_eq!(act(&mut again, &store, command), Ok(()));
    assert_eq!(figures(&reopened(&store))[1], "1-002 周五 5");
}

#[test]
fn an_empty_store_opens_as_an_empty_book() {
    let book = reopened(&MemoryStore::default());
    assert_eq!((book.acts(), book.laptop().device, book.village().profile.is_none()), (0, DEVICE, true));
}

#[test]
fn a_failing_store_changes_nothing() {
    let (mut book, store) = kept();
    let (before, stored) = (figures(&book), store.contents());
    store.set_failing(true);
    let command = cleaning(book.village(), "1-002");
    assert_eq!(act(&mut book, &store, command.clone()), Err(ActError::Store(StoreError::Full)));
    assert_eq!((figures(&book), store.contents()), (before.clone(), stored));
    assert_eq!(figures(&reopened(&store)), before);
    store.set_failing(false);
    assert_eq!(act(&mut book, &store, command), Ok(()));
    assert_eq!(figures(&reopened(&store)), figures(&book));
}

#[test]
fn a_second_window_conflicts() {
    let (mut first, store) = kept();
    let mut second = reopened(&store);
    let command = cleaning(first.village(), "1-002");
    assert_eq!(act(&mut first, &store, command.clone()), Ok(()));
    let before = figures(&second);
    assert_eq!(act(&mut second, &store, command), Err(ActError::Store(StoreError::Conflict)));
    assert_eq!(figures(&second), before);
    assert_eq!(figures(&reopened(&store)), figures(&first));
}

#[test]
fn a_clock_that_jumps_is_asked_about() {
    let (book, _) = kept();
    let prepared = |day| book.prepare(noon(day), cleaning(book.village(), "1-002")).map(|_| ());
    for (day, expected) in [
        (date(2024, 9, 24), Err(ActError::ClockJump)),
        (date(2026, 9, 27), Ok(())),
        (date(2026, 9, 28), Err(ActError::ClockJump)),
        (date(2199, 1, 1), Err(ActError::ClockJump)),
    ] {
        assert_eq!(prepared(day), expected, "{day}");
    }
    for moment in [Moment(i64::MIN), Moment(i64::MAX)] {
        let refused = book.prepare(moment, Command::FoundVillage(new_village())).map(|_| ());
        assert_eq!(refused, Err(ActError::ClockJump));
    }
}

#[test]
fn a_clock_at_its_end_stays_there() {
    for (clock, now, expected) in [
        (Clock(0), 1, Clock(1 << 16)),
        (Clock(1 << 16), 1, Clock((1 << 16) + 1)),
        (Clock(9), -1, Clock(10)),
        (Clock(u64::MAX), 1, Clock(u64::MAX)),
    ] {
        assert_eq!(clock.after(now), expected);
    }
}

#[test]
fn a_save_file_goes_out_and_back() {
    let (book, store) = kept();
    let bytes = save_file(&store.contents(), &book, noon(TODAY));
    assert_eq!(file_name(&book, noon(TODAY)), "柳湾村_2025-09-26_1200.cunzhi");
    let restored = check(&bytes, OTHER).expect("a sound file");
    assert_eq!(restored.summary(), "柳湾村,2025年9月26日保存,3 户 6 人,6 笔记录");
    assert_eq!(figures(&restored.book), figures(&book));
    assert_eq!((restored.book.laptop().device, restored.book.unsaved()), (OTHER, 0));
    // Put in place, it opens and is recorded upon under the new laptop's numbers.
    now(store.replace(restored.contents)).expect("a store in memory");
    let mut again = Book::open(&store.contents(), DEVICE).expect("what was restored");
    let command = cleaning(again.village(), "1-002");
    assert_eq!(act(&mut again, &store, command), Ok(()));
    assert_eq!((again.laptop().device, again.unsaved()), (OTHER, 1));
    assert_eq!(figures(&reopened(&store)), figures(&again));
}

/// A sentence that the user can act on.
fn refused(bytes: &[u8], what: &str) {
    let sentence = check(bytes, OTHER).err().map(|refusal| refusal.to_string()).unwrap_or_default();
    assert!(sentence.ends_with('。') && sentence.contains('请'), "{what}: {sentence:?}");
}

#[test]
fn a_damaged_save_file_is_refused() {
    let (book, store) = kept();
    let bytes = save_file(&store.contents(), &book, noon(TODAY));
    for tenth in 0..10 {
        let length = bytes.len() * tenth / 10;
        refused(&bytes[..length], &format!("cut at {length}"));
    }
    refused(&bytes[..bytes.len() - 1], "cut by one");
    for (place, bit) in (0..bytes.len()).step_by(1024).zip((0..8).cycle()) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << bit;
        refused(&flipped, &format!("bit {bit} of byte {place}"));
    }
    let longer = [&bytes[..], b"\0"].concat();
    refused(&longer, "one more byte");
}

#[test]
fn the_first_act_brings_the_id_of_the_laptop_along() {
    let (_, store) = kept();
    let contents = now(store.load()).expect("a store in memory");
    let again = Book::open(&contents, OTHER).expect("what was written can be read");
    assert_eq!(again.laptop().device, DEVICE, "a new random id must not replace the one in use");
}

#[test]
fn an_act_says_who_was_at_the_laptop() {
    let (mut book, store) = kept();
    let name = Command::NameStaff { staff: None, name: "李会计".to_owned(), standing: Standing::Active };
    act(&mut book, &store, name).expect("named");
    let staff = book.village().staff.active().next().expect("just named").id;
    let last = |book: &mut Book, name| {
        let prepared = book.prepare(noon(TODAY), Command::AddGoods(goods(name, 5, 1))).expect("in order");
        let segment = segment::read(&prepared.batch.segments[0].1)
            .and_then(segment::Segment::acts)
            .expect("what was just packed");
        now(store.append(prepared.batch.clone())).expect("memory does not fail");
        book.commit(prepared).expect("what was decided follows");
        segment.last().expect("one act").actor
    };
    assert_eq!(last(&mut book, "毛巾"), 0, "nobody was named");
    book.set_hand(Some(staff));
    assert_eq!(last(&mut book, "脸盆"), staff.raw());
    book.set_hand(None);
    assert_eq!(last(&mut book, "水壶"), 0);
}
