//! 年度: what each month and quarter of a year brought, 评优 with its basis,
//! and what to do with points at the end of the year.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::ledger_of;
use super::veto_acts::Foot;
use crate::domain::command::Command;
use crate::domain::points::rule::Ledger;
use crate::report::points_year::{AwardGroup, AwardRow, PeriodRow, PointsYear, YearEnd, points_year, years};
use crate::report::tag::thousands;
use crate::ui::browser;
use crate::ui::components::button::Button;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::SelectField;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::pages::send::send;
use crate::ui::route::{PointsPart, PointsView};

/// The year of the ledger that is shown.
#[component]
pub(super) fn YearPart(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let years = move || {
        let ledger = view.with(ledger_of);
        app.read(|village| years(village, ledger, app.today()))
    };
    // The address may name a year: clearing the old one is asked for in January.
    let asked = move || {
        let PointsPart::Year(year) = view.with_untracked(|view| view.part) else { return 0 };
        years().iter().position(|known| Some(*known) == year).unwrap_or(0)
    };
    let (place, group) = (RwSignal::new(untrack(asked)), RwSignal::new(0));
    let report = app.report(move |village| {
        let (ledger, chosen) = (view.with(ledger_of), place.get());
        let all = years();
        let year = all.get(chosen).or_else(|| all.first()).copied().unwrap_or(app.today().year());
        (ledger, points_year(village, ledger, year, app.today()))
    });
    let clearing = RwSignal::new(None::<(Ledger, i16)>);
    let close = Callback::new(move |()| clearing.set(None));
    let dialog = move |(ledger, year)| view! { <ClearDialog ledger year on_close=close /> };
    let options = Signal::derive(move || years().into_iter().map(|year| format!("{year}年")).collect::<Vec<_>>());
    let names = Signal::derive(move || {
        report.with(|(_, report)| report.groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>())
    });
    let what = move || report.with(|(ledger, _)| if *ledger == Ledger::Villager { "网格" } else { "党员类型" });
    view! {
        <div class="year">
            <section class="sheet" aria-label="全年汇总">
                <div class="year__tools">
                    <SelectField label="年份" value=place options />
                    <Button on_press=|()| browser::print()>"打印"</Button>
                </div>
                {move || report.with(|(ledger, report)| periods(*ledger, report))}
            </section>
            <div class="year__side">
                <Sheet title=Signal::stored("评优".to_owned())>
                    {move || {
                        view! {
                            <div class="year__pick">
                                <SelectField label=what() value=group options=names />
                            </div>
                        }
                    }}
                    {move || {
                        let place = group.get();
                        report.with(|(_, report)| {
                            awards(report.counter, report.groups.get(place).or_else(|| report.groups.first()))
                        })
                    }}
                </Sheet>
                {move || report.with(|(ledger, report)| year_end(*ledger, report, clearing))}
            </div>
        </div>
        {move || clearing.get().map(dialog)}
    }
}

fn periods(ledger: Ledger, report: &PointsYear) -> AnyView {
    let row = |row: &PeriodRow| {
        let class = if row.is_sum { "year__sum" } else { "" };
        let returned = report.has_returned.then_some(&row.returned);
        let figures = [&row.entries, &row.plus, &row.minus, &row.redeemed].into_iter().chain(returned);
        let figures = figures.chain([&row.cleared, &row.active, &row.closing]);
        let figure = |text: &String| view! { <td class="table__number">{text.clone()}</td> };
        view! {
            <tr class=class>
                <th scope="row" class="year__label">
                    {row.label.clone()}
                </th>
                {figures.map(figure).collect_view()}
            </tr>
        }
    };
    let head = |word: String| view! { <th scope="col" class="table__number">{word}</th> };
    let returned = report.has_returned.then_some("退还");
    let heads = ["记录", "加分", "扣分", "兑换"].into_iter().chain(returned).chain(["清零"]).map(str::to_owned);
    let heads = heads.chain([format!("得分的{}", report.counter), "期末结余".to_owned()]);
    view! {
        <table class="table year__table">
            <caption class="table__caption">{format!("{}年{}按月、按季汇总", report.year, ledger.word())}</caption>
            <thead>
                <tr>
                    <th scope="col">{format!("{}年", report.year)}</th>
                    {heads.map(head).collect_view()}
                </tr>
            </thead>
            <tbody>{report.rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn awards(counter: &str, group: Option<&AwardGroup>) -> AnyView {
    let Some(group) = group else {
        return view! { <p class="table__quiet">"这一年还没有得分。"</p> }.into_any();
    };
    let row = |row: &AwardRow| {
        let class = if row.left_out.is_some() { "awards__row awards__row--out" } else { "awards__row" };
        view! {
            <li class=class>
                <span class="awards__place">{row.place.clone()}</span>
                <span>
                    <b>{row.name.clone()}</b>
                    " "
                    <small class="table__quiet">{row.number.clone()}</small>
                    <small class="awards__basis">
                        {row.left_out.clone().unwrap_or_else(|| row.basis.clone())}
                    </small>
                </span>
                <b class="awards__score">{format!("{} 分", row.score)}</b>
            </li>
        }
    };
    view! {
        <p class="table__quiet awards__about">
            {format!(
                "{}:{} {}参评,同分同名次;停评优的、已不在册的列出来但不占名次。",
                group.name,
                group.of,
                counter
            )}
        </p>
        <ol class="awards">{group.rows.iter().map(row).collect_view()}</ol>
    }
    .into_any()
}

/// What to do at the end of the year: nothing, or clearing.
fn year_end(ledger: Ledger, report: &PointsYear, clearing: RwSignal<Option<(Ledger, i16)>>) -> AnyView {
    let YearEnd { carried, settled, accounts, points, barred } = report.year_end.clone();
    let year = report.year;
    let (of, points) = (report.counter, thousands(points));
    let when = if year < use_app().today().year() { "年末" } else { "现在" };
    let held = format!("{when}还有 {accounts} {of}共 {points} 分。");
    let carried =
        (carried > 0).then(|| format!("12月已月结:{carried} {of}的结余各记了一行「结转」,转到 {}年。", year + 1));
    let ask = move |()| clearing.set(Some((ledger, year)));
    let act = barred.is_none().then(|| view! { <Button on_press=ask>{format!("{year}年年终清零")}</Button> });
    view! {
        <Sheet title=Signal::stored("年终".to_owned())>
            <div class="form">
                <p>{held} {carried.clone().unwrap_or(settled)}</p>
                {barred.filter(|_| carried.is_none()).map(|why| view! { <p class="table__quiet">{why}</p> })}
                {act}
            </div>
        </Sheet>
    }
    .into_any()
}

/// 年终清零, asked once more.
#[component]
fn ClearDialog(ledger: Ledger, year: i16, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let report = untrack(|| app.read(|village| points_year(village, ledger, year, app.today())));
    let words = format!(
        "{} {}的 {} 分会各记一行「清零」,日期是 {year}年12月31日;这一天以后得的分留着。每一行都可以单独冲正,整次不能撤回。",
        report.year_end.accounts,
        report.counter,
        thousands(report.year_end.points)
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let done = format!("{year}年{}已清零。", ledger.word());
        send(app, Command::ClearYear { ledger, year }, done, problem, on_close);
    };
    view! {
        <Dialog title=format!("{year}年年终清零") on_close>
            <form class="form" on:submit=submit>
                <p>{words}</p>
                <Foot problem on_close word="确认清零" />
            </form>
        </Dialog>
    }
}
