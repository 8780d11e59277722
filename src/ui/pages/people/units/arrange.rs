//! 自动编单元: households that are in no unit, by their numbers, in units of
//! about ten. What will be recorded is shown first.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::id::GridId;
use crate::domain::units::{UNIT_HOUSEHOLDS, UNIT_HOUSEHOLDS_MAX, UnitAct};
use crate::report::units::{ProposedUnit, propose};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// Asks how large a unit is, and shows what comes of it.
#[component]
pub(super) fn ArrangeDialog(grid: Option<GridId>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let size = RwSignal::new(UNIT_HOUSEHOLDS.to_string());
    let problem = RwSignal::new(None::<String>);
    let proposed = app.report(move |village| match size.with(|size| size.trim().parse()) {
        Ok(size @ 1..=UNIT_HOUSEHOLDS_MAX) => propose(village, grid, size),
        _ => Vec::new(),
    });
    let name = untrack(|| app.read(|village| village.people.grid_name(grid).to_owned()));
    let count = move || proposed.with(Vec::len);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let groups: Vec<_> = proposed.get_untracked().into_iter().map(|unit| unit.households).collect();
        let done = format!("已编成 {} 个单元。接着给每个单元定十户长。", groups.len());
        send(app, Command::Unit(UnitAct::Arrange { grid, groups }), done, problem, on_close);
    };
    view! {
        <Dialog title=format!("自动编单元:{name}") on_close>
            <form class="form" on:submit=submit>
                <TextField
                    label="每个单元大约几户"
                    value=size
                    kind="number"
                    hint=format!("1 到 {UNIT_HOUSEHOLDS_MAX}。按户号顺序排,尾数平均分到各单元。")
                />
                {move || proposed.with(|units| preview(units))}
                <Problem sentence=problem />
                <div class="actions">
                    <Button
                        weight=Weight::Primary
                        kind="submit"
                        disabled=Signal::derive(move || count() == 0)
                    >
                        {move || format!("编成 {} 个单元", count())}
                    </Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

fn preview(units: &[ProposedUnit]) -> AnyView {
    let row = |unit: &ProposedUnit| {
        view! {
            <tr>
                <td>{unit.name.clone()}</td>
                <td>{format!("{} 至 {}", unit.first, unit.last)}</td>
                <td class="table__number">{unit.households.len()}</td>
            </tr>
        }
    };
    let all: usize = units.iter().map(|unit| unit.households.len()).sum();
    let rows = units.iter().map(row).collect_view();
    view! {
        <div class="units__preview" tabindex="0" role="region" aria-label="编组预览">
            <Table caption="会编成这些单元" columns=&[Words("单元"), Words("户号"), Figures("户数")]>
                {rows}
            </Table>
        </div>
        <p class="table__quiet">{format!("共 {all} 户。现在还没有记录,以后可以逐户调整。")}</p>
    }
    .into_any()
}
