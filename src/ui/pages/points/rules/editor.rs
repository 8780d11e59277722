//! 新版细则: a copy of the last version, item by item, with what is changed
//! beside it.

use leptos::prelude::*;

use super::adopt::AdoptForm;
use super::draft::Draft;
use super::item::ItemDialog;
use super::proof::proof_view;
use super::workbook::{self, Imported};
use crate::domain::id::ItemId;
use crate::domain::points::rule::{Ledger, RuleBook};
use crate::report::rule_versions::{Change, Difference, DraftGroup, DraftRow, differences, draft_groups};
use crate::ui::browser;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::pages::data::pick::FilePick;
use crate::ui::pages::points::ledger_of;
use crate::ui::route::{PointsPart, PointsView, Route};

/// Which item is being written: `None` for a new one.
type Writing = RwSignal<Option<Option<usize>>>;

/// What the parts of the editor share. Copying it is free.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// What is drawn up.
    pub draft: Draft,
    /// The version that it follows.
    pub before: Memo<Option<RuleBook>>,
    /// The ledger that is shown.
    pub ledger: Memo<Ledger>,
    writing: Writing,
    /// Whether the sheet for the meeting is shown in place of the editor.
    is_proof: RwSignal<bool>,
}

/// The editor.
#[component]
pub(in crate::ui::pages::points) fn RuleDraftPart(view: Memo<PointsView>, draft: Draft) -> impl IntoView {
    let app = use_app();
    let goes_on = draft.begin(app);
    draft.keep(app);
    let before = Memo::new(move |_| {
        let version = draft.0.with(|draft| draft.as_ref().map(|draft| draft.before));
        app.read(|village| version.and_then(|version| village.rules.version(version)).cloned())
    });
    let ledger = Memo::new(move |_| view.with(ledger_of));
    let (writing, is_proof) = (RwSignal::new(None), RwSignal::new(false));
    let editing = Editing { draft, before, ledger, writing, is_proof };
    let dialog = move || {
        let place = editing.writing.get()?;
        let on_close = move |()| editing.writing.set(None);
        Some(view! { <ItemDialog editing place on_close /> })
    };
    let editor = move || {
        view! {
            <div class="split">
                <Items editing />
                <div class="ruledraft__side">
                    <Differences editing />
                    <AdoptForm editing view />
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <Tools editing view goes_on />
        {move || if editing.is_proof.get() { proof_view(editing) } else { editor() }}
        {dialog}
    }
}

/// Adding, workbooks, and giving the draft up.
#[component]
fn Tools(editing: Editing, view: Memo<PointsView>, goes_on: bool) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let imported = RwSignal::new(None::<Imported>);
    let back = move || Route::Points(PointsView { part: PointsPart::Rules(None), ..view.get() }).href();
    let title =
        move || editing.before.with(|book| book.as_ref().map(|book| format!("新版细则,从 {} 版改起", book.label)));
    let pick = move |file| workbook::read(app, editing, file, imported, problem);
    let export = move |()| workbook::export_draft(editing, problem);
    let shown = move || imported.get().map(|found| view! { <workbook::ImportDialog editing found imported /> });
    view! {
        <div class="toolbar">
            <strong>{title}</strong>
            <span class="table__quiet">
                "启用以前都不算数"
                {goes_on.then_some(";接着上次没做完的改,不要了点「全部改回」")}
            </span>
            <div class="toolbar__end">
                <Show
                    when=move || editing.is_proof.get()
                    fallback=move || {
                        view! {
                            <Button on_press=move |()| editing.writing.set(Some(None))>"添加事项"</Button>
                            <FilePick id="rules-file" label="导入工作簿" accept=".xlsx,.xls,.ods,.csv" on_file=pick />
                            <Button on_press=export>"导出工作簿"</Button>
                            <Button on_press=move |()| editing.is_proof.set(true)>"看样张"</Button>
                            <LinkButton href=Signal::derive(back)>"返回"</LinkButton>
                        }
                    }
                >
                    <Button weight=Weight::Primary on_press=|()| browser::print()>
                        "打印草案"
                    </Button>
                    <Button on_press=move |()| editing.is_proof.set(false)>"继续编辑"</Button>
                </Show>
            </div>
        </div>
        <Problem sentence=problem />
        {shown}
    }
}

/// The items of the ledger by category.
#[component]
fn Items(editing: Editing) -> impl IntoView {
    let groups = Memo::new(move |_| {
        let ledger = editing.ledger.get();
        editing.before.with(|book| {
            let book = book.as_ref()?;
            Some(editing.draft.look(|draft| draft_groups(book, &draft.items, ledger)))
        })
    });
    let shown =
        move || groups.get().unwrap_or_default().into_iter().map(|group| group_view(editing, group)).collect_view();
    view! {
        <Sheet title="事项" remark="点事项名称就改">
            <div class="ruledraft__scroll" tabindex="0" role="region" aria-label="新版事项">
                <table class="table">
                    <caption class="table__caption">"新版细则的事项"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"编号"</th>
                            <th scope="col">"事项"</th>
                            <th scope="col" class="table__number">"分值"</th>
                            <th scope="col">"上限与条件"</th>
                            <th scope="col"></th>
                        </tr>
                    </thead>
                    {shown}
                </table>
            </div>
        </Sheet>
    }
}

fn group_view(editing: Editing, group: DraftGroup) -> AnyView {
    view! {
        <tbody>
            <tr>
                <th class="ruledraft__category" colspan="5" scope="rowgroup">
                    {group.category}
                </th>
            </tr>
            {group.rows.into_iter().map(|row| row_view(editing, row)).collect_view()}
        </tbody>
    }
    .into_any()
}

fn row_view(editing: Editing, row: DraftRow) -> AnyView {
    let place = row.place;
    let class = if row.is_deduction { "table__number minus" } else { "table__number plus" };
    let stop_label = format!("停用 {}", row.name);
    let stop = move |_| {
        editing.draft.change(|draft| {
            if place < draft.items.len() {
                draft.items.remove(place);
            }
        });
    };
    view! {
        <tr>
            <td class="table__quiet">{row.code}</td>
            <td>
                <button type="button" class="ruledraft__name" on:click=move |_| editing.writing.set(Some(Some(place)))>
                    {row.name}
                </button>
                " "
                {row.change.map(change_tag)}
            </td>
            <td class=class>{row.score}</td>
            <td class="table__quiet">{row.detail}</td>
            <td class="table__number">
                <button type="button" class="ruledraft__stop" aria-label=stop_label on:click=stop>
                    "停用"
                </button>
            </td>
        </tr>
    }
    .into_any()
}

fn change_tag(change: Change) -> AnyView {
    let tone = match change {
        Change::Added => Tone::Green,
        Change::Changed => Tone::Yellow,
        Change::Stopped => Tone::Red,
    };
    view! { <Tag tone word=change.word() /> }.into_any()
}

/// What the draft changes against the version before.
#[component]
fn Differences(editing: Editing) -> impl IntoView {
    let found = Memo::new(move |_| {
        editing.before.with(|book| {
            let book = book.as_ref()?;
            Some(editing.draft.look(|draft| {
                // While a cap is being typed, the others are compared.
                differences(book, &draft.items, &draft.category_caps().unwrap_or_else(|_| book.category_caps.clone()))
            }))
        })
    });
    let found = move || found.get().unwrap_or_default();
    let remark = Signal::derive(move || format!("{} 处", found().len()));
    let rows = move || found().into_iter().map(|one| difference_view(editing, one)).collect_view();
    view! {
        <Sheet title="和上一版的不同" remark>
            <Show
                when=move || !found().is_empty()
                fallback=|| view! { <p class="table__quiet">"还没有改动。点左边的事项来改,或者添加、停用。"</p> }
            >
                <ul class="ruledraft__changes" tabindex="0" aria-label="和上一版的不同">
                    {rows}
                </ul>
            </Show>
        </Sheet>
    }
}

fn difference_view(editing: Editing, one: Difference) -> AnyView {
    let stopped = one.item.filter(|_| one.change == Change::Stopped);
    let back = move |id: ItemId| {
        let put_back = move |()| {
            let book = editing.before.get_untracked();
            editing.draft.change(|draft| {
                if let Some(book) = &book {
                    draft.bring_back(book, id);
                }
            });
        };
        view! {
            <Button weight=Weight::Quiet on_press=put_back>
                "恢复"
            </Button>
        }
    };
    view! {
        <li class="ruledraft__change">
            {change_tag(one.change)} <div>
                <strong>{one.name}</strong>
                <span class="ruledraft__words">{one.words}</span>
            </div> {stopped.map(back)}
        </li>
    }
    .into_any()
}
