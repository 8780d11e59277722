//! What a household's page says of visits: who answers for it, and the latest.

use leptos::prelude::*;

use crate::domain::id::HouseholdId;
use crate::report::visits::{VisitRow, household_visits};
use crate::ui::context::use_app;
use crate::ui::route::{Route, VisitsView};

/// Visits that are shown; the list has all of them.
const LATEST: usize = 3;

/// The latest visits to the household.
#[component]
pub fn LatestVisits(id: HouseholdId) -> impl IntoView {
    let app = use_app();
    let found = app.report(move |village| household_visits(village, id, app.today(), LATEST));
    let all = VisitsView { all: true, household: Some(id.raw()), ..VisitsView::default() };
    let all = Route::Visits(all).href();
    let row = |row: VisitRow| {
        let view = VisitsView { all: true, visit: Some(row.id.raw()), ..VisitsView::default() };
        let learnt = if row.note.is_empty() { "没有写情况".to_owned() } else { row.note };
        view! {
            <li>
                <a class="people__link" href=Route::Visits(view).href()>
                    {format!("{} {}", row.day, row.visitor)}
                </a>
                <span class="household__sub">{learnt}</span>
            </li>
        }
    };
    move || {
        let found = found.get();
        let member = found.member.map(|(person, words)| {
            let view = VisitsView { member: Some(person.raw()), ..VisitsView::default() };
            view! { <a class="people__link" href=Route::Visits(view).href()>{format!("联系党员 {words}")}</a> }
        });
        let member = member.map_or_else(|| "没有党员联系".into_any(), IntoAny::into_any);
        view! {
            <p>
                <a class="people__link" href=all.clone()>
                    {format!("今年走访 {} 次", found.this_year)}
                </a>
                " · "
                {member}
            </p>
            <ul class="household__visits">{found.rows.into_iter().map(row).collect_view()}</ul>
        }
    }
}
