//! One line of the ranking.
//!
//! Four hundred lines come at once when the program starts. The browser copies a
//! whole line in a third of the time in which the view builds it piece by piece,
//! so the cells are a pattern, and only their words are put in.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DocumentFragment, Element, HtmlTemplateElement};

use crate::domain::points::rule::signed;
use crate::report::ranking::RankRow;
use crate::ui::route::{PointsView, Route};

/// The cells of a line, without words.
const CELLS: &str = "<td class=table__number><td><td><a class=ranking__name></a>\
<td class=table__quiet><td class='table__number plus'><td class='table__number minus'>\
<td class=table__number><td class=table__number><td class='table__number table__strong'>";

thread_local! {
    static PATTERN: Option<DocumentFragment> = pattern();
}

fn pattern() -> Option<DocumentFragment> {
    let template = document().create_element("template").ok()?;
    template.set_inner_html(CELLS);
    Some(template.unchecked_into::<HtmlTemplateElement>().content())
}

/// What stands in a line.
#[derive(Clone)]
struct Words {
    cells: [String; 9],
    /// Where the name leads.
    href: String,
}

/// An account with its figures.
pub(super) fn rank_line(grid: Option<u64>, row: &RankRow) -> AnyView {
    let passbook = Route::Points(PointsView { grid, ..PointsView::passbook(row.account) });
    let cells = [
        row.place_words(),
        row.member_type.map_or_else(|| row.number.clone(), |kind| kind.word().to_owned()),
        if row.name.is_empty() { "(未登记姓名)".to_owned() } else { row.name.clone() },
        if row.unit.is_empty() { row.grid.clone() } else { format!("{} · {}", row.grid, row.unit) },
        figure(row.earned),
        figure(row.deducted),
        signed(row.score),
        redeemed(row.redeemed, row.returned),
        row.balance.to_string(),
    ];
    let words = Words { cells, href: passbook.href() };
    view! { <tr class="ranking__row" use:fill=words></tr> }.into_any()
}

/// Puts words into a line, which gets its cells the first time. It is given as
/// directives get it.
#[allow(clippy::needless_pass_by_value)]
fn fill(row: Element, words: Words) {
    let mut next = row.first_element_child().or_else(|| {
        let cells = PATTERN.with(|cells| cells.as_ref()?.clone_node_with_deep(true).ok())?;
        row.append_child(&cells).ok()?;
        row.first_element_child()
    });
    for word in words.cells {
        let Some(cell) = next else { return };
        let link = cell.first_element_child();
        if let Some(link) = &link {
            // An element takes every attribute of a known name.
            let _set = link.set_attribute("href", &words.href);
        }
        link.as_ref().unwrap_or(&cell).set_text_content(Some(&word));
        next = cell.next_element_sibling();
    }
}

/// `+5`, `−5`; nothing for nought, so that the eye finds the others.
fn figure(points: i64) -> String {
    if points == 0 { String::new() } else { signed(points) }
}

/// 「45」, with what came back 「45 退 20」.
fn redeemed(points: i64, returned: i64) -> String {
    let mut words = if points == 0 { String::new() } else { points.to_string() };
    if returned != 0 {
        words = format!("{words} 退 {returned}");
    }
    words
}
