//! 库存流水 of one kind of goods.

use leptos::prelude::*;

use crate::domain::id::GoodsId;
use crate::report::stock_ledger::{MovementRow, stock_ledger};
use crate::ui::components::button::LinkButton;
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::context::use_app;
use crate::ui::route::{GoodsPart, Route};

/// The movements of the goods with this raw id.
#[component]
pub(super) fn StockLedger(raw: u64) -> impl IntoView {
    let app = use_app();
    let goods = GoodsId::from_raw(raw);
    let title = app.report(move |village| {
        let known = village.shelf.goods.get(goods);
        known.map_or_else(|| "库存流水".to_owned(), |known| format!("{} · 库存流水", known.name))
    });
    let rows = app.report(move |village| stock_ledger(village, goods, app.today()));
    let back = || view! { <LinkButton href=Route::Goods(GoodsPart::Shelf).href()>"返回物品"</LinkButton> };
    let row = |row: MovementRow| {
        view! {
            <tr>
                <td>{row.words}</td>
                <td>{row.what}</td>
                <td class="table__number">{row.change}</td>
                <td class="table__number table__strong">{row.stock}</td>
            </tr>
        }
    };
    view! {
        <Sheet title=title>
            <Show
                when=move || rows.with(|rows| !rows.is_empty())
                fallback=move || view! { <Empty sentence="这种物品还没有进出。先入库,再兑换。">{back()}</Empty> }
            >
                <div class="scroll goods__scroll" tabindex="0" role="region" aria-label="库存流水">
                    <Table caption="库存流水,最近的在前" columns=&[Words("日期"), Words("来去"), Figures("增减"), Figures("库存")]>
                        {move || rows.get().into_iter().map(row).collect_view()}
                    </Table>
                </div>
                <p class="goods__back">{back()}</p>
            </Show>
        </Sheet>
    }
}
