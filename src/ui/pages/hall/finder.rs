//! The left side of the hall: the find box and the accounts it finds.

use leptos::ev;
use leptos::prelude::*;

use super::desk::Desk;
use crate::report::redemption_desk::FoundRow;
use crate::ui::components::tag::{Tag, Tone};

/// 找户, 找人
#[component]
pub fn Finder(desk: Desk) -> impl IntoView {
    let has_found = Memo::new(move |_| desk.found.with(|rows| !rows.is_empty()));
    let current = move || desk.taken().map(hit_id);
    view! {
        <section class="lookup" aria-label="查找">
            <label class="lookup__label" for="hall-find">
                {move || desk.word("找户", "找人")}
            </label>
            <input
                class="lookup__box"
                id="hall-find"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder="首字母、户号、姓名"
                aria-autocomplete="list"
                aria-expanded=move || has_found.get().to_string()
                aria-controls=move || has_found.get().then_some("hall-found")
                aria-activedescendant=current
                node_ref=desk.find_box
                prop:value=desk.typed
                on:input=move |event| desk.type_in(event_target_value(&event))
            />
            <Show when=move || has_found.get() fallback=move || view! { <Nothing desk /> }>
                <ul class="lookup__hits" id="hall-found" role="listbox" aria-label=move || desk.word("查到的户", "查到的人")>
                    <For
                        each=move || desk.found.get().into_iter().enumerate()
                        key=Clone::clone
                        children=move |(place, row)| view! { <Hit desk place row /> }
                    />
                </ul>
            </Show>
        </section>
    }
}

/// What stands under an empty list.
#[component]
fn Nothing(desk: Desk) -> impl IntoView {
    let sentence = move || {
        if desk.typed.with(|typed| typed.trim().is_empty()) {
            desk.word("输入户主姓名首字母,如 whl,或扫户码,按回车。", "输入姓名首字母,如 whl,或户号,或扫积分卡,按回车。")
        } else {
            desk.word(
                "没有找到这一户。请核对首字母或户号,也可以输入汉字。",
                "没有找到这个人。请核对首字母或户号,也可以输入汉字。",
            )
        }
    };
    view! { <p class="lookup__nothing">{sentence}</p> }
}

#[component]
fn Hit(desk: Desk, place: usize, row: FoundRow) -> impl IntoView {
    let is_current = Memo::new(move |_| desk.taken() == Some(place));
    let account = row.account;
    let is_out = row.balance <= 0 || row.stopped.is_some();
    // The find box keeps the focus until somebody is taken.
    let hold = |event: ev::MouseEvent| event.prevent_default();
    view! {
        <li
            class="lookup__hit"
            class:lookup__hit--current=is_current
            class:lookup__hit--none=is_out
            id=hit_id(place)
            role="option"
            aria-selected=move || is_current.get().to_string()
            on:mousedown=hold
            on:click=move |_| desk.take(account)
        >
            <span>
                {row.name} " " <small class="lookup__number">{row.number}</small>
                {row.other.map(|other| view! { <small class="lookup__other">{other}</small> })}
            </span>
            {match row.stopped {
                Some(word) => view! { <Tag tone=Tone::Red word /> }.into_any(),
                None => view! { <b>{row.balance} " 分"</b> }.into_any(),
            }}
        </li>
    }
}

fn hit_id(place: usize) -> String {
    format!("hall-hit-{place}")
}
