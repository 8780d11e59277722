//! The intact part of a damaged book, as a save file that can be restored: of
//! every laptop's journal what is proven up to its first damage, and the texts
//! that can be read.

use thiserror::Error;

use super::book::Book;
use super::save::save_file;
use super::woven::{OpenError, chains};
use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;
use crate::journal::page;
use crate::journal::raw_act::RawAct;
use crate::journal::segment::{self, Segment, SegmentError};
use crate::storage::{Contents, SegmentKey};

/// Why there is no intact part to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IntactError {
    /// What is intact does not make a village.
    #[error("账本从开头就坏了,没有完好的部分可存。请点「存成文件」原样留底,再用最近的保存文件恢复。")]
    Nothing,
    /// What seemed intact does not open either.
    #[error("完好的部分也打不开:{0}请点「存成文件」原样留底,再用最近的保存文件恢复。")]
    Open(#[from] OpenError),
}

/// A save file of what is intact.
#[derive(Debug)]
pub struct Intact {
    /// The file.
    pub bytes: Vec<u8>,
    /// The book that it makes.
    pub book: Book,
}

/// The save file of the intact part; `device` names this laptop where it is unknown.
pub fn intact_file(contents: &Contents, device: DeviceId, now: Moment) -> Result<Intact, IntactError> {
    let intact = intact(contents);
    let book = Book::open(&intact, device)?;
    if book.village().profile.is_none() {
        return Err(IntactError::Nothing);
    }
    Ok(Intact { bytes: save_file(&intact, &book, now), book })
}

/// What is intact, in the same segments. A text goes with the act that it came
/// with; pages hold those of lost acts too, which then belong to nobody.
fn intact(contents: &Contents) -> Contents {
    let mut segments = Vec::new();
    for (device, chain) in chains(contents) {
        for (_, segment) in chain.segments {
            let acts = proven(segment);
            if !acts.is_empty() {
                let (bytes, _) = segment::write_raw(device, segment.before, acts.iter().copied());
                segments.push((SegmentKey { device, first: segment.first }, bytes));
            }
            if acts.len() as u64 != u64::from(segment.count) {
                break;
            }
        }
    }
    let is_kept = |key: &SegmentKey| segments.iter().any(|(kept, _)| kept == key);
    let slips = contents.slips.iter().filter(|(key, slip)| is_kept(key) && page::read(slip).is_ok());
    let pages = contents.pages.iter().filter(|(_, page)| page::read(page).is_ok());
    Contents {
        laptop: contents.laptop,
        slips: slips.cloned().collect(),
        pages: pages.cloned().collect(),
        photos: contents.photos.clone(),
        segments,
    }
}

/// The acts of a segment before the first that is damaged or altered. When all of them
/// agree with their links but the chain does not close, any may be the altered one.
fn proven(segment: Segment<'_>) -> Vec<RawAct<'_>> {
    let mut acts = Vec::new();
    for act in segment.raw_acts() {
        match act.and_then(|raw| raw.decode().map(|_| raw)) {
            Ok(raw) => acts.push(raw),
            Err(_) => return acts,
        }
    }
    match segment.check_chain() {
        Ok(()) => acts,
        Err(SegmentError::Altered(sequence)) => acts.into_iter().take_while(|act| act.sequence < sequence).collect(),
        Err(_) => Vec::new(),
    }
}
