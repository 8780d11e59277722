//! What only somebody who repairs wants to know, folded away.

use leptos::prelude::*;

/// The browser's own words; nothing where it said nothing.
#[component]
pub fn Told(words: Option<String>) -> impl IntoView {
    let words = words.filter(|words| !words.is_empty());
    words.map(|words| {
        view! {
            <details class="told">
                <summary class="told__summary">"详情(找人来修时给他看)"</summary>
                <p class="told__words">{words}</p>
            </details>
        }
    })
}
