//! 总览: what needs doing today, the key figures, and two charts.

use leptos::prelude::*;

use super::marks;
use super::reports::{HandlingsChart, MonthlyChart};
use crate::domain::calendar::Moment;
use crate::domain::points::rule::Ledger;
use crate::report::overview::{Figure, FigureLink, Overview as Report, Todo, TodoTarget, overview};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::context::use_app;
use crate::ui::route::{CasesView, GoodsPart, PointsPart, PointsView, Route, VisitsView};

/// 总览
#[component]
pub fn Overview() -> impl IntoView {
    let app = use_app();
    let last_save = Memo::new(move |_| {
        let (laptop, since) = app.laptop();
        (laptop.saved_at.map(|at| at.0), since)
    });
    let report = app.report(move |village| {
        let (saved, since) = last_save.get();
        overview(village, app.today(), saved.map(Moment), since)
    });
    view! {
        <dl class="figures">{move || report.get().figures.into_iter().map(figure).collect_view()}</dl>
        <div class="overview">
            <Todos report />
            <div class="overview__charts">
                <MonthlyChart months=9 />
                <HandlingsChart />
            </div>
        </div>
    }
}

fn figure(figure: Figure) -> impl IntoView {
    let cases = |disputes| Route::Cases(CasesView { all: true, disputes, ..CasesView::default() });
    let route = match figure.link {
        FigureLink::Disputes => cases(true),
        FigureLink::Cases | FigureLink::Ratings => cases(false),
        FigureLink::Ranking => Route::Points(PointsView::default()),
        FigureLink::Shelf => Route::Goods(GoodsPart::Shelf),
    };
    view! {
        <div class="figures__one">
            <dt class="figures__label">{figure.label}</dt>
            <dd class="figures__value">
                <a class="figures__link" href=route.href()>
                    {figure.value}
                </a>
                " "
                <small class="figures__fraction">{figure.fraction}</small>
            </dd>
        </div>
    }
}

#[component]
fn Todos(report: Memo<Report>) -> impl IntoView {
    let remark = Signal::derive(move || format!("{} 件", report.get().todo_total));
    let rest = move || report.with(|report| report.todo_total.saturating_sub(report.todos.len()));
    let rows = move || report.get().todos.into_iter().map(todo).collect_view();
    view! {
        <Sheet title="今天要办" remark>
            <Show
                when=move || report.with(|report| !report.todos.is_empty())
                fallback=|| view! { <Empty sentence="今天没有要办的事。">""</Empty> }
            >
                <ul class="todo" aria-label="今天要办">
                    {rows}
                </ul>
                <p class="todo__more" hidden=move || rest() == 0>
                    <a href=Route::Cases(CasesView::default()).href()>{move || format!("还有 {} 件事项,到「民情」里看", rest())}</a>
                </p>
            </Show>
        </Sheet>
    }
}

fn todo(todo: Todo) -> impl IntoView {
    let route = match todo.target {
        TodoTarget::Case(case) => Route::Cases(CasesView { case: Some(case.raw()), ..CasesView::default() }),
        TodoTarget::Goods(_) => Route::Goods(GoodsPart::Shelf),
        TodoTarget::Review => Route::Points(PointsView { part: PointsPart::Review, ..PointsView::default() }),
        TodoTarget::Settings => Route::Points(PointsView { part: PointsPart::Settings, ..PointsView::default() }),
        TodoTarget::Visits => Route::Visits(VisitsView::default()),
        TodoTarget::Save | TodoTarget::Conflicts => Route::Data,
        TodoTarget::YearEnd(ledger, year) => {
            let (members, part) = (ledger == Ledger::Member, PointsPart::Year(Some(year)));
            Route::Points(PointsView { members, part, ..PointsView::default() })
        }
        TodoTarget::Closing(ledger) => {
            let (members, part) = (ledger == Ledger::Member, PointsPart::Closing);
            Route::Points(PointsView { members, part, ..PointsView::default() })
        }
    };
    view! {
        <li class="todo__one">
            {marks::mark(todo.tag)}
            <div>
                <a class="todo__title" href=route.href()>
                    {todo.title}
                </a>
                <span class="todo__detail">{todo.detail}</span>
            </div>
            <span class="todo__act">{todo.action}</span>
        </li>
    }
}
