//! What every page can reach: the book, the one way to change it, and signals
//! that say when to look again.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::civil::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::route::Route;
use crate::app::book::{ActError, Book};
use crate::app::save::{self, Restorable};
use crate::demo;
use crate::domain::calendar::{Moment, long_date};
use crate::domain::command::Command;
use crate::domain::village::Village;
use crate::journal::savefile::VillageId;
use crate::storage::idb::IdbStore;
use crate::storage::{Contents, Laptop, Store, StoreError};

/// Name of the database in the browser.
const DATABASE: &str = "cunzhi";
/// How long another window may take to go away before the user is told.
const WAIT_SHOWN: std::time::Duration = std::time::Duration::from_millis(1_500);
/// The demo village is the same for everyone on the same day.
const DEMO_SEED: u64 = 2026;

/// Whether there is a village to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The stored village is being read.
    Opening,
    /// Another window has it open; this one waits for its end.
    Waiting,
    /// It cannot be read; the sentence says why and what to do.
    Failed(String),
    /// Nothing is stored yet.
    Empty,
    /// There is a village.
    Ready,
}

/// What 「已保存」 may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Everything shown is stored.
    Saved,
    /// A write is under way.
    Writing,
    /// A write failed; nothing more may be recorded.
    Failed(String),
}

/// A save file that was made but not handed out yet.
#[derive(Debug)]
pub struct SaveDraft {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was made.
    pub made: Moment,
    /// How many acts are in it.
    pub acts: u64,
}

/// Asks the browser to keep the data for good, on the first save. The answer
/// changes nothing here; 「数据」 shows it.
fn ask_to_persist() {
    spawn_local(async {
        let _asked = browser::persist().await;
    });
}

/// The handle that pages hold. Copying it is free.
#[derive(Clone, Copy)]
pub struct App {
    book: StoredValue<Rc<RefCell<Book>>, LocalStorage>,
    store: StoredValue<Option<Rc<IdbStore>>, LocalStorage>,
    /// Counts changes of the village; reading through [`App::read`] follows it.
    pub revision: RwSignal<u64>,
    /// Whether there is a village to show.
    pub phase: RwSignal<Phase>,
    /// What 「已保存」 may say.
    pub saving: RwSignal<Saving>,
    /// The laptop's clock is in doubt; the sentence asks about it.
    pub clock_question: RwSignal<Option<String>>,
    /// A sentence about what just happened.
    pub notice: RwSignal<Option<String>>,
    /// Where the user is.
    pub route: RwSignal<Route>,
}

/// The application, from any component below the shell.
pub fn use_app() -> App {
    expect_context::<App>()
}

impl App {
    /// A handle without a village; [`App::open`] follows.
    pub fn new(route: RwSignal<Route>) -> Self {
        Self {
            book: StoredValue::new_local(Rc::new(RefCell::new(Book::empty(browser::new_device())))),
            store: StoredValue::new_local(None),
            revision: RwSignal::new(0),
            phase: RwSignal::new(Phase::Opening),
            saving: RwSignal::new(Saving::Saved),
            clock_question: RwSignal::new(None),
            notice: RwSignal::new(None),
            route,
        }
    }

    /// Reads what is stored in this browser.
    pub async fn open(self) {
        set_timeout(
            move || {
                if self.phase.get_untracked() == Phase::Opening {
                    self.phase.set(Phase::Waiting);
                }
            },
            WAIT_SHOWN,
        );
        // One writer: a second window that wrote would break the journal's order.
        browser::only_window(DATABASE).await;
        self.phase.set(Phase::Opening);
        let opened = async {
            let store = IdbStore::open(DATABASE).await.map_err(|error| error.to_string())?;
            let contents = store.load().await.map_err(|error| error.to_string())?;
            self.store.set_value(Some(Rc::new(store)));
            Book::open(&contents, browser::new_device()).map_err(|error| error.to_string())
        };
        match opened.await {
            Ok(book) => self.put_in_place(book),
            Err(sentence) => self.phase.set(Phase::Failed(sentence)),
        }
    }

    fn put_in_place(self, book: Book) {
        let founded = book.village().profile.is_some();
        *self.book.get_value().borrow_mut() = book;
        self.phase.set(if founded { Phase::Ready } else { Phase::Empty });
        self.saving.set(Saving::Saved);
        self.revision.update(|revision| *revision += 1);
    }

    /// Looks at the village; signals and memos that do so look again when it changes.
    pub fn read<T>(self, look: impl FnOnce(&Village) -> T) -> T {
        self.revision.track();
        look(self.book.get_value().borrow().village())
    }

    /// A report that is computed again when the village changes.
    pub fn report<T: PartialEq + Send + Sync + 'static>(
        self,
        compute: impl Fn(&Village) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.read(|village| compute(village)))
    }

    /// Today, in China.
    pub fn today(self) -> Date {
        browser::now().date()
    }

    /// This laptop and its last save file; follows changes.
    pub fn laptop(self) -> (Laptop, u64) {
        self.revision.track();
        let book = self.book.get_value();
        let book = book.borrow();
        (book.laptop(), book.acts_since_save())
    }

    /// The one write path. Returns when the act is durable and shown.
    pub async fn act(self, command: Command) -> Result<(), ActError> {
        match self.saving.get_untracked() {
            _ if browser::has_stopped() => return Err(ActError::Stopped),
            Saving::Writing => return Err(ActError::Busy),
            Saving::Failed(_) => return Err(ActError::Stopped),
            Saving::Saved => {}
        }
        let book = self.book.get_value();
        let prepared = book.borrow().prepare(browser::now(), command);
        if prepared.as_ref().is_err_and(|error| *error == ActError::ClockJump) {
            self.ask_about_clock();
        }
        let mut prepared = prepared?;
        let batch = std::mem::take(&mut prepared.batch);
        let store = self.stored()?;
        self.saving.set(Saving::Writing);
        if let Err(error) = store.append(batch).await {
            self.saving.set(Saving::Failed(error.to_string()));
            return Err(error.into());
        }
        let committed = book.borrow_mut().commit(prepared);
        self.saving.set(match &committed {
            Ok(()) => Saving::Saved,
            Err(error) => Saving::Failed(error.to_string()),
        });
        if book.borrow().acts() == 1 {
            ask_to_persist();
        }
        // Setting it again would build every page anew and lose what was typed.
        if self.phase.get_untracked() != Phase::Ready {
            self.phase.set(Phase::Ready);
        }
        self.revision.update(|revision| *revision += 1);
        committed
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

    /// Says what just happened.
    pub fn say(self, sentence: impl Into<String>) {
        self.notice.set(Some(sentence.into()));
    }

    fn stored(self) -> Result<Rc<IdbStore>, StoreError> {
        self.store.get_value().ok_or(StoreError::Denied)
    }

    /// Puts the demo village in place of nothing.
    pub async fn install_demo(self) -> Result<(), String> {
        let device = browser::new_device();
        let demo = demo::generate(DEMO_SEED, self.today(), device).map_err(|error| error.to_string())?;
        let decisions = demo.acts.into_iter().map(|act| (act.at, act.decision)).collect();
        let contents = crate::app::book::contents_of(device, decisions);
        let book = Book::open(&contents, device).map_err(|error| error.to_string())?;
        self.replace(contents, book).await
    }

    /// A save file, of which no note is taken yet: it may still be encrypted,
    /// or given up.
    pub async fn draft_save(self) -> Result<SaveDraft, String> {
        if self.saving.get_untracked() == Saving::Writing {
            return Err(ActError::Busy.to_string());
        }
        let store = self.stored().map_err(|error| error.to_string())?;
        let book = self.book.get_value();
        // Counted before reading: what is recorded meanwhile may not be in the file.
        let acts = book.borrow().acts();
        let contents = store.load().await.map_err(|error| error.to_string())?;
        let made = browser::now();
        let book = book.borrow();
        Ok(SaveDraft { name: save::file_name(&book, made), bytes: save::save_file(&contents, &book, made), made, acts })
    }

    /// Takes note that the save file was made.
    pub async fn note_save(self, made: Moment, acts: u64) -> Result<(), String> {
        let store = self.stored().map_err(|error| error.to_string())?;
        let book = self.book.get_value();
        let laptop = Laptop { saved_at: Some(made), saved_acts: acts, ..book.borrow().laptop() };
        store.set_laptop(laptop).await.map_err(|error| error.to_string())?;
        book.borrow_mut().set_laptop(laptop);
        self.revision.update(|revision| *revision += 1);
        Ok(())
    }

    /// Which village is stored here.
    pub fn identity(self) -> Option<VillageId> {
        save::identity(&self.book.get_value().borrow())
    }

    /// What is stored, as a save file, for a village that does not open.
    pub async fn rescue_file(self) -> Result<(String, Vec<u8>), String> {
        let store = self.stored().map_err(|error| error.to_string())?;
        let contents = store.load().await.map_err(|error| error.to_string())?;
        let book = Book::empty(browser::new_device());
        let now = browser::now();
        Ok((save::file_name(&book, now), save::save_file(&contents, &book, now)))
    }

    /// Puts a checked save file in place of everything.
    pub async fn restore(self, file: Restorable) -> Result<(), String> {
        self.replace(file.contents, file.book).await
    }

    /// Removes everything from this browser.
    pub async fn clear(self) -> Result<(), String> {
        self.replace(Contents::default(), Book::empty(browser::new_device())).await
    }

    async fn replace(self, contents: Contents, book: Book) -> Result<(), String> {
        let before = self.saving.get_untracked();
        if before == Saving::Writing || browser::has_stopped() {
            return Err(ActError::Busy.to_string());
        }
        let store = self.stored().map_err(|error| error.to_string())?;
        self.saving.set(Saving::Writing);
        match store.replace(contents).await {
            Ok(()) => {
                self.put_in_place(book);
                ask_to_persist();
                Ok(())
            }
            Err(error) => {
                // One transaction: the old contents are still there.
                self.saving.set(before);
                Err(error.to_string())
            }
        }
    }

    /// When the last save file was made, if ever.
    pub fn last_save(self) -> Option<Moment> {
        self.laptop().0.saved_at
    }
}
