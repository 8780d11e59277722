//! Choosing one file: a button that is a label, over the browser's own input.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::File;

use crate::ui::components::button::Weight;

/// A button that opens the browser's file dialog. `id` is unique on the page.
#[component]
pub fn FilePick(
    id: &'static str,
    label: &'static str,
    accept: &'static str,
    #[prop(optional)] weight: Weight,
    #[prop(into)] on_file: UnsyncCallback<File>,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let picked = move |_| {
        let Some(input) = node.get_untracked() else { return };
        let file = input.files().and_then(|files| files.get(0));
        // So that the same file can be chosen again after it was corrected.
        input.set_value("");
        if let Some(file) = file {
            on_file.run(file);
        }
    };
    let class = if weight == Weight::Primary { "button button--primary" } else { "button" };
    view! {
        <span class="pick">
            <input class="pick__input" type="file" id=id accept=accept node_ref=node on:change=picked />
            <label class=class for=id>
                {label}
            </label>
        </span>
    }
}
