//! Snapshots: save files that the program keeps by itself, before something
//! large happens to the village. Here is what is known of one without opening
//! it, as bytes.

use crate::domain::calendar::Moment;

/// Snapshots that are kept; the oldest beyond them go.
pub const SNAPSHOTS_MAX: usize = 3;

/// Before what a snapshot was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotReason {
    /// Before a roster was imported, or a new rule book adopted.
    Import,
    /// Before a save file or an earlier snapshot was put in place.
    Restore,
    /// Before another laptop's file was merged.
    Merge,
}

impl SnapshotReason {
    const ALL: [Self; 3] = [Self::Import, Self::Restore, Self::Merge];

    /// 「恢复数据前」
    pub const fn words(self) -> &'static str {
        match self {
            Self::Import => "导入花名册或启用新细则前",
            Self::Restore => "恢复数据前",
            Self::Merge => "合并数据前",
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Import => 0,
            Self::Restore => 1,
            Self::Merge => 2,
        }
    }
}

/// What is known of a snapshot without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// When it was taken.
    pub at: Moment,
    /// Before what.
    pub reason: SnapshotReason,
    /// Acts in it.
    pub acts: u64,
    /// Households in it.
    pub households: u32,
    /// People in it.
    pub people: u32,
    /// Size of its save file.
    pub bytes: u64,
    /// Name of the village.
    pub village: String,
}

/// version u16 · at i64 · reason u8 · acts u64 · households u32 · people u32 ·
/// bytes u64 · name of the village to the end.
pub fn write(snapshot: &Snapshot) -> Vec<u8> {
    let mut bytes = 1_u16.to_le_bytes().to_vec();
    bytes.extend_from_slice(&snapshot.at.0.to_le_bytes());
    bytes.push(snapshot.reason.code());
    bytes.extend_from_slice(&snapshot.acts.to_le_bytes());
    bytes.extend_from_slice(&snapshot.households.to_le_bytes());
    bytes.extend_from_slice(&snapshot.people.to_le_bytes());
    bytes.extend_from_slice(&snapshot.bytes.to_le_bytes());
    bytes.extend_from_slice(snapshot.village.as_bytes());
    bytes
}

/// What [`write`] wrote; nothing of another shape.
pub fn read(bytes: &[u8]) -> Option<Snapshot> {
    if bytes.get(..2)? != 1_u16.to_le_bytes() {
        return None;
    }
    Some(Snapshot {
        at: Moment(i64::from_le_bytes(bytes.get(2..10)?.try_into().ok()?)),
        reason: *SnapshotReason::ALL.get(usize::from(*bytes.get(10)?))?,
        acts: u64::from_le_bytes(bytes.get(11..19)?.try_into().ok()?),
        households: u32::from_le_bytes(bytes.get(19..23)?.try_into().ok()?),
        people: u32::from_le_bytes(bytes.get(23..27)?.try_into().ok()?),
        bytes: u64::from_le_bytes(bytes.get(27..35)?.try_into().ok()?),
        village: String::from_utf8(bytes.get(35..)?.to_vec()).ok()?,
    })
}
