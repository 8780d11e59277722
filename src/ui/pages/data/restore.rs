//! Restoring: choose a save file, look at what is in it, and only then put it
//! in place of what this browser has.

mod ask;

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::File;

use self::ask::{Ask, Staged};
use super::file_in::{FileIn, FileStep, Job};
use super::pick::FilePick;
use crate::ui::components::button::Weight;
use crate::ui::context::use_app;

/// Where the restoring is. Nothing that is stored is touched before the end.
#[derive(Clone)]
enum Restore {
    /// A file is to come in, or comes in.
    Open(FileStep),
    /// A good file; nothing is replaced before the user says so.
    Ask(Rc<Staged>),
    /// It is being put in place, which is not given up halfway.
    Replacing,
}

impl Restore {
    /// From the beginning, and why.
    const fn open(problem: Option<String>) -> Self {
        Self::Open(FileStep::Choose(problem))
    }
}

type State = RwSignal<Restore, LocalStorage>;

/// Restoring from a save file.
#[component]
pub fn RestoreBox(#[prop(optional)] weight: Weight) -> impl IntoView {
    let app = use_app();
    let state: State = RwSignal::new_local(Restore::open(None));
    let on_step = UnsyncCallback::new(move |step| state.set(Restore::Open(step)));
    let on_checked = UnsyncCallback::new(move |file| state.set(Restore::Ask(Rc::new(Staged::new(app, file)))));
    let on_file = move |file: File| on_step.run(FileStep::Checking(Job::Read(file)));
    let busy = move || state.with(|state| matches!(state, Restore::Open(FileStep::Checking(_)) | Restore::Replacing));
    let step = move || match state.get() {
        Restore::Open(step) => view! { <FileIn step on_step on_checked /> }.into_any(),
        Restore::Ask(staged) => view! { <Ask staged state /> }.into_any(),
        Restore::Replacing => view! { <p role="status">"正在替换…"</p> }.into_any(),
    };
    view! {
        <div class="restore">
            <p class="restore__words">"选好文件后先检查,再问一次,确认以后才会替换。"</p>
            {step}
            <div hidden=busy>
                <FilePick id="save-file" label="选择保存文件" accept=".cunzhi,.age" weight on_file />
            </div>
        </div>
    }
}
