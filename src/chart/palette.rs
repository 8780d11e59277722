//! Colours of the charts: the tokens of the style sheet, repeated as constants because a
//! saved picture cannot refer to a style sheet.

use plotters::style::RGBColor;

/// Text: `--ink`.
pub const INK: RGBColor = RGBColor(0x20, 0x24, 0x2a);
/// Quieter text: `--ink-2`.
pub(super) const INK_2: RGBColor = RGBColor(0x56, 0x5d, 0x66);
/// Grid lines: `--line`.
pub(super) const LINE: RGBColor = RGBColor(0xde, 0xda, 0xd0);
/// The zero baseline and outlines: `--ink-3`.
pub(super) const BASELINE: RGBColor = RGBColor(0x6f, 0x75, 0x7d);
/// Pure white rather than `--sheet`: the difference cannot be seen on screen, but a
/// cream background would be printed as a dusting of yellow dots.
pub const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// Text on a mid-tone fill. `--ink` on `--series-4` has a contrast of only 4.4:1.
pub const INK_ON_FILL: RGBColor = RGBColor(0x10, 0x12, 0x16);

/// `--series-1` … `--series-6`.
pub const SERIES: [RGBColor; 6] = [
    RGBColor(0x2f, 0x4b, 0x66),
    RGBColor(0xa3, 0x18, 0x1f),
    RGBColor(0xc5, 0x8f, 0x3a),
    RGBColor(0x6f, 0x8f, 0x7b),
    RGBColor(0x8a, 0x7a, 0xa0),
    RGBColor(0xb3, 0xac, 0xa0),
];

/// White or dark, whichever can be read on `fill`. White is kept for fills dark enough
/// to carry it; the threshold lies between series 2 and series 5.
pub fn text_on(fill: RGBColor) -> RGBColor {
    let RGBColor(red, green, blue) = fill;
    let brightness = 2 * u32::from(red) + 5 * u32::from(green) + u32::from(blue);
    if brightness < 8 * 96 { PAPER } else { INK_ON_FILL }
}
