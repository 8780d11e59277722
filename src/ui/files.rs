//! The village as files: save files that go out, and snapshots that are taken by
//! themselves. What puts another village in place of this one is in `replacing`.

use leptos::prelude::*;

use super::browser;
use super::context::{App, Phase, Question, Saving, Trouble};
use super::windows::{self, Message};
use crate::app::book::{ActError, Book};
use crate::app::intact::{Intact, intact_file};
use crate::app::photos::{self, Agreement};
use crate::app::save;
use crate::domain::check::Finding;
use crate::domain::id::PhotoId;
use crate::journal::savefile::VillageId;
use crate::report::photos::photo_finding;
use crate::storage::idb::IdbStore;
use crate::storage::snapshot::{Snapshot, SnapshotReason};
use crate::storage::{Contents, Extent, PhotoStore, Store, StoreError};

/// How often reading is tried again when something was recorded meanwhile.
const READS_MAX: usize = 8;

/// A save file that was made but not handed out yet.
#[derive(Debug)]
pub struct SaveDraft {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How much is in it.
    pub extent: Extent,
}

/// A sentence for an error that ends here.
pub(super) fn sentence(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Why no snapshot could be taken. Nothing was to be recorded yet, so nothing is lost.
fn snapshot_trouble(error: &StoreError) -> String {
    match error {
        StoreError::Full => "磁盘空间不够;清理出一些空间再来,就能备份。".to_owned(),
        StoreError::Aborted(_) => "浏览器没有把备份写进去,可以先不做,过一会儿再试。".to_owned(),
        error => error.to_string(),
    }
}

impl App {
    /// Everything stored, as it is at the number of acts that the book has.
    pub(super) async fn contents(self, store: &IdbStore) -> Result<(Contents, u64), StoreError> {
        let book = self.book.get_value();
        for _ in 0..READS_MAX {
            let acts = book.borrow().acts();
            match store.read().await {
                Ok(contents) if book.borrow().acts() == acts => return Ok((contents, acts)),
                Err(StoreError::Conflict) if self.follows() => {
                    Box::pin(self.read_again()).await.map_err(|fault| StoreError::Unreadable(fault.to_string()))?;
                }
                Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    /// The same together with the pictures of the photos.
    async fn contents_with_photos(self, store: &IdbStore) -> Result<(Contents, u64), StoreError> {
        for _ in 0..READS_MAX {
            let (mut contents, acts) = self.contents(store).await?;
            contents.photos = store.photos().await?;
            if self.book.get_value().borrow().acts() == acts && store.is_current().await? {
                return Ok((contents, acts));
            }
        }
        Err(StoreError::Conflict)
    }

    /// The bytes of a save file as of now, and how much is in it.
    pub(super) async fn file_of_now(self) -> Result<(Vec<u8>, Extent), StoreError> {
        let store = self.stored()?;
        let (contents, _) = self.contents_with_photos(&store).await?;
        let book = self.book.get_value();
        let bytes = save::save_file(&contents, &book.borrow(), browser::now());
        let extent = book.borrow().extent();
        Ok((bytes, extent))
    }

    /// A save file, of which no note is taken yet: it may still be encrypted,
    /// or given up.
    pub async fn draft_save(self) -> Result<SaveDraft, String> {
        if self.saving.get_untracked() == Saving::Writing {
            return Err(sentence(ActError::Busy));
        }
        let (bytes, extent) = self.file_of_now().await.map_err(sentence)?;
        let name = save::file_name(&self.book.get_value().borrow(), browser::now());
        Ok(SaveDraft { name, bytes, extent })
    }

    /// The bytes of a save file, and its name. Takes note that it was made,
    /// where this window may write.
    pub async fn save_file(self) -> Result<(String, Vec<u8>), String> {
        let SaveDraft { name, bytes, extent } = self.draft_save().await?;
        self.note_saved(extent).await.map_err(sentence)?;
        Ok((name, bytes))
    }

    /// Which village is stored here.
    pub fn identity(self) -> Option<VillageId> {
        save::identity(&self.book.get_value().borrow())
    }

    /// Takes note of a save file with so much in it.
    pub async fn note_saved(self, extent: Extent) -> Result<(), StoreError> {
        if self.saving.with_untracked(|saving| matches!(saving, Saving::ReadOnly(_))) {
            return Ok(());
        }
        let book = self.book.get_value();
        let laptop = book.borrow().laptop().saved(browser::now(), extent);
        self.stored()?.set_laptop(laptop).await?;
        book.borrow_mut().set_laptop(laptop);
        self.revision.update(|revision| *revision += 1);
        self.tell(&Message::Changed);
        Ok(())
    }

    /// What is stored, as a save file, for a village that does not open.
    pub async fn rescue_file(self) -> Result<(String, Vec<u8>), String> {
        let store = self.stored().map_err(sentence)?;
        let mut contents = store.load().await.map_err(sentence)?;
        contents.photos = store.photos().await.map_err(sentence)?;
        let book = Book::empty(browser::new_device());
        let now = browser::now();
        Ok((save::file_name(&book, now), save::save_file(&contents, &book, now)))
    }

    /// The intact part of a damaged village as a save file, and how many acts
    /// are in it.
    pub async fn intact_file(self) -> Result<(String, Vec<u8>, u64), String> {
        let store = self.stored().map_err(sentence)?;
        let (contents, _) = self.contents_with_photos(&store).await.map_err(sentence)?;
        let now = browser::now();
        let Intact { bytes, book } = intact_file(&contents, browser::new_device(), now).map_err(sentence)?;
        let name = save::file_name(&book, now).replace(".cunzhi", "_完好部分.cunzhi");
        Ok((name, bytes, book.acts()))
    }

    /// Keeps a snapshot of the village as it is stored. Pictures are not in it:
    /// those that it needs stay in their own place.
    async fn snapshot(self, reason: SnapshotReason, before: &Saving) -> Result<(), StoreError> {
        let store = self.stored()?;
        let (contents, acts) = self.contents(&store).await?;
        let (file, head, needed) = {
            let book = self.book.get_value();
            let book = book.borrow();
            let file = save::save_file(&contents, &book, browser::now());
            let people = &book.village().people;
            let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
            let head = Snapshot {
                at: browser::now(),
                reason,
                acts,
                households: count(people.households.len()),
                people: count(people.persons.len()),
                bytes: file.len() as u64,
                village: book.village().profile.as_ref().map_or(String::new(), |profile| profile.name.clone()),
            };
            let needed = self.is_whole(before).then(|| photos::living(book.village()).into_iter().collect::<Vec<_>>());
            (file, head, needed)
        };
        match needed {
            Some(needed) => {
                store.keep_snapshot(&head, &file, &needed).await?;
                self.sweep_photos(&store).await;
            }
            // Of a book that does not open nobody can tell what it needs: all stays.
            None => store.keep_snapshot(&head, &file, &store.photo_ids().await?).await?,
        }
        Ok(())
    }

    /// The pictures of these photos, without those that are not here.
    pub async fn pictures(self, photos: &[PhotoId]) -> Result<Vec<Vec<u8>>, StoreError> {
        let store = self.stored()?;
        let mut pictures = Vec::new();
        for id in photos {
            pictures.extend(store.photo(*id).await?);
        }
        Ok(pictures)
    }

    /// Compares every picture with what the journal says of it.
    pub async fn check_photos(self) -> Result<Finding, String> {
        let store = self.stored().map_err(sentence)?;
        let living = photos::living(self.book.get_value().borrow().village());
        let (mut missing, mut damaged) = (0, 0);
        for id in living {
            let found = store.photo(id).await.map_err(sentence)?;
            let book = self.book.get_value();
            let agreement = found.map(|picture| photos::compare(book.borrow().village(), id, &picture));
            missing += usize::from(agreement.is_none());
            damaged += usize::from(agreement == Some(Agreement::Different));
        }
        Ok(photo_finding(missing, damaged))
    }

    /// Whether the book is all that is stored, as it was before the act.
    fn is_whole(self, before: &Saving) -> bool {
        let is_damaged = matches!(before, Saving::ReadOnly(why) if why.is_damage());
        self.phase.get_untracked() == Phase::Ready && !is_damaged
    }

    /// Removes pictures that nobody needs any more: neither the village, nor a snapshot.
    pub(super) async fn sweep_photos(self, store: &IdbStore) {
        let living = photos::living(self.book.get_value().borrow().village());
        // What is not removed now is removed the next time.
        let _later = store.sweep_photos(&living).await;
    }

    /// Takes a snapshot before something large, of the book as it was `before` that.
    /// When it fails, asks whether to go on without one. Where there is nothing to
    /// lose, none is taken.
    pub(super) async fn guarded(self, reason: SnapshotReason, before: &Saving) -> bool {
        let empty = self.book.get_value().borrow().acts() == 0;
        let unreadable = matches!(self.phase.get_untracked(), Phase::Failed(Trouble::Unreadable(_)));
        if empty && !unreadable {
            return true;
        }
        let Err(error) = self.snapshot(reason, before).await else {
            return true;
        };
        let (answer, answered) = windows::answer();
        self.snapshot_question.set(Some(Question { sentence: snapshot_trouble(&error), answer }));
        let go_on = answered.await;
        self.snapshot_question.set(None);
        go_on
    }

    /// The snapshots with their numbers, the newest first.
    pub async fn snapshots(self) -> Result<Vec<(u64, Snapshot)>, StoreError> {
        self.stored()?.snapshots().await
    }

    /// A snapshot as a save file of its own, with its pictures.
    pub async fn snapshot_to_keep(self, number: u64) -> Result<Vec<u8>, String> {
        let store = self.stored().map_err(sentence)?;
        let file = store.snapshot_file(number).await.map_err(sentence)?;
        let photos = store.photos().await.map_err(sentence)?;
        save::with_photos(&file, &photos, browser::new_device()).map_err(sentence)
    }

    /// The save file of a snapshot.
    pub async fn snapshot_file(self, number: u64) -> Result<Vec<u8>, StoreError> {
        self.stored()?.snapshot_file(number).await
    }

    /// After a person was erased, and with them every snapshot: pictures that
    /// only a snapshot needed go too.
    pub async fn forget_pictures(self) {
        if let Ok(store) = self.stored() {
            self.sweep_photos(&store).await;
        }
    }
}
