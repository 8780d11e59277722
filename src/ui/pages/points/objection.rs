//! 提出异议 against a line of a passbook, and 处理异议.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use jiff::civil::Date;

use super::veto_acts::Foot;
use crate::domain::calendar::{iso_date, parse_iso_date, short_date};
use crate::domain::command::Command;
use crate::domain::id::EntryId;
use crate::domain::points::dispute::{DISPUTE_WORKING_DAYS, DisputeAct, Verdict, dispute_deadline};
use crate::domain::refusal::Refusal;
use crate::report::disputes::{DisputeRow, open_disputes};
use crate::report::reversal::reversal_preview;
use crate::report::working_days::caveat;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, TextField};
use crate::ui::context::{App, use_app};
use crate::ui::pages::send::send;

/// 提出异议
#[component]
pub(super) fn RaiseDialog(entry: EntryId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let preview = untrack(|| app.read(|village| reversal_preview(village, entry, app.today())));
    let line = preview.map(|preview| format!("{} {} 分", preview.line, preview.points));
    let date = RwSignal::new(iso_date(app.today()));
    let note = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let day = move || date.with(|date| parse_iso_date(date));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(date) = untrack(day) else {
            problem.set(Some(Refusal::Missing("异议日期").to_string()));
            return;
        };
        let done = format!("异议已登记,请在 {} 前处理。", until(app, date));
        let act = DisputeAct::Raise { entry, date, note: note.get_untracked() };
        send(app, Command::Dispute(act), done, problem, on_close);
    };
    let deadline = move || {
        let end = day().map(|date| until(app, date)).unwrap_or_default();
        format!("{DISPUTE_WORKING_DAYS} 个工作日以内处理,到 {end}。处理以前这一行照常算分。")
    };
    view! {
        <Dialog title="提出异议" on_close>
            <form class="form" on:submit=submit>
                {line.map(|line| view! { <p class="reversal__line">{line}</p> })}
                <TextField label="提出日期" kind="date" value=date />
                <LongField label="谁提的、为什么" value=note />
                <p>{deadline}</p>
                <Foot problem on_close word="登记异议" />
            </form>
        </Dialog>
    }
}

/// The last day for deciding it, with what is to be said of that.
fn until(app: App, raised: Date) -> String {
    app.read(|village| {
        let end = dispute_deadline(raised, &village.working_days);
        format!("{}{}", short_date(end), caveat(&village.working_days, end))
    })
}

/// 处理异议: keep the entry or take it back.
#[component]
pub(super) fn DecideDialog(entry: EntryId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let row = untrack(|| {
        app.read(|village| open_disputes(village, None, app.today()).into_iter().find(|row| row.entry == entry))
    });
    let verdict = RwSignal::new(Verdict::Keep);
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let verdict = verdict.get_untracked();
        let done = match verdict {
            Verdict::Keep => "异议已处理:维持原记录。",
            Verdict::Reverse => "异议已处理:已冲正,冲正记在今天。",
        };
        let act = DisputeAct::Decide { entry, verdict, reason: reason.get_untracked() };
        send(app, Command::Dispute(act), done.to_owned(), problem, on_close);
    };
    let one = move |(choice, word): (Verdict, &'static str)| {
        view! {
            <label class="radios__one">
                <input
                    type="radio"
                    name="verdict"
                    prop:checked=move || verdict.get() == choice
                    on:change=move |_| verdict.set(choice)
                />
                {word}
            </label>
        }
    };
    let choices = [(Verdict::Keep, "维持:这一行不变"), (Verdict::Reverse, "冲正:今天另记一行相反的分")];
    view! {
        <Dialog title="处理异议" on_close>
            <form class="form" on:submit=submit>
                {row.map(about)}
                <fieldset class="radios">
                    <legend class="radios__legend">"怎么处理"</legend>
                    {choices.map(one).into_iter().collect_view()}
                </fieldset>
                <LongField label="处理的理由" value=reason hint="查了什么、谁认定的。存折上会印出来。" />
                <Foot problem on_close word="确认处理" />
            </form>
        </Dialog>
    }
}

fn about(row: DisputeRow) -> impl IntoView {
    view! {
        <div class="reversal">
            <p class="reversal__line">{format!("{} {}", row.who, row.line)}</p>
            <p>{row.note}</p>
            <p class="table__quiet">{row.dates}</p>
        </div>
    }
}
