//! Opening the village, alone or beside other windows. One window records: it
//! holds a Web Lock as long as it lives. Every other window follows it, and
//! can take over: it asks, and after two seconds without an answer it takes
//! the lock by force. What the pages hold is never thrown away by that.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::context::{App, Phase, Saving, Trouble};
use super::folder::Writing;
use super::parts::Task;
use super::windows::{self, Answer, Channel, Claim, Claimed, Message};
use crate::app::folder_pace::Waiting;
use crate::app::opening::{self, Opened};
use crate::app::read_only::{Fault, ReadOnly};
use crate::storage::StoreError;
use crate::storage::idb::{Ending, IdbStore};

/// Name of the database, the lock and the channel in the browser.
const DATABASE: &str = "cunzhi";
/// How long the lock may take before this window opens as one that follows:
/// a window that is being loaded anew lets go of it a little late, and a laptop
/// that is busy starting takes its time.
const CLAIM_MS: u32 = 1_000;
/// How long the window that records may take to answer.
const ANSWER_MS: u32 = 2_000;
/// Changes that come close together are read together.
const FOLLOW_MS: u32 = 150;

/// What this window keeps to talk with the others.
pub struct Desk {
    id: String,
    channel: RefCell<Option<Channel>>,
    /// Waits for the window that records to say that this one may.
    yielded: RefCell<Option<Answer<()>>>,
    /// A claim of the lock waits for its turn.
    queued: Cell<bool>,
    /// This window holds the lock, or the browser has none.
    holds: Cell<bool>,
    following: RefCell<Option<Timeout>>,
    pub(super) folder_timer: RefCell<Option<Timeout>>,
    pub(super) folder_waiting: Cell<Option<Waiting>>,
    pub(super) folder_writing: Cell<Writing>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            id: format!("{:08x}", browser::new_device().0),
            channel: RefCell::new(None),
            yielded: RefCell::new(None),
            queued: Cell::new(false),
            holds: Cell::new(false),
            following: RefCell::new(None),
            folder_timer: RefCell::new(None),
            folder_waiting: Cell::new(None),
            folder_writing: Cell::new(Writing::Idle),
        }
    }
}

impl App {
    /// Reads what is stored in this browser.
    pub async fn open(self) {
        let channel = Channel::open(DATABASE, move |message| spawn_local(self.perform_task(Task::Hear(message))));
        *self.desk.get_value().channel.borrow_mut() = Some(channel);
        browser::on_visibility(move || {
            self.look_at_clock();
            let task = if browser::is_visible() { Task::LookAgain } else { Task::SaveToFolder };
            spawn_local(self.perform_task(task));
        });
        let claimed = self.claim_first();
        let store = match IdbStore::open_ready(DATABASE).await {
            Ok(Some(store)) => Ok(store),
            Ok(None) => self.ready_store().await,
            Err(error) => Err(error),
        };
        // What is stored is read only after it is known who records.
        claimed.await;
        let store = match store {
            Ok(store) => Rc::new(store),
            Err(error) => return self.phase.set(Phase::Failed(Trouble::Unopened(error))),
        };
        self.store.set_value(Some(Rc::clone(&store)));
        spawn_local(self.watch(Rc::clone(&store)));
        match self.load(&store).await {
            Ok(opened) => {
                if store.is_newer() {
                    self.saving.set(Saving::ReadOnly(ReadOnly::Newer));
                }
                self.put_opened(opened);
                self.after_opening().await;
            }
            Err(trouble) => self.phase.set(Phase::Failed(trouble)),
        }
    }

    /// What can wait until the village is on the screen.
    async fn after_opening(self) {
        browser::painted().await;
        self.perform_task(Task::OpenFolder).await;
        self.perform_task(Task::Verify).await;
    }

    /// Makes or upgrades the database. Another window may have to be closed first.
    pub(super) async fn make_ready(self) -> Result<IdbStore, StoreError> {
        IdbStore::open(DATABASE, move || self.phase.set(Phase::Waiting)).await
    }

    /// Puts a book in place; of a damaged one, what lies before the damage.
    fn put_opened(self, opened: Opened) {
        let Opened { book, damage } = opened;
        self.put_in_place(book);
        if let Some(damage) = damage
            && self.saving.get_untracked() != Saving::ReadOnly(ReadOnly::Newer)
        {
            self.saving.set(Saving::ReadOnly(ReadOnly::of(damage)));
        }
    }

    /// Claims the lock now, and waits for it a little. This window follows
    /// until it comes; it may come later.
    fn claim_first(self) -> impl Future<Output = ()> {
        let (answer, answered) = windows::answer();
        let late = answer.clone();
        let timer = browser::after(CLAIM_MS, move || {
            if late.give(()) {
                self.saving.set(Saving::ReadOnly(ReadOnly::Following));
            }
        });
        self.claim_in_turn(move || answer.give(()));
        async move {
            answered.await;
            drop(timer);
        }
    }

    /// Waits in the background for its turn to record. `at_once` hears of it
    /// first, and says whether it still waits for that. Otherwise this window
    /// goes on to record by itself: the others are gone, and of those that
    /// wait exactly one gets the lock, so there is nothing to ask the user.
    fn claim_in_turn(self, at_once: impl FnOnce() -> bool + 'static) {
        let desk = self.desk.get_value();
        if desk.queued.replace(true) {
            return;
        }
        spawn_local(async move {
            // A browser without locks lets every window record; the store
            // refuses what does not fit.
            let _mine = windows::claim(DATABASE, Claim::InTurn, move || self.lost()).await;
            desk.queued.set(false);
            desk.holds.set(true);
            if !at_once() && self.follows() {
                self.perform_task(Task::RecordHere).await;
            }
        });
    }

    async fn load(self, store: &IdbStore) -> Result<Opened, Trouble> {
        let opened = match opening::load(store, browser::new_device()).await {
            Ok(loaded) => loaded,
            Err(StoreError::Unreadable(_)) if store.is_newer() => {
                return Err(Trouble::Unopened(StoreError::TooNew));
            }
            Err(error) => return Err(Trouble::Unreadable(error.into())),
        };
        if let Some(village) = browser::known_village().filter(|_| opened.book.is_blank()) {
            return Err(Trouble::Lost(StoreError::Lost(village)));
        }
        match opened.damage {
            Some(damage) if damage.is_newer() && opened.book.founding().is_none() => {
                Err(Trouble::Unreadable(StoreError::TooNew.into()))
            }
            // Without even a village there is nothing to look at.
            Some(damage) if opened.book.founding().is_none() => Err(Trouble::Unreadable(damage.into())),
            _ => Ok(opened),
        }
    }

    /// Says when the database ends under the page.
    async fn watch(self, store: Rc<IdbStore>) {
        loop {
            let ending = store.ending().await;
            self.saving.set(Saving::ReadOnly(match ending {
                Ending::Upgrade => ReadOnly::Upgraded,
                Ending::Deletion => ReadOnly::BeingDeleted,
                Ending::Closed => ReadOnly::Closed,
            }));
            if ending != Ending::Deletion {
                return;
            }
        }
    }

    /// Begins with an empty village, although there was one.
    pub fn start_fresh(self) {
        browser::set_known_village(None);
        self.show(Phase::Empty);
    }

    pub(super) fn tell(self, message: &Message) {
        if let Some(channel) = self.desk.get_value().channel.borrow().as_ref() {
            channel.tell(message);
        }
    }

    /// Whether another window records.
    pub(super) fn follows(self) -> bool {
        self.saving.with_untracked(|saving| matches!(saving, Saving::ReadOnly(why) if why.follows()))
    }

    pub(super) fn hear(self, message: Message) {
        let desk = self.desk.get_value();
        match message {
            Message::Changed => self.follow_soon(),
            Message::Ask(id) if !self.follows() => self.hand_over(id),
            Message::Yield(id) if id == desk.id => {
                if let Some(answer) = desk.yielded.take() {
                    answer.give(());
                }
            }
            Message::Ask(_) | Message::Yield(_) => {}
        }
    }

    /// Lets another window record, after the write that is under way.
    fn hand_over(self, id: String) {
        if self.saving.get_untracked() == Saving::Writing {
            let again = browser::after(FOLLOW_MS, move || self.hand_over(id));
            again.forget();
            return;
        }
        if self.could_record() {
            self.saving.set(Saving::ReadOnly(ReadOnly::HandedOver));
        }
        self.tell(&Message::Yield(id));
    }

    /// The lock was stolen from this window.
    fn lost(self) {
        self.desk.get_value().holds.set(false);
        if self.could_record() {
            self.saving.set(Saving::ReadOnly(ReadOnly::Robbed));
        }
        self.claim_in_turn(|| false);
    }

    /// Whether this window is the one that records, or would if its last write had not failed.
    fn could_record(self) -> bool {
        self.saving.with_untracked(|saving| {
            matches!(saving, Saving::Saved | Saving::Writing | Saving::ReadOnly(ReadOnly::Failed(_)))
        })
    }

    /// 「在这里接管」: asks the window that records, and takes the lock.
    pub async fn take_over(self) {
        let desk = self.desk.get_value();
        let (answer, yielded) = windows::answer();
        *desk.yielded.borrow_mut() = Some(answer.clone());
        let _timer = browser::after(ANSWER_MS, move || {
            answer.give(());
        });
        self.tell(&Message::Ask(desk.id.clone()));
        yielded.await;
        match windows::claim(DATABASE, Claim::Steal, move || self.lost()).await {
            Claimed::Mine | Claimed::NoLocks => {
                desk.holds.set(true);
                self.record_here().await;
            }
        }
    }

    /// From now on this window records.
    pub(super) async fn record_here(self) {
        // While the database is still being opened, it is read afterwards anyway.
        if self.store.get_value().is_some() {
            self.recover().await;
            self.open_folder().await;
            // What was found while another window recorded was for that one to say.
            spawn_local(self.perform_task(Task::Verify));
        } else {
            self.saving.set(Saving::Saved);
        }
    }

    /// Whether this window holds the lock, or the browser has none.
    pub(super) fn holds_lock(self) -> bool {
        self.desk.get_value().holds.get()
    }

    /// After a failed write: reads the stored village again and goes on from
    /// there. What was typed stays. A window that only follows goes on to do so.
    pub async fn recover(self) {
        let before = self.saving.get_untracked();
        let read = self.read_again().await;
        // Another window may have taken the right to record meanwhile.
        if self.saving.get_untracked() == before {
            self.saving.set(match read {
                Ok(()) if self.holds_lock() => Saving::Saved,
                Ok(()) => Saving::ReadOnly(ReadOnly::Following),
                Err(fault) => Saving::ReadOnly(ReadOnly::Failed(fault)),
            });
        }
    }

    pub(super) async fn read_again(self) -> Result<(), Fault> {
        let store = self.stored()?;
        match self.load(&store).await? {
            Opened { damage: Some(damage), .. } => Err(damage.into()),
            opened => {
                self.put_opened(opened);
                Ok(())
            }
        }
    }

    /// Reads what another window has recorded, a little later, once.
    fn follow_soon(self) {
        let timer = browser::after(FOLLOW_MS, move || spawn_local(self.follow()));
        // The timer before it is dropped, and does not ring.
        *self.desk.get_value().following.borrow_mut() = Some(timer);
    }

    async fn follow(self) {
        let Ok(store) = self.stored() else { return };
        match self.saving.get_untracked() {
            Saving::Writing => self.follow_soon(),
            _ if store.is_current().await == Ok(true) => {}
            Saving::Saved => {
                // Nothing may be recorded on top of what is about to be replaced.
                self.saving.set(Saving::Writing);
                self.recover().await;
            }
            Saving::ReadOnly(why) if why.follows() => {
                if let Err(fault) = self.read_again().await {
                    self.saving.set(Saving::ReadOnly(ReadOnly::Failed(fault)));
                }
            }
            // Another window has put a sound book in place of the damaged one.
            Saving::ReadOnly(why) if why.is_damage() => self.recover().await,
            Saving::ReadOnly(_) => {}
        }
    }

    /// Where windows cannot tell each other anything, looking again has to do.
    pub(super) fn look_again(self) {
        if self.follows() {
            self.follow_soon();
        }
    }
}
