//! 导入花名册: choose a file, let the office worker read it, see what would
//! come in, and only then bring it in.

mod choose;
mod done;
mod mapping;
mod outcome;
mod preview;
mod reading;

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use self::choose::ChooseStep;
use self::done::DoneStep;
use self::mapping::MapStep;
use self::reading::ReadingStep;
use crate::office::table::{ReadChoice, Table};

/// Where the import is. Each step has what it needs and no more.
#[derive(Clone)]
enum Wizard {
    /// No file yet, or why the last one was refused.
    Choose(Option<String>),
    /// The office worker reads; leaving this step ends it.
    Reading(Chosen),
    /// The columns are matched; nothing is recorded yet.
    Map(Chosen, Arc<Vec<Table>>),
    /// The roster is in; the sentence says how much.
    Done(String),
}

/// A file, and how it is to be read.
#[derive(Clone)]
struct Chosen {
    file: File,
    choice: ReadChoice,
}

/// The step that is shown, to be changed by the steps.
type Step = RwSignal<Wizard, LocalStorage>;

/// 导入花名册
#[component]
pub fn Import() -> impl IntoView {
    let step: Step = RwSignal::new_local(Wizard::Choose(None));
    move || match step.get() {
        Wizard::Choose(problem) => view! { <ChooseStep problem step /> }.into_any(),
        Wizard::Reading(chosen) => view! { <ReadingStep chosen step /> }.into_any(),
        Wizard::Map(chosen, tables) => view! { <MapStep chosen tables step /> }.into_any(),
        Wizard::Done(sentence) => view! { <DoneStep sentence step /> }.into_any(),
    }
}
