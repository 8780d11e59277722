//! Merging the other laptop's save file: checked, shown as what it would
//! bring, and only then put together with what is here.

mod plan;
mod preview;
mod write;

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::File;

use self::plan::{Checked, Planned, Planning};
use self::preview::Preview;
use self::write::{Done, Writing};
use super::file_in::{FileIn, FileStep, Job};
use super::pick::FilePick;
use crate::report::merge_preview::DifferenceRow;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{Saving, use_app};

/// Where the merging is. Nothing that is stored is touched before the end.
#[derive(Clone)]
enum Merging {
    /// A file is to come in, or comes in.
    Open(FileStep),
    /// What a good file would bring is being worked out.
    Planning(Rc<Checked>),
    /// What it would bring; the user decides.
    Preview(Rc<Planned>),
    /// It is being put in place; until it is written it can be given up.
    Writing(Rc<Planned>),
    /// How it ended, in words, and what differed.
    Done(String, Vec<DifferenceRow>),
}

impl Merging {
    /// From the beginning, and why.
    const fn open(problem: Option<String>) -> Self {
        Self::Open(FileStep::Choose(problem))
    }

    /// At its end, with nothing to look at.
    const fn done(words: String) -> Self {
        Self::Done(words, Vec::new())
    }
}

type State = RwSignal<Merging, LocalStorage>;

/// Merging with another laptop.
#[component]
pub fn Merge() -> impl IntoView {
    let app = use_app();
    // Here, so that what was looked at is there again when another window has given back.
    let state: State = RwSignal::new_local(Merging::open(None));
    let why = Memo::new(move |_| match app.saving.get() {
        Saving::ReadOnly(why) => Some(why.to_string()),
        Saving::Saved | Saving::Writing => None,
    });
    let body = move || match why.get() {
        Some(why) => view! { <p class="data__remind">{why} "所以这里也不能合并。"</p> }.into_any(),
        None => view! { <MergeBox state /> }.into_any(),
    };
    view! {
        <div class="data__screen">
            <Sheet title=Signal::stored("合并另一台电脑的数据".to_owned())>
                <p class="data__words">
                    "两台电脑各记各的,隔几天合并一次:在那台电脑上下载保存文件,拷过来,在这里选中。"
                    "先看会进来什么,确认以后才合并;两边的记录一笔都不会少。"
                </p>
                {body}
            </Sheet>
        </div>
    }
}

#[component]
fn MergeBox(state: State) -> impl IntoView {
    let on_step = UnsyncCallback::new(move |step| state.set(Merging::Open(step)));
    let on_checked = UnsyncCallback::new(move |file| state.set(Merging::Planning(Rc::new(Checked::new(file)))));
    let on_file = move |file: File| on_step.run(FileStep::Checking(Job::Read(file)));
    let busy = move || {
        state.with(|state| {
            matches!(state, Merging::Open(FileStep::Checking(_)) | Merging::Planning(_) | Merging::Writing(_))
        })
    };
    let step = move || match state.get() {
        Merging::Open(step) => view! { <FileIn step on_step on_checked /> }.into_any(),
        Merging::Planning(file) => view! { <Planning file state /> }.into_any(),
        Merging::Preview(planned) => view! { <Preview planned state /> }.into_any(),
        Merging::Writing(planned) => view! { <Writing planned state /> }.into_any(),
        Merging::Done(words, differences) => view! { <Done words differences /> }.into_any(),
    };
    view! {
        <div class="restore merge">
            {step}
            <div hidden=busy>
                <FilePick id="merge-file" label="选择另一台电脑的保存文件" accept=".cunzhi,.age" on_file />
            </div>
        </div>
    }
}
