//! How far something is, as a bar.

use leptos::prelude::*;

/// A bar, `done` of `all`; without an end in sight while `all` is 0.
#[component]
pub fn Progress(
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] all: Signal<u64>,
    #[prop(into)] label: String,
) -> impl IntoView {
    let max = move || all.get().max(1).to_string();
    let value = move || (all.get() > 0).then(|| done.get().to_string());
    view! { <progress class="progress" aria-label=label max=max value=value></progress> }
}
