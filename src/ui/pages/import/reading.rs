//! The second step: the office worker reads. Leaving the step, for whatever
//! reason, ends the worker.

use leptos::prelude::*;

use super::{Chosen, Step, Wizard};
use crate::office::table::Progress;
use crate::ui::components::button::Button;
use crate::ui::office;

/// Waiting for the tables, with a way out.
#[component]
pub fn ReadingStep(chosen: Chosen, step: Step) -> impl IntoView {
    let progress = RwSignal::new(Progress { done: 0, total: 1 });
    let name = chosen.file.name();
    let read = Action::new_unsync_local(move |chosen: &Chosen| {
        let chosen = chosen.clone();
        async move {
            let show = move |now| progress.set(now);
            let next = match office::read_file(&chosen.file, chosen.choice, show).await {
                Ok(tables) => Wizard::Map(chosen, tables.into()),
                Err(sentence) => Wizard::Choose(Some(sentence)),
            };
            step.set(next);
        }
    });
    let running = StoredValue::new_local(Some(read.dispatch_local(chosen)));
    on_cleanup(move || {
        if let Some(running) = running.try_update_value(Option::take).flatten() {
            running.abort();
        }
    });
    let percent = move || {
        let Progress { done, total } = progress.get();
        (done.min(total) * 100 / total.max(1)).to_string()
    };
    let width = move || format!("{}%", percent());
    view! {
        <section class="sheet import__reading">
            <h2 class="sheet__title">"正在读「" {name} "」…"</h2>
            <div
                class="import__bar"
                role="progressbar"
                aria-label="读取进度"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=percent
            >
                <div class="import__fill" style:width=width></div>
            </div>
            <p class="import__words">"大的表要等几秒。取消不影响本村数据。"</p>
            <div class="actions">
                <Button on_press=move |()| step.set(Wizard::Choose(None))>"取消"</Button>
            </div>
        </section>
    }
}
