//! The list of visits, the latest first. It grows in portions.

use leptos::prelude::*;

use crate::report::tag::counted;
use crate::report::visits::{VisitList, VisitRow};
use crate::ui::components::sheet::Empty;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::components::tag::Tag;
use crate::ui::route::{Route, VisitsView};

/// Rows shown at first, and how many more each time.
const PORTION: usize = 100;

/// The table of visits.
#[component]
pub(super) fn List(list: Memo<VisitList>, shown: Memo<VisitsView>) -> impl IntoView {
    let limit = RwSignal::new(PORTION);
    let rows = move || list.with(|list| list.rows.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let key = |row: &VisitRow| (row.id, row.is_struck, row.points.clone(), row.case.clone(), row.note.clone());
    let sum = move || list.with(|list| format!("走访 {} 次,走到 {} 户", counted(list.count), counted(list.households)));
    let more = move || list.with(|list| list.rows.len()).saturating_sub(limit.get());
    let fallback = || {
        view! { <Empty sentence="这里还没有走访。走访回来按「登记走访」,一次可以登记好几户。">""</Empty> }
    };
    view! {
        <section class="sheet visits__list">
            <Show when=move || !list.with(|list| list.rows.is_empty()) fallback=fallback>
                <p class="visits__sum" role="status">{sum}</p>
                <div class="scroll visits__scroll" tabindex="0" role="region" aria-label="走访清单">
                    <Table
                        caption="走访清单"
                        columns=&[
                            Words("日期"), Words("户"), Words("走访人"), Words("了解到的情况"),
                            Words("三件事"), Figures("积分"),
                        ]
                    >
                        <For each=rows key=key let:row>
                            {line(row, shown)}
                        </For>
                    </Table>
                    <Show when=move || { more() > 0 }>
                        <button
                            type="button"
                            class="button visits__more"
                            on:click=move |_| limit.update(|limit| *limit += PORTION)
                        >
                            {move || format!("再显示 {} 次(还有 {} 次)", PORTION.min(more()), more())}
                        </button>
                    </Show>
                </div>
            </Show>
        </section>
    }
}

fn line(row: VisitRow, shown: Memo<VisitsView>) -> AnyView {
    let raw = row.id.raw();
    let href = move || Route::Visits(VisitsView { visit: Some(raw), member: None, ..shown.get() }).href();
    let current = move || shown.with(|view| view.visit == Some(raw));
    let struck = row.is_struck.then(|| view! { <Tag word="已作废" /> " " });
    let unsaid = row.note.is_empty().then(|| view! { <span class="table__quiet">"没有写情况"</span> });
    let case = row.case.map(|number| view! { " " <Tag word=format!("{number} 号事项") /> });
    view! {
        <tr class:table__row--current=current>
            <td class="visits__short">{row.day}</td>
            <td class="visits__short">
                <a class="visits__link" href=href>
                    {format!("{} {}", row.number, row.head)}
                </a>
            </td>
            <td class="visits__short">
                {row.visitor} " " <span class="visits__capacity">{row.capacity}</span>
            </td>
            <td>{struck} {row.note} {unsaid} {case}</td>
            <td class="visits__short">{row.errand}</td>
            <td class="table__number plus">{row.points}</td>
        </tr>
    }
    .into_any()
}
