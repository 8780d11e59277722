//! What would come in, what is doubtful, and the one button that records.

use leptos::prelude::*;

use super::mapping::Mapping;
use super::{Step, Wizard};
use crate::domain::command::Command;
use crate::domain::count::counted;
use crate::domain::order::sort_by_key;
use crate::domain::roster::RosterDraft;
use crate::office::roster::{Problem as RowProblem, RosterReading, Severity};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::Problem;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::{Saving, use_app};

/// Problems that are listed; the rest is counted.
const PROBLEMS_SHOWN: usize = 200;

/// 「410 户、1,740 人、74 名党员」
fn counts(draft: &RosterDraft) -> String {
    let [homes, people, members] = [draft.households.len(), draft.people_count(), draft.members_count()].map(counted);
    format!("{homes} 户、{people} 人、{members} 名党员")
}

/// Counts, problems, and 「导入」.
#[component]
pub fn Outcome(mapping: Mapping, step: Step) -> impl IntoView {
    let app = use_app();
    let refusal = RwSignal::new(None::<String>);
    let nothing = move || mapping.reading.with(|reading| reading.draft.households.is_empty());
    let writing = move || app.saving.get() == Saving::Writing;
    let import = move |()| {
        let draft = mapping.reading.with_untracked(|reading| reading.draft.clone());
        let sentence = format!("已导入 {}。", counts(&draft));
        refusal.set(None);
        app.perform(Command::ImportRoster(draft), move |outcome| match outcome {
            Ok(()) => step.set(Wizard::Done(sentence)),
            Err(error) => refusal.set(Some(error.to_string())),
        });
    };
    let summary = move || mapping.reading.with(|reading| format!("将导入 {}", counts(&reading.draft)));
    let left_out = move || mapping.reading.with(left_out);
    let layout_problems = move || {
        let problems = mapping.problems.get();
        problems.into_iter().map(|problem| view! { <li>{problem.what()}</li> }).collect_view()
    };
    view! {
        <section class="sheet" aria-label="导入结果预览">
            <div class="import__decide">
                <div role="status">
                    <p class="import__counts">{summary}</p>
                    <p class="import__words">{left_out}</p>
                </div>
                <Button
                    weight=Weight::Primary
                    disabled=Signal::derive(move || nothing() || writing())
                    on_press=import
                >
                    {move || if writing() { "正在导入…" } else { "导入" }}
                </Button>
            </div>
            <Problem sentence=refusal />
            <ul class="import__layout" hidden=move || mapping.problems.with(Vec::is_empty)>
                {layout_problems}
            </ul>
            <Problems mapping />
        </section>
    }
}

/// What is not imported, in words.
fn left_out(reading: &RosterReading) -> String {
    let mut parts = Vec::new();
    if reading.blocked() > 0 {
        parts.push(format!("{} 行不导入", counted(reading.blocked())));
    }
    if reading.skipped_rows > 0 {
        parts.push(format!("跳过 {} 行合计、说明或重复的表头", counted(reading.skipped_rows)));
    }
    parts.join(";")
}

/// The list of doubtful rows, the blocked ones first.
#[component]
fn Problems(mapping: Mapping) -> impl IntoView {
    let count = move || mapping.reading.with(|reading| reading.problems.len());
    let rows = move || {
        mapping.reading.with(|reading| {
            let mut problems: Vec<&RowProblem> = reading.problems.iter().collect();
            sort_by_key(&mut problems, |problem| problem.severity);
            problems.into_iter().take(PROBLEMS_SHOWN).map(problem_row).collect_view()
        })
    };
    let title = move || match count() {
        shown if shown > PROBLEMS_SHOWN => format!("有 {} 处要看一看,先列出 {PROBLEMS_SHOWN} 处", counted(shown)),
        shown => format!("有 {shown} 处要看一看"),
    };
    view! {
        <Show when=move || { count() > 0 }>
            <h2 class="import__title">{title}</h2>
            <div class="import__problems" tabindex="0" role="region" aria-label="问题清单">
                <Table caption="问题清单,不导入的排在前面" columns=&[Figures("行"), Words("列"), Words("问题"), Words("怎么办")]>
                    {rows}
                </Table>
            </div>
        </Show>
    }
}

fn problem_row(problem: &RowProblem) -> impl IntoView + use<> {
    let tone = match problem.severity {
        Severity::Blocked => Tone::Red,
        Severity::Note => Tone::Plain,
    };
    view! {
        <tr>
            <td class="table__number">{problem.row}</td>
            <td>{problem.column.clone()}</td>
            <td>
                <Tag tone word=problem.severity.word() />
                " "
                {problem.what.what()}
            </td>
            <td>{problem.what.remedy()}</td>
        </tr>
    }
}
