//! 月结公示: a month of a ledger, what stands in the way of closing it, the
//! objections that wait, and the notice as it will print.

use std::rc::Rc;

use leptos::prelude::*;

use super::close_dialog::CloseDialog;
use super::ledger_of;
use super::objection::DecideDialog;
use super::placard::Placards;
use crate::app::verify::Verdict;
use crate::domain::calendar::Month;
use crate::domain::id::EntryId;
use crate::domain::points::rule::Ledger;
use crate::report::disputes::{DisputeRow, open_disputes};
use crate::report::month_close::{CheckLine, MonthSheet, MonthState, month_sheet, month_to_show, months};
use crate::report::notice::{Masking, Notice, notice, notice_subjects};
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::SelectField;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::pages::marks;
use crate::ui::route::PointsView;
use crate::ui::verification::verify;

/// More notices than this are not shown all at once.
const TOGETHER_MAX: usize = 40;

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opened {
    Close,
    Decide(EntryId),
}

/// What is chosen on the page. Copying it is free.
#[derive(Clone, Copy)]
struct Chosen {
    ledger: Ledger,
    months: Memo<Vec<Month>>,
    /// Place of the month in the list.
    place: RwSignal<usize>,
    /// Place of the grid or type; 0 for all of them.
    subject: RwSignal<usize>,
    masking: RwSignal<usize>,
    opened: RwSignal<Option<Opened>>,
}

impl Chosen {
    fn month(self) -> Month {
        let place = self.place.get();
        self.months
            .with(|months| months.get(place).or_else(|| months.first()).copied())
            .unwrap_or(Month { year: 1970, month: 1 })
    }
}

/// The page of the ledger that is shown; built anew for the other one.
#[component]
pub(super) fn ClosingPart(view: Memo<PointsView>) -> impl IntoView {
    let ledger = Memo::new(move |_| view.with(ledger_of));
    move || view! { <OfLedger ledger=ledger.get() /> }
}

#[component]
fn OfLedger(ledger: Ledger) -> impl IntoView {
    let app = use_app();
    let months = app.report(move |village| months(village, ledger, app.today()));
    let shown = untrack(|| app.read(|village| month_to_show(village, ledger, app.today())));
    let place = months.with_untracked(|months| months.iter().position(|month| *month == shown)).unwrap_or(0);
    let signal = |place: usize| RwSignal::new(place);
    let opened = RwSignal::new(None::<Opened>);
    let chosen = Chosen { ledger, months, place: signal(place), subject: signal(1), masking: signal(0), opened };
    let sheet = app.report(move |village| month_sheet(village, ledger, chosen.month(), app.today()));
    let disputes = app.report(move |village| open_disputes(village, Some(ledger), app.today()));
    let close = move |()| opened.set(None);
    let dialog = move |which| match which {
        Opened::Close => view! { <CloseDialog ledger month=untrack(|| chosen.month()) on_close=close /> }.into_any(),
        Opened::Decide(entry) => view! { <DecideDialog entry on_close=close /> }.into_any(),
    };
    view! {
        <div class="closing">
            <div class="closing__side">
                <MonthCard chosen sheet />
                <Disputes disputes opened />
            </div>
            <Preview chosen sheet />
        </div>
        {move || opened.get().map(dialog)}
    }
}

/// The month: how it stands, what was looked at, and the button.
#[component]
fn MonthCard(chosen: Chosen, sheet: Memo<MonthSheet>) -> impl IntoView {
    let months = chosen.months;
    let options = Signal::derive(move || months.with(|months| months.iter().map(|month| month.words()).collect()));
    let state = move || match sheet.with(|sheet| sheet.state.clone()) {
        MonthState::Closed(_, words) => format!("✓ {words}"),
        MonthState::Next => "还没有月结。".to_owned(),
        MonthState::After(first) => format!("还没有月结。请先月结{}。", first.words()),
        MonthState::Running(words) => format!("这个月还没有过完,{words}"),
    };
    let check = |check: CheckLine| {
        let class = if check.is_fine { "closing__check" } else { "closing__check closing__check--open" };
        view! { <li class=class>{if check.is_fine { "✓ " } else { "! " }} {check.words}</li> }
    };
    let checks = move || sheet.with(|sheet| sheet.checks.clone()).into_iter().map(check).collect_view();
    let is_next = Memo::new(move |_| sheet.with(|sheet| sheet.state == MonthState::Next));
    let disabled = Signal::derive(move || !sheet.with(MonthSheet::can_close));
    view! {
        <Sheet title="月结">
            <div class="form">
                <SelectField label="月份" value=chosen.place options />
                <p class="closing__state">{state}</p>
                <p class="table__quiet">{move || sheet.with(|sheet| sheet.tally.clone())}</p>
                <ul class="closing__checks">{checks}</ul>
                <Show when=move || is_next.get()>
                    <p>{move || sheet.with(|sheet| sheet.consequence.clone())}</p>
                    <div>
                        <Button disabled on_press=move |()| chosen.opened.set(Some(Opened::Close))>
                            {move || format!("月结{}", chosen.month().words())}
                        </Button>
                    </div>
                </Show>
            </div>
        </Sheet>
    }
}

/// The objections that wait, of all months of the ledger.
#[component]
fn Disputes(disputes: Memo<Vec<DisputeRow>>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let remark = Signal::derive(move || format!("{} 条", disputes.with(Vec::len)));
    let row = move |row: DisputeRow| {
        let entry = row.entry;
        let about = format!("处理 {} {} 的异议", row.who, row.line);
        view! {
            <li class="closing__dispute">
                <p>
                    <b>{row.who}</b>
                    " "
                    {marks::mark(row.left)}
                </p>
                <p>{row.line}</p>
                <p class="table__quiet">{row.note}</p>
                <p class="table__quiet">{row.dates}</p>
                <Button on_press=move |()| opened.set(Some(Opened::Decide(entry))) attr:aria-label=about>
                    "处理"
                </Button>
            </li>
        }
    };
    view! {
        <Sheet title="有异议的记录" remark>
            <ul class="closing__disputes">{move || disputes.get().into_iter().map(row).collect_view()}</ul>
            <Show when=move || disputes.with(Vec::is_empty)>
                <p class="table__quiet">"没有待处理的异议。村民对哪一笔有意见,在存折那一行按「异议」。"</p>
            </Show>
        </Sheet>
    }
}

/// The notice on the screen as on paper.
#[component]
fn Preview(chosen: Chosen, sheet: Memo<MonthSheet>) -> impl IntoView {
    let app = use_app();
    let ledger = chosen.ledger;
    let subjects = app.report(move |village| notice_subjects(village, ledger, chosen.month()));
    let names = Signal::derive(move || {
        let all = subjects.with(|subjects| format!("全部({} 份)", subjects.len()));
        subjects.with(|subjects| std::iter::once(all).chain(subjects.iter().map(|one| one.1.clone())).collect())
    });
    let notices = Memo::new(move |_| {
        let (month, place) = (chosen.month(), chosen.subject.get());
        let masking = Masking::ALL.get(chosen.masking.get()).copied().unwrap_or(Masking::Masked);
        let subjects = subjects.get();
        let shown = match place.checked_sub(1) {
            Some(place) => subjects.get(place).or_else(|| subjects.first()).into_iter().cloned().collect(),
            None => subjects.into_iter().take(TOGETHER_MAX).collect::<Vec<_>>(),
        };
        sheet.with(|sheet| {
            let closed = sheet.closed();
            app.read(|village| {
                let notices = shown.iter().map(|(of, _)| notice(village, *of, month, masking, closed));
                notices.collect::<Vec<Notice>>()
            })
        })
    });
    let print = fingerprint(ledger, sheet);
    let maskings = Signal::stored(Masking::ALL.iter().map(|masking| masking.word().to_owned()).collect());
    let what = match ledger {
        Ledger::Villager => "网格",
        Ledger::Member => "党员类型",
    };
    let unready = Signal::derive(move || print.with(Option::is_none) || notices.with(Vec::is_empty));
    view! {
        <section class="closing__preview" aria-label="公示表">
            <div class="closing__tools">
                <SelectField label=what value=chosen.subject options=names />
                <SelectField label="户主姓名" value=chosen.masking options=maskings />
                <Button weight=Weight::Primary disabled=unready on_press=|()| browser::print()>
                    "打印公示表"
                </Button>
            </div>
            <Placards notices print />
        </section>
    }
}

/// The fingerprint of the ledger as it was when the month was closed.
fn fingerprint(ledger: Ledger, sheet: Memo<MonthSheet>) -> Memo<Option<String>> {
    let app = use_app();
    let is_closed = Memo::new(move |_| sheet.with(|sheet| sheet.closed().is_some()));
    let verdict = LocalResource::new(move || {
        // What is verified stays true while nothing is recorded.
        let _acts = app.acts();
        let wanted = is_closed.get();
        async move {
            if !wanted {
                return None;
            }
            let contents = app.contents_to_verify().await.ok()?;
            Some(Rc::new(verify(&contents, |_, _| {}).await))
        }
    });
    let printed = move |verdict: &Verdict| {
        let at = sheet.with(|sheet| match &sheet.state {
            MonthState::Closed(closing, _) => Some(closing.at),
            _ => None,
        })?;
        verdict.printed_at(ledger, at).map(|found| found.to_string())
    };
    Memo::new(move |_| printed(verdict.get().flatten()?.as_ref()))
}
