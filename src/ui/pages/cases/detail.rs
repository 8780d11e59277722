//! One case: its summary, its timeline, and a button for each act that is
//! allowed now, so that a forbidden one cannot be offered.

use jiff::civil::Date;
use leptos::prelude::*;

use super::step_dialog::{StepDialog, step_without_questions};
use crate::domain::case::step::Act;
use crate::domain::command::Command;
use crate::domain::id::{CaseId, VisitId};
use crate::domain::points::rule::Ledger;
use crate::report::case_detail::{CaseDetail, Reward, TimelineItem, case_detail};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::Problem;
use crate::ui::context::use_app;
use crate::ui::pages::marks;
use crate::ui::pages::points::reward::RewardDialog;
use crate::ui::route::{PointsView, Route, VisitsView};

/// The sheet of one case.
#[component]
pub fn Detail(id: CaseId) -> impl IntoView {
    let app = use_app();
    let detail = app.report(move |village| case_detail(village, id, app.today()));
    view! {
        {move || match detail.get() {
            Some(detail) => view! { <Sheet detail /> }.into_any(),
            None => view! { <p class="problem">"找不到这件事项,请从清单里重新选择。"</p> }.into_any(),
        }}
    }
}

#[component]
fn Sheet(detail: CaseDetail) -> impl IntoView {
    let (id, is_dispute) = (detail.id, detail.is_dispute);
    let round = (detail.round > 1).then(|| format!(" · 第 {} 轮", detail.round));
    let resolved = detail.resolved.map(|resolved| if resolved { " · 已化解" } else { " · 未化解" });
    let told = format!("{} · {}反映,{}", detail.source, detail.reporter, detail.topic);
    let phone = (!detail.phone.is_empty()).then(|| format!(" · 电话 {}", detail.phone));
    let text = (!detail.text.is_empty()).then(|| view! { <p class="case__text">{detail.text}</p> });
    view! {
        <section class="sheet case" aria-label="事项详情" tabindex="0">
            <h2 class="case__title">{detail.number} " " {detail.title} " " {detail.risk.map(marks::risk)}</h2>
            <p class="case__summary">{detail.summary} {round} {resolved}</p>
            <p class="case__summary">{told} {phone} {detail.visit.map(visit_link)}</p>
            {text}
            <ol class="timeline">{detail.timeline.into_iter().map(item).collect_view()}</ol>
            <Rewards id rewards=detail.rewards day=detail.reward_day />
            <Acts id is_dispute allowed=detail.allowed />
        </section>
    }
}

/// The visit from which the case came.
fn visit_link((visit, words): (VisitId, String)) -> AnyView {
    let view = VisitsView { all: true, visit: Some(visit.raw()), ..VisitsView::default() };
    view! { " · " <a href=Route::Visits(view).href()>{words}</a> }.into_any()
}

/// What resolving the dispute earned, and the way to record it.
#[component]
fn Rewards(id: CaseId, rewards: Vec<Reward>, day: Option<Date>) -> impl IntoView {
    let open = RwSignal::new(None::<Ledger>);
    let link = |reward: Reward| {
        let passbook = PointsView::passbook(reward.account);
        view! { <li><a href=Route::Points(passbook).href()>{reward.words}</a></li> }
    };
    let earned = (!rewards.is_empty()).then(|| {
        view! {
            <p class="case__summary">"由此得分"</p>
            <ul class="case__rewards">{rewards.into_iter().map(link).collect_view()}</ul>
        }
    });
    let button = move |word: &'static str, ledger: Ledger| {
        view! { <Button on_press=move |()| open.set(Some(ledger))>{word}</Button> }
    };
    let offer = day.map(|_| {
        view! {
            <div class="actions">
                {button("给群众记化解分", Ledger::Villager)} {button("给党员记化解分", Ledger::Member)}
            </div>
        }
    });
    let dialog = move || {
        let (ledger, day) = open.get().zip(day)?;
        Some(view! { <RewardDialog case=id ledger day on_close=move |()| open.set(None) /> })
    };
    view! { {earned} {offer} {dialog} }
}

fn item(item: TimelineItem) -> impl IntoView {
    view! {
        <li class="timeline__item">
            <b class="timeline__title">{item.title}</b>
            <span class="timeline__detail">{item.detail}</span>
        </li>
    }
}

/// What a button says.
const fn label(act: Act) -> &'static str {
    match act {
        Act::Report => "上报",
        Act::Assign => "交办",
        Act::ExplainAndReturn => "解释退回",
        Act::Start => "开始办理",
        Act::FeedBack => "中途反馈",
        Act::Answer => "办结反馈",
        Act::RateSatisfied | Act::RateDissatisfied => "登记评价",
        Act::Archive => "归档",
        Act::ChangeHandling => "改变去向",
        Act::Suspend => "挂起",
        Act::Resume => "恢复办理",
        Act::Extend => "延期",
        Act::Urge => "督办",
    }
}

/// The act that moves the case on, which gets the primary button.
const fn moves_on(act: Act) -> bool {
    matches!(
        act,
        Act::Report | Act::Assign | Act::Start | Act::Answer | Act::RateSatisfied | Act::Archive | Act::Resume
    )
}

#[component]
fn Acts(id: CaseId, is_dispute: bool, allowed: Vec<Act>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(None::<Act>);
    let problem = RwSignal::new(None::<String>);
    let press = move |act: Act| {
        problem.set(None);
        match step_without_questions(act) {
            Some(step) => app.perform(Command::MoveCase { case: id, step }, move |outcome| match outcome {
                Ok(()) => app.say(format!("已{}。", label(act))),
                Err(error) => problem.set(Some(error.to_string())),
            }),
            None => open.set(Some(act)),
        }
    };
    // One dialog serves both ratings, and 解释退回 is one of the choices when a
    // handling is chosen or changed.
    let offered = allowed.into_iter().filter(|act| !matches!(act, Act::RateDissatisfied | Act::ExplainAndReturn));
    let button = move |act: Act| {
        let weight = if moves_on(act) { Weight::Primary } else { Weight::Plain };
        view! { <Button weight on_press=move |()| press(act)>{label(act)}</Button> }
    };
    view! {
        <Problem sentence=problem />
        <div class="actions">{offered.map(button).collect_view()}</div>
        {move || open.get().map(|act| view! {
            <StepDialog case=id act is_dispute title=label(act) on_close=move |()| open.set(None) />
        })}
    }
}
