//! 补照片: photos for something that was recorded before.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::pick::PhotoPick;
use crate::domain::command::Command;
use crate::domain::photo::{NewPhoto, PhotoAct, PhotoHost};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::context::{Saving, use_app};

/// The button, and the dialog that it opens. `label` says of what, for those who
/// do not see the row.
#[component]
pub fn AddPhotos(to: PhotoHost, label: String) -> impl IntoView {
    let asked = RwSignal::new(false);
    view! {
        <Button
            weight=Weight::Quiet
            on_press=move |()| asked.set(true)
            attr:aria-label=label
        >
            "补照片"
        </Button>
        {move || asked.get().then(|| view! { <Ask to on_close=move |()| asked.set(false) /> })}
    }
}

#[component]
fn Ask(to: PhotoHost, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let photos = RwSignal::new(Vec::<NewPhoto>::new());
    let problem = RwSignal::new(None::<String>);
    let waiting = RwSignal::new(0);
    let waits =
        Signal::derive(move || app.saving.get() == Saving::Writing || waiting.get() > 0 || photos.with(Vec::is_empty));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if waits.get_untracked() {
            return;
        }
        let act = PhotoAct::Add { to, photos: photos.get_untracked() };
        app.perform(Command::Photo(act), move |outcome| match outcome {
            Ok(()) => {
                app.say("照片已附上。");
                // The row may be a new one already.
                on_close.try_run(());
            }
            Err(error) => {
                let _left = problem.try_set(Some(error.to_string()));
            }
        });
    };
    view! {
        // Around the dialog may be a table that has keys of its own.
        <div on:keydown=|event| event.stop_propagation()>
            <Dialog title="补照片" on_close>
                <form class="form" on:submit=submit>
                    <PhotoPick id="added-photos" photos on_change=move |chosen| photos.set(chosen) waiting />
                    <Problem sentence=problem />
                    <div class="actions">
                        <Button weight=Weight::Primary kind="submit" disabled=waits>
                            "附上"
                        </Button>
                        <Button on_press=on_close>"不附"</Button>
                    </div>
                </form>
            </Dialog>
        </div>
    }
}
