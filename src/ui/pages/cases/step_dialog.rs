//! The dialog of one step: it asks for what the step requires and nothing else.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::handling::{HandlingFields, HandlingInput};
use crate::domain::case::record::Rating;
use crate::domain::case::step::Act;
use crate::domain::command::{CaseStep, Command};
use crate::domain::id::CaseId;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem, TextField};
use crate::ui::context::use_app;

/// Steps that need no answer are done at once.
pub const fn step_without_questions(act: Act) -> Option<CaseStep> {
    match act {
        Act::Report => Some(CaseStep::Report),
        Act::Start => Some(CaseStep::Start),
        Act::Archive => Some(CaseStep::Archive),
        Act::Resume => Some(CaseStep::Resume),
        _ => None,
    }
}

/// What has been typed so far.
#[derive(Clone, Copy)]
struct Input {
    note: RwSignal<String>,
    days: RwSignal<String>,
    rating: RwSignal<Option<Rating>>,
    resolved: RwSignal<Option<bool>>,
    handling: HandlingInput,
}

impl Input {
    fn parse(self, act: Act) -> Result<CaseStep, String> {
        let note = self.note.get_untracked();
        let handling = || self.handling.get().ok_or_else(|| "请先选一种去向。".to_owned());
        Ok(match act {
            Act::Report => CaseStep::Report,
            Act::Assign | Act::ExplainAndReturn => CaseStep::Assign(handling()?),
            Act::Start => CaseStep::Start,
            Act::FeedBack => CaseStep::FeedBack(note),
            Act::Answer => CaseStep::Answer { note, resolved: self.resolved.get_untracked() },
            Act::RateSatisfied | Act::RateDissatisfied => {
                let rating = self.rating.get_untracked().ok_or_else(|| "请先选群众的评价。".to_owned())?;
                CaseStep::Rate(rating, note)
            }
            Act::Archive => CaseStep::Archive,
            Act::ChangeHandling => CaseStep::ChangeHandling(handling()?, note),
            Act::Suspend => CaseStep::Suspend(note),
            Act::Resume => CaseStep::Resume,
            Act::Extend => {
                let days = self.days.get_untracked().trim().parse().map_err(|_| "延期天数要填整数。".to_owned())?;
                CaseStep::Extend { days, approval: note }
            }
            Act::Urge => CaseStep::Urge(note),
        })
    }
}

/// The dialog of one step of a case.
#[component]
pub fn StepDialog(
    case: CaseId,
    act: Act,
    is_dispute: bool,
    title: &'static str,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let input = Input {
        note: RwSignal::new(String::new()),
        days: RwSignal::new("3".to_owned()),
        rating: RwSignal::new(None),
        resolved: RwSignal::new(None),
        handling: HandlingInput::new(app.today()),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let step = match input.parse(act) {
            Ok(step) => step,
            Err(sentence) => return problem.set(Some(sentence)),
        };
        let said = said(&step, title);
        app.perform(Command::MoveCase { case, step }, move |outcome| match outcome {
            Ok(()) => {
                app.say(said);
                on_close.run(());
            }
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    view! {
        <Dialog title on_close>
            <form class="form" on:submit=submit>
                <Questions act input is_dispute />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"确定"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// What is said afterwards.
fn said(step: &CaseStep, title: &str) -> String {
    match step {
        CaseStep::Rate(rating, _) if !rating.is_satisfied() => "已登记不满意,事项退回重新交办。".to_owned(),
        _ => format!("已{title}。"),
    }
}

#[component]
fn Questions(act: Act, input: Input, is_dispute: bool) -> impl IntoView {
    let note = |label: &'static str| view! { <LongField label value=input.note /> };
    match act {
        Act::Assign | Act::ExplainAndReturn => view! { <HandlingFields input=input.handling /> }.into_any(),
        Act::ChangeHandling => view! { <HandlingFields input=input.handling /> {note("改变去向的原因")} }.into_any(),
        Act::Answer => {
            let resolution = is_dispute.then(|| view! { <Resolution input /> });
            view! { {note("办理结果")} {resolution} }.into_any()
        }
        Act::RateSatisfied | Act::RateDissatisfied => view! { <Ratings input /> {note("评价说明")} }.into_any(),
        Act::Extend => view! { <TextField label="延期天数" value=input.days /> {note("批准人和理由")} }.into_any(),
        Act::FeedBack => note("反馈内容").into_any(),
        Act::Suspend => note("挂起的原因").into_any(),
        _ => note("说明").into_any(),
    }
}

/// 化解 is not the same as 办结, so it is asked.
#[component]
fn Resolution(input: Input) -> impl IntoView {
    let one = move |(label, resolved): (&'static str, bool)| {
        view! {
            <label class="radios__one">
                <input
                    type="radio"
                    name="resolved"
                    prop:checked=move || input.resolved.get() == Some(resolved)
                    on:change=move |_| input.resolved.set(Some(resolved))
                />
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="radios">
            <legend class="radios__legend">"纠纷是否化解"</legend>
            {[("已化解", true), ("未化解", false)].map(one).collect_view()}
        </fieldset>
    }
}

#[component]
fn Ratings(input: Input) -> impl IntoView {
    let one = move |rating: &'static Rating| {
        view! {
            <label class="radios__one">
                <input
                    type="radio"
                    name="rating"
                    prop:checked=move || input.rating.get() == Some(*rating)
                    on:change=move |_| input.rating.set(Some(*rating))
                />
                {rating.word()}
            </label>
        }
    };
    view! {
        <fieldset class="radios">
            <legend class="radios__legend">"群众评价(不满意会退回重新交办)"</legend>
            {Rating::ALL.iter().map(one).collect_view()}
        </fieldset>
    }
}
