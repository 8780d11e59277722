//! 月结公示: a month of a ledger, what stands in the way of closing it, the
//! objections that wait, and the notice as it will print.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::close_dialog::CloseDialog;
use super::ledger_of;
use super::objection::DecideDialog;
use super::placard::{Print, placards};
use crate::domain::calendar::Month;
use crate::domain::id::EntryId;
use crate::domain::points::close;
use crate::domain::points::rule::Ledger;
use crate::report::disputes::{DecidedDispute, DisputeRow, decided_disputes};
use crate::report::month_close::{CheckLine, ClosingChoice, ClosingPage, MonthState, closing_page};
use crate::report::notice::Masking;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::{Problem, SelectField};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{App, use_app};
use crate::ui::pages::marks;
use crate::ui::route::{PointsView, Route};
use crate::ui::verification::verify;

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opened {
    Close(Month),
    Decide(EntryId),
}

/// The page of one ledger. Copying it is free.
#[derive(Clone, Copy)]
struct Closing {
    ledger: Ledger,
    page: Memo<ClosingPage>,
    month: RwSignal<usize>,
    subject: RwSignal<usize>,
    masking: RwSignal<usize>,
    opened: RwSignal<Option<Opened>>,
    /// The fingerprint of the ledger after the month was closed.
    print: RwSignal<Print>,
    /// How often it was asked for again.
    tries: RwSignal<u32>,
}

impl Closing {
    fn new(app: App, ledger: Ledger) -> Self {
        let first =
            untrack(|| app.read(|village| closing_page(village, ledger, ClosingChoice::default(), app.today())));
        let (month, subject, masking) = (RwSignal::new(first.shown), RwSignal::new(1), RwSignal::new(0));
        let page = app.report(move |village| {
            let choice = ClosingChoice { month: Some(month.get()), subject: subject.get(), masking: masking.get() };
            closing_page(village, ledger, choice, app.today())
        });
        let (opened, print, tries) = (RwSignal::new(None), RwSignal::new(Print::NotYet), RwSignal::new(0));
        Self { ledger, page, month, subject, masking, opened, print, tries }
    }

    /// How the month that is shown was closed, if it was. Follows changes.
    fn closed(self) -> Option<close::Closing> {
        self.page.with(|page| page.sheet.closed().cloned())
    }

    /// Works out the fingerprint anew for each month that is shown, and when asked again.
    fn follow_print(self, app: App) {
        let asked = Memo::new(move |_| (self.closed().map(|closing| closing.at), self.tries.get()));
        Effect::new(move |_| {
            let now = asked.get();
            let Some(closing) = untrack(|| self.closed()) else { return self.print.set(Print::NotYet) };
            self.print.set(Print::Working);
            spawn_local(async move {
                let found = found_print(app, &closing).await;
                // The page may have been left, or another month chosen, meanwhile.
                if !self.print.is_disposed() && asked.get_untracked() == now {
                    self.print.set(found);
                }
            });
        });
    }
}

/// The fingerprint that the ledger had when the month was closed.
async fn found_print(app: App, closing: &close::Closing) -> Print {
    let found = match app.contents_to_verify().await {
        Ok(contents) => verify(&contents, |_, _| {}).await.under_notice(closing),
        Err(sentence) => Err(sentence),
    };
    found.map_or_else(Print::Failed, |print| Print::Found(print.to_string()))
}

/// The page of the ledger that is shown; built anew for the other one.
#[component]
pub(super) fn ClosingPart(view: Memo<PointsView>) -> impl IntoView {
    let ledger = Memo::new(move |_| view.with(|view| view.members));
    move || {
        ledger.track();
        of_ledger(Closing::new(use_app(), untrack(|| view.with(ledger_of))))
    }
}

fn of_ledger(closing: Closing) -> AnyView {
    closing.follow_print(use_app());
    let opened = closing.opened;
    let close = Callback::new(move |()| opened.set(None));
    let dialog = move |which| match which {
        Opened::Close(month) => view! { <CloseDialog ledger=closing.ledger month on_close=close /> }.into_any(),
        Opened::Decide(entry) => view! { <DecideDialog entry on_close=close /> }.into_any(),
    };
    view! {
        <div class="closing">
            <div class="closing__side">{month_card(closing)} {disputes(closing)} {decided(closing)}</div>
            {preview(closing)}
        </div>
        {move || opened.get().map(dialog)}
    }
    .into_any()
}

/// The month: how it stands, what was looked at, and the button.
fn month_card(closing: Closing) -> AnyView {
    let page = closing.page;
    let options = Signal::derive(move || page.with(|page| page.months.iter().map(|month| month.words()).collect()));
    view! {
        <Sheet title=Signal::stored("月结".to_owned())>
            <div class="form">
                <SelectField label="月份" value=closing.month options />
                {move || page.with(|page| standing(closing, page))}
            </div>
        </Sheet>
    }
    .into_any()
}

fn standing(closing: Closing, page: &ClosingPage) -> AnyView {
    let sheet = &page.sheet;
    let month = sheet.month;
    let state = match &sheet.state {
        MonthState::Closed(_, words) => format!("✓ {words}"),
        MonthState::Next => "还没有月结。".to_owned(),
        MonthState::After(first) => format!("还没有月结。请先月结{}。", first.words()),
        MonthState::Running(words) => format!("这个月还没有过完,{words}"),
    };
    let check = |check: &CheckLine| {
        let (class, mark) =
            if check.is_fine { ("closing__check", "✓") } else { ("closing__check closing__check--open", "!") };
        view! { <li class=class>{format!("{mark} {}", check.words)}</li> }
    };
    let act = (sheet.state == MonthState::Next).then(|| {
        let disabled = !sheet.can_close();
        view! {
            <p>{sheet.consequence.clone()}</p>
            <div>
                <Button disabled=Signal::stored(disabled) on_press=move |()| closing.opened.set(Some(Opened::Close(month)))>
                    {format!("月结{}", month.words())}
                </Button>
            </div>
        }
    });
    view! {
        <p class="closing__state">{state}</p>
        <p class="table__quiet">{sheet.tally.clone()}</p>
        <ul class="closing__checks">{sheet.checks.iter().map(check).collect_view()}</ul>
        {act}
    }
    .into_any()
}

/// The objections that wait, of all months of the ledger.
fn disputes(closing: Closing) -> AnyView {
    let page = closing.page;
    let remark = Signal::derive(move || format!("{} 条", page.with(|page| page.disputes.len())));
    let row = move |row: &DisputeRow| {
        let entry = row.entry;
        let about = format!("处理 {} {} 的异议", row.who, row.line);
        view! {
            <li class="closing__dispute">
                <p>
                    <b>{row.who.clone()}</b>
                    " "
                    {marks::mark(row.left.clone())}
                </p>
                <p>{row.line.clone()}</p>
                <p class="table__quiet">{row.note.clone()}</p>
                <p class="table__quiet">{row.dates.clone()}</p>
                <Button on_press=move |()| closing.opened.set(Some(Opened::Decide(entry))) attr:aria-label=about>
                    "处理"
                </Button>
            </li>
        }
    };
    let rows = move || page.with(|page| page.disputes.iter().map(row).collect_view());
    let none = move || {
        let none = page.with(|page| page.disputes.is_empty());
        none.then_some("没有待处理的异议。村民对哪一笔有意见,在存折那一行按「异议」。")
    };
    view! {
        <Sheet title=Signal::stored("有异议的记录".to_owned()) remark>
            <ul class="closing__disputes">{rows}</ul>
            <p class="table__quiet">{none}</p>
        </Sheet>
    }
    .into_any()
}

/// The objections that were decided, with the reasons; nothing where there is none.
fn decided(closing: Closing) -> AnyView {
    let app = use_app();
    let decided = app.report(move |village| decided_disputes(village, closing.ledger, app.today()));
    let row = |row: DecidedDispute| {
        let passbook = PointsView::passbook(row.account);
        view! {
            <li class="closing__dispute">
                <p>
                    <a href=Route::Points(passbook).href()>{row.who}</a>
                    " "
                    {marks::mark(row.outcome)}
                </p>
                <p>{row.line}</p>
                <p class="table__quiet">{row.reason}</p>
            </li>
        }
    };
    let sheet = move || {
        let rows = decided.get();
        (!rows.is_empty()).then(|| {
            view! {
                <Sheet title="处理过的异议">
                    <ul class="closing__disputes" aria-label="处理过的异议">
                        {rows.into_iter().map(row).collect_view()}
                    </ul>
                </Sheet>
            }
        })
    };
    sheet.into_any()
}

/// The notice on the screen as on paper.
fn preview(closing: Closing) -> AnyView {
    let page = closing.page;
    let names = Signal::derive(move || page.with(|page| page.subjects.clone()));
    let maskings = Signal::stored(Masking::ALL.iter().map(|masking| masking.word().to_owned()).collect::<Vec<_>>());
    let what = match closing.ledger {
        Ledger::Villager => "网格",
        Ledger::Member => "党员类型",
    };
    let print = closing.print;
    let unready = Signal::derive(move || {
        let is_found = print.with(|print| matches!(print, Print::Found(_)));
        !is_found || page.with(|page| page.notices.is_empty())
    });
    view! {
        <section class="closing__preview" aria-label="公示表">
            <div class="closing__tools">
                <SelectField label=what value=closing.subject options=names />
                <SelectField label="姓名" value=closing.masking options=maskings />
                <Button weight=Weight::Primary disabled=unready on_press=|()| browser::print()>
                    "打印公示表"
                </Button>
            </div>
            {unprinted(closing)}
            {move || page.with(|page| placards(&page.notices, print))}
        </section>
    }
    .into_any()
}

/// Why there is no fingerprint, and the way to try again; nothing where there is one.
fn unprinted(closing: Closing) -> AnyView {
    let failed = Signal::derive(move || match closing.print.get() {
        Print::Failed(sentence) => Some(format!("账本指纹没有算出来,公示表先不能打印。{sentence}")),
        _ => None,
    });
    let again = move |()| closing.tries.update(|tries| *tries += 1);
    view! {
        <div class="closing__unprinted" hidden=move || failed.with(Option::is_none)>
            <Problem sentence=failed />
            <Button on_press=again>"再算一次"</Button>
        </div>
    }
    .into_any()
}
