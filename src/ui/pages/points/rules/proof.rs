//! 样张: the draft as a sheet, rewards and deductions side by side, and what it
//! changes, for the meeting that votes on it.

use leptos::prelude::*;

use super::editor::Editing;
use super::sheet::sheet_view;
use crate::domain::calendar::parse_iso_date;
use crate::domain::points::rule::Ledger;
use crate::report::rule_sheet::sheet_of_draft;
use crate::report::rule_versions::{Difference, differences};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;

/// The draft of the ledger that is shown.
pub(super) fn proof_view(editing: Editing) -> AnyView {
    let app = use_app();
    let Some(before) = editing.before.get() else { return ().into_any() };
    let ledger = editing.ledger.get();
    let village = untrack(|| app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone())));
    let (sheet, changes) = editing
        .draft
        .0
        .with(|draft| {
            let draft = draft.as_ref()?;
            let caps = draft.category_caps().unwrap_or_else(|_| before.category_caps.clone());
            let sheet = sheet_of_draft(&before, &draft.items, &caps, ledger, parse_iso_date(&draft.effective));
            let mut changes = differences(&before, &draft.items, &caps);
            changes.retain(|change| change.ledger == ledger);
            Some((sheet, changes))
        })
        .unzip();
    let members = ledger == Ledger::Member;
    let sheet = sheet.map(|sheet| sheet_view(sheet, &village.unwrap_or_default(), members, String::new()));
    view! { {sheet} {changes_view(changes.unwrap_or_default())} }.into_any()
}

fn changes_view(changes: Vec<Difference>) -> AnyView {
    let row = |change: Difference| {
        view! {
            <li class="ruledraft__change">
                <span>{change.change.word()}</span>
                <span>
                    <strong>{change.name}</strong>
                    <span class="ruledraft__words">{change.words}</span>
                </span>
            </li>
        }
    };
    if changes.is_empty() {
        return view! { <p class="table__quiet">"和上一版没有不同。"</p> }.into_any();
    }
    view! {
        <Sheet title="和上一版的不同">
            <ul class="proof__changes" aria-label="和上一版的不同">
                {changes.into_iter().map(row).collect_view()}
            </ul>
        </Sheet>
    }
    .into_any()
}
