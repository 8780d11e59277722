//! Reading a save file, opening it where it is under a passphrase, and
//! checking it completely. Leaving this, for whatever reason, ends it.

use std::rc::Rc;

use gloo::file::Blob;
use gloo::file::futures::read_as_bytes;
use leptos::prelude::*;
use web_sys::File;

use super::{FileStep, Locked};
use crate::app::save::{self, Restorable};
use crate::journal::savefile::{FILE_LIMIT, SaveFileError, is_sealed};
use crate::office::message::Refusal;
use crate::office::passphrase::Passphrase;
use crate::office::seal::SealError;
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

/// Does the job, with words for what is going on.
#[component]
pub fn Checking(job: Job, on_step: UnsyncCallback<FileStep>, on_checked: UnsyncCallback<Restorable>) -> impl IntoView {
    let words: Words = RwSignal::new("正在读取文件…");
    run_while_shown(async move {
        let checked = match job {
            Job::Read(file) => read(file, words).await,
            Job::Open(file, passphrase) => open(file, passphrase, words).await,
        };
        match checked {
            Ok(file) => on_checked.run(file),
            Err(step) => on_step.run(step),
        }
    });
    view! { <Work words on_cancel=move |()| on_step.run(FileStep::Choose(None)) /> }
}

const fn refused(sentence: String) -> FileStep {
    FileStep::Choose(Some(sentence))
}

/// A good file, or the step that comes instead.
async fn read(file: File, words: Words) -> Result<Restorable, FileStep> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
    let size = file.size() as u64;
    if size > FILE_LIMIT {
        return Err(refused(SaveFileError::TooLarge(size / (1024 * 1024)).to_string()));
    }
    let name = file.name();
    let Ok(bytes) = read_as_bytes(&Blob::from(web_sys::Blob::from(file))).await else {
        let sentence = "这个文件现在读不出来,可能已被移走,或 U 盘已拔出。请再选一次。";
        return Err(refused(sentence.to_owned()));
    };
    // What it is, its bytes decide and never its name.
    if is_sealed(&bytes) {
        return Err(FileStep::Locked(Locked { name, bytes: Rc::new(bytes) }, None));
    }
    check(&bytes, words).await
}

async fn open(file: Locked, passphrase: Passphrase, words: Words) -> Result<Restorable, FileStep> {
    say(words, "正在打开加密文件,要几秒钟…").await;
    match office::unseal(&file.bytes, passphrase).await {
        Ok(bytes) => check(&bytes, words).await,
        Err(DeskError::Refused(Refusal::Seal(wrong @ SealError::WrongPassphrase))) => {
            Err(FileStep::Locked(file, Some(wrong.to_string())))
        }
        Err(error) => Err(refused(error.to_string())),
    }
}

async fn check(bytes: &[u8], words: Words) -> Result<Restorable, FileStep> {
    say(words, "正在检查文件…").await;
    save::check(bytes, browser::new_device()).map_err(|error| refused(error.to_string()))
}
