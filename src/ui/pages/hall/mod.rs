//! 兑换日: full screen, big type, and the keyboard alone is enough. Find a
//! household, add goods by number, Enter.

mod counter;
mod desk;
mod finder;
mod keys;

use leptos::ev;
use leptos::prelude::*;

use self::counter::Counter;
use self::desk::Desk;
use self::finder::Finder;
use crate::domain::count::counted;
use crate::report::tag::thousands;
use crate::ui::components::button::LinkButton;
use crate::ui::context::use_app;
use crate::ui::route::{GoodsPart, Route};
use crate::ui::shell::SavedMark;

/// 兑换日
#[component]
pub fn Hall() -> impl IntoView {
    let desk = Desk::new(use_app());
    let listener = window_event_listener(ev::keydown, move |event| keys::follow(desk, &event));
    on_cleanup(move || listener.remove());
    Effect::new(move |_| {
        desk.find_box.track();
        desk.focus_find();
    });
    view! {
        <main class="hall">
            <Head desk />
            <div class="hall__body">
                <Finder desk />
                <Counter desk />
            </div>
            <Foot desk />
        </main>
    }
}

/// The quarter, and how much has been redeemed today.
#[component]
fn Head(desk: Desk) -> impl IntoView {
    let day = desk.day;
    let in_quarter = move || {
        let day = day.get();
        format!("本季 {} {} · {} 分", counted(day.households_quarter), day.counter, thousands(day.points_quarter))
    };
    view! {
        <header class="hall__head">
            <h1 class="hall__title">"积分兑换日"</h1>
            <span>{move || day.get().quarter}</span>
            <p class="hall__done">
                "今天已兑 " <b>{move || counted(day.get().households_today)}</b> " " {move || day.get().counter} " · "
                <b>{move || thousands(day.get().points_today)}</b> " 分"
                <small class="hall__quarter">{in_quarter}</small>
            </p>
            <SavedMark />
            <LinkButton href=Route::Goods(GoodsPart::Shelf).href()>"退出"</LinkButton>
        </header>
    }
}

/// The keys, and the redemption that can be taken back.
#[component]
fn Foot(desk: Desk) -> impl IntoView {
    let app = use_app();
    let today = Memo::new(move |_| app.today());
    let last = move || {
        desk.day.with(|day| {
            let last = day.last_undoable.as_ref();
            last.map(|last| format!("撤销上一笔({},{} 分)", last.name, last.points))
        })
    };
    let has_tens = Memo::new(move |_| desk.has_tens());
    let tens = move || {
        view! {
            <span class="hall__key" class:hall__key--on=desk.tens role="status">
                <kbd>"0"</kbd>
                {move || if desk.tens.get() { " 再按个位数,Esc 取消" } else { " 再按个位数,加 ⑩–⑲" }}
            </span>
        }
    };
    let undo = move |words: String| {
        view! {
            <span class="hall__key">
                <kbd>"Ctrl Z"</kbd>
                <button type="button" class="hall__undo" on:click=move |_| desk.undo()>
                    {words}
                </button>
            </span>
        }
    };
    view! {
        <footer class="hall__foot">
            <span class="hall__key"><kbd>"首字母"</kbd> " 找人"</span>
            <span class="hall__key"><kbd>"1"</kbd> "–" <kbd>"9"</kbd> " 加物品"</span>
            {move || has_tens.get().then(tens)}
            {move || has_tens.get().then(|| view! { <span class="hall__key"><kbd>"/"</kbd> " 找物品"</span> })}
            <span class="hall__key"><kbd>"−"</kbd> " 减一件"</span>
            <span class="hall__key"><kbd>"⏎"</kbd> " 兑换"</span>
            {move || last().map(undo)}
            <a class="hall__paper" href=move || Route::Signatures(Some(today.get())).href()>"签领表"</a>
        </footer>
    }
}
