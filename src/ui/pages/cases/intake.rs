//! 登记事项: one screen, from what was said to how it is handled.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::handling::{HandlingFields, HandlingInput};
use crate::domain::calendar::{Moment, iso_date, parse_iso_date};
use crate::domain::case::record::{Errand, Risk, Source, Topic};
use crate::domain::command::{Command, NewCase};
use crate::domain::id::{GridId, PersonId, VisitId};
use crate::domain::visits::act::VisitAct;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem, SelectField, TextField};
use crate::ui::context::use_app;

/// What has been typed so far. Choices are places in their lists; the grid
/// list begins with 未分网格.
#[derive(Clone, Copy)]
struct Input {
    title: RwSignal<String>,
    text: RwSignal<String>,
    reporter: RwSignal<String>,
    phone: RwSignal<String>,
    date: RwSignal<String>,
    source: RwSignal<usize>,
    grid: RwSignal<usize>,
    topic: RwSignal<usize>,
    errand: RwSignal<usize>,
    risk: RwSignal<usize>,
    handling: HandlingInput,
    /// The reporter of the roster, and the name under which it stands in the form.
    known: StoredValue<Option<(PersonId, String)>>,
}

/// The visit that leads to a case, and what the form takes over from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromVisit {
    /// The visit.
    pub visit: VisitId,
    /// The head of the household, with the name.
    pub reporter: Option<(PersonId, String)>,
    /// The household's grid.
    pub grid: Option<GridId>,
    /// The kind of 三件事.
    pub errand: Option<Errand>,
    /// What was learnt.
    pub text: String,
}

impl Input {
    fn new(now: Moment) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            title: text(),
            text: text(),
            reporter: text(),
            phone: text(),
            date: RwSignal::new(iso_date(now.date())),
            source: RwSignal::new(1),
            grid: RwSignal::new(0),
            topic: RwSignal::new(0),
            errand: RwSignal::new(1),
            risk: RwSignal::new(0),
            handling: HandlingInput::new(now.date()),
            known: StoredValue::new(None),
        }
    }

    /// Takes over what a visit already says.
    fn take_over(self, from: &FromVisit, grids: &[(GridId, String)]) {
        let place = |found: Option<usize>| found.unwrap_or(0);
        self.source.set(place(Source::ALL.iter().position(|source| *source == Source::Visit)));
        self.grid.set(grids.iter().position(|(id, _)| Some(*id) == from.grid).map_or(0, |place| place + 1));
        if let Some(errand) = from.errand {
            self.errand.set(place(Errand::ALL.iter().position(|one| *one == errand)));
        }
        self.text.set(from.text.clone());
        self.reporter.set(from.reporter.as_ref().map(|(_, name)| name.clone()).unwrap_or_default());
        self.known.set_value(from.reporter.clone());
    }

    fn is_dispute(self) -> bool {
        Topic::ALL.get(self.topic.get()) == Some(&Topic::Dispute)
    }

    /// The case as typed, or what cannot be read.
    fn parse(self, grids: &[GridId], now: Moment) -> Result<NewCase, String> {
        let date = self.date.get_untracked();
        let day = parse_iso_date(&date).ok_or("请填写受理日期,例如 2026-03-05。")?;
        // Today's case was received now; an earlier one at the start of that day's office hours.
        let received = if day == now.date() { now } else { Moment::at(day, 9, 0) };
        let topic = pick(Topic::ALL, self.topic)?;
        let told = self.reporter.get_untracked();
        let reporter = self.known.get_value().filter(|(_, name)| *name == told.trim());
        Ok(NewCase {
            title: self.title.get_untracked(),
            text: self.text.get_untracked(),
            source: pick(Source::ALL, self.source)?,
            grid: self.grid.get_untracked().checked_sub(1).and_then(|place| grids.get(place).copied()),
            reporter_name: if reporter.is_some() { String::new() } else { told },
            reporter: reporter.map(|(person, _)| person),
            phone: self.phone.get_untracked(),
            topic,
            errand: pick(Errand::ALL, self.errand)?,
            risk: (topic == Topic::Dispute).then(|| pick(Risk::ALL, self.risk)).transpose()?,
            received,
            handling: self.handling.get(),
        })
    }
}

/// What was picked from a list of choices.
fn pick<T: Copy>(all: &[T], place: RwSignal<usize>) -> Result<T, String> {
    all.get(place.get_untracked()).copied().ok_or_else(|| "请重新选择。".to_owned())
}

fn labels<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| word(*one).to_owned()).collect()
}

/// The dialog 「登记事项」.
#[component]
pub fn Intake(
    /// The visit from which the case comes.
    #[prop(optional)]
    from: Option<FromVisit>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let input = Input::new(browser::now());
    let problem = RwSignal::new(None::<String>);
    let grids = StoredValue::new(
        app.read(|village| village.people.grids.iter().map(|grid| (grid.id, grid.name.clone())).collect::<Vec<_>>()),
    );
    if let Some(from) = &from {
        grids.with_value(|grids| input.take_over(from, grids));
    }
    let visit = from.map(|from| from.visit);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let ids: Vec<_> = grids.with_value(|grids| grids.iter().map(|(id, _)| *id).collect());
        match input.parse(&ids, browser::now()) {
            Err(sentence) => problem.set(Some(sentence)),
            Ok(case) => {
                let done = format!("已登记「{}」。", case.title.trim());
                let command = match visit {
                    Some(visit) => Command::Visit(VisitAct::OpenCase { visit, new: Box::new(case) }),
                    None => Command::OpenCase(case),
                };
                app.perform(command, move |outcome| match outcome {
                    Ok(()) => {
                        app.say(done);
                        on_close.run(());
                    }
                    Err(error) => problem.set(Some(error.to_string())),
                });
            }
        }
    };
    let names = move || {
        let first = std::iter::once("未分网格".to_owned());
        grids.with_value(|grids| first.chain(grids.iter().map(|(_, name)| name.clone())).collect::<Vec<_>>())
    };
    view! {
        <Dialog title="登记事项" on_close>
            <form class="form" on:submit=submit>
                <div class="intake">
                    <TextField label="事项标题" value=input.title hint="一句话,如:二组路灯不亮" autofocus=true />
                    <LongField label="详细情况" value=input.text />
                </div>
                <Particulars input grids=names() />
                <HandlingFields input=input.handling later=true />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"登记"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// Who, where, when and what about.
#[component]
fn Particulars(input: Input, grids: Vec<String>) -> impl IntoView {
    view! {
        <div class="form__row">
            <TextField label="反映人" value=input.reporter hint="不填就是匿名" />
            <TextField label="联系电话" value=input.phone />
            <TextField label="受理日期" value=input.date kind="date" />
            <SelectField label="来源" value=input.source options=labels(Source::ALL, Source::word) />
        </div>
        <div class="form__row">
            <SelectField label="网格" value=input.grid options=grids />
            <SelectField label="类别" value=input.topic options=labels(Topic::ALL, Topic::word) />
            <SelectField label="三件事" value=input.errand options=labels(Errand::ALL, Errand::word) />
            <Show when=move || input.is_dispute()>
            <SelectField
                label="风险颜色"
                value=input.risk
                options=vec![
                    "蓝:格内 3 日内解决".to_owned(),
                    "黄:村里 7 日内解决".to_owned(),
                    "红:当天上报,一案一专班".to_owned(),
                ]
            />
            </Show>
        </div>
    }
}
