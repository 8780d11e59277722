//! The list of households. It grows in portions, so that a large village
//! opens as quickly as a small one.

use leptos::prelude::*;

use super::place::{PlaceBar, Ticks};
use crate::report::people_list::{HouseholdList, HouseholdRow};
use crate::report::tag::{counted, thousands};
use crate::ui::browser;
use crate::ui::components::sheet::Empty;
use crate::ui::context::use_app;
use crate::ui::route::{PeopleView, Route};

/// Rows shown at first, and how many more each time.
const PORTION: usize = 200;

/// The table of households.
#[component]
pub fn Households(list: Memo<HouseholdList>, shown: Memo<PeopleView>) -> impl IntoView {
    let limit = RwSignal::new(PORTION);
    let ticks = Ticks::none(list);
    let has_units = use_app().report(|village| !village.people.units.is_empty());
    let rows = move || list.with(|list| list.rows.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let key = |row: &HouseholdRow| (row.id, row.people, row.members, row.balance, row.head.clone(), row.unit.clone());
    // Who comes from the search box sees the household in its place.
    Effect::new(move |_| {
        let Some(asked) = shown.with(|view| view.household) else { return };
        let Some(place) = list.with(|list| list.rows.iter().position(|row| row.id.raw() == asked)) else { return };
        limit.update(|limit| *limit = (*limit).max(place + 1));
        request_animation_frame(|| browser::show_row("people__list"));
    });
    view! {
        <section class="sheet people__list">
            <Show
                when=move || !list.with(|list| list.rows.is_empty())
                fallback=|| {
                    view! { <Empty sentence="这里还没有户。有花名册(Excel 或 WPS 表格)就点右上角「导入花名册」。">""</Empty> }
                }
            >
                <PlaceBar shown ticks />
                <div class="scroll" tabindex="0" role="region" aria-label="户的清单">
                    <table class="table">
                        <caption class="table__caption">"户的清单"</caption>
                        <Heads ticks has_units />
                        <tbody>
                            <For each=rows key=key let:row>
                                <Row row shown ticks has_units />
                            </For>
                        </tbody>
                        <Total list ticks has_units />
                    </table>
                    <More list limit />
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Heads(ticks: Ticks, has_units: Memo<bool>) -> impl IntoView {
    view! {
        <thead>
            <tr>
                <Show when=move || ticks.on.get()>
                    <th scope="col" class="place__tick">
                        <span class="table__caption">"勾选"</span>
                    </th>
                </Show>
                <th scope="col">"户号"</th>
                <th scope="col">"户主"</th>
                <th scope="col">"网格"</th>
                <Show when=move || has_units.get()>
                    <th scope="col">"单元"</th>
                </Show>
                <th scope="col">"组"</th>
                <th scope="col" class="table__number">
                    "人数"
                </th>
                <th scope="col" class="table__number">
                    "党员"
                </th>
                <th scope="col" class="table__number">
                    "结余"
                </th>
            </tr>
        </thead>
    }
}

#[component]
fn Row(row: HouseholdRow, shown: Memo<PeopleView>, ticks: Ticks, has_units: Memo<bool>) -> impl IntoView {
    let raw = row.id.raw();
    let href = move || Route::People(PeopleView { household: Some(raw), ..shown.get() }).href();
    let current = move || shown.with(|view| view.household == Some(raw));
    let (id, unit) = (row.id, row.unit);
    let label = format!("勾选 {}", row.number);
    let tick = move || {
        let press = move |event| ticks.press(id, &event);
        view! {
            <td class="place__tick">
                <input
                    type="checkbox"
                    class="tick__box"
                    aria-label=label.clone()
                    prop:checked=move || ticks.has(id)
                    on:click=press
                />
            </td>
        }
    };
    view! {
        <tr class:table__row--current=current>
            {move || ticks.on.get().then(&tick)}
            <td>
                <a class="people__link" href=href>
                    {row.number}
                </a>
            </td>
            <td>{row.head}</td>
            <td>{row.grid}</td>
            {move || has_units.get().then(|| view! { <td>{unit.clone()}</td> })}
            <td>{row.group}</td>
            <td class="table__number">{row.people}</td>
            <td class="table__number">{(row.members > 0).then_some(row.members)}</td>
            <td class="table__number table__strong">{thousands(row.balance)}</td>
        </tr>
    }
}

/// The sums of everything in the list, shown or not.
#[component]
fn Total(list: Memo<HouseholdList>, ticks: Ticks, has_units: Memo<bool>) -> impl IntoView {
    let columns = move || 4 + usize::from(ticks.on.get()) + usize::from(has_units.get());
    let households = move || list.with(|list| format!("合计 {} 户", counted(list.rows.len())));
    view! {
        <tfoot class="people__total">
            <tr>
                <th scope="row" colspan=columns>
                    {households}
                </th>
                <td class="table__number">{move || list.with(|list| counted(list.people))}</td>
                <td class="table__number">{move || list.with(|list| counted(list.members))}</td>
                <td class="table__number">{move || list.with(|list| thousands(list.balance))}</td>
            </tr>
        </tfoot>
    }
}

#[component]
fn More(list: Memo<HouseholdList>, limit: RwSignal<usize>) -> impl IntoView {
    let more = move || list.with(|list| list.rows.len()).saturating_sub(limit.get());
    view! {
        <Show when=move || { more() > 0 }>
            <button
                type="button"
                class="button people__more"
                on:click=move |_| limit.update(|limit| *limit += PORTION)
            >
                {move || format!("再显示 {} 户(还有 {} 户)", PORTION.min(more()), more())}
            </button>
        </Show>
    }
}
