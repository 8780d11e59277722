//! 村情 → 走访: the visits of a month, and beside them one visit, one linked
//! member, or the coverage.

mod cover;
mod detail;
pub mod diary;
mod filters;
mod link_form;
mod list;
mod member;
mod missed;
mod points;
mod round;
mod round_input;
mod strike;

use leptos::ev;
use leptos::prelude::*;

use self::cover::Cover;
use self::detail::Detail;
use self::filters::Filters;
use self::list::List;
use self::member::MemberPanel;
use self::missed::Missed;
use self::points::PointsDialog;
use self::round::RoundDialog;
use self::round_input::RoundInput;
use crate::domain::calendar::Month;
use crate::domain::case::record::Errand;
use crate::domain::id::{GridId, HouseholdId, PersonId, StaffId, VisitId};
use crate::domain::visits::Visitor;
use crate::report::visits::{VisitFilter, visit_list};
use crate::ui::components::button::{Button, Choices, LinkButton, Weight};
use crate::ui::context::{App, use_app};
use crate::ui::pages::people::part_choices;
use crate::ui::route::{HallPaper, Route, VisitsView};

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Round,
    Points,
}

/// The view that the address asks for.
fn view_of(route: &Route) -> VisitsView {
    match route {
        Route::Visits(view) => view.clone(),
        _ => VisitsView::default(),
    }
}

/// The month that is shown, where one is.
fn month_of(app: App, view: &VisitsView) -> Option<Month> {
    (!view.all).then(|| view.month.unwrap_or_else(|| Month::of(app.today())))
}

fn filter_of(app: App, view: &VisitsView) -> VisitFilter {
    let person = view.person.map(|raw| Visitor::Person(PersonId::from_raw(raw)));
    VisitFilter {
        month: month_of(app, view),
        grid: view.grid.map(GridId::from_raw),
        visitor: person.or_else(|| view.staff.map(|raw| Visitor::Staff(StaffId::from_raw(raw)))),
        errand: view.errand.and_then(|place| Errand::ALL.get(place).copied()),
        household: view.household.map(HouseholdId::from_raw),
    }
}

/// 走访
#[component]
pub fn VisitsPage() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| app.route.with(view_of));
    let filter = Memo::new(move |_| shown.with(|view| filter_of(app, view)));
    let month = Memo::new(move |_| shown.with(|view| month_of(app, view)).unwrap_or_else(|| Month::of(app.today())));
    let list = app.report(move |village| visit_list(village, app.today(), &filter.get()));
    let open = RwSignal::new(None::<Open>);
    let input = RoundInput::new(app.today());
    let key = window_event_listener(ev::keydown, move |event| {
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
        // With a Chinese input method on, only the code names the key.
        if event.code() == "KeyV" && !with_others && !is_typing() {
            event.prevent_default();
            open.set(Some(Open::Round));
        }
    });
    on_cleanup(move || key.remove());
    let close = move |()| open.set(None);
    let missed = Memo::new(move |_| shown.with(|view| view.missed));
    let visit = Memo::new(move |_| shown.with(|view| view.visit.map(VisitId::from_raw)));
    let member = Memo::new(move |_| shown.with(|view| view.member.map(PersonId::from_raw)));
    view! {
        <Toolbar shown open />
        <div class="split">
            {move || if missed.get() {
                view! { <Missed month shown /> }.into_any()
            } else {
                view! { <List list shown /> }.into_any()
            }}
            {move || match (visit.get(), member.get()) {
                (Some(id), _) => view! { <Detail id shown /> }.into_any(),
                (None, Some(id)) => view! { <MemberPanel id shown /> }.into_any(),
                (None, None) => view! { <Cover month shown /> }.into_any(),
            }}
        </div>
        {move || open.get().map(|open| match open {
            Open::Round => view! { <RoundDialog input on_close=close /> }.into_any(),
            Open::Points => view! { <PointsDialog month on_close=close /> }.into_any(),
        })}
    }
}

/// Whether the user is typing into something, so that letters are not keys.
fn is_typing() -> bool {
    let active = document().active_element().map(|element| element.tag_name());
    matches!(active.as_deref(), Some("INPUT" | "TEXTAREA" | "SELECT"))
        || document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

#[component]
fn Toolbar(shown: Memo<VisitsView>, open: RwSignal<Option<Open>>) -> impl IntoView {
    let choices = Signal::derive(move || part_choices(None, shown.with(|view| view.grid)));
    view! {
        <div class="toolbar">
            <Choices label="村情的内容" choices />
            <Filters shown />
            <div class="toolbar__end">
                <LinkButton weight=Weight::Quiet href=Signal::stored(Route::HallPaper(HallPaper::Diary).href())>
                    "民情日记"
                </LinkButton>
                <Button on_press=move |()| open.set(Some(Open::Points))>"走访积分"</Button>
                <Button
                    weight=Weight::Primary
                    on_press=move |()| open.set(Some(Open::Round))
                    attr:aria-keyshortcuts="V"
                >
                    "登记走访 "
                    <kbd aria-hidden="true">"V"</kbd>
                </Button>
            </div>
        </div>
    }
}
