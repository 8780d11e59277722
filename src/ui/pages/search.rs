//! The box that finds people, households, units and cases from anywhere.

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;

use crate::report::search::{Hit, HitKind, SearchIndex};
use crate::ui::components::live::{live, shown};
use crate::ui::context::use_app;
use crate::ui::parts::{Part, Scene};
use crate::ui::route::{self, CasesView, PeopleView, Route};

/// Hits shown.
const HITS: usize = 8;

/// Where a hit leads.
fn route_of(kind: HitKind) -> Route {
    let household = |raw| Route::People(PeopleView { household: Some(raw), ..PeopleView::default() });
    match kind {
        HitKind::Household(id) | HitKind::Person(_, id) => household(id.raw()),
        HitKind::Unit(id) => Route::People(PeopleView { unit: Some(id.raw()), ..PeopleView::default() }),
        HitKind::Case(id) => Route::Cases(CasesView { all: true, case: Some(id.raw()), ..CasesView::default() }),
    }
}

/// The search box of the bar. Ctrl+K goes there. What it finds is told by
/// [`Finds`], which comes with the first letter.
#[component]
pub fn SearchBox() -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let typed = Typed { text: RwSignal::new(String::new()), keys: StoredValue::new(None) };
    let wanted = RwSignal::new(false);
    let input = move |event| {
        typed.text.set(event_target_value(&event));
        if !wanted.get_untracked() {
            wanted.set(true);
        }
    };
    let shortcut = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            if let Some(input) = node.get_untracked() {
                // The box is on the page, so it takes the focus.
                let _focused = input.focus();
            }
        }
    });
    on_cleanup(move || shortcut.remove());
    let key = move |event: ev::KeyboardEvent| {
        if let Some(keys) = typed.keys.get_value() {
            keys.run(event);
        }
    };
    view! {
        <div class="search" role="search">
            <input
                class="input search__input"
                node_ref=node
                type="search"
                aria-label="查找"
                placeholder="找人、找户、找事项:拼音首字母、姓名、编号"
                autocomplete="off"
                prop:value=live(move || typed.text.get())
                on:input=input
                on:keydown=key
            />
            <kbd class="search__key">"Ctrl K"</kbd>
            {shown(move || wanted.get().then(|| view! { <Part scene=Scene::Finds(typed) /> }))}
        </div>
    }
}

/// What is typed into the search box, and who hears its keys.
#[derive(Clone, Copy)]
pub struct Typed {
    text: RwSignal<String>,
    keys: StoredValue<Option<Callback<ev::KeyboardEvent>>>,
}

/// What is found, below the box.
#[component]
pub fn Finds(typed: Typed) -> impl IntoView {
    let app = use_app();
    let Typed { text, keys } = typed;
    let place = RwSignal::new(0_usize);
    let index = StoredValue::new_local(None::<(u64, SearchIndex)>);
    let hits = Memo::new(move |_| {
        let typed = text.get();
        if typed.trim().is_empty() {
            return Vec::new();
        }
        // The index is made on first use and again only after a change.
        let revision = app.revision.get();
        if index.with_value(|index| index.as_ref().is_none_or(|(made, _)| *made != revision)) {
            index.set_value(Some((revision, app.read(SearchIndex::build))));
        }
        index.with_value(|index| index.as_ref().map(|(_, index)| index.find(&typed, HITS)).unwrap_or_default())
    });
    let open = move |kind: HitKind| {
        text.set(String::new());
        place.set(0);
        route::go(&route_of(kind));
    };
    let key = move |event: ev::KeyboardEvent| {
        let count = hits.with(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => place.update(|place| *place = (*place + 1) % count),
            "ArrowUp" => place.update(|place| *place = (*place + count - 1) % count),
            "Escape" => text.set(String::new()),
            "Enter" => {
                if let Some(hit) = hits.with(|hits| hits.get(place.get_untracked()).cloned()) {
                    open(hit.kind);
                }
            }
            _ => return place.set(0),
        }
        event.prevent_default();
    };
    keys.set_value(Some(Callback::new(key)));
    view! { <Hits hits place on_open=open /> }
}

#[component]
fn Hits(hits: Memo<Vec<Hit>>, place: RwSignal<usize>, #[prop(into)] on_open: Callback<HitKind>) -> impl IntoView {
    let one = move |(at, hit): (usize, Hit)| {
        let kind = hit.kind;
        view! {
            <li>
                <button
                    type="button"
                    class="search__hit"
                    class:search__hit--current=move || place.get() == at
                    on:click=move |_| on_open.run(kind)
                >
                    {hit.title}
                    <small class="search__detail">{hit.detail}</small>
                </button>
            </li>
        }
    };
    view! {
        <ul class="search__hits" aria-label="查找结果" hidden=move || hits.with(Vec::is_empty)>
            {move || hits.get().into_iter().enumerate().map(one).collect_view()}
        </ul>
    }
}
