//! The completion rate in the chart of monthly cases: line, markers, labels.
//!
//! The line has a white edge and the markers a white ring, so that it can be told from the
//! dark columns without colour. Labels get a ground of nearly opaque white: it quiets grid
//! lines and columns, yet the tops of the columns still show through.

use plotters::element::Circle;
use plotters::series::LineSeries;
use plotters::style::Color;
use plotters_backend::text_anchor::{HPos, VPos};

use super::layout::Layout;
use super::{FULL, Plot, RATE};
use crate::chart::ChartError;
use crate::chart::frame::{LABEL, Sheet, Type, px};
use crate::chart::label::{Area, Obstacles, Point, around_point};
use crate::chart::palette::PAPER;
use crate::report::cases_by_month::MonthRow;

/// A month's rate: its place in the plot and what is written beside it.
pub(super) struct RatePoint {
    /// px from the left edge of the plot, and hundredths of a per cent.
    at: (i32, u64),
    text: String,
}

/// The unbroken pieces of the line: months without cases part them.
fn runs(rows: &[MonthRow], layout: &Layout) -> Vec<Vec<RatePoint>> {
    let points = rows.iter().enumerate().map(|(index, row)| {
        let rate = row.completion();
        let at = (layout.middle(index), rate.basis_points()?.min(FULL));
        Some(RatePoint { at, text: rate.percent_in_text() })
    });
    let mut runs = vec![Vec::new()];
    for point in points {
        match (point, runs.last_mut()) {
            (Some(point), Some(run)) => run.push(point),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn on_picture(plot: &Plot<'_, '_>, point: &RatePoint) -> Point {
    let (x, y) = plot.borrow_secondary().backend_coord(&point.at);
    (f64::from(x), f64::from(y))
}

/// Draws line and markers over the columns and tells the labels where they are.
pub(super) fn draw(
    plot: &mut Plot<'_, '_>,
    rows: &[MonthRow],
    layout: &Layout,
    obstacles: &mut Obstacles,
) -> Result<Vec<RatePoint>, ChartError> {
    let runs = runs(rows, layout);
    for (color, width) in [(PAPER, 5), (RATE, 2)] {
        for run in &runs {
            let line = run.iter().map(|point| point.at);
            plot.draw_secondary_series(LineSeries::new(line, color.stroke_width(width)))?;
        }
    }
    let radius = if layout.column_width < 8 { 3 } else { 4 };
    for (color, radius) in [(PAPER, radius + 2), (RATE, radius)] {
        let markers = runs.iter().flatten().map(|point| Circle::new(point.at, radius, color.filled()));
        plot.draw_secondary_series(markers)?;
    }
    for run in &runs {
        let points: Vec<Point> = run.iter().map(|point| on_picture(plot, point)).collect();
        obstacles.line.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
        obstacles.taken.extend(points.iter().map(|&point| Area::around(point, (10.0, 10.0))));
    }
    Ok(runs.into_iter().flatten().collect())
}

/// The points that are labelled: first the telling ones (lowest, last, first), then the
/// others, which are labelled only if there is room for each month.
pub(super) fn labelled(
    sheet: &Sheet<'_, '_>,
    points: Vec<RatePoint>,
    layout: &Layout,
) -> (Vec<RatePoint>, Vec<RatePoint>) {
    let lowest = (0..points.len()).min_by_key(|&index| points[index].at.1);
    let slot = f64::from(layout.slot(0).1);
    let roomy = points.iter().all(|point| sheet.text_width(&point.text, LABEL) + 4.0 <= slot);
    let last = points.len().saturating_sub(1);
    let rank = |index: usize| match index {
        _ if Some(index) == lowest => 0,
        _ if index == last => 1,
        0 => 2,
        _ => 3,
    };
    let mut ranked: Vec<(usize, RatePoint)> =
        points.into_iter().enumerate().map(|(i, point)| (rank(i), point)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let (telling, others): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|(rank, _)| *rank < 3);
    let points = |ranked: Vec<(usize, RatePoint)>| ranked.into_iter().map(|(_, point)| point).collect();
    (points(telling), if roomy { points(others) } else { Vec::new() })
}

/// Writes the labels that find room.
pub(super) fn labels(
    sheet: &Sheet<'_, '_>,
    plot: &Plot<'_, '_>,
    points: &[RatePoint],
    obstacles: &mut Obstacles,
) -> Result<(), ChartError> {
    for point in points {
        let size = (sheet.text_width(&point.text, LABEL) + 2.0, f64::from(LABEL));
        let Some(area) = obstacles.place(&around_point(on_picture(plot, point), size, 7.0)) else {
            continue;
        };
        let Area { left, top, right, bottom } = area;
        sheet.fill((px(left), px(top)), (px(right), px(bottom)), PAPER.mix(0.85))?;
        let (x, y) = area.center();
        sheet.text(&point.text, (px(x), px(y)), Type::new(LABEL, RATE, HPos::Center, VPos::Center))?;
        obstacles.taken.push(area);
    }
    Ok(())
}
