//! The parts of the charts on their own: scale, labels, colours, backend, and input that is
//! hostile or impossible.

use cunzhi::chart::label::{Area, Obstacles, around_point};
use cunzhi::chart::scale::Scale;
use cunzhi::chart::svg::document;
use cunzhi::chart::{
    ChartError, ChartSize, FixedMetrics, Heading, INK_ON_FILL, PAPER, SERIES, handlings_by_month, monthly_cases,
    text_on,
};
use cunzhi::report::cases_by_month::{Month, MonthRow};
use plotters::element::Text;
use plotters::style::{FontTransform, IntoFont, RGBColor};

use super::reading::{CARD, Chart, DESIGN, assert_tidy, draw, gaps, months, two_years, written};

#[test]
fn what_was_typed_never_becomes_markup() {
    let hostile = Heading {
        title: "<img src=x onerror=\"alert('1')\"> & 村".into(),
        subtitle: "\u{202e}反\u{2066}转\u{0}空\u{7}\u{1b}铃\n换行\u{ffff}".into(),
        foot: "\"'><script>".into(),
    };
    for chart in [monthly_cases as Chart, handlings_by_month] {
        let svg = chart(&months(2025, 1, &DESIGN), &hostile, CARD, &FixedMetrics).expect("a picture");
        for bad in ["<img", "<script", "onerror=\"", "\u{202e}", "\u{2066}", "\u{0}", "\u{7}", "\u{1b}", "\u{ffff}"] {
            assert!(!svg.contains(bad), "{bad:?} came through");
        }
        assert!(svg.contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; 村(2025年1—9月)</title>"));
        assert!(svg.contains("反转空铃 换行"));
    }
}

#[test]
fn long_titles_are_shortened_in_the_picture_but_not_for_the_reader() {
    let title = "柳湾村".repeat(100);
    for size in [CARD, ChartSize { width: 320, height: 300 }] {
        let long = Heading { title: title.clone(), subtitle: title.clone(), foot: title.clone() };
        let svg = monthly_cases(&months(2025, 1, &DESIGN), &long, size, &FixedMetrics).expect("a picture");
        assert_tidy("long title", &svg, size);
        assert!(written(&svg).iter().any(|written| written.text.ends_with('…')));
        assert!(svg.contains(&format!("<title>{title}(")));
    }
}

#[test]
fn impossible_numbers_are_drawn_without_panic() {
    let row = MonthRow {
        month: Month { year: 2025, month: 1 },
        received: u64::MAX,
        closed: u64::MAX,
        not_yet_due: u64::MAX,
        handlings: [u64::MAX; 5],
    };
    let more_closed_than_received = MonthRow { received: 1, closed: 9, ..row };
    for chart in [monthly_cases as Chart, handlings_by_month] {
        assert_tidy("u64::MAX", &draw(chart, &[row], CARD), CARD);
        assert_tidy("9/1", &draw(chart, &[more_closed_than_received], CARD), CARD);
    }
}

#[test]
fn sizes_that_cannot_be_read_are_refused() {
    for (width, height) in [(0, 0), (239, 270), (710, 139), (4_001, 270), (710, u32::MAX)] {
        let size = ChartSize { width, height };
        for chart in [monthly_cases as Chart, handlings_by_month] {
            let refused = chart(&gaps(), &Heading::default(), size, &FixedMetrics);
            assert_eq!(refused, Err(ChartError::Size(size)));
        }
    }
    for (width, height) in [(240, 140), (4_000, 140), (240, 4_000)] {
        for chart in [monthly_cases as Chart, handlings_by_month] {
            draw(chart, &two_years(), ChartSize { width, height });
        }
    }
}

#[test]
fn scales_are_whole_and_nice() {
    let check = |highest, allowed: &[u64], step, steps| {
        assert_eq!(Scale::for_counts(highest, allowed), Scale { step, steps }, "{highest}");
    };
    check(0, &[4, 5], 1, 4);
    check(1, &[4, 5], 1, 4);
    check(4, &[4, 5], 1, 5);
    check(9, &[4, 5], 2, 5);
    check(14, &[4, 5], 5, 4);
    check(22, &[4, 5], 5, 5);
    check(100_000, &[4, 5], 50_000, 4);
    check(14, &[2], 10, 2);
    for highest in (0..3_000).chain([99_999, 100_000, u64::MAX]) {
        let scale = Scale::for_counts(highest, &[4, 5]);
        assert!(scale.top() >= highest && scale.ticks().first() == Some(&0), "{highest}");
    }
}

#[test]
fn labels_avoid_the_line_and_prefer_free_ground() {
    let bounds = Area { left: 0.0, top: 0.0, right: 200.0, bottom: 200.0 };
    let mut obstacles = Obstacles { bounds, line: Vec::new(), taken: Vec::new(), columns: Vec::new() };
    let candidates = around_point((100.0, 100.0), (30.0, 12.0), 7.0);
    assert_eq!(obstacles.place(&candidates), Some(candidates[0]));
    obstacles.columns.push(Area { left: 80.0, top: 0.0, right: 120.0, bottom: 100.0 });
    assert_eq!(obstacles.place(&candidates), Some(candidates[1]), "below rather than on the column");
    obstacles.line.push(((0.0, 113.0), (200.0, 113.0)));
    let place = obstacles.place(&candidates).expect("room elsewhere");
    assert!(!place.crossed_by((0.0, 113.0), (200.0, 113.0)));
    obstacles.taken.push(bounds);
    assert_eq!(obstacles.place(&candidates), None);
}

#[test]
fn text_on_fills_has_contrast() {
    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let [r, g, b] = [red, green, blue].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    for fill in SERIES {
        let (ink, ground) = (luminance(text_on(fill)), luminance(fill));
        let contrast = (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05);
        assert!(contrast >= 4.5, "{fill:?}: {contrast}");
    }
    assert_eq!(text_on(SERIES[0]), PAPER);
    assert_eq!(text_on(SERIES[3]), INK_ON_FILL);
}

#[test]
fn rotated_text_turns_around_its_anchor() {
    let svg = document(CARD, "t", "d", &FixedMetrics, |canvas| {
        let style = ("sans-serif", 10).into_font().transform(FontTransform::Rotate90);
        Ok(canvas.draw(&Text::new("竖", (30, 40), style))?)
    });
    let svg = svg.expect("a picture");
    assert!(svg.contains("<text x=\"30\" y=\"48.8\" font-size=\"10\" transform=\"rotate(90 30 40)\""), "{svg}");
}

#[test]
fn pictures_can_be_read_aloud() {
    let svg = draw(monthly_cases, &months(2025, 1, &DESIGN), CARD);
    let head = svg.lines().next().unwrap_or_default();
    for part in [
        "xmlns=\"http://www.w3.org/2000/svg\"",
        "viewBox=\"0 0 710 270\"",
        "width=\"710\" height=\"270\"",
        "role=\"img\"",
        "aria-label=\"题目(2025年1—9月)\"",
        "&quot;Microsoft YaHei&quot;,&quot;PingFang SC&quot;,&quot;Noto Sans CJK SC&quot;,sans-serif",
    ] {
        assert!(head.contains(part), "{part} is missing in {head}");
    }
    assert!(!svg.contains(" id="), "two charts on one page must not share ids");
}
