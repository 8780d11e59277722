//! Everything that puts another village in place of this one: a save file or a
//! snapshot restored, another laptop merged, the demo village, nothing at all.
//! One of these at a time, and nothing recorded meanwhile.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::banner::Doubts;
use super::browser;
use super::context::{App, Saving, ask_to_persist};
use super::files::sentence;
use super::verification::verify;
use super::windows::Message;
use crate::app::book::{ActError, Book};
use crate::app::merge::{self, Merge};
use crate::app::packing::contents_of;
use crate::app::photos::{self, Agreement};
use crate::app::read_only::ReadOnly;
use crate::app::save::Restorable;
use crate::demo;
use crate::domain::check::findings;
use crate::domain::id::PersonId;
use crate::report::rule_draft::change_kept;
use crate::storage::snapshot::SnapshotReason;
use crate::storage::{Contents, Copies, PhotoStore, Store, StoreError};

/// The demo village is the same for everyone on the same day.
const DEMO_SEED: u64 = 2026;

/// How a merge ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Both journals are one, and stored.
    Done,
    /// The user gave it up before anything was written.
    GivenUp,
}

impl App {
    /// Whether somebody was erased in the file who still lives here: then the
    /// snapshots go with what it replaces.
    pub fn is_forgotten_in(self, file: &Restorable) -> bool {
        let book = self.book.get_value();
        file.book.village().forgets_of(book.borrow().village())
    }

    /// Puts a checked save file in place of everything, or the snapshot of this
    /// number: from that one can go back again.
    pub async fn restore(self, file: Restorable, snapshot: Option<u64>) -> Result<(), String> {
        let mut pen = self.take_pen()?;
        if !self.guarded(SnapshotReason::Restore, &pen.after, snapshot).await {
            return Err("自动备份没有做成,所以没有恢复,数据没有变动。请清理磁盘后再试。".to_owned());
        }
        let erases = snapshot.is_none() && self.is_forgotten_in(&file);
        let copies = if erases { Copies::Go } else { Copies::Stay };
        self.replace(&mut pen, file.contents, file.book, copies).await?;
        self.check_all();
        Ok(())
    }

    /// The rule book that is being drawn up, as this browser keeps it beside the village,
    /// without these people, who are still known.
    pub fn rule_draft_without(self, people: &[PersonId]) -> Option<String> {
        let book = self.book.get_value();
        let book = book.borrow();
        let without = |text: &str, id: &PersonId| book.village().without(*id, text);
        let change = |text: &str| people.iter().fold(text.to_owned(), |text, id| without(&text, id));
        browser::rule_draft().map(|kept| change_kept(&kept, change))
    }

    /// Runs every check over the village that was just put in place.
    fn check_all(self) {
        self.doubts.set(Doubts { checks: self.found(), fingerprints: Vec::new() });
        spawn_local(self.check_fingerprints());
    }

    /// The same for what was found then, as the village is now. Nothing when it was put away.
    pub(super) fn check_again(self) {
        let before = self.doubts.get_untracked();
        let now = Doubts { checks: self.found(), ..before.clone() };
        if now != before && !before.checks.is_empty() {
            self.doubts.set(now);
        }
    }

    fn found(self) -> Vec<String> {
        let book = self.book.get_value();
        let found = findings(book.borrow().village());
        found.into_iter().flat_map(|finding| finding.sentences).collect()
    }

    /// The same for the fingerprints, which take longer: they are worked out
    /// from what is stored.
    async fn check_fingerprints(self) {
        let found = match self.contents_to_verify().await {
            Err(problem) => vec![problem],
            Ok(contents) => {
                let verdict = verify(&contents, |_, _| {}).await;
                let book = self.book.get_value();
                let found = verdict.fingerprints(book.borrow().village());
                found.sentences
            }
        };
        if !found.is_empty() {
            self.doubts.update(|doubts| doubts.fingerprints.extend(found));
        }
    }

    /// Works out what merging a save file of another laptop leads to. Nothing
    /// is changed.
    pub async fn plan_merge(self, file: &Restorable) -> Result<Merge, String> {
        self.refusal().map_err(sentence)?;
        let store = self.stored().map_err(sentence)?;
        let (ours, _) = self.contents(&store).await.map_err(sentence)?;
        let book = self.book.get_value();
        let mut merge = merge::merge(&book.borrow(), &ours, &file.contents).map_err(sentence)?;
        let mut here = BTreeSet::new();
        for (id, _) in &merge.contents.photos {
            let found = store.photo(*id).await.map_err(sentence)?;
            // A damaged picture gives way to the one in the file.
            let is_sound =
                found.is_some_and(|found| photos::compare(merge.book.village(), *id, &found) == Agreement::Same);
            here.extend(is_sound.then_some(*id));
        }
        merge.lack(&here);
        Ok(merge)
    }

    /// Puts a merge in place that was worked out from the village as it still
    /// is. After the snapshot `goes_on` says whether the user still wants it;
    /// from there on it is not given up.
    pub async fn merge(self, mut merge: Merge, goes_on: impl FnOnce() -> bool) -> Result<Merged, String> {
        self.refusal().map_err(sentence)?;
        // Asked twice: a snapshot for nothing would let a useful one go.
        self.still_follows(&merge)?;
        let mut pen = self.take_pen()?;
        if !self.guarded(SnapshotReason::Merge, &pen.after, None).await {
            return Err("自动备份没有做成,所以没有合并,数据没有变动。请清理磁盘后再试。".to_owned());
        }
        if !goes_on() {
            return Ok(Merged::GivenUp);
        }
        self.still_follows(&merge)?;
        let erases = merge.erases(&self.book.get_value().borrow());
        let copies = if erases { Copies::Go } else { Copies::Stay };
        merge.set_laptop(self.book.get_value().borrow().laptop());
        self.replace(&mut pen, merge.contents, merge.book, copies).await?;
        if erases {
            self.say("另一台电脑上删除过某人的资料。本机的自动备份里还有此人,已一并清掉。");
        }
        self.check_all();
        Ok(Merged::Done)
    }

    fn still_follows(self, merge: &Merge) -> Result<(), String> {
        if merge.follows_from(&self.book.get_value().borrow()) {
            return Ok(());
        }
        Err("预览之后本机又记了新内容,没有合并。请重新选择文件,再看一遍预览。".to_owned())
    }

    /// Everything stored, to be verified.
    pub async fn contents_to_verify(self) -> Result<Contents, String> {
        let store = self.stored().map_err(sentence)?;
        store.read().await.map_err(sentence)
    }

    /// Puts the demo village in place of nothing.
    pub async fn install_demo(self) -> Result<(), String> {
        let mut pen = self.take_pen()?;
        let device = browser::new_device();
        let demo = demo::generate(DEMO_SEED, self.today(), device).map_err(sentence)?;
        let decisions = demo.acts.into_iter().map(|act| (act.at, act.decision)).collect();
        let contents = contents_of(device, decisions);
        let book = Book::open(&contents, device).map_err(sentence)?;
        self.replace(&mut pen, contents, book, Copies::Stay).await
    }

    /// Removes everything from this browser, snapshots and the folder's handle too.
    pub async fn clear(self) -> Result<(), String> {
        let mut pen = self.take_pen()?;
        self.stored().map_err(sentence)?.clear().await.map_err(unchanged)?;
        self.no_folder();
        browser::set_rule_draft(None);
        self.replaced(&mut pen, Book::empty(browser::new_device()));
        Ok(())
    }

    /// A book that is damaged or could not be written may still be replaced.
    fn may_replace(self) -> Result<(), ActError> {
        match self.refusal() {
            Err(ActError::ReadOnly(why)) if why.is_damage() => Ok(()),
            Err(ActError::ReadOnly(ReadOnly::Failed(_))) if self.holds_lock() => Ok(()),
            refusal => refusal,
        }
    }

    /// Lets nobody else record or replace anything until the pen is dropped: not
    /// between the snapshot and what it is taken for, and not beside it.
    fn take_pen(self) -> Result<Pen, String> {
        self.may_replace().map_err(sentence)?;
        let after = self.saving.get_untracked();
        self.saving.set(Saving::Writing);
        Ok(Pen { app: self, after })
    }

    async fn replace(self, pen: &mut Pen, contents: Contents, book: Book, copies: Copies) -> Result<(), String> {
        if let Saving::ReadOnly(why) = self.saving.get_untracked() {
            // The right to write was lost while the snapshot was taken.
            return Err(sentence(ActError::from(why)));
        }
        let store = self.stored().map_err(sentence)?;
        let gone: Vec<PersonId> = {
            let before = self.book.get_value();
            let before = before.borrow();
            book.village().forgotten_of(before.village()).collect()
        };
        let draft = self.rule_draft_without(&gone);
        // One transaction: when it fails, the old contents are still there.
        store.replace_with(contents, copies).await.map_err(unchanged)?;
        if !gone.is_empty() {
            browser::set_rule_draft(draft.as_deref());
        }
        self.replaced(pen, book);
        self.sweep_photos(&store).await;
        Ok(())
    }

    /// Shows what was stored in place of everything.
    fn replaced(self, pen: &mut Pen, book: Book) {
        pen.after = Saving::Saved;
        self.put_in_place(book);
        self.tell(&Message::Changed);
        self.save_to_folder_soon();
        ask_to_persist();
    }

    /// Whether something is being written, so that nothing large can begin; follows changes.
    pub fn is_writing(self) -> bool {
        self.saving.get() == Saving::Writing
    }
}

/// Why nothing was put in place of the village, which is whole as it was.
fn unchanged(error: StoreError) -> String {
    match error {
        StoreError::Aborted(_) => "没有做成,本机数据没有变:浏览器没有写进去。请再试一次。".to_owned(),
        StoreError::Full => "磁盘空间不够,没有做成,本机数据没有变。请清理磁盘后再试。".to_owned(),
        error => sentence(error),
    }
}

/// The right to record, held by one act from its beginning to its end.
struct Pen {
    app: App,
    /// What may be recorded when it is dropped; until something is replaced, as before.
    after: Saving,
}

impl Drop for Pen {
    fn drop(&mut self) {
        // The right to write may have been lost meanwhile.
        if self.app.saving.get_untracked() == Saving::Writing {
            self.app.saving.set(self.after.clone());
        }
    }
}
