//! Form fields: label, control, hint and problem belong together.

use leptos::ev;
use leptos::html::P;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Node;

/// A label around one control, with an optional hint below it.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            {children()}
            {hint.map(|hint| view! { <small class="field__hint">{hint}</small> })}
        </label>
    }
}

/// A field for one line of text.
#[component]
pub fn TextField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="input" type=kind autofocus=autofocus autocomplete="off" bind:value=value />
            {hint.map(|hint| view! { <small class="field__hint">{hint}</small> })}
        </label>
    }
}

/// Where a text stands in what a form holds: to be looked at, and to be changed.
pub type TextIn<T> = (fn(&T) -> &String, fn(&mut T) -> &mut String);

/// A field for one of the texts of a form; an empty hint is none. A function,
/// so that all fields of a form share their code.
pub fn form_field<T: Send + Sync + 'static>(
    form: RwSignal<T>,
    text: TextIn<T>,
    label: &'static str,
    kind: &'static str,
    hint: &'static str,
) -> AnyView {
    let (look, place) = text;
    let typed = move |event| {
        let text = event_target_value(&event);
        form.update(|form| *place(form) = text);
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="input"
                type=kind
                autocomplete="off"
                prop:value=move || form.with(|form| look(form).clone())
                on:input=typed
            />
            {(!hint.is_empty()).then(|| view! { <small class="field__hint">{hint}</small> })}
        </label>
    }
    .into_any()
}

/// The same as a choice of words.
pub fn form_choice<T: Send + Sync + 'static>(
    form: RwSignal<T>,
    text: TextIn<T>,
    label: &'static str,
    words: Vec<String>,
) -> AnyView {
    let (look, place) = text;
    let picked = move |event| {
        let text = event_target_value(&event);
        form.update(|form| *place(form) = text);
    };
    let option = move |word: String| {
        let own = word.clone();
        view! { <option selected=move || form.with(|form| *look(form) == own)>{word}</option> }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select class="input" on:change=picked>
                {words.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// A field for several lines of text.
#[component]
pub fn LongField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <textarea class="input input--long" rows="3" bind:value=value></textarea>
            {hint.map(|hint| view! { <small class="field__hint">{hint}</small> })}
        </label>
    }
}

/// A choice from a list. Values are positions in `options`.
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    value: RwSignal<usize>,
    #[prop(into)] options: Signal<Vec<String>>,
) -> impl IntoView {
    let pick = move |event| value.set(event_target_value(&event).parse().unwrap_or(0));
    let options = move || {
        let option = |(place, label): (usize, String)| {
            view! { <option value=place.to_string() selected=move || value.get() == place>{label}</option> }
        };
        options.get().into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select class="input" on:change=pick>{options}</select>
        </label>
    }
}

/// What is wrong with a form.
#[derive(Clone, Copy)]
pub enum Sentence {
    /// Found when the form was sent: no longer true of what is typed after it.
    Said(Signal<Option<String>>),
    /// Found again with every change.
    Found(Signal<Option<String>>),
}

impl From<RwSignal<Option<String>>> for Sentence {
    fn from(sentence: RwSignal<Option<String>>) -> Self {
        Self::Said(sentence.into())
    }
}

impl From<Signal<Option<String>>> for Sentence {
    fn from(sentence: Signal<Option<String>>) -> Self {
        Self::Found(sentence)
    }
}

/// A sentence that says what is wrong, read aloud when it appears. It goes when
/// the form is corrected, and comes back when sending it finds something again.
#[component]
pub fn Problem(#[prop(into)] sentence: Sentence) -> impl IntoView {
    let node = NodeRef::<P>::new();
    let is_old = RwSignal::new(false);
    let words = match sentence {
        Sentence::Found(words) => words,
        Sentence::Said(words) => {
            Effect::new(move |_| {
                words.track();
                is_old.set(false);
            });
            let typed = window_event_listener(ev::input, move |event| {
                if is_of_same_form(node, &event) {
                    is_old.set(true);
                }
            });
            on_cleanup(move || typed.remove());
            words
        }
    };
    let is_hidden = move || is_old.get() || words.with(Option::is_none);
    view! {
        <p class="problem" role="alert" node_ref=node hidden=is_hidden>
            {move || words.get()}
        </p>
    }
}

/// Whether something was typed into the form, or else the dialog, of the problem.
fn is_of_same_form(problem: NodeRef<P>, event: &ev::Event) -> bool {
    let around = problem.get_untracked().and_then(|node| node.closest("form, dialog").ok().flatten());
    let typed = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    around.is_some_and(|form| form.contains(typed.as_ref()))
}
