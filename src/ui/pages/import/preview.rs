//! The first rows of the sheet, with a choice of meaning above each column.

use leptos::prelude::*;

use super::mapping::Mapping;
use crate::office::roster::Column;

/// Longest text of a cell in the preview, in characters.
const CELL_CHARS: usize = 24;

/// The preview.
#[component]
pub fn Preview(mapping: Mapping) -> impl IntoView {
    // The heads stay while columns are matched, so that the keyboard's place is kept.
    let shape = Memo::new(move |_| mapping.with_table(|table, view| (view.sheet, table.width())).unwrap_or_default());
    let heads = move || {
        let (_, width) = shape.get();
        (0..width).map(|place| view! { <Head mapping place /> }).collect_view()
    };
    let lines = move || mapping.with_table(|table, view| view.window(table)).into_iter().flatten();
    view! {
        <div class="import__preview" tabindex="0" role="region" aria-label="表格前几行">
            <table class="table import__table">
                <caption class="table__caption">"表格前几行,每列上面选它的内容"</caption>
                <thead>
                    <tr>
                        <th scope="col">"行"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{move || lines().map(|row| view! { <Line mapping row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// The meaning of one column.
#[component]
fn Head(mapping: Mapping, place: usize) -> impl IntoView {
    let label = move || {
        let title = mapping.with_table(|table, view| view.layout.title(table, place)).unwrap_or_default();
        format!("第 {} 列「{title}」的内容", place + 1)
    };
    let meaning = move || mapping.view.with(|view| view.layout.columns.get(place).copied().unwrap_or(Column::Ignore));
    let pick = move |event| {
        let chosen = event_target_value(&event).parse::<usize>().ok();
        let column = chosen.and_then(|at| Column::ALL.get(at).copied()).unwrap_or(Column::Ignore);
        mapping.change(|view, _| view.with_column(place, column));
    };
    let option = move |(at, column): (usize, Column)| {
        view! { <option value=at.to_string() prop:selected=move || meaning() == column>{column.label()}</option> }
    };
    view! {
        <th scope="col">
            <select
                class="input import__column"
                class:import__column--used=move || meaning() != Column::Ignore
                aria-label=label
                on:change=pick
            >
                {Column::ALL.into_iter().enumerate().map(option).collect_view()}
            </select>
        </th>
    }
}

/// One row of the sheet; the header and what is above it look different.
#[component]
fn Line(mapping: Mapping, row: usize) -> impl IntoView {
    let cells = mapping.with_table_now(|table, view| {
        let header = view.layout.header_row;
        let class = match row.cmp(&header) {
            std::cmp::Ordering::Less => "import__above",
            std::cmp::Ordering::Equal => "import__header",
            std::cmp::Ordering::Greater => "import__line",
        };
        let ignored = |place: usize| view.layout.columns.get(place) == Some(&Column::Ignore);
        let cells = (0..table.width()).map(|place| (shortened(table.cell(row, place)), ignored(place)));
        (class, cells.collect::<Vec<_>>())
    });
    let (class, cells) = cells.unwrap_or_default();
    let cell = |(text, ignored): (String, bool)| view! { <td class:import__ignored=ignored>{text}</td> };
    view! {
        <tr class=class>
            <th scope="row">{row + 1}</th>
            {cells.into_iter().map(cell).collect_view()}
        </tr>
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(CELL_CHARS).collect();
    short.push('…');
    short
}
