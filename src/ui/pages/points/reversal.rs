//! 冲正一条: says what will happen, and asks for the reason.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::app::book::ActError;
use crate::domain::command::Command;
use crate::domain::id::EntryId;
use crate::report::reversal::{ReversalPreview, reversal_preview};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Field, Problem};
use crate::ui::context::{Saving, use_app};

/// Takes one line of a passbook back.
#[component]
pub(super) fn ReversalDialog(entry: EntryId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let preview = untrack(|| app.read(|village| reversal_preview(village, entry, app.today())));
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let done = preview.as_ref().map_or_else(|| "已冲正。".to_owned(), done_words);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let done = done.clone();
        let command = Command::ReverseEntry { entry, reason: reason.get_untracked() };
        app.perform(command, move |outcome: Result<(), ActError>| match outcome {
            Ok(()) => {
                on_close.try_run(());
                app.say(done);
            }
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    view! {
        <Dialog title="冲正一条" on_close>
            <form class="form" on:submit=submit>
                {preview.map(|preview| view! { <What preview /> })}
                <Field label="冲正的原因" hint="写清错在哪里,如:误登他户、数量写错。存折上会印出来。">
                    <textarea class="input input--long" rows="3" autofocus=true bind:value=reason></textarea>
                </Field>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit" disabled=writing>
                        "确认冲正"
                    </Button>
                    <Button on_press=move |()| on_close.run(())>"不冲正"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// What will happen, before it does.
#[component]
fn What(preview: ReversalPreview) -> impl IntoView {
    let ReversalPreview { line, points, opposite, balance, balance_after } = preview;
    let debt = (balance_after < 0).then_some("结余会变成负数:已兑换的物品不退,以后的加分先抵这部分。");
    view! {
        <div class="reversal">
            <p class="reversal__line">{format!("{line} {points} 分")}</p>
            <p>
                {format!("这一行会保留,今天另记一行「冲正」{opposite} 分,结余由 {balance} 分变为 {balance_after} 分。")}
                "冲正以后不能撤回。"
            </p>
            {debt.map(|debt| view! { <p class="minus">{debt}</p> })}
        </div>
    }
}

fn done_words(preview: &ReversalPreview) -> String {
    format!("已冲正:{},{} 分,结余 {} 分。", preview.line, preview.opposite, preview.balance_after)
}
