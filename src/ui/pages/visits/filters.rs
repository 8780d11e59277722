//! What of the visits is asked for: month, grid and kind as choices, visitor
//! and household as what can be taken off again. All of it is in the address.

use leptos::prelude::*;

use crate::domain::calendar::Month;
use crate::domain::case::record::Errand;
use crate::domain::id::{HouseholdId, PersonId, StaffId};
use crate::domain::visits::Visitor;
use crate::ui::context::use_app;
use crate::ui::route::{self, Route, VisitsView};

/// Months that are offered, this one included.
const MONTHS: i32 = 12;
/// What stands for all months.
const ALL: &str = "all";

/// The filters of the toolbar.
#[component]
pub(super) fn Filters(shown: Memo<VisitsView>) -> impl IntoView {
    let app = use_app();
    let this = Month::of(app.today());
    let months = move || {
        let chosen = shown.with(|view| if view.all { None } else { Some(view.month.unwrap_or(this)) });
        let mut months: Vec<Month> = (0..MONTHS).map(|back| this.back(back)).collect();
        months.extend(chosen.filter(|month| !months.contains(month)));
        let months = months.into_iter().map(|month| (month_value(month), month.words(), chosen == Some(month)));
        months.chain([(ALL.to_owned(), "所有月份".to_owned(), chosen.is_none())]).collect()
    };
    let pick_month = move |value: String| {
        let month = match Route::parse(&format!("visits?month={value}")) {
            Route::Visits(view) => view.month.filter(|month| *month != this),
            _ => None,
        };
        route::go(&Route::Visits(VisitsView { all: value == ALL, month, ..fresh(shown) }));
    };
    let grids = move || {
        let current = shown.with(|view| view.grid);
        let grids = app.read(|village| {
            let grids = village.people.grids.iter().map(|grid| (grid.id.raw(), grid.name.clone()));
            grids.collect::<Vec<_>>()
        });
        let grids = grids.into_iter().map(|(raw, name)| (raw.to_string(), name, current == Some(raw)));
        std::iter::once((String::new(), "全部网格".to_owned(), current.is_none())).chain(grids).collect()
    };
    let pick_grid = move |value: String| {
        route::go(&Route::Visits(VisitsView { grid: value.parse().ok(), ..fresh(shown) }));
    };
    let errands = move || {
        let current = shown.with(|view| view.errand);
        let kinds = Errand::ALL.iter().enumerate();
        let kinds = kinds.map(|(place, kind)| (place.to_string(), kind.word().to_owned(), current == Some(place)));
        std::iter::once((String::new(), "全部三件事".to_owned(), current.is_none())).chain(kinds).collect()
    };
    let pick_errand = move |value: String| {
        route::go(&Route::Visits(VisitsView { errand: value.parse().ok(), ..fresh(shown) }));
    };
    view! {
        {filter("月份", Signal::derive(months), Callback::new(pick_month))}
        {filter("网格", Signal::derive(grids), Callback::new(pick_grid))}
        {filter("三件事", Signal::derive(errands), Callback::new(pick_errand))}
        {move || chosen(shown)}
    }
}

/// The view without what is open beside the list.
fn fresh(shown: Memo<VisitsView>) -> VisitsView {
    VisitsView { visit: None, ..shown.get_untracked() }
}

fn month_value(month: Month) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

/// Values, words, and whether they are chosen.
type Options = Vec<(String, String, bool)>;

fn filter(label: &'static str, options: Signal<Options>, on_pick: Callback<String>) -> AnyView {
    let option = |(value, word, chosen): (String, String, bool)| {
        view! { <option value=value selected=chosen>{word}</option> }
    };
    view! {
        <select
            class="input visits__filter"
            aria-label=label
            on:change=move |event| on_pick.run(event_target_value(&event))
        >
            {move || options.get().into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// The visitor and the household that are asked for, each to be taken off again.
fn chosen(shown: Memo<VisitsView>) -> AnyView {
    let app = use_app();
    let view = shown.get();
    let person = view.person.map(|raw| Visitor::Person(PersonId::from_raw(raw)));
    let visitor = person.or_else(|| view.staff.map(|raw| Visitor::Staff(StaffId::from_raw(raw))));
    let visitor = visitor.map(|visitor| {
        let words = format!("走访人:{}", app.read(|village| village.visitor_name(visitor).to_owned()));
        (words, VisitsView { person: None, staff: None, visit: None, ..view.clone() })
    });
    let household = view.household.map(|raw| {
        let id = HouseholdId::from_raw(raw);
        let number = app
            .read(|village| village.people.households.get(id).map_or_else(String::new, |home| home.number.to_string()));
        (format!("户号:{number}"), VisitsView { household: None, visit: None, ..view.clone() })
    });
    let missed = view.missed.then(|| ("没走到的户".to_owned(), VisitsView { missed: false, ..view.clone() }));
    let off = |(words, without): (String, VisitsView)| {
        let label = format!("{words},点一下去掉");
        view! {
            <a class="button visits__off" href=Route::Visits(without).href() aria-label=label>
                {words}
                " ×"
            </a>
        }
    };
    [visitor, household, missed].into_iter().flatten().map(off).collect_view().into_any()
}
