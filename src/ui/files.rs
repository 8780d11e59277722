//! The village as files: save files that go out, and snapshots that are taken by
//! themselves. What puts another village in place of this one is in `replacing`.

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::browser;
use super::context::{App, Phase, Question, Saving, Trouble};
use super::windows::{self, Message};
use crate::app::book::{ActError, Book};
use crate::app::intact::{Intact, intact_file};
use crate::app::photos::{self, Agreement};
use crate::app::save;
use crate::domain::check::Finding;
use crate::domain::id::{DeviceId, PhotoId};
use crate::journal::savefile::VillageId;
use crate::report::photos::photo_finding;
use crate::storage::idb::IdbStore;
use crate::storage::snapshot::{Snapshot, SnapshotReason};
use crate::storage::{Contents, Extent, PhotoStore, Store, StoreError};

/// How often reading is tried again when something was recorded meanwhile.
const READS_MAX: usize = 8;
/// How often it is looked whether a write has ended.
const SETTLE_MS: u32 = 50;

/// What a save file is of.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// The laptop whose journal the book then went on with: another one since it was replaced.
    device: DeviceId,
    /// How much is in it.
    extent: Extent,
}

/// A save file that was made but not handed out yet.
#[derive(Debug)]
pub struct SaveDraft {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is of.
    pub made: Made,
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
    pub(super) async fn contents_with_photos(self, store: &IdbStore) -> Result<(Contents, u64), StoreError> {
        for _ in 0..READS_MAX {
            let (mut contents, acts) = self.contents(store).await?;
            contents.photos = store.photos().await?;
            if self.book.get_value().borrow().acts() == acts && store.is_current().await? {
                return Ok((contents, acts));
            }
        }
        Err(StoreError::Conflict)
    }

    /// The bytes of a save file of these contents, which were just read.
    pub(super) fn file_of(self, contents: &Contents) -> (Vec<u8>, Made) {
        let book = self.book.get_value();
        let book = book.borrow();
        let made = Made { device: book.laptop().device, extent: book.extent() };
        (save::save_file(contents, &book, browser::now()), made)
    }

    /// A save file, of which no note is taken yet: it may still be encrypted,
    /// or given up.
    pub async fn draft_save(self) -> Result<SaveDraft, String> {
        if self.saving.get_untracked() == Saving::Writing {
            return Err(sentence(ActError::Busy));
        }
        let store = self.stored().map_err(sentence)?;
        let (contents, _) = self.contents_with_photos(&store).await.map_err(sentence)?;
        let (bytes, made) = self.file_of(&contents);
        let name = save::file_name(&self.book.get_value().borrow(), browser::now());
        Ok(SaveDraft { name, bytes, made })
    }

    /// Hands a save file out, and takes note of it where this window may write.
    pub async fn hand_out(self, draft: SaveDraft) -> Result<(), String> {
        let SaveDraft { name, bytes, made } = draft;
        browser::download(&name, &bytes, "application/octet-stream")?;
        self.say(format!("保存文件已下载:{name}。请到浏览器的下载文件夹里找,再拷到 U 盘。"));
        self.note_saved(made).await.map_err(sentence)
    }

    /// Which village is stored here.
    pub fn identity(self) -> Option<VillageId> {
        save::identity(&self.book.get_value().borrow())
    }

    /// Waits for the write that is under way.
    async fn settled(self) {
        while self.saving.get_untracked() == Saving::Writing {
            TimeoutFuture::new(SETTLE_MS).await;
        }
    }

    /// Takes note of a save file, unless the book that it is of was replaced meanwhile.
    pub(super) async fn note_saved(self, made: Made) -> Result<(), StoreError> {
        self.settled().await;
        let book = self.book.get_value();
        let is_of_this_book = || book.borrow().laptop().device == made.device;
        if !is_of_this_book() || self.saving.with_untracked(|saving| matches!(saving, Saving::ReadOnly(_))) {
            return Ok(());
        }
        let laptop = book.borrow().laptop().saved(browser::now(), made.extent);
        self.stored()?.set_laptop(laptop).await?;
        if !is_of_this_book() {
            return Ok(());
        }
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
    async fn snapshot(self, reason: SnapshotReason, before: &Saving, spared: Option<u64>) -> Result<(), StoreError> {
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
        let needed = match needed {
            Some(needed) => needed,
            // Of a book that does not open nobody can tell what it needs: all stays.
            None => store.photo_ids().await?,
        };
        store.keep_snapshot(&head, &file, &needed, spared).await
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
    /// lose, none is taken. Of the snapshots the `spared` one is not let go for it.
    pub(super) async fn guarded(self, reason: SnapshotReason, before: &Saving, spared: Option<u64>) -> bool {
        let empty = self.book.get_value().borrow().acts() == 0;
        let unreadable = matches!(self.phase.get_untracked(), Phase::Failed(Trouble::Unreadable(_)));
        if empty && !unreadable {
            return true;
        }
        let Err(error) = self.snapshot(reason, before, spared).await else {
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

    /// Pictures that only a snapshot needed go when the snapshot is gone: of a book
    /// that was opened and verified, and after a person was erased.
    pub async fn forget_pictures(self) {
        // The book in memory does not know yet of photos that are being written.
        self.settled().await;
        if let (Ok(store), Saving::Saved, Phase::Ready) =
            (self.stored(), self.saving.get_untracked(), self.phase.get_untracked())
        {
            self.sweep_photos(&store).await;
        }
    }
}
