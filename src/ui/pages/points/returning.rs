//! 退还: what was redeemed on an earlier day was handed back. Says what will
//! happen, and asks for the reason.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::id::RedemptionId;
use crate::report::reversal::{ReturnPreview, return_preview};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Field, Problem};
use crate::ui::context::{Saving, use_app};
use crate::ui::pages::send::send;

/// Takes the goods of a redemption back.
#[component]
pub(super) fn ReturnDialog(redemption: RedemptionId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let preview = untrack(|| app.read(|village| return_preview(village, redemption, app.today())));
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let done = preview.as_ref().map_or_else(|| "已退还。".to_owned(), |preview| preview.done.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let command = Command::ReturnRedemption { redemption, reason: reason.get_untracked() };
        send(app, command, done.clone(), problem, on_close);
    };
    let writing = Signal::derive(move || app.saving.get() == Saving::Writing);
    let what = |ReturnPreview { line, words, .. }: ReturnPreview| {
        view! {
            <div class="reversal">
                <p class="reversal__line">{line}</p>
                <p>{words}</p>
            </div>
        }
    };
    view! {
        <Dialog title="退还兑换的物品" on_close>
            <form class="form" on:submit=submit>
                {preview.map(what)}
                <Field label="退还的原因" hint="写清为什么退,如:过期、质量不好。存折上会印出来。">
                    <textarea class="input input--long" rows="3" autofocus=true bind:value=reason></textarea>
                </Field>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit" disabled=writing>
                        "确认退还"
                    </Button>
                    <Button on_press=move |()| on_close.run(())>"不退"</Button>
                </div>
            </form>
        </Dialog>
    }
}
