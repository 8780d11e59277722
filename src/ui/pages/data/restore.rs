//! Restoring: choose a save file, look at what is in it, and only then put it
//! in place of what this browser has.

mod ask;
mod check;
mod unlock;

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::File;

use self::ask::Ask;
use self::check::{Checking, Job, Staged};
use self::unlock::Unlock;
use super::pick::FilePick;
use crate::ui::components::field::Problem;

/// Where the restoring is. Nothing that is stored is touched before the end.
#[derive(Clone)]
enum Restore {
    /// No file yet, or why the last one was refused.
    Choose(Option<String>),
    /// A file is being read, opened and checked; leaving this ends it.
    Checking(Job),
    /// A file under a passphrase, and why the last passphrase did not do.
    Locked(Locked, Option<String>),
    /// A good file; nothing is replaced before the user says so.
    Ask(Rc<Staged>),
    /// It is being put in place, which is not given up halfway.
    Replacing,
}

/// A file under a passphrase, kept while passphrases are tried.
#[derive(Clone)]
struct Locked {
    name: String,
    bytes: Rc<Vec<u8>>,
}

type State = RwSignal<Restore, LocalStorage>;

/// Restoring from a save file.
#[component]
pub fn RestoreBox() -> impl IntoView {
    let state: State = RwSignal::new_local(Restore::Choose(None));
    let on_file = move |file: File| state.set(Restore::Checking(Job::Read(file)));
    let busy = move || state.with(|state| matches!(state, Restore::Checking(_) | Restore::Replacing));
    let step = move || match state.get() {
        Restore::Choose(problem) => view! { <Problem sentence=Signal::stored(problem) /> }.into_any(),
        Restore::Checking(job) => view! { <Checking job state /> }.into_any(),
        Restore::Locked(file, problem) => view! { <Unlock file problem state /> }.into_any(),
        Restore::Ask(staged) => view! { <Ask staged state /> }.into_any(),
        Restore::Replacing => view! { <p role="status">"正在替换…"</p> }.into_any(),
    };
    view! {
        <div class="restore">
            <p class="restore__words">"选好文件后先检查,再问一次,确认以后才会替换。"</p>
            {step}
            <div hidden=busy>
                <FilePick id="save-file" label="选择保存文件" accept=".cunzhi,.age" on_file />
            </div>
        </div>
    }
}
