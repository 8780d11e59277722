//! 收场对账: redemption days, and the close-out of one of them.

use jiff::civil::Date;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::input::whole;
use super::undo::UndoPart;
use crate::domain::command::Command;
use crate::domain::id::GoodsId;
use crate::domain::points::redemption_day::{DayGoods, DayPoints, NewDayClosing};
use crate::report::day_closing::{
    CountRow, DayRow, DaySheet, EarlierClosing, day_sheet, difference_figure, difference_words, points_equation,
    received_words, redemption_days, reopening, stocktake_words,
};
use crate::report::tag::thousands;
use crate::ui::browser;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{LongField, Problem, TextField};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::components::table::{Column, Figures, Table, Words};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;
use crate::ui::route::{GoodsPart, Route};

/// The days, and the one that is meant: the last one when none is named.
#[component]
pub(super) fn Days(day: Option<Date>) -> impl IntoView {
    let app = use_app();
    let days = app.report(move |village| redemption_days(village, app.today()));
    let shown = Memo::new(move |_| day.or_else(|| days.with(|days| days.first().map(|row| row.day))));
    let sheet = app.report(move |village| shown.get().and_then(|day| day_sheet(village, day, app.today())));
    view! {
        <Show
            when=move || days.with(|days| !days.is_empty())
            fallback=|| {
                view! {
                    <Sheet title="收场对账">
                        <Empty sentence="还没有兑换过。兑换结束后,在这里把分和物品对一遍。">
                            <LinkButton href=Route::Hall.href()>"开始兑换"</LinkButton>
                        </Empty>
                    </Sheet>
                }
            }
        >
            <div class="days">
                <Sheet title="兑换日">
                    <ul class="days__list">
                        {move || days.get().into_iter().map(|row| day_line(row, shown.get())).collect_view()}
                    </ul>
                </Sheet>
                {move || match sheet.get() {
                    Some(sheet) if sheet.is_closed => view! { <Closed sheet /> }.into_any(),
                    Some(sheet) => view! { <CloseForm sheet /> }.into_any(),
                    None => {
                        view! {
                            <Sheet title="收场对账">
                                <Empty sentence="这一天没有兑换,不用对账。请在列表里选一个兑换日。">""</Empty>
                            </Sheet>
                        }
                            .into_any()
                    }
                }}
            </div>
        </Show>
    }
}

fn day_line(row: DayRow, shown: Option<Date>) -> impl IntoView {
    let (tone, word) = if row.is_closed { (Tone::Green, "已对账") } else { (Tone::Yellow, "待对账") };
    view! {
        <li>
            <a
                class="days__day"
                href=Route::Goods(GoodsPart::Days(Some(row.day))).href()
                aria-current=(shown == Some(row.day)).then_some("true")
            >
                <span>{row.words}</span>
                <small>{format!("{} · {} 分", row.served, thousands(row.points))}</small>
                <Tag tone=tone word=word />
            </a>
        </li>
    }
}

/// The day as it was closed.
#[component]
fn Closed(sheet: DaySheet) -> impl IntoView {
    let reopening = RwSignal::new(false);
    let day = sheet.day;
    view! {
        <Sheet title=sheet.title.clone() remark="已收场对账">
            {said(sheet.points, &sheet.rows, sheet.note.clone())}
            <p class="days__signers"><span>"发放人:"</span> <span>"监督人:"</span> <span>"日期:"</span></p>
            <div class="actions">
                <Button weight=Weight::Primary on_press=|()| browser::print()>"打印对账单"</Button>
                <SignaturesLink day />
                <Button on_press=move |()| reopening.set(true)>"重新开场"</Button>
            </div>
            {earlier(sheet.earlier)}
        </Sheet>
        <Show when=move || reopening.get()>
            <ReopenDialog day on_close=move |()| reopening.set(false) />
        </Show>
    }
}

/// The list that people signed on the day, whose sum is asked for.
#[component]
fn SignaturesLink(day: Date) -> impl IntoView {
    view! { <LinkButton href=Route::Signatures(Some(day)).href()>"当天签领表"</LinkButton> }
}

/// A close-out as it was said.
fn said(points: DayPoints, rows: &[CountRow], note: String) -> impl IntoView + use<> {
    let (with_stocktakes, stocktakes) = (has_stocktakes(rows), stocktake_words(rows));
    let line = |row: &CountRow| {
        let counted = row.figures.counted.to_string();
        let differs = difference_figure(row.figures.difference());
        count_line(row, with_stocktakes, counted.into_any(), differs.into_any())
    };
    let lines = rows.iter().map(line).collect_view();
    view! {
        <PointLines points />
        <CountTable with_stocktakes>{lines}</CountTable>
        {stocktakes.map(|words| view! { <p>{words}</p> })}
        {(!note.is_empty()).then(|| view! { <p>"差额的原因:" {note}</p> })}
    }
}

/// Close-outs after which the day went on, folded away.
fn earlier(closings: Vec<EarlierClosing>) -> impl IntoView {
    let one = |closing: EarlierClosing| {
        view! {
            <details class="days__earlier">
                <summary class="days__summary">
                    {closing.title} ",后来重新开场:" {closing.reopened}
                </summary>
                {said(closing.points, &closing.rows, closing.note)}
            </details>
        }
    };
    closings.into_iter().map(one).collect_view()
}

/// Points before, redeemed and after.
#[component]
fn PointLines(points: DayPoints) -> impl IntoView {
    view! {
        <dl class="days__points">
            <dt>"积分"</dt>
            <dd>{points_equation(&points)}</dd>
            <dt>"签领表合计"</dt>
            <dd>{format!("{} 分,{}", thousands(points.on_paper), difference_words(points.difference()))}</dd>
        </dl>
    }
}

const COLUMNS: &[Column] = &[
    Words("物品"),
    Figures("开场"),
    Figures("当天入库"),
    Figures("发出"),
    Figures("应有"),
    Figures("实有"),
    Figures("差额"),
];
/// The same where a stocktake of the day found something else than the book.
const WITH_STOCKTAKES: &[Column] = &[
    Words("物品"),
    Figures("开场"),
    Figures("当天入库"),
    Figures("盘点差异"),
    Figures("发出"),
    Figures("应有"),
    Figures("实有"),
    Figures("差额"),
];

fn has_stocktakes(rows: &[CountRow]) -> bool {
    rows.iter().any(|row| !row.stocktakes.is_empty())
}

#[component]
fn CountTable(with_stocktakes: bool, children: Children) -> impl IntoView {
    let columns = if with_stocktakes { WITH_STOCKTAKES } else { COLUMNS };
    view! { <Table caption="物品:开场、发出、应有和实有" columns>{children()}</Table> }
}

fn count_line(row: &CountRow, with_stocktakes: bool, counted: AnyView, differs: AnyView) -> impl IntoView + use<> {
    let figures = row.figures;
    let stocktake = with_stocktakes.then(|| view! { <td class="table__number">{received_words(row.stocktake())}</td> });
    view! {
        <tr>
            <td class="table__strong">{format!("{}({})", row.name, row.unit)}</td>
            <td class="table__number">{figures.opening}</td>
            <td class="table__number">{received_words(row.came_in())}</td>
            {stocktake}
            <td class="table__number">{figures.issued}</td>
            <td class="table__number">{figures.expected()}</td>
            <td class="table__number">{counted}</td>
            <td class="table__number">{differs}</td>
        </tr>
    }
}

/// What was counted, typed in.
#[component]
fn CloseForm(sheet: DaySheet) -> impl IntoView {
    let app = use_app();
    let (on_paper, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let counts: Vec<(CountRow, RwSignal<String>)> =
        sheet.rows.iter().map(|row| (row.clone(), RwSignal::new(String::new()))).collect();
    let typed: Vec<(GoodsId, String, RwSignal<String>)> =
        counts.iter().map(|(row, typed)| (row.goods, row.name.clone(), *typed)).collect();
    let (day, points) = (sheet.day, sheet.points);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match parse(day, &on_paper.get_untracked(), &typed, note.get_untracked()) {
            Err(problems) => problem.set(Some(problems.concat())),
            Ok(new) => {
                let done = "已收场对账,可以打印对账单签字。".to_owned();
                send(app, Command::CloseDay(new), done, problem, Callback::new(|()| ()));
            }
        }
    };
    let paper_words = move || {
        let on_paper = i64::from(whole("签领表合计", &on_paper.get(), "6340").ok()?);
        Some(difference_words(DayPoints { on_paper, ..points }.difference()))
    };
    let (with_stocktakes, stocktakes) = (has_stocktakes(&sheet.rows), stocktake_words(&sheet.rows));
    let lines = counts.into_iter().map(|(row, typed)| open_line(&row, with_stocktakes, typed)).collect_view();
    let earlier = earlier(sheet.earlier);
    view! {
        <Sheet title=sheet.title remark="先数清楚,再收场">
            <UndoPart day />
            <form class="form" on:submit=submit>
                <dl class="days__points">
                    <dt>"积分"</dt>
                    <dd>{points_equation(&points)}</dd>
                </dl>
                <div class="form__row">
                    <TextField label="签领表合计(分)" value=on_paper hint="把签领表上的分加起来填在这里" />
                    <p class="days__paper" role="status">{paper_words}</p>
                </div>
                <CountTable with_stocktakes>{lines}</CountTable>
                {stocktakes.map(|words| view! { <p>{words}</p> })}
                <LongField label="有差额时的原因" value=note />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"收场对账"</Button>
                    <SignaturesLink day />
                </div>
                <p class="goods__advice">"实有填那一天收场时的数。收场以后,这一天不能再兑换和撤销,差额会记到库存里。"</p>
            </form>
            {earlier}
        </Sheet>
    }
}

fn open_line(row: &CountRow, with_stocktakes: bool, typed: RwSignal<String>) -> impl IntoView + use<> {
    let (figures, name) = (row.figures, row.name.clone());
    let differs = move || {
        let counted = i64::from(whole("实有", &typed.get(), "30").ok()?);
        Some(difference_figure(DayGoods { counted, ..figures }.difference()))
    };
    let input = view! {
        <input
            class="input days__count"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            aria-label=format!("{name} 实有数量")
            bind:value=typed
        />
    };
    count_line(row, with_stocktakes, input.into_any(), differs.into_any())
}

fn parse(
    day: Date,
    on_paper: &str,
    typed: &[(GoodsId, String, RwSignal<String>)],
    note: String,
) -> Result<NewDayClosing, Vec<String>> {
    let paper = whole("签领表合计", on_paper, "6340");
    let counted: Vec<_> = typed
        .iter()
        .map(|(goods, name, typed)| {
            Ok((*goods, whole(&format!("「{name}」的实有数量"), &typed.get_untracked(), "30")?))
        })
        .collect();
    let problems: Vec<String> =
        paper.as_ref().err().into_iter().chain(counted.iter().filter_map(|one| one.as_ref().err())).cloned().collect();
    match paper {
        Ok(on_paper) if problems.is_empty() => {
            Ok(NewDayClosing { day, on_paper, counted: counted.into_iter().flatten().collect(), note })
        }
        // One sentence is enough to begin with; the next comes when it is filled in.
        _ => Err(problems.into_iter().take(1).collect()),
    }
}

/// 重新开场
#[component]
fn ReopenDialog(day: Date, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let words = untrack(|| app.read(|village| reopening(village, day, app.today())));
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let command = Command::ReopenDay { day, reason: reason.get_untracked() };
        send(app, command, words.done.to_owned(), problem, on_close);
    };
    view! {
        <Dialog title="重新开场" on_close>
            <form class="form" on:submit=submit>
                <p>"这次对账会留在记录里,重新开场也会记下来。" {words.ask}</p>
                <TextField label="原因" value=reason autofocus=true />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"重新开场"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}
