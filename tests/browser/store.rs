//! The book in IndexedDB: the same promises as the store in memory.

use std::rc::Rc;

use cunzhi::app::book::Book;
use cunzhi::app::packing::contents_of;
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewVillage};
use cunzhi::domain::id::{DeviceId, Kind};
use cunzhi::domain::register::PageKey;
use cunzhi::storage::idb::IdbStore;
use cunzhi::storage::{Batch, Contents, Laptop, Part, SegmentKey, Store, StoreError};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

pub const DEVICE: DeviceId = DeviceId(7);

pub fn key(first: u64) -> SegmentKey {
    SegmentKey { device: DEVICE, first }
}

pub fn batch(first: u64, bytes: &[u8]) -> Batch {
    Batch { segments: vec![(key(first), bytes.to_vec())], ..Batch::default() }
}

pub async fn open(name: &str) -> IdbStore {
    IdbStore::open(name, || ()).await.expect("opens")
}

pub async fn fresh(name: &str) -> IdbStore {
    let store = open(name).await;
    store.load().await.expect("loads");
    store.replace(Contents::default()).await.expect("a fresh database can be emptied");
    store
}

#[wasm_bindgen_test]
async fn an_empty_store_is_empty() {
    let store = fresh("empty").await;
    assert_eq!(store.load().await, Ok(Contents::default()));
}

#[wasm_bindgen_test]
async fn what_was_appended_is_there_after_opening_again() {
    let store = fresh("again").await;
    store.append(batch(0, b"first")).await.expect("appended");
    store.append(batch(1, b"second")).await.expect("appended");
    drop(store);
    let contents = open("again").await.load().await.expect("loads");
    assert_eq!(contents.segments, vec![(key(0), b"first".to_vec()), (key(1), b"second".to_vec())]);
}

#[wasm_bindgen_test]
async fn a_second_window_cannot_overwrite() {
    let store = fresh("conflict").await;
    let second = open("conflict").await;
    second.load().await.expect("loads");
    store.append(batch(0, b"ours")).await.expect("appended");
    assert_eq!(second.is_current().await, Ok(false));
    assert_eq!(second.append(batch(0, b"theirs")).await, Err(StoreError::Conflict));
    // Nor anything that is more than an act, at a place that is free: its book is old.
    let page = (PageKey { kind: Kind::Person, number: 0 }, b"page".to_vec());
    let larger = Batch { pages: vec![page], ..batch(1, b"theirs") };
    assert_eq!(second.append(larger).await, Err(StoreError::Conflict));
    let laptop = Laptop::new(DEVICE);
    assert_eq!(second.set_laptop(laptop).await, Err(StoreError::Conflict));
    assert_eq!(second.replace(Contents::default()).await, Err(StoreError::Conflict));
    assert_eq!(second.read().await, Err(StoreError::Conflict), "a file would not be of the book in memory");
    let contents = store.read().await.expect("reads");
    assert_eq!(contents.segments, vec![(key(0), b"ours".to_vec())]);
    second.load().await.expect("loads");
    second.append(batch(1, b"theirs")).await.expect("appended after looking");
    assert_eq!(store.append(batch(1, b"ours")).await, Err(StoreError::Conflict));
}

#[wasm_bindgen_test]
async fn compaction_takes_and_gives_in_one_transaction() {
    let store = fresh("compact").await;
    for first in [0, 1, 2] {
        store.append(batch(first, b"small")).await.expect("appended");
    }
    let second = open("compact").await;
    second.load().await.expect("loads");
    let removed = vec![key(0), key(1)];
    let large = Batch { removed: removed.clone(), ..batch(0, b"large") };
    store.append(large).await.expect("compacted");
    let compacted = vec![(key(0), b"large".to_vec()), (key(2), b"small".to_vec())];
    assert_eq!(store.load().await.expect("loads").segments, compacted);
    // The segment at 1 is gone, so `add` alone would let this in.
    assert_eq!(second.append(batch(1, b"theirs")).await, Err(StoreError::Conflict));
    let taken = Batch { removed: vec![key(0)], ..batch(2, b"taken") };
    assert_eq!(store.append(taken).await, Err(StoreError::Conflict));
    assert_eq!(store.load().await.expect("loads").segments, compacted, "what was to go is still there");
}

#[wasm_bindgen_test]
async fn a_batch_that_fails_leaves_nothing() {
    let store = fresh("whole").await;
    store.append(batch(1, b"there")).await.expect("appended");
    let both = Batch { segments: vec![(key(0), b"new".to_vec()), (key(1), b"taken".to_vec())], ..Batch::default() };
    assert_eq!(store.append(both).await, Err(StoreError::Conflict));
    assert_eq!(store.load().await.expect("loads").segments, vec![(key(1), b"there".to_vec())]);
    store.append(batch(2, b"next")).await.expect("the store goes on after a failure");
}

#[wasm_bindgen_test]
async fn two_writes_of_one_window_do_not_conflict() {
    let store = Rc::new(fresh("together").await);
    let beside = Rc::clone(&store);
    let laptop = Laptop { saved_acts: 3, ..Laptop::new(DEVICE) };
    spawn_local(async move { beside.set_laptop(laptop).await.expect("written") });
    store.append(batch(0, b"act")).await.expect("appended");
    store.append(batch(1, b"act")).await.expect("appended");
    let contents = store.read().await.expect("reads");
    assert_eq!((contents.segments.len(), contents.laptop), (2, Some(laptop)));
}

#[wasm_bindgen_test]
async fn a_slip_comes_and_goes_with_its_segment() {
    let store = fresh("slips").await;
    for first in [0, 1, 2] {
        let slips = if first == 1 { Vec::new() } else { vec![(key(first), first.to_le_bytes().to_vec())] };
        store.append(Batch { slips, ..batch(first, b"act") }).await.expect("appended");
    }
    let slips = store.load().await.expect("loads").slips;
    let slip = |first: u64| (key(first), first.to_le_bytes().to_vec());
    assert_eq!(slips, vec![slip(0), slip(2)]);
    let folded = Batch { removed: vec![key(0), key(1)], ..batch(0, b"folded") };
    store.append(folded).await.expect("folded");
    let contents = store.read().await.expect("reads");
    assert_eq!(contents.segments, vec![(key(0), b"folded".to_vec()), (key(2), b"act".to_vec())]);
    assert_eq!(contents.slips, vec![slip(2)]);
    store.replace(contents.clone()).await.expect("replaced");
    assert_eq!(store.load().await, Ok(contents));
}

#[wasm_bindgen_test]
async fn a_record_that_is_no_whole_frame_hides_no_other() {
    let store = fresh("frames").await;
    let cut = b"CZSS\xff\xff\xff\xffthe rest is gone";
    store.append(batch(0, b"act")).await.expect("appended");
    store.append(batch(1, cut)).await.expect("appended");
    let segments = store.load().await.expect("it is for the journal to say what is damaged").segments;
    assert_eq!(segments, vec![(key(0), b"act".to_vec()), (key(1), cut.to_vec())]);
}

#[wasm_bindgen_test]
async fn parts_come_in_order_and_whole() {
    let store = fresh("parts").await;
    // Near and far apart, on three laptops: some are asked for together, some are not.
    let firsts = [0, 1, 12_287, 12_288, 12_289, 40_000, 60_000, 80_000, 100_000];
    let keys = [1, 7, 9].map(|device| firsts.map(|first| SegmentKey { device: DeviceId(device), first })).concat();
    let segments: Vec<_> = keys.iter().map(|key| (*key, key.first.to_le_bytes().to_vec())).collect();
    store.replace(Contents { segments: segments.clone(), ..Contents::default() }).await.expect("replaced");
    let (mut outlined, mut come, mut parts) = (Vec::new(), Vec::new(), 0);
    let take = |part: Part| match part {
        Part::Outline { keys, .. } => outlined = keys,
        Part::Segments { segments, .. } => {
            come.extend(segments);
            parts += 1;
        }
        Part::Pages(pages) => assert!(pages.is_empty()),
    };
    store.load_in_parts(take).await.expect("loads");
    assert_eq!((outlined, come), (keys, segments));
    assert_eq!(parts, 18, "six on each laptop");
}

#[wasm_bindgen_test]
async fn the_laptop_is_remembered() {
    let store = fresh("laptop").await;
    let laptop =
        Laptop { device: DEVICE, saved_at: Some(Moment(1_700_000_000_000)), saved_acts: 12, saved_records: Some(34) };
    store.set_laptop(laptop).await.expect("written");
    assert_eq!(store.load().await.expect("loads").laptop, Some(laptop));
}

#[wasm_bindgen_test]
async fn a_village_survives_the_store() {
    let store = fresh("village").await;
    store.replace(contents_of(DEVICE, Vec::new())).await.expect("replaced");
    let mut book = Book::open(&store.load().await.expect("loads"), DEVICE).expect("opens");
    let new =
        NewVillage { name: "柳湾村".to_owned(), grids: vec!["第一网格".to_owned()], ..NewVillage::default() };
    let mut prepared = book.prepare(Moment(1_700_000_000_000), Command::FoundVillage(new)).expect("decided");
    store.append(std::mem::take(&mut prepared.batch)).await.expect("stored");
    book.commit(prepared).expect("follows");
    let again = Book::open(&store.load().await.expect("loads"), DEVICE).expect("opens again");
    assert_eq!(again.village().profile, book.village().profile);
    assert_eq!(again.acts(), 1);
    assert_eq!(again.laptop(), book.laptop(), "the first act brings the laptop's id along");
}
