//! 放假安排: which years are known, and the way to enter one by pasting the notice.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::veto_acts::Foot;
use crate::domain::calendar::add_days;
use crate::domain::command::Command;
use crate::domain::working_days::{WorkingDaysRefusal, YearTable};
use crate::report::holiday_notice::read_notice;
use crate::report::working_days::{DayWords, YearRow, day_words, moved_words, year_rows};
use crate::ui::components::button::Button;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::LongField;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{App, use_app};
use crate::ui::pages::marks::mark;
use crate::ui::pages::send::send;

/// The years that are known, the newest first.
#[component]
pub(super) fn WorkingDaysSheet() -> impl IntoView {
    let app = use_app();
    let rows = app.report(move |village| year_rows(village, app.today()));
    let asked = RwSignal::new(false);
    view! {
        <Sheet title="放假安排" remark="工作日照它算:异议期限、按工作日限办的事项">
            <ul class="settings__list">{move || rows.get().into_iter().map(year_view).collect_view()}</ul>
            <div class="settings__expiry">
                <Button on_press=move |()| asked.set(true)>"录入放假安排"</Button>
            </div>
        </Sheet>
        <Show when=move || asked.get()>
            <EnterDialog on_close=move |()| asked.set(false) />
        </Show>
    }
}

fn year_view(row: YearRow) -> AnyView {
    let head = view! {
        <span class="settings__year">{format!("{} 年", row.year)}</span>
        {mark(row.state)}
    };
    let Some(days) = row.days else {
        return view! { <li class="settings__staff">{head}</li> }.into_any();
    };
    view! {
        <li>
            <details>
                <summary class="settings__staff">{head}</summary>
                {days_view(days)}
            </details>
        </li>
    }
    .into_any()
}

fn days_view(days: DayWords) -> impl IntoView {
    let worked = if days.worked.is_empty() { vec!["没有".to_owned()] } else { days.worked };
    let each = |words: Vec<String>| {
        words.into_iter().map(|one| view! { <span class="settings__holiday">{one}</span> " " }).collect_view()
    };
    view! {
        <dl class="settings__days">
            <dt>"放假"</dt>
            <dd>{each(days.off)}</dd>
            <dt>"调休上班"</dt>
            <dd>{each(worked)}</dd>
        </dl>
    }
}

/// The notice is pasted; what is read of it stands below, with what it would change.
#[component]
fn EnterDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let read = Memo::new(move |_| text.with(|text| (!text.trim().is_empty()).then(|| read_notice(text))));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match read.get_untracked() {
            None => problem.set(Some("请先把通知贴在上面的框里。".to_owned())),
            // The sentence stands below what was pasted.
            Some(Err(_)) => problem.set(Some("上面写了哪里不对,改好再录入。".to_owned())),
            Some(Ok(table)) => {
                let done = format!("{} 年放假安排已录入,工作日照它算。", table.year);
                send(app, Command::EnterWorkingDays(table), done, problem, on_close);
            }
        }
    };
    let next = untrack(|| add_days(app.today(), 31).year());
    view! {
        <Dialog title="录入放假安排" on_close>
            <form class="form" on:submit=submit>
                <LongField
                    label=format!("把国务院办公厅关于 {next} 年部分节假日安排的通知贴在这里")
                    value=text
                    hint="连标题一起贴。几月几日放假、几月几日上班由软件读出来,和通知里写的星期、天数对过。"
                />
                <div role="status">{move || read.get().map(|read| found_view(app, read))}</div>
                <Foot problem on_close word="录入" />
            </form>
        </Dialog>
    }
}

fn found_view(app: App, read: Result<YearTable, WorkingDaysRefusal>) -> AnyView {
    match read {
        Err(refusal) => view! { <p>{refusal.to_string()}</p> }.into_any(),
        Ok(table) => {
            let moved = untrack(|| app.read(|village| moved_words(village, &table)));
            view! {
                <p>{format!("读出 {} 年:", table.year)}</p>
                {days_view(day_words(&table))}
                <p class="table__quiet">{moved}</p>
            }
            .into_any()
        }
    }
}
