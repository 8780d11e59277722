//! A sheet of paper with a heading, and what an empty one says.

use leptos::prelude::*;

/// A sheet with a heading and a remark at its right.
#[component]
pub fn Sheet(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] remark: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="sheet">
            <h2 class="sheet__title">
                {move || title.get()} <small class="sheet__remark">{move || remark.get()}</small>
            </h2>
            {children()}
        </section>
    }
}

/// What stands where there is nothing yet: the first step.
#[component]
pub fn Empty(#[prop(into)] sentence: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__sentence">{sentence}</p>
            {children()}
        </div>
    }
}
