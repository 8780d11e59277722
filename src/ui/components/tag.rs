//! Small marks: tags with a tone, and the seven steps as a row of bars.

use leptos::prelude::*;

/// What a tag wants to say, beside its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Too late, or red.
    Red,
    /// Soon, or yellow.
    Yellow,
    /// Blue.
    Blue,
    /// Done.
    Green,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "tag",
            Self::Red => "tag tag--red",
            Self::Yellow => "tag tag--yellow",
            Self::Blue => "tag tag--blue",
            Self::Green => "tag tag--green",
        }
    }
}

/// A word with a tone.
#[component]
pub fn Tag(#[prop(optional)] tone: Tone, #[prop(into)] word: String) -> impl IntoView {
    view! { <span class=tone.class()>{word}</span> }
}

/// How far something has come: `reached` of `of`, the last one marked.
#[component]
pub fn Steps(reached: usize, of: usize, #[prop(into)] word: String) -> impl IntoView {
    let bar = |place: usize| {
        let class = match place.cmp(&reached) {
            std::cmp::Ordering::Less => "steps__bar steps__bar--done",
            std::cmp::Ordering::Equal => "steps__bar steps__bar--now",
            std::cmp::Ordering::Greater => "steps__bar",
        };
        view! { <i class=class></i> }
    };
    let label = word + &format!(",第 {reached} 步,共 {of} 步");
    view! {
        <span class="steps" role="img" aria-label=label>
            {(1..=of).map(bar).collect_view()}
        </span>
    }
}
