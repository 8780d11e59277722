//! 签领表: the list that people sign, as it prints.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::domain::calendar::Quarter;
use crate::report::shelf_list::{Span, spans};
use crate::report::signature_pages::{PaperRow, SignaturePage, SignaturePaper, signature_paper};
use crate::ui::browser;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::field::SelectField;
use crate::ui::components::sheet::Empty;
use crate::ui::context::use_app;
use crate::ui::route::{GoodsPart, Route};

/// Quarters that can be chosen, each with its days, the present one first.
const QUARTERS: usize = 4;

/// 签领表, of the day that is asked for to begin with.
#[component]
pub fn Signatures(day: Option<Date>) -> impl IntoView {
    let app = use_app();
    let spans = app.report(move |village| spans(village, QUARTERS, day, app.today()));
    let asked = day.and_then(|day| spans.with_untracked(|spans| spans.iter().position(|span| *span == Span::Day(day))));
    let chosen = RwSignal::new(asked.unwrap_or(0));
    let paper = app.report(move |village| {
        let span = spans.with(|spans| spans.get(chosen.get()).copied());
        signature_paper(village, span.unwrap_or(Span::Quarter(Quarter::of(app.today()))))
    });
    let is_empty = Memo::new(move |_| paper.with(|paper| paper.pages.is_empty()));
    let options = Signal::derive(move || spans.with(|spans| spans.iter().map(|span| span.words()).collect::<Vec<_>>()));
    let back = if day.is_some() { GoodsPart::Days(day) } else { GoodsPart::Shelf };
    view! {
        <main class="signatures">
            <div class="signatures__tools">
                <SelectField label="季度或兑换日" value=chosen options />
                <Button weight=Weight::Primary disabled=is_empty on_press=|()| browser::print()>
                    "打印"
                </Button>
                <LinkButton href=Route::Goods(back).href()>"返回"</LinkButton>
            </div>
            <Show when=move || is_empty.get() fallback=move || view! { <Papers paper /> }>
                <section class="signatures__none">
                    <h1 class="signatures__title">{move || paper.get().title}</h1>
                    <Empty sentence="这段时间还没有兑换,签领表是空的。第一步:到兑换日给村民兑换物品。">
                        <LinkButton href=Route::Hall.href()>"开始兑换"</LinkButton>
                    </Empty>
                </section>
            </Show>
        </main>
    }
}

/// The pages, one below the other.
#[component]
fn Papers(paper: Memo<SignaturePaper>) -> impl IntoView {
    move || {
        let paper = paper.get();
        let papers = paper.pages.iter().enumerate().map(|(place, page)| one_page(&paper, page, place == 0));
        papers.collect_view()
    }
}

/// One page. The first one carries the title.
fn one_page(paper: &SignaturePaper, page: &SignaturePage, is_first: bool) -> impl IntoView + use<> {
    let title = is_first.then(|| view! { <h1 class="signatures__title">{paper.title.clone()}</h1> });
    let totals = page.is_last.then(|| totals(paper));
    let closing = page.is_last.then(|| closing(paper));
    view! {
        <article class="signatures__paper">
            {title}
            <table class="signatures__table">
                <caption class="table__caption">{format!("积分兑换签领表 {}", page.foot)}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="signatures__n">"序号"</th>
                        <th scope="col" class="signatures__number">"户号"</th>
                        <th scope="col" class="signatures__name">{paper.name_word}</th>
                        <th scope="col">"物品"</th>
                        <th scope="col" class="signatures__points">"积分"</th>
                        <th scope="col" class="signatures__sign">"领取人签字"</th>
                        <th scope="col" class="signatures__day">"日期"</th>
                    </tr>
                </thead>
                <tbody>{page.rows.iter().map(line).collect_view()} {totals}</tbody>
            </table>
            {closing}
            <p class="signatures__foot">{page.foot.clone()}</p>
        </article>
    }
}

fn line(line: &PaperRow) -> impl IntoView + use<> {
    let row = line.row.clone();
    view! {
        <tr>
            <td>{row.n}</td>
            <td>{row.number}</td>
            <td>{row.name}</td>
            <td class="signatures__goods">{row.goods}</td>
            <td>{row.points}</td>
            <td class="signatures__proxy">{line.proxy.clone()}</td>
            <td>{row.day}</td>
        </tr>
    }
}

fn totals(paper: &SignaturePaper) -> impl IntoView + use<> {
    view! {
        <tr class="signatures__total">
            <td colspan="4">{paper.total.clone()}</td>
            <td>{paper.points.clone()}</td>
            <td colspan="2"></td>
        </tr>
    }
}

/// What was handed out in all, and who signs for it.
fn closing(paper: &SignaturePaper) -> impl IntoView + use<> {
    view! {
        <p class="signatures__sum">"发放物品:" {paper.goods.clone()}</p>
        <p class="signatures__signers">
            <span>"发放人:"</span>
            <span>"监督人:"</span>
            <span>"日期:"</span>
        </p>
    }
}
