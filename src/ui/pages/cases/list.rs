//! The list of cases. Only the rows near the window are in the page, so that
//! a county's list scrolls like a village's.

use leptos::prelude::*;

use crate::domain::case::step::Step;
use crate::report::case_list::{CaseList, CaseRow};
use crate::ui::components::sheet::Empty;
use crate::ui::components::table::{Table, Words};
use crate::ui::components::tag::Steps;
use crate::ui::pages::marks;
use crate::ui::route::{CasesView, Route};

/// Rows shown at first, and how many more each time.
const PORTION: usize = 100;

/// The table of cases.
#[component]
pub fn List(list: Memo<CaseList>, shown: Memo<CasesView>) -> impl IntoView {
    let limit = RwSignal::new(PORTION);
    let rows = move || list.with(|list| list.rows.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let more = move || list.with(|list| list.rows.len()).saturating_sub(limit.get());
    let key = |row: &CaseRow| (row.id, row.step, row.round, row.deadline.word.clone(), row.handling);
    view! {
        <section class="sheet cases__list">
            <Show
                when=move || !list.with(|list| list.rows.is_empty())
                fallback=|| view! { <Empty sentence="这里没有事项。有群众反映问题时,点右上角「登记事项」。">""</Empty> }
            >
                <div class="scroll" tabindex="0" role="region" aria-label="事项清单">
                    <Table
                        caption="事项清单"
                        columns=&[Words("编号"), Words("事项"), Words("网格"), Words("四办"), Words("七步"), Words("时限")]
                    >
                        <For each=rows key=key let:row>
                            <Row row shown />
                        </For>
                    </Table>
                    <Show when=move || { more() > 0 }>
                        <button
                            type="button"
                            class="button cases__more"
                            on:click=move |_| limit.update(|limit| *limit += PORTION)
                        >
                            {move || format!("再显示 {} 件(还有 {} 件)", PORTION.min(more()), more())}
                        </button>
                    </Show>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Row(row: CaseRow, shown: Memo<CasesView>) -> impl IntoView {
    let raw = row.id.raw();
    let href = move || Route::Cases(CasesView { case: Some(raw), ..shown.get() }).href();
    let current = move || shown.get().case == Some(raw);
    view! {
        <tr class:table__row--current=current>
            <td>{row.number}</td>
            <td>
                <a class="cases__link" href=href>
                    {row.title}
                </a>
                " "
                {row.risk.map(marks::risk)}
            </td>
            <td class="cases__short">{row.grid}</td>
            <td class="cases__short">{row.handling}</td>
            <td>
                <Steps reached=row.step + 1 of=Step::ALL.len() word=row.step_word />
            </td>
            <td>{marks::mark(row.deadline)}</td>
        </tr>
    }
}
