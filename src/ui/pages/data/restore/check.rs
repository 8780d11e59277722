//! Reading a save file, opening it where it is under a passphrase, and
//! checking it completely. Leaving this, for whatever reason, ends it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::file::Blob;
use gloo::file::futures::read_as_bytes;
use leptos::prelude::*;
use web_sys::File;

use super::{Locked, Restore, State};
use crate::app::save::{self, Restorable};
use crate::journal::savefile::{FILE_LIMIT, is_sealed};
use crate::office::message::Refusal;
use crate::office::passphrase::Passphrase;
use crate::office::seal::SealError;
use crate::ui::context::{App, Phase, use_app};
use crate::ui::office::DeskError;
use crate::ui::pages::data::work::{Words, Work, run_while_shown, say};
use crate::ui::{browser, office};

/// What is to be checked.
#[derive(Clone)]
pub enum Job {
    /// A file that was chosen.
    Read(File),
    /// A file under a passphrase, with what was typed.
    Open(Locked, Passphrase),
}

/// A file that was found good, and what it would replace.
pub struct Staged {
    /// Taken when it is put in place.
    pub file: RefCell<Option<Restorable>>,
    /// What is in it.
    pub summary: String,
    /// Set when it is of another village than the one that lives here.
    pub stranger: Option<Stranger>,
}

/// Two villages that are not the same.
#[derive(Clone)]
pub struct Stranger {
    /// Name of the one in the file.
    pub file: String,
    /// Name of the one that lives here.
    pub living: String,
}

/// Does the job, with words for what is going on.
#[component]
pub fn Checking(job: Job, state: State) -> impl IntoView {
    let app = use_app();
    let words: Words = RwSignal::new("正在读取文件…");
    run_while_shown(async move {
        let next = match job {
            Job::Read(file) => read(app, file, words).await,
            Job::Open(file, passphrase) => open(app, file, passphrase, words).await,
        };
        state.set(next);
    });
    view! { <Work words on_cancel=move |()| state.set(Restore::Choose(None)) /> }
}

async fn read(app: App, file: File, words: Words) -> Restore {
    #[allow(clippy::cast_precision_loss)]
    let limit = FILE_LIMIT as f64;
    if file.size() > limit {
        let found = browser::megabytes(file.size());
        let sentence = format!("文件有 {found},超过上限 {}。请换一份保存文件。", browser::megabytes(limit));
        return Restore::Choose(Some(sentence));
    }
    let name = file.name();
    let Ok(bytes) = read_as_bytes(&Blob::from(web_sys::Blob::from(file))).await else {
        let sentence = "这个文件现在读不出来,可能已被移走,或 U 盘已拔出。请再选一次。";
        return Restore::Choose(Some(sentence.to_owned()));
    };
    // What it is, its bytes decide and never its name.
    if is_sealed(&bytes) {
        return Restore::Locked(Locked { name, bytes: Rc::new(bytes) }, None);
    }
    stage(app, &bytes, words).await
}

async fn open(app: App, file: Locked, passphrase: Passphrase, words: Words) -> Restore {
    say(words, "正在打开加密文件,要几秒钟…").await;
    match office::unseal(&file.bytes, passphrase).await {
        Ok(bytes) => stage(app, &bytes, words).await,
        Err(DeskError::Refused(Refusal::Seal(wrong @ SealError::WrongPassphrase))) => {
            Restore::Locked(file, Some(wrong.to_string()))
        }
        Err(error) => Restore::Choose(Some(error.to_string())),
    }
}

/// Checks a file and sets it beside what lives here.
async fn stage(app: App, bytes: &[u8], words: Words) -> Restore {
    say(words, "正在检查文件…").await;
    let staged = async {
        let file = save::check(bytes, browser::new_device()).map_err(|error| error.to_string())?;
        let living = if app.phase.get_untracked() == Phase::Ready { app.identity() } else { None };
        let stranger = file.is_stranger_to(living).then(|| Stranger { file: file.village.clone(), living: name(app) });
        Ok(Staged { summary: file.summary(), file: RefCell::new(Some(file)), stranger })
    };
    match staged.await {
        Ok(staged) => Restore::Ask(Rc::new(staged)),
        Err(sentence) => Restore::Choose(Some(sentence)),
    }
}

fn name(app: App) -> String {
    app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default())
}
