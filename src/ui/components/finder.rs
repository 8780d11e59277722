//! A search box with its hits: a few keys, arrows, Enter takes the hit.

use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;

/// Something that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinderHit {
    /// What stands first.
    pub name: String,
    /// What tells it from others.
    pub detail: String,
    /// Why it cannot be taken; empty when it can.
    pub remark: String,
}

/// What the box works with. Copying it is free.
#[derive(Clone, Copy)]
struct Search {
    text: RwSignal<String>,
    hits: Signal<Vec<FinderHit>>,
    active: RwSignal<usize>,
    on_take: Callback<usize>,
    on_send: Callback<()>,
}

impl Search {
    fn take(self, place: usize) {
        let free = self.hits.with_untracked(|hits| hits.get(place).is_some_and(|hit| hit.remark.is_empty()));
        if free {
            self.on_take.run(place);
            self.text.set(String::new());
            self.active.set(0);
        }
    }

    fn press(self, event: &KeyboardEvent) {
        // Enter and arrows belong to the input method while it is composing.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let last = self.hits.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => self.active.update(|active| *active = (*active + 1).min(last)),
            "ArrowUp" => self.active.update(|active| *active = active.saturating_sub(1)),
            "Enter" if event.ctrl_key() => self.on_send.run(()),
            "Enter" => self.take(self.active.get_untracked()),
            "Escape" if self.text.with_untracked(|text| !text.is_empty()) => self.text.set(String::new()),
            _ => return,
        }
        event.prevent_default();
    }
}

/// The box. What is typed is in `text`, what was found for it in `hits`; the
/// place of the hit that is taken goes to `on_take`. Ctrl+Enter sends the form.
#[component]
pub fn Finder(
    /// Sets the ids of this box apart from those of others.
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    text: RwSignal<String>,
    #[prop(into)] hits: Signal<Vec<FinderHit>>,
    #[prop(into)] on_take: Callback<usize>,
    #[prop(default = Callback::new(|()| ()), into)] on_send: Callback<()>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let search = Search { text, hits, active: RwSignal::new(0), on_take, on_send };
    let has_hits = move || hits.with(|hits| !hits.is_empty());
    let none =
        move || (!has_hits() && text.with(|text| !text.trim().is_empty())).then_some("没有找到,请换几个字再试。");
    let typed = move |event| {
        search.active.set(0);
        text.set(event_target_value(&event));
    };
    view! {
        <div class="namefind">
            <div class="field">
                <label class="field__label" for=id>{label}</label>
                <input
                    class="input"
                    id=id
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autofocus=autofocus
                    aria-autocomplete="list"
                    aria-controls=format!("{id}-hits")
                    aria-expanded=move || if has_hits() { "true" } else { "false" }
                    aria-activedescendant=move || has_hits().then(|| format!("{id}-{}", search.active.get()))
                    aria-describedby=format!("{id}-hint")
                    prop:value=move || text.get()
                    on:input=typed
                    on:keydown=move |event| search.press(&event)
                />
                <small class="field__hint" id=format!("{id}-hint")>{hint}</small>
            </div>
            {list(id, search)}
            <p class="namefind__said namefind__said--missed" role="status">{none}</p>
        </div>
    }
}

fn list(id: &'static str, search: Search) -> AnyView {
    let one = move |(place, hit): (usize, FinderHit)| {
        let is_active = move || search.active.get() == place;
        let is_free = hit.remark.is_empty();
        view! {
            <li
                class="namefind__hit"
                class:namefind__hit--active=is_active
                id=format!("{id}-{place}")
                role="option"
                aria-selected=move || if is_active() { "true" } else { "false" }
                aria-disabled=(!is_free).then_some("true")
                on:mousedown=move |event| Event::prevent_default(&event)
                on:click=move |_| search.take(place)
            >
                <span class="namefind__name">{hit.name}</span>
                <span class="namefind__detail">{hit.detail}</span>
                <span class="namefind__remark">{hit.remark}</span>
            </li>
        }
    };
    view! {
        <ul
            class="namefind__hits"
            id=format!("{id}-hits")
            role="listbox"
            aria-label="查到的"
            hidden=move || search.hits.with(Vec::is_empty)
        >
            {move || search.hits.get().into_iter().enumerate().map(one).collect_view()}
        </ul>
    }
    .into_any()
}
