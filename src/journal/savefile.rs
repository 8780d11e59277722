//! The save file 「保存文件」: the whole village in one file.
//!
//! ```text
//! "CUNZHI" · version u16 · header length u32 · header (CBOR) ·
//! segments and pages, each u32 length + bytes · SHA-256 of all before (32)
//! ```
//!
//! The header says what to expect, so that a file can be refused with a
//! reason before anything is done with it.

use minicbor::Decoder;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::wire::{Wire, put_into};
use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;

const MAGIC: &[u8; 6] = b"CUNZHI";
const VERSION: u16 = 1;
const HASH: usize = 32;
const PREFIX: usize = 6 + 2 + 4;
/// A header is a name and a few numbers; more is not believed.
const HEADER_LIMIT: usize = 64 * 1024;
/// The largest file that is read, in bytes.
pub const FILE_LIMIT: u64 = 1 << 30;

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
}

/// Why a save file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SaveFileError {
    /// Not a save file.
    #[error("这不是村治的保存文件。请选择以 .cunzhi 结尾的文件。")]
    NotASaveFile,
    /// Made by a newer program.
    #[error("这个文件由更新的版本({0})保存,请先升级村治再恢复。")]
    Newer(u16),
    /// The end is missing.
    #[error("文件不完整,可能没有拷贝完。请从原来的 U 盘或电脑重新拷贝一次。")]
    Cut,
    /// The checksum does not match.
    #[error("文件内容与校验码不符,可能在拷贝中损坏或被改动。请换一份保存文件。")]
    Altered,
    /// Too large to read.
    #[error("文件有 {0} MB,超过 1024 MB 的上限,请确认选对了文件。")]
    TooLarge(u64),
}

/// Writes a save file.
pub fn write(header: &Header, segments: &[Vec<u8>], pages: &[Vec<u8>]) -> Vec<u8> {
    let mut head = Vec::new();
    put_into(&mut head, &header.village);
    put_into(&mut head, &header.made);
    put_into(&mut head, &header.device);
    put_into(&mut head, &u32::try_from(segments.len()).unwrap_or(u32::MAX));
    put_into(&mut head, &u32::try_from(pages.len()).unwrap_or(u32::MAX));
    let mut bytes = Vec::new();
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    append_part(&mut bytes, &head);
    segments.iter().chain(pages).for_each(|part| append_part(&mut bytes, part));
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
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
    if !bytes.starts_with(MAGIC) {
        return Err(SaveFileError::NotASaveFile);
    }
    let prefix = bytes.get(..PREFIX).ok_or(SaveFileError::Cut)?;
    let version = u16::from_le_bytes([prefix[6], prefix[7]]);
    if version > VERSION {
        return Err(SaveFileError::Newer(version));
    }
    let mut rest = &bytes[PREFIX - 4..];
    let head = take_part(&mut rest).filter(|head| head.len() <= HEADER_LIMIT).ok_or(SaveFileError::Cut)?;
    let header = read_header(head).ok_or(SaveFileError::Altered)?;
    let segments = take_parts(&mut rest, header.segments)?;
    let pages = take_parts(&mut rest, header.pages)?;
    if rest.len() < HASH {
        return Err(SaveFileError::Cut);
    }
    let checked = &bytes[..bytes.len() - HASH];
    if rest.len() > HASH || Sha256::digest(checked).as_slice() != rest {
        return Err(SaveFileError::Altered);
    }
    Ok(SaveFile { header, segments, pages })
}

fn read_header(head: &[u8]) -> Option<Header> {
    let mut decoder = Decoder::new(head);
    let d = &mut decoder;
    Some(Header {
        village: String::take(d).ok()?,
        made: Moment::take(d).ok()?,
        device: DeviceId::take(d).ok()?,
        segments: u32::take(d).ok()?,
        pages: u32::take(d).ok()?,
    })
}

fn take_part<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, tail) = rest.split_at_checked(4)?;
    let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
    let (part, tail) = tail.split_at_checked(length)?;
    *rest = tail;
    Some(part)
}

fn take_parts(rest: &mut &[u8], count: u32) -> Result<Vec<Vec<u8>>, SaveFileError> {
    (0..count).map(|_| take_part(rest).map(<[u8]>::to_vec).ok_or(SaveFileError::Cut)).collect()
}
