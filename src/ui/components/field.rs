//! Form fields: label, control, hint and problem belong together.

use leptos::prelude::*;

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
    words: Vec<&'static str>,
) -> AnyView {
    let (look, place) = text;
    let picked = move |event| {
        let text = event_target_value(&event);
        form.update(|form| *place(form) = text);
    };
    let option = move |word: &'static str| {
        view! { <option selected=move || form.with(|form| look(form) == word)>{word}</option> }
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

/// A sentence that says what is wrong, read aloud when it appears.
#[component]
pub fn Problem(#[prop(into)] sentence: Signal<Option<String>>) -> impl IntoView {
    view! { <p class="problem" role="alert" hidden=move || sentence.get().is_none()>{move || sentence.get()}</p> }
}
