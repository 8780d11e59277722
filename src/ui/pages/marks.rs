//! How tags and risks of the reports look.

use leptos::prelude::*;

use crate::domain::case::record::Risk;
use crate::report::tag;
use crate::ui::components::tag::{Tag, Tone};

/// A tag of a report.
pub fn mark(tag: tag::Tag) -> impl IntoView {
    let tone = match tag.tone {
        tag::Tone::Late | tag::Tone::Red => Tone::Red,
        tag::Tone::Soon => Tone::Yellow,
        tag::Tone::Plain => Tone::Plain,
    };
    view! { <Tag tone word=tag.word /> }
}

/// 三色: a shape, a word and a colour, so that none has to be told by colour alone.
pub fn risk(risk: Risk) -> impl IntoView {
    let (tone, shape) = match risk {
        Risk::Blue => (Tone::Blue, "●"),
        Risk::Yellow => (Tone::Yellow, "◆"),
        Risk::Red => (Tone::Red, "▲"),
    };
    view! { <Tag tone word=format!("{shape} {}", risk.word()) /> }
}
