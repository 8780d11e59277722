//! Opening while the parts are still coming is the same as opening all of it,
//! and the texts of acts are found again wherever they are stored.

use cunzhi::app::book::Book;
use cunzhi::app::merge::union;
use cunzhi::app::opening::{self, Opened};
use cunzhi::app::save::{check, save_file};
use cunzhi::app::verify::verify;
use cunzhi::domain::command::{Command, NewCase};
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::village::Village;
use cunzhi::journal::page;
use cunzhi::storage::memory::MemoryStore;
use cunzhi::storage::{Batch, Contents, Laptop, Part, Store, StoreError};
use proptest::prelude::*;

use super::book::{OTHER, act, cleaning, figures, kept, noon, now};
use super::journal::older::{segment_v2, segment_v3};
use super::laptops::Desk;
use super::support::{DEVICE, TODAY, matter};

/// A store that hands out so many segments at a time.
struct Portioned<'a> {
    contents: &'a Contents,
    segments: usize,
}

impl Store for Portioned<'_> {
    async fn load_in_parts(&self, mut take: impl FnMut(Part)) -> Result<(), StoreError> {
        let Contents { laptop, segments, slips, pages, .. } = self.contents;
        take(Part::Outline { laptop: *laptop, keys: segments.iter().map(|(key, _)| *key).collect() });
        for segments in segments.chunks(self.segments) {
            let slips = slips.iter().filter(|(of, _)| segments.iter().any(|(key, _)| key == of));
            take(Part::Segments { segments: segments.to_vec(), slips: slips.cloned().collect() });
        }
        take(Part::Pages(pages.clone()));
        Ok(())
    }

    async fn read(&self) -> Result<Contents, StoreError> {
        self.load().await
    }

    async fn append(&self, _: Batch) -> Result<(), StoreError> {
        Err(StoreError::Full)
    }

    async fn replace(&self, _: Contents) -> Result<(), StoreError> {
        Err(StoreError::Full)
    }

    async fn set_laptop(&self, _: Laptop) -> Result<(), StoreError> {
        Err(StoreError::Full)
    }
}

/// Everything that a book says of what was opened.
fn picture(Opened { book, damage }: &Opened) -> Vec<String> {
    let village = book.village();
    let mut lines = figures(book);
    lines.extend(village.register.iter().map(|field| format!("{field:?}")));
    lines.extend(village.cases.iter().map(|case| format!("{case:?}")));
    lines.extend(village.displaced().iter().map(|displaced| format!("{displaced:?}")));
    lines.extend(book.journals().map(|journal| format!("{journal:?}")));
    lines.push(format!("{damage:?} {:?} {:?} {:?}", book.founding(), book.last_at(), book.laptop()));
    lines
}

fn alike(contents: &Contents, segments: usize) {
    let whole = opening::open(contents, OTHER);
    let store = Portioned { contents, segments };
    let parts = now(opening::load(&store, OTHER)).expect("this store reads");
    assert_eq!(picture(&parts), picture(&whole), "{segments} at a time");
    assert_eq!(parts.book.is_blank(), *contents == Contents::default());
}

/// A village that was restored and went on: on pages and on slips.
fn continued() -> Contents {
    let (book, store) = kept();
    let restored = check(&save_file(&store.contents(), &book, noon(TODAY)), OTHER).expect("a sound file");
    let (mut book, store) = (restored.book, MemoryStore::default());
    now(store.replace(restored.contents)).expect("memory does not fail");
    for command in [cleaning(book.village(), "1-002"), Command::OpenCase(matter(TODAY, None))] {
        act(&mut book, &store, command).expect("in order");
    }
    store.contents()
}

/// Two laptops that went on side by side, merged.
fn two_laptops() -> Contents {
    let one = Desk::founded();
    let mut other = one.copy(9, 1_000);
    let mut one = one.copy(7, 0);
    for number in ["1-001", "2-001"] {
        one.act(cleaning(one.village(), number)).expect("in order");
        other.act(cleaning(other.village(), number)).expect("in order");
    }
    one.merged(&other).store.contents()
}

#[test]
fn parts_open_as_the_whole() {
    let counts = |contents: &Contents| (contents.segments.len(), contents.slips.len(), contents.pages.len());
    let (single, continued, merged) = (kept().1.contents(), continued(), two_laptops());
    // The roster is small enough for a slip; goods have no texts.
    assert_eq!(counts(&single), (6, 4, 0));
    assert_eq!(counts(&continued), (8, 2, 3));
    assert_eq!(counts(&merged), (2, 0, 4));
    for contents in [Contents::default(), single, continued, merged] {
        for segments in 1..=7 {
            alike(&contents, segments);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_is_told_alike(segments in 1_usize..7, hurt in 0_usize..9, place in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let mut contents = continued();
        let damaged = match hurt {
            0..6 => &mut contents.segments[hurt].1,
            6 => &mut contents.pages[0].1,
            7 => &mut contents.slips[0].1,
            // A missing one is a gap.
            _ => &mut contents.segments.remove(2).1.clone(),
        };
        let place = place.index(damaged.len());
        damaged[place] ^= 1 << bit;
        prop_assert!(opening::open(&contents, OTHER).damage.is_some());
        alike(&contents, segments);
    }
}

fn titles(village: &Village) -> Vec<String> {
    let cases = village.cases.iter();
    cases
        .map(|case| village.register.text(case.opening.id, cunzhi::domain::register::Field::Title).to_owned())
        .collect()
}

#[test]
fn what_only_adds_goes_on_a_slip() {
    let (mut book, store) = kept();
    let before = store.contents();
    let matter = NewCase { title: "水沟堵了".to_owned(), ..matter(TODAY, None) };
    act(&mut book, &store, Command::OpenCase(matter)).expect("in order");
    let after = store.contents();
    assert_eq!(after.pages, before.pages, "no page was written");
    assert_eq!(after.slips.len(), before.slips.len() + 1);
    assert_eq!(after.slips.last().map(|(key, _)| key), after.segments.last().map(|(key, _)| key));
    let again = opening::open(&after, DEVICE);
    assert_eq!(again.damage, None);
    assert_eq!(titles(again.book.village()), titles(book.village()));
    assert_eq!(titles(again.book.village())[1], "水沟堵了");
}

#[test]
fn folding_writes_slips_on_their_pages() {
    let mut desk = Desk::founded();
    for place in 0..140 {
        desk.act(Command::OpenCase(NewCase { title: format!("事项{place}"), ..matter(TODAY, None) }))
            .expect("in order");
    }
    let contents = desk.store.contents();
    assert!(contents.segments.len() < 100, "{} segments were not folded", contents.segments.len());
    // The segment in their place has none, each behind it has its own.
    assert_eq!(contents.slips.len(), contents.segments.len() - 1);
    let again = Book::open(&contents, DEVICE).expect("opens");
    assert_eq!(titles(again.village()), titles(desk.village()));
    let pages: Vec<_> = contents.pages.iter().filter_map(|(_, bytes)| page::read(bytes).ok()).flatten().collect();
    assert!(pages.len() > 120, "{} owners are on pages", pages.len());
}

#[test]
fn a_save_file_has_pages_and_no_slips() {
    let (book, store) = kept();
    let contents = store.contents();
    assert!(!contents.slips.is_empty());
    let restored = check(&save_file(&contents, &book, noon(TODAY)), OTHER).expect("a sound file");
    assert_eq!(restored.contents.slips, Vec::new());
    assert_eq!(figures(&restored.book), figures(&book));
    let fields = |book: &Book| book.village().register.iter().map(|field| format!("{field:?}")).collect::<Vec<_>>();
    assert_eq!(fields(&restored.book), fields(&book));
    // A page that cannot be read stays as it is, and what is on a slip is still there.
    let mut damaged = continued();
    damaged.pages.iter_mut().for_each(|(_, bytes)| bytes[9] ^= 1);
    let rescued = save_file(&damaged, &Book::empty(DeviceId(1)), noon(TODAY));
    let texts = damaged.slips.iter().flat_map(|(_, bytes)| page::read(bytes).expect("whole"));
    let texts: Vec<_> = texts.flat_map(|(_, values)| values).filter_map(|value| value.text).collect();
    assert_eq!(texts[0], "村东路沿");
    let found = |bytes: &[u8]| rescued.windows(bytes.len()).any(|part| part == bytes);
    assert!(damaged.pages.iter().all(|(_, bytes)| found(bytes)) && found(texts[0].as_bytes()));
}

/// The same contents as an older program stored them.
fn of_an_older_program(contents: &Contents, older: fn(&[u8]) -> Vec<u8>) -> Contents {
    let segments = contents.segments.iter().map(|(key, bytes)| (*key, older(bytes)));
    Contents { segments: segments.collect(), ..contents.clone() }
}

#[test]
fn what_an_older_program_stored_is_gone_on_with() {
    stored_before(segment_v2);
    stored_before(segment_v3);
}

fn stored_before(packed: fn(&[u8]) -> Vec<u8>) {
    for contents in [kept().1.contents(), continued(), two_laptops()] {
        let older = of_an_older_program(&contents, packed);
        assert_ne!(older.segments, contents.segments);
        assert_eq!(picture(&opening::open(&older, OTHER)), picture(&opening::open(&contents, OTHER)));
        assert_eq!((verify(&older).damage, verify(&older).now), (None, verify(&contents).now));
        // A laptop with an older program has the same acts, in other bytes.
        for (ours, theirs) in [(&contents, &older), (&older, &contents)] {
            assert_eq!(union(ours, theirs), union(&contents, &contents));
        }
    }
    let before = Desk::founded();
    let mut desk = Desk::with(of_an_older_program(&before.store.contents(), packed), before.clock);
    assert_eq!(desk.picture(), before.picture());
    for _ in 0..140 {
        desk.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    }
    let folded = desk.store.contents();
    assert!(folded.segments.len() < 100, "{} segments were not folded", folded.segments.len());
    assert_eq!(verify(&folded).damage, None, "the chain goes through acts of both packings");
    assert_eq!(picture(&opening::open(&folded, DEVICE)), picture(&Opened { book: desk.book, damage: None }));
}
