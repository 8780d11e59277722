//! 找户, one account: a few keys, then a press on the one that is meant.

use leptos::prelude::*;

use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::report::account_finder::{AccountHit, account_of, accounts_found};
use crate::report::search::SearchIndex;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::TextField;
use crate::ui::context::{App, use_app};

/// Hits that are shown.
const HITS_MAX: usize = 6;

/// 「找户」 「找人」
pub(super) fn find_word(app: App) -> &'static str {
    match untrack(|| app.read(|village| village.villager_accounts.now())) {
        VillagerAccount::Household => "找户",
        VillagerAccount::Person => "找人",
    }
}

/// Picks one account of the ledger.
#[component]
pub(super) fn AccountPicker(ledger: Ledger, chosen: RwSignal<Option<Account>>) -> impl IntoView {
    let app = use_app();
    let found = move || chosen.get().and_then(|account| app.read(|village| account_of(village, account)));
    let one = move |hit: AccountHit| {
        view! {
            <p class="picked">
                <strong>{hit.name}</strong>
                <span class="picked__detail">{hit.detail}</span>
                <Button weight=Weight::Quiet on_press=move |()| chosen.set(None)>
                    "换一个"
                </Button>
            </p>
        }
    };
    move || match found() {
        Some(hit) => one(hit).into_any(),
        None => finding(ledger, chosen),
    }
}

fn finding(ledger: Ledger, chosen: RwSignal<Option<Account>>) -> AnyView {
    let app = use_app();
    let index = StoredValue::new(untrack(|| app.read(SearchIndex::build)));
    let typed = RwSignal::new(String::new());
    let hits = move || {
        let typed = typed.get();
        index.with_value(|index| app.read(|village| accounts_found(village, index, ledger, &typed, HITS_MAX)))
    };
    let label = match ledger {
        Ledger::Villager => find_word(app),
        Ledger::Member => "找党员",
    };
    let hit = move |hit: AccountHit| {
        let account = hit.account;
        view! {
            <li>
                <button type="button" class="picked__hit" on:click=move |_| chosen.set(Some(account))>
                    <b>{hit.name}</b>
                    <span class="picked__detail">{hit.detail}</span>
                </button>
            </li>
        }
    };
    let found = move || {
        let hits = hits();
        let none = hits.is_empty() && typed.with(|typed| !typed.trim().is_empty());
        let none = none.then(|| view! { <li class="picked__none">"没有找到,请换几个字再试。"</li> });
        view! { {hits.into_iter().map(hit).collect_view()} {none} }
    };
    view! {
        <div>
            <TextField label value=typed hint="姓名、拼音首字母或户号,再点要找的那一个。" autofocus=true />
            <ul class="picked__hits" aria-live="polite">
                {found}
            </ul>
        </div>
    }
    .into_any()
}
