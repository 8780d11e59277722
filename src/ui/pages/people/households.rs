//! The list of households. It grows in portions, so that a large village
//! opens as quickly as a small one.

use leptos::prelude::*;

use crate::report::people_list::{HouseholdList, HouseholdRow};
use crate::report::tag::thousands;
use crate::ui::components::sheet::Empty;
use crate::ui::route::{PeopleView, Route};

/// Rows shown at first, and how many more each time.
const PORTION: usize = 200;

/// The table of households.
#[component]
pub fn Households(list: Memo<HouseholdList>, shown: Memo<PeopleView>) -> impl IntoView {
    let limit = RwSignal::new(PORTION);
    let rows = move || list.with(|list| list.rows.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let key = |row: &HouseholdRow| (row.id, row.people, row.members, row.balance, row.head.clone());
    view! {
        <section class="sheet people__list">
            <Show
                when=move || !list.with(|list| list.rows.is_empty())
                fallback=|| {
                    view! { <Empty sentence="这里还没有户。有花名册(Excel 或 WPS 表格)就点右上角「导入花名册」。">""</Empty> }
                }
            >
                <div class="scroll" tabindex="0" role="region" aria-label="户的清单">
                    <table class="table">
                        <caption class="table__caption">"户的清单"</caption>
                        <Heads />
                        <tbody>
                            <For each=rows key=key let:row>
                                <Row row shown />
                            </For>
                        </tbody>
                        <Total list />
                    </table>
                    <More list limit />
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Heads() -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"户号"</th>
                <th scope="col">"户主"</th>
                <th scope="col">"网格"</th>
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
fn Row(row: HouseholdRow, shown: Memo<PeopleView>) -> impl IntoView {
    let raw = row.id.raw();
    let href = move || Route::People(PeopleView { household: Some(raw), ..shown.get() }).href();
    let current = move || shown.with(|view| view.household == Some(raw));
    view! {
        <tr class:table__row--current=current>
            <td>
                <a class="people__link" href=href>
                    {row.number}
                </a>
            </td>
            <td>{row.head}</td>
            <td>{row.grid}</td>
            <td>{row.group}</td>
            <td class="table__number">{row.people}</td>
            <td class="table__number">{(row.members > 0).then_some(row.members)}</td>
            <td class="table__number table__strong">{thousands(row.balance)}</td>
        </tr>
    }
}

/// The sums of everything in the list, shown or not.
#[component]
fn Total(list: Memo<HouseholdList>) -> impl IntoView {
    let households = move || list.with(|list| format!("合计 {} 户", list.rows.len()));
    view! {
        <tfoot class="people__total">
            <tr>
                <th scope="row" colspan="4">
                    {households}
                </th>
                <td class="table__number">{move || list.with(|list| list.people)}</td>
                <td class="table__number">{move || list.with(|list| list.members)}</td>
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
