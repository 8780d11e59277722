//! Two dialogs about goods that are there: 盘点, and 更改 of their terms.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::input::{TermsInput, whole};
use crate::domain::command::{Command, Settlement};
use crate::report::day_closing::difference_words;
use crate::report::overview::{LOW_STOCK, LOW_STOCK_PERCENT};
use crate::report::shelf_list::ShelfRow;
use crate::report::worth::worth_words;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// 盘点
#[component]
pub(super) fn CountDialog(goods: ShelfRow, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let (counted, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let expected = goods.stock.unwrap_or(0);
    let heading = format!("{},账面 {expected} {}", goods.name, goods.unit);
    let difference = Memo::new(move |_| {
        let counted = whole("实有数量", &counted.get(), "30").ok()?;
        Some(i64::from(counted) - expected)
    });
    let differs = move || difference.get().is_some_and(|difference| difference != 0);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match whole("实有数量", &counted.get_untracked(), "30") {
            Err(sentence) => problem.set(Some(sentence)),
            Ok(counted) => {
                let done = format!("「{}」已盘点,实有 {counted} {}。", goods.name, goods.unit);
                // What was typed before the number was put right explains nothing.
                let note = if untrack(differs) { note.get_untracked() } else { String::new() };
                let settlement = Settlement::CountStock { goods: goods.id, counted, note };
                send(app, Command::Settle(settlement), done, problem, on_close);
            }
        }
    };
    view! {
        <Dialog title="盘点" on_close>
            <form class="form" on:submit=submit>
                <p class="goods__which">{heading}</p>
                <div class="form__row">
                    <TextField label="实有数量" value=counted autofocus=true />
                    <Show when=differs>
                        <TextField label="差异原因" value=note hint="例如:搬运时打破、借给老年食堂" />
                    </Show>
                </div>
                <p class="goods__advice" role="status">{move || difference.get().map(difference_words)}</p>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"记下盘点"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// 更改: price, limit, warning, and whether it is offered.
/// When the stock is called low where nothing is set.
fn usual_words() -> String {
    format!("留空:剩 {LOW_STOCK} 件,或只剩上次兑换日发出的 {LOW_STOCK_PERCENT}% 时提醒")
}

#[component]
pub(super) fn TermsDialog(goods: ShelfRow, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let typed = TermsInput::of(&goods.terms);
    let (price, yuan) = (RwSignal::new(typed.price), RwSignal::new(typed.yuan));
    let (limit, low) = (RwSignal::new(typed.limit), RwSignal::new(typed.low));
    let is_stopped = RwSignal::new(typed.is_stopped);
    let problem = RwSignal::new(None::<String>);
    let (name, id) = (goods.name.clone(), goods.id);
    let input = move || TermsInput {
        price: price.get(),
        yuan: yuan.get(),
        limit: limit.get(),
        low: low.get(),
        is_stopped: is_stopped.get(),
    };
    let worth = move || {
        let terms = input().parse(id).ok()?;
        app.read(|village| worth_words(village, terms.price_points, terms.price_cents))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match untrack(input).parse(id) {
            Err(problems) => problem.set(Some(problems.concat())),
            Ok(terms) => {
                let done = format!("已更改「{name}」,从现在起按新的来。");
                send(app, Command::SetGoodsTerms(terms), done, problem, on_close);
            }
        }
    };
    view! {
        <Dialog title="更改物品" on_close>
            <form class="form" on:submit=submit>
                <p class="goods__which">{goods.name}</p>
                <div class="form__row">
                    <TextField label="积分单价" value=price autofocus=true />
                    <TextField label="参考价(元)" value=yuan />
                </div>
                <div class="form__row">
                    <TextField label="每户每季最多兑" value=limit hint="不限就留空" />
                    <TextField label="库存低于几时提醒" value=low hint=usual_words() />
                </div>
                <label class="goods__service">
                    <input type="checkbox" class="goods__tick" bind:checked=is_stopped />
                    "停兑(不再提供)"
                </label>
                <p class="goods__advice">"以前的兑换按当时的价,不会跟着变。"</p>
                <p class="goods__worth" role="status">{worth}</p>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"保存更改"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}
