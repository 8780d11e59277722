//! Storage in a real browser: the same promises as the store in memory, on a
//! fresh database for each test. And the addresses, which only exist there.

#![cfg(target_arch = "wasm32")]

use cunzhi::app::book::{Book, contents_of};
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewVillage};
use cunzhi::domain::id::DeviceId;
use cunzhi::storage::idb::IdbStore;
use cunzhi::storage::{Batch, Contents, Laptop, SegmentKey, Store, StoreError};
use cunzhi::ui::route::{CasesView, PeoplePart, PeopleView, PointsPart, PointsView, Route};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const DEVICE: DeviceId = DeviceId(7);

fn key(first: u64) -> SegmentKey {
    SegmentKey { device: DEVICE, first }
}

fn batch(first: u64, bytes: &[u8]) -> Batch {
    Batch { segments: vec![(key(first), bytes.to_vec())], pages: Vec::new(), laptop: None }
}

async fn fresh(name: &str) -> IdbStore {
    let store = IdbStore::open(name).await.expect("a fresh database opens");
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
    let contents = IdbStore::open("again").await.expect("opens").load().await.expect("loads");
    assert_eq!(contents.segments, vec![(key(0), b"first".to_vec()), (key(1), b"second".to_vec())]);
}

#[wasm_bindgen_test]
async fn a_second_window_cannot_overwrite() {
    let store = fresh("conflict").await;
    let second = IdbStore::open("conflict").await.expect("opens");
    store.append(batch(0, b"ours")).await.expect("appended");
    assert_eq!(second.append(batch(0, b"theirs")).await, Err(StoreError::Conflict));
    let contents = store.load().await.expect("loads");
    assert_eq!(contents.segments, vec![(key(0), b"ours".to_vec())]);
}

#[wasm_bindgen_test]
async fn a_batch_that_fails_leaves_nothing() {
    let store = fresh("whole").await;
    store.append(batch(1, b"there")).await.expect("appended");
    let both = Batch {
        segments: vec![(key(0), b"new".to_vec()), (key(1), b"taken".to_vec())],
        pages: Vec::new(),
        laptop: None,
    };
    assert_eq!(store.append(both).await, Err(StoreError::Conflict));
    assert_eq!(store.load().await.expect("loads").segments, vec![(key(1), b"there".to_vec())]);
}

#[wasm_bindgen_test]
async fn the_laptop_is_remembered() {
    let store = fresh("laptop").await;
    let laptop = Laptop { device: DEVICE, saved_at: Some(Moment(1_700_000_000_000)), saved_acts: 12 };
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

#[wasm_bindgen_test]
fn every_address_leads_back_to_its_route() {
    let grid = Some(7 << 32 | 2);
    let routes = [
        Route::Overview,
        Route::Cases(CasesView::default()),
        Route::Cases(CasesView { all: true, grid, handling: Some(4), disputes: true, case: Some(9) }),
        Route::Points(PointsView::default()),
        Route::Points(PointsView { members: true, part: PointsPart::Passbook(5), grid }),
        Route::Points(PointsView { members: false, part: PointsPart::Rules, grid: None }),
        Route::Hall,
        Route::Signatures,
        Route::Goods,
        Route::People(PeopleView::default()),
        Route::People(PeopleView { part: PeoplePart::Members, grid, household: Some(3) }),
        Route::People(PeopleView { part: PeoplePart::Grids, grid: None, household: None }),
        Route::Import,
        Route::Reports,
        Route::Data,
    ];
    for route in routes {
        assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
    }
    for unknown in ["", "#", "#/", "#/nowhere", "#/cases?all=", "#//?&&=&"] {
        // Nothing that is typed into the address bar may panic.
        let _route = Route::parse(unknown);
    }
    assert_eq!(Route::parse("#/nowhere"), Route::Overview);
}
