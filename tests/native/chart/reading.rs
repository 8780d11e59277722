//! Demo months for the charts, and reading a drawn picture back: which texts it says, and
//! where they stand.

use std::path::PathBuf;

use cunzhi::chart::label::Area;
use cunzhi::chart::{ChartError, ChartSize, FixedMetrics, Heading, TextMeasure};
use cunzhi::report::cases_by_month::{Month, MonthRow};

pub(super) type Chart = fn(&[MonthRow], &Heading, ChartSize, &dyn TextMeasure) -> Result<String, ChartError>;

pub(super) const CARD: ChartSize = ChartSize { width: 710, height: 270 };

/// 2025-01 to 2025-09 as in the design: received, closed.
pub(super) const DESIGN: [(u64, u64); 9] =
    [(9, 8), (12, 11), (8, 8), (11, 10), (14, 12), (10, 10), (13, 12), (12, 12), (11, 9)];

/// Consecutive months from `year`-`month` with received and closed cases.
pub(super) fn months(year: i16, month: i8, counts: &[(u64, u64)]) -> Vec<MonthRow> {
    let mut month = Month { year, month };
    let mut rows = Vec::new();
    for &(received, closed) in counts {
        let [time_limited, escalated, returned] = [received * 3 / 10, received / 6, received / 11];
        let pending = received / 10;
        let immediate = received - time_limited - escalated - returned - pending;
        rows.push(MonthRow {
            month,
            received,
            closed,
            not_yet_due: (received - closed).min(1),
            handlings: [immediate, time_limited, escalated, returned, pending],
        });
        month = if month.month == 12 {
            Month { year: month.year + 1, month: 1 }
        } else {
            Month { month: month.month + 1, ..month }
        };
    }
    rows
}

pub(super) fn two_years() -> Vec<MonthRow> {
    let counts: Vec<(u64, u64)> = (0..24).map(|i| (8 + i * 7 % 9, (6 + i * 5 % 7).min(8 + i * 7 % 9))).collect();
    months(2024, 2, &counts)
}

pub(super) fn gaps() -> Vec<MonthRow> {
    months(2024, 11, &[(5, 5), (0, 0), (7, 3), (6, 1), (0, 0), (1, 0), (9, 9)])
}

pub(super) fn huge() -> Vec<MonthRow> {
    months(2025, 1, &[(100_000, 98_211), (84_211, 80_000), (99_999, 12_000), (50_000, 49_999)])
}

pub(super) fn heading(title: &str, subtitle: &str) -> Heading {
    Heading { title: title.into(), subtitle: subtitle.into(), foot: "来源:柳湾村事项登记簿".into() }
}

pub(super) fn draw(chart: Chart, rows: &[MonthRow], size: ChartSize) -> String {
    chart(rows, &heading("题目", "2025年1—9月,按受理日期"), size, &FixedMetrics).expect("a picture")
}

pub(super) fn golden(name: &str, svg: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/native/fixtures/charts").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, svg).expect("golden file written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let differing = expected.lines().zip(svg.lines()).find(|(was, is)| was != is);
    assert!(expected == svg, "{name} changed; first differing line: {differing:#?}");
}

/// A `<text>` of a picture, with the area it covers.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) area: Area,
}

pub(super) fn attribute<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let start = line.find(&format!(" {name}=\""))? + name.len() + 3;
    line[start..].split('"').next()
}

pub(super) fn number(line: &str, name: &str) -> f64 {
    attribute(line, name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {line}"))
}

pub(super) fn written(svg: &str) -> Vec<Written> {
    let texts = svg.lines().filter(|line| line.starts_with("<text "));
    texts
        .map(|line| {
            let text = line.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</text>")).expect("text");
            let size = number(line, "font-size");
            let width = FixedMetrics.width(text, size, line.contains("font-weight=\"bold\""));
            let left = match attribute(line, "text-anchor") {
                None => number(line, "x"),
                Some("middle") => number(line, "x") - width / 2.0,
                Some(_) => number(line, "x") - width,
            };
            let baseline = number(line, "y");
            // Digits and characters leave a little of the em box free above and below.
            let area = Area { left, right: left + width, top: baseline - 0.78 * size, bottom: baseline + 0.04 * size };
            Written { text: text.to_owned(), area }
        })
        .collect()
}

pub(super) fn says(svg: &str, text: &str) -> bool {
    written(svg).iter().any(|written| written.text == text)
}

/// Nothing outside the picture, and no text on another.
pub(super) fn assert_tidy(name: &str, svg: &str, size: ChartSize) {
    let sheet = Area { left: 0.0, top: 0.0, right: f64::from(size.width), bottom: f64::from(size.height) };
    let written = written(svg);
    for (index, one) in written.iter().enumerate() {
        assert!(sheet.contains(&one.area), "{name}: outside {size:?}: {one:?}");
        for other in &written[index + 1..] {
            assert!(one.area.overlap(&other.area) <= 0.5, "{name}: {one:?} on {other:?}");
        }
    }
    assert!(!svg.contains("style="), "{name}: an inline style, which the page's policy forbids");
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}: a coordinate that is no number");
}
