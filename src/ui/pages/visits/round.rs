//! 登记走访: who went, and one household after another. Made for the keyboard.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::round_input::{HITS_MAX, Home, RoundInput, Stop, home_hits, homes_found};
use crate::app::book::ActError;
use crate::domain::calendar::iso_date;
use crate::domain::case::record::Errand;
use crate::domain::command::Command;
use crate::domain::visits::act::VisitAct;
use crate::domain::visits::{Capacity, Visitor};
use crate::report::coverage::member_links;
use crate::report::search::SearchIndex;
use crate::report::visitor_finder::{VisitorHit, visitors_found};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Field, Problem, SelectField};
use crate::ui::components::finder::{Finder, FinderHit};
use crate::ui::context::{App, Saving, use_app};

/// What the parts of the dialog work with. Copying it is free.
#[derive(Clone, Copy)]
struct Round {
    app: App,
    input: RoundInput,
    index: StoredValue<SearchIndex>,
    problem: RwSignal<Option<String>>,
    on_close: Callback<()>,
}

/// The dialog. What is typed outlives it, until it is entered.
#[component]
pub(super) fn RoundDialog(input: RoundInput, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let index = StoredValue::new(untrack(|| app.read(SearchIndex::build)));
    let round = Round { app, input, index, problem: RwSignal::new(None), on_close };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        round.send();
    };
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    view! {
        <div class="points__wide">
            <Dialog title="登记走访" on_close>
                <form class="activity" novalidate=true on:submit=submit>
                    <Who round />
                    <Stops round />
                    <div class="activity__foot">
                        <div class="activity__problem">
                            <Problem sentence=round.problem />
                        </div>
                        <p class="activity__total" role="status">
                            {move || format!("共 {} 户", input.stops.with(Vec::len))}
                        </p>
                        <Button weight=Weight::Primary kind="submit" disabled=writing>
                            "登记走访"
                        </Button>
                    </div>
                </form>
            </Dialog>
        </div>
    }
}

impl Round {
    /// Enters the round; the form stays as it is when that is refused.
    fn send(self) {
        let app = self.app;
        let new = match self.input.parse() {
            Ok(new) => new,
            Err(sentence) => return self.problem.set(Some(sentence.to_owned())),
        };
        let done = format!("已登记走访 {} 户。", new.stops.len());
        app.perform(Command::Visit(VisitAct::Record(new)), move |outcome| match outcome {
            Ok(()) => {
                self.input.stops.set(Vec::new());
                self.on_close.try_run(());
                app.say(done);
            }
            Err(ActError::Busy) => {}
            Err(error) => {
                // The dialog may have been closed meanwhile.
                let _closed = self.problem.try_set(Some(error.to_string()));
            }
        });
    }
}

/// Day, visitor and capacity.
#[component]
fn Who(round: Round) -> impl IntoView {
    let input = round.input;
    let today = iso_date(use_app().today());
    let capacities: Vec<_> = Capacity::ALL.iter().map(|one| one.word().to_owned()).collect();
    view! {
        <div class="round__who">
            <Field label="日期">
                <input class="input" type="date" max=today bind:value=input.date />
            </Field>
            {move || match input.visitor.get() {
                Some(hit) => chosen_visitor(round, hit),
                None => view! { <VisitorFinder round /> }.into_any(),
            }}
            <SelectField label="身份" value=input.capacity options=capacities />
        </div>
    }
}

fn chosen_visitor(round: Round, hit: VisitorHit) -> AnyView {
    view! {
        <div class="field">
            <span class="field__label">"走访人"</span>
            <p class="picked round__visitor">
                <strong>{hit.name}</strong>
                <span class="picked__detail">{hit.detail}</span>
                <Button weight=Weight::Quiet on_press=move |()| round.input.visitor.set(None)>
                    "换一个"
                </Button>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn VisitorFinder(round: Round) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let find = |index: &SearchIndex| {
            app.read(|village| visitors_found(village, index, &text.get(), app.today(), HITS_MAX))
        };
        round.index.with_value(find)
    });
    let hit =
        |hit: &VisitorHit| FinderHit { name: hit.name.clone(), detail: hit.detail.clone(), remark: String::new() };
    let hits = move || found.with(|found| found.iter().map(hit).collect::<Vec<_>>());
    let take = move |place: usize| {
        if let Some(hit) = found.with_untracked(|found| found.get(place).cloned()) {
            round.input.choose(hit);
        }
    };
    view! {
        <Finder
            id="visitor-find"
            label="走访人"
            hint="党员、群众或经手人:姓名或拼音首字母,回车选定。"
            text
            hits=Signal::derive(hits)
            on_take=take
            autofocus=true
        />
    }
}

/// The households, and the box that finds them.
#[component]
fn Stops(round: Round) -> impl IntoView {
    let input = round.input;
    let text = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        round.index.with_value(|index| round.app.read(|village| homes_found(village, index, &text.get())))
    });
    let is_chosen = move |home: &Home| input.stops.with(|stops| stops.iter().any(|stop| stop.home.id == home.id));
    let hits = move || found.with(|found| home_hits(found, is_chosen));
    let take = move |place: usize| {
        if let Some(home) = found.with_untracked(|found| found.get(place).cloned()) {
            input.add(home);
        }
    };
    let has_visitor = input.visitor.with_untracked(Option::is_some);
    view! {
        <div class="round__find">
            <Finder
                id="stop-find"
                label="找户"
                hint="户主姓名、拼音首字母或户号,回车加入,Ctrl+回车 登记。"
                text
                hits=Signal::derive(hits)
                on_take=take
                on_send=move |()| round.send()
                autofocus=has_visitor
            />
            {move || linked(round)}
        </div>
        <div class="round__stops" role="region" aria-label="走访的户" tabindex="0">
            <p class="chosen__none" hidden=move || input.stops.with(|stops| !stops.is_empty())>
                "还没有户。打几个字母按回车,一次可以登记好几户。"
            </p>
            <ul class="links">
                <For each=move || input.stops.get() key=|stop| stop.home.id let:stop>
                    {stop_line(round, stop)}
                </For>
            </ul>
        </div>
    }
}

/// Adds the linked households that the visitor has not visited this month.
fn linked(round: Round) -> Option<AnyView> {
    let app = use_app();
    let Visitor::Person(person) = round.input.visitor.with(|hit| hit.as_ref().map(|hit| hit.visitor))? else {
        return None;
    };
    let links = app.read(|village| member_links(village, person, app.today()))?;
    let homes = links.homes.into_iter().filter(|home| !home.is_visited).map(|home| Home {
        id: home.household,
        label: format!("{} {}", home.number, home.head),
        grid: String::new(),
    });
    let homes: Vec<Home> = homes.collect();
    let words = format!("加入本月没走访的联系户 {} 户", homes.len());
    let add = move |()| homes.iter().for_each(|home| round.input.add(home.clone()));
    Some(view! { <Button on_press=add>{words}</Button> }.into_any())
}

fn stop_line(round: Round, stop: Stop) -> AnyView {
    let (id, input) = (stop.home.id, round.input);
    let label = stop.home.label;
    let kind = |(place, word): (usize, &'static str)| {
        view! { <option value=place.to_string() selected=place == stop.errand>{word}</option> }
    };
    let kinds = std::iter::once("三件事:无").chain(Errand::ALL.iter().map(|kind| kind.word()));
    let pick = move |event| {
        let place = event_target_value(&event).parse().unwrap_or(0);
        input.change(id, |stop| stop.errand = place);
    };
    view! {
        <li class="round__stop">
            <b>{label.clone()}</b>
            <input
                class="input"
                type="text"
                autocomplete="off"
                placeholder="了解到的情况"
                aria-label=format!("{label} 了解到的情况")
                prop:value=stop.note
                on:input=move |event| input.change(id, |stop| stop.note = event_target_value(&event))
            />
            <select class="input" aria-label=format!("{label} 三件事") on:change=pick>
                {kinds.enumerate().map(kind).collect_view()}
            </select>
            <button
                type="button"
                class="chosen__remove"
                aria-label=format!("去掉 {label}")
                on:click=move |_| input.remove(id)
            >
                "×"
            </button>
        </li>
    }
    .into_any()
}
