//! 物品与库存: what can be redeemed, what it costs, and whether it lasts.

mod forms;
mod input;

use leptos::prelude::*;

use self::forms::{AddDialog, ReceiveDialog};
pub(super) use self::input::whole;
use crate::domain::calendar::Quarter;
use crate::report::shelf_cover::{low_stock, shelf_cover};
use crate::report::shelf_list::{ShelfRow, shelf};
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::route::Route;

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
enum GoodsDialog {
    Add,
    Receive(ShelfRow),
}

/// 物品
#[component]
pub fn GoodsPage() -> impl IntoView {
    let app = use_app();
    let dialog = RwSignal::new(None::<GoodsDialog>);
    let is_empty = app.report(|village| village.shelf.goods.is_empty());
    let close = Callback::new(move |()| dialog.set(None));
    let open = move || {
        dialog.get().map(|which| match which {
            GoodsDialog::Add => view! { <AddDialog on_close=close /> }.into_any(),
            GoodsDialog::Receive(goods) => view! { <ReceiveDialog goods on_close=close /> }.into_any(),
        })
    };
    view! {
        <Show when=move || is_empty.get() fallback=move || view! { <Stocked dialog /> }>
            <Sheet title="物品与库存">
                <Empty sentence="还没有可兑换的物品。第一步:添加物品,写上积分单价和期初库存,然后就可以开始兑换。">
                    <Button weight=Weight::Primary on_press=move |()| dialog.set(Some(GoodsDialog::Add))>
                        "添加物品"
                    </Button>
                </Empty>
            </Sheet>
        </Show>
        {open}
    }
}

/// The page when there are goods.
#[component]
fn Stocked(dialog: RwSignal<Option<GoodsDialog>>) -> impl IntoView {
    let app = use_app();
    let quarter = Quarter::of(app.today());
    view! {
        <div class="toolbar">
            <LinkButton weight=Weight::Primary href=Route::Hall.href()>"开始兑换"</LinkButton>
            <LinkButton href=Route::Signatures.href()>"签领表"</LinkButton>
            <Button on_press=move |()| dialog.set(Some(GoodsDialog::Add))>"添加物品"</Button>
        </div>
        <Cover />
        <Sheet title="物品与库存" remark=quarter.words()>
            <div class="scroll goods__scroll" tabindex="0" role="region" aria-label="物品列表">
                <GoodsTable quarter dialog />
            </div>
        </Sheet>
    }
}

/// Points that are out against what is in stock.
#[component]
fn Cover() -> impl IntoView {
    let app = use_app();
    let cover = app.report(shelf_cover);
    let verdict = move || match cover.get().gap {
        Some(gap) => view! { <Tag tone=Tone::Yellow word=format!("还差 {gap} 分的物品") /> },
        None => view! { <Tag tone=Tone::Green word="库存够兑" /> },
    };
    view! {
        <p class="goods__cover">
            <span>"未兑付积分 " <strong>{move || cover.get().outstanding}</strong> " 分"</span>
            <span>
                "库存可兑 " <strong>{move || cover.get().in_stock}</strong> " 分,参考价值 "
                {move || cover.get().in_yuan}
            </span>
            {verdict}
        </p>
    }
}

#[component]
fn GoodsTable(quarter: Quarter, dialog: RwSignal<Option<GoodsDialog>>) -> impl IntoView {
    let app = use_app();
    let rows = app.report(move |village| shelf(village, quarter));
    let low = app.report(low_stock);
    let body = move || {
        let low = low.get();
        let row = |row: ShelfRow| {
            let is_low = low.contains(&row.id);
            goods_row(row, is_low, dialog)
        };
        rows.get().into_iter().map(row).collect_view()
    };
    view! {
        <table class="table">
            <caption class="table__caption">"可兑换的物品和服务"</caption>
            <thead>
                <tr>
                    <th scope="col">"物品"</th>
                    <th scope="col">"单位"</th>
                    <th scope="col" class="table__number">"积分单价"</th>
                    <th scope="col" class="table__number">"参考价"</th>
                    <th scope="col" class="table__number">"库存"</th>
                    <th scope="col" class="table__number">"本季已兑"</th>
                    <th scope="col">"操作"</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

fn goods_row(row: ShelfRow, is_low: bool, dialog: RwSignal<Option<GoodsDialog>>) -> impl IntoView {
    let stock = row.stock.map_or_else(|| "服务".to_owned(), |stock| stock.to_string());
    let low = is_low.then(|| view! { <Tag tone=Tone::Yellow word="库存低" /> });
    let receive = row.stock.is_some().then(|| {
        let goods = row.clone();
        let open = move |()| dialog.set(Some(GoodsDialog::Receive(goods.clone())));
        view! { <Button on_press=open>"入库"</Button> }
    });
    view! {
        <tr>
            <td class="table__strong">{row.name}</td>
            <td>{row.unit}</td>
            <td class="table__number">{row.price_points}</td>
            <td class="table__number">{row.price_yuan}</td>
            <td class="table__number">{low} " " {stock}</td>
            <td class="table__number">{row.issued}</td>
            <td class="goods__act">{receive}</td>
        </tr>
    }
}
