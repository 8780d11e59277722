//! 月结, asked once more: what it will do, for how long the notice hangs.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::veto_acts::Foot;
use crate::domain::calendar::Month;
use crate::domain::command::Command;
use crate::domain::points::close::CloseMonth;
use crate::domain::points::rule::Ledger;
use crate::report::month_close::consequence;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::TextField;
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// Closes a month.
#[component]
pub(super) fn CloseDialog(ledger: Ledger, month: Month, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let days = |days: u16| RwSignal::new(days.to_string());
    let [notice_days, objection_days] = untrack(|| app.read(|village| village.closings.usual_days(ledger)));
    let (notice, objection) = (days(notice_days), days(objection_days));
    let problem = RwSignal::new(None::<String>);
    // What is no number is no number of days either, and is refused as such.
    let typed = |days: RwSignal<String>| days.with(|days| days.trim().parse::<u16>().unwrap_or(0));
    let days = move || [typed(notice).max(1), typed(objection).max(1)];
    let words = move || app.read(|village| consequence(village, ledger, month, app.today(), days()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (notice_days, objection_days) = untrack(|| (typed(notice), typed(objection)));
        let done = format!("{}{}已月结。请打印公示表贴出来。", month.words(), ledger.word());
        let new = CloseMonth { ledger, month, notice_days, objection_days };
        send(app, Command::CloseMonth(new), done, problem, on_close);
    };
    view! {
        <Dialog title=format!("月结{}", month.words()) on_close>
            <form class="form" on:submit=submit>
                <p>{words}</p>
                <div class="form__row">
                    <TextField label="公示几天" kind="number" value=notice />
                    <TextField label="异议收几个工作日" kind="number" value=objection />
                </div>
                <Foot problem on_close word="确认月结" />
            </form>
        </Dialog>
    }
}
