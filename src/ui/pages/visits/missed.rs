//! The households that nobody visited in the month: where to go next.

use leptos::prelude::*;

use crate::domain::calendar::Month;
use crate::domain::id::GridId;
use crate::report::coverage::{MissedHome, missed_homes};
use crate::report::tag::counted;
use crate::ui::components::sheet::Empty;
use crate::ui::components::table::{Table, Words};
use crate::ui::context::use_app;
use crate::ui::route::{PeopleView, Route, VisitsView};

/// The table of these, in place of the visits.
#[component]
pub(super) fn Missed(month: Memo<Month>, shown: Memo<VisitsView>) -> impl IntoView {
    let app = use_app();
    let list = app.report(move |village| {
        missed_homes(village, month.get(), shown.with(|view| view.grid.map(GridId::from_raw)), app.today())
    });
    let sum = move || format!("{}没有走到的 {} 户", month.get().words(), counted(list.with(Vec::len)));
    let rows = move || list.get().into_iter().map(row).collect_view();
    let back = move || Route::Visits(VisitsView { missed: false, ..shown.get() }).href();
    let fallback = || {
        view! { <Empty sentence="这个月户户都走到了。">""</Empty> }
    };
    view! {
        <section class="sheet visits__list">
            <p class="visits__sum" role="status">
                {sum} " · " <a class="visits__link" href=back>"看走访记录"</a>
            </p>
            <Show when=move || !list.with(Vec::is_empty) fallback=fallback>
                <div class="scroll visits__scroll" tabindex="0" role="region" aria-label="没走到的户">
                    <Table caption="没走到的户" columns=&[Words("户号"), Words("户主"), Words("联系党员"), Words("上次走访")]>
                        {rows}
                    </Table>
                </div>
            </Show>
        </section>
    }
}

fn row(home: MissedHome) -> AnyView {
    let view = PeopleView { household: Some(home.household.raw()), ..PeopleView::default() };
    let or = |text: String, none: &'static str| {
        let class = if text.is_empty() { "table__quiet" } else { "" };
        view! { <td class=class>{if text.is_empty() { none.to_owned() } else { text }}</td> }
    };
    view! {
        <tr>
            <td class="visits__short">
                <a class="visits__link" href=Route::People(view).href()>
                    {home.number}
                </a>
            </td>
            <td>{home.head}</td>
            {or(home.member, "没有")}
            {or(home.last_visit, "还没走访过")}
        </tr>
    }
    .into_any()
}
