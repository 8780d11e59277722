//! Versions of the database, and what happens to it from outside.

use std::cell::Cell;
use std::rc::Rc;

use cunzhi::domain::id::PhotoId;
use cunzhi::storage::idb::{Ending, IdbStore};
use cunzhi::storage::{Batch, Copies, Laptop, PhotoStore, Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

use super::by_hand;
use super::store::{DEVICE, batch, fresh, key, open};

#[wasm_bindgen_test]
async fn an_older_database_is_upgraded_with_all_that_is_in_it() {
    for (version, folder) in [(1, None), (2, Some("stick".into())), (3, Some("stick".into()))] {
        let name = format!("version-{version}");
        by_hand::close(&by_hand::open(&name, version).await);
        let store = open(&name).await;
        let contents = store.load().await.expect("loads");
        assert_eq!(contents.segments, vec![(key(0), b"first".to_vec())]);
        assert_eq!(contents.laptop, Some(Laptop { saved_acts: 5, saved_records: None, ..Laptop::new(DEVICE) }));
        store.append(batch(1, b"second")).await.expect("appended");
        assert_eq!(store.load().await.expect("loads").segments.len(), 2);
        assert_eq!(store.snapshots().await, Ok(Vec::new()));
        assert_eq!(store.folder().await, Ok(folder), "of version {version}");
        let photos = vec![(PhotoId::from_raw(1), b"picture".to_vec())];
        store.append(Batch { photos: photos.clone(), ..batch(2, b"third") }).await.expect("appended");
        assert_eq!(store.photos().await, Ok(photos), "of version {version}");
    }
}

#[wasm_bindgen_test]
async fn a_newer_database_is_read_and_not_written() {
    by_hand::close(&by_hand::open("newer", 99).await);
    let store = open("newer").await;
    assert!(store.is_newer());
    assert_eq!(store.load().await.expect("loads").segments, vec![(key(0), b"first".to_vec())]);
    assert_eq!(store.append(batch(1, b"second")).await, Err(StoreError::Newer));
    assert_eq!(store.append(Batch { copies: Copies::Go, ..Batch::default() }).await, Err(StoreError::Newer));
}

#[wasm_bindgen_test]
async fn a_window_that_does_not_let_go_is_told_of() {
    let held = by_hand::open("blocked", 1).await;
    let told = Rc::new(Cell::new(false));
    let hear = Rc::clone(&told);
    let store = IdbStore::open("blocked", move || {
        hear.set(true);
        by_hand::close(&held);
    });
    assert_eq!(store.await.expect("opens in the end").load().await.expect("loads").segments.len(), 1);
    assert!(told.get(), "the wait was told of");
}

#[wasm_bindgen_test]
async fn an_upgrade_elsewhere_closes_the_database() {
    let store = fresh("upgrade").await;
    let (ending, newer) = both(store.ending(), by_hand::open("upgrade", 99)).await;
    assert_eq!(ending, Ending::Upgrade);
    by_hand::close(&newer);
    assert_eq!(store.append(batch(0, b"late")).await, Err(StoreError::Closed));
    assert_eq!(store.load().await, Err(StoreError::Closed));
}

#[wasm_bindgen_test]
async fn a_deletion_elsewhere_waits_so_that_a_file_can_be_made() {
    let store = fresh("deletion").await;
    store.append(batch(0, b"there")).await.expect("appended");
    let (ending, ()) = both(store.ending(), async { by_hand::delete("deletion") }).await;
    assert_eq!(ending, Ending::Deletion);
    assert_eq!(store.read().await.expect("reads").segments, vec![(key(0), b"there".to_vec())]);
}

/// Waits for both, side by side.
async fn both<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let (mut first, mut second) = (Box::pin(first), Box::pin(second));
    let (mut one, mut two) = (None, None);
    std::future::poll_fn(|context| {
        use std::task::Poll;
        if one.is_none()
            && let Poll::Ready(value) = first.as_mut().poll(context)
        {
            one = Some(value);
        }
        if two.is_none()
            && let Poll::Ready(value) = second.as_mut().poll(context)
        {
            two = Some(value);
        }
        match (one.take(), two.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (first, second) => {
                (one, two) = (first, second);
                Poll::Pending
            }
        }
    })
    .await
}
