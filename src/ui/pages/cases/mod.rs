//! 民情: the list of cases, one case beside it, and the intake.

mod detail;
mod handling;
pub mod intake;
mod list;
mod step_dialog;

use leptos::ev;
use leptos::prelude::*;

use self::detail::Detail;
use self::intake::Intake;
use self::list::List;
use crate::domain::id::{CaseId, GridId};
use crate::report::case_list::{CaseFilter, CaseList, HandlingKind, case_list};
use crate::ui::components::button::{Button, Choice, Choices, Weight};
use crate::ui::context::use_app;
use crate::ui::route::{self, CasesView, Route};

/// The view that the address asks for.
fn view_of(route: &Route) -> CasesView {
    match route {
        Route::Cases(view) => view.clone(),
        _ => CasesView::default(),
    }
}

fn filter_of(view: &CasesView) -> CaseFilter {
    CaseFilter {
        open_only: !view.all,
        grid: view.grid.map(GridId::from_raw),
        handling: view.handling.and_then(|place| HandlingKind::ALL.get(place).copied()),
        dispute_only: view.disputes,
        ..CaseFilter::default()
    }
}

/// 民情
#[component]
pub fn Cases() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| view_of(&app.route.get()));
    let list = app.report(move |village| case_list(village, app.today(), &filter_of(&shown.get())));
    let intake = RwSignal::new(false);
    let key = window_event_listener(ev::keydown, move |event| {
        if event.key() == "n" && !event.ctrl_key() && !is_typing() {
            event.prevent_default();
            intake.set(true);
        }
    });
    on_cleanup(move || key.remove());
    let selected = Memo::new(move |_| shown.get().case.map(CaseId::from_raw));
    view! {
        <Toolbar shown list intake />
        <div class="split">
            <List list shown />
            {move || match selected.get() {
                Some(id) => view! { <Detail id /> }.into_any(),
                None => view! { <Pick /> }.into_any(),
            }}
        </div>
        <Show when=move || intake.get()>
            <div class="cases__wide">
                <Intake on_close=move |()| intake.set(false) />
            </div>
        </Show>
    }
}

/// Whether the user is typing into something, so that letters are not keys.
fn is_typing() -> bool {
    let active = document().active_element().map(|element| element.tag_name());
    matches!(active.as_deref(), Some("INPUT" | "TEXTAREA" | "SELECT"))
        || document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

#[component]
fn Pick() -> impl IntoView {
    view! {
        <section class="sheet">
            <p class="cases__pick">"点左边的一件事项,这里显示它的七步和现在能做的事。"</p>
        </section>
    }
}

#[component]
fn Toolbar(shown: Memo<CasesView>, list: Memo<CaseList>, intake: RwSignal<bool>) -> impl IntoView {
    let choices = move || {
        let (view, list) = (shown.get(), list.get());
        let choice = |label: String, all: bool| Choice {
            label,
            href: Route::Cases(CasesView { all, ..view.clone() }).href(),
            current: view.all == all,
        };
        vec![choice(format!("未办结 {}", list.open_count), false), choice(format!("全部 {}", list.all_count), true)]
    };
    let disputes = move || {
        let view = shown.get();
        let choice = |label: &str, disputes: bool| Choice {
            label: label.to_owned(),
            href: Route::Cases(CasesView { disputes, ..view.clone() }).href(),
            current: view.disputes == disputes,
        };
        vec![choice("所有类别", false), choice("矛盾纠纷", true)]
    };
    view! {
        <div class="toolbar">
            <Choices label="办结状态" choices=Signal::derive(choices) />
            <Choices label="类别" choices=Signal::derive(disputes) />
            <GridFilter shown />
            <HandlingFilter shown />
            <div class="toolbar__end">
                <Button weight=Weight::Primary on_press=move |()| intake.set(true)>
                    "登记事项 "
                    <kbd>"N"</kbd>
                </Button>
            </div>
        </div>
    }
}

#[component]
fn GridFilter(shown: Memo<CasesView>) -> impl IntoView {
    let app = use_app();
    let options = move || {
        let current = shown.get().grid;
        let option = |(raw, name): (u64, String)| {
            view! { <option value=raw.to_string() selected=current == Some(raw)>{name}</option> }
        };
        let grids = app.read(|village| {
            village.people.grids.iter().map(|grid| (grid.id.raw(), grid.name.clone())).collect::<Vec<_>>()
        });
        grids.into_iter().map(option).collect_view()
    };
    let pick = move |event| {
        let grid = event_target_value(&event).parse().ok();
        route::go(&Route::Cases(CasesView { grid, ..shown.get_untracked() }));
    };
    view! {
        <select class="input cases__filter" aria-label="网格" on:change=pick>
            <option value="">"全部网格"</option>
            {options}
        </select>
    }
}

#[component]
fn HandlingFilter(shown: Memo<CasesView>) -> impl IntoView {
    let options = move || {
        let current = shown.get().handling;
        let option = |(place, kind): (usize, &HandlingKind)| {
            view! { <option value=place.to_string() selected=current == Some(place)>{kind.word()}</option> }
        };
        HandlingKind::ALL.iter().enumerate().map(option).collect_view()
    };
    let pick = move |event| {
        let handling = event_target_value(&event).parse().ok();
        route::go(&Route::Cases(CasesView { handling, ..shown.get_untracked() }));
    };
    view! {
        <select class="input cases__filter" aria-label="去向" on:change=pick>
            <option value="">"全部去向"</option>
            {options}
        </select>
    }
}
