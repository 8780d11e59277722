//! Charts: golden pictures, and properties that hold for every picture (nothing outside,
//! no two texts on top of each other, nothing typed becomes markup).
//!
//! `UPDATE_GOLDEN=1 cargo test` rewrites the pictures under `fixtures/charts`; look at
//! them before committing.

mod parts;
mod reading;

use cunzhi::chart::{ChartSize, FixedMetrics, Heading, handlings_by_month, handlings_height, monthly_cases};
use cunzhi::report::cases_by_month::MonthRow;

use self::reading::{CARD, Chart, DESIGN, assert_tidy, draw, gaps, golden, huge, months, says, two_years, written};

#[test]
fn pictures_are_as_they_were_looked_at() {
    let design = months(2025, 1, &DESIGN);
    let wide = ChartSize { width: 920, height: 300 };
    let quarter = ChartSize { width: 710, height: 190 };
    let year = ChartSize { width: 710, height: handlings_height(12) };
    let pictures: [(&str, Chart, Vec<MonthRow>, ChartSize); 10] = [
        ("monthly_design.svg", monthly_cases, design.clone(), CARD),
        ("monthly_24_months.svg", monthly_cases, two_years(), wide),
        ("monthly_gaps.svg", monthly_cases, gaps(), CARD),
        ("monthly_huge.svg", monthly_cases, huge(), CARD),
        ("monthly_all_zero.svg", monthly_cases, months(2025, 1, &[(0, 0); 3]), CARD),
        ("monthly_empty.svg", monthly_cases, Vec::new(), CARD),
        ("handlings_quarter.svg", handlings_by_month, design[6..].to_vec(), quarter),
        ("handlings_24_months.svg", handlings_by_month, two_years(), year),
        ("handlings_huge.svg", handlings_by_month, huge(), CARD),
        ("handlings_empty.svg", handlings_by_month, Vec::new(), quarter),
    ];
    for (name, chart, rows, size) in pictures {
        let svg = draw(chart, &rows, size);
        assert_tidy(name, &svg, size);
        golden(name, &svg);
    }
}

#[test]
fn nothing_overlaps_at_any_size_and_number_of_months() {
    let pool = two_years();
    for width in [320, 480, 710, 920, 1_400] {
        for height in [230, 270, 300, 420] {
            let size = ChartSize { width, height };
            for count in [1, 2, 3, 6, 9, 12, 13, 24] {
                for chart in [monthly_cases as Chart, handlings_by_month] {
                    assert_tidy(&format!("{count} months"), &draw(chart, &pool[..count], size), size);
                }
            }
            for rows in [gaps(), huge(), months(2025, 12, &[(3, 1), (0, 0)]), months(2024, 12, &[(8, 7); 24])] {
                for chart in [monthly_cases as Chart, handlings_by_month] {
                    assert_tidy("special", &draw(chart, &rows, size), size);
                }
            }
        }
    }
}

#[test]
fn titles_and_subtitles_of_any_length_keep_apart() {
    let rows = months(2025, 1, &DESIGN);
    for letters in 0..70 {
        let heading =
            Heading { title: "每月受理与办结".into(), subtitle: "期".repeat(letters), foot: String::new() };
        for chart in [monthly_cases as Chart, handlings_by_month] {
            let svg = chart(&rows, &heading, CARD, &FixedMetrics).expect("a picture");
            assert_tidy(&format!("{letters} letters"), &svg, CARD);
        }
    }
}

// --- What the pictures say -------------------------------------------------------------

#[test]
fn each_rate_stands_with_its_fraction() {
    let svg = draw(monthly_cases, &months(2025, 1, &DESIGN), CARD);
    for text in ["88.9%", "8/9", "81.8%", "9/11", "1月", "9月", "2025年", "受理", "办结", "件", "100%", "0%"] {
        assert!(says(&svg, text), "{text} is not written");
    }
    assert!(svg.contains("2025年9月:受理 11 件,办结 9 件,办结率 81.8%(9/11),其中未到期 1 件"), "desc");
}

#[test]
fn fractions_move_to_the_description_when_there_is_no_room() {
    let svg = draw(monthly_cases, &two_years(), CARD);
    assert!(!written(&svg).iter().any(|written| written.text.contains('/') && !written.text.contains("办结率")));
    assert!(svg.contains("2024年2月:受理 8 件,办结 6 件,办结率 75.0%(6/8)"));
    // First, last and lowest are labelled even here.
    for text in ["75.0%", "56.3%", "37.5%", "2024年", "2025年", "2026年", "月"] {
        assert!(says(&svg, text), "{text} is not written");
    }
}

#[test]
fn a_month_without_cases_breaks_the_line() {
    let lines = |rows: &[MonthRow]| draw(monthly_cases, rows, CARD).matches("stroke-width=\"5\"").count();
    assert_eq!(lines(&months(2025, 1, &[(4, 4), (5, 3), (6, 6)])), 1);
    assert_eq!(lines(&months(2025, 1, &[(4, 4), (5, 3), (0, 0), (6, 6), (2, 1)])), 2);
    let svg = draw(monthly_cases, &gaps(), CARD);
    assert_eq!(written(&svg).iter().filter(|written| written.text == "—").count(), 2);
    assert!(says(&svg, "0/1") && says(&svg, "0.0%"), "closed nothing is a rate, received nothing is not");
}

#[test]
fn an_empty_period_says_so() {
    let quiet = "这段时间还没有事项";
    for chart in [monthly_cases as Chart, handlings_by_month] {
        assert!(says(&draw(chart, &[], CARD), quiet));
        assert!(says(&draw(chart, &months(2025, 1, &[(0, 0); 5]), CARD), quiet));
        assert!(!says(&draw(chart, &months(2025, 1, &[(0, 0), (1, 0)]), CARD), quiet));
    }
}

#[test]
fn months_that_are_left_out_are_announced() {
    let svg = draw(handlings_by_month, &two_years(), CARD);
    assert!(says(&svg, "2025年1—9月,按受理日期,只画最近 12 个月(共 24 个月)"));
    assert_eq!(written(&svg).iter().filter(|written| written.text.starts_with("共 ")).count(), 12);
    assert!(svg.contains("<title>题目(2025年2月—2026年1月)</title>"), "the period is that of the picture");
    let long = months(2023, 1, &[(3, 2); 30]);
    assert!(says(&draw(monthly_cases, &long, CARD), "2025年1—9月,按受理日期,只画最近 24 个月(共 30 个月)"));
    assert!(!draw(monthly_cases, &two_years(), CARD).contains("只画最近"));
}

#[test]
fn handlings_show_every_count_and_the_sum() {
    let mut row = months(2025, 7, &[(13, 12)]);
    row[0].handlings = [6, 4, 2, 1, 0];
    let svg = draw(handlings_by_month, &row, CARD);
    for text in ["2025年7月", "6", "4", "2", "1", "共 13 件", "立即办", "限时办", "上报办", "退回办", "未交办"]
    {
        assert!(says(&svg, text), "{text} is not written");
    }
    assert!(!says(&svg, "0"), "a part without cases is not drawn");
    assert!(svg.contains("2025年7月:共 13 件,立即办 6 件,限时办 4 件,上报办 2 件,退回办 1 件"));
}
