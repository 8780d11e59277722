//! 添加单元, 改单元: its number, its name, its 十户长; and 撤销.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::id::{GridId, PersonId, UnitId};
use crate::domain::units::{UnitAct, UnitTerms, numbered};
use crate::report::units::{UnitRow, head_candidates, unit_list};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, SelectField, TextField};
use crate::ui::context::{App, use_app};
use crate::ui::pages::send::send;

/// What can be chosen as the head: nobody, whoever it is now, and the candidates.
fn heads(app: App, grid: Option<GridId>, row: Option<&UnitRow>) -> Vec<(Option<PersonId>, String)> {
    let unit = row.map(|row| row.id);
    let found = untrack(|| app.read(|village| head_candidates(village, grid, unit, app.today())));
    let now = row.and_then(|row| Some((row.head_id?, row.head.clone())));
    let elsewhere = now.filter(|(head, _)| found.iter().all(|(known, _)| known != head)).map(|(head, name)| {
        let label = if name.is_empty() { "原来的十户长(已不在本村)".to_owned() } else { name };
        (Some(head), label)
    });
    let nobody = std::iter::once((None, "(还没有定)".to_owned()));
    nobody.chain(elsewhere).chain(found.into_iter().map(|(id, label)| (Some(id), label))).collect()
}

/// The dialog for a new unit, or for one that is there.
#[component]
pub(super) fn UnitDialog(
    grid: Option<GridId>,
    #[prop(optional)] unit: Option<UnitId>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let (list, next) =
        untrack(|| app.read(|village| (unit_list(village, grid), village.people.units.next_number(grid))));
    let row = unit.and_then(|unit| list.rows.into_iter().find(|row| row.id == unit));
    let number = row.as_ref().map_or(next, |row| row.number);
    let heads = heads(app, grid, row.as_ref());
    let now = row.as_ref().and_then(|row| row.head_id);
    let chosen = RwSignal::new(heads.iter().position(|(id, _)| *id == now).unwrap_or(0));
    let labels: Vec<String> = heads.iter().map(|(_, label)| label.clone()).collect();
    let heads = StoredValue::new(heads.into_iter().map(|(id, _)| id).collect::<Vec<_>>());
    let name = RwSignal::new(row.as_ref().map_or_else(String::new, |row| row.own_name.clone()));
    let number = RwSignal::new(number.to_string());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // What is no number is refused like one that is out of range.
        let number = number.get_untracked().trim().parse().unwrap_or(0);
        let head = heads.with_value(|heads| heads.get(chosen.get_untracked()).copied().flatten());
        let terms = UnitTerms { number: Some(number), name: name.get_untracked(), head };
        let act = match unit {
            Some(unit) => UnitAct::Change { unit, terms },
            None => UnitAct::Add { grid, terms },
        };
        let done = if unit.is_some() {
            "已保存单元。"
        } else {
            "已添加单元。接着在「户」里勾选住户编进来。"
        };
        send(app, Command::Unit(act), done.to_owned(), problem, on_close);
    };
    let title = row.as_ref().map_or_else(|| format!("添加单元:{}", list.grid), |row| format!("改单元:{}", row.name));
    let placeholder = move || numbered(number.with(|number| number.trim().parse().unwrap_or(0)));
    let hint = move || format!("可以不填,不填就叫「{}」。公示表上只印序号。", placeholder());
    let dissolve = row.map(|row| view! { <Dissolve row problem on_close /> });
    view! {
        <Dialog title on_close>
            <form class="form" on:submit=submit>
                <div class="form__row">
                    <TextField label="序号" value=number kind="number" />
                    <label class="field">
                        <span class="field__label">"名称"</span>
                        <input class="input" autocomplete="off" bind:value=name />
                        <small class="field__hint">{hint}</small>
                    </label>
                </div>
                <SelectField label="十户长" value=chosen options=Signal::stored(labels) />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">
                        {if unit.is_some() { "保存" } else { "添加单元" }}
                    </Button>
                    <Button on_press=on_close>"取消"</Button>
                    {dissolve}
                </div>
            </form>
        </Dialog>
    }
}

/// 撤销单元, which says what it does before it does it.
#[component]
fn Dissolve(row: UnitRow, problem: RwSignal<Option<String>>, on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let asked = RwSignal::new(false);
    let (unit, name) = (row.id, StoredValue::new(row.name));
    let words = format!("撤销以后,这 {} 户不再编在任何单元里;积分和记录都不变。", row.households);
    let dissolve = move |()| {
        let done = name.with_value(|name| format!("已撤销{name}。"));
        send(app, Command::Unit(UnitAct::Dissolve(unit)), done, problem, on_close);
    };
    view! {
        <Show
            when=move || asked.get()
            fallback=move || {
                view! {
                    <Button weight=Weight::Quiet on_press=move |()| asked.set(true)>
                        "撤销这个单元"
                    </Button>
                }
            }
        >
            <div class="units__dissolve">
                <p>{words.clone()}</p>
                <Button on_press=dissolve>"确认撤销"</Button>
                <Button on_press=move |()| asked.set(false)>"不撤销"</Button>
            </div>
        </Show>
    }
}
