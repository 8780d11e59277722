//! What a start does without in the ranking: which quarter, which unit; and 按十户单元、
//! 按网格排: points per household or villager, with how many there are.

use leptos::prelude::*;

use crate::domain::calendar::Quarter;
use crate::domain::id::{GridId, UnitId};
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::rule::signed;
use crate::report::group_ranking::{Group, GroupBy, GroupRow, N_MIN, group_ranking};
use crate::report::passbook_filter::{LineFilter, Period};
use crate::report::ranking::quarters;
use crate::report::units::unit_choices;
use crate::ui::browser;
use crate::ui::components::button::{Choice, Choices, LinkButton};
use crate::ui::components::sheet::Empty;
use crate::ui::context::{App, use_app};
use crate::ui::route::{self, PeoplePart, PeopleView, PointsView, Route};

/// What is ranked: accounts, units, or grids.
#[component]
fn ByChoices(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let choices = move || {
        let now = view.get();
        let choice = |label: &str, by: Option<GroupBy>| Choice {
            label: label.to_owned(),
            href: Route::Points(PointsView { by, unit: None, ..now.clone() }).href(),
            current: now.by == by,
        };
        let each = match app.read(|village| village.villager_accounts.now()) {
            VillagerAccount::Household => "各户",
            VillagerAccount::Person => "各人",
        };
        vec![choice(each, None), choice("十户单元", Some(GroupBy::Unit)), choice("网格", Some(GroupBy::Grid))]
    };
    view! { <Choices label="按什么排" choices=Signal::derive(choices) /> }
}

/// Which quarter, what is ranked, and of which unit.
#[component]
pub fn RankingTools(view: Memo<PointsView>) -> impl IntoView {
    view! {
        <QuarterFilter view />
        {move || view.with(|view| !view.members).then(|| view! { <ByChoices view /> })}
        {move || view.with(|view| view.members || view.by.is_none()).then(|| view! { <UnitFilter view /> })}
    }
}

/// The quarters in which something was recorded, the present one first.
#[component]
fn QuarterFilter(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let pick = move |event| {
        let period = Period::parse(&event_target_value(&event));
        let period = period.filter(|period| *period != Period::Quarter(Quarter::of(app.today())));
        let lines = LineFilter { period, ..LineFilter::default() };
        route::go(&Route::Points(PointsView { lines, ..view.get_untracked() }));
    };
    let options = move || {
        let chosen = shown_quarter(app, view);
        let one = |quarter: Quarter| {
            let key = Period::Quarter(quarter).key();
            view! { <option value=key selected=quarter == chosen>{quarter.words()}</option> }
        };
        app.read(|village| quarters(village, app.today(), chosen)).into_iter().map(one).collect_view()
    };
    view! {
        <label class="ranking__filter">
            "季度" <select class="input" on:change=pick>
                {options}
            </select>
        </label>
    }
}

fn shown_quarter(app: App, view: Memo<PointsView>) -> Quarter {
    view.with(PointsView::quarter).unwrap_or(Quarter::of(app.today()))
}

/// Units of the grid that is chosen, or all; nothing while the village has none.
#[component]
fn UnitFilter(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let grid = Memo::new(move |_| view.with(|view| view.grid.map(GridId::from_raw)));
    let units = app.report(move |village| unit_choices(village, grid.get()));
    let pick = move |event| {
        let unit = event_target_value(&event).parse().ok();
        route::go(&Route::Points(PointsView { unit, ..view.get_untracked() }));
    };
    let chosen = move || view.with(|view| view.unit);
    let option = move |(id, name): (UnitId, String)| {
        view! { <option value=id.raw().to_string() selected=move || chosen() == Some(id.raw())>{name}</option> }
    };
    view! {
        <label class="ranking__filter" hidden=move || units.with(Vec::is_empty)>
            "单元"
            <select class="input" on:change=pick>
                <option value="" selected=move || chosen().is_none()>"全部"</option>
                {move || units.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// The groups, the best first.
#[component]
pub fn Groups(view: Memo<PointsView>, by: GroupBy) -> impl IntoView {
    let app = use_app();
    let grid = Memo::new(move |_| view.with(|view| view.grid.map(GridId::from_raw)));
    let rows = app.report(move |village| group_ranking(village, by, shown_quarter(app, view), grid.get()));
    move || rows.with(|rows| if rows.is_empty() { nothing() } else { table(app, view, by, rows) })
}

fn nothing() -> AnyView {
    let grids = Route::People(PeopleView { part: PeoplePart::Grids, ..PeopleView::default() }).href();
    view! {
        <Empty sentence="这里还没有编了户的十户单元。到「村情 · 网格」里编好,这里就按单元排。">
            <LinkButton href=Signal::stored(grids)>"去编十户单元"</LinkButton>
        </Empty>
    }
    .into_any()
}

fn table(app: App, view: Memo<PointsView>, by: GroupBy, rows: &[GroupRow]) -> AnyView {
    let (shown, lines) = (shown_quarter(app, view), view.with(|view| view.lines.clone()));
    let (quarter, of) = (shown.words(), app.read(|village| village.villager_accounts.on(shown.last_day()).counter()));
    let is_unit = by == GroupBy::Unit;
    let what = if is_unit { "单元" } else { "网格" };
    let of_unit = is_unit.then(|| view! { <th scope="col">"网格"</th><th scope="col">"十户长"</th> });
    let some_small = rows.iter().any(|row| row.is_small);
    let small = some_small.then(|| format!("灰色的{what}不到 {N_MIN} {of},{of}均得分只作参考。"));
    view! {
        <div class="points__scroll" tabindex="0" role="region" aria-label="排行表">
            <table class="table">
                <caption class="table__caption">{format!("{quarter}{what}{of}均得分排行")}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="table__number ranking__place">"位次"</th>
                        <th scope="col">{what}</th>
                        {of_unit}
                        <th scope="col" class="table__number">{format!("{of}数")}</th>
                        <th scope="col" class="table__number">{format!("得分的{of}")}</th>
                        <th scope="col" class="table__number">"得分"</th>
                        <th scope="col" class="table__number">{format!("{of}均得分")}</th>
                    </tr>
                </thead>
                <tbody on:click=move |event| browser::follow_row(&event)>
                    {rows.iter().map(|row| line(&lines, row)).collect_view()}
                </tbody>
            </table>
        </div>
        <p class="ranking__small">{small}</p>
    }
    .into_any()
}

fn line(lines: &LineFilter, row: &GroupRow) -> AnyView {
    let lines = lines.clone();
    let view = match row.group {
        Group::Grid(grid) => PointsView { grid: grid.map(GridId::raw), lines, ..PointsView::default() },
        Group::Unit(unit) => PointsView { unit: Some(unit.raw()), lines, ..PointsView::default() },
    };
    let class = if row.is_small { "ranking__row ranking__row--small" } else { "ranking__row" };
    let [grid, head] = row.detail.clone();
    let of_unit = matches!(row.group, Group::Unit(_)).then(|| view! { <td>{grid}</td><td>{head}</td> });
    view! {
        <tr class=class>
            <td class="table__number">{row.place}</td>
            <td>
                <a class="ranking__name" href=Route::Points(view).href()>{row.name.clone()}</a>
            </td>
            {of_unit}
            <td class="table__number">{row.n}</td>
            <td class="table__number">{row.active.clone()}</td>
            <td class="table__number">{signed(row.score)}</td>
            <td class="table__number table__strong">{row.mean.clone()}</td>
        </tr>
    }
    .into_any()
}
