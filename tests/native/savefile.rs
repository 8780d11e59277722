//! Save files: golden files of every version, and every way in which one can
//! be bad, plain or under a passphrase, each refused with its own sentence.

mod refusals;
mod sentences;

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::id::PhotoId;
use cunzhi::journal::savefile::{self, Header, Holdings, SaveFile, SaveFileError, VillageId};
use jiff::civil::date;
use minicbor::Encoder;
use sha2::{Digest as _, Sha256};

use super::journal::older::{segment_v2, segment_v3};
use super::journal::{DEVICE, golden, notices_damage, sample_page, sample_segment};
use super::photos::picture;

/// A save file, and what it reads to.
fn sample_savefile() -> (Vec<u8>, SaveFile) {
    let (segments, pages) = (vec![sample_segment().0], vec![sample_page()]);
    let (village, made) = ("柳湾村".to_owned(), Moment::at(date(2026, 3, 31), 17, 30));
    let identity = Some(VillageId([7; 32]));
    let holds = Some(Holdings { acts: 1, entries: 300, cases: u64::MAX, households: 410, people: 1_740 });
    let header = Header { village, made, device: DEVICE, segments: 1, pages: 1, identity, holds };
    (savefile::write(&header, &segments, &pages, &[]), SaveFile { header, segments, pages, photos: Vec::new() })
}

/// The same with segments as older versions wrote them.
fn of_older_segments(file: SaveFile, older: fn(&[u8]) -> Vec<u8>) -> SaveFile {
    SaveFile { segments: file.segments.iter().map(|segment| older(segment)).collect(), ..file }
}

#[test]
fn version_2_is_readable_for_ever() {
    let (_, file) = sample_savefile();
    let bytes = golden("v2.cunzhi", &[]);
    assert_eq!(bytes[6..8], [2, 0]);
    assert_eq!(savefile::read(&bytes), Ok(of_older_segments(file, segment_v2)));
}

/// The same with two photos.
fn with_photos() -> (Vec<u8>, SaveFile) {
    let (_, file) = sample_savefile();
    let photos = vec![(PhotoId::from_raw(7 << 32 | 1), picture(1)), (PhotoId::from_raw(u64::MAX), picture(2))];
    let bytes = savefile::write(&file.header, &file.segments, &file.pages, &photos);
    (bytes, SaveFile { photos, ..file })
}

#[test]
fn versions_3_and_4_are_readable_for_ever() {
    for (version, name, older) in [(3, "v3.cunzhi", segment_v2 as fn(&[u8]) -> _), (4, "v4.cunzhi", segment_v3)] {
        let (_, file) = with_photos();
        let bytes = golden(name, &[]);
        assert_eq!(bytes[6..8], [version, 0]);
        assert_eq!(savefile::read(&bytes), Ok(of_older_segments(file, older)));
    }
}

#[test]
fn version_5_is_readable_for_ever() {
    let (now, file) = with_photos();
    let bytes = golden("v5.cunzhi", &now);
    assert_eq!(savefile::read(&bytes), Ok(file));
    assert!(bytes == now, "version 5 is still what is written, byte by byte");
    assert_eq!(bytes[6..8], [5, 0], "a program that knows version 4 only says that the file is newer");
}

#[test]
fn a_damaged_photo_is_named() {
    let (bytes, file) = with_photos();
    let second = bytes.len() - 32 - file.photos[1].1.len();
    for (place, expected) in [
        (second + 3, "文件里的第 2 张照片已损坏,整份文件没有采用。请换一份保存文件。"),
        // The id is under the checksum too.
        (second - 1, "文件里的第 2 张照片已损坏,整份文件没有采用。请换一份保存文件。"),
        (second - 13, "文件里的第 1 张照片已损坏,整份文件没有采用。请换一份保存文件。"),
    ] {
        let mut altered = bytes.clone();
        altered[place] ^= 1;
        let refused = savefile::read(&altered).expect_err("damaged");
        assert_eq!(refused.to_string(), expected, "byte {place}");
    }
}

#[test]
fn version_1_is_readable_for_ever() {
    let (_, file) = sample_savefile();
    let header = Header { identity: None, holds: None, ..file.header };
    let bytes = golden("v1.cunzhi", &[]);
    // What was inside then was of version 1 too.
    let (segments, pages) = (vec![golden("v1.segment", &[])], vec![golden("v1.page", &[])]);
    assert_eq!(savefile::read(&bytes), Ok(SaveFile { header, segments, pages, photos: Vec::new() }));
}

#[test]
fn damage_is_noticed_in_every_version() {
    let (_, file) = sample_savefile();
    let header = Header { pages: 2, ..file.header };
    let small = savefile::write(&header, &[vec![1, 2, 3]], &[vec![4], vec![]], &[]);
    notices_damage(&small, |bytes| savefile::read(bytes).is_ok());
    let photos = [(PhotoId::from_raw(1), vec![9]), (PhotoId::from_raw(2), vec![])];
    let small = savefile::write(&Header { segments: 1, pages: 0, ..header }, &[vec![1, 2, 3]], &[], &photos);
    notices_damage(&small, |bytes| savefile::read(bytes).is_ok());
    let old = golden("v1.cunzhi", &[]);
    for place in 0..old.len() {
        let mut altered = old.clone();
        altered[place] ^= 1 << (place % 8);
        assert!(savefile::read(&altered).is_err(), "bit {} of byte {place} flipped", place % 8);
        assert!(savefile::read(&old[..place]).is_err(), "cut to {place} bytes");
    }
}

/// A version 5 file with one segment and one page, written by hand as
/// ARCHITECTURE.md describes it; `more` writes what a later version adds.
fn by_hand(holds: [Option<u64>; 5], more: impl Fn(&mut Encoder<Vec<u8>>) -> Written) -> Result<Vec<u8>, Fault> {
    let (segment, page) = (sample_segment().0, sample_page());
    let mut head = Encoder::new(Vec::new());
    let made = Moment::at(date(2026, 3, 31), 17, 30);
    head.str("柳湾村")?.i64(made.0)?.u32(DEVICE.0)?.u32(1)?.u32(1)?.bytes(&[7; 32])?;
    for count in holds {
        match count {
            Some(count) => head.u64(count)?,
            None => head.null()?,
        };
    }
    head.bytes(&[Sha256::digest(&segment), Sha256::digest(&page)].concat())?.u32(0)?;
    more(&mut head)?;
    let mut bytes = b"CUNZHI\x05\x00".to_vec();
    for part in [&head.into_writer(), &segment, &page] {
        bytes.extend_from_slice(&u32::try_from(part.len()).expect("a short part").to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes.extend_from_slice(&Sha256::digest(&bytes));
    Ok(bytes)
}

type Fault = minicbor::encode::Error<std::convert::Infallible>;
type Written = Result<(), Fault>;

const COUNTS: [Option<u64>; 5] = [Some(1), Some(300), Some(u64::MAX), Some(410), Some(1_740)];

#[test]
fn the_format_is_as_it_is_described() {
    let (now, file) = sample_savefile();
    assert!(by_hand(COUNTS, |_| Ok(())).expect("memory can be written") == now);
    // A later version added fields: they are left alone.
    let later = by_hand(COUNTS, |head| head.str("签名")?.array(1)?.u8(1)?.ok());
    assert_eq!(savefile::read(&later.expect("memory can be written")), Ok(file.clone()));
    // Counts may be missing: then the file says nothing of what it holds.
    let silent = by_hand([None; 5], |_| Ok(())).expect("memory can be written");
    let header = Header { holds: None, ..file.header };
    assert!(savefile::write(&header, &file.segments, &file.pages, &[]) == silent);
    assert_eq!(savefile::read(&silent), Ok(SaveFile { header, ..file }));
}

#[test]
fn strangers_are_refused_with_a_reason() {
    let with = |mut bytes: Vec<u8>, place: usize, value: u8| {
        bytes[place] = value;
        bytes
    };
    let bytes = sample_savefile().0;
    let end = bytes.len() - 1;
    let page = end - 32 - sample_page().len();
    for (bytes, expected) in [
        (b"PK\x03\x04".to_vec(), SaveFileError::NotASaveFile),
        (Vec::new(), SaveFileError::NotASaveFile),
        (b"CUNZHI".to_vec(), SaveFileError::Cut),
        (b"age-encryption.org/v1\n-> scrypt".to_vec(), SaveFileError::Sealed),
        (with(bytes.clone(), 6, 9), SaveFileError::Newer(9)),
        (with(bytes.clone(), 6, 0), SaveFileError::Altered),
        (bytes[..end].to_vec(), SaveFileError::Cut),
        (with(bytes.clone(), end, bytes[end] ^ 1), SaveFileError::Altered),
        (with(bytes.clone(), page - 5, bytes[page - 5] ^ 1), SaveFileError::Segment(1)),
        (with(bytes.clone(), end - 32, bytes[end - 32] ^ 1), SaveFileError::Page(1)),
        ([bytes.clone(), vec![0]].concat(), SaveFileError::Altered),
    ] {
        assert_eq!(savefile::read(&bytes), Err(expected));
    }
}
