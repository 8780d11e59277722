//! 凭据照片: pictures that prove an act. Here are the facts about them, by
//! opaque ids; what is to be seen on them is personal and lives elsewhere, and
//! the digest says which bytes they are.
//!
//! A photo hangs on one thing or several: all claims that were filed together
//! share theirs. A photo that was taken down leaves its fact, with the cause.

use std::collections::HashMap;

use thiserror::Error;

use super::calendar::Moment;
use super::command::Command;
use super::contradiction::{Contradiction, fresh, known};
use super::event::Event;
use super::id::{ActivityId, ClaimId, EntryId, NoteId, PersonId, PhotoId};
use super::order::sort_by_key;
use super::people::Person;
use super::points::claim::ClaimState;
use super::points::ledger::{Account, Reason};
use super::table::Table;
use super::village::Village;

/// The most photos of one claim, activity or entry.
pub const PHOTOS_MAX: usize = 6;
/// The largest photo that is kept, in bytes.
pub const PHOTO_BYTES_MAX: u32 = 200 * 1024;
/// The longest edge of a photo that is kept, in pixels.
pub const PHOTO_EDGE_MAX: u16 = 1_280;
/// The most that all photos of the village may take, in bytes. They are all in
/// a save file, which is put together in memory.
pub const PHOTOS_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// SHA-256 of a photo's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

/// What a photo hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhotoHost {
    /// 申报
    Claim(ClaimId),
    /// 活动: every entry that it brought.
    Activity(ActivityId),
    /// One entry alone.
    Entry(EntryId),
}

/// A photo was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoAdded {
    /// Its id.
    pub id: PhotoId,
    /// What it hangs on.
    pub to: Vec<PhotoHost>,
    /// Which bytes it is.
    pub digest: Digest,
    /// How many bytes.
    pub bytes: u32,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
}

/// Why a photo was taken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoRemoval {
    /// Somebody removed it, with the reason.
    ByHand(NoteId),
    /// A person was erased whom it may show.
    Erased(PersonId),
}

/// A photo as it comes in: shrunk, and without anything that a camera adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPhoto {
    /// The picture, as JPEG.
    pub jpeg: Vec<u8>,
    /// SHA-256 of it.
    pub digest: Digest,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
}

/// What a user does with photos.
#[derive(Clone, Debug)]
pub enum PhotoAct {
    /// An act, together with the photos that prove it.
    With {
        /// What is done.
        act: Box<Command>,
        /// What proves it.
        photos: Vec<NewPhoto>,
    },
    /// 补照片
    Add {
        /// What they hang on.
        to: PhotoHost,
        /// The photos.
        photos: Vec<NewPhoto>,
    },
    /// 删除照片
    Remove {
        /// Which.
        photo: PhotoId,
        /// Why.
        reason: String,
    },
}

/// What is known of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// As it was added.
    pub added: PhotoAdded,
    /// When.
    pub at: Moment,
    /// Why it is gone, if it is.
    pub removed: Option<PhotoRemoval>,
}

/// All photos, those that are gone included.
#[derive(Clone, Debug, Default)]
pub struct Photos {
    table: Table<PhotoId, Photo>,
    hosted: HashMap<PhotoHost, Vec<PhotoId>>,
}

impl Photos {
    /// The photo of this id, gone or not.
    pub fn get(&self, id: PhotoId) -> Option<&Photo> {
        self.table.get(id)
    }

    /// The photos that are not gone, oldest first.
    pub fn living(&self) -> impl Iterator<Item = &Photo> {
        self.table.iter().filter(|photo| photo.removed.is_none())
    }

    /// The photos that hang on this, oldest first.
    pub fn of(&self, host: PhotoHost) -> impl Iterator<Item = &Photo> {
        let ids = self.hosted.get(&host).into_iter().flatten();
        ids.filter_map(|id| self.table.get(*id)).filter(|photo| photo.removed.is_none())
    }

    /// How many bytes the photos take that are not gone.
    pub fn bytes(&self) -> u64 {
        self.living().map(|photo| u64::from(photo.added.bytes)).sum()
    }

    fn add(&mut self, added: &PhotoAdded, at: Moment) -> bool {
        let photo = Photo { added: added.clone(), at, removed: None };
        let is_new = self.table.insert(added.id, photo);
        if is_new {
            for host in &added.to {
                self.hosted.entry(*host).or_default().push(added.id);
            }
        }
        is_new
    }

    /// Two laptops may both have removed it: the first cause counts.
    fn remove(&mut self, id: PhotoId, cause: PhotoRemoval) -> bool {
        let found = self.table.get_mut(id);
        found.map(|photo| photo.removed.get_or_insert(cause)).is_some()
    }
}

impl Village {
    /// Folds what happens to a photo. One whose claim or entry was displaced
    /// waits for it: it is no contradiction of its own.
    #[inline(never)]
    pub(super) fn apply_photo(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::PhotoAdded(added) => {
                self.counters.observe(added.id);
                fresh(self.photos.add(added, at), "照片")?;
                // Another laptop may not have known yet that the person was erased.
                if let Some(person) = self.erased_owner(&added.to) {
                    self.photos.remove(added.id, PhotoRemoval::Erased(person));
                }
                Ok(())
            }
            Event::PhotoRemoved { photo, cause } => {
                if let PhotoRemoval::ByHand(reason) = cause {
                    self.observe_note(Some(*reason));
                }
                known(self.photos.remove(*photo, *cause), "照片")
            }
            _ => Ok(()),
        }
    }

    /// Takes down what may show a person who is erased, also what another
    /// laptop had added without knowing of it.
    pub(super) fn erase_photos(&mut self, id: PersonId) {
        let found = self.people.persons.get(id).map(|person| self.photos_of_person(person)).unwrap_or_default();
        for photo in found {
            self.photos.remove(photo, PhotoRemoval::Erased(id));
        }
    }

    /// Somebody erased whose own account this is about.
    fn erased_owner(&self, to: &[PhotoHost]) -> Option<PersonId> {
        let is_theirs = |account: Account, host: &PhotoHost| match host {
            PhotoHost::Claim(id) => {
                self.claims.get(*id).is_some_and(|claim| self.account_now(claim.filed.account) == account)
            }
            PhotoHost::Entry(id) => self.entries.get(*id).is_some_and(|entry| entry.account == account),
            PhotoHost::Activity(id) => {
                let mut reasons = self.entries.of(account).map(|entry| entry.reason);
                reasons.any(|reason| matches!(reason, Reason::Act { activity, .. } if activity == *id))
            }
        };
        let mut erased = self.people.persons.iter().filter(|person| person.erased).map(|person| person.id);
        let own = |person| [Account::Member(person), Account::Villager(person)];
        erased.find(|person| to.iter().any(|host| own(*person).into_iter().any(|account| is_theirs(account, host))))
    }

    /// The photos of a claim, oldest first.
    pub fn photos_of_claim(&self, claim: ClaimId) -> impl Iterator<Item = &Photo> {
        self.photos.of(PhotoHost::Claim(claim))
    }

    /// The photos that prove an entry: its own, those of its activity, and
    /// those of the claim that it came from.
    pub fn photos_of_entry(&self, entry: EntryId) -> Vec<&Photo> {
        let mut hosts = vec![PhotoHost::Entry(entry)];
        if let Some(Reason::Act { activity, .. }) = self.entries.get(entry).map(|entry| entry.reason) {
            hosts.push(PhotoHost::Activity(activity));
        }
        hosts.extend(self.claims.from(entry).map(PhotoHost::Claim));
        hosts.into_iter().flat_map(|host| self.photos.of(host)).collect()
    }

    /// The photos that may show the person: all that hang on what was claimed
    /// or recorded for the person or the household, also where others took
    /// part. No program can look for a face.
    pub fn photos_of_person(&self, person: &Person) -> Vec<PhotoId> {
        let mut found = Vec::new();
        let accounts = [Account::Member(person.id), Account::Villager(person.id), Account::Household(person.household)];
        for account in accounts {
            found.extend(self.claims_of(account).flat_map(|claim| self.photos_of_claim(claim.filed.id)));
            // Most villages have few photos and many entries: nothing is looked up for nothing.
            if !self.photos.hosted.is_empty() {
                found.extend(self.entries.of(account).flat_map(|entry| self.photos_of_entry(entry.id)));
            }
        }
        let mut found: Vec<_> = found.into_iter().map(|photo| photo.added.id).collect();
        sort_by_key(&mut found, |id| *id);
        found.dedup();
        found
    }

    /// Whether the claim says or shows what proves it, or tells of a visit.
    pub fn is_evidenced(&self, claim: ClaimId) -> bool {
        if self.visits.of_claim(claim).is_some() {
            return true;
        }
        let told = self.claims.get(claim).is_some_and(|claim| claim.filed.note.is_some());
        told || self.photos_of_claim(claim).next().is_some()
    }

    /// The last photo of a claim that waits and has no words beside it.
    pub(super) fn is_last_evidence(&self, photo: &Photo) -> bool {
        photo.added.to.iter().any(|host| match host {
            PhotoHost::Claim(id) => self.claims.get(*id).is_some_and(|claim| {
                let needs = self.rules.in_force(claim.filed.date).and_then(|book| book.item(claim.filed.item));
                claim.state == ClaimState::Open
                    && needs.is_some_and(|item| item.conditions.needs_evidence)
                    && claim.filed.note.is_none()
                    && self.visits.of_claim(*id).is_none()
                    && self.photos_of_claim(*id).nth(1).is_none()
            }),
            PhotoHost::Activity(_) | PhotoHost::Entry(_) => false,
        })
    }
}

/// Why a photo is not taken, or not removed. In order of precedence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhotoRefusal {
    /// What is done takes no photos.
    #[error("这件事不带照片。请先去掉照片再登记。")]
    NoHost,
    /// What it is to hang on does not exist.
    #[error("找不到照片要附的那一条,请刷新后再试。")]
    UnknownHost,
    /// It is no act, so there is nothing to prove.
    #[error("照片是活动的凭据。起始分、冲正、清零、过期和结转不附照片。")]
    NoAct,
    /// The claim was decided: its evidence is what the reviewer saw.
    #[error("这条申报已经审过,不能再补照片。请在存折里补到那一笔积分上。")]
    Decided,
    /// Too many at one thing.
    #[error("一次最多附 {limit} 张照片,现在是 {found} 张。请去掉几张,留最能说明问题的。")]
    TooMany {
        /// How many there would be.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Larger than a shrunk photo may be.
    #[error("有一张照片没有压到 {} KB 以下,没有保存。请去掉它再试。", .0 / 1024)]
    TooLarge(u32),
    /// The village has too many.
    #[error("全村的照片已经占了 {} MB,最多 {} MB。请先删掉不再需要的旧照片。", used / 1_048_576, limit / 1_048_576)]
    Full {
        /// Bytes that they take.
        used: u64,
        /// The most that they may take.
        limit: u64,
    },
    /// The photo does not exist.
    #[error("找不到这张照片,请刷新后再试。")]
    Unknown,
    /// It is gone already.
    #[error("这张照片已经删除过了。")]
    AlreadyRemoved,
    /// An item needs it.
    #[error("这条申报要有凭据,而这是唯一的一张照片。请先补一张,或退回申报。")]
    LastEvidence,
}
