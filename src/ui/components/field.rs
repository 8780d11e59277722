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
