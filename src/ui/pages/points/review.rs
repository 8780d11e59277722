//! 待审: claims, to be approved or returned, one by one or many at once, and
//! beside them what the points come to that are not redeemed.

mod decided;

use std::collections::{BTreeMap, BTreeSet};

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::decided::decided_view;
use super::gauge::gauge_sheet;
use super::ledger_of;
use crate::domain::command::{Command, Verdict};
use crate::domain::id::{ClaimId, StaffId};
use crate::domain::photo::PhotoHost;
use crate::domain::points::rule::Ledger;
use crate::report::review::{ReviewList, ReviewRow, Stuck, review_list, stuck};
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem, Sentence};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::context::{App, Saving, use_app};
use crate::ui::photos::{AddPhotos, Thumbs};
use crate::ui::route::PointsView;

/// What the parts of the queue share. Copying it is free.
#[derive(Clone, Copy)]
struct Queue {
    app: App,
    list: Memo<ReviewList>,
    chosen: RwSignal<BTreeSet<ClaimId>>,
    /// Points for one unit as typed, of claims whose item leaves a range.
    each: RwSignal<BTreeMap<ClaimId, String>>,
    /// Why the last decision was refused, and who was at the laptop then.
    refused: RwSignal<Option<(Option<StaffId>, String)>>,
    /// The claims that stood in its way.
    stuck: RwSignal<Vec<Stuck>>,
    returning: RwSignal<bool>,
}

impl Queue {
    /// What is chosen and still waits.
    fn picked(self) -> Vec<ReviewRow> {
        let chosen = self.chosen.get();
        self.list.with(|list| list.rows.iter().filter(|row| chosen.contains(&row.claim)).cloned().collect())
    }

    /// Points for one unit that were chosen for the claim.
    fn chosen_for(self, claim: ClaimId) -> Option<i32> {
        self.each.with(|each| each.get(&claim)?.trim().parse().ok())
    }

    /// Takes points for one unit; a claim for which some are typed is chosen.
    fn choose_points(self, claim: ClaimId, typed: String) {
        self.each.update(|each| {
            each.insert(claim, typed);
        });
        self.toggle(claim, true);
    }

    /// What the last decision was refused with, unless somebody else sits here now.
    fn refusal(self) -> Option<String> {
        self.refused.get().filter(|(hand, _)| *hand == self.app.hand()).map(|(_, words)| words)
    }

    fn problem(self) -> Sentence {
        Sentence::Said(Signal::derive(move || self.refusal()))
    }

    /// Beside the queue nothing is said that the dialog says.
    fn problem_beside(self) -> Sentence {
        Sentence::Said(Signal::derive(move || self.refusal().filter(|_| !self.returning.get())))
    }

    /// Why the claim stood in the way of the last decision.
    fn why_stuck(self, claim: ClaimId) -> Option<String> {
        self.refusal()?;
        self.stuck.with(|stuck| stuck.iter().find(|one| one.claim == claim).map(|one| one.why.clone()))
    }

    fn stop_returning(self) {
        self.forget_refusal();
        self.returning.set(false);
    }

    fn forget_refusal(self) {
        self.refused.set(None);
        self.stuck.set(Vec::new());
    }

    fn toggle(self, claim: ClaimId, is_chosen: bool) {
        self.forget_refusal();
        self.chosen.update(|chosen| {
            if is_chosen {
                chosen.insert(claim);
            } else {
                chosen.remove(&claim);
            }
        });
    }

    /// Everything that may pass, or nothing where all of it is chosen.
    fn toggle_all(self) {
        let may_pass = |row: &&ReviewRow| row.barred.is_none() && row.crowded.is_none();
        let open: BTreeSet<_> =
            self.list.with_untracked(|list| list.rows.iter().filter(may_pass).map(|row| row.claim).collect());
        self.forget_refusal();
        self.chosen.update(|chosen| *chosen = if *chosen == open { BTreeSet::new() } else { open });
    }

    fn decide(self, verdict: Verdict, done: &'static str) {
        let claims: Vec<_> = untrack(|| self.picked()).iter().map(|row| row.claim).collect();
        let (count, by) = (claims.len(), untrack(|| self.app.hand()));
        let approves = matches!(verdict, Verdict::Approve { .. });
        self.app.perform(Command::DecideClaims { claims, verdict, by }, move |outcome| match outcome {
            Ok(()) => {
                self.chosen.set(BTreeSet::new());
                self.each.set(BTreeMap::new());
                self.returning.set(false);
                self.forget_refusal();
                self.app.say(format!("已{done} {count} 条。"));
            }
            Err(error) => {
                let stuck = if approves { untrack(|| self.in_the_way(by)) } else { Vec::new() };
                let who = stuck.first().map_or_else(String::new, |first| format!("{}:", first.who));
                self.stuck.set(stuck);
                self.refused.set(Some((by, format!("{who}{error}"))));
            }
        });
    }

    /// What is chosen and cannot pass.
    fn in_the_way(self, by: Option<StaffId>) -> Vec<Stuck> {
        let claims: Vec<_> = self.picked().iter().map(|row| (row.claim, self.chosen_for(row.claim))).collect();
        self.app.read(|village| stuck(village, &claims, by, self.app.today()))
    }

    fn approve(self) {
        let chosen = |row: &ReviewRow| Some((row.claim, self.chosen_for(row.claim)?));
        let points_each = untrack(|| self.picked().iter().filter_map(chosen).collect());
        self.decide(Verdict::Approve { points_each }, "通过");
    }

    fn send_back(self) {
        if !untrack(|| self.picked()).is_empty() {
            self.forget_refusal();
            self.returning.set(true);
        }
    }
}

/// The queue of the ledger that is shown.
#[component]
pub(super) fn ReviewPart(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let list = Memo::new(move |_| {
        let (ledger, by) = (view.with(ledger_of), app.hand());
        app.read(|village| review_list(village, ledger, by, app.today()))
    });
    let queue = Queue {
        app,
        list,
        chosen: RwSignal::new(BTreeSet::new()),
        each: RwSignal::new(BTreeMap::new()),
        refused: RwSignal::new(None),
        stuck: RwSignal::new(Vec::new()),
        returning: RwSignal::new(false),
    };
    let waiting = move || list.with(|list| !list.rows.is_empty());
    view! {
        <div class="split">
            <div class="review">
                <Show when=waiting fallback=nothing_waits>
                    {waiting_view(queue)}
                </Show>
                {move || decided_view(list.with(|list| list.decided.clone()))}
            </div>
            <Side queue view />
        </div>
        {move || queue.returning.get().then(|| return_view(queue))}
    }
}

fn nothing_waits() -> AnyView {
    view! {
        <section class="sheet" aria-label="待审">
            <Empty sentence="没有等审核的申报。村民来报的事,在「登记活动」里选好人,点「先报待审」。">
                ""
            </Empty>
        </section>
    }
    .into_any()
}

/// Arrows go from row to row, Enter passes and Delete returns what is chosen.
fn press(queue: Queue, event: &KeyboardEvent) {
    let target = event_target::<web_sys::HtmlElement>(event);
    // A button and a dialog in a row have keys of their own; the selector cannot be wrong.
    if target.closest("button, dialog").ok().flatten().is_some() {
        return;
    }
    let target = target.id();
    let place = target.rsplit_once('-').and_then(|(_, place)| place.parse::<usize>().ok());
    match event.key().as_str() {
        "ArrowDown" => browser::go_to(&format!("claim-{}", place.map_or(0, |place| place + 1))),
        "ArrowUp" => browser::go_to(&format!("claim-{}", place.unwrap_or(0).saturating_sub(1))),
        "Enter" => queue.approve(),
        // In a field it takes a digit away.
        "Delete" if !target.starts_with("points-") => queue.send_back(),
        "a" if event.ctrl_key() => queue.toggle_all(),
        _ => return,
    }
    event.prevent_default();
}

fn waiting_view(queue: Queue) -> AnyView {
    let rows = move || {
        let rows = queue.list.with(|list| list.rows.clone());
        rows.into_iter().enumerate().map(|(place, row)| row_view(queue, place, row)).collect_view()
    };
    view! {
        <section class="sheet" aria-label="待审">
            <div class="points__scroll" role="region" aria-label="待审申报" on:keydown=move |event| press(queue, &event)>
                <table class="table">
                    <caption class="table__caption">"等审核的申报"</caption>
                    <thead>
                        <tr>
                            <th scope="col">
                                <button type="button" class="review__all" on:click=move |_| queue.toggle_all()>
                                    "全选"
                                </button>
                            </th>
                            <th scope="col">"日期"</th>
                            <th scope="col">"户 / 人"</th>
                            <th scope="col">"事项"</th>
                            <th scope="col" class="table__number">"分值"</th>
                            <th scope="col">"登记"</th>
                            <th scope="col" class="passbook__act">
                                <span class="table__caption">"补照片"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row_view(queue: Queue, place: usize, row: ReviewRow) -> AnyView {
    let claim = row.claim;
    let chosen = move || queue.chosen.with(|chosen| chosen.contains(&claim));
    let points = points_view(queue, place, &row);
    let class = if row.brings(None) < 0 { "table__number minus" } else { "table__number plus" };
    let about = format!("{} {} {}", row.name, row.item, row.day);
    let (label, add) = (format!("选 {about}"), format!("补照片 {about}"));
    let known = row.barred.or(row.crowded);
    let why = move || queue.why_stuck(claim);
    let is_stuck = move || why().is_some();
    let barred =
        move || why().or_else(|| known.clone()).map(|why| view! { <small class="review__barred">{why}</small> });
    view! {
        <tr class:table__row--current=chosen class:review__row--stuck=is_stuck>
            <td>
                <input
                    type="checkbox"
                    class="ticks__box"
                    id=format!("claim-{place}")
                    aria-label=label
                    prop:checked=chosen
                    on:change=move |event| queue.toggle(claim, event_target_checked(&event))
                />
            </td>
            <td class="passbook__day">{row.day}</td>
            <td>
                <strong>{row.name}</strong>
                <small class="review__more">{row.place}</small>
            </td>
            <td>
                {row.item} " " {row.quantity} <small class="review__more">{row.note}</small> <Thumbs photos=row.photos /> {barred}
            </td>
            <td class=class>{points}</td>
            <td class="table__quiet">{row.recorder}</td>
            <td class="passbook__act">
                <AddPhotos to=PhotoHost::Claim(claim) label=add />
            </td>
        </tr>
    }
    .into_any()
}

/// The points, or the field in which they are chosen from a range.
fn points_view(queue: Queue, place: usize, row: &ReviewRow) -> AnyView {
    let Some((low, high)) = row.range() else { return row.points.clone().into_any() };
    let claim = row.claim;
    let value = move || queue.each.with(|each| each.get(&claim).cloned().unwrap_or_default());
    view! {
        <input
            class="input review__points"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            id=format!("points-{place}")
            aria-label=format!("{} {} 的分值,{low} 到 {high}", row.name, row.item)
            placeholder=format!("{low}~{high}")
            prop:value=value
            on:input=move |event| queue.choose_points(claim, event_target_value(&event))
        />
    }
    .into_any()
}

/// What is chosen, what it does to the points that are out, and the two ways.
#[component]
fn Side(queue: Queue, view: Memo<PointsView>) -> impl IntoView {
    let count = Memo::new(move |_| queue.picked().len());
    let open = move || {
        let is_open = |row: &ReviewRow| row.range().is_some_and(|_| queue.chosen_for(row.claim).is_none());
        let count = queue.picked().iter().filter(|row| is_open(row)).count();
        (count > 0).then(|| {
            let words = format!("{count} 条的分值要在那一行里填,是每个数量的分。");
            view! { <p class="review__gap">{words}</p> }
        })
    };
    let more = Memo::new(move |_| {
        queue.picked().iter().map(|row| row.brings(queue.chosen_for(row.claim))).fold(0, i64::saturating_add)
    });
    let writing = Signal::derive(move || queue.app.saving.get() == Saving::Writing || count.get() == 0);
    let takes_two = move || queue.list.with(|list| list.takes_two);
    let hands = move || match (takes_two(), queue.app.hand()) {
        (false, _) => "",
        (true, None) => "请先在左下角选经手人。谁登记的,要由另一个人来审。",
        (true, Some(_)) => "谁登记的,要由另一个人来审。",
    };
    view! {
        <div class="review">
            <Sheet title=Signal::derive(move || format!("选中 {} 条", count.get()))>
                {open}
                <Problem sentence=queue.problem_beside() />
                <div class="ruledraft__acts">
                    <Button weight=Weight::Primary on_press=move |()| queue.approve() disabled=writing>
                        "通过"
                        <kbd aria-hidden="true">"回车"</kbd>
                    </Button>
                    <Button on_press=move |()| queue.send_back() disabled=writing>
                        "退回"
                        <kbd aria-hidden="true">"Del"</kbd>
                    </Button>
                </div>
                <p class="passbook__hint">
                    "↑ ↓ 换行,空格勾选,Ctrl+A 全选。" {hands}
                </p>
            </Sheet>
            {move || (view.with(ledger_of) == Ledger::Villager).then(|| gauge_sheet(queue.app, more))}
        </div>
    }
}

/// 退回, with one reason for all that is chosen.
fn return_view(queue: Queue) -> AnyView {
    let reason = RwSignal::new(String::new());
    let title = format!("退回 {} 条申报", untrack(|| queue.picked()).len());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        queue.decide(Verdict::Return(reason.get_untracked()), "退回");
    };
    view! {
        <Dialog title on_close=move |()| queue.stop_returning()>
            <form class="form" on:submit=submit>
                <LongField label="退回的原因" value=reason hint="告诉申报人还缺什么,如「请补照片」" />
                <Problem sentence=queue.problem() />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"退回"</Button>
                    <Button on_press=move |()| queue.stop_returning()>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
