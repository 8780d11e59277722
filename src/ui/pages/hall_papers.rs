//! Papers as they print: 可兑名单, 价目表 and 户卡 for the hall, 民情日记 for visits.

use leptos::prelude::*;

use crate::domain::id::GridId;
use crate::report::hall_papers::{Card, EntitledList, EntitledRow, PriceRow, cards, entitled_list, price_list};
use crate::ui::browser;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::field::SelectField;
use crate::ui::components::sheet::Empty;
use crate::ui::context::use_app;
use crate::ui::pages::visits::diary::{Diary, choices, visitors};
use crate::ui::route::{GoodsPart, HallPaper, Route, VisitsView};

/// One of the papers, with what it can be limited to and how it gets on paper.
#[component]
pub fn HallPapers(paper: HallPaper) -> impl IntoView {
    let app = use_app();
    let grids = app.report(|village| {
        village.people.grids.iter().map(|grid| (grid.id, grid.name.clone())).collect::<Vec<(GridId, String)>>()
    });
    let chosen = RwSignal::new(0_usize);
    // The first choice is the whole village.
    let grid = Memo::new(move |_| grids.with(|grids| Some(grids.get(chosen.get().checked_sub(1)?)?.0)));
    let options = Signal::derive(move || {
        let names = grids.get().into_iter().map(|(_, name)| name);
        std::iter::once("全村".to_owned()).chain(names).collect()
    });
    let visitors = visitors(app);
    let choice = match paper {
        HallPaper::Entitled | HallPaper::Cards => Some(("网格", options)),
        HallPaper::Diary => Some(("给谁用", choices(visitors))),
        HallPaper::Prices => None,
    };
    let choice = choice.map(|(label, options)| view! { <SelectField label value=chosen options /> });
    let back = match paper {
        HallPaper::Diary => Route::Visits(VisitsView::default()),
        _ => Route::Goods(GoodsPart::Ready),
    };
    view! {
        <main class="paper">
            <div class="paper__tools">
                {choice}
                <Button weight=Weight::Primary on_press=|()| browser::print()>"打印"</Button>
                <LinkButton href=back.href()>"返回"</LinkButton>
            </div>
            {match paper {
                HallPaper::Entitled => view! { <Entitled grid /> }.into_any(),
                HallPaper::Prices => view! { <Prices /> }.into_any(),
                HallPaper::Cards => view! { <Cards grid /> }.into_any(),
                HallPaper::Diary => view! { <Diary visitors chosen /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Entitled(grid: Memo<Option<GridId>>) -> impl IntoView {
    let app = use_app();
    let list = app.report(move |village| entitled_list(village, grid.get(), app.today()));
    move || {
        let list = list.get();
        if list.pages.is_empty() {
            return view! { <Nothing title=list.title sentence="现在没有可以兑换的积分。先登记积分,这里就有名单。" /> }
                .into_any();
        }
        let pages = list.pages.iter().zip(1..).map(|(rows, n)| entitled_page(&list, rows, n));
        pages.collect_view().into_any()
    }
}

fn entitled_page(list: &EntitledList, rows: &[EntitledRow], n: usize) -> impl IntoView + use<> {
    let of = list.pages.len();
    let row = |row: &EntitledRow| {
        let row = row.clone();
        view! {
            <tr>
                <td>{row.n}</td>
                <td>{row.number}</td>
                <td>{row.head}</td>
                <td>{row.grid}</td>
                <td>{row.points}</td>
                <td>{row.remark}</td>
            </tr>
        }
    };
    let total = (n == of).then(|| view! { <p class="paper__total">{list.total.clone()}</p> });
    view! {
        <article class="paper__sheet">
            <h1 class="paper__title">{list.title.clone()}</h1>
            <p class="paper__remark">{list.as_of.clone()}</p>
            <table class="paper__table">
                <caption class="table__caption">{format!("可兑名单第 {n} 页")}</caption>
                <thead>
                    <tr>
                        <th scope="col">"序号"</th>
                        <th scope="col">"户号"</th>
                        <th scope="col">{list.name_word}</th>
                        <th scope="col">"网格"</th>
                        <th scope="col">"可兑积分"</th>
                        <th scope="col">"备注"</th>
                    </tr>
                </thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
            {total}
            <p class="paper__foot">{format!("第 {n} 页 共 {of} 页")}</p>
        </article>
    }
}

#[component]
fn Prices() -> impl IntoView {
    let app = use_app();
    let list = app.report(move |village| price_list(village, app.today()));
    let row = |row: PriceRow| {
        view! {
            <tr>
                <td class="prices__name">{row.name}</td>
                <td class="prices__points">{row.points} " 分 / " {row.unit}</td>
                <td>{row.limit}</td>
            </tr>
        }
    };
    move || {
        let list = list.get();
        if list.rows.is_empty() {
            return view! { <Nothing title=list.title sentence="还没有可以兑换的物品。先添加物品和库存。" /> }
                .into_any();
        }
        view! {
            <article class="paper__sheet">
                <h1 class="paper__title">{list.title}</h1>
                <p class="paper__remark">{list.as_of}</p>
                <table class="paper__table prices">
                    <caption class="table__caption">"兑换价目"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"物品或服务"</th>
                            <th scope="col">"积分"</th>
                            <th scope="col">"限兑"</th>
                        </tr>
                    </thead>
                    <tbody>{list.rows.into_iter().map(row).collect_view()}</tbody>
                </table>
                <p class="paper__total">{list.terms}</p>
            </article>
        }
        .into_any()
    }
}

#[component]
fn Cards(grid: Memo<Option<GridId>>) -> impl IntoView {
    let app = use_app();
    let pages = app.report(move |village| cards(village, grid.get()));
    move || {
        let pages = pages.get();
        if pages.is_empty() {
            return view! { <Nothing title="户卡" sentence="村里还没有户。先导入花名册,再打印户卡。" /> }.into_any();
        }
        let page = |cards: Vec<Card>| {
            view! { <article class="paper__sheet cards">{cards.into_iter().map(card).collect_view()}</article> }
        };
        pages.into_iter().map(page).collect_view().into_any()
    }
}

/// The quiet zone of four squares belongs to the code.
fn card(card: Card) -> impl IntoView {
    let view_box = format!("-4 -4 {0} {0}", card.side + 8);
    view! {
        <section class="card">
            <svg class="card__code" viewBox=view_box role="img" aria-label=format!("{} {} 的二维码", card.number, card.head)>
                <path d=card.path />
            </svg>
            <div class="card__words">
                <p class="card__kind">{card.kind}</p>
                <p class="card__number">{card.number}</p>
                <p class="card__head">{card.head}</p>
                <p class="card__grid">{card.grid}</p>
            </div>
        </section>
    }
}

#[component]
fn Nothing(#[prop(into)] title: String, sentence: &'static str) -> impl IntoView {
    view! {
        <section class="paper__sheet">
            <h1 class="paper__title">{title}</h1>
            <Empty sentence>
                <LinkButton href=Route::Goods(GoodsPart::Ready).href()>"返回"</LinkButton>
            </Empty>
        </section>
    }
}
