//! Looks through a compound file before calamine does. calamine trusts the
//! sector chains and record lengths of an .xls and sets memory aside for
//! every cell between the first and the last; a file that was cut while being
//! copied, or made to hurt, would end the worker instead of being refused.

use super::super::table::{COLUMNS_MAX, ROWS_MAX};
use super::{ReadError, damaged};

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const SPECIAL: u32 = 0xFFFF_FFFA;
const MINI_CUTOFF: usize = 4096;
const MINI_SECTOR: usize = 64;
/// Most cells of the rectangle that a sheet announces.
const AREA_MAX: u64 = ROWS_MAX * COLUMNS_MAX;

/// Refuses what is no workbook, is sealed, cut, or too large.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let file = Compound::open(bytes).ok_or_else(|| damaged("compound file: broken chain"))?;
    let has = |name: &str| file.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    let Some(book) = ["Workbook", "Book"].iter().find(|name| has(name)) else {
        return Err(match () {
            () if has("WordDocument") => ReadError::WordDocument,
            () if has("PowerPoint Document") => ReadError::Presentation,
            () => ReadError::NotATable,
        });
    };
    let stream = file.stream(book).ok_or_else(|| damaged("compound file: workbook cut"))?;
    check_book(&stream)
}

/// The parts of a compound file that lead to its streams.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match word(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file =
            Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini: Vec::new(), entries: Vec::new() };
        for id in file.fat_sectors()? {
            let entries = file.at(id)?.chunks_exact(4).filter_map(|entry| long(entry, 0));
            file.fat.extend(entries);
        }
        let directory = file.chain(long(bytes, 48)?)?;
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let root = file.entries.first()?;
        let (root_start, root_size) = (root.start, root.size);
        if long(bytes, 64)? > 0 {
            let mini_fat = file.chain(long(bytes, 60)?)?;
            file.mini_fat = mini_fat.chunks_exact(4).filter_map(|entry| long(entry, 0)).collect();
            file.mini = file.chain(root_start)?;
            file.mini.truncate(root_size);
        }
        Some(file)
    }

    /// Where the allocation table lies: 109 places in the header, then a chain.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let mut ids: Vec<u32> = (0..109).filter_map(|n| long(self.bytes, 76 + n * 4)).collect();
        let mut next = long(self.bytes, 68)?;
        let mut steps = 0;
        while next < SPECIAL {
            let more = self.at(next)?;
            ids.extend(more.chunks_exact(4).filter_map(|entry| long(entry, 0)));
            next = ids.pop()?;
            steps += 1;
            if steps > self.bytes.len() / self.sector {
                return None;
            }
        }
        ids.retain(|id| *id < SPECIAL);
        Some(ids)
    }

    /// One sector; the last one of a file may be short, none may be missing.
    fn at(&self, id: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(id).ok()?.checked_add(1)?).checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        follow(start, &self.fat, |id| self.at(id))
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut stream = if entry.size < MINI_CUTOFF {
            follow(entry.start, &self.mini_fat, |id| {
                let start = usize::try_from(id).ok()?.checked_mul(MINI_SECTOR)?;
                self.mini.get(start..start.checked_add(MINI_SECTOR)?.min(self.mini.len()))
            })?
        } else {
            self.chain(entry.start)?
        };
        if stream.len() < entry.size {
            return None;
        }
        stream.truncate(entry.size);
        Some(stream)
    }
}

/// Follows a chain to its proper end; a loop is longer than its table.
fn follow<'a>(start: u32, fat: &[u32], sector: impl Fn(u32) -> Option<&'a [u8]>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut id = start;
    let mut steps = 0;
    while id != END_OF_CHAIN {
        out.extend_from_slice(sector(id)?);
        id = *fat.get(usize::try_from(id).ok()?)?;
        steps += 1;
        if steps > fat.len() {
            return None;
        }
    }
    Some(out)
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let units: Vec<u16> = (0..32).filter_map(|n| word(bytes, n * 2)).take_while(|unit| *unit != 0).collect();
    let size = usize::try_from(long(bytes, 120)?).ok()?;
    Some(Entry { name: String::from_utf16_lossy(&units), start: long(bytes, 116)?, size })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}

/// The records of a stream from a position on; `None` marks a cut.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = Option<(u16, &[u8])>> {
    let mut broken = false;
    std::iter::from_fn(move || {
        if broken || at >= stream.len() {
            return None;
        }
        let record = word(stream, at).zip(word(stream, at + 2)).and_then(|(kind, size)| {
            let start = at + 4;
            let end = start + usize::from(size);
            at = end;
            stream.get(start..end).map(|data| (kind, data))
        });
        broken = record.is_none();
        Some(record)
    })
}

/// Walks the globals, then every sheet that they point to.
fn check_book(stream: &[u8]) -> Result<(), ReadError> {
    let cut = || damaged("workbook: record cut");
    let mut sheets = Vec::new();
    for record in records(stream, 0) {
        let (kind, data) = record.ok_or_else(cut)?;
        match kind {
            0x0A => break,
            0x2F if word(data, 0).is_none_or(|flag| flag != 0) => return Err(ReadError::Encrypted),
            0x85 if data.len() >= 8 => sheets.extend(long(data, 0)),
            // Records whose first bytes calamine reads without asking.
            0x85 | 0x18 | 0x17 | 0x22 | 0x42 | 0x0809 if data.len() < shortest(kind) => return Err(cut()),
            0x18 if usize::from(word(data, 4).unwrap_or(0)) + 14 > data.len() => return Err(cut()),
            _ => {}
        }
    }
    for start in sheets {
        let start = usize::try_from(start).ok().filter(|start| *start < stream.len()).ok_or_else(cut)?;
        check_sheet(stream, start)?;
    }
    Ok(())
}

fn shortest(kind: u16) -> usize {
    match kind {
        0x85 => 8,
        0x18 => 14,
        _ => 2,
    }
}

fn check_sheet(stream: &[u8], start: usize) -> Result<(), ReadError> {
    let cut = || damaged("worksheet: record cut");
    let mut depth = 0_usize;
    for record in records(stream, start) {
        let (kind, data) = record.ok_or_else(cut)?;
        match kind {
            0x0809 => depth += 1,
            0x0A if depth <= 1 => return Ok(()),
            0x0A => depth -= 1,
            _ if depth > 1 => {}
            0x0200 => check_area(data).ok_or_else(cut)??,
            0xBD => {
                let last = data.len().checked_sub(2).and_then(|at| word(data, at));
                if data.len() < 6 || last < word(data, 2) {
                    return Err(cut());
                }
                check_place(word(data, 0), last)?;
            }
            0x0203..=0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x0006 => check_place(word(data, 0), word(data, 2))?,
            0xE5 if data.len() < usize::from(word(data, 0).unwrap_or(u16::MAX)) * 8 + 2 => return Err(cut()),
            _ => {}
        }
    }
    Err(cut())
}

/// The rectangle that the sheet announces: calamine reserves all of it.
fn check_area(data: &[u8]) -> Option<Result<(), ReadError>> {
    let number = |at| word(data, at).map(u64::from);
    let (top, bottom, left, right) = match data.len() {
        10 => (number(0)?, number(2)?, number(4)?, number(6)?),
        14 | 16 => (u64::from(long(data, 0)?), u64::from(long(data, 4)?), number(8)?, number(10)?),
        _ => return None,
    };
    if bottom == 0 || right == 0 {
        return Some(Ok(()));
    }
    let left = if left > 0xFF || right < left { 0 } else { left };
    // An empty rectangle may be written as the one before its start.
    let rows = bottom.checked_sub(top).filter(|rows| *rows > 0)?;
    let columns = right.checked_sub(left).filter(|columns| *columns > 0)?;
    if rows.saturating_mul(columns) > AREA_MAX {
        return Some(Err(too_many_rows(rows)));
    }
    Some(Ok(()))
}

fn check_place(row: Option<u16>, column: Option<u16>) -> Result<(), ReadError> {
    let (Some(row), Some(column)) = (row, column) else { return Err(damaged("worksheet: cell cut")) };
    let (row, column) = (u64::from(row), u64::from(column));
    if row >= ROWS_MAX {
        return Err(too_many_rows(row + 1));
    }
    if column >= COLUMNS_MAX {
        let sheet = ".xls".to_owned();
        return Err(ReadError::TooManyColumns { sheet, found: column + 1, limit: COLUMNS_MAX });
    }
    Ok(())
}

/// Sheet names are not decoded here, so the refusal names the kind of file.
fn too_many_rows(found: u64) -> ReadError {
    ReadError::TooManyRows { sheet: ".xls".to_owned(), found, limit: ROWS_MAX }
}
