//! What is kept beside the book: snapshots and the folder's handle.

use cunzhi::domain::calendar::Moment;
use cunzhi::storage::idb::IdbStore;
use cunzhi::storage::snapshot::{Snapshot, SnapshotReason};
use cunzhi::storage::{Batch, Contents, Copies, Store, StoreError};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::store::fresh;

fn snapshot(at: i64) -> Snapshot {
    Snapshot {
        at: Moment(at),
        reason: SnapshotReason::Import,
        acts: 3,
        households: 410,
        people: 1740,
        bytes: 4,
        village: "柳湾村".to_owned(),
    }
}

#[wasm_bindgen_test]
async fn the_last_three_snapshots_are_kept() {
    let store = fresh("snapshots").await;
    // The third is taken with the clock put back.
    for (at, file) in [(10, b"1st"), (20, b"2nd"), (5, b"3rd"), (30, b"4th")] {
        store.keep_snapshot(&snapshot(at), file, &[], None).await.expect("kept");
    }
    let kept = store.snapshots().await.expect("listed");
    let expected = vec![(3, snapshot(30)), (2, snapshot(5)), (1, snapshot(20))];
    assert_eq!(kept, expected);
    assert_eq!(store.snapshot_file(1).await, Ok(b"2nd".to_vec()));
    assert!(store.snapshot_file(0).await.is_err(), "the oldest is gone");
    assert_eq!(store.is_current().await, Ok(true), "a snapshot is no change of the book");
    store.append(Batch { copies: Copies::Go, ..Batch::default() }).await.expect("cleared");
    assert_eq!(store.snapshots().await, Ok(Vec::new()));
    assert!(store.snapshot_file(3).await.is_err(), "and its file with it");
    for (copies, left) in [(Copies::Stay, 1), (Copies::Go, 0)] {
        store.keep_snapshot(&snapshot(40), b"5th", &[], None).await.expect("kept");
        store.replace_with(Contents::default(), copies).await.expect("replaced");
        assert_eq!(store.snapshots().await.map(|kept| kept.len()), Ok(left), "{copies:?}");
    }
}

#[wasm_bindgen_test]
async fn the_snapshot_that_is_gone_back_to_is_not_let_go_for_it() {
    let store = fresh("snapshot_spared").await;
    let kept = async |file: &'static [u8], spared| {
        store.keep_snapshot(&snapshot(10), file, &[], spared).await.expect("kept");
        let kept = store.snapshots().await.expect("listed");
        kept.into_iter().map(|(number, _)| number).collect::<Vec<_>>()
    };
    for file in [b"1st", b"2nd", b"3rd"] {
        kept(file, None).await;
    }
    assert_eq!(kept(b"4th", Some(0)).await, [3, 2, 0], "the next oldest goes");
    assert_eq!(store.snapshot_file(0).await, Ok(b"1st".to_vec()));
    assert_eq!(kept(b"5th", Some(3)).await, [4, 3, 2], "one that stays anyway changes nothing");
}

#[wasm_bindgen_test]
async fn no_snapshot_comes_after_clearing() {
    let store = fresh("snapshot_cleared").await;
    let other = IdbStore::open("snapshot_cleared", || ()).await.expect("opened");
    store.keep_snapshot(&snapshot(10), b"kept", &[], None).await.expect("kept");
    store.set_folder(Some(JsValue::from_str("stick"))).await.expect("kept");
    // The other window has read the book, and takes its time with a snapshot of it.
    other.load().await.expect("read");
    store.clear().await.expect("cleared");
    let late = other.keep_snapshot(&snapshot(20), b"late", &[], None).await;
    assert_eq!(late, Err(StoreError::Conflict), "the book that it is of is gone");
    assert_eq!(store.snapshots().await, Ok(Vec::new()), "the snapshots went with the book, and none came back");
    assert_eq!(store.folder().await, Ok(None));
    assert_eq!(store.is_current().await, Ok(true), "clearing was the store's own change");
    store.keep_snapshot(&snapshot(30), b"next", &[], None).await.expect("of what is there now");
}

#[wasm_bindgen_test]
async fn a_folder_is_remembered_and_forgotten() {
    let store = fresh("folder").await;
    // Any value that can be stored stands for a handle.
    store.set_folder(Some(JsValue::from_str("stick"))).await.expect("kept");
    assert_eq!(store.folder().await, Ok(Some(JsValue::from_str("stick"))));
    assert_eq!(store.is_current().await, Ok(true));
    store.set_folder(None).await.expect("forgotten");
    assert_eq!(store.folder().await, Ok(None));
}
