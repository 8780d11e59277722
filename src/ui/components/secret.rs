//! Fields for secrets: what is typed is covered, and can be looked at.

use leptos::html::Input;
use leptos::prelude::*;

/// A field for a secret, covered unless `shown`. With `autofocus` it can be
/// typed into as soon as it appears.
#[component]
pub fn SecretField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] shown: Signal<bool>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get().filter(|_| autofocus) {
            // It is in the document, which is all that focusing needs.
            let _focused = input.focus();
        }
    });
    let kind = move || if shown.get() { "text" } else { "password" };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="input"
                type=kind
                node_ref=node
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                bind:value=value
            />
            {hint.map(|hint| view! { <small class="field__hint">{hint}</small> })}
        </label>
    }
}

/// A box to tick for looking at what was typed.
#[component]
pub fn Uncover(#[prop(into)] label: String, shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="tick">
            <input class="tick__box" type="checkbox" bind:checked=shown />
            {label}
        </label>
    }
}
