//! 按户还是按人: how it is, and the way to change it, which is asked about once more.

use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::points::accounts::VillagerAccount;
use crate::report::account_choice::account_choice;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// Whose the accounts are.
#[component]
pub(super) fn AccountSheet() -> impl IntoView {
    let app = use_app();
    let choice = app.report(move |village| account_choice(village, app.today()));
    let asked = RwSignal::new(false);
    let label = move || change_words(choice.with(|choice| choice.other));
    view! {
        <Sheet title="按户还是按人">
            <p>{move || choice.with(|choice| choice.words)}</p>
            <div class="settings__expiry">
                <Button on_press=move |()| asked.set(true)>{label}</Button>
            </div>
        </Sheet>
        <Show when=move || asked.get()>
            <ChoiceDialog on_close=move |()| asked.set(false) />
        </Show>
    }
}

const fn change_words(to: VillagerAccount) -> &'static str {
    match to {
        VillagerAccount::Household => "改为按户记分",
        VillagerAccount::Person => "改为按人记分",
    }
}

/// What would change, or why it cannot be.
#[component]
fn ChoiceDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let choice = untrack(|| app.read(|village| account_choice(village, app.today())));
    let problem = RwSignal::new(choice.barred.clone());
    let other = choice.other;
    let change = move |()| {
        let done = format!("群众积分从现在起{}记。", other.word());
        send(app, Command::ChooseAccounts(other), done, problem, on_close);
    };
    let is_barred = choice.barred.is_some();
    let effects = choice.effects.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    let confirm = (!is_barred).then(|| {
        view! { <Button weight=Weight::Primary on_press=change>{change_words(other)}</Button> }
    });
    view! {
        <Dialog title=change_words(other) on_close>
            <div class="form">
            <p>"请先由村民代表会议议定。改了以后:"</p>
            <ul class="settings__preview">{effects}</ul>
            <Problem sentence=problem />
            <div class="actions">
                {confirm}
                <Button on_press=on_close>{if is_barred { "知道了" } else { "取消" }}</Button>
            </div>
            </div>
        </Dialog>
    }
}
