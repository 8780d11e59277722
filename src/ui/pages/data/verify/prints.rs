//! The fingerprints in large type, to be copied or printed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::calendar::Moment;
use crate::domain::points::rule::Ledger;
use crate::journal::fingerprint::Fingerprint;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::context::use_app;
use crate::ui::pages::data::moment;

/// What a ledger is called on a notice.
pub const fn ledger_words(ledger: Ledger) -> &'static str {
    match ledger {
        Ledger::Villager => "群众积分账本",
        Ledger::Member => "党员积分账本",
    }
}

/// Both fingerprints as of the time of verifying.
#[component]
pub fn Prints(now: [Fingerprint; 2], at: Moment) -> impl IntoView {
    let app = use_app();
    let village = untrack(|| {
        app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default())
    });
    let one = |(ledger, print): (Ledger, Fingerprint)| {
        let (name, text) = (ledger_words(ledger), print.to_string());
        view! { <One name text /> }
    };
    view! {
        <p class="prints__head">{format!("{village}积分账本指纹(截至 {})", moment(at))}</p>
        <dl class="prints">{[Ledger::Villager, Ledger::Member].into_iter().zip(now).map(one).collect_view()}</dl>
        <div class="actions">
            <Button on_press=|()| browser::print()>"打印指纹"</Button>
        </div>
    }
}

#[component]
fn One(name: &'static str, text: String) -> impl IntoView {
    let app = use_app();
    let shown = text.clone();
    let copy = move |()| {
        let text = text.clone();
        spawn_local(async move {
            app.say(if browser::copy(&text).await {
                format!("{name}的指纹已复制。")
            } else {
                "浏览器不让复制。请点一下指纹选中它,再按 Ctrl+C。".to_owned()
            });
        });
    };
    view! {
        <div class="prints__one">
            <dt class="prints__name">{name}</dt>
            <dd class="prints__value">
                <span class="prints__text">{shown}</span>
                <Button weight=Weight::Quiet on_press=copy>
                    "复制"
                </Button>
            </dd>
        </div>
    }
}
