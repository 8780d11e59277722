//! Pictures in IndexedDB: with their act or not at all, and gone when neither the
//! village nor a snapshot needs them.

use std::collections::BTreeSet;

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::id::PhotoId;
use cunzhi::storage::snapshot::{Snapshot, SnapshotReason};
use cunzhi::storage::{Batch, Contents, Copies, PhotoStore, Photos, Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

use super::store::{batch, fresh, open};

fn id(raw: u64) -> PhotoId {
    PhotoId::from_raw(7 << 32 | raw)
}

fn photos(ids: &[u64]) -> Photos {
    ids.iter().map(|raw| (id(*raw), vec![u8::try_from(*raw).unwrap_or(0); 1_000])).collect()
}

fn snapshot() -> Snapshot {
    Snapshot {
        at: Moment(1),
        reason: SnapshotReason::Restore,
        acts: 1,
        households: 1,
        people: 1,
        bytes: 1,
        village: String::new(),
    }
}

#[wasm_bindgen_test]
async fn pictures_come_and_go_with_their_act() {
    let store = fresh("photos").await;
    store.append(Batch { photos: photos(&[1, 2]), ..batch(0, b"first") }).await.expect("appended");
    drop(store);
    let store = open("photos").await;
    assert_eq!(store.load().await.expect("loads").photos, Photos::new(), "the book is read without them");
    assert_eq!(store.photo(id(2)).await, Ok(photos(&[2]).pop().map(|(_, picture)| picture)));
    assert_eq!(store.photo(id(3)).await, Ok(None));
    assert_eq!(store.photo_ids().await, Ok(vec![id(1), id(2)]));
    // A segment that is there already: nothing of the batch is done.
    let twice = Batch { photos: photos(&[3]), photos_removed: vec![id(1)], ..batch(0, b"again") };
    assert_eq!(store.append(twice).await, Err(StoreError::Conflict));
    assert_eq!(store.photos().await, Ok(photos(&[1, 2])));
    let removal = Batch { photos_removed: vec![id(1)], ..batch(1, b"second") };
    store.append(removal).await.expect("appended");
    assert_eq!(store.photos().await, Ok(photos(&[2])));
}

#[wasm_bindgen_test]
async fn a_second_window_neither_adds_nor_sweeps() {
    let store = fresh("photos-conflict").await;
    let second = open("photos-conflict").await;
    second.load().await.expect("loads");
    store.append(Batch { photos: photos(&[1]), ..batch(0, b"ours") }).await.expect("appended");
    let theirs = Batch { photos: photos(&[2]), ..batch(1, b"theirs") };
    assert_eq!(second.append(theirs).await, Err(StoreError::Conflict));
    assert_eq!(second.sweep_photos(&BTreeSet::new()).await, Err(StoreError::Conflict));
    assert_eq!(store.photos().await, Ok(photos(&[1])));
}

#[wasm_bindgen_test]
async fn what_a_snapshot_needs_stays_as_long_as_the_snapshot() {
    let store = fresh("photos-sweep").await;
    store.append(Batch { copies: Copies::Go, ..Batch::default() }).await.expect("cleared");
    store.sweep_photos(&BTreeSet::new()).await.expect("swept");
    store.append(Batch { photos: photos(&[1, 2, 3]), ..batch(0, b"first") }).await.expect("appended");
    store.keep_snapshot(&snapshot(), b"file", &[id(1), id(2)], None).await.expect("kept");
    store.replace(Contents { photos: photos(&[4]), ..Contents::default() }).await.expect("replaced");
    assert_eq!(store.photos().await, Ok(photos(&[1, 2, 3, 4])), "putting in place takes nothing away");
    store.sweep_photos(&BTreeSet::from([id(4)])).await.expect("swept");
    assert_eq!(store.photos().await, Ok(photos(&[1, 2, 4])));
    for _ in 0..3 {
        store.keep_snapshot(&snapshot(), b"file", &[id(2)], None).await.expect("kept");
    }
    store.sweep_photos(&BTreeSet::from([id(4)])).await.expect("swept");
    assert_eq!(store.photos().await, Ok(photos(&[2, 4])), "the oldest snapshot is gone, and what only it needed");
    store.append(Batch { copies: Copies::Go, ..Batch::default() }).await.expect("cleared");
    store.sweep_photos(&BTreeSet::new()).await.expect("swept");
    assert_eq!(store.photos().await, Ok(Photos::new()));
    assert_eq!(store.is_current().await, Ok(true), "sweeping is no change of the book");
}
