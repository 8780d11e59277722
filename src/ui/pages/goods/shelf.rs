//! 物品与库存: what is offered, what it costs, and whether it lasts.

use leptos::prelude::*;

use super::GoodsDialog;
use crate::domain::calendar::Quarter;
use crate::report::shelf_cover::{low_stock, shelf_cover};
use crate::report::shelf_list::{ShelfRow, shelf};
use crate::ui::components::button::Button;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::route::{GoodsPart, Route};

/// The shelf when there are goods.
#[component]
pub(super) fn Shelf(dialog: RwSignal<Option<GoodsDialog>>) -> impl IntoView {
    let app = use_app();
    let quarter = Quarter::of(app.today());
    view! {
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
    let cover = app.report(move |village| shelf_cover(village, app.today()));
    let verdict = move || match (cover.get().missing, cover.get().gap) {
        (Some(missing), _) => view! { <Tag tone=Tone::Yellow word=format!("库存加预算还差 {missing}") /> },
        (None, Some(gap)) => view! { <Tag tone=Tone::Yellow word=format!("还差 {gap} 分的物品") /> },
        (None, None) => view! { <Tag tone=Tone::Green word="库存够兑" /> },
    };
    let budget = move || cover.get().budget.map(|budget| view! { <span>{format!("预算 {budget}")}</span> });
    view! {
        <p class="goods__cover">
            <span>"未兑付积分 " <strong>{move || cover.get().outstanding}</strong> " 分"</span>
            <span>
                "库存可兑 " <strong>{move || cover.get().in_stock}</strong> " 分,参考价值 "
                {move || cover.get().in_yuan}
            </span>
            {budget}
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
        <Table
            caption="可兑换的物品和服务"
            columns=&[
                Words("物品"), Words("单位"), Figures("积分单价"), Figures("参考价"),
                Figures("每户每季限"), Figures("库存"), Figures("本季已兑"), Words("操作"),
            ]
        >
            {body}
        </Table>
    }
}

fn goods_row(row: ShelfRow, is_low: bool, dialog: RwSignal<Option<GoodsDialog>>) -> impl IntoView {
    let stock = row.stock.map_or_else(|| "服务".to_owned(), |stock| stock.to_string());
    let low = is_low.then(|| view! { <Tag tone=Tone::Yellow word="库存低" /> });
    let stopped = (!row.terms.is_offered).then(|| view! { <Tag word="停兑" /> });
    let opener = |which: GoodsDialog| move |()| dialog.set(Some(which.clone()));
    let stocked = row.stock.is_some().then(|| {
        view! {
            <Button on_press=opener(GoodsDialog::Receive(row.clone()))>"入库"</Button>
            <Button on_press=opener(GoodsDialog::Count(row.clone()))>"盘点"</Button>
        }
    });
    let terms = opener(GoodsDialog::Terms(row.clone()));
    let ledger = Route::Goods(GoodsPart::Stock(row.id.raw())).href();
    let name = match row.stock {
        Some(_) => view! { <a class="goods__name" href=ledger>{row.name}</a> }.into_any(),
        None => row.name.into_any(),
    };
    view! {
        <tr>
            <td class="table__strong">{name} " " {stopped}</td>
            <td>{row.unit}</td>
            <td class="table__number">{row.price_points}</td>
            <td class="table__number">{row.price_yuan}</td>
            <td class="table__number">{row.terms.quarter_limit.map(|limit| limit.to_string())}</td>
            <td class="table__number">{low} " " {stock}</td>
            <td class="table__number">{row.issued}</td>
            <td class="goods__act">
                <div class="goods__acts">
                    {stocked}
                    <Button on_press=terms>"更改"</Button>
                </div>
            </td>
        </tr>
    }
}
