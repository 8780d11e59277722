//! The keys of what is stored, as text that sorts as its numbers do, the few
//! words about this laptop, and the frame around a segment with its slip.

use crate::domain::calendar::Moment;
use crate::domain::id::{DeviceId, Kind, PhotoId};
use crate::domain::register::PageKey;
use crate::storage::{Laptop, SegmentKey};

pub fn segment_key(key: SegmentKey) -> String {
    format!("{:08x}-{:016x}", key.device.0, key.first)
}

pub fn parse_segment_key(key: &str) -> Option<SegmentKey> {
    let (device, first) = key.split_once('-')?;
    let device = DeviceId(u32::from_str_radix(device, 16).ok()?);
    Some(SegmentKey { device, first: u64::from_str_radix(first, 16).ok()? })
}

pub fn page_key(key: PageKey) -> String {
    format!("{:02x}-{:016x}", key.kind.code(), key.number)
}

pub fn parse_page_key(key: &str) -> Option<PageKey> {
    let (kind, number) = key.split_once('-')?;
    let kind = *Kind::ALL.get(usize::from_str_radix(kind, 16).ok()?)?;
    Some(PageKey { kind, number: u64::from_str_radix(number, 16).ok()? })
}

pub fn photo_key(id: PhotoId) -> String {
    format!("{:016x}", id.raw())
}

pub fn parse_photo_key(key: &str) -> Option<PhotoId> {
    u64::from_str_radix(key, 16).ok().map(PhotoId::from_raw)
}

/// The ids of photos, u64 each.
pub fn photo_id_bytes(ids: &[PhotoId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.raw().to_le_bytes()).collect()
}

pub fn parse_photo_ids(bytes: &[u8]) -> impl Iterator<Item = PhotoId> {
    let (ids, _) = bytes.as_chunks::<8>();
    ids.iter().map(|id| PhotoId::from_raw(u64::from_le_bytes(*id)))
}

/// version u16 · device u32 · saved at i64 (−1 for never) · saved acts u64 ·
/// saved records u64, which older programs neither write nor read
pub fn laptop_bytes(laptop: Laptop) -> Vec<u8> {
    let mut bytes = 1_u16.to_le_bytes().to_vec();
    bytes.extend_from_slice(&laptop.device.0.to_le_bytes());
    bytes.extend_from_slice(&laptop.saved_at.map_or(-1, |at| at.0).to_le_bytes());
    bytes.extend_from_slice(&laptop.saved_acts.to_le_bytes());
    bytes.extend(laptop.saved_records.into_iter().flat_map(u64::to_le_bytes));
    bytes
}

pub fn parse_laptop(bytes: &[u8]) -> Option<Laptop> {
    let saved_at = i64::from_le_bytes(bytes.get(6..14)?.try_into().ok()?);
    Some(Laptop {
        device: DeviceId(u32::from_le_bytes(bytes.get(2..6)?.try_into().ok()?)),
        saved_at: (saved_at >= 0).then_some(Moment(saved_at)),
        saved_acts: u64::from_le_bytes(bytes.get(14..22)?.try_into().ok()?),
        saved_records: bytes.get(22..30).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes),
    })
}

/// What a record begins with that holds a slip too.
const FRAME: &[u8; 4] = b"CZSS";

/// "CZSS" · length of the segment u32 · segment · slip
pub fn framed(segment: &[u8], slip: &[u8]) -> Vec<u8> {
    let length = u32::try_from(segment.len()).unwrap_or(u32::MAX);
    [FRAME, length.to_le_bytes().as_slice(), segment, slip].concat()
}

/// The segment in a record, and its slip where it has one. A frame that does not
/// fit is handed on as the segment, which does not read: damage as any other.
pub fn unframed(record: Vec<u8>) -> (Vec<u8>, Option<Vec<u8>>) {
    let parts = record.strip_prefix(FRAME).and_then(|rest| {
        let (length, rest) = rest.split_at_checked(4)?;
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        rest.split_at_checked(length)
    });
    match parts {
        Some((segment, slip)) => (segment.to_vec(), Some(slip.to_vec())),
        None => (record, None),
    }
}
