//! 名单: who is chosen, with how much each, newest on top.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::recording::Recording;
use crate::domain::points::ledger::Account;
use crate::ui::components::button::{Button, Weight};

/// The list.
#[component]
pub(super) fn ChosenList(recording: Recording) -> impl IntoView {
    let input = recording.input;
    let accounts = Memo::new(move |_| input.with(|input| input.chosen.iter().rev().copied().collect::<Vec<_>>()));
    let stuck = Memo::new(move |_| recording.stuck());
    let is_empty = move || accounts.with(Vec::is_empty);
    let clear = move |()| {
        input.update(|input| {
            input.chosen.clear();
            input.quantities.clear();
            input.open.clear();
        });
    };
    view! {
        <section class="chosen" aria-label="名单">
            <div class="chosen__head">
                <h3 class="chosen__title">
                    {move || format!("名单 {} {}", accounts.with(Vec::len), recording.counter())}
                </h3>
                <Show when=move || !is_empty()>
                    <Button weight=Weight::Quiet on_press=clear>
                        "清空名单"
                    </Button>
                </Show>
            </div>
            <Show when=is_empty>
                <p class="chosen__none">"还没有人。在左边打几个字母按回车,或按网格勾选。"</p>
            </Show>
            <ul class="chosen__list" hidden=is_empty>
                <For
                    each=move || accounts.get()
                    key=|account| *account
                    children=move |account| view! { <ChosenLine recording stuck account /> }
                />
            </ul>
        </section>
    }
}

#[component]
fn ChosenLine(recording: Recording, stuck: Memo<BTreeMap<Account, &'static str>>, account: Account) -> impl IntoView {
    let (name, number) = untrack(|| {
        recording
            .participants
            .with(|all| all.get(account).map_or_else(Default::default, |one| (one.name.clone(), one.number.clone())))
    });
    let reason = Memo::new(move |_| stuck.with(|stuck| stuck.get(&account).copied()));
    let input = recording.input;
    let own = move || input.with(|input| input.quantities.get(&account).cloned().unwrap_or_default());
    let usual = move || input.with(|input| input.quantity.clone());
    let unit = move || recording.item.with(|item| item.as_ref().map(|item| item.unit.word().to_owned()));
    let change = move |event| {
        let text = event_target_value(&event);
        input.update(|input| {
            input.quantities.insert(account, text);
        });
    };
    let (quantity_label, remove_label) = (format!("{name} 的数量"), format!("去掉 {name}"));
    view! {
        <li class="chosen__one" class:chosen__one--stuck=move || reason.get().is_some()>
            <span class="chosen__number">{number}</span>
            <span class="chosen__name">
                {name} {move || reason.get().map(|reason| view! { <small class="chosen__reason">{reason}</small> })}
            </span>
            <input
                class="input chosen__quantity"
                type="number"
                min="1"
                max="1000"
                aria-label=quantity_label
                placeholder=usual
                prop:value=own
                on:input=change
            />
            <span class="chosen__unit">{unit}</span>
            <button
                type="button"
                class="chosen__remove"
                aria-label=remove_label
                on:click=move |_| recording.choose(account, false)
            >
                "×"
            </button>
        </li>
    }
}
