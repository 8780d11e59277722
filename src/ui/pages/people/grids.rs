//! 网格一览: one row per grid, and the total.

use leptos::prelude::*;

use crate::domain::id::GridId;
use crate::report::people_list::{GridList, GridRow};
use crate::report::tag::counted;
use crate::ui::route::{CasesView, PeoplePart, PeopleView, Route};

/// The table of grids. Figures lead to their lists. `current` is the grid that
/// is open beside it, by its raw id.
#[component]
pub fn GridTable(
    grids: Memo<GridList>,
    #[prop(default = Signal::stored(None), into)] current: Signal<Option<u64>>,
) -> impl IntoView {
    let rows = move || grids.get().rows.into_iter().map(|one| row(one, current)).collect_view();
    let total = move || {
        let total = grids.get().total;
        view! {
            <tr>
                <th scope="row">{total.name}</th>
                <td class="table__number">{total.units}</td>
                <td class="table__number">{counted(total.households)}</td>
                <td class="table__number">{counted(total.people)}</td>
                <td class="table__number">{counted(total.members)}</td>
                <td class="table__number">{total.open_cases}</td>
            </tr>
        }
    };
    view! {
        <table class="table">
            <caption class="table__caption">"网格一览"</caption>
            <thead>
                <tr>
                    <th scope="col">"网格"</th>
                    <th scope="col" class="table__number">
                        "十户单元"
                    </th>
                    <th scope="col" class="table__number">
                        "户数"
                    </th>
                    <th scope="col" class="table__number">
                        "人数"
                    </th>
                    <th scope="col" class="table__number">
                        "党员数"
                    </th>
                    <th scope="col" class="table__number">
                        "未办结"
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot class="people__total">{total}</tfoot>
        </table>
    }
}

fn row(row: GridRow, current: Signal<Option<u64>>) -> impl IntoView {
    let grid = row.id.map(GridId::raw);
    let raw = grid.unwrap_or(0);
    let households = Route::People(PeopleView { grid, ..PeopleView::default() }).href();
    let units = Route::People(PeopleView { part: PeoplePart::Grids, grid: Some(raw), ..PeopleView::default() }).href();
    let cases = Route::Cases(CasesView { grid, ..CasesView::default() }).href();
    // 未分网格 has no list of its own.
    let linked = |href: String, figure: usize| match grid {
        Some(_) => view! { <a class="people__link" href=href>{figure}</a> }.into_any(),
        None => figure.into_any(),
    };
    view! {
        <tr class:table__row--current=move || current.get() == Some(raw)>
            <td>
                <a class="people__link" href=units>
                    {row.name}
                </a>
            </td>
            <td class="table__number">{row.units}</td>
            <td class="table__number">{linked(households, row.households)}</td>
            <td class="table__number">{counted(row.people)}</td>
            <td class="table__number">{row.members}</td>
            <td class="table__number">{linked(cases, row.open_cases)}</td>
        </tr>
    }
}
