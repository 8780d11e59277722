//! 登记一票否决: whom, why, by which document and meeting, from when to when.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::account_picker::AccountPicker;
use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::command::Command;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::points::veto::{NewVeto, VetoAct, VetoEffect};
use crate::domain::refusal::Refusal;
use crate::report::account_finder::account_of;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem, TextField};
use crate::ui::context::{Saving, use_app};
use crate::ui::pages::send::send;

/// What is typed; all of it as text until it is sent.
#[derive(Clone, Copy)]
struct Input {
    account: RwSignal<Option<Account>>,
    reason: RwSignal<String>,
    document: RwSignal<String>,
    meeting: RwSignal<String>,
    met: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    effects: RwSignal<Vec<VetoEffect>>,
}

impl Input {
    fn new(ledger: Ledger, today: String) -> Self {
        let meeting = match ledger {
            Ledger::Villager => "村民代表会议",
            Ledger::Member => "支部党员大会",
        };
        let text = || RwSignal::new(String::new());
        Self {
            account: RwSignal::new(None),
            reason: text(),
            document: text(),
            meeting: RwSignal::new(meeting.to_owned()),
            met: RwSignal::new(today.clone()),
            from: RwSignal::new(today),
            to: text(),
            effects: RwSignal::new(vec![VetoEffect::NoRedemption]),
        }
    }

    fn parse(self) -> Result<NewVeto, Refusal> {
        let day = |text: RwSignal<String>, what| {
            text.with_untracked(|text| parse_iso_date(text)).ok_or(Refusal::Missing(what))
        };
        Ok(NewVeto {
            account: self.account.get_untracked().ok_or(Refusal::NobodyChosen)?,
            reason: self.reason.get_untracked(),
            document: self.document.get_untracked(),
            meeting: self.meeting.get_untracked(),
            met: day(self.met, "会议日期")?,
            from: day(self.from, "开始日期")?,
            to: self.to.with_untracked(|text| parse_iso_date(text)),
            effects: self.effects.get_untracked(),
        })
    }
}

/// The dialog for one ledger.
#[component]
pub(super) fn VetoForm(ledger: Ledger, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let input = Input::new(ledger, iso_date(app.today()));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match input.parse() {
            Err(refusal) => problem.set(Some(refusal.to_string())),
            Ok(new) => {
                let name = untrack(|| app.read(|village| account_of(village, new.account)));
                let done = format!("已登记对 {} 的一票否决。", name.map(|hit| hit.name).unwrap_or_default());
                send(app, Command::Veto(VetoAct::Impose(new)), done, problem, on_close);
            }
        }
    };
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    view! {
        <Dialog title="登记一票否决" on_close>
            <form class="form" novalidate=true on:submit=submit>
                <AccountPicker ledger chosen=input.account />
                <LongField label="理由" value=input.reason hint="写清违反了哪一条、何时何地,照文件写。" />
                <div class="form__row">
                    <TextField label="文号" value=input.document />
                    <TextField label="作出决定的会议" value=input.meeting />
                </div>
                <Days input />
                <Effects input />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit" disabled=writing>
                        "登记"
                    </Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Days(input: Input) -> impl IntoView {
    view! {
        <div class="form__row">
            <TextField label="会议日期" kind="date" value=input.met />
            <TextField label="开始日期" kind="date" value=input.from />
            <TextField label="结束日期" kind="date" value=input.to hint="空着就到撤销为止。" />
        </div>
    }
}

#[component]
fn Effects(input: Input) -> impl IntoView {
    let effects = input.effects;
    let app = use_app();
    let balance = move || {
        let account = input.account.get()?;
        let clears = effects.with(|effects| effects.contains(&VetoEffect::Cleared));
        let balance = app.read(|village| village.balance(account));
        clears.then(|| format!("登记以后,现在的 {} 分马上清零,另记一行。要退回只能冲正那一行。", balance.max(0)))
    };
    let one = move |effect: &VetoEffect| {
        let effect = *effect;
        let checked = move || effects.with(|effects| effects.contains(&effect));
        let change = move |event| {
            let ticked = event_target_checked(&event);
            effects.update(|effects| {
                effects.retain(|other| *other != effect);
                if ticked {
                    effects.push(effect);
                }
            });
        };
        view! {
            <label class="radios__one">
                <input type="checkbox" class="tick__box" prop:checked=checked on:change=change />
                {effect.word()}
            </label>
        }
    };
    view! {
        <fieldset class="radios">
            <legend class="radios__legend">"处理"</legend>
            {VetoEffect::ALL.iter().map(one).collect_view()}
        </fieldset>
        {move || balance().map(|words| view! { <p class="problem">{words}</p> })}
    }
}
