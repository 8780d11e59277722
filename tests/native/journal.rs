//! The journal as bytes: what is written is read again, what is damaged is
//! noticed, and what version 1 wrote stays readable for ever.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes missing fixtures. One that is there is
//! never replaced: old files do not change.

mod cbor;
mod events;
mod lasting;
pub mod older;
pub mod samples;

use std::path::PathBuf;

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{DeviceId, GridId, Kind};
use cunzhi::domain::register::{Clock, Field};
use cunzhi::journal::act::Act;
use cunzhi::journal::page::{self, PageError};
use cunzhi::journal::raw_act::RawAct;
use cunzhi::journal::savefile;
use cunzhi::journal::segment::{self, Head, Segment, SegmentError};
use jiff::civil::{Date, date};
use minicbor::Encoder;
use older::{segment_v1, segment_v2, segment_v3};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use xxhash_rust::xxh64::xxh64;

pub const DEVICE: DeviceId = DeviceId(0x1234_5678);

/// All acts of the samples, in one segment.
pub fn sample_segment() -> (Vec<u8>, Vec<Act>) {
    let acts = samples::acts();
    (segment::write(DEVICE, Head::genesis(DEVICE), &acts).0, acts)
}

/// All owners of the samples, on one page.
pub fn sample_page() -> Vec<u8> {
    let owners = samples::owners();
    page::write(owners.iter().map(|(owner, values)| (*owner, values.as_slice())))
}

#[test]
fn everything_is_read_as_it_was_written() {
    let (bytes, acts) = sample_segment();
    let read = segment::read(&bytes).expect("a whole segment");
    assert_eq!((read.device, read.before, read.acts()), (DEVICE, Head::genesis(DEVICE), Ok(acts)));
    assert_eq!(page::read(&sample_page()), Ok(samples::owners()));
}

#[test]
fn folded_segments_have_the_same_head() {
    let acts = samples::acts();
    let genesis = Head::genesis(DEVICE);
    let (_, whole) = segment::write(DEVICE, genesis, &acts);
    let (first, rest) = acts.split_at(5);
    let (first, middle) = segment::write(DEVICE, genesis, first);
    let (rest, last) = segment::write(DEVICE, middle, rest);
    assert_eq!(last, whole);
    let parts = [&first, &rest].map(|bytes| segment::read(bytes).expect("a whole segment"));
    assert_eq!((parts[0].after, parts[1].after), (parts[1].before, whole));
    let raw: Vec<RawAct<'_>> = parts.iter().flat_map(|part| part.raw_acts().flatten()).collect();
    let (folded, head) = segment::write_raw(DEVICE, genesis, raw.into_iter());
    assert_eq!((read_acts(&folded), head), (Ok(acts.clone()), whole));
    assert_ne!(genesis, Head::genesis(DeviceId(1)));
}

/// Every file that is cut anywhere, or has one flipped bit, is refused.
pub fn notices_damage(bytes: &[u8], is_accepted: impl Fn(&[u8]) -> bool) {
    assert!(is_accepted(bytes));
    for length in 0..bytes.len() {
        assert!(!is_accepted(&bytes[..length]), "cut to {length} of {} bytes", bytes.len());
    }
    let mut altered = bytes.to_vec();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            altered[place] ^= 1 << bit;
            assert!(!is_accepted(&altered), "bit {bit} of byte {place} flipped");
            altered[place] ^= 1 << bit;
        }
    }
    altered.push(0);
    assert!(!is_accepted(&altered), "one byte too many");
}

#[test]
fn damage_is_noticed() {
    let acts: Vec<_> = samples::acts().into_iter().take(6).collect();
    let (bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
    notices_damage(&bytes, |bytes| read_acts(bytes).is_ok());
    // Without the chain, the checks alone notice it too.
    notices_damage(&bytes, |bytes| segment::read(bytes).is_ok_and(|read| read.raw_acts().all(|act| act.is_ok())));
    for older in [segment_v3(&bytes), segment_v2(&bytes)] {
        notices_damage(&older, |bytes| segment::read(bytes).is_ok_and(|read| read.raw_acts().all(|act| act.is_ok())));
    }
    let (bytes, _) = segment_v1(&acts);
    notices_damage(&bytes, |bytes| read_acts(bytes).is_ok());
    notices_damage(&sample_page(), |bytes| page::read(bytes).is_ok());
}

#[test]
fn newer_versions_and_strangers_are_refused_with_a_reason() {
    let with = |mut bytes: Vec<u8>, place: usize, value: u8| {
        bytes[place] = value;
        bytes
    };
    assert_eq!(segment::read(&with(sample_segment().0, 4, 5)).err(), Some(SegmentError::Newer(5)));
    assert_eq!(segment::read(&with(sample_segment().0, 4, 0)).err(), Some(SegmentError::Cut));
    assert_eq!(segment::read(b"PK\x03\x04").err(), Some(SegmentError::Cut));
    assert_eq!(page::read(b"CZRG"), Err(PageError::Damaged));
    // A newer page carries a checksum of its own.
    let mut newer = b"CZRG\x03\x00".to_vec();
    newer.extend_from_slice(&Sha256::digest(&newer));
    assert_eq!(page::read(&newer), Err(PageError::Newer(3)));
}

/// A page on which the kind of the first owner is one that nobody knows, sound otherwise.
pub fn page_of_newer_kind(page: &[u8]) -> Vec<u8> {
    let mut bytes = page[..page.len() - 8].to_vec();
    bytes[6] = 23;
    let check = xxh64(&bytes, 0);
    bytes.extend_from_slice(&check.to_le_bytes());
    bytes
}

#[test]
fn what_is_not_known_on_a_page_is_newer_and_takes_another_version() {
    let bytes = page_of_newer_kind(&sample_page());
    assert_eq!((page::check(&bytes), page::read(&bytes)), (Ok(()), Err(PageError::NewerRecord)));
    // Opening only checks a page. Whoever adds a kind or a field raises its version, so
    // that programs which do not know it refuse the page before they look into it.
    assert_eq!((Kind::ALL.len(), Field::ALL.len(), sample_page()[4]), (16, 12, 2));
}

/// A newer program may have recorded what this one does not know: the bytes
/// check, and so it is no damage.
#[test]
fn an_act_of_a_newer_program_is_told_from_damage() {
    let mut body = samples::accounts::acts()[0].clone();
    body.events = vec![Event::PersonErased { person: cunzhi::domain::id::PersonId::from_raw(7) }];
    let (bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), &[body]);
    let known = segment::read(&bytes).expect("whole").raw_acts().next().expect("one").expect("checked");
    assert_eq!(known.decode().map(|act| act.events.len()), Ok(1));
    // The code of the event, 15, is the only such byte behind the array of one event.
    let mut newer = known.body();
    let place = newer.windows(3).position(|part| part == [0x81, 0x82, 15]).expect("the event") + 2;
    newer[place] = 23;
    let unknown = RawAct::of(&newer).expect("its head is as ever");
    let refused = unknown.decode().expect_err("no program knows it");
    assert_eq!(refused, SegmentError::NewerAct(known.sequence));
    assert_eq!(refused.to_string(), "第 801 笔记录由更新的版本写成,请升级村治后再打开");
}

#[test]
fn the_greatest_sequence_number_does_no_harm() {
    let acts = [Act { sequence: u64::MAX, ..samples::acts().remove(0) }];
    let (bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
    assert_eq!(read_acts(&bytes), Ok(acts.to_vec()));
}

/// Writes a segment by hand, as the module's documentation describes it, with
/// fields that this version does not know: behind a grid's name, and behind
/// the act's events.
fn segment_of_the_future() -> Written {
    let mut e = Encoder::new(Vec::new());
    e.u64(3)?.u64(77)?.i64(1_000)?.u32(0)?;
    e.array(1)?.array(6)?.u8(1)?.u64(9)?.u16(4)?.str("第四网格")?.str("四至")?.array(2)?.u8(1)?.u8(2)?;
    e.str("签名")?;
    Ok(segment_around(&e.into_writer()))
}

/// An opening of points on the day so many days from 1970-01-01, by hand.
fn segment_of_the_day(days: i32) -> Written {
    let mut e = Encoder::new(Vec::new());
    e.u64(3)?.u64(77)?.i64(1_000)?.u32(0)?;
    e.array(1)?.array(3)?.u8(7)?.i32(days)?.array(0)?;
    Ok(segment_around(&e.into_writer()))
}

/// The acts of a segment, checked in every way.
fn read_acts(bytes: &[u8]) -> Result<Vec<Act>, SegmentError> {
    segment::read(bytes).and_then(Segment::acts)
}

#[test]
fn the_damaged_act_is_named_and_those_before_it_are_read() {
    let acts: Vec<_> = samples::acts().into_iter().take(6).collect();
    let (mut bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
    let (three, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts[..3]);
    // Behind the header and three acts: a length of one byte, the check and the link.
    bytes[three.len() - 36 + 7 + 2] ^= 0x10;
    let read = segment::read(&bytes).expect("the frame is whole");
    let before: Vec<Act> = read.raw_acts().map_while(Result::ok).map(|act| act.decode().expect("whole")).collect();
    assert_eq!(before, acts[..3]);
    assert_eq!(read.raw_acts().find_map(Result::err), Some(SegmentError::BadAct(acts[3].sequence)));
    assert_eq!(read.raw_acts().count(), 4, "nothing comes after the damaged one");
}

type Written = Result<Vec<u8>, minicbor::encode::Error<std::convert::Infallible>>;

/// A segment with the act number 3 only, which has this body.
fn segment_around(body: &[u8]) -> Vec<u8> {
    let mut act = u32::try_from(body.len()).expect("a short act").to_le_bytes().to_vec();
    act.extend_from_slice(body);
    let before = Head::genesis(DEVICE).0;
    let after = Sha256::digest([&before[..], &DEVICE.0.to_le_bytes(), &act].concat());
    let (version, first, count) = (1_u16.to_le_bytes(), 3_u64.to_le_bytes(), 1_u32.to_le_bytes());
    [&b"CZSG"[..], &version, &DEVICE.0.to_le_bytes(), &first, &count, &before, &act, &after].concat()
}

#[test]
fn every_date_that_can_be_written_is_read() {
    for (days, day) in [
        (-4_371_588, None),
        (-4_371_587, Some(Date::MIN)),
        (-200_001, Some(date(1422, 6, 2))),
        (400_001, Some(date(3065, 3, 2))),
        (2_932_896, Some(Date::MAX)),
        (2_932_897, None),
    ] {
        let read = read_acts(&segment_of_the_day(days).expect("memory can be written"));
        let Some(date) = day else {
            assert!(read.is_err(), "{days} days are no date");
            continue;
        };
        let events = vec![Event::OpeningPosted { date, lines: vec![] }];
        let expected = [Act { sequence: 3, clock: Clock(77), at: Moment(1_000), actor: 0, events }];
        assert_eq!(read.expect("a readable date"), expected, "{days}");
        let (bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), &expected);
        assert_eq!(read_acts(&bytes).expect("what was written"), expected, "{days}");
    }
}

#[test]
fn unknown_added_fields_are_left_alone() {
    let bytes = segment_of_the_future().expect("memory can be written");
    let name = "第四网格".to_owned();
    let events = vec![Event::GridAdded { grid: GridId::from_raw(9), number: 4, name }];
    let expected = Act { sequence: 3, clock: Clock(77), at: Moment(1_000), actor: 0, events };
    assert_eq!(read_acts(&bytes), Ok(vec![expected]));
}

fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/native/fixtures/journal", name].iter().collect()
}

/// The bytes of the fixture, which are first written from `now` when asked for.
pub fn golden(name: &str, now: &[u8]) -> Vec<u8> {
    let path = fixture(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !path.exists() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, now).expect("the fixture can be written");
    }
    std::fs::read(&path).expect("the fixture can be read")
}

#[test]
fn version_1_is_readable_for_ever() {
    let (now, acts) = sample_segment();
    let bytes = golden("v1.segment", &[]);
    assert_eq!(read_acts(&bytes), Ok(samples::acts_of_version_1()));
    let bytes = golden("v3.segment", &[]);
    assert_eq!(read_acts(&bytes), Ok(acts.clone()));
    assert!(bytes == segment_v3(&now), "each act is still written as it was, byte by byte");
    let bytes = golden("v4.segment", &now);
    assert_eq!(read_acts(&bytes), Ok(acts));
    assert!(bytes == now, "version 4 is still what is written, byte by byte");
    let now = sample_page();
    assert_eq!(page::read(&golden("v1.page", &[])), Ok(samples::owners()));
    let bytes = golden("v2.page", &now);
    assert_eq!(page::read(&bytes), Ok(samples::owners()));
    assert!(bytes == now, "version 2 is still what is written, byte by byte");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_event_comes_back_as_it_was(
        events in proptest::collection::vec(events::any_event(), 0..6),
        sequence in any::<u64>(), clock in any::<u64>(), at in any::<i64>(), actor in any::<u64>(),
    ) {
        let act = Act { sequence, clock: Clock(clock), at: Moment(at), actor, events };
        let (bytes, head) = segment::write(DEVICE, Head::genesis(DEVICE), std::slice::from_ref(&act));
        let read = segment::read(&bytes).expect("a whole segment");
        prop_assert_eq!(read.acts(), Ok(vec![act]));
        prop_assert_eq!(read.after, head);
    }

    #[test]
    fn any_clocks_come_back_as_they_were(
        clocks in proptest::collection::vec((any::<u64>(), any::<i64>(), -70_000..70_000_i64), 1..5),
    ) {
        // Clocks as they are made, and such as no program has made.
        let acts = clocks.into_iter().zip(5..).flat_map(|((clock, at, slow), sequence)| {
            let made = Clock(clock).millis().wrapping_add(slow);
            let act = |sequence, at| Act { sequence, clock: Clock(clock), at: Moment(at), actor: 0, events: vec![] };
            [act(2 * sequence, at), act(2 * sequence + 1, made)]
        });
        let acts: Vec<Act> = acts.collect();
        let (bytes, head) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
        for older in [segment_v2(&bytes), segment_v3(&bytes)] {
            prop_assert_eq!(read_acts(&older), Ok(acts.clone()));
            prop_assert_eq!(segment::read(&older).expect("a whole segment").after, head);
        }
        prop_assert_eq!(read_acts(&bytes), Ok(acts));
    }

    #[test]
    fn noise_is_refused_and_harmless(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(segment::read(&noise).is_err());
        prop_assert!(page::read(&noise).is_err());
        prop_assert!(savefile::read(&noise).is_err());
        for version in [&b"CZSG\x01\x00"[..], b"CZSG\x02\x00", b"CZSG\x03\x00", b"CZSG\x04\x00"] {
            prop_assert!(read_acts(&[version, &noise].concat()).is_err());
        }
    }
}
