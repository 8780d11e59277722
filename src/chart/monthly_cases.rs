//! 每月受理与办结: two columns per month and the completion rate as a line.
//!
//! The line has its own scale of 0–100 % on the right; both scales share the grid lines.
//! A month in which nothing was received has no rate: it breaks the line and shows 「—」.
//! The fraction of each rate stands below its month, or, where the picture is too narrow,
//! in the description only. [`layout`] decides the sizes, [`rate_line`] draws the rate,
//! and the rest is here.

mod layout;
mod rate_line;

use plotters::chart::{ChartBuilder, DualCoordChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::combinators::{BindKeyPoints, WithKeyPoints};
use plotters::coord::types::{RangedCoordi32, RangedCoordu64};
use plotters::element::Rectangle;
use plotters::style::{Color, RGBColor};
use plotters_backend::text_anchor::{HPos, VPos};

use self::layout::{Layout, fraction};
use super::frame::{Entry, LABEL, Mark, NOTHING, SMALL, Sheet, Type, px};
use super::label::{Area, Obstacles};
use super::measure::TextMeasure;
use super::palette::{BASELINE, INK, INK_2, LINE, PAPER, SERIES, text_on};
use super::period::{latest, month_in_full, starts_year, title_with_period};
use super::svg::{SvgBackend, document};
use super::{ChartError, ChartSize, Heading, MARGIN};
use crate::domain::count::counted;
use crate::report::cases_by_month::MonthRow;

/// The most months one picture can hold.
const MONTHS_MAX: usize = 24;
/// 受理: light.
const RECEIVED: RGBColor = SERIES[5];
/// 办结: dark.
const CLOSED: RGBColor = SERIES[0];
/// 办结率: a line.
const RATE: RGBColor = SERIES[1];
/// 100 % on the right-hand scale, which counts in hundredths of a per cent.
const FULL: u64 = 10_000;
/// Above the plot: the names of the axes and the labels of points at 100 %, px.
const HEADROOM: i32 = 24;

type Counts = Cartesian2d<RangedCoordi32, WithKeyPoints<RangedCoordu64>>;
/// x is px from the left edge of the plot; y is counts, and hundredths of a per cent.
type Plot<'c, 'a> = DualCoordChartContext<'c, SvgBackend<'a>, Counts, Counts>;

/// Draws the months in the order given (at most 24, else the last 24, and says so).
pub fn monthly_cases(
    rows: &[MonthRow],
    heading: &Heading,
    size: ChartSize,
    measure: &dyn TextMeasure,
) -> Result<String, ChartError> {
    let size = size.check()?;
    let (rows, heading) = latest(rows, heading, MONTHS_MAX);
    let title = title_with_period(&heading.title, rows);
    document(size, &title, &description(rows, &heading), measure, |canvas| {
        draw(&Sheet { canvas, measure, size }, rows, &heading)
    })
}

/// The figures in words.
fn description(rows: &[MonthRow], heading: &Heading) -> String {
    let mut words = vec![heading.subtitle.clone()];
    words.extend(rows.iter().map(month_in_words));
    if rows.iter().all(|row| row.received == 0) {
        words.push(NOTHING.to_owned());
    }
    words.push(heading.foot.clone());
    words.retain(|part| !part.is_empty());
    words.join("。")
}

fn month_in_words(row: &MonthRow) -> String {
    let MonthRow { received, closed, not_yet_due, .. } = *row;
    let rate = if received > 0 {
        format!(",办结率 {}({})", row.completion().percent_in_text(), fraction(row))
    } else {
        String::new()
    };
    let open = if not_yet_due > 0 { format!(",其中未到期 {not_yet_due} 件") } else { String::new() };
    format!("{}:受理 {received} 件,办结 {closed} 件{rate}{open}", month_in_full(row.month))
}

fn draw(sheet: &Sheet<'_, '_>, rows: &[MonthRow], heading: &Heading) -> Result<(), ChartError> {
    let top = sheet.heading(heading)? + 8;
    let foot = sheet.foot(&heading.foot)?;
    if rows.is_empty() {
        return sheet.nothing((sheet.width() / 2, i32::midpoint(top, foot)));
    }
    let legend: [Entry<'_>; 3] =
        [(Mark::Block(RECEIVED), "受理"), (Mark::Block(CLOSED), "办结"), (Mark::Line(RATE), "办结率(办结/受理)")];
    let room = sheet.width() - 2 * MARGIN;
    let plot_top = top + sheet.legend_height(&legend, room) + HEADROOM;
    let layout = Layout::new(sheet, rows, plot_top, foot);
    let legend_left = if sheet.legend_height(&legend, layout.width()) > 20 { MARGIN } else { layout.left };
    sheet.legend(&legend, (legend_left, top), room)?;
    let mut plot = plot(sheet, &layout)?;
    axes(sheet, &mut plot, &layout)?;
    month_names(sheet, rows, &layout)?;
    let mut obstacles = columns(&mut plot, rows, &layout)?;
    obstacles.taken = scale_names(sheet, &plot, &layout);
    let points = rate_line::draw(&mut plot, rows, &layout, &mut obstacles)?;
    // The telling rates come before the counts, the other rates take what room is left.
    let (telling, others) = rate_line::labelled(sheet, points, &layout);
    rate_line::labels(sheet, &plot, &telling, &mut obstacles)?;
    column_labels(sheet, rows, &layout, &mut obstacles)?;
    rate_line::labels(sheet, &plot, &others, &mut obstacles)?;
    if rows.iter().all(|row| row.received == 0) {
        let center = (i32::midpoint(layout.left, layout.right), i32::midpoint(layout.top, layout.bottom));
        sheet.nothing(center)?;
    }
    Ok(())
}

/// The coordinate systems: px across, counts on the left, hundredths of a per cent on the right.
fn plot<'c, 'a>(sheet: &Sheet<'c, 'a>, layout: &Layout) -> Result<Plot<'c, 'a>, ChartError> {
    let across = || 0..layout.width() - 1;
    let shares = (0..=layout.scale.steps).map(|i| i * FULL / layout.scale.steps).collect();
    let plot = ChartBuilder::on(sheet.canvas)
        .margin_left(MARGIN)
        .margin_right(MARGIN)
        .margin_top(layout.top)
        .margin_bottom(sheet.height() - layout.bottom)
        .y_label_area_size(layout.left - MARGIN)
        .right_y_label_area_size(sheet.width() - MARGIN - layout.right)
        .build_cartesian_2d(across(), (0..layout.scale.top()).with_key_points(layout.scale.ticks()))?
        .set_secondary_coord(across(), (0..FULL).with_key_points(shares));
    Ok(plot)
}

/// Grid lines, both scales with their names, and the zero baseline.
fn axes(sheet: &Sheet<'_, '_>, plot: &mut Plot<'_, '_>, layout: &Layout) -> Result<(), ChartError> {
    let none = PAPER.mix(0.0);
    let counts = Type::new(LABEL, INK_2, HPos::Right, VPos::Center);
    let shares = Type { color: RATE, ..counts };
    plot.configure_mesh()
        .disable_x_mesh()
        .bold_line_style(LINE)
        .axis_style(none)
        .label_style(counts.style())
        .y_label_formatter(&|count| counted(*count))
        .set_all_tick_mark_size(4)
        .draw()?;
    // A negative tick makes plotters align the labels with the right edge; otherwise it
    // aligns "100%" and "0%" differently.
    plot.configure_secondary_axes()
        .axis_style(none)
        .label_style(shares.style())
        .y_label_formatter(&|share| format!("{}%", share / 100))
        .set_tick_mark_size(LabelAreaPosition::Right, -1)
        .draw()?;
    let names = layout.top - HEADROOM + 8;
    sheet.text("件", (layout.left - 9, names), counts)?;
    sheet.text("办结率", (sheet.width() - MARGIN - 2, names), shares)?;
    sheet.line(vec![(layout.left, layout.bottom - 1), (layout.right, layout.bottom - 1)], BASELINE)
}

/// Where the scale on the right is written, with its name.
fn scale_names(sheet: &Sheet<'_, '_>, plot: &Plot<'_, '_>, layout: &Layout) -> Vec<Area> {
    let right = f64::from(sheet.width() - MARGIN);
    let area = |text: &str, y: i32| {
        let (width, half, y) = (sheet.text_width(text, LABEL) + 4.0, f64::from(LABEL) / 2.0, f64::from(y));
        Area { left: right - width, top: y - half, right, bottom: y + half }
    };
    let shares = (0..=layout.scale.steps).map(|i| i * FULL / layout.scale.steps);
    let shares = shares.map(|share| {
        let (_, y) = plot.borrow_secondary().backend_coord(&(0, share));
        area(&format!("{}%", share / 100), y)
    });
    shares.chain([area("办结率", layout.top - HEADROOM + 8)]).collect()
}

/// Below the plot: months, fractions, and the year where one begins.
fn month_names(sheet: &Sheet<'_, '_>, rows: &[MonthRow], layout: &Layout) -> Result<(), ChartError> {
    let name = Type::new(LABEL, INK, HPos::Center, VPos::Top);
    let small = Type { size: SMALL, color: INK_2, ..name };
    let months_y = layout.bottom + 5;
    let years_y = months_y + 17 + if layout.fractions { 16 } else { 0 };
    for (index, row) in rows.iter().enumerate() {
        let x = layout.left + layout.middle(index);
        sheet.text(&layout.months[index], (x, months_y), name)?;
        if layout.fractions {
            sheet.text(&fraction(row), (x, months_y + 17), small)?;
        } else if row.received == 0 {
            sheet.text("—", (x, layout.bottom - 4), Type { v: VPos::Bottom, ..small })?;
        }
    }
    if !layout.months.iter().any(|month| month.ends_with('月')) {
        sheet.text("月", (layout.left - 9, months_y), Type { h: HPos::Right, ..name })?;
    }
    year_names(sheet, rows, layout, years_y)
}

/// Each year below its first month, pushed apart where a year has only a month or two.
fn year_names(sheet: &Sheet<'_, '_>, rows: &[MonthRow], layout: &Layout, y: i32) -> Result<(), ChartError> {
    let starts = (0..rows.len()).filter(|&index| starts_year(rows, index));
    let mut names: Vec<(String, i32, i32)> = starts
        .map(|index| {
            let year = format!("{}年", rows[index].month.year);
            let half = px(sheet.text_width(&year, LABEL) / 2.0) + 1;
            (year, layout.left + layout.middle(index), half)
        })
        .collect();
    let mut free = sheet.width() - MARGIN;
    for (_, x, half) in names.iter_mut().rev() {
        *x = (*x).min(free - *half);
        free = *x - *half - 4;
    }
    let mut free = MARGIN;
    for (year, x, half) in names {
        let x = x.max(free + half);
        free = x + half + 4;
        sheet.text(&year, (x, y), Type::new(LABEL, INK_2, HPos::Center, VPos::Top))?;
    }
    for index in (1..rows.len()).filter(|&index| starts_year(rows, index)) {
        let edge = layout.left + layout.slot(index).0;
        sheet.line(vec![(edge, layout.bottom), (edge, y - 2)], LINE)?;
    }
    Ok(())
}

/// Draws the columns and returns them as obstacles for the labels.
fn columns(plot: &mut Plot<'_, '_>, rows: &[MonthRow], layout: &Layout) -> Result<Obstacles, ChartError> {
    let width = layout.column_width;
    let series = rows.iter().enumerate().flat_map(|(index, row)| {
        let [received, closed] = layout.columns(index);
        [(received, row.received, RECEIVED), (closed, row.closed, CLOSED)]
    });
    plot.draw_series(
        series.clone().map(|(x, count, color)| Rectangle::new([(x, 0), (x + width, count)], color.filled())),
    )?;
    let areas = series.map(|(x, count, _)| {
        let (left, top) = plot.backend_coord(&(x, count));
        let (right, bottom) = plot.backend_coord(&(x + width, 0));
        Area { left: left.into(), top: top.into(), right: right.into(), bottom: bottom.into() }
    });
    Ok(Obstacles {
        bounds: Area {
            left: f64::from(layout.left - 4),
            top: f64::from(layout.top - HEADROOM + 2),
            // The scale on the right leaves this much free.
            right: f64::from(layout.right + 15),
            bottom: f64::from(layout.bottom - 1),
        },
        line: Vec::new(),
        taken: Vec::new(),
        columns: areas.collect(),
    })
}

/// Counts at the foot of the columns, in one row like a table, or on top of low columns.
/// If the widest does not fit, none is written; one that the line would cross is left to
/// the fraction below the month and to the description.
fn column_labels(
    sheet: &Sheet<'_, '_>,
    rows: &[MonthRow],
    layout: &Layout,
    obstacles: &mut Obstacles,
) -> Result<(), ChartError> {
    let counts = || rows.iter().flat_map(|row| [row.received, row.closed]);
    let room = f64::from(layout.column_width) - 2.0;
    let fits = |size: u32| counts().all(|count| sheet.text_width(&counted(count), size) <= room);
    let Some(size) = [LABEL, SMALL].into_iter().find(|&size| fits(size)) else {
        return Ok(());
    };
    let colors = [RECEIVED, CLOSED].into_iter().cycle();
    let quiet = rows.iter().flat_map(|row| [row.received == 0; 2]);
    let labels = counts().zip(obstacles.columns.clone()).zip(colors).zip(quiet);
    for (((count, column), color), _) in labels.filter(|(_, quiet)| !quiet) {
        let text = counted(count);
        let (x, size_px) = (column.center().0, (sheet.text_width(&text, size), f64::from(size)));
        let inside = column.bottom - column.top >= 20.0;
        // Under the top of the column if the line runs through its foot, else above it.
        let heights: &[f64] = if inside { &[column.bottom - 10.0, column.top + 10.0] } else { &[column.top - 9.0] };
        let places = heights.iter().map(|&y| Area::around((x, y), size_px));
        if let Some(area) = places.into_iter().find(|area| obstacles.leaves_free(area)) {
            let ink = if inside { text_on(color) } else { INK };
            let at = (px(x), px(area.center().1));
            sheet.text(&text, at, Type::new(size, ink, HPos::Center, VPos::Center))?;
            obstacles.taken.push(area);
        }
    }
    Ok(())
}
