//! Databases of every earlier version, with records as the programs of then wrote
//! them, and the small records byte by byte: old ones are readable for ever.

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::id::{DeviceId, Kind, PhotoId};
use cunzhi::domain::register::PageKey;
use cunzhi::journal::{page, segment};
use cunzhi::storage::snapshot::{self, Snapshot};
use cunzhi::storage::{Batch, Contents, Laptop, PhotoStore, SegmentKey, Store};
use wasm_bindgen_test::wasm_bindgen_test;

use super::by_hand::{Record, fill, record};
use super::store::{fresh, open};

const DEVICE: DeviceId = DeviceId(0x1234_5678);
const PAGE: PageKey = PageKey { kind: Kind::Household, number: 0x0012_3456_7800 };
const SNAPSHOT: &[u8] = include_bytes!("../native/fixtures/journal/v1.snapshot");
const SEGMENTS: [&[u8]; 4] = [
    include_bytes!("../native/fixtures/journal/v1.segment"),
    include_bytes!("../native/fixtures/journal/v2.segment"),
    include_bytes!("../native/fixtures/journal/v3.segment"),
    include_bytes!("../native/fixtures/journal/v4.segment"),
];
const PAGES: [&[u8]; 2] =
    [include_bytes!("../native/fixtures/journal/v1.page"), include_bytes!("../native/fixtures/journal/v2.page")];

/// version 1 · device · saved at · saved acts, as all programs until November 2026 wrote it
const OLD_LAPTOP: [u8; 22] =
    [1, 0, 0x78, 0x56, 0x34, 0x12, 0x00, 0x68, 0xe5, 0xcf, 0x8b, 1, 0, 0, 0x53, 0, 0, 0, 0, 0, 0, 0];
/// The same with the records behind them.
const LAPTOP: [u8; 30] = [
    1, 0, 0x78, 0x56, 0x34, 0x12, 0x00, 0x68, 0xe5, 0xcf, 0x8b, 1, 0, 0, 0x53, 0, 0, 0, 0, 0, 0, 0, 0x4e, 1, 0, 0, 0,
    0, 0, 0,
];

fn laptop(saved_records: Option<u64>) -> Laptop {
    Laptop { device: DEVICE, saved_at: Some(Moment(1_700_000_000_000)), saved_acts: 83, saved_records }
}

/// What it says is pinned where it was made, in `tests/native/storage.rs`.
fn snapshot() -> Snapshot {
    snapshot::read(SNAPSHOT).expect("a head")
}

/// A segment with its slip in one record.
fn framed(segment: &[u8], slip: &[u8]) -> Vec<u8> {
    let length = u32::try_from(segment.len()).expect("a small segment");
    [b"CZSS", length.to_le_bytes().as_slice(), segment, slip].concat()
}

#[wasm_bindgen_test]
async fn a_book_of_every_earlier_version_is_read_and_gone_on_with() {
    // Of each version of the database: the segments and pages that were written then.
    for (version, written, paged) in [(1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 1, 1), (5, 2, 1)] {
        let name = format!("every-{version}");
        let (segment, page) = (SEGMENTS[written], PAGES[paged]);
        let slip = (version >= 3).then_some(PAGES[1]);
        let segment_record = slip.map_or_else(|| segment.to_vec(), |slip| framed(segment, slip));
        let laptop_record: &[u8] = if version < 5 { &OLD_LAPTOP } else { &LAPTOP };
        let generation = 7_u64.to_le_bytes();
        let mut records: Vec<Record<'_>> = vec![
            ("segments", "12345678-0000000000000000", &segment_record),
            ("register", "01-0000001234567800", page),
            ("meta", "laptop", laptop_record),
            ("meta", "generation", &generation),
        ];
        if version >= 2 {
            records.push(("snapshots", "0000000000000004-head", SNAPSHOT));
            records.push(("snapshots", "0000000000000004-file", b"file"));
        }
        if version >= 4 {
            records.push(("snapshots", "0000000000000004-photos", &[9, 0, 0, 0, 0, 0, 0, 0]));
            records.push(("photos", "0000000000000009", b"picture"));
        }
        fill(&name, version, &records).await;

        let store = open(&name).await;
        let contents = store.load().await.expect("loads");
        let key = SegmentKey { device: DEVICE, first: 0 };
        let expected = Contents {
            laptop: Some(laptop((version >= 5).then_some(334))),
            segments: vec![(key, segment.to_vec())],
            slips: slip.map(|slip| (key, slip.to_vec())).into_iter().collect(),
            pages: vec![(PAGE, page.to_vec())],
            photos: Vec::new(),
        };
        assert_eq!(contents, expected, "version {version}");
        let acts = segment::read(&contents.segments[0].1).and_then(segment::Segment::acts).expect("acts");
        assert!(acts.len() > 10 && page::read(&contents.pages[0].1).is_ok(), "version {version}");
        let kept = store.snapshots().await.expect("listed");
        assert_eq!(kept, if version >= 2 { vec![(4, snapshot())] } else { Vec::new() }, "version {version}");
        if version >= 2 {
            assert_eq!(store.snapshot_file(4).await, Ok(b"file".to_vec()));
        }
        let photo = store.photo(PhotoId::from_raw(9)).await;
        assert_eq!(photo, Ok((version >= 4).then(|| b"picture".to_vec())), "version {version}");

        let next = SegmentKey { device: DEVICE, first: acts.len() as u64 };
        let batch = Batch { segments: vec![(next, SEGMENTS[3].to_vec())], ..Batch::default() };
        store.append(batch).await.expect("gone on with");
        assert_eq!(store.load().await.expect("loads").segments.len(), 2, "version {version}");
    }
}

#[wasm_bindgen_test]
async fn the_small_records_are_written_as_they_were() {
    let store = fresh("golden").await;
    let key = SegmentKey { device: DEVICE, first: 0 };
    let batch = Batch {
        segments: vec![(key, SEGMENTS[3].to_vec())],
        slips: vec![(key, PAGES[1].to_vec())],
        laptop: Some(laptop(Some(334))),
        ..Batch::default()
    };
    store.append(batch).await.expect("appended");
    store.keep_snapshot(&snapshot(), b"file", &[PhotoId::from_raw(9)], None).await.expect("kept");
    let stored = async |store: &'static str, key: &'static str| record("golden", store, key).await;
    assert_eq!(stored("segments", "12345678-0000000000000000").await, framed(SEGMENTS[3], PAGES[1]));
    assert_eq!(stored("meta", "laptop").await, LAPTOP);
    assert_eq!(stored("snapshots", "0000000000000000-head").await, SNAPSHOT);
    assert_eq!(stored("snapshots", "0000000000000000-file").await, b"file");
    assert_eq!(stored("snapshots", "0000000000000000-photos").await, [9, 0, 0, 0, 0, 0, 0, 0]);
}
