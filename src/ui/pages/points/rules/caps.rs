//! 类别上限: what all items of a category may bring together.

use leptos::prelude::*;

use super::editor::Editing;
use crate::domain::points::rule::Category;

/// One field for each category that has rewards in the ledger.
#[component]
pub(super) fn CategoryCaps(editing: Editing) -> impl IntoView {
    let categories = Memo::new(move |_| {
        let ledger = editing.ledger.get();
        editing.draft.look(|draft| {
            let rewards = draft.items.iter().filter(|item| item.ledger == ledger && !item.score.is_deduction());
            Category::among(rewards.map(|item| item.category))
        })
    });
    let fields = move || categories.get().into_iter().map(|category| field(editing, category)).collect_view();
    view! {
        <details class="ruledraft__caps">
            <summary class="ruledraft__summary">"类别合计上限"</summary>
            <p class="field__hint">"一户(一人)在这一类里一共最多加多少,如「每月 20 分」。空着不限。"</p>
            {fields}
        </details>
    }
}

fn field(editing: Editing, category: Category) -> AnyView {
    let ledger = editing.ledger.get_untracked();
    let key = move |known: &&(_, Category, String)| (known.0, known.1) == (ledger, category);
    let typed = move || {
        editing.draft.look(|draft| draft.caps.iter().find(key).map(|known| known.2.clone()).unwrap_or_default())
    };
    let change = move |event| {
        let text = event_target_value(&event);
        editing.draft.change(|draft| {
            draft.caps.retain(|known| (known.0, known.1) != (ledger, category));
            if !text.trim().is_empty() {
                draft.caps.push((ledger, category, text));
            }
        });
    };
    view! {
        <label class="ruledraft__cap">
            <span>{category.word().to_owned()}</span>
            <input class="input" type="text" autocomplete="off" placeholder="不限" prop:value=typed on:change=change />
        </label>
    }
    .into_any()
}
