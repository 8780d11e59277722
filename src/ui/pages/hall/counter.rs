//! The right side of the hall: who it is, their basket, and the button.

use leptos::ev;
use leptos::html::{Div, Tr};
use leptos::prelude::*;

use super::desk::Desk;
use crate::domain::id::GoodsId;
use crate::domain::points::proxy::Proxy;
use crate::report::redemption_desk::{DeskRow, Who};
use crate::report::tag::thousands;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Empty;
use crate::ui::route::{GoodsPart, Route};

/// What head and total of the goods cover, in pixels.
const EDGE: i32 = 44;

/// The side of the basket. It takes the focus, so that digits add goods.
#[component]
pub fn Counter(desk: Desk) -> impl IntoView {
    let has_account = Memo::new(move |_| desk.has_account());
    // A refusal says the same and takes its place.
    let stopped = move || {
        let words = desk.sheet.with(|sheet| sheet.who.as_ref().and_then(|who| who.stopped.clone()))?;
        desk.problem.with(Option::is_none).then(|| format!("{words}。现在不能兑换,积分照常登记。"))
    };
    view! {
        <section class="counter" aria-label=move || desk.word("本户", "本人") tabindex="-1" node_ref=desk.counter>
            <Show when=move || has_account.get() fallback=move || view! { <Waiting desk /> }>
                <Served desk />
                <Goods desk />
            </Show>
            <div class="counter__problem">
                {move || stopped().map(|words| view! { <p class="counter__stopped">{words}</p> })}
                <Problem sentence=desk.problem />
            </div>
            <Show when=move || has_account.get()>
                <Acts desk />
            </Show>
        </section>
    }
}

/// What stands here while somebody is looked for.
#[component]
fn Waiting(desk: Desk) -> impl IntoView {
    let has_goods = Memo::new(move |_| desk.sheet.with(|sheet| !sheet.rows.is_empty()));
    view! {
        <Show
            when=move || has_goods.get()
            fallback=|| {
                view! {
                    <Empty sentence="还没有可兑换的物品。第一步:先添加物品和库存。">
                        <LinkButton href=Route::Goods(GoodsPart::Shelf).href()>"去添加物品"</LinkButton>
                    </Empty>
                }
            }
        >
            <p class="counter__waiting">{move || desk.word("先在左边找到一户,再按数字键加物品。", "先在左边找到人,再按数字键加物品。")}</p>
        </Show>
    }
}

#[component]
fn Served(desk: Desk) -> impl IntoView {
    let who = move |words: fn(&Who) -> String| {
        move || desk.sheet.with(|sheet| sheet.who.as_ref().map(words).unwrap_or_default())
    };
    let relation = untrack(|| desk.word("和户主关系", "和本人关系"));
    let is_short = move || desk.sheet.with(|sheet| sheet.who.as_ref().is_some_and(|who| who.after < 0));
    view! {
        <div class="counter__head">
            <div class="counter__who">
                <h2 class="counter__name">{who(|who| who.name.clone())}</h2>
                <p class="counter__place">
                    {who(|who| who.place.clone())} " · " <span>{who(|who| who.taker.clone())}</span>
                </p>
            </div>
            {proxy_field(desk, "代领人", "本人不填", |proxy| &proxy.name, |proxy| &mut proxy.name)}
            {proxy_field(desk, relation, "如 儿子", |proxy| &proxy.relation, |proxy| &mut proxy.relation)}
            <div class="counter__points">
                <p>
                    <span class="counter__hidden">"结余"</span>
                    <strong class="counter__balance">{who(|who| who.balance.to_string())}</strong>
                </p>
                <p class="counter__after" class:counter__after--short=is_short>
                    {who(|who| format!("兑后剩 {}", thousands(who.after)))}
                </p>
            </div>
        </div>
    }
}

/// One of the two fields about who came instead of the head.
fn proxy_field(
    desk: Desk,
    label: &'static str,
    example: &'static str,
    look: fn(&Proxy) -> &String,
    place: fn(&mut Proxy) -> &mut String,
) -> impl IntoView {
    let typed = move |event: ev::Event| {
        let typed = event_target_value(&event);
        desk.change(|serving| *place(&mut serving.proxy) = typed);
    };
    view! {
        <label class="counter__proxy">
            <span class="counter__label">{label}</span>
            <input
                class="input"
                type="text"
                autocomplete="off"
                placeholder=example
                prop:value=move || desk.serving.with(|serving| look(&serving.proxy).clone())
                on:input=typed
            />
        </label>
    }
}

#[component]
fn Goods(desk: Desk) -> impl IntoView {
    // Goods are never taken off the shelf, so a place is a key.
    let places = move || 0..desk.sheet.with(|sheet| sheet.rows.len());
    let total = move || desk.sheet.with(|sheet| sheet.total);
    let list = NodeRef::<Div>::new();
    let is_looking = Memo::new(move |_| desk.looked_for.with(Option::is_some));
    view! {
        {move || is_looking.get().then(|| view! { <GoodsBox desk /> })}
        <div class="counter__goods" tabindex="0" role="region" aria-label="物品" node_ref=list>
            <table class="basket">
                <caption class="table__caption">"要换的物品"</caption>
                <thead>
                    <tr>
                        <th scope="col">"物品"</th>
                        <th scope="col" class="basket__figure">"单价"</th>
                        <th scope="col" class="basket__figure basket__steps">"数量"</th>
                        <th scope="col" class="basket__figure">"小计"</th>
                        <th scope="col" class="basket__figure">"库存"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=places key=|place| *place children=move |place| view! { <Line desk place list /> } />
                </tbody>
                <tfoot>
                    <tr class="basket__total">
                        <th scope="row" colspan="3">"合计"</th>
                        <td class="basket__figure">{total}</td>
                        <td></td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

/// Looks for goods by letters, while they are looked for.
#[component]
fn GoodsBox(desk: Desk) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(input) = desk.goods_box.get() {
            // It is in the document; focusing it cannot fail.
            let _focused = input.focus();
        }
    });
    let nothing =
        move || desk.fitting().is_some_and(|fits| fits.is_empty()).then_some("没有这样的物品,请核对首字母或编号。");
    view! {
        <label class="counter__find">
            <span class="counter__label">"找物品"</span>
            <input
                class="input"
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder="首字母、名称或编号,回车加一件,Esc 返回"
                node_ref=desk.goods_box
                prop:value=move || desk.looked_for.get().unwrap_or_default()
                on:input=move |event| desk.look_for(event_target_value(&event))
            />
            <span class="counter__nothing" role="status">
                {nothing}
            </span>
        </label>
    }
}

/// Scrolls the goods so far that the line is between head and total.
fn reveal(list: NodeRef<Div>, line: NodeRef<Tr>) {
    let (Some(list), Some(line)) = (list.get_untracked(), line.get_untracked()) else { return };
    let (top, bottom) = (line.offset_top(), line.offset_top() + line.offset_height());
    let (seen, height) = (list.scroll_top(), list.client_height());
    if bottom > seen + height - EDGE {
        list.set_scroll_top(bottom - height + EDGE);
    } else if top < seen + EDGE {
        list.set_scroll_top(top - EDGE);
    }
}

#[component]
fn Line(desk: Desk, place: usize, list: NodeRef<Div>) -> impl IntoView {
    let row = Memo::new(move |_| desk.sheet.with(|sheet| sheet.rows.get(place).cloned()));
    let line = NodeRef::<Tr>::new();
    // A key may have meant goods that are out of sight.
    Effect::new(move |before: Option<u32>| {
        let quantity = row.with(|row| row.as_ref().map_or(0, |row| row.quantity));
        if before.is_some_and(|before| before != quantity) && quantity > 0 {
            reveal(list, line);
        }
        quantity
    });
    let is_hidden = move || desk.fitting().is_some_and(|fits| !fits.contains(&place));
    let is_found = Memo::new(move |_| desk.fitting_place() == Some(place));
    Effect::new(move |_| {
        if is_found.get() {
            reveal(list, line);
        }
    });
    let words =
        move |words: fn(&DeskRow) -> String| move || row.with(|row| row.as_ref().map(words).unwrap_or_default());
    let is = move |test: fn(&DeskRow) -> bool| move || row.with(|row| row.as_ref().is_some_and(test));
    // After a click the focus goes back, so that Enter redeems; a key that
    // pressed the button leaves it there.
    let act = move |act: fn(Desk, GoodsId)| {
        move |event: ev::MouseEvent| {
            if let Some(goods) = row.with_untracked(|row| row.as_ref().map(|row| row.goods)) {
                act(desk, goods);
            }
            if event.detail() > 0 {
                desk.focus_counter();
            }
        }
    };
    view! {
        <tr
            class:basket__line--chosen=is(|row| row.quantity > 0)
            class:basket__line--found=is_found
            hidden=is_hidden
            node_ref=line
        >
            <td>{words(|row| format!("{} {}", row.mark, row.name))}</td>
            <td class="basket__figure">{words(|row| row.price.to_string())}</td>
            <td class="basket__figure">
                <button
                    type="button"
                    class="basket__step"
                    aria-label=words(|row| format!("减一 {}", row.name))
                    on:click=act(Desk::remove)
                >
                    "−"
                </button>
                <span class="basket__quantity">{words(|row| row.quantity.to_string())}</span>
                <button
                    type="button"
                    class="basket__step"
                    aria-label=words(|row| format!("加一 {}", row.name))
                    on:click=act(Desk::add)
                >
                    "+"
                </button>
            </td>
            <td class="basket__figure">
                {words(|row| if row.quantity > 0 { row.subtotal.to_string() } else { String::new() })}
            </td>
            <td class="basket__figure" class:basket__figure--short=is(|row| row.is_short)>
                {words(|row| row.stock.clone())}
            </td>
        </tr>
    }
}

#[component]
fn Acts(desk: Desk) -> impl IntoView {
    let is_empty = Memo::new(move |_| desk.serving.with(|serving| serving.basket.is_empty()));
    let total = move || desk.sheet.with(|sheet| sheet.total);
    view! {
        <div class="counter__acts">
            <Button on_press=move |()| desk.back()>"清空 Esc"</Button>
            <Button weight=Weight::Primary disabled=is_empty on_press=move |()| desk.redeem()>
                {move || format!("兑换 {} 分 ⏎", total())}
            </Button>
        </div>
    }
}
