//! Buttons and links that look like buttons.

use leptos::prelude::*;

use super::live::{live, shown};

/// How much a button asks for attention. One primary button per view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// Beside other buttons, like a link.
    Quiet,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button",
            Self::Quiet => "button button--quiet",
        }
    }
}

/// A button. `kind` is `submit` inside forms.
#[component]
pub fn Button(
    #[prop(optional)] weight: Weight,
    #[prop(default = "button")] kind: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(default = Callback::new(|()| ()), into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type=kind class=weight.class() disabled=live(move || disabled.get()) on:click=move |_| on_press.run(())>
            {children()}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(optional)] weight: Weight,
    #[prop(into)] href: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! { <a class=weight.class() href=live(move || href.get())>{children()}</a> }
}

/// One of several ways to look at the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the present one.
    pub current: bool,
}

/// A row of choices, one of which is current.
#[component]
pub fn Choices(#[prop(into)] label: String, #[prop(into)] choices: Signal<Vec<Choice>>) -> impl IntoView {
    let one = |choice: Choice| {
        let class = if choice.current { "choices__one choices__one--current" } else { "choices__one" };
        let current = choice.current.then_some("page");
        view! { <a class=class href=choice.href aria-current=current>{choice.label}</a> }
    };
    view! { <nav class="choices" aria-label=label>{shown(move || choices.get().into_iter().map(one).collect_view())}</nav> }
}
