//! What stands where the ranking would, and the first step out of that.

use leptos::prelude::*;

use crate::ui::components::button::{LinkButton, Weight};
use crate::ui::components::sheet::Empty;
use crate::ui::route::{PointsView, Route};

/// What stands where nobody is.
#[component]
pub fn Nobody(view: Memo<PointsView>) -> impl IntoView {
    move || view.with(step)
}

fn step(view: &PointsView) -> AnyView {
    let PointsView { members, grid, .. } = *view;
    let wider = |grid| PointsView { members, grid, lines: view.lines.clone(), ..PointsView::default() };
    let (sentence, go, label) = match *view {
        PointsView { unit: Some(_), .. } => ("这个单元里没有积分账户。", Route::Points(wider(grid)), "看全部单元"),
        PointsView { grid: Some(_), .. } => ("这个网格里没有积分账户。", Route::Points(wider(None)), "看全村"),
        _ if view.quarter().is_some() => {
            let there = PointsView { members, ..PointsView::default() };
            ("这个季度里还没有积分账户。", Route::Points(there), "看本季")
        }
        PointsView { members: true, .. } => {
            ("名册里还没有党员。花名册带上「党员类型」一列导入后,这里就有党员积分。", Route::Import, "导入花名册")
        }
        _ => ("村里还没有户。先导入花名册,就可以登记积分。", Route::Import, "导入花名册"),
    };
    view! {
        <Empty sentence=sentence>
            <LinkButton weight=Weight::Plain href=go.href()>
                {label}
            </LinkButton>
        </Empty>
    }
    .into_any()
}
