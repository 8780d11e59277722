//! One household beside the list: its people, and the way to its passbook.

use leptos::prelude::*;

use super::change_person::ChangePerson;
use super::erase_person::ErasePerson;
use super::person::PersonActions;
use super::visits::LatestVisits;
use crate::domain::id::{HouseholdId, PersonId, UnitId};
use crate::domain::points::ledger::Account;
use crate::report::people_list::{HouseholdDetail, PersonRow, household_detail};
use crate::report::tag::thousands;
use crate::ui::components::button::LinkButton;
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::route::{PeopleView, PointsView, Route};

/// The panel of one household.
#[component]
pub fn HouseholdPanel(id: HouseholdId) -> impl IntoView {
    let app = use_app();
    let detail = app.report(move |village| household_detail(village, id, app.today()));
    // Above the panel, which is built anew when the person is gone.
    let erasing = RwSignal::new(None::<PersonId>);
    let close = move |()| erasing.set(None);
    let changing = RwSignal::new(None::<PersonId>);
    let done = move |()| changing.set(None);
    view! {
        {move || match detail.get() {
            Some(detail) => {
                let on_erase = move |person| erasing.set(Some(person));
                let on_change = move |person| changing.set(Some(person));
                view! { <Panel detail on_erase on_change /> }.into_any()
            }
            None => view! { <p class="problem">"找不到这一户,请从清单里重新选择。"</p> }.into_any(),
        }}
        {move || erasing.get().map(|person| view! { <ErasePerson person on_close=close /> })}
        {move || changing.get().map(|person| view! { <ChangePerson person on_close=done /> })}
    }
}

#[component]
fn Panel(
    detail: HouseholdDetail,
    #[prop(into)] on_erase: Callback<PersonId>,
    #[prop(into)] on_change: Callback<PersonId>,
) -> impl IntoView {
    let household = detail.household;
    let passbook = Route::Points(PointsView::passbook(Account::Household(household.id))).href();
    let passbook = detail.book.map(|words| view! { <LinkButton href=Signal::stored(passbook)>{words}</LinkButton> });
    let unit = detail.unit.map(|(id, head)| unit_line(id, household.unit.clone(), &head));
    let place = [household.grid, household.group, detail.address];
    let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <section class="sheet household" aria-label="这一户">
            <h2 class="sheet__title">
                {format!("{} {}", household.number, household.head)}
                <small class="sheet__remark">{format!("{} 口人", household.people)}</small>
            </h2>
            <p class="household__place">{place.join(" · ")}</p>
            {unit}
            <p>
                "积分结余 " <b>{thousands(household.balance)}</b> " 分 "
                {detail.veto.map(|sign| view! { <Tag tone=Tone::Red word=sign.word /> " " {sign.document} })}
            </p>
            <PeopleTable people=detail.people.clone() />
            <LatestVisits id=household.id />
            <div class="actions">
                {passbook}
            </div>
            <PersonActions people=detail.people on_erase on_change />
        </section>
    }
}

/// The unit and its head; it leads to the households of the unit.
fn unit_line(id: UnitId, name: String, head: &str) -> AnyView {
    let there = PeopleView { unit: Some(id.raw()), ..PeopleView::default() };
    let head = if head.is_empty() { "还没有定十户长".to_owned() } else { format!("十户长 {head}") };
    view! {
        <p class="household__place">
            "十户单元 "
            <a class="people__link" href=Route::People(there).href()>
                {name}
            </a>
            {format!(" · {head}")}
        </p>
    }
    .into_any()
}

/// The people; children under 14 only when asked for.
#[component]
fn PeopleTable(people: Vec<PersonRow>) -> impl IntoView {
    let (children, grown): (Vec<_>, Vec<_>) = people.into_iter().partition(|person| person.is_child);
    let count = children.len();
    let by_person = grown.iter().chain(&children).any(|person| person.balance.is_some());
    let points = by_person.then(|| view! { <th scope="col" class="table__number">"积分"</th> });
    let children = StoredValue::new(children);
    let open = RwSignal::new(false);
    let shown = move || open.get().then(|| children.get_value().into_iter().map(person_row).collect_view());
    view! {
        <table class="table household__people">
            <caption class="table__caption">"这一户的人"</caption>
            <thead>
                <tr>
                    <th scope="col">"姓名"</th>
                    <th scope="col">"性别"</th>
                    <th scope="col">"年龄"</th>
                    <th scope="col">"居住"</th>
                    <th scope="col">"电话、情况"</th>
                    {points}
                </tr>
            </thead>
            <tbody>{grown.into_iter().map(person_row).collect_view()} {shown}</tbody>
        </table>
        <Show when=move || { count > 0 && !open.get() }>
            <button type="button" class="button button--quiet" on:click=move |_| open.set(true)>
                {format!("另有 {count} 名未满 14 岁,点这里显示")}
            </button>
        </Show>
    }
}

/// The points of the person's own account; they lead to its passbook.
fn points_cell(person: PersonId, name: &str, points: i64) -> AnyView {
    let passbook = Route::Points(PointsView::passbook(Account::Villager(person))).href();
    view! {
        <td class="table__number">
            <a class="people__link" href=passbook aria-label=format!("{name} 的存折,{points} 分")>
                {thousands(points)}
            </a>
        </td>
    }
    .into_any()
}

fn person_row(person: PersonRow) -> impl IntoView {
    let points = person.balance.map(|points| points_cell(person.id, &person.name, points));
    let member = person.member_type.map(|kind| view! { <Tag word=kind.word() /> });
    let veto = person.veto.map(|sign| view! { <Tag tone=Tone::Red word=sign.word /> });
    let gone = (!person.gone.is_empty()).then(|| view! { <Tag word=person.gone.clone() /> });
    let phone = (!person.phone.is_empty()).then(|| view! { <span class="household__sub">{person.phone}</span> });
    view! {
        <tr>
            <td>{person.name} <span class="household__sub">{person.relation}</span></td>
            <td>{person.sex}</td>
            <td class="household__short">{person.age}</td>
            <td class="household__short">{person.residence}</td>
            <td>{gone} " " {member} " " {veto} " " {person.care} {phone}</td>
            {points}
        </tr>
    }
}
