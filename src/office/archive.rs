//! Several files as one zip archive, deflated, in the office worker.
//!
//! The few records of the format are written here: the `zip` crate reads
//! workbooks well, but its writer would bring every way of packing along. The
//! same files give the same bytes: no times and no rights are written.

use std::collections::BTreeSet;
use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::message::ZipPart;
use super::table::Progress;

/// Most files that an archive without extensions counts.
const FILES_MAX: usize = 65_535;
/// The version of the format that knows folders and deflate, twice: made by, needed.
const VERSION: [u8; 2] = [20, 0];
/// Names are UTF-8; deflated; midnight of the first day there is, 1980-01-01.
const KIND: [u8; 8] = [0, 8, 8, 0, 0, 0, 0x21, 0];

/// Why an archive is not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ZipError {
    /// The parts and the body do not go together: a fault of the program.
    #[error("打包时文件长短对不上,没有打成。请刷新页面再试一次。")]
    Lengths,
    /// Two files of one name: a fault of the program.
    #[error("打包时有两个文件都叫「{0}」,没有打成。请刷新页面再试一次。")]
    Twice(String),
    /// More or larger than the format counts.
    #[error("要打包的内容太多(超过 4 GB 或 {FILES_MAX} 个文件),没有打成。请分几次导出。")]
    TooMuch,
}

/// What the directory says of a file.
struct Record<'a> {
    name: &'a str,
    checksum: u32,
    packed: u32,
    length: u32,
    offset: u32,
}

/// Packs the parts of the body, in their order.
pub fn zip(parts: &[ZipPart], body: &[u8], progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, ZipError> {
    let total = (body.len() as u64).max(1);
    let mut names = BTreeSet::new();
    let mut records = Vec::new();
    let mut archive = Vec::new();
    let mut rest = body;
    for part in parts {
        progress(Progress { done: (body.len() - rest.len()) as u64, total });
        let length = usize::try_from(part.length).map_err(|_| ZipError::Lengths)?;
        let (bytes, tail) = rest.split_at_checked(length).ok_or(ZipError::Lengths)?;
        if !names.insert(part.name.as_str()) {
            return Err(ZipError::Twice(part.name.clone()));
        }
        records.push(append(&mut archive, &part.name, bytes)?);
        rest = tail;
    }
    if !rest.is_empty() {
        return Err(ZipError::Lengths);
    }
    finish(archive, &records)
}

/// Appends a file with its own head.
fn append<'a>(archive: &mut Vec<u8>, name: &'a str, bytes: &[u8]) -> Result<Record<'a>, ZipError> {
    let mut crc = Crc::new();
    crc.update(bytes);
    // Writing to memory does not fail.
    let packed = deflated(bytes).map_err(|_| ZipError::TooMuch)?;
    let (checksum, offset) = (crc.sum(), small(archive.len())?);
    let record = Record { name, checksum, packed: small(packed.len())?, length: small(bytes.len())?, offset };
    archive.extend_from_slice(b"PK\x03\x04");
    archive.extend_from_slice(&VERSION);
    record.describe(archive)?;
    archive.extend_from_slice(name.as_bytes());
    archive.extend_from_slice(&packed);
    Ok(record)
}

fn deflated(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Appends the directory.
fn finish(mut archive: Vec<u8>, records: &[Record]) -> Result<Vec<u8>, ZipError> {
    let start = archive.len();
    for record in records {
        archive.extend_from_slice(b"PK\x01\x02");
        archive.extend_from_slice(&VERSION);
        archive.extend_from_slice(&VERSION);
        record.describe(&mut archive)?;
        // No comment, one disk, no attributes.
        archive.extend_from_slice(&[0; 10]);
        archive.extend_from_slice(&record.offset.to_le_bytes());
        archive.extend_from_slice(record.name.as_bytes());
    }
    let (size, start) = (small(archive.len() - start)?, small(start)?);
    let count = u16::try_from(records.len()).map_err(|_| ZipError::TooMuch)?.to_le_bytes();
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    archive.extend_from_slice(&[count, count].concat());
    archive.extend_from_slice(&size.to_le_bytes());
    archive.extend_from_slice(&start.to_le_bytes());
    archive.extend_from_slice(&[0; 2]);
    Ok(archive)
}

impl Record<'_> {
    /// The fields that stand before the file and in the directory alike.
    fn describe(&self, archive: &mut Vec<u8>) -> Result<(), ZipError> {
        let name = u16::try_from(self.name.len()).map_err(|_| ZipError::TooMuch)?;
        archive.extend_from_slice(&KIND);
        archive.extend_from_slice(&self.checksum.to_le_bytes());
        archive.extend_from_slice(&self.packed.to_le_bytes());
        archive.extend_from_slice(&self.length.to_le_bytes());
        archive.extend_from_slice(&name.to_le_bytes());
        archive.extend_from_slice(&[0; 2]);
        Ok(())
    }
}

fn small(length: usize) -> Result<u32, ZipError> {
    u32::try_from(length).map_err(|_| ZipError::TooMuch)
}
