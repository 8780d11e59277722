//! 走访积分: what a month of visits earns or costs, to be confirmed. Nothing of
//! it is recorded by itself.

use std::collections::HashSet;

use leptos::prelude::*;

use crate::domain::calendar::Month;
use crate::domain::command::{Command, NewActivity};
use crate::domain::id::{PersonId, StaffId};
use crate::domain::points::ledger::Account;
use crate::domain::village::Village;
use crate::domain::visits::act::VisitAct;
use crate::report::coverage::{MemberPoints, MonthPoints, Proposal, month_points};
use crate::ui::components::button::Button;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::context::{App, use_app};
use crate::ui::pages::send::send;

/// The dialog for the month that the page shows.
#[component]
pub(super) fn PointsDialog(month: Memo<Month>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let month = month.get_untracked();
    let found = app.report(move |village| month_points(village, month, app.today()));
    view! {
        <Dialog title=format!("走访积分 {}", month.words()) on_close>
            {move || all(app, month, found.get())}
        </Dialog>
    }
}

fn all(app: App, month: Month, found: MonthPoints) -> AnyView {
    let is_empty = found.visits.is_none() && found.months.is_empty();
    let none = (is_empty && found.remark.is_empty()).then_some("这个月的走访积分都登记好了。");
    let remark = (!found.remark.is_empty()).then_some(found.remark);
    let each = found.visits.map(|proposal| group(app, month, proposal));
    let months = found.months.into_iter().map(|proposal| group(app, month, proposal)).collect_view();
    view! {
        <div class="form">
            {remark.or(none).map(|words| view! { <p class="visit__told">{words}</p> })} {each} {months}
        </div>
    }
    .into_any()
}

/// One item with those for whom it is proposed, each of whom may be left out.
fn group(app: App, month: Month, proposal: Proposal) -> AnyView {
    let (left_out, problem) = (RwSignal::new(HashSet::<PersonId>::new()), RwSignal::new(None::<String>));
    let is_deduction = proposal.is_deduction;
    let shown = proposal.members.clone();
    let (title, label) = (proposal.title.clone(), proposal.title.clone());
    let proposal = StoredValue::new(proposal);
    let count = move || {
        left_out
            .with(|out| proposal.with_value(|all| all.members.iter().filter(|one| !out.contains(&one.person)).count()))
    };
    let confirm = move |()| {
        let (waits, by) = untrack(|| (waits(app, &proposal.get_value()), app.hand()));
        let command = left_out.with_untracked(|out| {
            proposal.with_value(|all| if waits { claim_of(all, out, by) } else { command_of(all, month, out) })
        });
        let done = if waits { "已报待审" } else { "已登记" };
        let then = if waits { "审核通过才入账。" } else { "" };
        let done = format!("{done} {} 人。{then}", untrack(count));
        send(app, command, done, problem, Callback::new(|()| ()));
    };
    let everybody = move |event| {
        let all = proposal.with_value(|all| all.members.iter().map(|one| one.person).collect());
        left_out.set(if event_target_checked(&event) { HashSet::new() } else { all });
    };
    let word = if is_deduction { "扣分" } else { "加分" };
    view! {
        <section aria-label=label>
            <div class="proposal__head">
                <h3 class="proposal__title">{title}</h3>
                <label class="tick">
                    <input
                        class="tick__box"
                        type="checkbox"
                        prop:checked=move || left_out.with(HashSet::is_empty)
                        on:change=everybody
                    />
                    "全选"
                </label>
            </div>
            <ul class="proposal" tabindex="0">
                {shown.into_iter().map(|one| member_line(left_out, one)).collect_view()}
            </ul>
            <Problem sentence=problem />
            <Button on_press=confirm disabled=Signal::derive(move || count() == 0)>
                {move || {
                    let waits = proposal.with_value(|all| waits(app, all));
                    if waits { format!("给这 {} 人先报待审", count()) } else { format!("给这 {} 人登记{word}", count()) }
                }}
            </Button>
        </section>
    }
    .into_any()
}

/// A member of the proposal, who may be left out.
fn member_line(left_out: RwSignal<HashSet<PersonId>>, one: MemberPoints) -> AnyView {
    let person = one.person;
    let is_in = move || left_out.with(|out| !out.contains(&person));
    let tick = move |event| {
        let is_in = event_target_checked(&event);
        left_out.update(|out| {
            if is_in {
                out.remove(&person)
            } else {
                out.insert(person)
            };
        });
    };
    view! {
        <li>
            <label class="tick">
                <input class="tick__box" type="checkbox" prop:checked=is_in on:change=tick />
                {one.name}
                <span class="visit__told">{one.words}</span>
            </label>
        </li>
    }
    .into_any()
}

/// Whether somebody else has to look at it before it counts: points for visits, where
/// it takes two. A month as a whole is counted, not told of.
fn waits(app: App, proposal: &Proposal) -> bool {
    proposal.members.iter().any(|one| !one.visits.is_empty()) && app.read(Village::takes_two)
}

fn claim_of(proposal: &Proposal, left_out: &HashSet<PersonId>, by: Option<StaffId>) -> Command {
    let chosen = proposal.members.iter().filter(|one| !left_out.contains(&one.person));
    let visits = chosen.flat_map(|one| one.visits.iter().copied()).collect();
    Command::Visit(VisitAct::Claim { visits, item: proposal.item, by })
}

fn command_of(proposal: &Proposal, month: Month, left_out: &HashSet<PersonId>) -> Command {
    let chosen = proposal.members.iter().filter(|one| !left_out.contains(&one.person));
    let (item, date) = (proposal.item, month.last_day());
    let visits: Vec<_> = chosen.clone().flat_map(|one| one.visits.iter().copied()).collect();
    if !visits.is_empty() {
        return Command::Visit(VisitAct::Reward { visits, item });
    }
    let lines = chosen.map(|one| (Account::Member(one.person), 1)).collect();
    let note = if proposal.is_deduction { "当月没有走访记录" } else { "联系户全部走到" };
    Command::RecordActivity(NewActivity { item, date, note: note.to_owned(), lines, points_each: None })
}
