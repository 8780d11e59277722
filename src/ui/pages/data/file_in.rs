//! A save file comes in: read, opened where it is under a passphrase, and
//! checked completely. What then becomes of it is not decided here.

mod check;
mod unlock;

use std::rc::Rc;

use leptos::prelude::*;

use self::check::Checking;
pub use self::check::Job;
use self::unlock::Unlock;
use crate::app::save::Restorable;
use crate::ui::components::field::Problem;

/// How far it is.
#[derive(Clone)]
pub enum FileStep {
    /// No file yet, or why the last one was refused.
    Choose(Option<String>),
    /// A file is being read, opened and checked; leaving this ends it.
    Checking(Job),
    /// A file under a passphrase, and why the last passphrase did not do.
    Locked(Locked, Option<String>),
}

/// A file under a passphrase, kept while passphrases are tried.
#[derive(Clone)]
pub struct Locked {
    name: String,
    bytes: Rc<Vec<u8>>,
}

/// The step as it looks, beside the button for choosing a file.
#[component]
pub fn FileIn(
    step: FileStep,
    on_step: UnsyncCallback<FileStep>,
    on_checked: UnsyncCallback<Restorable>,
) -> impl IntoView {
    match step {
        FileStep::Choose(problem) => view! { <Problem sentence=Signal::stored(problem) /> }.into_any(),
        FileStep::Checking(job) => view! { <Checking job on_step on_checked /> }.into_any(),
        FileStep::Locked(file, problem) => view! { <Unlock file problem on_step /> }.into_any(),
    }
}
