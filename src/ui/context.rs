//! What every page can reach: the book, the one way to change it, and signals
//! that say when to look again. What belongs to several windows is in
//! `sharing`, files and snapshots are in `files`, the folder in `folder`.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::civil::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::banner::Doubts;
use super::browser;
use super::folder::Folder;
use super::parts::Parts;
use super::route::Route;
use super::sharing::Desk;
use super::windows::{Answer, Message};
use crate::app::book::{ActError, Book, Prepared};
use crate::app::read_only::{Fault, ReadOnly};
use crate::domain::calendar::{Moment, long_date};
use crate::domain::command::Command;
use crate::domain::id::StaffId;
use crate::domain::village::Village;
use crate::storage::idb::IdbStore;
use crate::storage::snapshot::SnapshotReason;
use crate::storage::{Laptop, Store, StoreError};

/// Whether there is a village to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The stored village is being read.
    Opening,
    /// Another window keeps an older version of the database open; this one waits for its end.
    Waiting,
    /// There is no village to show, although there may be one.
    Failed(Trouble),
    /// Nothing is stored yet.
    Empty,
    /// There is a village.
    Ready,
}

/// Why there is no village to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The database does not open: nothing can be read or written.
    Unopened(StoreError),
    /// It opens, but what is in it does not make a village.
    Unreadable(Fault),
    /// There was a village, and the database is empty.
    Lost(StoreError),
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Unopened(error) | Trouble::Lost(error) => error.into(),
            Trouble::Unreadable(fault) => fault,
        }
    }
}

/// What 「已保存」 may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Everything shown is stored.
    Saved,
    /// A write is under way.
    Writing,
    /// Nothing may be recorded here, and why.
    ReadOnly(ReadOnly),
}

/// A question that must be answered before something goes on.
#[derive(Clone)]
pub struct Question {
    /// What is asked.
    pub sentence: String,
    /// Whether to go on.
    pub answer: Answer<bool>,
}

/// Asks the browser to keep the data for good, on the first save. The answer
/// changes nothing here; 「数据」 shows it.
pub(super) fn ask_to_persist() {
    spawn_local(async {
        let _asked = browser::persist().await;
    });
}

/// The handle that pages hold. Copying it is free.
#[derive(Clone, Copy)]
pub struct App {
    pub(super) book: StoredValue<Rc<RefCell<Book>>, LocalStorage>,
    pub(super) store: StoredValue<Option<Rc<IdbStore>>, LocalStorage>,
    pub(super) desk: StoredValue<Rc<Desk>, LocalStorage>,
    /// Counts changes of the village; reading through [`App::read`] follows it.
    pub revision: RwSignal<u64>,
    /// Whether there is a village to show.
    pub phase: RwSignal<Phase>,
    /// What 「已保存」 may say.
    pub saving: RwSignal<Saving>,
    /// The folder that is saved to by itself.
    pub folder: RwSignal<Folder>,
    /// The laptop's clock is in doubt; the sentence asks about it.
    pub clock_question: RwSignal<Option<String>>,
    /// Something was not recorded because nothing may be recorded here: said
    /// once more where a form may cover the strip that says it.
    pub refused: RwSignal<Option<ReadOnly>>,
    /// A snapshot failed: go on without one?
    pub snapshot_question: RwSignal<Option<Question>, LocalStorage>,
    /// What the checks found after something was put in place of the village.
    pub doubts: RwSignal<Doubts>,
    /// A sentence about what just happened.
    pub notice: RwSignal<Option<String>>,
    /// Who is at this laptop, by the raw id: see [`App::hand`].
    pub(super) at_laptop: RwSignal<Option<u64>>,
    /// Today, as the laptop's clock showed it when it was last looked at.
    day: RwSignal<Date>,
    /// Where the user is.
    pub route: RwSignal<Route>,
    /// How the other parts of the program are reached.
    pub(super) parts: Parts,
    /// The rest of the program has been there once.
    pub(super) complete: RwSignal<bool>,
}

/// The application, from any component below the shell.
pub fn use_app() -> App {
    expect_context::<App>()
}

impl App {
    /// A handle without a village; [`App::open`] follows.
    pub fn new(route: RwSignal<Route>, parts: Parts) -> Self {
        Self {
            book: StoredValue::new_local(Rc::new(RefCell::new(Book::empty(browser::new_device())))),
            store: StoredValue::new_local(None),
            desk: StoredValue::new_local(Rc::new(Desk::default())),
            revision: RwSignal::new(0),
            phase: RwSignal::new(Phase::Opening),
            saving: RwSignal::new(Saving::Saved),
            folder: RwSignal::new(Folder::Unknown),
            clock_question: RwSignal::new(None),
            refused: RwSignal::new(None),
            snapshot_question: RwSignal::new_local(None),
            doubts: RwSignal::new(Doubts::default()),
            notice: RwSignal::new(None),
            at_laptop: RwSignal::new(browser::known_hand()),
            day: RwSignal::new(browser::now().date()),
            route,
            parts,
            complete: RwSignal::new(false),
        }
    }

    /// Puts a book in place of the present one. What pages hold stays as it is.
    pub(super) fn put_in_place(self, book: Book) {
        let name = book.village().profile.as_ref().map(|profile| profile.name.clone());
        browser::set_known_village(name.as_deref());
        *self.book.get_value().borrow_mut() = book;
        self.show(if name.is_some() { Phase::Ready } else { Phase::Empty });
        self.revision.update(|revision| *revision += 1);
    }

    /// Setting a phase again would build every page anew and lose what was typed.
    pub(super) fn show(self, phase: Phase) {
        if self.phase.with_untracked(|shown| *shown != phase) {
            self.phase.set(phase);
        }
    }

    /// Looks at the village; signals and memos that do so look again when it changes.
    pub fn read<T>(self, look: impl FnOnce(&Village) -> T) -> T {
        self.revision.track();
        self.day.track();
        look(self.book.get_value().borrow().village())
    }

    /// A report that is computed again when the village changes.
    pub fn report<T: PartialEq + Send + Sync + 'static>(
        self,
        compute: impl Fn(&Village) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.read(|village| compute(village)))
    }

    /// Today, in China. Whoever looks at the village looks again on another day.
    pub fn today(self) -> Date {
        self.day.get_untracked()
    }

    /// Looks at the clock: a page may stay open over midnight.
    pub(super) fn look_at_clock(self) {
        let today = browser::now().date();
        if self.day.get_untracked() != today {
            self.day.set(today);
        }
    }

    /// This laptop and its last save file; follows changes.
    pub fn laptop(self) -> (Laptop, u64) {
        self.revision.track();
        let book = self.book.get_value();
        let book = book.borrow();
        (book.laptop(), book.unsaved())
    }

    /// How many acts there are; follows changes.
    pub fn acts(self) -> u64 {
        self.revision.track();
        self.book.get_value().borrow().acts()
    }

    /// Why nothing may be recorded now, if so.
    pub(super) fn refusal(self) -> Result<(), ActError> {
        match self.saving.get_untracked() {
            _ if browser::has_stopped() => Err(ActError::Stopped),
            Saving::Writing => Err(ActError::Busy),
            Saving::ReadOnly(why) => Err(why.into()),
            Saving::Saved => Ok(()),
        }
    }

    /// The one write path. Returns when the act is durable and shown.
    pub async fn act(self, command: Command) -> Result<(), ActError> {
        let done = self.try_act(command).await;
        // Also after a failed write, which has just made this window read-only.
        if let (Err(_), Saving::ReadOnly(why)) = (&done, self.saving.get_untracked()) {
            self.refused.set(Some(why));
        }
        done
    }

    async fn try_act(self, command: Command) -> Result<(), ActError> {
        self.refusal()?;
        if matches!(command, Command::ImportRoster(_) | Command::AdoptRules(_)) {
            // A snapshot for what is refused anyway would let a useful one go.
            let _allowed = self.prepare(command.clone())?;
            // Nothing else is recorded between the snapshot and the act.
            self.saving.set(Saving::Writing);
            let go_on = self.guarded(SnapshotReason::Import, &Saving::Saved, None).await;
            self.written(Ok(()));
            self.refusal()?;
            if !go_on {
                return Err(ActError::NoSnapshot);
            }
        }
        let mut prepared = self.prepare(command)?;
        let batch = std::mem::take(&mut prepared.batch);
        let store = self.stored()?;
        self.saving.set(Saving::Writing);
        let stored = store.append(batch).await;
        let committed = match &stored {
            Ok(()) => self.commit(prepared),
            Err(_) => Ok(()),
        };
        // Nothing is made of a book that has contradicted what is stored.
        if committed.is_ok() {
            self.compact(&store).await;
        }
        self.written(stored.clone());
        stored?;
        self.show_commit();
        committed
    }

    /// Decides a command as of now, and asks about a clock in doubt.
    fn prepare(self, command: Command) -> Result<Prepared, ActError> {
        let book = self.book.get_value();
        // Asked first: finding out may read the book.
        let hand = untrack(|| self.hand());
        book.borrow_mut().set_hand(hand);
        let prepared = book.borrow().prepare(browser::now(), command);
        if prepared.as_ref().is_err_and(|error| *error == ActError::ClockJump) {
            self.ask_about_clock();
        }
        prepared
    }

    /// Folds the small segments at the journal's end, when there are many. What
    /// is not folded now is folded another time.
    async fn compact(self, store: &IdbStore) {
        let book = self.book.get_value();
        let batch = book.borrow().compaction();
        let Some(batch) = batch else { return };
        if store.append(batch).await.is_ok() {
            book.borrow_mut().set_compacted();
        }
    }

    /// Folds an act that is stored.
    fn commit(self, prepared: Prepared) -> Result<(), ActError> {
        let book = self.book.get_value();
        let committed = book.borrow_mut().commit(prepared);
        if let Err(contradiction) = &committed {
            self.saving.set(Saving::ReadOnly(ReadOnly::Failed(contradiction.clone().into())));
        }
        Ok(committed?)
    }

    /// Shows what was recorded, also to the other windows.
    fn show_commit(self) {
        let book = self.book.get_value();
        if book.borrow().acts() == 1 {
            ask_to_persist();
            self.note_village();
        }
        self.show(Phase::Ready);
        self.look_at_clock();
        self.revision.update(|revision| *revision += 1);
        self.tell(&Message::Changed);
        self.save_to_folder_soon();
    }

    /// Says how a write ended, unless the right to write was lost meanwhile.
    pub(super) fn written(self, written: Result<(), StoreError>) {
        if self.saving.get_untracked() == Saving::Writing {
            self.saving.set(match written {
                Ok(()) => Saving::Saved,
                Err(StoreError::Closed) => Saving::ReadOnly(ReadOnly::Closed),
                Err(error) => Saving::ReadOnly(ReadOnly::Failed(error.into())),
            });
        }
    }

    fn note_village(self) {
        let name = self.book.get_value().borrow().village().profile.as_ref().map(|profile| profile.name.clone());
        browser::set_known_village(name.as_deref());
    }

    fn ask_about_clock(self) {
        let last = self.book.get_value().borrow().last_at();
        let last = last.map_or(String::new(), |at| format!(",上一笔记录是 {}", long_date(at.date())));
        self.clock_question.set(Some(format!("电脑的日期是 {}{last}。", long_date(self.today()))));
    }

    /// The user says that the laptop's clock is right.
    pub fn confirm_clock(self) {
        self.book.get_value().borrow_mut().confirm_clock();
        self.clock_question.set(None);
    }

    /// Does a command and hands the outcome to `then`: a sentence when refused.
    pub fn perform(self, command: Command, then: impl FnOnce(Result<(), ActError>) + 'static) {
        spawn_local(async move { then(self.act(command).await) });
    }

    /// 经手人: who of the staff is at this laptop, while they record.
    pub fn hand(self) -> Option<StaffId> {
        let hand = self.at_laptop.get().map(StaffId::from_raw)?;
        self.read(|village| village.staff.active().any(|staff| staff.id == hand)).then_some(hand)
    }

    /// Somebody else is at this laptop.
    pub fn set_hand(self, hand: Option<StaffId>) {
        let raw = hand.map(StaffId::raw);
        browser::set_known_hand(raw);
        self.at_laptop.set(raw);
    }

    /// Says what just happened.
    pub fn say(self, sentence: impl Into<String>) {
        self.notice.set(Some(sentence.into()));
    }

    pub(super) fn stored(self) -> Result<Rc<IdbStore>, StoreError> {
        self.store.get_value().ok_or(StoreError::Denied)
    }

    /// When the last save file was made, if ever.
    pub fn last_save(self) -> Option<Moment> {
        self.laptop().0.saved_at
    }
}
