//! 四办去向: one bar per month, divided by how its cases were handled.
//!
//! The order of the parts is the same everywhere and each part carries its count, so the
//! chart can be read in black and white. 未交办 is white with diagonal lines: it is not a
//! fifth handling but what is still to be decided.

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::{RangedCoordi32, RangedCoordu64};
use plotters::element::Rectangle;
use plotters::style::Color;
use plotters_backend::text_anchor::{HPos, VPos};

use super::frame::{LABEL, Mark, NOTHING, Sheet, Type, px};
use super::measure::TextMeasure;
use super::palette::{BASELINE, INK, INK_2, PAPER, SERIES, text_on};
use super::period::{latest, month_in_full, starts_year, title_with_period};
use super::svg::{SvgBackend, document};
use super::{ChartError, ChartSize, Heading, MARGIN};
use crate::domain::count::counted;
use crate::report::cases_by_month::MonthRow;

/// The most bars one picture can hold.
const MONTHS_MAX: usize = 12;
/// Bars do not become thicker than this, however few there are, px.
const BAR_THICKEST: i32 = 28;
/// Comfortable distance from bar to bar, px.
const PITCH: i32 = 40;

/// The handlings in the order of [`MonthRow::handlings`], as they are drawn. 限时办, 上报办
/// and 退回办 are nearly the same grey in print, so the middle one is striped.
const PARTS: [(Mark, &str); 5] = [
    (Mark::Block(SERIES[0]), "立即办"),
    (Mark::Block(SERIES[3]), "限时办"),
    (Mark::Striped(SERIES[2]), "上报办"),
    (Mark::Block(SERIES[5]), "退回办"),
    (Mark::Hatched, "未交办"),
];

/// The height in CSS px at which `months` bars have comfortable room under a title of one
/// line and over a foot of one line.
pub fn handlings_height(months: usize) -> u32 {
    let bars = u32::try_from(months.clamp(1, MONTHS_MAX)).unwrap_or(1);
    90 + bars * if bars > 6 { 30 } else { PITCH.unsigned_abs() }
}

/// Draws the months in the order given (at most 12, else the last 12, and says so).
pub fn handlings_by_month(
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
    words.extend(rows.iter().map(|row| {
        let parts = PARTS.iter().zip(row.handlings).filter(|&(_, count)| count > 0);
        let parts: Vec<String> = parts.map(|((_, name), count)| format!(",{name} {count} 件")).collect();
        format!("{}:共 {} 件{}", month_in_full(row.month), total(row), parts.concat())
    }));
    if rows.iter().all(|row| total(row) == 0) {
        words.push(NOTHING.to_owned());
    }
    words.push(heading.foot.clone());
    words.retain(|part| !part.is_empty());
    words.join("。")
}

/// What the bar shows: the sum of its parts.
fn total(row: &MonthRow) -> u64 {
    row.handlings.iter().fold(0, |sum: u64, &count| sum.saturating_add(count))
}

fn total_label(row: &MonthRow) -> String {
    format!("共 {} 件", counted(total(row)))
}

/// x is cases, y is px from the upper edge of the first bar's band.
type Plot<'c, 'a> = ChartContext<'c, SvgBackend<'a>, Cartesian2d<RangedCoordu64, RangedCoordi32>>;

/// The sizes that depend on how much room there is, px.
struct Layout {
    left: i32,
    right: i32,
    top: i32,
    pitch: i32,
    bar: i32,
    /// Font size.
    text: u32,
}

impl Layout {
    fn new(sheet: &Sheet<'_, '_>, rows: &[MonthRow], names: &[String], (top, bottom): (i32, i32)) -> Self {
        let months = i32::try_from(rows.len().max(1)).unwrap_or(i32::MAX);
        let pitch = ((bottom - top) / months).clamp(4, PITCH);
        let text = u32::try_from(pitch - 2).map_or(LABEL, |room| room.clamp(8, LABEL));
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            px(texts.map(|label| sheet.text_width(&label, text).ceil()).fold(0.0, f64::max))
        };
        Self {
            left: MARGIN + widest(&mut names.iter().cloned()) + 10,
            right: sheet.width() - MARGIN - widest(&mut rows.iter().map(total_label)) - 10,
            top,
            pitch,
            bar: (pitch * 7 / 10).max(pitch.min(14) - 2).min(BAR_THICKEST),
            text,
        }
    }

    /// Upper edge of a bar, px from [`Layout::top`].
    fn bar_top(&self, index: usize) -> i32 {
        i32::try_from(index).unwrap_or(i32::MAX).saturating_mul(self.pitch) + (self.pitch - self.bar) / 2
    }
}

fn draw(sheet: &Sheet<'_, '_>, rows: &[MonthRow], heading: &Heading) -> Result<(), ChartError> {
    let top = sheet.heading(heading)? + 8;
    let foot = sheet.foot(&heading.foot)?;
    let highest = rows.iter().map(total).max().unwrap_or(0);
    if highest == 0 {
        return sheet.nothing((sheet.width() / 2, i32::midpoint(top, foot)));
    }
    let names: Vec<String> = (0..rows.len()).map(|index| name(rows, index)).collect();
    let room = sheet.width() - 2 * MARGIN;
    let legend_height = sheet.legend_height(&PARTS, room) + 6;
    let layout = Layout::new(sheet, rows, &names, (top, foot - legend_height));
    let bars_end = layout.top + layout.bar_top(rows.len()) - (layout.pitch - layout.bar) / 2;
    let mut plot = ChartBuilder::on(sheet.canvas)
        .margin_left(layout.left)
        .margin_right(sheet.width() - layout.right)
        .margin_top(layout.top)
        .margin_bottom(sheet.height() - bars_end)
        .build_cartesian_2d(0..highest, bars_end - layout.top - 1..0)?;
    draw_bars(sheet, &mut plot, rows, &layout)?;
    row_labels(sheet, &plot, rows, &names, &layout)?;
    let legend_left =
        if sheet.legend_height(&PARTS, sheet.width() - MARGIN - layout.left) > 20 { MARGIN } else { layout.left };
    sheet.legend(&PARTS, (legend_left, bars_end + 6), room)
}

/// `8月`; the first month of a year in the picture with its year.
fn name(rows: &[MonthRow], index: usize) -> String {
    let month = rows[index].month;
    if starts_year(rows, index) { month_in_full(month) } else { format!("{}月", month.month) }
}

/// The divided bars, a count in each part that is wide enough for it.
fn draw_bars(
    sheet: &Sheet<'_, '_>,
    plot: &mut Plot<'_, '_>,
    rows: &[MonthRow],
    layout: &Layout,
) -> Result<(), ChartError> {
    for (index, row) in rows.iter().enumerate() {
        let (top, bottom) = (layout.bar_top(index), layout.bar_top(index) + layout.bar);
        let mut from: u64 = 0;
        for ((mark, _), count) in PARTS.into_iter().zip(row.handlings).filter(|&(_, count)| count > 0) {
            let to = from.saturating_add(count);
            let [start, end] = [plot.backend_coord(&(from, top)), plot.backend_coord(&(to, bottom))];
            // A white seam parts two tones that are alike in print.
            let inner = (start.0 + i32::from(from > 0), start.1);
            match mark {
                Mark::Block(color) | Mark::Striped(color) | Mark::Line(color) => {
                    plot.draw_series([Rectangle::new([(from, top), (to, bottom)], color.filled())])?;
                    sheet.fill(start, (inner.0, end.1), PAPER)?;
                }
                Mark::Hatched => sheet.hatched(inner, end)?,
            }
            if matches!(mark, Mark::Striped(_)) {
                sheet.striped(inner, end)?;
            }
            count_label(sheet, &counted(count), mark, [start, end], layout)?;
            from = to;
        }
    }
    Ok(())
}

/// The count in the middle of its part, if it fits between the edges.
fn count_label(
    sheet: &Sheet<'_, '_>,
    count: &str,
    mark: Mark,
    [from, to]: [(i32, i32); 2],
    layout: &Layout,
) -> Result<(), ChartError> {
    let width = px(sheet.text_width(count, layout.text).ceil());
    let height = i32::try_from(layout.text).unwrap_or(i32::MAX);
    if width + 6 > to.0 - from.0 || height > layout.bar + 2 {
        return Ok(());
    }
    let center = (i32::midpoint(from.0, to.0), i32::midpoint(from.1, to.1));
    let (ground, ink) = match mark {
        Mark::Block(color) | Mark::Line(color) => (None, text_on(color)),
        Mark::Striped(color) => (Some(color), text_on(color)),
        Mark::Hatched => (Some(PAPER), INK),
    };
    if let Some(ground) = ground {
        // Without a ground of its own a figure is lost between the diagonal lines.
        let half = (width / 2 + 3, (height / 2 + 1).min(layout.bar / 2 - 1));
        let (x, y) = center;
        sheet.fill((x - half.0, y - half.1), (x + half.0, y + half.1), ground)?;
    }
    sheet.text(count, center, Type::new(layout.text, ink, HPos::Center, VPos::Center))
}

/// Months on the left, totals at the ends of the bars, and the zero baseline.
fn row_labels(
    sheet: &Sheet<'_, '_>,
    plot: &Plot<'_, '_>,
    rows: &[MonthRow],
    names: &[String],
    layout: &Layout,
) -> Result<(), ChartError> {
    let month = Type::new(layout.text, INK, HPos::Right, VPos::Center);
    let sum = Type { color: INK_2, h: HPos::Left, ..month };
    for (index, row) in rows.iter().enumerate() {
        let middle = layout.top + layout.bar_top(index) + layout.bar / 2;
        sheet.text(&names[index], (layout.left - 10, middle), month)?;
        let (end, _) = plot.backend_coord(&(total(row), 0));
        sheet.text(&total_label(row), (end + 10, middle), sum)?;
    }
    let bottom = layout.top + layout.bar_top(rows.len()) - (layout.pitch - layout.bar) / 2;
    sheet.line(vec![(layout.left - 1, layout.top), (layout.left - 1, bottom)], BASELINE)
}
