//! 启用新版: the meeting that adopts the draft, and from when it counts.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::caps::CategoryCaps;
use super::editor::Editing;
use crate::domain::calendar::{iso_date, long_date};
use crate::domain::command::Command;
use crate::report::rule_draft::DraftBook;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::{Field, Problem};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{Saving, use_app};
use crate::ui::route::{self, PointsPart, PointsView, Route};

/// The meeting, and the one button.
#[component]
pub(super) fn AdoptForm(editing: Editing, view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let adopt = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(parsed) = editing.draft.0.with_untracked(|draft| draft.as_ref().map(DraftBook::parse)) else {
            return;
        };
        match parsed {
            Err(sentence) => problem.set(Some(sentence)),
            Ok(new) => {
                let done = format!("新版细则已启用,从 {} 起施行。以前的记录不变。", long_date(new.effective));
                app.perform(Command::AdoptRules(new), move |outcome| match outcome {
                    Ok(()) => {
                        editing.draft.0.set(None);
                        app.say(done);
                        let newest = app.read(|village| village.rules.iter().last().map(|book| book.version.0));
                        let part = PointsPart::Rules(newest);
                        route::go(&Route::Points(PointsView { part, ..view.get_untracked() }));
                    }
                    Err(error) => problem.set(Some(error.to_string())),
                });
            }
        }
    };
    let give_up = move |()| {
        editing.draft.0.set(None);
        browser::set_rule_draft(None);
        editing.draft.begin(app);
        problem.set(None);
        app.say("已恢复成上一版的样子。");
    };
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    view! {
        <Sheet title="启用新版" remark="由会议通过">
            <form class="form" novalidate=true on:submit=adopt>
                <Meeting editing />
                <CategoryCaps editing />
                <Problem sentence=problem />
                <div class="ruledraft__acts">
                    <Button weight=Weight::Primary kind="submit" disabled=writing>
                        "启用新版"
                    </Button>
                    <Button weight=Weight::Quiet on_press=give_up>
                        "全部改回"
                    </Button>
                </div>
            </form>
        </Sheet>
    }
}

#[component]
fn Meeting(editing: Editing) -> impl IntoView {
    let today = iso_date(use_app().today());
    let draft = editing.draft;
    let field = move |label: &'static str, kind: &'static str, max: Option<String>, read: Read, place: Place| {
        view! {
            <Field label>
                <input
                    class="input"
                    type=kind
                    autocomplete="off"
                    max=max
                    prop:value=move || draft.look(|draft| read(draft).clone())
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        draft.change(|draft| *place(draft) = text);
                    }
                />
            </Field>
        }
        .into_any()
    };
    view! {
        <div class="form__row">
            {field("会议日期", "date", Some(today), |draft| &draft.adopted, |draft| &mut draft.adopted)}
            {field("到会人数", "text", None, |draft| &draft.attendance, |draft| &mut draft.attendance)}
        </div>
        {field("会议决定", "text", None, |draft| &draft.decision, |draft| &mut draft.decision)}
        {field("施行日期", "date", None, |draft| &draft.effective, |draft| &mut draft.effective)}
    }
}

type Read = fn(&DraftBook) -> &String;
type Place = fn(&mut DraftBook) -> &mut String;
