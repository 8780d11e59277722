//! 积分: ranking, passbook and rules of the two ledgers, and 登记活动.

mod account_choice;
mod account_picker;
mod activity;
mod chosen;
mod close_dialog;
mod closing;
mod draft;
mod finder;
mod gauge;
mod groups;
mod names;
mod nobody;
mod objection;
mod passbook;
mod passbook_filter;
mod placard;
mod rank_line;
mod ranking;
mod recording;
mod returning;
mod reversal;
mod review;
pub mod reward;
mod rules;
mod settings;
mod ticks;
mod veto_acts;
mod veto_form;
mod vetoes;
mod working_days;
mod year;

use leptos::ev;
use leptos::prelude::*;

use self::activity::ActivityDialog;
use self::closing::ClosingPart;
use self::draft::ActivityInput;
pub use self::groups::{Groups, RankingTools};
pub use self::nobody::Nobody;
use self::passbook::PassbookPart;
use self::ranking::RankingPart;
use self::review::ReviewPart;
use self::rules::draft::Draft;
use self::rules::{RuleDraftPart, RulesPart};
use self::settings::SettingsPart;
use self::vetoes::VetoPart;
use self::year::YearPart;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::ui::browser;
use crate::ui::components::button::{Button, Choice, Choices, Weight};
use crate::ui::components::live::shown;
use crate::ui::context::{App, use_app};
use crate::ui::parts::{Part, Scene};
use crate::ui::route::{PointsPart, PointsView, Route};

/// 积分
#[component]
pub fn Points() -> impl IntoView {
    let app = use_app();
    // While another page takes over, the last view stands.
    let view = Memo::new(move |before: Option<&PointsView>| match app.route.get() {
        Route::Points(view) => view,
        _ => before.cloned().unwrap_or_default(),
    });
    // Another veto of the list, or another version of the rule book, is the same
    // part; the other ledger is not.
    let part = Memo::new(move |_| {
        let part = match view.with(|view| view.part) {
            PointsPart::Vetoes(_) => PointsPart::Vetoes(None),
            PointsPart::Rules(_) => PointsPart::Rules(None),
            PointsPart::Year(_) => PointsPart::Year(None),
            part => part,
        };
        (part, view.with(ledger_of))
    });
    let draft = Draft::none();
    let input = move || RwSignal::new(ActivityInput::new(app.today()));
    // What was typed outlives the dialog, for each ledger, until it is entered.
    let inputs = [input(), input()];
    let recording = RwSignal::new(None::<Ledger>);
    let on_record = Callback::new(move |who: Option<Account>| {
        let ledger = ledger_of(&view.get_untracked());
        inputs[ledger as usize].update(|input| {
            if input.is_untouched() {
                *input = ActivityInput::new(app.today());
            }
            if let Some(account) = who {
                input.add(account);
            }
        });
        recording.set(Some(ledger));
    });
    open_by_key(on_record);
    let dialog = move |ledger: Ledger| {
        let on_close = Callback::new(move |()| recording.set(None));
        let recorded = Recorded { ledger, input: inputs[ledger as usize], on_close };
        view! { <Part scene=Scene::Activity(recorded) /> }
    };
    view! {
        <Toolbar view on_record />
        {shown(move || match part.get() {
            (PointsPart::Ranking, _) => view! { <RankingPart view /> }.into_any(),
            (part, _) => view! { <Part scene=Scene::Points(Place { view, part, draft, on_record }) /> }.into_any(),
        })}
        {shown(move || recording.get().map(dialog))}
    }
}

/// A part of this page that is not needed for a start.
#[derive(Clone)]
pub struct Place {
    view: Memo<PointsView>,
    part: PointsPart,
    draft: Draft,
    on_record: Callback<Option<Account>>,
}

impl Place {
    /// Shows it.
    pub fn show(self) -> AnyView {
        let Self { view, part, draft, on_record } = self;
        match part {
            PointsPart::Ranking => view! { <RankingPart view /> }.into_any(),
            PointsPart::Passbook(_) => view! { <PassbookPart view on_record /> }.into_any(),
            PointsPart::Rules(_) => view! { <RulesPart view draft /> }.into_any(),
            PointsPart::RuleDraft => view! { <RuleDraftPart view draft /> }.into_any(),
            PointsPart::Review => view! { <ReviewPart view /> }.into_any(),
            PointsPart::Settings => view! { <SettingsPart /> }.into_any(),
            PointsPart::Vetoes(_) => view! { <VetoPart view /> }.into_any(),
            PointsPart::Closing => view! { <ClosingPart view /> }.into_any(),
            PointsPart::Year(_) => view! { <YearPart view /> }.into_any(),
        }
    }
}

/// 登记活动, for one ledger.
#[derive(Clone)]
pub struct Recorded {
    ledger: Ledger,
    input: RwSignal<ActivityInput>,
    on_close: Callback<()>,
}

impl Recorded {
    /// Shows the dialog.
    pub fn show(self) -> AnyView {
        let Self { ledger, input, on_close } = self;
        view! {
            <div class="points__wide">
                <ActivityDialog ledger input on_close />
            </div>
        }
        .into_any()
    }
}

/// The ledger that is shown.
const fn ledger_of(view: &PointsView) -> Ledger {
    if view.members { Ledger::Member } else { Ledger::Villager }
}

/// How the accounts of a ledger are counted.
fn counter(app: App, ledger: Ledger) -> &'static str {
    match ledger {
        Ledger::Villager => app.read(|village| village.villager_accounts.now().counter()),
        Ledger::Member => "人",
    }
}

/// A opens 登记活动, unless something is being typed or a dialog is open.
fn open_by_key(on_record: Callback<Option<Account>>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
        // With a Chinese input method on, only the code names the key.
        if event.code() == "KeyA" && !with_others && !is_typing() {
            event.prevent_default();
            on_record.run(None);
        }
    });
    on_cleanup(move || listener.remove());
}

fn is_typing() -> bool {
    let in_field = document()
        .active_element()
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"));
    in_field || document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

/// Which ledger, which part, and what can be done.
#[component]
fn Toolbar(view: Memo<PointsView>, on_record: Callback<Option<Account>>) -> impl IntoView {
    let ledgers = Signal::derive(move || view.with(ledger_choices));
    let waiting = use_app()
        .report(|village| [Ledger::Villager, Ledger::Member].map(|ledger| village.open_claims(ledger, None).count()));
    let parts = Signal::derive(move || {
        let waiting = waiting.get();
        view.with(|view| part_choices(view, waiting[ledger_of(view) as usize]))
    });
    let weight = Memo::new(move |_| match view.with(|view| view.part) {
        PointsPart::Review
        | PointsPart::RuleDraft
        | PointsPart::Settings
        | PointsPart::Vetoes(_)
        | PointsPart::Closing => Weight::Plain,
        _ => Weight::Primary,
    });
    let has_passbook = move || view.with(|view| matches!(view.part, PointsPart::Passbook(_)));
    view! {
        <div class="toolbar">
            <Choices label="账本" choices=ledgers />
            <Choices label="积分栏目" choices=parts />
            <div class="toolbar__end">
                {shown(move || {
                    has_passbook().then(|| view! { <Button on_press=|()| browser::print()>"打印存折"</Button> })
                })}
                {shown(move || record_button(weight.get(), on_record))}
            </div>
        </div>
    }
}

/// 登记活动: the first thing to do here, except where something else is.
fn record_button(weight: Weight, on_record: Callback<Option<Account>>) -> AnyView {
    view! {
        <Button weight on_press=move |()| on_record.run(None) attr:aria-keyshortcuts="A">
            "登记活动"
            <kbd aria-hidden="true">"A"</kbd>
        </Button>
    }
    .into_any()
}

fn ledger_choices(view: &PointsView) -> Vec<Choice> {
    let part = match view.part {
        PointsPart::Passbook(_) => PointsPart::Ranking,
        PointsPart::Vetoes(_) => PointsPart::Vetoes(None),
        part => part,
    };
    let choice = |members: bool| {
        let there = PointsView {
            members,
            part,
            grid: view.grid,
            unit: view.unit,
            lines: view.lines.clone(),
            ..PointsView::default()
        };
        let label = ledger_of(&there).word().to_owned();
        Choice { label, href: Route::Points(there).href(), current: view.members == members }
    };
    vec![choice(false), choice(true)]
}

/// 存折 is there only once an account is chosen.
fn part_choices(view: &PointsView, waiting: usize) -> Vec<Choice> {
    let review = if waiting > 0 { format!("待审 {waiting}") } else { "待审".to_owned() };
    let passbook = matches!(view.part, PointsPart::Passbook(_)).then_some(("存折", view.part));
    let parts = [
        Some(("排行", PointsPart::Ranking)),
        passbook,
        Some((review.as_str(), PointsPart::Review)),
        Some(("一票否决", PointsPart::Vetoes(None))),
        Some(("月结公示", PointsPart::Closing)),
        Some(("年度", PointsPart::Year(None))),
        Some(("细则", PointsPart::Rules(None))),
        Some(("设置", PointsPart::Settings)),
    ];
    let shown = match view.part {
        PointsPart::Rules(_) | PointsPart::RuleDraft => PointsPart::Rules(None),
        PointsPart::Vetoes(_) => PointsPart::Vetoes(None),
        PointsPart::Year(_) => PointsPart::Year(None),
        part => part,
    };
    let choices = parts.into_iter().flatten().map(|(label, part)| {
        let href = Route::Points(PointsView { part, ..view.clone() }).href();
        Choice { label: label.to_owned(), href, current: shown == part }
    });
    choices.collect()
}
