//! 网格: the table of grids, and beside it the ten-household units of one.

mod arrange;

use leptos::prelude::*;

use self::arrange::ArrangeDialog;
use super::grids::GridTable;
use super::unit_dialog::UnitDialog;
use crate::domain::id::{GridId, UnitId};
use crate::report::people_list::grid_list;
use crate::report::units::{UnitList, UnitRow, unit_list};
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::sheet::Empty;
use crate::ui::context::use_app;
use crate::ui::route::{PeopleView, Route};

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Add,
    Change(UnitId),
    Arrange,
}

/// The grids, and the units of the one that the address names.
#[component]
pub(super) fn GridsPart(shown: Memo<PeopleView>) -> impl IntoView {
    let app = use_app();
    let grids = app.report(grid_list);
    let grid = Memo::new(move |_| match shown.with(|view| view.grid) {
        Some(raw) => GridId::from_raw(raw),
        None => grids.with(|grids| grids.rows.iter().find_map(|row| row.id)).unwrap_or(GridId::from_raw(0)),
    });
    let current = Signal::derive(move || Some(grid.get().raw()));
    view! {
        <div class="split units">
            <section class="sheet people__list">
                <GridTable grids current />
            </section>
            {move || {
                // No grid has the number 0: it stands for those without one.
                let grid = Some(grid.get()).filter(|grid| grid.raw() > 0);
                view! { <Units grid /> }
            }}
        </div>
    }
}

/// The units of a grid, and what can be done with them.
#[component]
fn Units(grid: Option<GridId>) -> impl IntoView {
    let app = use_app();
    let list = app.report(move |village| unit_list(village, grid));
    let asked = RwSignal::new(None::<Asked>);
    let on_close = Callback::new(move |()| asked.set(None));
    let dialog = move |what| match what {
        Asked::Add => view! { <UnitDialog grid on_close /> }.into_any(),
        Asked::Change(unit) => view! { <UnitDialog grid unit on_close /> }.into_any(),
        Asked::Arrange => view! { <ArrangeDialog grid on_close /> }.into_any(),
    };
    let free = PeopleView { grid: grid.map(GridId::raw), unit: Some(0), ..PeopleView::default() };
    let free = Route::People(free).href();
    let unplaced = move || list.with(|list| list.unplaced);
    view! {
        <section class="sheet" aria-label="十户单元">
            <h2 class="sheet__title">
                {move || list.with(|list| format!("{}的十户单元", list.grid))}
                <small class="sheet__remark">{move || list.with(remark)}</small>
            </h2>
            {move || list.with(|list| table(list, asked))}
            <div class="actions">
                <Show when=move || { unplaced() > 0 }>
                    <Button weight=Weight::Primary on_press=move |()| asked.set(Some(Asked::Arrange))>
                        "自动编单元"
                    </Button>
                </Show>
                <Button on_press=move |()| asked.set(Some(Asked::Add))>"添加单元"</Button>
                <Show when=move || { unplaced() > 0 }>
                    <LinkButton weight=Weight::Quiet href=Signal::stored(free.clone())>
                        {move || format!("看未编的 {} 户", unplaced())}
                    </LinkButton>
                </Show>
            </div>
        </section>
        {move || asked.get().map(dialog)}
    }
}

/// 「10 个 · 103 户都已编入」
fn remark(list: &UnitList) -> String {
    match (list.rows.len(), list.unplaced) {
        (0, _) => format!("{} 户", list.households),
        (count, 0) => format!("{count} 个 · {} 户都已编入", list.households),
        (count, unplaced) => format!("{count} 个 · {unplaced} 户未编"),
    }
}

fn table(list: &UnitList, asked: RwSignal<Option<Asked>>) -> AnyView {
    if list.rows.is_empty() {
        let sentence = "这个网格还没有十户单元。点「自动编单元」按户号每十户左右编一个,先看后记;也可以一个一个添加。";
        return view! { <Empty sentence>""</Empty> }.into_any();
    }
    let rows = list.rows.iter().map(|row| unit_row(row, asked)).collect_view();
    view! {
        <div class="units__scroll" tabindex="0" role="region" aria-label="十户单元表">
            <table class="table">
                <caption class="table__caption">{format!("{}的十户单元", list.grid)}</caption>
                <thead>
                    <tr>
                        <th scope="col">"单元"</th>
                        <th scope="col">"十户长"</th>
                        <th scope="col" class="table__number">
                            "户数"
                        </th>
                        <th scope="col" class="table__number">
                            "人数"
                        </th>
                        <th scope="col" class="units__act">
                            <span class="table__caption">"更改"</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn unit_row(row: &UnitRow, asked: RwSignal<Option<Asked>>) -> AnyView {
    let id = row.id;
    let there = PeopleView { unit: Some(id.raw()), ..PeopleView::default() };
    let head = if row.head.is_empty() { "未定".to_owned() } else { row.head.clone() };
    let class = if row.head.is_empty() { "table__quiet" } else { "" };
    view! {
        <tr>
            <td>
                <a class="people__link" href=Route::People(there).href()>
                    {row.name.clone()}
                </a>
            </td>
            <td class=class>{head}</td>
            <td class="table__number">{row.households}</td>
            <td class="table__number">{row.people}</td>
            <td class="units__act">
                <Button
                    weight=Weight::Quiet
                    on_press=move |()| asked.set(Some(Asked::Change(id)))
                    attr:aria-label=format!("改{}", row.name)
                >
                    "改"
                </Button>
            </td>
        </tr>
    }
    .into_any()
}
