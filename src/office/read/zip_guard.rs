//! Looks through a zip archive before a parser does: number of parts, sizes
//! as announced and as they really unpack, ratio, announced shared texts.
//! Announced sizes can lie, so every part is unpacked once into nothing; the
//! zip crate itself stops at a part that is larger than it says.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::{ReadError, damaged};

/// Most parts; Excel itself writes a few dozen.
const PARTS_MAX: u64 = 2_000;
/// Most bytes of all parts together, unpacked.
const UNPACKED_MAX: u64 = 200 * 1024 * 1024;
/// Highest ratio of a part that is large; an honest sheet stays below 100.
const RATIO_MAX: u64 = 400;
/// From this size on, the ratio is judged.
const RATIO_FROM: u64 = 8 * 1024 * 1024;
/// Most shared texts: 50 for each row that is allowed.
const TEXTS_MAX: u64 = 1_000_000;
/// How much of a part's beginning is kept to look into it.
const HEAD_MAX: usize = 64 * 1024;

/// The two workbooks that come as zip archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Package {
    /// Excel.
    Xlsx,
    /// `OpenDocument`.
    Ods,
}

/// Refuses what is too large, and tells which kind of workbook it is.
pub(super) fn check(bytes: &[u8]) -> Result<Package, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let found = archive.len() as u64;
    if found > PARTS_MAX {
        return Err(ReadError::TooManyParts { found, limit: PARTS_MAX });
    }
    check_announced(&mut archive)?;
    let mut total = 0;
    let mut package = None;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let head = unpack(&mut part, &mut total)?;
        check_head(&name, &head)?;
        if let Some(found) = recognise(&name, &head)? {
            package = Some(found);
        }
    }
    package.ok_or(ReadError::Archive)
}

/// Judges the sizes that the archive announces.
fn check_announced(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), ReadError> {
    let mut total = 0_u64;
    let mut ratio = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        if part.encrypted() {
            return Err(ReadError::Encrypted);
        }
        total = total.saturating_add(part.size());
        if part.size() > RATIO_FROM {
            ratio = ratio.max(part.size() / part.compressed_size().max(1));
        }
    }
    if total > UNPACKED_MAX {
        return Err(ReadError::UnpackedTooLarge { found: total, limit: UNPACKED_MAX });
    }
    if ratio > RATIO_MAX {
        return Err(ReadError::RatioTooHigh { found: ratio, limit: RATIO_MAX });
    }
    Ok(())
}

/// Unpacks a part into nothing and returns its beginning.
fn unpack(part: &mut ZipFile<'_, Cursor<&[u8]>>, total: &mut u64) -> Result<Vec<u8>, ReadError> {
    let mut head = Vec::new();
    let mut buffer = vec![0; 32 * 1024];
    loop {
        let count = part.read(&mut buffer).map_err(damaged)?;
        if count == 0 {
            return Ok(head);
        }
        let room = HEAD_MAX.saturating_sub(head.len()).min(count);
        head.extend_from_slice(&buffer[..room]);
        *total += count as u64;
        if *total > UNPACKED_MAX {
            return Err(ReadError::UnpackedTooLarge { found: *total, limit: UNPACKED_MAX });
        }
    }
}

fn check_head(name: &str, head: &[u8]) -> Result<(), ReadError> {
    if name.ends_with("sharedstrings.xml") {
        let found = unique_count(head).ok_or_else(|| damaged("shared strings without a start"))?;
        if found > TEXTS_MAX {
            return Err(ReadError::TooManyTexts { found, limit: TEXTS_MAX });
        }
    }
    let sealed = name == "meta-inf/manifest.xml" && find(head, b"encryption-data").is_some();
    if sealed { Err(ReadError::Encrypted) } else { Ok(()) }
}

fn recognise(name: &str, head: &[u8]) -> Result<Option<Package>, ReadError> {
    match name {
        "mimetype" => match head {
            _ if head.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") => Ok(Some(Package::Ods)),
            _ if head.starts_with(b"application/vnd.oasis.opendocument.text") => Err(ReadError::WordDocument),
            _ if head.starts_with(b"application/vnd.oasis.opendocument.presentation") => Err(ReadError::Presentation),
            _ => Ok(None),
        },
        "word/document.xml" => Err(ReadError::WordDocument),
        "ppt/presentation.xml" => Err(ReadError::Presentation),
        "xl/workbook.bin" => Err(ReadError::BinaryWorkbook),
        // Old writers use other folders and letter case, so any workbook part counts.
        _ if name.ends_with("workbook.xml") => Ok(Some(Package::Xlsx)),
        _ => Ok(None),
    }
}

/// `uniqueCount` of the `sst` element; 0 where it is not announced.
fn unique_count(head: &[u8]) -> Option<u64> {
    let start = find(head, b"sst")?;
    let tag = &head[start..];
    let tag = &tag[..find(tag, b">")?];
    let Some(at) = find(tag, b"uniqueCount") else { return Some(0) };
    let digits = tag[at..].iter().skip_while(|byte| !byte.is_ascii_digit()).take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
