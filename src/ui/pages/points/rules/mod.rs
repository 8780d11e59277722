//! 细则: the versions of the rule book, and drawing up the next one.

mod adopt;
mod caps;
pub(super) mod draft;
mod editor;
mod item;
mod proof;
mod sheet;
mod workbook;

use leptos::prelude::*;

use self::draft::Draft;
pub(super) use self::editor::RuleDraftPart;
use super::ledger_of;
use crate::domain::points::rule::RuleVersion;
use crate::report::rule_sheet::{RuleSheet, sheet_of};
use crate::report::rule_versions::{VersionRow, rule_versions};
use crate::ui::browser;
use crate::ui::components::button::{Button, Choice, Choices, LinkButton};
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Empty;
use crate::ui::context::{App, use_app};
use crate::ui::route::{PointsPart, PointsView, Route};

/// The rule book of the ledger that is shown, one version of it.
#[component]
pub(super) fn RulesPart(view: Memo<PointsView>, draft: Draft) -> impl IntoView {
    let app = use_app();
    draft.take_up(app);
    let versions = app.report(move |village| rule_versions(village, app.today()));
    let shown = Memo::new(move |_| shown(app, &view.get()));
    let page = move || match shown.get() {
        Some((sheet, decision)) => {
            let village = untrack(|| {
                app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default())
            });
            sheet::sheet_view(sheet, &village, view.with_untracked(|view| view.members), decision)
        }
        None => view! {
            <section class="sheet" aria-label="细则">
                <Empty sentence="今天还没有生效的积分细则,暂时不能登记活动。">
                    <a href=Route::Overview.href()>"回到总览"</a>
                </Empty>
            </section>
        }
        .into_any(),
    };
    view! {
        <Versions view versions draft />
        {page}
    }
}

/// The sheet that the address asks for, with the words of its meeting.
fn shown(app: App, view: &PointsView) -> Option<(RuleSheet, String)> {
    let wanted = match view.part {
        PointsPart::Rules(version) => version.map(RuleVersion),
        _ => None,
    };
    app.read(|village| {
        let book = match wanted {
            Some(version) => village.rules.version(version),
            None => village.rules.in_force(app.today()),
        }?;
        Some((sheet_of(book, ledger_of(view)), village.note(book.meeting.decision).to_owned()))
    })
}

/// Which version is shown, and what can be done with it.
#[component]
fn Versions(view: Memo<PointsView>, versions: Memo<Vec<VersionRow>>, draft: Draft) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let current = Memo::new(move |_| shown(app, &view.get()).map(|(sheet, _)| sheet.version));
    let choices = Signal::derive(move || {
        let choice = |row: &VersionRow| {
            let part = PointsPart::Rules(Some(row.version.0));
            let href = Route::Points(PointsView { part, ..view.get() }).href();
            let label = format!("{} 版 · {}", row.label, row.state.word());
            Choice { label, href, current: current.get() == Some(row.version) }
        };
        versions.with(|rows| rows.iter().map(choice).collect())
    });
    let changes = move || {
        let row = versions.with(|rows| rows.iter().find(|row| Some(row.version) == current.get()).cloned());
        row.filter(|row| !row.changes.is_empty()).map(|row| format!("比上一版:{}", row.changes))
    };
    let export = move |()| {
        if let Some(version) = current.get_untracked() {
            workbook::export_version(app, version, problem);
        }
    };
    let edit = move || Route::Points(PointsView { part: PointsPart::RuleDraft, ..view.get() }).href();
    let edit_label = move || if draft.is_begun() { "继续编辑新版" } else { "编辑新版" };
    view! {
        <div class="toolbar">
            <Choices label="细则版本" choices />
            <span class="table__quiet">{changes}</span>
            <div class="toolbar__end">
                <Button on_press=|()| browser::print()>"打印细则"</Button>
                <Button on_press=export>"导出工作簿"</Button>
                <LinkButton href=Signal::derive(edit)>{edit_label}</LinkButton>
            </div>
        </div>
        <Problem sentence=problem />
    }
}
