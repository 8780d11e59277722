//! One visit: what was learnt, what came of it, and what can still be done.

use leptos::prelude::*;

use super::strike::StrikeDialog;
use crate::domain::command::Command;
use crate::domain::id::{ItemId, VisitId};
use crate::domain::points::ledger::Account;
use crate::domain::village::Village;
use crate::domain::visits::act::VisitAct;
use crate::domain::visits::coverage::VisitItems;
use crate::report::visits::{VisitDetail, visit_detail};
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::field::Problem;
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::pages::cases::intake::{FromVisit, Intake};
use crate::ui::pages::send::send;
use crate::ui::route::{CasesView, PeopleView, PointsPart, PointsView, Route, VisitsView};

/// What is asked about the visit.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Strike,
    Case(FromVisit),
}

/// The panel of one visit.
#[component]
pub(super) fn Detail(id: VisitId, shown: Memo<VisitsView>) -> impl IntoView {
    let app = use_app();
    let detail = app.report(move |village| visit_detail(village, id, app.today()));
    let asked = RwSignal::new(None::<Asked>);
    let close = move |()| asked.set(None);
    view! {
        {move || match detail.get() {
            Some(detail) => sheet(detail, asked, shown),
            None => view! { <p class="problem">"找不到这次走访,请从清单里重新选择。"</p> }.into_any(),
        }}
        {move || asked.get().map(|asked| match asked {
            Asked::Strike => view! { <StrikeDialog visit=id on_close=close /> }.into_any(),
            Asked::Case(from) => {
                view! {
                    <div class="cases__wide">
                        <Intake from on_close=close />
                    </div>
                }
                    .into_any()
            }
        })}
    }
}

fn sheet(detail: VisitDetail, asked: RwSignal<Option<Asked>>, shown: Memo<VisitsView>) -> AnyView {
    let row = &detail.row;
    let title = format!("{} 走访 {} {}", row.day, row.number, row.head);
    let told = [row.visitor.as_str(), row.capacity, detail.grid_name.as_str()].join(" · ");
    let note = if row.note.is_empty() { "没有写了解到的情况。".to_owned() } else { row.note.clone() };
    let errand = (!row.errand.is_empty()).then(|| view! { <Tag tone=Tone::Blue word=row.errand /> " " });
    let struck = (!detail.struck.is_empty()).then(|| {
        view! { <p class="visit__struck">"已作废:" {detail.struck.clone()}</p> }
    });
    let back = move || Route::Visits(VisitsView { visit: None, ..shown.get() }).href();
    let home = PeopleView { household: Some(detail.household.raw()), ..PeopleView::default() };
    view! {
        <section class="sheet visit" aria-label="这次走访">
            <h2 class="sheet__title">{title}</h2>
            <p class="visit__told">{told}</p>
            <p class="visit__note">{errand} {note}</p>
            {struck}
            {came_of_it(&detail)}
            <Acts detail asked />
            <div class="actions visit__ways">
                <LinkButton weight=Weight::Quiet href=Route::People(home).href()>
                    "看户情"
                </LinkButton>
                <LinkButton weight=Weight::Quiet href=Signal::derive(back)>
                    "看走访覆盖"
                </LinkButton>
            </div>
        </section>
    }
    .into_any()
}

/// The case and the entry.
fn came_of_it(detail: &VisitDetail) -> AnyView {
    let case = detail.case.zip(detail.row.case.clone()).map(|(case, number)| {
        let view = CasesView { all: true, case: Some(case.raw()), ..CasesView::default() };
        view! { <li><a href=Route::Cases(view).href()>{format!("由此登记 {number} 号事项")}</a></li> }
    });
    let points = detail.person.zip(detail.row.points.clone()).map(|(person, points)| {
        let book = PointsView::passbook(Account::Member(person));
        let words = format!("{} 得走访分 {points}", detail.row.visitor);
        view! { <li><a href=Route::Points(book).href()>{words}</a></li> }
    });
    let waits = detail.waits.then(|| {
        let review = PointsView { members: true, part: PointsPart::Review, ..PointsView::default() };
        view! { <li><a href=Route::Points(review).href()>"走访分已报待审"</a></li> }
    });
    view! {
        <ul class="visit__came">
            {case} {points} {waits} <li class="visit__told">{detail.entered.clone()}</li>
        </ul>
    }
    .into_any()
}

/// The item under which a visit of the month scores.
fn item_of(detail: &VisitDetail) -> Option<ItemId> {
    let app = use_app();
    let id = detail.row.id;
    app.read(|village| {
        let date = village.visits.get(id)?.made.date;
        village.rules.in_force(date).and_then(|book| VisitItems::of(book).each).map(|item| item.id)
    })
}

#[component]
fn Acts(detail: VisitDetail, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let app = use_app();
    let (id, problem) = (detail.row.id, RwSignal::new(None::<String>));
    let from = FromVisit {
        visit: id,
        reporter: app.read(|village| village.head(detail.household).map(|head| (head, village.name(head).to_owned()))),
        grid: detail.grid,
        errand: detail.errand,
        text: detail.row.note.clone(),
    };
    let open = detail.can_open.then(|| {
        let from = StoredValue::new(from);
        view! {
            <Button weight=Weight::Primary on_press=move |()| asked.set(Some(Asked::Case(from.get_value())))>
                "开事项"
            </Button>
        }
    });
    let item = item_of(&detail).filter(|_| detail.can_earn);
    let earn = item.map(|item| {
        let visitor = detail.row.visitor.clone();
        let waits = move || app.read(Village::takes_two);
        let press = move |()| {
            let (waits, visits, by) = untrack(|| (waits(), vec![id], app.hand()));
            let (act, done) = if waits {
                (VisitAct::Claim { visits, item, by }, format!("已报待审:{visitor}的走访分,审核通过才入账。"))
            } else {
                (VisitAct::Reward { visits, item }, format!("已记走访分:{visitor}。"))
            };
            send(app, Command::Visit(act), done, problem, Callback::new(|()| ()));
        };
        view! { <Button on_press=press>{move || if waits() { "报走访分" } else { "记走访分" }}</Button> }
    });
    let strike = (!detail.row.is_struck).then(|| {
        view! {
            <Button weight=Weight::Quiet on_press=move |()| asked.set(Some(Asked::Strike))>
                "作废"
            </Button>
        }
    });
    view! {
        <Problem sentence=problem />
        <div class="actions">{open} {earn} {strike}</div>
    }
}
