//! The rule book out as a workbook and in again, never further than into the
//! draft.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::editor::Editing;
use crate::domain::points::adoption::NewItem;
use crate::domain::points::rule::RuleVersion;
use crate::office::rule_book::{self, RowProblem, RuleImport};
use crate::office::table::ReadChoice;
use crate::office::workbook::SheetDraft;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::context::App;
use crate::ui::office;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook that was read, and its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Imported {
    name: String,
    found: RuleImport,
}

/// Hands out a version.
pub(super) fn export_version(app: App, version: RuleVersion, problem: RwSignal<Option<String>>) {
    let found = untrack(|| {
        app.read(|village| {
            let book = village.rules.version(version)?;
            let items: Vec<_> = book.items.iter().map(NewItem::from).collect();
            Some((format!("积分细则 {} 版.xlsx", book.label), rule_book::sheets(&items, &book.category_caps)))
        })
    });
    if let Some((name, sheets)) = found {
        hand_out(name, sheets, problem);
    }
}

/// Hands out the draft.
pub(super) fn export_draft(editing: Editing, problem: RwSignal<Option<String>>) {
    let sheets = untrack(|| {
        editing.draft.look(|draft| Some(draft.category_caps().map(|caps| rule_book::sheets(&draft.items, &caps))))
    });
    match sheets {
        Some(Ok(sheets)) => hand_out("积分细则 新版草稿.xlsx".to_owned(), sheets, problem),
        Some(Err(sentence)) => problem.set(Some(sentence)),
        None => {}
    }
}

fn hand_out(name: String, sheets: Vec<SheetDraft>, problem: RwSignal<Option<String>>) {
    spawn_local(async move {
        let written = office::write_sheets(sheets).await;
        problem.set(written.and_then(|bytes| browser::download(&name, &bytes, XLSX)).err());
    });
}

/// Reads a workbook and shows what is in it.
pub(super) fn read(
    app: App,
    editing: Editing,
    file: File,
    imported: RwSignal<Option<Imported>>,
    problem: RwSignal<Option<String>>,
) {
    problem.set(None);
    spawn_local(async move {
        app.say("正在读工作簿…");
        let name = file.name();
        let tables = office::read_file(&file, ReadChoice::default(), |_| ()).await;
        let before = editing.before.try_get_untracked().flatten();
        let found = tables.and_then(|tables| match &before {
            Some(before) => rule_book::read(&tables, before).map_err(|error| error.to_string()),
            None => Err("还没有可以接着改的细则。".to_owned()),
        });
        app.notice.set(None);
        match found {
            Ok(found) => imported.set(Some(Imported { name, found })),
            Err(sentence) => problem.set(Some(sentence)),
        }
    });
}

/// What is in the workbook, and whether it takes the place of the draft.
#[component]
pub(super) fn ImportDialog(editing: Editing, found: Imported, imported: RwSignal<Option<Imported>>) -> impl IntoView {
    let Imported { name, found } = found;
    let on_close = move |()| imported.set(None);
    let (count, wrong) = (found.items.len(), found.problems.len());
    let problems = found.problems.iter().map(problem_view).collect_view();
    let sheets = found.sheets_words().map(|words| view! { <p>{words}</p> });
    let new = found.new_words().map(|words| view! { <p>{words}</p> });
    let consequence = found.consequence();
    let take = move |()| {
        editing.draft.change(|draft| {
            draft.items = found.items_over(&draft.items);
            draft.caps = found.caps_over(&draft.caps);
        });
        imported.set(None);
    };
    let advice = "有问题的行没有读进来。可以在文件里改好再导入一次,也可以先放进草稿,再在这里补上。";
    view! {
        <Dialog title="导入工作簿" on_close>
            <p>{format!("「{name}」里读到 {count} 项")} {(wrong > 0).then(|| format!(",{wrong} 行有问题"))} "。"</p>
            {sheets}
            {new}
            {(wrong > 0)
                .then(|| {
                    view! {
                        <ul class="ruledraft__problems" tabindex="0" aria-label="有问题的行">
                            {problems}
                        </ul>
                        <p class="table__quiet">{advice}</p>
                    }
                })}
            <p class="table__quiet">{consequence}</p>
            <div class="actions">
                <Button weight=Weight::Primary on_press=take disabled=Signal::stored(count == 0)>
                    "放进草稿"
                </Button>
                <Button on_press=on_close>"不用这份"</Button>
            </div>
        </Dialog>
    }
}

fn problem_view(problem: &RowProblem) -> AnyView {
    view! { <li>{format!("「{}」第 {} 行:{}", problem.sheet, problem.row, problem.sentence)}</li> }.into_any()
}
