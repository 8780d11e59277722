//! The two dialogs of the shelf: new goods, and a delivery.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::input::{GoodsInput, whole};
use crate::domain::command::Command;
use crate::domain::points::shelf::StockSource;
use crate::report::shelf_list::ShelfRow;
use crate::report::worth::worth_words;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, SelectField, TextField};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// 添加物品
#[component]
pub fn AddDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let text = || RwSignal::new(String::new());
    let (name, unit, price, yuan, stock) = (text(), text(), text(), text(), text());
    let is_service = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let input = move || GoodsInput {
        name: name.get(),
        unit: unit.get(),
        price: price.get(),
        yuan: yuan.get(),
        stock: stock.get(),
        is_service: is_service.get(),
    };
    let worth = move || {
        let goods = input().parse().ok()?;
        app.read(|village| worth_words(village, goods.price_points, goods.price_cents))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match untrack(input).parse() {
            Err(problems) => problem.set(Some(problems.concat())),
            Ok(goods) => {
                let done = format!("已添加「{}」。", goods.name.trim());
                send(app, Command::AddGoods(goods), done, problem, on_close);
            }
        }
    };
    view! {
        <Dialog title="添加物品" on_close>
            <form class="form" on:submit=submit>
                <div class="form__row">
                    <TextField label="名称" value=name autofocus=true />
                    <TextField label="单位" value=unit />
                </div>
                <div class="form__row">
                    <TextField label="积分单价" value=price />
                    <TextField label="参考价(元)" value=yuan />
                </div>
                <label class="goods__service">
                    <input type="checkbox" class="goods__tick" bind:checked=is_service />
                    "优先服务(没有库存)"
                </label>
                <Show when=move || !is_service.get()>
                    <TextField label="期初库存" value=stock />
                </Show>
                <p class="goods__advice">"名称里写上规格,如「洗衣液 2 kg」。参考价可以不填。"</p>
                <p class="goods__worth" role="status">{worth}</p>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"添加"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// 入库
#[component]
pub fn ReceiveDialog(goods: ShelfRow, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let quantity = RwSignal::new(String::new());
    let source = RwSignal::new(0);
    let problem = RwSignal::new(None::<String>);
    let heading = format!("{},现有 {} {}", goods.name, goods.stock.unwrap_or(0), goods.unit);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let source = StockSource::ALL.get(source.get_untracked()).copied().unwrap_or(StockSource::Collective);
        match whole("数量", &quantity.get_untracked(), "30") {
            Err(sentence) => problem.set(Some(sentence)),
            Ok(quantity) => {
                let done = format!("「{}」已入库 {quantity} {}({})。", goods.name, goods.unit, source.word());
                let command = Command::ReceiveStock { goods: goods.id, quantity, source };
                send(app, command, done, problem, on_close);
            }
        }
    };
    let sources = Signal::stored(StockSource::ALL.iter().map(|source| source.word().to_owned()).collect());
    view! {
        <Dialog title="入库" on_close>
            <form class="form" on:submit=submit>
                <p class="goods__which">{heading}</p>
                <div class="form__row">
                    <TextField label="数量" value=quantity autofocus=true />
                    <SelectField label="来源" value=source options=sources />
                </div>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"入库"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}
