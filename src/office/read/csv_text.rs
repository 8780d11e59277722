//! Text files: which encoding, which delimiter, then rows of fields.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::collect::Collector;
use super::{Encoding, Progress, ReadChoice, ReadError, Table, damaged};

/// How many records the delimiter is judged by.
const SAMPLE_RECORDS: usize = 40;
/// How many rows pass between two calls of `progress`.
const PROGRESS_ROWS: u64 = 500;

/// Reads a text file as one table.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    choice: ReadChoice,
    progress: &mut dyn FnMut(Progress),
) -> Result<Table, ReadError> {
    let (text, encoding) = decode(bytes, choice)?;
    let mut collector = Collector::new(stem(name));
    let mut reader = reader(&text, sniff(&text));
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(damaged)? {
        row += record.position().map_or(0, |at| blank_lines(&text, at.byte()));
        for (column, field) in (0..).zip(&record) {
            collector.put(row, column, unwrap_formula(field))?;
        }
        row += 1;
        if row.is_multiple_of(PROGRESS_ROWS) {
            progress(Progress { done: reader.position().byte(), total: text.len() as u64 });
        }
    }
    collector.finish(encoding)
}

/// The text, and the encoding where another could have been chosen.
fn decode(bytes: &[u8], choice: ReadChoice) -> Result<(String, Option<Encoding>), ReadError> {
    if bytes.starts_with(b"\xFF\xFE") {
        return Ok((UTF_16LE.decode_with_bom_removal(bytes).0.into_owned(), None));
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Ok((UTF_16BE.decode_with_bom_removal(bytes).0.into_owned(), None));
    }
    let (bytes, marked) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    // What the user chose is shown even where it reads as rubbish: that is
    // how the preview tells that the choice was wrong.
    match choice.encoding {
        Some(Encoding::Utf8) => return Ok((String::from_utf8_lossy(bytes).into_owned(), Some(Encoding::Utf8))),
        Some(Encoding::Gb18030) => {
            let text = GB18030.decode_without_bom_handling(bytes).0.into_owned();
            return Ok((text, Some(Encoding::Gb18030)));
        }
        None => {}
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok((text.to_owned(), Some(Encoding::Utf8)));
    }
    if marked {
        return Err(damaged("UTF-8 mark, but not UTF-8"));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or(ReadError::UnknownEncoding)?;
    Ok((text.into_owned(), Some(Encoding::Gb18030)))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// The delimiter that cuts the most records into the same number of fields.
fn sniff(text: &str) -> u8 {
    let mut best = (0, b',');
    for delimiter in [b',', b'\t', b';'] {
        let mut counts = std::collections::BTreeMap::new();
        for record in reader(text, delimiter).records().take(SAMPLE_RECORDS).flatten() {
            *counts.entry(record.len()).or_insert(0_usize) += 1;
        }
        let score = counts.iter().filter(|(fields, _)| **fields > 1).map(|(fields, times)| fields * times).max();
        let score = score.unwrap_or(0);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Lines without any character at a byte position: the reader skips them, but
/// they are rows in Excel, and row numbers must be the ones seen there.
fn blank_lines(text: &str, at: u64) -> u64 {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let (read, rest) = text.as_bytes().split_at_checked(at).unwrap_or_default();
    // The reader stops between the two characters of a Windows line end.
    let rest = if read.ends_with(b"\r") { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    breaks.filter(|byte| **byte == b'\n').count() as u64
}

/// `="00123"` is how some programs keep Excel from eating the zeros.
fn unwrap_formula(field: &str) -> &str {
    let inner = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(field)
}

fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
