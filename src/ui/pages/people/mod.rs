//! 村情: households with their people, party members, and grids.

mod change_person;
mod erase_person;
pub mod grids;
mod household;
mod households;
mod members;
mod person;
mod place;
mod unit_dialog;
mod units;
mod visits;

use leptos::prelude::*;

use self::household::HouseholdPanel;
use self::households::Households;
use self::members::Members;
use self::units::GridsPart;
use crate::domain::id::{GridId, HouseholdId, UnitId};
use crate::report::people_list::household_list;
use crate::report::units::{InUnit, Within, unit_choices};
use crate::ui::components::button::{Choice, Choices, LinkButton, Weight};
use crate::ui::context::use_app;
use crate::ui::route::{self, PeoplePart, PeopleView, Route, VisitsView};

/// The view that the address asks for.
fn view_of(route: &Route) -> PeopleView {
    match route {
        Route::People(view) => view.clone(),
        _ => PeopleView::default(),
    }
}

/// Which households the address asks for.
fn within(view: &PeopleView) -> Within {
    let unit = view.unit.map(|raw| if raw == 0 { InUnit::None } else { InUnit::One(UnitId::from_raw(raw)) });
    Within { grid: view.grid.map(GridId::from_raw), unit }
}

/// 村情
#[component]
pub fn PeoplePage() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| view_of(&app.route.get()));
    let part = Memo::new(move |_| shown.with(|view| view.part));
    view! {
        <Toolbar shown />
        {move || match part.get() {
            PeoplePart::Households => view! { <HouseholdsPart shown /> }.into_any(),
            PeoplePart::Members => view! { <Members shown /> }.into_any(),
            PeoplePart::Grids => view! { <GridsPart shown /> }.into_any(),
        }}
    }
}

/// The list of households, and one of them beside it.
#[component]
fn HouseholdsPart(shown: Memo<PeopleView>) -> impl IntoView {
    let app = use_app();
    let asked = Memo::new(move |_| shown.with(within));
    let list = app.report(move |village| household_list(village, asked.get(), ""));
    let selected = Memo::new(move |_| shown.with(|view| view.household.map(HouseholdId::from_raw)));
    view! {
        <div class="split">
            <Households list shown />
            {move || match selected.get() {
                Some(id) => view! { <HouseholdPanel id /> }.into_any(),
                None => {
                    view! {
                        <section class="sheet">
                            <p class="people__pick">"点左边的一户,这里显示这户的人。"</p>
                        </section>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// The parts of 村情, of which 走访 is a page of its own.
pub fn part_choices(part: impl Into<Option<PeoplePart>>, grid: Option<u64>) -> Vec<Choice> {
    let part = part.into();
    let choice = |(label, of): (&str, PeoplePart)| Choice {
        label: label.to_owned(),
        href: Route::People(PeopleView { part: of, grid, ..PeopleView::default() }).href(),
        current: part == Some(of),
    };
    let parts = [("户", PeoplePart::Households), ("党员", PeoplePart::Members), ("网格", PeoplePart::Grids)];
    let visits = Choice {
        label: "走访".to_owned(),
        href: Route::Visits(VisitsView { grid, ..VisitsView::default() }).href(),
        current: part.is_none(),
    };
    parts.into_iter().map(choice).chain([visits]).collect()
}

#[component]
fn Toolbar(shown: Memo<PeopleView>) -> impl IntoView {
    let choices = move || shown.with(|view| part_choices(view.part, view.grid));
    view! {
        <div class="toolbar">
            <Choices label="村情的内容" choices=Signal::derive(choices) />
            <Show when=move || shown.with(|view| view.part != PeoplePart::Grids)>
                <GridFilter shown />
                <UnitFilter shown />
            </Show>
            <div class="toolbar__end">
                <LinkButton weight=Weight::Primary href=Signal::stored(Route::Import.href())>
                    "导入花名册"
                </LinkButton>
            </div>
        </div>
    }
}

#[component]
fn GridFilter(shown: Memo<PeopleView>) -> impl IntoView {
    let app = use_app();
    let grids = app.report(|village| {
        village.people.grids.iter().map(|grid| (grid.id.raw(), grid.name.clone())).collect::<Vec<_>>()
    });
    let option = move |(raw, name): (u64, String)| {
        let chosen = move || shown.with(|view| view.grid == Some(raw));
        view! { <option value=raw.to_string() prop:selected=chosen>{name}</option> }
    };
    let pick = move |event| {
        let grid = event_target_value(&event).parse().ok();
        route::go(&Route::People(PeopleView { grid, unit: None, ..shown.get_untracked() }));
    };
    view! {
        <select class="input people__filter" aria-label="网格" on:change=pick>
            <option value="">"全部网格"</option>
            {move || grids.get().into_iter().map(option).collect_view()}
        </select>
    }
}

/// Units of the grid that is chosen, or all; nothing while the village has none.
#[component]
fn UnitFilter(shown: Memo<PeopleView>) -> impl IntoView {
    let app = use_app();
    let grid = Memo::new(move |_| shown.with(|view| view.grid.map(GridId::from_raw)));
    let units = app.report(move |village| unit_choices(village, grid.get()));
    let pick = move |event| {
        let unit = event_target_value(&event).parse().ok();
        route::go(&Route::People(PeopleView { unit, ..shown.get_untracked() }));
    };
    let option = move |raw: u64, name: String| {
        let chosen = move || shown.with(|view| view.unit == Some(raw));
        view! { <option value=raw.to_string() prop:selected=chosen>{name}</option> }
    };
    let options = move || units.get().into_iter().map(|(id, name)| option(id.raw(), name)).collect_view();
    view! {
        <Show when=move || !units.with(Vec::is_empty)>
            <select class="input people__filter" aria-label="十户单元" on:change=pick>
                <option value="" prop:selected=move || shown.with(|view| view.unit.is_none())>
                    "全部单元"
                </option>
                {option(0, "未编单元".to_owned())}
                {options}
            </select>
        </Show>
    }
}
