//! 找户: a few keys find an account, Enter adds it, typing goes on.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;

use super::account_picker::find_word;
use super::recording::Recording;
use crate::domain::points::rule::Ledger;
use crate::report::activity::Found;
use crate::report::name_list::is_list;
use crate::report::search::SearchIndex;
use crate::ui::context::use_app;

/// Hits that are shown.
const HITS_MAX: usize = 7;

/// What is said beside the search box.
#[derive(Clone, Default)]
enum Said {
    #[default]
    Nothing,
    /// Something was taken.
    Done(String),
    /// Nothing was.
    Missed(String),
}

impl Said {
    fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Done(words) | Self::Missed(words) => words.clone(),
        }
    }
}

/// The search box with its hits. Copying it is free.
#[derive(Clone, Copy)]
struct Search {
    recording: Recording,
    text: RwSignal<String>,
    hits: Memo<Vec<Found>>,
    /// Position of the hit that Enter adds.
    active: RwSignal<usize>,
    /// What the last key did.
    said: RwSignal<Said>,
    node: NodeRef<Input>,
}

impl Search {
    fn new(recording: Recording) -> Self {
        let app = use_app();
        let index = StoredValue::new(untrack(|| app.read(SearchIndex::build)));
        let text = RwSignal::new(String::new());
        let hits = Memo::new(move |_| {
            let text = text.get();
            index.with_value(|index| recording.participants.with(|all| all.find(index, &text, HITS_MAX)))
        });
        let (active, said) = (RwSignal::new(0), RwSignal::new(Said::Nothing));
        Self { recording, text, hits, active, said, node: NodeRef::new() }
    }

    fn typed(self, text: String) {
        self.active.set(0);
        self.said.set(Said::Nothing);
        self.text.set(text);
    }

    /// Adds the hit, or says why not and leaves the text selected.
    fn take(self, found: &Found) {
        let account = found.participant.account;
        let label = self.recording.label(account);
        let already = self.recording.chosen.with_untracked(|chosen| chosen.contains(&account));
        let refusal = match found.participant.admission.reason() {
            Some(reason) => Some(format!("{label} {reason},没有加进名单。")),
            None => already.then(|| format!("{label} 已经在名单里。")),
        };
        if let Some(refusal) = refusal {
            self.said.set(Said::Missed(refusal));
            if let Some(input) = self.node.get_untracked() {
                input.select();
            }
            return;
        }
        self.recording.choose(account, true);
        self.typed(String::new());
        self.said.set(Said::Done(format!("已加 {label}。")));
    }

    fn take_active(self) {
        let hit = self.hits.with_untracked(|hits| hits.get(self.active.get_untracked()).cloned());
        match hit {
            Some(found) => untrack(|| self.take(&found)),
            None if self.text.with_untracked(|text| text.trim().is_empty()) => {}
            None => self.said.set(Said::Missed("没有找到,请换几个字再试。".to_owned())),
        }
    }

    /// A list that is pasted here is taken as one.
    fn pasted(self, event: &Event) {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let text = data.and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if is_list(&text) {
            event.prevent_default();
            self.typed(String::new());
            self.said.set(Said::Done(self.recording.take_list(&text)));
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
            "Enter" if event.ctrl_key() => self.recording.finish(),
            "Enter" => self.take_active(),
            "Escape" if self.text.with_untracked(|text| !text.is_empty()) => self.typed(String::new()),
            _ => return,
        }
        event.prevent_default();
    }
}

/// The search box.
#[component]
pub(super) fn Finder(recording: Recording) -> impl IntoView {
    let search = Search::new(recording);
    let (label, hint) = match recording.ledger {
        Ledger::Villager => (find_word(recording.app), "姓名、拼音首字母或户号。回车加入,↓ ↑ 换一个,Ctrl+回车 登记。"),
        Ledger::Member => ("找党员", "姓名、拼音首字母或户号。回车加入,↓ ↑ 换一个,Ctrl+回车 登记。"),
    };
    let has_hits = move || search.hits.with(|hits| !hits.is_empty());
    let active_id = move || has_hits().then(|| hit_id(search.active.get()));
    view! {
        <div class="namefind">
            <div class="field">
                <label class="field__label" for="activity-find">{label}</label>
                <input
                    class="input"
                    id="activity-find"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    aria-autocomplete="list"
                    aria-controls="activity-hits"
                    aria-expanded=move || if has_hits() { "true" } else { "false" }
                    aria-activedescendant=active_id
                    aria-describedby="activity-find-hint"
                    node_ref=search.node
                    prop:value=move || search.text.get()
                    on:input=move |event| search.typed(event_target_value(&event))
                    on:keydown=move |event| search.press(&event)
                    on:paste=move |event| search.pasted(event.as_ref())
                />
                <small class="field__hint" id="activity-find-hint">{hint}</small>
            </div>
            <Hits search />
            <p
                class="namefind__said"
                class:namefind__said--missed=move || search.said.with(|said| matches!(said, Said::Missed(_)))
                role="status"
            >
                {move || search.said.with(Said::words)}
            </p>
        </div>
    }
}

fn hit_id(position: usize) -> String {
    format!("activity-hit-{position}")
}

#[component]
fn Hits(search: Search) -> impl IntoView {
    let one = move |(position, found)| view! { <Hit search position found /> };
    view! {
        <ul
            class="namefind__hits"
            id="activity-hits"
            role="listbox"
            aria-label="查到的"
            hidden=move || search.hits.with(Vec::is_empty)
        >
            {move || search.hits.get().into_iter().enumerate().map(one).collect_view()}
        </ul>
    }
}

#[component]
fn Hit(search: Search, position: usize, found: Found) -> impl IntoView {
    let account = found.participant.account;
    let is_active = move || search.active.get() == position;
    let barred = found.participant.admission.reason();
    let chosen = Memo::new(move |_| search.recording.chosen.with(|chosen| chosen.contains(&account)));
    let remark = move || barred.or_else(|| chosen.get().then_some("已在名单"));
    let via = found.via.clone().map(|via| format!("{via} 家"));
    let (name, number) = (found.participant.name.clone(), found.participant.number.clone());
    let detail = found.participant.detail.clone();
    view! {
        <li
            class="namefind__hit"
            class:namefind__hit--active=is_active
            id=hit_id(position)
            role="option"
            aria-selected=move || if is_active() { "true" } else { "false" }
            aria-disabled=move || remark().map(|_| "true")
            on:mousedown=move |event| Event::prevent_default(&event)
            on:click=move |_| search.take(&found)
        >
            <span class="namefind__name">{name}</span>
            <span>{number}</span>
            <span class="namefind__detail">{detail} {via.map(|via| format!(" · {via}"))}</span>
            <span class="namefind__remark">{remark}</span>
        </li>
    }
}
