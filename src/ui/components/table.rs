//! A table: its name for those who hear it, a head of columns, and rows.

use leptos::prelude::*;

pub use self::Column::{Figures, Words};

/// What is in a column; its word stands above it as its cells stand.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// Words, from the left.
    Words(&'static str),
    /// Figures, to the right.
    Figures(&'static str),
}

/// A table of these columns; the rows are its children.
#[component]
pub fn Table(#[prop(into)] caption: String, columns: &'static [Column], children: Children) -> impl IntoView {
    let head = |column: &Column| {
        let (class, word) = match *column {
            Words(word) => (None, word),
            Figures(word) => (Some("table__number"), word),
        };
        view! { <th scope="col" class=class>{word}</th> }
    };
    view! {
        <table class="table">
            <caption class="table__caption">{caption}</caption>
            <thead>
                <tr>{columns.iter().map(head).collect_view()}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
    .into_any()
}
