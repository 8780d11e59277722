//! The save file 「保存文件」: the whole village in one file.
//!
//! ```text
//! "CUNZHI" · version u16 · header length u32 · header (CBOR sequence) ·
//! segments, pages and photos, each u32 length + bytes · SHA-256 of all before (32)
//! ```
//!
//! The header says what to expect, so that a file can be refused with a
//! reason before anything is done with it. Version 2 added to the header of
//! version 1: the identity of the village, what the file holds, and a checksum
//! for every part. Version 3 added the photos: a part of each is its id (u64) and
//! the picture; version 2 goes on to be read. Version 4 is the same, and says that
//! segments may be of version 3, which older programs do not know; 5 says so of
//! segments of version 4. What a later version adds behind all this is left alone.
//!
//! A file under a passphrase is an age file around these bytes. This module
//! can tell one by its first bytes, and does not open it.

use minicbor::Encoder;
use minicbor::encode::{Error as EncodeError, Write};
use sha2::digest::Output;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::cbor::Reader;
use super::wire::{Wire, put_into};
use crate::domain::calendar::Moment;
use crate::domain::id::{DeviceId, PhotoId};

const MAGIC: &[u8; 6] = b"CUNZHI";
/// How every age file begins.
const SEALED_MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// The version that this code writes, and the newest that it reads.
const VERSION: u16 = 5;
/// The first version that may hold photos.
const WITH_PHOTOS: u16 = 3;
const HASH: usize = 32;
const PREFIX: usize = 6 + 2 + 4;
/// The largest file that is read, in bytes.
pub const FILE_LIMIT: u64 = 1 << 30;

/// Which village it is, whatever it is called: the same on all its laptops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VillageId(pub [u8; 32]);

/// How much the file says it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Acts in the journal.
    pub acts: u64,
    /// Entries of both ledgers, reversals included.
    pub entries: u64,
    /// 事项, archived ones included.
    pub cases: u64,
    /// Households.
    pub households: u64,
    /// People.
    pub people: u64,
}

/// What the file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Name of the village.
    pub village: String,
    /// When the file was made.
    pub made: Moment,
    /// The laptop that made it.
    pub device: DeviceId,
    /// Number of segments.
    pub segments: u32,
    /// Number of register pages.
    pub pages: u32,
    /// Which village it is; version 1 does not say.
    pub identity: Option<VillageId>,
    /// What it holds; version 1 does not say, nor does a file that was saved
    /// from a village that would not open.
    pub holds: Option<Holdings>,
}

/// The parts of a save file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveFile {
    /// What it says of itself.
    pub header: Header,
    /// The journal's segments, as stored.
    pub segments: Vec<Vec<u8>>,
    /// The register's pages, as stored.
    pub pages: Vec<Vec<u8>>,
    /// The pictures of the photos.
    pub photos: Vec<(PhotoId, Vec<u8>)>,
}

/// Why a save file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SaveFileError {
    /// Not a save file.
    #[error("这不是村治的保存文件。请选择以 .cunzhi 或 .cunzhi.age 结尾的文件。")]
    NotASaveFile,
    /// Under a passphrase, and has to be opened first.
    #[error("这个文件加了密,请先输入口令。")]
    Sealed,
    /// Made by a newer program.
    #[error("这个文件由更新的版本({0})保存,请先升级村治再恢复。")]
    Newer(u16),
    /// The end is missing.
    #[error("文件不完整,可能没有拷贝完。请从原来的 U 盘或电脑重新拷贝一次。")]
    Cut,
    /// A segment does not match its checksum; which, from 1.
    #[error("文件里的第 {0} 段流水已损坏,整份文件没有采用。请换一份保存文件。")]
    Segment(usize),
    /// A page does not match its checksum; which, from 1.
    #[error("文件里的第 {0} 页名册已损坏,整份文件没有采用。请换一份保存文件。")]
    Page(usize),
    /// A photo does not match its checksum; which, from 1.
    #[error("文件里的第 {0} 张照片已损坏,整份文件没有采用。请换一份保存文件。")]
    Photo(usize),
    /// The checksum over everything does not match.
    #[error("文件内容与校验码不符,可能在拷贝中损坏或被改动。请换一份保存文件。")]
    Altered,
    /// Too large to read.
    #[error("文件有 {0} MB,超过 1024 MB 的上限,请确认选对了文件。")]
    TooLarge(u64),
}

/// Whether these bytes are a file under a passphrase.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(SEALED_MAGIC)
}

/// Writes a save file. The numbers of segments and pages in the header are
/// those of what is given.
pub fn write(header: &Header, segments: &[Vec<u8>], pages: &[Vec<u8>], photos: &[(PhotoId, Vec<u8>)]) -> Vec<u8> {
    let holds = |count: fn(&Holdings) -> u64| header.holds.as_ref().map(count);
    let mut head = Vec::new();
    put_into(&mut head, &header.village);
    put_into(&mut head, &header.made);
    put_into(&mut head, &header.device);
    put_into(&mut head, &u32::try_from(segments.len()).unwrap_or(u32::MAX));
    put_into(&mut head, &u32::try_from(pages.len()).unwrap_or(u32::MAX));
    put_into(&mut head, &header.identity);
    put_into(&mut head, &holds(|holds| holds.acts));
    put_into(&mut head, &holds(|holds| holds.entries));
    put_into(&mut head, &holds(|holds| holds.cases));
    put_into(&mut head, &holds(|holds| holds.households));
    put_into(&mut head, &holds(|holds| holds.people));
    let checksums = segments.iter().chain(pages).map(Sha256::digest);
    let checksums = checksums.chain(photos.iter().map(|(id, picture)| photo_checksum(*id, picture)));
    put_into(&mut head, &Bytes(checksums.flatten().collect()));
    put_into(&mut head, &u32::try_from(photos.len()).unwrap_or(u32::MAX));
    // Photos are many megabytes, which a vector that grows would hold twice.
    let parts = segments.iter().chain(pages).map(|part| part.len() + 4);
    let pictures = photos.iter().map(|(_, picture)| picture.len() + 12);
    let mut bytes = Vec::with_capacity(PREFIX + head.len() + parts.chain(pictures).sum::<usize>() + HASH);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    append_part(&mut bytes, &head);
    segments.iter().chain(pages).for_each(|part| append_part(&mut bytes, part));
    for (id, picture) in photos {
        bytes.extend_from_slice(&u32::try_from(picture.len() + 8).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(&id.raw().to_le_bytes());
        bytes.extend_from_slice(picture);
    }
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

fn photo_checksum(id: PhotoId, picture: &[u8]) -> Output<Sha256> {
    Sha256::new().chain_update(id.raw().to_le_bytes()).chain_update(picture).finalize()
}

fn append_part(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(part);
}

/// Reads a save file and checks that it is whole and unaltered.
pub fn read(bytes: &[u8]) -> Result<SaveFile, SaveFileError> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(SaveFileError::TooLarge(bytes.len() as u64 / (1024 * 1024)));
    }
    if is_sealed(bytes) {
        return Err(SaveFileError::Sealed);
    }
    if !bytes.starts_with(MAGIC) {
        return Err(SaveFileError::NotASaveFile);
    }
    let prefix = bytes.get(..PREFIX).ok_or(SaveFileError::Cut)?;
    let version = u16::from_le_bytes([prefix[6], prefix[7]]);
    if version > VERSION {
        return Err(SaveFileError::Newer(version));
    }
    let mut rest = &bytes[PREFIX - 4..];
    let head = take_part(&mut rest).ok_or(SaveFileError::Cut)?;
    let Heading { header, photos, checksums } = read_header(head, version).ok_or(SaveFileError::Altered)?;
    let segments = take_parts(&mut rest, header.segments)?;
    let pages = take_parts(&mut rest, header.pages)?;
    let photos = (0..photos).map(|_| take_photo(&mut rest)).collect::<Result<Vec<_>, _>>()?;
    if rest.len() < HASH {
        return Err(SaveFileError::Cut);
    }
    check_parts(&segments, &pages, &photos, checksums.as_deref())?;
    let checked = &bytes[..bytes.len() - HASH];
    if rest.len() > HASH || Sha256::digest(checked).as_slice() != rest {
        return Err(SaveFileError::Altered);
    }
    Ok(SaveFile { header, segments, pages, photos })
}

/// What stands in front of the parts.
struct Heading {
    header: Header,
    /// Number of photos.
    photos: u32,
    /// The checksums of the parts, where the version has them.
    checksums: Option<Vec<u8>>,
}

fn read_header(head: &[u8], version: u16) -> Option<Heading> {
    let mut reader = Reader::new(head);
    let d = &mut reader;
    let mut header = Header {
        village: String::take(d)?,
        made: Moment::take(d)?,
        device: DeviceId::take(d)?,
        segments: u32::take(d)?,
        pages: u32::take(d)?,
        identity: None,
        holds: None,
    };
    match version {
        // There never was a version 0.
        0 => None,
        1 => Some(Heading { header, photos: 0, checksums: None }),
        _ => {
            header.identity = Wire::take(d)?;
            read_holdings(d, &mut header)?;
            let Bytes(checksums) = Bytes::take(d)?;
            let photos = if version < WITH_PHOTOS { 0 } else { u32::take(d)? };
            let parts = u64::from(header.segments) + u64::from(header.pages) + u64::from(photos);
            let is_complete = checksums.len() as u64 == parts * HASH as u64;
            is_complete.then_some(Heading { header, photos, checksums: Some(checksums) })
        }
    }
}

/// All five numbers, or none.
fn read_holdings(d: &mut Reader<'_>, header: &mut Header) -> Option<()> {
    let mut count = || <Option<u64> as Wire>::take(d);
    let (acts, entries, cases, households, people) = (count()?, count()?, count()?, count()?, count()?);
    if let (Some(acts), Some(entries), Some(cases), Some(households), Some(people)) =
        (acts, entries, cases, households, people)
    {
        header.holds = Some(Holdings { acts, entries, cases, households, people });
    }
    Some(())
}

/// Names the first part that does not match its checksum.
fn check_parts(
    segments: &[Vec<u8>],
    pages: &[Vec<u8>],
    photos: &[(PhotoId, Vec<u8>)],
    checksums: Option<&[u8]>,
) -> Result<(), SaveFileError> {
    let Some(checksums) = checksums else { return Ok(()) };
    let found = segments.iter().chain(pages).map(Sha256::digest);
    let found = found.chain(photos.iter().map(|(id, picture)| photo_checksum(*id, picture)));
    let differs = found.zip(checksums.chunks(HASH)).position(|(found, said)| found.as_slice() != said);
    let before_photos = segments.len() + pages.len();
    match differs {
        None => Ok(()),
        Some(place) if place < segments.len() => Err(SaveFileError::Segment(place + 1)),
        Some(place) if place < before_photos => Err(SaveFileError::Page(place - segments.len() + 1)),
        Some(place) => Err(SaveFileError::Photo(place - before_photos + 1)),
    }
}

fn take_part<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, tail) = rest.split_at_checked(4)?;
    let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
    let (part, tail) = tail.split_at_checked(length)?;
    *rest = tail;
    Some(part)
}

fn take_photo(rest: &mut &[u8]) -> Result<(PhotoId, Vec<u8>), SaveFileError> {
    let part = take_part(rest).ok_or(SaveFileError::Cut)?;
    let (id, picture) = part.split_first_chunk().ok_or(SaveFileError::Altered)?;
    Ok((PhotoId::from_raw(u64::from_le_bytes(*id)), picture.to_vec()))
}

fn take_parts(rest: &mut &[u8], count: u32) -> Result<Vec<Vec<u8>>, SaveFileError> {
    (0..count).map(|_| take_part(rest).map(<[u8]>::to_vec).ok_or(SaveFileError::Cut)).collect()
}

/// A CBOR byte string.
struct Bytes(Vec<u8>);

impl Wire for Bytes {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        Some(Self(d.bytes()?.to_vec()))
    }
}

impl Wire for VillageId {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        d.bytes()?.try_into().ok().map(Self)
    }
}
