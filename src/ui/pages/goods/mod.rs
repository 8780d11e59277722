//! 兑换日: the shelf, what to do before the day, and what to do after it.

mod change;
mod days;
mod forms;
mod input;
mod ready;
mod shelf;
mod stock;
mod undo;

use leptos::prelude::*;

use self::change::{CountDialog, TermsDialog};
use self::days::Days;
use self::forms::{AddDialog, ReceiveDialog};
pub(super) use self::input::whole;
use self::ready::Ready;
use self::shelf::Shelf;
use self::stock::StockLedger;
use crate::report::shelf_list::ShelfRow;
use crate::ui::components::button::{Button, Choice, Choices, LinkButton, Weight};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::context::use_app;
use crate::ui::route::{GoodsPart, Route};

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
enum GoodsDialog {
    Add,
    Receive(ShelfRow),
    Count(ShelfRow),
    Terms(ShelfRow),
}

/// 兑换日
#[component]
pub fn GoodsPage() -> impl IntoView {
    let app = use_app();
    let dialog = RwSignal::new(None::<GoodsDialog>);
    let is_empty = app.report(|village| village.shelf.goods.is_empty());
    // While another page takes over, the last part stands.
    let part = Memo::new(move |before: Option<&GoodsPart>| match app.route.get() {
        Route::Goods(part) => part,
        _ => before.copied().unwrap_or_default(),
    });
    let close = Callback::new(move |()| dialog.set(None));
    let open = move || {
        dialog.get().map(|which| match which {
            GoodsDialog::Add => view! { <AddDialog on_close=close /> }.into_any(),
            GoodsDialog::Receive(goods) => view! { <ReceiveDialog goods on_close=close /> }.into_any(),
            GoodsDialog::Count(goods) => view! { <CountDialog goods on_close=close /> }.into_any(),
            GoodsDialog::Terms(goods) => view! { <TermsDialog goods on_close=close /> }.into_any(),
        })
    };
    let parts = move || match part.get() {
        GoodsPart::Shelf => view! { <Shelf dialog /> }.into_any(),
        GoodsPart::Stock(raw) => view! { <StockLedger raw /> }.into_any(),
        GoodsPart::Ready => view! { <Ready /> }.into_any(),
        GoodsPart::Days(day) => view! { <Days day /> }.into_any(),
    };
    view! {
        <Show when=move || is_empty.get() fallback=move || view! { <Toolbar part dialog /> {parts} }>
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

#[component]
fn Toolbar(part: Memo<GoodsPart>, dialog: RwSignal<Option<GoodsDialog>>) -> impl IntoView {
    let choices = Signal::derive(move || {
        let shown = match part.get() {
            GoodsPart::Stock(_) => GoodsPart::Shelf,
            GoodsPart::Days(_) => GoodsPart::Days(None),
            part => part,
        };
        let all =
            [("物品与库存", GoodsPart::Shelf), ("兑换前准备", GoodsPart::Ready), ("收场对账", GoodsPart::Days(None))];
        let choice = |(label, part): (&str, GoodsPart)| Choice {
            label: label.to_owned(),
            href: Route::Goods(part).href(),
            current: part == shown,
        };
        all.into_iter().map(choice).collect()
    });
    view! {
        <div class="toolbar">
            <Choices label="兑换日栏目" choices />
            <div class="toolbar__end">
                <Button on_press=move |()| dialog.set(Some(GoodsDialog::Add))>"添加物品"</Button>
                <LinkButton href=Route::Signatures(None).href()>"签领表"</LinkButton>
                <LinkButton weight=Weight::Primary href=Route::Hall.href()>"开始兑换"</LinkButton>
            </div>
        </div>
    }
}
