//! 排行: the accounts of a ledger, best first; each opens its passbook.

use leptos::prelude::*;

use super::ledger_of;
use super::rank_line::rank_line;
use crate::domain::calendar::Quarter;
use crate::domain::count::counted;
use crate::domain::id::{GridId, UnitId};
use crate::domain::points::rule::Ledger;
use crate::report::group_ranking::GroupBy;
use crate::report::ranking::{Ranking, ranking};
use crate::report::units::{InUnit, Within};
use crate::ui::browser;
use crate::ui::components::button::Button;
use crate::ui::components::live::{flag, live, shown};
use crate::ui::context::use_app;
use crate::ui::parts::{Part, Scene};
use crate::ui::route::{self, PointsView, Route};

/// Rows shown at first, and how many more each time: a village whole, a
/// county in portions.
const PORTION: usize = 500;

/// The ranking with its filter.
#[component]
pub(super) fn RankingPart(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PORTION);
    let ranking = Memo::new(move |_| {
        let (ledger, within, quarter) = view.with(|view| (ledger_of(view), within(view), view.quarter()));
        let quarter = quarter.unwrap_or(Quarter::of(app.today()));
        app.read(|village| ranking(village, ledger, quarter, within, limit.get()))
    });
    let is_empty = flag(move || ranking.with(|ranking| ranking.rows.is_empty()));
    // Groups are made of villagers.
    let by = Memo::new(move |_| view.with(|view| view.by.filter(|_| !view.members)));
    let more = move || ranking.with(|ranking| ranking.count.saturating_sub(ranking.rows.len()));
    let count = move || {
        let words = move || ranking.with(|ranking| remark(view, ranking));
        by.get().is_none().then(|| view! { <p class="ranking__count">{shown(words)}</p> })
    };
    let portion = move || {
        let press = move |()| limit.update(|limit| *limit += PORTION);
        let label = format!("再显示一些(还有 {} 个)", more());
        (more() > 0).then(|| view! { <p class="ranking__more"><Button on_press=press>{label}</Button></p> })
    };
    let table = move || {
        view! {
            <div class="points__scroll" tabindex="0" role="region" aria-label="排行表">
                <RankTable view ranking />
                {shown(portion)}
            </div>
        }
    };
    view! {
        <section class="sheet" aria-label="排行">
            <div class="ranking__head">
                {shown(move || (by.get() != Some(GroupBy::Grid)).then(|| view! { <GridFilter view /> }))}
                // What most villages never touch comes when there is time.
                {shown(move || app.is_complete().then(|| view! { <Part scene=Scene::RankingTools(view) /> }))}
                {shown(count)}
            </div>
            {shown(move || match by.get() {
                Some(by) => view! { <Part scene=Scene::Groups(view, by) /> }.into_any(),
                None if is_empty.get() => view! { <Part scene=Scene::Nobody(view) /> }.into_any(),
                None => table().into_any(),
            })}
        </section>
    }
}

/// Which accounts the address asks for.
fn within(view: &PointsView) -> Within {
    let unit = view.unit.map(|raw| InUnit::One(UnitId::from_raw(raw)));
    Within { grid: view.grid.map(GridId::from_raw), unit }
}

fn remark(view: Memo<PointsView>, ranking: &Ranking) -> String {
    let ledger = view.with(ledger_of);
    let by = match ledger {
        Ledger::Villager => "按得分排列",
        Ledger::Member => "按类型分列,位次在全村同类党员内",
    };
    format!("共 {} {} · {by}", counted(ranking.count), ranking.counter)
}

#[component]
fn GridFilter(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let grids = app.report(|village| {
        village.people.grids.iter().map(|grid| (grid.id.raw(), grid.name.clone())).collect::<Vec<_>>()
    });
    let pick = move |event| {
        let grid = event_target_value(&event).parse().ok();
        route::go(&Route::Points(PointsView { grid, unit: None, ..view.get_untracked() }));
    };
    let chosen = move || view.with(|view| view.grid);
    let option = move |(raw, name): (u64, String)| {
        view! { <option value=raw.to_string() selected=live(move || chosen() == Some(raw))>{name}</option> }
    };
    view! {
        <label class="ranking__filter">
            "网格"
            <select class="input" on:change=pick>
                <option value="" selected=live(move || chosen().is_none())>"全村"</option>
                {shown(move || grids.get().into_iter().map(option).collect_view())}
            </select>
        </label>
    }
}

#[component]
fn RankTable(view: Memo<PointsView>, ranking: Memo<Ranking>) -> impl IntoView {
    let is_member = move || view.with(|view| view.members);
    let app = use_app();
    let has_units = flag(move || app.read(|village| !village.people.units.is_empty()));
    let name_word = move || ranking.with(|ranking| ranking.name_word);
    let lines = move || {
        let grid = view.with(|view| view.grid);
        ranking.with(|ranking| ranking.rows.iter().map(|row| rank_line(grid, row)).collect_view())
    };
    view! {
        <table class="table">
            <caption class="table__caption">"积分排行,点姓名看存折"</caption>
            <thead>
                <tr>
                    <th scope="col" class="table__number ranking__place">"位次"</th>
                    <th scope="col">{shown(move || if is_member() { "类型" } else { "户号" })}</th>
                    <th scope="col">{shown(name_word)}</th>
                    <th scope="col">{shown(move || if has_units.get() { "网格 · 单元" } else { "网格" })}</th>
                    <th scope="col" class="table__number">"加分"</th>
                    <th scope="col" class="table__number">"扣分"</th>
                    <th scope="col" class="table__number">"得分"</th>
                    <th scope="col" class="table__number">"兑换"</th>
                    // It is today's, also beside a quarter that is past.
                    <th scope="col" class="table__number">"现在结余"</th>
                </tr>
            </thead>
            <tbody on:click=move |event| browser::follow_row(&event)>
                {shown(lines)}
            </tbody>
        </table>
    }
}
