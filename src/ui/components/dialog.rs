//! A dialog over the page, through the browser's own `<dialog>`.

use leptos::ev;
use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;

use crate::ui::context::{Saving, use_app};

/// A modal dialog. Mount it to open it (so that it starts fresh) and unmount
/// it in `on_close`. Esc closes. It covers the page, so what is said meanwhile
/// stands in its head; and a form says so as long as nothing may be recorded.
#[component]
pub fn Dialog(#[prop(into)] title: String, #[prop(into)] on_close: Callback<()>, children: Children) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<DialogElement>::new();
    let is_locked = move || matches!(app.saving.get(), Saving::ReadOnly(_));
    let has_form = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            // It is in the document and not open, which is all that showing needs.
            let _shown = dialog.show_modal();
            has_form.set(dialog.query_selector("form").is_ok_and(|form| form.is_some()));
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    let before = app.notice.get_untracked();
    let said = move || app.notice.get().filter(|words| before.as_ref() != Some(words));
    let label = title.clone();
    view! {
        <dialog class="dialog" node_ref=node on:cancel=cancel aria-label=label>
            <header class="dialog__head">
                <h2 class="dialog__title">{title}</h2>
                <p class="dialog__said" role="status">{said}</p>
                <button type="button" class="dialog__close" aria-label="关闭" on:click=move |_| on_close.run(())>
                    "×"
                </button>
            </header>
            <p class="dialog__locked" hidden=move || !(has_form.get() && is_locked())>
                "这里现在只能看,填了也存不上;原因和办法写在页面最上面一行。"
            </p>
            {children()}
        </dialog>
    }
}
