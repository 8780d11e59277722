//! 走访覆盖 of the month: each fraction opens the list behind it.

use leptos::prelude::*;

use crate::domain::calendar::Month;
use crate::domain::count::counted;
use crate::domain::id::GridId;
use crate::domain::rate::Rate;
use crate::report::coverage::{Coverage, GridCover, MemberCover, coverage};
use crate::ui::components::button::LinkButton;
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::context::use_app;
use crate::ui::route::{PeoplePart, PeopleView, Route, VisitsView};

/// The coverage by grid and by linked member.
#[component]
pub(super) fn Cover(month: Memo<Month>, shown: Memo<VisitsView>) -> impl IntoView {
    let app = use_app();
    let found = app.report(move |village| coverage(village, month.get(), app.today()));
    let title = Signal::derive(move || format!("走访覆盖 {}", month.get().words()));
    view! {
        <div class="visits__side">
            <Sheet title remark="每户每月算一次">
                {move || grids(found.get(), shown)}
            </Sheet>
            <Sheet title="联系户" remark=Signal::derive(move || found.with(|found| fraction(found.linked)))>
                {move || members(found.with(|found| found.members.clone()), shown)}
            </Sheet>
        </div>
    }
}

/// `5 / 6 户`
fn fraction(rate: Rate) -> String {
    format!("{} 户", rate.fraction())
}

/// `43 户`
fn missed_count(rate: Rate) -> String {
    format!("{} 户", counted(rate.denominator().saturating_sub(rate.numerator())))
}

/// Leads to the households themselves, where there are any.
fn missed_link(view: &VisitsView, rate: Rate) -> AnyView {
    if rate.numerator() == rate.denominator() {
        return "没有".into_any();
    }
    let href = Route::Visits(VisitsView { missed: true, ..view.clone() }).href();
    view! { <a class="visits__link" href=href>{missed_count(rate)}</a> }.into_any()
}

fn grids(found: Coverage, shown: Memo<VisitsView>) -> AnyView {
    let whole = VisitsView { grid: None, visit: None, ..shown.get() };
    let row = move |row: GridCover| {
        let view = VisitsView { grid: row.grid.map(GridId::raw), visit: None, missed: false, ..shown.get() };
        // 未分网格 has no list of its own.
        let missed = match row.grid {
            Some(_) => missed_link(&view, row.rate),
            None => missed_count(row.rate).into_any(),
        };
        view! {
            <tr>
                <td>{row.name}</td>
                <td class="table__number">
                    <a class="visits__link" href=Route::Visits(view).href()>
                        {fraction(row.rate)}
                    </a>
                </td>
                <td class="table__number">{missed}</td>
                <td class="table__number table__strong">{row.rate.percent()}</td>
            </tr>
        }
    };
    view! {
        <table class="table">
            <caption class="table__caption">"各网格的走访覆盖率"</caption>
            <thead>
                <tr>
                    <th scope="col">"网格"</th>
                    <th scope="col" class="table__number">
                        "走到 / 应走"
                    </th>
                    <th scope="col" class="table__number">
                        "没走到"
                    </th>
                    <th scope="col" class="table__number">
                        "覆盖率"
                    </th>
                </tr>
            </thead>
            <tbody>{found.grids.into_iter().map(row).collect_view()}</tbody>
            <tfoot class="visits__total">
                <tr>
                    <th scope="row">"全村"</th>
                    <td class="table__number">{fraction(found.total)}</td>
                    <td class="table__number">{missed_link(&whole, found.total)}</td>
                    <td class="table__number">{found.total.percent()}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

fn members(members: Vec<MemberCover>, shown: Memo<VisitsView>) -> AnyView {
    if members.is_empty() {
        let list = PeopleView { part: PeoplePart::Members, ..PeopleView::default() };
        return view! {
            <Empty sentence="还没有给党员定联系户。在「党员」清单里点「未联系」,给他选 5 到 8 户。">
                <LinkButton href=Route::People(list).href()>"去党员清单"</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let row = move |row: MemberCover| {
        let view = VisitsView { member: Some(row.person.raw()), visit: None, ..shown.get() };
        let is_done = row.rate.numerator() == row.rate.denominator();
        view! {
            <li class="visits__member">
                <a class="visits__link" href=Route::Visits(view).href()>
                    {row.name}
                </a>
                <span class=if is_done { "plus" } else { "table__quiet" }>{fraction(row.rate)}</span>
            </li>
        }
    };
    view! {
        <ul class="visits__members" tabindex="0" aria-label="各党员的联系户">
            {members.into_iter().map(row).collect_view()}
        </ul>
    }
    .into_any()
}
