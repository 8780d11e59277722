//! A dialog over the page, through the browser's own `<dialog>`.

use leptos::ev;
use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;

/// A modal dialog. Mount it to open it (so that it starts fresh) and unmount
/// it in `on_close`. Esc closes.
#[component]
pub fn Dialog(#[prop(into)] title: String, #[prop(into)] on_close: Callback<()>, children: Children) -> impl IntoView {
    let node = NodeRef::<DialogElement>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            // It is in the document and not open, which is all that showing needs.
            let _shown = dialog.show_modal();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    let label = title.clone();
    view! {
        <dialog class="dialog" node_ref=node on:cancel=cancel aria-label=label>
            <header class="dialog__head">
                <h2 class="dialog__title">{title}</h2>
                <button type="button" class="dialog__close" aria-label="关闭" on:click=move |_| on_close.run(())>
                    "×"
                </button>
            </header>
            {children()}
        </dialog>
    }
}
