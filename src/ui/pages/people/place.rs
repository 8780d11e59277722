//! 编入单元: many households of the list are ticked and placed in a unit at once.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::id::{GridId, HouseholdId, UnitId};
use crate::domain::units::UnitAct;
use crate::report::people_list::HouseholdList;
use crate::report::units::unit_choices;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::field::Problem;
use crate::ui::context::use_app;
use crate::ui::pages::send::send;
use crate::ui::route::{PeoplePart, PeopleView, Route};

/// What is ticked.
#[derive(Clone, Copy)]
pub(super) struct Ticks {
    /// Whether there is anything to tick.
    pub on: RwSignal<bool>,
    chosen: RwSignal<Vec<HouseholdId>>,
    last: StoredValue<Option<HouseholdId>>,
    list: Memo<HouseholdList>,
}

impl Ticks {
    /// Nothing, to begin with.
    pub(super) fn none(list: Memo<HouseholdList>) -> Self {
        Self { on: RwSignal::new(false), chosen: RwSignal::new(Vec::new()), last: StoredValue::new(None), list }
    }

    /// Whether the household is ticked.
    pub(super) fn has(self, household: HouseholdId) -> bool {
        self.chosen.with(|chosen| chosen.contains(&household))
    }

    /// Ticks one, or with Shift everything from the last one to this.
    pub(super) fn press(self, household: HouseholdId, event: &MouseEvent) {
        let is_on = !self.chosen.with_untracked(|chosen| chosen.contains(&household));
        let from = self.last.get_value().filter(|_| event.shift_key()).unwrap_or(household);
        let span = self.list.with_untracked(|list| {
            let place = |id| list.rows.iter().position(|row| row.id == id);
            let (one, other) = (place(from).unwrap_or(0), place(household).unwrap_or(0));
            list.rows[one.min(other)..=one.max(other)].iter().map(|row| row.id).collect::<Vec<_>>()
        });
        self.last.set_value(Some(household));
        self.chosen.update(|chosen| {
            chosen.retain(|id| !span.contains(id));
            if is_on {
                chosen.extend(span);
            }
        });
    }

    fn clear(self) {
        self.chosen.set(Vec::new());
        self.last.set_value(None);
    }

    /// Those that are ticked and in the list, in its order.
    fn households(self) -> Vec<HouseholdId> {
        let chosen = self.chosen.get();
        self.list.with(|list| list.rows.iter().map(|row| row.id).filter(|id| chosen.contains(id)).collect())
    }
}

/// The bar over the list: first only a button, then what to do with the ticked ones.
#[component]
pub(super) fn PlaceBar(shown: Memo<PeopleView>, ticks: Ticks) -> impl IntoView {
    let start = move |()| {
        ticks.clear();
        ticks.on.set(true);
    };
    view! {
        <Show
            when=move || ticks.on.get()
            fallback=move || {
                view! {
                    <p class="place">
                        <Button weight=Weight::Quiet on_press=start>"勾选几户,编入十户单元"</Button>
                    </p>
                }
            }
        >
            <Placing shown ticks />
        </Show>
    }
}

#[component]
fn Placing(shown: Memo<PeopleView>, ticks: Ticks) -> impl IntoView {
    let app = use_app();
    let grid = Memo::new(move |_| shown.with(|view| view.grid));
    let units = app.report(move |village| unit_choices(village, grid.get().map(GridId::from_raw)));
    let unit = RwSignal::new(None::<UnitId>);
    let problem = RwSignal::new(None::<String>);
    let households = Memo::new(move |_| ticks.households());
    let target = Memo::new(move |_| {
        let known = units.get();
        unit.get().filter(|unit| known.iter().any(|(id, _)| id == unit)).or(known.first().map(|(id, _)| *id))
    });
    let place = move |unit: Option<UnitId>| {
        let households = households.get_untracked();
        let names = units.get_untracked();
        let name = names.iter().find(|(id, _)| Some(*id) == unit).map(|(_, name)| name.as_str());
        let done = match name {
            Some(name) => format!("{} 户已编入{name}。", households.len()),
            None => format!("{} 户已移出单元。", households.len()),
        };
        problem.set(None);
        let on_done = Callback::new(move |()| ticks.clear());
        send(app, Command::Unit(UnitAct::Place { unit, households }), done, problem, on_done);
    };
    let option = move |(id, name): (UnitId, String)| {
        view! { <option value=id.raw().to_string() prop:selected=move || target.get() == Some(id)>{name}</option> }
    };
    let pick = move |event| unit.set(event_target_value(&event).parse().ok().map(UnitId::from_raw));
    let is_none = Signal::derive(move || households.with(Vec::is_empty));
    let close = move |()| ticks.on.set(false);
    let grids = PeopleView { part: PeoplePart::Grids, ..PeopleView::default() };
    let grids = Signal::stored(Route::People(grids).href());
    view! {
        <div class="place place--open" role="group" aria-label="编入十户单元">
            <b class="place__count">{move || format!("已勾选 {} 户", households.with(Vec::len))}</b>
            <Show
                when=move || !units.with(Vec::is_empty)
                fallback=move || view! { <LinkButton href=grids>"这里还没有单元,先去添加"</LinkButton> }
            >
                <select class="input place__unit" aria-label="编入哪个单元" on:change=pick>
                    {move || units.get().into_iter().map(option).collect_view()}
                </select>
                <Button weight=Weight::Primary disabled=is_none on_press=move |()| place(target.get_untracked())>
                    "编入"
                </Button>
                <Button disabled=is_none on_press=move |()| place(None)>
                    "移出单元"
                </Button>
            </Show>
            <Button weight=Weight::Quiet on_press=close>"不编了"</Button>
            <small class="place__hint">"按住 Shift 点,可以一次勾上中间的所有户。"</small>
        </div>
        <Problem sentence=problem />
    }
}
