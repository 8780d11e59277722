//! Asking for the passphrase of a file. The file stays chosen when the
//! passphrase is wrong.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::check::Job;
use super::{FileStep, Locked};
use crate::office::passphrase::Passphrase;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::{Problem, Sentence};
use crate::ui::components::secret::{SecretField, Uncover};

/// A field for the passphrase.
#[component]
pub fn Unlock(file: Locked, problem: Option<String>, on_step: UnsyncCallback<FileStep>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let name = file.name.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let passphrase = typed.get_untracked();
        if !passphrase.is_empty() {
            on_step.run(FileStep::Checking(Job::Open(file.clone(), Passphrase::typed(&passphrase))));
        }
    };
    let empty = Signal::derive(move || typed.with(String::is_empty));
    view! {
        <form class="form restore__ask" on:submit=submit>
            <p>"「" <b>{name}</b> "」加了密,请输入保存时的口令。"</p>
            <Problem sentence=Sentence::Said(Signal::stored(problem)) />
            <SecretField label="口令" value=typed shown autofocus=true />
            <Uncover label="显示口令" shown />
            <div class="actions">
                <Button weight=Weight::Primary kind="submit" disabled=empty>
                    "打开"
                </Button>
                <Button on_press=move |()| on_step.run(FileStep::Choose(None))>"不打开"</Button>
            </div>
        </form>
    }
}
