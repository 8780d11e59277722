//! How wide a text will be, asked through a trait: the browser answers with the canvas,
//! tests and native tools with fixed metrics, so that a picture is the same on every run.

/// Measures text in the font family of the charts.
pub trait TextMeasure {
    /// Width of `text` in CSS px at a font size of `size_px`.
    fn width(&self, text: &str, size_px: f64, bold: bool) -> f64;
}

/// Widths of a typical Chinese sans-serif face, without looking at a font: a Chinese
/// character is 1 em, a digit 0.56 em. Slightly generous, so that what fits here fits.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedMetrics;

impl TextMeasure for FixedMetrics {
    fn width(&self, text: &str, size_px: f64, bold: bool) -> f64 {
        text.chars().map(|c| em(c, bold)).sum::<f64>() * size_px
    }
}

/// Advance of one character in em.
fn em(c: char, bold: bool) -> f64 {
    let regular = match c {
        c if is_wide(c) => return 1.0,
        '%' | 'm' | 'w' | 'M' | 'W' => 0.92,
        'A'..='Z' => 0.66,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' => 0.28,
        '/' | '(' | ')' | '-' | 'r' | 't' | 'f' => 0.39,
        _ => 0.56,
    };
    if bold { regular * 1.06 } else { regular }
}

/// Chinese characters, full-width forms and the like; `—` and `…` in Chinese faces.
fn is_wide(c: char) -> bool {
    matches!(c,
        '—' | '…' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}
