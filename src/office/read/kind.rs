//! What a file is, by its first bytes. Files travel through phones and chat
//! programs under any name, so the ending is not even asked.

use super::ReadError;

/// The containers that are read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip archive: xlsx, ods, or something to refuse.
    Zip,
    /// A compound file: xls, et, an encrypted xlsx, or something to refuse.
    Ole,
    /// Text: csv, txt, tsv.
    Text,
}

const MAGIC: [(&[u8], Refused); 11] = [
    (b"%PDF", Refused::Pdf),
    (b"\x89PNG", Refused::Image),
    (b"\xFF\xD8\xFF", Refused::Image),
    (b"GIF8", Refused::Image),
    (b"BM", Refused::Image),
    (b"RIFF", Refused::Image),
    (b"Rar!", Refused::Archive),
    (b"7z\xBC\xAF", Refused::Archive),
    (b"\x1F\x8B", Refused::Archive),
    (b"{\\rtf", Refused::Word),
    (b"II*\0", Refused::Image),
];

#[derive(Clone, Copy)]
enum Refused {
    Pdf,
    Image,
    Archive,
    Word,
}

impl From<Refused> for ReadError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Pdf => Self::Pdf,
            Refused::Image => Self::Image,
            Refused::Archive => Self::Archive,
            Refused::Word => Self::WordDocument,
        }
    }
}

/// The container, or the named reason why the file is not one of them.
pub(super) fn detect(bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.starts_with(b"PK") && bytes.get(2).is_some_and(|byte| *byte < 9) {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Ok(Kind::Ole);
    }
    for (magic, refused) in MAGIC {
        // Short magics could begin an honest text file; a picture has NULs.
        if bytes.starts_with(magic) && (magic.len() > 2 || is_binary(bytes)) {
            return Err(refused.into());
        }
    }
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !wide && is_binary(bytes) {
        return Err(ReadError::NotATable);
    }
    markup(bytes).map_or(Ok(Kind::Text), Err)
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(8 * 1024)]
}

/// More NULs than the few that old programs leave in a text file.
fn is_binary(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let nuls = head.split(|byte| *byte == 0).count() - 1;
    nuls > 1 + head.len() / 64
}

/// Markup that office programs save under the name of a workbook.
fn markup(bytes: &[u8]) -> Option<ReadError> {
    // Dropping NULs reads the ASCII of UTF-16 as well.
    let ascii: Vec<u8> = head(bytes).iter().filter(|byte| byte.is_ascii() && **byte != 0).copied().collect();
    let text = String::from_utf8_lossy(&ascii).to_ascii_lowercase();
    let text = text.trim_start();
    if text.starts_with("mime-version:") {
        return Some(ReadError::Html);
    }
    if !text.starts_with('<') {
        return None;
    }
    if text.contains("<workbook") || text.contains("urn:schemas-microsoft-com:office:spreadsheet\"") {
        return Some(ReadError::XmlSpreadsheet);
    }
    let html = ["<html", "<!doctype html", "<table", "<body", "<head", "<meta", "<div", "<style"];
    html.iter().any(|tag| text.contains(tag)).then_some(ReadError::Html)
}
