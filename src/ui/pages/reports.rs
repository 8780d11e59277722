//! 报表: the charts, larger, the rates of cases, and the papers that can be printed.
//! The overview shows the same two charts.

use leptos::prelude::*;

use crate::chart::{ChartSize, Heading, handlings_by_month, handlings_height, monthly_cases};
use crate::domain::calendar::Month;
use crate::report::case_rates::{RateRow, rate_rows};
use crate::report::cases_by_month::{MonthRow, cases_by_month};
use crate::ui::components::button::LinkButton;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::context::{App, use_app};
use crate::ui::picture::{CanvasMeasure, Picture};
use crate::ui::route::{CasesView, Route};

/// 报表
#[component]
pub fn Reports() -> impl IntoView {
    view! {
        <div class="reports">
            <div class="reports__column">
                <MonthlyChart months=12 />
                <HandlingsChart />
            </div>
            <div class="reports__column">
                <Rates />
                <Sheet title="可以打印的纸" remark="">
                    <p class="reports__paper">"兑换签领表:本季每一笔兑换,供领取人签字。"</p>
                    <LinkButton href=Route::Signatures(None).href()>"打开签领表"</LinkButton>
                </Sheet>
            </div>
        </div>
    }
}

fn village_name(app: App) -> String {
    app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone())).unwrap_or_default()
}

/// 「2026年3月—11月,按受理日期,未到期 3 件计入分母」
fn period(rows: &[MonthRow]) -> String {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return String::new();
    };
    let not_due: u64 = rows.iter().map(|row| row.not_yet_due).sum();
    let (first, last) = (first.month, last.month);
    let end = if first.year == last.year { String::new() } else { format!("{}年", last.year) };
    let due = if not_due > 0 { format!(",未到期 {not_due} 件计入分母") } else { String::new() };
    format!("{}年{}月—{end}{}月,按受理日期{due}", first.year, first.month, last.month)
}

/// 每月受理与办结, for this many months up to today.
#[component]
pub fn MonthlyChart(months: usize) -> impl IntoView {
    let app = use_app();
    let size = ChartSize { width: 720, height: 290 };
    let rows = app.report(move |village| cases_by_month(village, app.today(), Month::of(app.today()), months));
    let svg = move || {
        let rows = rows.get();
        let heading = Heading {
            title: format!("{}每月受理与办结", village_name(app)),
            subtitle: period(&rows),
            foot: "办结率 = 办结 ÷ 受理,没有到期的事项也在分母里。".to_owned(),
        };
        monthly_cases(&rows, &heading, size, &CanvasMeasure::new()).unwrap_or_else(|error| error.to_string())
    };
    view! {
        <section class="sheet sheet--chart">
            <Picture svg=Signal::derive(svg) size name="每月受理与办结" />
        </section>
    }
}

/// 四办去向 of the last three months.
#[component]
pub fn HandlingsChart() -> impl IntoView {
    let app = use_app();
    let size = ChartSize { width: 720, height: handlings_height(3) };
    let rows = app.report(move |village| cases_by_month(village, app.today(), Month::of(app.today()), 3));
    let svg = move || {
        let rows = rows.get();
        let heading = Heading {
            title: format!("{}四办去向", village_name(app)),
            subtitle: period(&rows),
            foot: "四办与未交办之和等于受理。".to_owned(),
        };
        let drawn = handlings_by_month(&rows, &heading, size, &CanvasMeasure::new());
        drawn.unwrap_or_else(|error| error.to_string())
    };
    view! {
        <section class="sheet sheet--chart">
            <Picture svg=Signal::derive(svg) size name="四办去向" />
        </section>
    }
}

/// The rates of cases, this quarter beside the last one.
#[component]
fn Rates() -> impl IntoView {
    let app = use_app();
    let rows = move || app.read(|village| rate_rows(village, app.today()));
    let line = |row: RateRow| {
        let [now, before] = row.values;
        let cases = Route::Cases(CasesView { all: true, disputes: row.of_disputes, ..CasesView::default() });
        view! {
            <tr>
                <th scope="row">
                    {row.label} <small class="reports__how">{row.words}</small>
                </th>
                <td class="table__number">
                    <a href=cases.href()>{now}</a>
                </td>
                <td class="table__number">{before}</td>
            </tr>
        }
    };
    view! {
        <Sheet title="办事的几个率" remark="按受理日期">
            <Table caption="办事的几个率,本季和上季" columns=&[Words("率"), Figures("本季"), Figures("上季")]>
                {move || rows().into_iter().map(line).collect_view()}
            </Table>
        </Sheet>
    }
}
