//! 登记申诉 and 撤销否决.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::command::Command;
use crate::domain::id::VetoId;
use crate::domain::points::veto::VetoAct;
use crate::domain::refusal::Refusal;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem, TextField};
use crate::ui::context::{Saving, use_app};
use crate::ui::pages::send::send;

/// 登记申诉
#[component]
pub(super) fn AppealDialog(veto: VetoId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let date = RwSignal::new(iso_date(app.today()));
    let note = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(date) = date.with_untracked(|date| parse_iso_date(date)) else {
            problem.set(Some(Refusal::Missing("申诉日期").to_string()));
            return;
        };
        let act = VetoAct::Appeal { veto, date, note: note.get_untracked() };
        send(app, Command::Veto(act), "申诉已登记。否决在撤销以前照常有效。".to_owned(), problem, on_close);
    };
    view! {
        <Dialog title="登记申诉" on_close>
            <form class="form" on:submit=submit>
                <TextField label="申诉日期" kind="date" value=date />
                <LongField label="申诉的内容" value=note hint="谁提的、为什么,照本人的话写。" />
                <Foot problem on_close word="登记申诉" />
            </form>
        </Dialog>
    }
}

/// 撤销否决
#[component]
pub(super) fn RevokeDialog(veto: VetoId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let date = RwSignal::new(iso_date(app.today()));
    let (document, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(date) = date.with_untracked(|date| parse_iso_date(date)) else {
            problem.set(Some(Refusal::Missing("撤销日期").to_string()));
            return;
        };
        let (document, reason) = (document.get_untracked(), reason.get_untracked());
        let act = VetoAct::Revoke { veto, date, document, reason };
        send(app, Command::Veto(act), "否决已撤销,以前的记录都还在。".to_owned(), problem, on_close);
    };
    view! {
        <Dialog title="撤销否决" on_close>
            <form class="form" on:submit=submit>
                <p>"从撤销这一天起恢复兑换和评优,以前的记录保留。清零过的积分不会自己回来,要退回请在存折里冲正那一行。"</p>
                <div class="form__row">
                    <TextField label="撤销日期" kind="date" value=date />
                    <TextField label="撤销的文号" value=document />
                </div>
                <LongField label="撤销的原因" value=reason />
                <Foot problem on_close word="撤销否决" />
            </form>
        </Dialog>
    }
}

/// What is wrong, and the two buttons.
#[component]
pub(super) fn Foot(problem: RwSignal<Option<String>>, on_close: Callback<()>, word: &'static str) -> impl IntoView {
    let app = use_app();
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    view! {
        <Problem sentence=problem />
        <div class="actions">
            <Button weight=Weight::Primary kind="submit" disabled=writing>
                {word}
            </Button>
            <Button on_press=on_close>"取消"</Button>
        </div>
    }
}
