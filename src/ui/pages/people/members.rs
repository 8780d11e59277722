//! The list of party members, by type.

use leptos::prelude::*;

use super::within;
use crate::domain::points::ledger::Account;
use crate::report::people_list::{MemberRow, members_in};
use crate::report::tag::thousands;
use crate::ui::components::sheet::Empty;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::route::{PeopleView, PointsView, Route, VisitsView};

/// The table of party members.
#[component]
pub fn Members(shown: Memo<PeopleView>) -> impl IntoView {
    let app = use_app();
    let within = Memo::new(move |_| shown.with(within));
    let list = app.report(move |village| members_in(village, within.get(), app.today()));
    let key = |row: &MemberRow| {
        (
            row.person,
            row.member_type as usize,
            row.points,
            row.name.clone(),
            (row.veto.clone(), row.linked.percent(), row.gone.clone()),
        )
    };
    view! {
        <section class="sheet people__list">
            <Show
                when=move || !list.with(Vec::is_empty)
                fallback=|| {
                    view! { <Empty sentence="这里还没有党员。花名册里有「党员类型」或「政治面貌」一列,导入时就会认出来。">""</Empty> }
                }
            >
                <div class="scroll" tabindex="0" role="region" aria-label="党员清单">
                    <Table
                        caption="党员清单"
                        columns=&[
                            Words("姓名"), Words("党员类型"), Words("从何时起"), Words("户号"),
                            Words("网格"), Figures("本月走访联系户"), Figures("积分"),
                        ]
                    >
                        <For each=move || list.get() key=key let:row>
                            <Row row />
                        </For>
                    </Table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Row(row: MemberRow) -> impl IntoView {
    let passbook = Route::Points(PointsView::passbook(Account::Member(row.person))).href();
    let household = PeopleView { household: Some(row.household.raw()), ..PeopleView::default() };
    let links = VisitsView { member: Some(row.person.raw()), ..VisitsView::default() };
    let linked = match row.linked.denominator() {
        0 => "未联系".to_owned(),
        due => format!("{} / {due}", row.linked.numerator()),
    };
    let gone = (!row.gone.is_empty()).then(|| view! { <Tag word=row.gone /> });
    view! {
        <tr>
            <td>
                <a class="people__link" href=passbook>
                    {row.name}
                </a>
                " "
                {row.veto.map(|sign| view! { <Tag tone=Tone::Red word=sign.word /> })} {gone}
            </td>
            <td>{row.member_type.word()}</td>
            <td>{row.since}</td>
            <td>
                <a class="people__link" href=Route::People(household).href()>
                    {row.number}
                </a>
            </td>
            <td>{row.grid}</td>
            <td class="table__number">
                <a class="people__link" href=Route::Visits(links).href()>
                    {linked}
                </a>
            </td>
            <td class="table__number table__strong">{thousands(row.points)}</td>
        </tr>
    }
}
