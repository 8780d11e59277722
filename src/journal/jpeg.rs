//! JPEG files, as far as a photo needs them: how large the picture is, and the
//! same picture without anything that a camera or a program wrote beside it,
//! such as the place where it was taken.

use thiserror::Error;

/// Start of image, and the markers in front of a picture that are looked for.
const START: [u8; 2] = [0xFF, 0xD8];
const SCAN: u8 = 0xDA;
const END: u8 = 0xD9;
const COMMENT: u8 = 0xFE;
/// Where programs write what they like, APP0 to APP15. Only the first, JFIF, and
/// the fourteenth, which says how colours are stored, are needed to see the picture.
const APPS: std::ops::RangeInclusive<u8> = 0xE0..=0xEF;
const NEEDED_APPS: [u8; 2] = [0xE0, 0xEE];

/// Why bytes are no JPEG picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("不是完好的 JPEG 图片")]
pub struct NoJpeg;

/// A segment: its marker, and all its bytes; a scan with the picture's data
/// behind it.
type Segment<'a> = (u8, &'a [u8]);

/// The segments of the picture, up to its end.
fn segments(bytes: &[u8]) -> Result<Vec<Segment<'_>>, NoJpeg> {
    let mut rest = bytes.strip_prefix(&START).ok_or(NoJpeg)?;
    let mut segments = Vec::new();
    loop {
        let (marker, length) = match *rest {
            [0xFF, END, ..] => return Ok(segments),
            [0xFF, marker @ 0x01..=0xFE, high, low, ..] => (marker, usize::from(u16::from_be_bytes([high, low])) + 2),
            _ => return Err(NoJpeg),
        };
        let data = rest.get(length..).ok_or(NoJpeg)?;
        let length = if marker == SCAN { length + data_length(data).ok_or(NoJpeg)? } else { length };
        let (segment, behind) = rest.split_at_checked(length).ok_or(NoJpeg)?;
        segments.push((marker, segment));
        rest = behind;
    }
}

/// How far the data of a scan go: up to the next marker that is not among them.
fn data_length(data: &[u8]) -> Option<usize> {
    data.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF))
}

const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF)
}

fn is_needed(marker: u8) -> bool {
    NEEDED_APPS.contains(&marker) || !(APPS.contains(&marker) || marker == COMMENT)
}

/// Width and height of the picture, in pixels.
pub fn size(bytes: &[u8]) -> Result<(u16, u16), NoJpeg> {
    let (_, frame) = segments(bytes)?.into_iter().find(|(marker, _)| is_frame(*marker)).ok_or(NoJpeg)?;
    let pair = |at: usize| frame.get(at..at + 2).and_then(|pair| pair.try_into().ok()).map(u16::from_be_bytes);
    match (pair(7), pair(5)) {
        (Some(width), Some(height)) if width > 0 && height > 0 => Ok((width, height)),
        _ => Err(NoJpeg),
    }
}

/// The same picture and nothing else. What stands behind its end goes too.
pub fn bare(bytes: &[u8]) -> Result<Vec<u8>, NoJpeg> {
    let mut bare = START.to_vec();
    for (_, segment) in segments(bytes)?.into_iter().filter(|(marker, _)| is_needed(*marker)) {
        bare.extend_from_slice(segment);
    }
    bare.extend_from_slice(&[0xFF, END]);
    Ok(bare)
}

/// Whether the file holds the picture and nothing else.
pub fn is_bare(bytes: &[u8]) -> bool {
    bare(bytes).is_ok_and(|bare| bare == bytes)
}
