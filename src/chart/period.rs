//! Months in words: the period of a chart, and which months carry their year.

use crate::report::cases_by_month::{Month, MonthRow};

use super::Heading;

/// `2025年1月`.
pub(super) fn month_in_full(month: Month) -> String {
    format!("{}年{}月", month.year, month.month)
}

/// `2025年1—9月`, `2024年11月—2025年3月`, `2025年3月`, or nothing for no months.
pub(super) fn period(rows: &[MonthRow]) -> String {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return String::new();
    };
    let (first, last) = (first.month, last.month);
    if first == last {
        month_in_full(first)
    } else if first.year == last.year {
        format!("{}年{}—{}月", first.year, first.month, last.month)
    } else {
        format!("{}—{}", month_in_full(first), month_in_full(last))
    }
}

/// The title for those who hear the picture: with the period, whatever the subtitle says.
pub(super) fn title_with_period(title: &str, rows: &[MonthRow]) -> String {
    if rows.is_empty() { title.to_owned() } else { format!("{title}({})", period(rows)) }
}

/// Whether the row at `index` starts a year in the picture and must name it.
pub(super) fn starts_year(rows: &[MonthRow], index: usize) -> bool {
    index == 0 || rows[index - 1].month.year != rows[index].month.year
}

/// The last `most` months, and the heading, which says so when months were left out.
pub(super) fn latest<'r>(rows: &'r [MonthRow], heading: &Heading, most: usize) -> (&'r [MonthRow], Heading) {
    let mut heading = heading.clone();
    let Some(skipped) = rows.len().checked_sub(most).filter(|&skipped| skipped > 0) else {
        return (rows, heading);
    };
    if !heading.subtitle.is_empty() {
        heading.subtitle.push(',');
    }
    let note = format!("只画最近 {most} 个月(共 {} 个月)", rows.len());
    heading.subtitle.push_str(&note);
    (&rows[skipped..], heading)
}
