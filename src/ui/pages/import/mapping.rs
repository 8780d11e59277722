//! The third step: sheet, encoding, header and columns, with what they lead to.

use std::sync::Arc;

use leptos::prelude::*;

use super::outcome::Outcome;
use super::preview::Preview;
use super::{Chosen, Step, Wizard};
use crate::office::roster::{LayoutProblem, RosterReading, read_roster};
use crate::office::table::{Encoding, ReadChoice, Table};
use crate::office::view::SheetView;
use crate::ui::components::button::Button;

/// The tables, how they are looked at, and what follows from that.
#[derive(Clone, Copy)]
pub struct Mapping {
    tables: StoredValue<Arc<Vec<Table>>>,
    /// The sheet and its layout, to be corrected.
    pub view: RwSignal<SheetView>,
    /// What should be put right before reading.
    pub problems: Memo<Vec<LayoutProblem>>,
    /// What would be imported; nothing while the layout makes no sense.
    pub reading: Memo<RosterReading>,
}

impl Mapping {
    fn new(tables: Arc<Vec<Table>>) -> Self {
        let view = RwSignal::new(SheetView::guess(&tables));
        let stored = StoredValue::new(Arc::clone(&tables));
        let seen = Arc::clone(&tables);
        let problems = Memo::new(move |_| {
            view.with(|view| seen.get(view.sheet).map(|table| view.layout.problems(table)).unwrap_or_default())
        });
        let reading = Memo::new(move |_| {
            if problems.with(|problems| problems.iter().any(|problem| problem.blocks())) {
                return RosterReading::default();
            }
            view.with(|view| tables.get(view.sheet).map(|table| read_roster(table, &view.layout)).unwrap_or_default())
        });
        Self { tables: stored, view, problems, reading }
    }

    /// Looks at the table of the sheet that is chosen.
    pub fn with_table<T>(self, look: impl FnOnce(&Table, &SheetView) -> T) -> Option<T> {
        let tables = self.tables.get_value();
        self.view.with(|view| tables.get(view.sheet).map(|table| look(table, view)))
    }

    /// The same without following changes, for what is built anew anyway.
    pub fn with_table_now<T>(self, look: impl FnOnce(&Table, &SheetView) -> T) -> Option<T> {
        let tables = self.tables.get_value();
        self.view.with_untracked(|view| tables.get(view.sheet).map(|table| look(table, view)))
    }

    /// Changes how the tables are looked at.
    pub fn change(self, change: impl FnOnce(SheetView, &[Table]) -> SheetView) {
        let tables = self.tables.get_value();
        self.view.update(|view| *view = change(std::mem::take(view), &tables));
    }

    fn sheet_names(self) -> Vec<String> {
        self.tables.with_value(|tables| tables.iter().map(|table| table.sheet.clone()).collect())
    }
}

/// Matching the columns.
#[component]
pub fn MapStep(chosen: Chosen, tables: Arc<Vec<Table>>, step: Step) -> impl IntoView {
    let mapping = Mapping::new(tables);
    let name = chosen.file.name();
    view! {
        <div class="import">
            <section class="sheet">
                <h2 class="sheet__title">
                    {format!("核对「{name}」")}
                    <small class="sheet__remark">"还没有记入,点「导入」才会记入"</small>
                </h2>
                <div class="import__controls">
                    <SheetChoice mapping />
                    <EncodingChoice chosen mapping step />
                    <HeaderRow mapping />
                    <div class="import__other">
                        <Button on_press=move |()| step.set(Wizard::Choose(None))>"换一个文件"</Button>
                    </div>
                </div>
                <Preview mapping />
            </section>
            <Outcome mapping step />
        </div>
    }
}

/// Which sheet, where the file has several.
#[component]
fn SheetChoice(mapping: Mapping) -> impl IntoView {
    let names = mapping.sheet_names();
    let pick = move |event| {
        let sheet = event_target_value(&event).parse().unwrap_or(0);
        mapping.change(|_, tables| SheetView::of_sheet(tables, sheet));
    };
    let option = move |(place, name): (usize, String)| {
        let chosen = move || mapping.view.with(|view| view.sheet == place);
        view! { <option value=place.to_string() prop:selected=chosen>{name}</option> }
    };
    (names.len() > 1).then(|| {
        view! {
            <label class="field">
                <span class="field__label">"工作表"</span>
                <select class="input" on:change=pick>
                    {names.into_iter().enumerate().map(option).collect_view()}
                </select>
            </label>
        }
    })
}

/// How a text file is decoded; another choice reads it again.
#[component]
fn EncodingChoice(chosen: Chosen, mapping: Mapping, step: Step) -> impl IntoView {
    let current = mapping.with_table_now(|table, _| table.encoding).flatten();
    let chosen = StoredValue::new_local(chosen);
    let one = move |(label, encoding): (&'static str, Encoding)| {
        let read = move |_| {
            let file = chosen.with_value(|chosen| chosen.file.clone());
            step.set(Wizard::Reading(Chosen { file, choice: ReadChoice { encoding: Some(encoding) } }));
        };
        view! {
            <label class="radios__one">
                <input type="radio" name="encoding" checked=current == Some(encoding) on:change=read />
                {label}
            </label>
        }
    };
    current.is_some().then(|| {
        view! {
            <fieldset class="radios">
                <legend class="radios__legend">"文字编码(姓名是乱码就换一种)"</legend>
                {[("UTF-8", Encoding::Utf8), ("GB18030", Encoding::Gb18030)].map(one).collect_view()}
            </fieldset>
        }
    })
}

/// In which row the titles are.
#[component]
fn HeaderRow(mapping: Mapping) -> impl IntoView {
    let rows = move || mapping.with_table(|table, _| table.rows.len()).unwrap_or(0).to_string();
    let row = move || mapping.view.with(|view| view.layout.header_row + 1).to_string();
    let pick = move |event| {
        if let Ok(row) = event_target_value(&event).parse::<usize>() {
            mapping.change(|view, tables| view.with_header(tables, row.saturating_sub(1)));
        }
    };
    view! {
        <label class="field">
            <span class="field__label">"表头在第几行"</span>
            <input class="input import__row" type="number" min="1" max=rows prop:value=row on:change=pick />
        </label>
    }
}
