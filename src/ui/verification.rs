//! Verifying in slices, so that the screen stays alive: quietly after opening,
//! and on the 核对 page with its progress shown.

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::context::{App, Saving};
use crate::app::read_only::ReadOnly;
use crate::app::verify::{Pace, Verdict, Verifier};
use crate::app::woven::OpenError;
use crate::storage::{Contents, Store, StoreError};

/// Acts in one slice: a few milliseconds.
const SLICE: usize = 4_000;

/// Verifies everything in these contents, and says from time to time how far it is.
pub async fn verify(contents: &Contents, on_pace: impl Fn(u64, u64)) -> Verdict {
    let mut verifier = Verifier::new(contents);
    while let Pace::At(done, all) = verifier.step(SLICE) {
        on_pace(done, all);
        TimeoutFuture::new(0).await;
    }
    verifier.verdict()
}

impl App {
    /// After opening, the hash chain is verified without being asked: opening
    /// itself only looks at checks, which find damage but no forgery. It is read
    /// again for that, since opening lets go of what it has folded.
    pub(super) async fn verify_quietly(self) {
        let Ok(store) = self.stored() else { return };
        // What is on the screen comes first.
        TimeoutFuture::new(1_000).await;
        let damage = match store.read().await {
            Ok(contents) => verify(&contents, |_, _| {}).await.trouble(),
            // Another window has recorded, and what is there now is read again for that.
            Err(StoreError::Conflict) => None,
            Err(error) => return self.note_unread(ReadOnly::Altered(error.into())),
        };
        match damage {
            Some(damage) => self.note_altered(damage),
            None => self.forget_pictures().await,
        }
    }

    /// Verifying found something in what was opened without complaint: nothing
    /// more is recorded on top of it.
    pub fn note_altered(self, damage: OpenError) {
        let is_newer = damage.is_newer();
        self.note_unread(if is_newer { ReadOnly::Newer } else { ReadOnly::Altered(damage.into()) });
    }

    fn note_unread(self, why: ReadOnly) {
        if self.saving.with_untracked(|saving| matches!(saving, Saving::Saved | Saving::Writing)) {
            self.saving.set(Saving::ReadOnly(why));
        }
    }
}
