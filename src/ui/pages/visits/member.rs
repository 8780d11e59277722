//! One member's linked households: who was visited this month, and changes.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::link_form::LinkForm;
use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::command::Command;
use crate::domain::id::{HouseholdId, PersonId};
use crate::domain::points::ledger::Account;
use crate::domain::visits::act::VisitAct;
use crate::report::coverage::{LinkedHome, MemberLinks, member_links};
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;
use crate::ui::route::{PeopleView, PointsView, Route, VisitsView};

/// What is asked about the member's households.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Link,
    End(HouseholdId, String),
}

/// The panel of one member.
#[component]
pub(super) fn MemberPanel(id: PersonId, shown: Memo<VisitsView>) -> impl IntoView {
    let app = use_app();
    let links = app.report(move |village| member_links(village, id, app.today()));
    let asked = RwSignal::new(None::<Asked>);
    let close = move |()| asked.set(None);
    view! {
        {move || match links.get() {
            Some(links) => panel(links, asked, shown),
            None => view! { <p class="problem">"找不到这名党员,请从党员清单里重新选择。"</p> }.into_any(),
        }}
        {move || asked.get().map(|asked| match asked {
            Asked::Link => view! { <LinkForm person=id on_close=close /> }.into_any(),
            Asked::End(household, label) => {
                view! { <EndDialog person=id household label on_close=close /> }.into_any()
            }
        })}
    }
}

fn panel(links: MemberLinks, asked: RwSignal<Option<Asked>>, shown: Memo<VisitsView>) -> AnyView {
    let book = Route::Points(PointsView::passbook(Account::Member(links.person))).href();
    let raw = links.person.raw();
    let visits = move || {
        let view = shown.get();
        Route::Visits(VisitsView { person: Some(raw), staff: None, visit: None, member: None, ..view }).href()
    };
    let back = move || Route::Visits(VisitsView { member: None, ..shown.get() }).href();
    let summary = match links.rate.denominator() {
        0 if !links.homes.is_empty() => format!("联系 {} 户,本月都到期了。", links.homes.len()),
        0 => "还没有联系户。一般每名党员联系 5 到 8 户。".to_owned(),
        // A household whose link ends within the month is not counted as due.
        due => format!("联系 {due} 户,本月走访 {} / {due}", links.rate.numerator()),
    };
    let add = (links.room > 0).then(|| {
        view! {
            <Button weight=Weight::Primary on_press=move |()| asked.set(Some(Asked::Link))>
                "增加联系户"
            </Button>
        }
    });
    let full = (links.room == 0).then(|| {
        let words = if links.kind == "不是党员" {
            "现在不是本村党员,不能再联系户。"
        } else {
            "联系的户已经满了。"
        };
        view! { <p class="visit__told">{words}</p> }
    });
    view! {
        <section class="sheet visit" aria-label="联系户">
            <h2 class="sheet__title">
                {links.name} <small class="sheet__remark">{links.kind}</small>
            </h2>
            <p>{summary}</p>
            {homes(links.homes, asked)}
            {full}
            <div class="actions">
                {add} <LinkButton href=Signal::derive(visits)>"看走访记录"</LinkButton>
                <LinkButton weight=Weight::Quiet href=book>
                    "看存折"
                </LinkButton>
            </div>
            <div class="actions visit__ways">
                <LinkButton weight=Weight::Quiet href=Signal::derive(back)>
                    "看走访覆盖"
                </LinkButton>
            </div>
        </section>
    }
    .into_any()
}

fn homes(homes: Vec<LinkedHome>, asked: RwSignal<Option<Asked>>) -> Option<AnyView> {
    if homes.is_empty() {
        return None;
    }
    let row = move |home: LinkedHome| {
        let label = format!("{} {}", home.number, home.head);
        let view = PeopleView { household: Some(home.household.raw()), ..PeopleView::default() };
        let mark = if home.is_visited {
            view! { <Tag tone=Tone::Green word="本月已走访" /> }
        } else if home.is_due {
            view! { <Tag tone=Tone::Yellow word="本月未走访" /> }
        } else {
            view! { <Tag word=home.ending.clone() /> }
        };
        let last = if home.last_visit.is_empty() {
            "还没走访过".to_owned()
        } else {
            format!("上次 {}", home.last_visit)
        };
        let (household, words) = (home.household, label.clone());
        let press = move |()| asked.set(Some(Asked::End(household, words.clone())));
        let end = home.ending.is_empty().then(|| {
            view! {
                <Button weight=Weight::Quiet on_press=press attr:aria-label=format!("结束联系 {label}")>
                    "结束"
                </Button>
            }
        });
        view! {
            <li class="links__one">
                <div>
                    <a class="visits__link" href=Route::People(view).href()>
                        {label.clone()}
                    </a>
                    <span class="visits__sub">{format!("{},{last}", home.since)}</span>
                </div>
                {mark}
                {end}
            </li>
        }
    };
    Some(view! { <ul class="links">{homes.into_iter().map(row).collect_view()}</ul> }.into_any())
}

/// Until when the member answered for the household.
#[component]
fn EndDialog(
    person: PersonId,
    household: HouseholdId,
    label: String,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let (to, problem) = (RwSignal::new(iso_date(app.today())), RwSignal::new(None::<String>));
    let done = format!("已结束联系:{label}。");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(to) = parse_iso_date(&to.get_untracked()) else {
            return problem.set(Some("请选好联系到哪一天为止。".to_owned()));
        };
        let command = Command::Visit(VisitAct::EndLink { person, household, to });
        send(app, command, done.clone(), problem, on_close);
    };
    view! {
        <Dialog title=format!("结束联系 {label}") on_close>
            <form class="form" on:submit=submit>
                <TextField
                    label="联系到哪一天为止"
                    value=to
                    kind="date"
                    hint="这一天以后不再算他的联系户,以前的走访和积分不变。"
                />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"结束联系"</Button>
                    <Button on_press=on_close>"不结束"</Button>
                </div>
            </form>
        </Dialog>
    }
}
