//! 作废: a visit that was entered wrongly stays in the list and counts no more.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::id::VisitId;
use crate::domain::visits::act::VisitAct;
use crate::report::visits::visit_detail;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// Asks for the reason.
#[component]
pub(super) fn StrikeDialog(visit: VisitId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let row = untrack(|| app.read(|village| visit_detail(village, visit, app.today()))).map(|detail| detail.row);
    let line = row.as_ref().map_or_else(String::new, |row| format!("{} 走访 {} {}", row.day, row.number, row.head));
    let points = row.and_then(|row| row.points);
    let (reason, problem) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let done = format!("已作废:{line}。");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let command = Command::Visit(VisitAct::Strike { visit, reason: reason.get_untracked() });
        send(app, command, done.clone(), problem, on_close);
    };
    let earned = points.map(|points| format!("这次走访得的 {points} 分一并冲正,今天入账。"));
    view! {
        <Dialog title="作废这次走访" on_close>
            <form class="form" on:submit=submit>
                <p>
                    <b>{line}</b>
                    " 会留在清单里,注明已作废,不再算进覆盖率。作废以后不能撤回,走访过就重新登记一次。"
                </p>
                {earned.map(|words| view! { <p class="minus">{words}</p> })}
                <LongField label="作废的原因" value=reason hint="写清错在哪里,如:登错了户、日期不对。" />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"确认作废"</Button>
                    <Button on_press=on_close>"不作废"</Button>
                </div>
            </form>
        </Dialog>
    }
}
