//! What must hold in every village, each check with what it found.

use leptos::prelude::*;

use crate::domain::check::{Finding, findings};
use crate::ui::context::use_app;

/// All checks over the village as it is now, and what was found in what is stored.
pub fn checks(stored: Vec<Finding>) -> AnyView {
    let app = use_app();
    let one = |finding: Finding| {
        let (class, mark) = match finding.sentences.as_slice() {
            [] => ("checks__one", "✓ "),
            [..] => ("checks__one checks__one--found", "! 不符:"),
        };
        let sentence = |sentence: String| view! { <p class="checks__sentence">{sentence}</p> };
        view! {
            <li class=class>
                {format!("{mark}{}", finding.name)} {finding.sentences.into_iter().map(sentence).collect_view()}
            </li>
        }
    };
    let all = move || app.read(findings).into_iter().chain(stored.clone()).map(one).collect_view();
    view! {
        <h3 class="checks__title">"账目自查"</h3>
        <ul class="checks">{all}</ul>
    }
    .into_any()
}
