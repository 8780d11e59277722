//! A `plotters` backend that writes SVG text.
//!
//! `plotters-svg` writes text at a wrong size and the canvas backend is blurred on
//! dense screens, hence our own. It writes presentation attributes only: the page's
//! Content-Security-Policy forbids inline styles. One-pixel lines are moved by half a
//! pixel, so that they cover one row of pixels instead of greying two.

use std::convert::Infallible;
use std::fmt::{Display, Write};

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};

use super::escape::escape_into;
use super::measure::TextMeasure;
use super::{ChartError, ChartSize};

/// The system fonts of the product; set once, on the root element.
pub const FONT_FAMILY: &str = r#""Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif"#;

/// Where `plotters` draws.
pub type Canvas<'a> = DrawingArea<SvgBackend<'a>, Shift>;

/// What every drawing step returns: the backend itself cannot fail.
type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A whole SVG document: `draw` fills it, `title` and `desc` say the same in words.
pub fn document(
    size: ChartSize,
    title: &str,
    desc: &str,
    measure: &dyn TextMeasure,
    draw: impl FnOnce(&Canvas<'_>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let ChartSize { width, height } = size;
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label=""#
    );
    escape_into(&mut out, title);
    out.push_str("\" font-family=\"");
    escape_into(&mut out, FONT_FAMILY);
    out.push_str("\">\n<title>");
    escape_into(&mut out, title);
    out.push_str("</title>\n<desc>");
    escape_into(&mut out, desc);
    out.push_str("</desc>\n");
    let backend = SvgBackend { out: &mut out, size: (width, height), measure };
    draw(&backend.into_drawing_area())?;
    out.push_str("</svg>\n");
    Ok(out)
}

/// Writes each shape as one line of SVG.
pub struct SvgBackend<'a> {
    out: &'a mut String,
    size: (u32, u32),
    measure: &'a dyn TextMeasure,
}

impl SvgBackend<'_> {
    /// One element with its attributes; writing to a `String` cannot fail.
    fn element(&mut self, name: &str, attributes: &[(&str, &dyn Display)], paint: &Paint) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            let _ = write!(self.out, " {key}=\"{value}\"");
        }
        let _ = writeln!(self.out, "{paint}/>");
    }
}

/// How a shape is coloured.
enum Paint {
    Fill(BackendColor),
    Stroke(BackendColor, u32),
}

impl Paint {
    fn new<S: BackendStyle>(style: &S, fill: bool) -> Self {
        if fill { Self::Fill(style.color()) } else { Self::Stroke(style.color(), style.stroke_width()) }
    }

    /// Half a pixel for lines of odd width, which otherwise straddle two pixels.
    fn nudge(&self) -> f64 {
        match self {
            Self::Stroke(_, width) if width % 2 == 1 => 0.5,
            _ => 0.0,
        }
    }
}

impl Display for Paint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (property, color) = match self {
            Self::Fill(color) => ("fill", color),
            Self::Stroke(color, width) => {
                f.write_str(" fill=\"none\"")?;
                if *width != 1 {
                    write!(f, " stroke-width=\"{width}\"")?;
                }
                ("stroke", color)
            }
        };
        write!(f, " {property}=\"{}\"", hex(*color))?;
        if color.alpha < 1.0 {
            write!(f, " {property}-opacity=\"{}\"", tenths(color.alpha * 10.0) / 10.0)?;
        }
        Ok(())
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        if color.alpha > 0.0 {
            self.element("rect", &[("x", &x), ("y", &y), ("width", &1), ("height", &1)], &Paint::Fill(color));
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if style.color().alpha > 0.0 {
            let paint = Paint::new(style, false);
            let nudge = paint.nudge();
            let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(|v| f64::from(v) + nudge);
            self.element("line", &[("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)], &paint);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let paint = Paint::new(style, fill);
        let nudge = paint.nudge();
        // An outline is drawn inside the rectangle, so that it is as large as its fill.
        let (x, y) = (f64::from(upper_left.0) + nudge, f64::from(upper_left.1) + nudge);
        let width = f64::from(bottom_right.0 - upper_left.0) - 2.0 * nudge;
        let height = f64::from(bottom_right.1 - upper_left.1) - 2.0 * nudge;
        if style.color().alpha > 0.0 && width > 0.0 && height > 0.0 {
            self.element("rect", &[("x", &x), ("y", &y), ("width", &width), ("height", &height)], &paint);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let paint = Paint::new(style, false);
        let data = path_data(path, paint.nudge());
        if style.color().alpha > 0.0 && !data.is_empty() {
            self.element("path", &[("d", &data), ("stroke-linejoin", &"round")], &paint);
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        if style.color().alpha > 0.0 {
            let (cx, cy) = center;
            self.element("circle", &[("cx", &cx), ("cy", &cy), ("r", &radius)], &Paint::new(style, fill));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Drawn {
        let points = vert.into_iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        if style.color().alpha > 0.0 && !points.is_empty() {
            self.element("polygon", &[("points", &points)], &Paint::new(style, true));
        }
        Ok(())
    }

    fn draw_text<TStyle: BackendTextStyle>(&mut self, text: &str, style: &TStyle, pos: BackendCoord) -> Drawn {
        let color = style.color();
        if color.alpha <= 0.0 || text.is_empty() {
            return Ok(());
        }
        let (x, size) = (pos.0, style.size());
        let y = tenths(f64::from(pos.1) + baseline_offset(style.anchor().v_pos, size));
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"", tenths(size));
        match style.anchor().h_pos {
            HPos::Left => {}
            HPos::Center => self.out.push_str(" text-anchor=\"middle\""),
            HPos::Right => self.out.push_str(" text-anchor=\"end\""),
        }
        match style.style() {
            FontStyle::Normal => {}
            FontStyle::Bold => self.out.push_str(" font-weight=\"bold\""),
            slanted => {
                let _ = write!(self.out, " font-style=\"{}\"", slanted.as_str());
            }
        }
        if let Some(degrees) = rotation(&style.transform()) {
            // The anchor is the point that stays where it is.
            let _ = write!(self.out, " transform=\"rotate({degrees} {x} {})\"", pos.1);
        }
        let _ = write!(self.out, "{}>", Paint::Fill(color));
        escape_into(self.out, text);
        self.out.push_str("</text>\n");
        Ok(())
    }

    fn estimate_text_size<TStyle: BackendTextStyle>(
        &self,
        text: &str,
        style: &TStyle,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        Ok((whole(self.measure.width(text, style.size(), bold)), whole(style.size())))
    }
}

/// `M10.5,20.5 L30.5,20.5`, or nothing for fewer than two points.
fn path_data(path: impl IntoIterator<Item = BackendCoord>, nudge: f64) -> String {
    let points: Vec<String> =
        path.into_iter().map(|(x, y)| format!("{},{}", f64::from(x) + nudge, f64::from(y) + nudge)).collect();
    if points.len() < 2 { String::new() } else { format!("M{}", points.join(" L")) }
}

/// From the anchor down to the baseline, in px. Chinese characters fill the em box from
/// 0.88 above to 0.12 below the baseline; the middle suits them and digits alike.
/// Written out because `dominant-baseline` is ignored by office programs.
fn baseline_offset(anchor: VPos, size: f64) -> f64 {
    match anchor {
        VPos::Top => 0.88 * size,
        VPos::Center => 0.36 * size,
        VPos::Bottom => -0.12 * size,
    }
}

fn rotation(transform: &FontTransform) -> Option<u32> {
    match transform {
        FontTransform::None => None,
        FontTransform::Rotate90 => Some(90),
        FontTransform::Rotate180 => Some(180),
        FontTransform::Rotate270 => Some(270),
    }
}

fn hex(color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Rounded to tenths, so that a picture is the same text on every machine.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is what a size wants"
)]
fn whole(value: f64) -> u32 {
    value.ceil() as u32
}
