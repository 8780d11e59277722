//! 未兑付 beside every approval: what points that are being entered or passed
//! do to goods, budget and the year.

use leptos::prelude::*;

use crate::report::gauge::{Gauge, GaugeWords, gauge};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::App;

/// The figures of the village as it stands.
fn figures(app: App) -> Memo<Gauge> {
    app.report(move |village| gauge(village, &village.settings, app.today()))
}

fn gap_views(gaps: Vec<String>, lead: &'static str) -> Vec<AnyView> {
    let gap = |gap: String| view! { <p class="gauge__gap">{lead} {gap}</p> }.into_any();
    gaps.into_iter().map(gap).collect()
}

/// A sheet with a line for each figure: now, and once so many more points are out.
pub(super) fn gauge_sheet(app: App, more: Memo<i64>) -> AnyView {
    let gauge = figures(app);
    let line = |word: String, value: String| {
        view! {
            <div class="passbook__sum">
                <dt>{word}</dt>
                <dd class="passbook__value">{value}</dd>
            </div>
        }
    };
    let shown = move || {
        let gauge = gauge.get();
        let GaugeWords { owed, stock, budget, issued, issued_label, gaps } = gauge.after(more.get());
        view! {
            <dl class="passbook__sums">
                {line("现在未兑付".to_owned(), gauge.after(0).owed)} {line("选中的通过后".to_owned(), owed)}
                {line("库存可兑".to_owned(), stock)} {budget.map(|budget| line("预算".to_owned(), budget))}
                {issued.map(|issued| line(issued_label, issued))}
            </dl>
            {gap_views(gaps, "通过后")}
        }
        .into_any()
    };
    view! { <Sheet title="未兑付">{shown}</Sheet> }.into_any()
}

/// One line for the foot of a dialog.
pub(super) fn gauge_line(app: App, more: Memo<i64>) -> AnyView {
    let gauge = figures(app);
    let shown = move || {
        let gauge = gauge.get();
        let GaugeWords { owed, stock, budget, issued, issued_label, gaps } = gauge.after(more.get());
        let part = |word: String, value: String| view! { <span>{word} " " <b>{value}</b></span> };
        view! {
            {part("入账后未兑付".to_owned(), owed)} {part("库存可兑".to_owned(), stock)}
            {budget.map(|budget| part("预算".to_owned(), budget))} {issued.map(|issued| part(issued_label, issued))}
            {gap_views(gaps, "")}
        }
        .into_any()
    };
    view! {
        <div class="gauge" role="group" aria-label="未兑付">
            {shown}
        </div>
    }
    .into_any()
}
