//! The book: the village in memory together with its journal in a store.
//!
//! Writing has three parts, so that no borrow is held while the store works:
//! [`Book::prepare`] decides and packs, [`Store::append`] makes it durable,
//! and [`Book::commit`] folds it into the village. Nothing is shown that is
//! not stored.
//!
//! [`Store::append`]: crate::storage::Store::append

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::opening::{self, Opened};
use super::photos;
use super::read_only::ReadOnly;
use super::slips::{TextsGo, changed_pages, copies_after, fit_on_slip, slip};
use super::tail::Tail;
use super::woven::OpenError;
use crate::domain::calendar::Moment;
use crate::domain::command::{Command, Context};
use crate::domain::conflict::{ActPlace, SeenJournal};
use crate::domain::contradiction::Contradiction;
use crate::domain::decide::Decision;
use crate::domain::event::Event;
use crate::domain::id::{DeviceId, StaffId};
use crate::domain::refusal::Refusal;
use crate::domain::register::{Clock, FieldValue, Owner, PageKey, Record, TextChange};
use crate::domain::village::Village;
use crate::journal::act::Act;
use crate::journal::page;
use crate::journal::segment::{self, Head, Segment};
use crate::storage::{Batch, Contents, Extent, Laptop, SegmentKey, StoreError};

/// Acts in one full segment: some 170 kB, which stay in a processor's cache while they are read.
pub(super) const SEGMENT_ACTS: usize = 2_304;
/// The first act of all has nothing to compare with; a laptop whose battery
/// has died shows a year outside of these.
const YEARS_BELIEVED: std::ops::RangeInclusive<i16> = 2020..=2090;
/// A clock that jumps further than this is asked about, in milliseconds.
const CLOCK_JUMP_MS: u64 = 366 * 24 * 3600 * 1000;

/// Why something was not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ActError {
    /// A rule of the village refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The laptop's clock jumped by more than a year.
    #[error("电脑的日期与上一笔记录相差一年以上。请先看看电脑的日期对不对,再登记一次。")]
    ClockJump,
    /// What was decided cannot be written so that it can be read again.
    #[error("这笔内容写不进账本,没有保存。请检查日期和数字是否太大。")]
    Unreadable,
    /// An earlier write is still under way.
    #[error("上一笔还在保存,请稍等。")]
    Busy,
    /// Nothing may be recorded in this window at the moment.
    #[error("这一笔没有保存:{0}")]
    ReadOnly(#[from] ReadOnly),
    /// The automatic snapshot failed, and the user did not want to go on without one.
    #[error("自动备份没有做成,所以没有做,数据没有变动。请清理磁盘后再试。")]
    NoSnapshot,
    /// The program has stopped; the page has to be loaded anew.
    #[error("程序已经停下,这一笔没有保存。请先刷新页面。")]
    Stopped,
    /// The decided events do not follow from the village: a fault of the program.
    #[error("程序发现账目前后矛盾,没有显示这笔记录。请下载保存文件并刷新页面。")]
    Contradiction(#[from] Contradiction),
}

/// An act that is decided and packed, but not yet stored.
#[derive(Debug)]
pub struct Prepared {
    /// What the store has to take.
    pub batch: Batch,
    act: Act,
    segment: Vec<u8>,
    texts: Vec<TextChange>,
    head: Head,
    texts_go: TextsGo,
}

/// The village and where its journal stands.
#[derive(Debug)]
pub struct Book {
    village: Village,
    laptop: Laptop,
    /// Whether the store knows this laptop; its first act brings it along.
    laptop_stored: bool,
    /// The user has said that the laptop's clock is right after all.
    clock_confirmed: bool,
    /// Who is at this laptop; every act says so.
    hand: Option<StaffId>,
    heads: BTreeMap<DeviceId, (u64, Head)>,
    clock: Clock,
    last_at: Option<Moment>,
    acts: u64,
    records: u64,
    tail: Tail,
    /// The pages of which a part stands on slips of the tail.
    loose: BTreeSet<PageKey>,
    founding: Option<Founding>,
}

/// The act with which a village was founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Founding {
    /// The laptop.
    pub device: DeviceId,
    /// The act's running number there.
    pub sequence: u64,
    /// Its clock.
    pub clock: Clock,
    /// When, as the laptop's clock showed it.
    pub at: Moment,
}

impl Book {
    /// An empty book on this laptop.
    pub fn empty(device: DeviceId) -> Self {
        Self {
            village: Village::default(),
            laptop: Laptop::new(device),
            laptop_stored: false,
            clock_confirmed: false,
            hand: None,
            heads: BTreeMap::new(),
            clock: Clock::default(),
            last_at: None,
            acts: 0,
            records: 0,
            tail: Tail::new(0, Head::genesis(device)),
            loose: BTreeSet::new(),
            founding: None,
        }
    }

    /// Opens what was stored, if all of it can be read; `device` names this
    /// laptop in an empty store.
    pub fn open(contents: &Contents, device: DeviceId) -> Result<Self, OpenError> {
        let Opened { book, damage } = opening::open(contents, device);
        damage.map_or(Ok(book), Err)
    }

    /// An empty book that is going to be filled with what was stored: of this
    /// laptop, or of the one with the id in an empty store.
    pub(super) fn opening(laptop: Option<Laptop>, device: DeviceId) -> Self {
        let mut book = Self::empty(laptop.map_or(device, |laptop| laptop.device));
        if let Some(laptop) = laptop {
            book.laptop = laptop;
            book.laptop_stored = true;
        }
        book
    }

    /// Takes note of how far a laptop's journal goes.
    pub(super) fn set_head(&mut self, device: DeviceId, acts: u64, head: Head) {
        self.heads.insert(device, (acts, head));
    }

    /// Takes note of a segment of this laptop's journal, in their order.
    pub(super) fn note_segment(&mut self, segment: Segment<'_>) {
        self.tail.push(SegmentKey { device: segment.device, first: segment.first }, segment);
    }

    /// How far each laptop's journal goes.
    pub(super) fn heads(&self) -> &BTreeMap<DeviceId, (u64, Head)> {
        &self.heads
    }

    /// Takes a register page as stored; it was checked.
    pub(super) fn keep_page(&mut self, key: PageKey, bytes: Vec<u8>) {
        self.village.register.keep(key, bytes, page::read_checked);
    }

    /// Takes what stands on a slip.
    pub(super) fn keep_slip(&mut self, records: Vec<Record>) {
        for (owner, values) in records {
            self.loose.insert(PageKey::from(owner));
            for value in values {
                self.village.register.set(owner, value);
            }
        }
    }

    /// Sets a register field as stored.
    pub(super) fn set_field(&mut self, owner: Owner, value: FieldValue) {
        self.clock = self.clock.max(value.clock);
        self.village.register.set(owner, value);
    }

    /// Folds a stored act into the village. What does not follow from what
    /// came before is displaced: another laptop recorded against it.
    pub(super) fn fold(&mut self, device: DeviceId, act: &Act) {
        let entries = self.village.entries.len();
        self.village.witness.begin(device, act.sequence, &act.events);
        for (event, fact) in (0..).zip(&act.events) {
            if let Err(why) = self.village.apply(act.at, fact) {
                let place = ActPlace { device, sequence: act.sequence, event };
                self.village.displace(place, act.at, fact, why);
            }
        }
        self.note_act(device, act, entries);
    }

    /// Takes note of an act before which there were so many entries.
    fn note_act(&mut self, device: DeviceId, act: &Act, entries: usize) {
        self.records += (self.village.entries.len().saturating_sub(entries) as u64).max(1);
        self.clock = self.clock.max(act.clock);
        self.last_at = Some(act.at);
        self.acts += 1;
        if act.events.iter().any(|event| matches!(event, Event::VillageFounded { .. })) {
            let founding = Founding { device, sequence: act.sequence, clock: act.clock, at: act.at };
            self.founding.get_or_insert(founding);
        }
    }

    /// The village as it stands.
    pub fn village(&self) -> &Village {
        &self.village
    }

    /// This laptop.
    pub fn laptop(&self) -> Laptop {
        self.laptop
    }

    /// The act with which the village was founded: what makes two books those
    /// of the same village.
    pub fn founding(&self) -> Option<Founding> {
        self.founding
    }

    /// Every laptop's journal with its number of acts.
    pub fn journals(&self) -> impl Iterator<Item = (DeviceId, u64)> {
        self.heads.iter().map(|(device, (acts, _))| (*device, *acts))
    }

    /// Number of acts in the journal.
    pub fn acts(&self) -> u64 {
        self.acts
    }

    /// How much is in it.
    pub fn extent(&self) -> Extent {
        Extent { acts: self.acts, records: self.records }
    }

    /// Records since the last save file was made here.
    pub fn unsaved(&self) -> u64 {
        match self.laptop.saved_records {
            Some(saved) => self.records.saturating_sub(saved),
            None => self.acts.saturating_sub(self.laptop.saved_acts),
        }
    }

    /// Takes note of a save file that was made.
    pub fn set_laptop(&mut self, laptop: Laptop) {
        self.laptop = laptop;
    }

    /// When the last act was recorded.
    pub fn last_at(&self) -> Option<Moment> {
        self.last_at
    }

    /// The user says that the clock is right: the next act may be far from the last.
    pub fn confirm_clock(&mut self) {
        self.clock_confirmed = true;
    }

    /// 经手人: from here on this one of the staff is at the laptop, or nobody that is named.
    pub fn set_hand(&mut self, hand: Option<StaffId>) {
        self.hand = hand;
    }

    /// Whether nothing at all was stored.
    pub fn is_blank(&self) -> bool {
        !self.laptop_stored && self.heads.is_empty()
    }

    /// Decides a command and packs what it leads to.
    pub fn prepare(&self, now: Moment, command: Command) -> Result<Prepared, ActError> {
        let doubtful = match self.last_at {
            Some(last) => now.0.abs_diff(last.0) > CLOCK_JUMP_MS,
            None => !YEARS_BELIEVED.contains(&now.date().year()),
        };
        if doubtful && !self.clock_confirmed {
            return Err(ActError::ClockJump);
        }
        let context = Context { device: self.laptop.device, now };
        let decision = self.village.decide(&context, command)?;
        self.pack(now, decision)
    }

    fn pack(&self, now: Moment, decision: Decision) -> Result<Prepared, ActError> {
        let device = self.laptop.device;
        let (sequence, before) = self.heads.get(&device).copied().unwrap_or((0, Head::genesis(device)));
        let clock = self.clock.after(now.0);
        let mut events = decision.events;
        events.extend(self.others_seen());
        let act = Act { sequence, clock, at: now, actor: self.hand.map_or(0, StaffId::raw), events };
        let (bytes, head) = segment::write(device, before, std::slice::from_ref(&act));
        // What cannot be read back must never be stored.
        let read = segment::read(&bytes).and_then(Segment::acts);
        if !read.is_ok_and(|read| read.first() == Some(&act)) {
            return Err(ActError::Unreadable);
        }
        let key = SegmentKey { device, first: sequence };
        let (texts_go, mut batch) = self.texts_batch(key, &decision.texts, clock);
        photos::put_on(&mut batch, decision.photos, &act.events).ok_or(ActError::Unreadable)?;
        batch.segments.push((key, bytes.clone()));
        batch.laptop = (!self.laptop_stored).then_some(self.laptop);
        batch.copies = copies_after(&act.events);
        Ok(Prepared { batch, act, segment: bytes, texts: decision.texts, head, texts_go })
    }

    /// What is written of the texts of the act whose segment has this key.
    fn texts_batch(&self, key: SegmentKey, texts: &[TextChange], clock: Clock) -> (TextsGo, Batch) {
        let register = &self.village.register;
        if fit_on_slip(register, texts) {
            let slips = slip(texts, clock).map(|slip| (key, slip)).into_iter().collect();
            return (TextsGo::OnSlip, Batch { slips, ..Batch::default() });
        }
        let pages = changed_pages(register, &self.loose, texts, clock);
        if !self.loose.is_empty()
            && let Some(folded) = self.tail.folded(key.device)
        {
            return (TextsGo::WithSlips, Batch { pages, ..folded });
        }
        (TextsGo::OnPages, Batch { pages, ..Batch::default() })
    }

    /// What is known of other laptops' journals, where no act has said so yet:
    /// later, this tells what a printed fingerprint could have covered.
    fn others_seen(&self) -> Option<Event> {
        let others = self.heads.iter().filter(|(device, _)| **device != self.laptop.device);
        let new =
            others.filter(|(device, (acts, _))| self.village.witness.seen(self.laptop.device, **device) != Some(*acts));
        let journals: Vec<_> = new.map(|(device, (acts, _))| SeenJournal { device: *device, acts: *acts }).collect();
        (!journals.is_empty()).then_some(Event::OthersSeen(journals))
    }

    /// Folds a stored act into the village.
    pub fn commit(&mut self, prepared: Prepared) -> Result<(), Contradiction> {
        let Prepared { act, segment, texts, head, texts_go, .. } = prepared;
        let device = self.laptop.device;
        self.laptop_stored = true;
        self.clock_confirmed = false;
        self.heads.insert(device, (act.sequence + 1, head));
        match texts_go {
            TextsGo::OnSlip => self.loose.extend(texts.iter().map(|change| PageKey::from(change.owner))),
            TextsGo::OnPages => {}
            TextsGo::WithSlips => self.set_compacted(),
        }
        if let Ok(stored) = segment::read(&segment) {
            self.tail.push(SegmentKey { device, first: act.sequence }, stored);
        }
        let entries = self.village.entries.len();
        self.village.witness.begin(device, act.sequence, &act.events);
        for event in &act.events {
            self.village.apply(act.at, event)?;
        }
        self.note_act(device, &act, entries);
        for change in texts {
            let value = FieldValue { field: change.field, clock: act.clock, text: change.text };
            self.village.register.set(change.owner, value);
        }
        Ok(())
    }

    /// The batch that folds the small segments at the end of this laptop's
    /// journal into one, when there are many, and writes their slips on the pages.
    pub fn compaction(&self) -> Option<Batch> {
        if !self.tail.is_long() {
            return None;
        }
        let folded = self.tail.folded(self.laptop.device)?;
        let pages = changed_pages(&self.village.register, &self.loose, &[], self.clock);
        Some(Batch { pages, ..folded })
    }

    /// Takes note that the batch of [`Book::compaction`] was written.
    pub fn set_compacted(&mut self) {
        self.tail.set_compacted(self.laptop.device);
        self.loose.clear();
    }
}
