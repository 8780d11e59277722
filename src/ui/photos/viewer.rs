//! One photo large, with those beside it, and the way to take it down.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::picture_view;
use crate::domain::command::Command;
use crate::domain::id::PhotoId;
use crate::domain::photo::PhotoAct;
use crate::report::photos::photo_words;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::context::{Saving, use_app};

/// The dialog; Esc closes, arrows go from photo to photo.
#[component]
pub(super) fn Viewer(photos: Vec<PhotoId>, first: usize, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let count = photos.len();
    let photos = StoredValue::new(photos);
    let place = RwSignal::new(first.min(count.saturating_sub(1)));
    let removing = RwSignal::new(false);
    let step = move |by: usize| {
        removing.set(false);
        place.update(|place| *place = (*place + by) % count.max(1));
    };
    let press = move |event: KeyboardEvent| {
        // Around the dialog may be a table that has keys of its own.
        event.stop_propagation();
        match event.key().as_str() {
            _ if removing.get_untracked() => {}
            "ArrowRight" => step(1),
            "ArrowLeft" => step(count - 1),
            _ => {}
        }
    };
    let current = move || photos.with_value(|photos| photos.get(place.get()).copied());
    let words = move |id| app.read(|village| photo_words(village, id, app.today())).unwrap_or("照片已删除".to_owned());
    let large = move || {
        let label = format!("第 {} 张照片", place.get() + 1);
        current().map(|id| picture_view(app, id, "viewer__picture", label))
    };
    let acts = move || current().map(|id| view! { <Removal id removing on_close /> });
    view! {
        <div on:keydown=press>
            <Dialog title="凭据照片" on_close>
                <div class="viewer">
                    <div class="viewer__frame" class:viewer__frame--low=removing>
                        {large}
                    </div>
                    <div class="viewer__foot">
                        <p class="viewer__words" role="status">
                            {move || format!("{} / {count}", place.get() + 1)} " · " {move || current().map(words)}
                        </p>
                        <Show when=move || { count > 1 && !removing.get() }>
                            <Button on_press=move |()| step(count - 1)>"上一张"</Button>
                            <Button on_press=move |()| step(1)>"下一张"</Button>
                        </Show>
                        {acts}
                    </div>
                </div>
            </Dialog>
        </div>
    }
}

/// 删除, which asks for a reason first.
#[component]
fn Removal(id: PhotoId, removing: RwSignal<bool>, on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let act = PhotoAct::Remove { photo: id, reason: reason.get_untracked() };
        app.perform(Command::Photo(act), move |outcome| match outcome {
            Ok(()) => {
                app.say("照片已删除,删除的原因记在账里。");
                // The row that showed it may be gone already.
                on_close.try_run(());
            }
            Err(error) => {
                let _left = problem.try_set(Some(error.to_string()));
            }
        });
    };
    let form = move || {
        view! {
            <form class="form viewer__removal" on:submit=submit>
                <TextField
                    label="删除的原因"
                    value=reason
                    hint="如「拍到了别人」。照片删除后不能找回,以前的保存文件里还有。"
                    autofocus=true
                />
                <Problem sentence=problem />
                <div class="actions">
                    <Button kind="submit" disabled=writing>
                        "删除这张照片"
                    </Button>
                    <Button weight=Weight::Quiet on_press=move |()| removing.set(false)>
                        "不删除"
                    </Button>
                </div>
            </form>
        }
    };
    view! {
        <span class="viewer__end" hidden=removing>
            <Button weight=Weight::Quiet on_press=move |()| removing.set(true)>
                "删除…"
            </Button>
        </span>
        {move || removing.get().then(form)}
    }
}
