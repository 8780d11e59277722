//! Where everything goes in the chart of monthly cases: pure arithmetic from the figures,
//! the size of the picture and the widths of texts.

use crate::chart::MARGIN;
use crate::chart::frame::{LABEL, SMALL, Sheet, px};
use crate::chart::scale::Scale;
use crate::domain::count::counted;
use crate::report::cases_by_month::MonthRow;

/// Columns are not wider than this unless their counts are, px.
const COLUMN_WIDEST: i32 = 34;
/// Below this height of the plot the row of fractions is given up, px.
const PLOT_LOWEST: i32 = 64;

/// Where everything goes, in px of the picture.
pub(super) struct Layout {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    pub scale: Scale,
    /// Names of the months, empty where there is no room for one.
    pub months: Vec<String>,
    /// Whether the fractions stand below the months.
    pub fractions: bool,
    /// The same for every column, so that only their heights differ.
    pub column_width: i32,
}

impl Layout {
    pub(super) fn new(sheet: &Sheet<'_, '_>, rows: &[MonthRow], top: i32, foot: i32) -> Self {
        let highest = rows.iter().map(|row| row.received.max(row.closed)).max().unwrap_or(0);
        let roomy = foot - top > 150;
        let scale = Scale::for_counts(highest, if roomy { &[4, 5] } else { &[2] });
        let widest = |texts: &mut dyn Iterator<Item = String>, size| {
            texts.map(|text| sheet.text_width(&text, size)).fold(0.0, f64::max)
        };
        let ticks = scale.ticks().into_iter().map(counted);
        let left = MARGIN + px(widest(&mut ticks.chain(["件".to_owned()]), LABEL)) + 9;
        let right = sheet.width() - MARGIN - px(sheet.text_width("100%", LABEL)) - 14;
        let slot = f64::from(right - left) / f64::from(u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX));
        let names = |suffix| rows.iter().map(move |row| format!("{}{suffix}", row.month.month));
        let months = if widest(&mut names("月"), LABEL) + 4.0 <= slot {
            names("月").collect()
        } else {
            // Every third month starts a quarter; better a few readable names than none.
            let crowded = widest(&mut names(""), LABEL) + 4.0 > slot;
            let shown = |row: &MonthRow| !crowded || row.month.month % 3 == 1;
            rows.iter().map(|row| if shown(row) { row.month.month.to_string() } else { String::new() }).collect()
        };
        let bottom = foot - 2 - 18 - 17;
        let wide = widest(&mut rows.iter().map(fraction), SMALL) + 6.0 <= slot;
        let fractions = wide && bottom - 16 - top >= PLOT_LOWEST;
        let bottom = if fractions { bottom - 16 } else { bottom };
        // Few months get slender columns, but wide enough for their counts.
        let count = px(widest(&mut rows.iter().map(|row| counted(row.received.max(row.closed))), LABEL)) + 4;
        let column_width = px(slot * 0.36).clamp(2, COLUMN_WIDEST.max(count));
        Self { left, top, right, bottom, scale, months, fractions, column_width }
    }

    pub(super) fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Left and right edge of a month, px from the left edge of the plot.
    pub(super) fn slot(&self, index: usize) -> (i32, i32) {
        let months = i32::try_from(self.months.len().max(1)).unwrap_or(i32::MAX);
        let index = i32::try_from(index).unwrap_or(i32::MAX);
        let edge = |i: i32| i.saturating_mul(self.width() - 1) / months;
        (edge(index), edge(index.saturating_add(1)))
    }

    /// Middle of a month, px from the left edge of the plot.
    pub(super) fn middle(&self, index: usize) -> i32 {
        let (from, to) = self.slot(index);
        i32::midpoint(from, to)
    }

    /// Left edges of both columns of a month, px from the left edge of the plot.
    pub(super) fn columns(&self, index: usize) -> [i32; 2] {
        let width = self.column_width;
        let gap = if width < 8 { 1 } else { 2 };
        let first = self.middle(index) - width - gap / 2;
        [first, first + width + gap]
    }
}

/// `8/9`, or `—` when there is nothing to divide by.
pub(super) fn fraction(row: &MonthRow) -> String {
    let rate = row.completion();
    if rate.denominator() == 0 { "—".to_owned() } else { format!("{}/{}", rate.numerator(), rate.denominator()) }
}
