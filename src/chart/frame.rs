//! What all charts share: the sheet to draw on, text styles, title and subtitle, the
//! legend, the foot line, and the quiet sentence of an empty chart.

use plotters::element::{Circle, Drawable, PathElement, PointCollection, Rectangle, Text};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::BackendCoord;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::measure::TextMeasure;
use super::palette::{BASELINE, INK, INK_2, PAPER};
use super::svg::{Canvas, SvgBackend};
use super::{ChartError, ChartSize, Heading, MARGIN};

/// Title size, px.
const TITLE: u32 = 16;
/// Label size, px.
pub(super) const LABEL: u32 = 13;
/// Small type: fractions and the foot line, px.
pub(super) const SMALL: u32 = 12;
/// What an empty chart says.
pub(super) const NOTHING: &str = "这段时间还没有事项";

/// A picture under construction.
pub(super) struct Sheet<'s, 'a> {
    pub canvas: &'s Canvas<'a>,
    pub measure: &'s dyn TextMeasure,
    pub size: ChartSize,
}

/// Size, colour and anchor of a text.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: u32,
    pub color: RGBColor,
    pub bold: bool,
    pub h: HPos,
    pub v: VPos,
}

impl Type {
    pub(super) const fn new(size: u32, color: RGBColor, h: HPos, v: VPos) -> Self {
        Self { size, color, bold: false, h, v }
    }

    const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn style(self) -> TextStyle<'static> {
        let weight = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        ("sans-serif", self.size, weight).into_font().color(&self.color).pos(Pos::new(self.h, self.v))
    }
}

impl<'a> Sheet<'_, 'a> {
    pub(super) fn width(&self) -> i32 {
        self.size.width_px()
    }

    pub(super) fn height(&self) -> i32 {
        self.size.height_px()
    }

    /// Width of a regular text, px.
    pub(super) fn text_width(&self, text: &str, size: u32) -> f64 {
        self.measure.width(text, f64::from(size), false)
    }

    pub(super) fn text(&self, text: &str, at: BackendCoord, kind: Type) -> Result<(), ChartError> {
        self.draw(&Text::new(text, at, kind.style()))
    }

    pub(super) fn fill(&self, from: BackendCoord, to: BackendCoord, color: impl Color) -> Result<(), ChartError> {
        self.draw(&Rectangle::new([from, to], color.filled()))
    }

    pub(super) fn line(&self, points: Vec<BackendCoord>, style: impl Into<ShapeStyle>) -> Result<(), ChartError> {
        self.draw(&PathElement::new(points, style))
    }

    fn draw<'e, E>(&self, element: &'e E) -> Result<(), ChartError>
    where
        &'e E: PointCollection<'e, BackendCoord>,
        E: Drawable<SvgBackend<'a>>,
    {
        Ok(self.canvas.draw::<E, _>(element)?)
    }

    /// Paper, title and subtitle. Returns the first free y below.
    pub(super) fn heading(&self, heading: &Heading) -> Result<i32, ChartError> {
        self.fill((0, 0), (self.width(), self.height()), PAPER)?;
        let (left, right) = (MARGIN, self.width() - MARGIN);
        let room = f64::from(right - left);
        let title = Type::new(TITLE, INK, HPos::Left, VPos::Bottom).bold();
        let subtitle = Type::new(LABEL, INK_2, HPos::Left, VPos::Bottom);
        let title_width = self.measure.width(&heading.title, f64::from(TITLE), true);
        let mut y = MARGIN;
        if title_width + 24.0 + self.text_width(&heading.subtitle, LABEL) <= room {
            y += 20;
            self.text(&heading.title, (left, y), title)?;
            self.text(&heading.subtitle, (right, y), Type { h: HPos::Right, ..subtitle })?;
            return Ok(y);
        }
        for line in self.wrap(&heading.title, title, room) {
            y += 20;
            self.text(&line, (left, y), title)?;
        }
        for line in self.wrap(&heading.subtitle, subtitle, room) {
            y += 18;
            self.text(&line, (left, y), subtitle)?;
        }
        Ok(y)
    }

    /// The source line at the lower edge. Returns the last free y above.
    pub(super) fn foot(&self, foot: &str) -> Result<i32, ChartError> {
        let kind = Type::new(SMALL, INK_2, HPos::Left, VPos::Bottom);
        let lines = self.wrap(foot, kind, f64::from(self.width() - 2 * MARGIN));
        let mut y = self.height() - MARGIN;
        for line in lines.iter().rev() {
            self.text(line, (MARGIN, y), kind)?;
            y -= 16;
        }
        Ok(if lines.is_empty() { y } else { y - 4 })
    }

    /// The quiet sentence of an empty chart, around `center`, on paper between grid lines.
    pub(super) fn nothing(&self, center: BackendCoord) -> Result<(), ChartError> {
        let kind = Type::new(LABEL + 1, INK_2, HPos::Center, VPos::Center);
        let half = px(self.text_width(NOTHING, kind.size) / 2.0) + 8;
        self.fill((center.0 - half, center.1 - 10), (center.0 + half, center.1 + 10), PAPER)?;
        self.text(NOTHING, center, kind)
    }

    /// At most two lines of at most `room` px. What is left out is marked with an ellipsis;
    /// title and period are complete in the picture's `<title>`.
    fn wrap(&self, text: &str, kind: Type, room: f64) -> Vec<String> {
        let fits = |line: &str| self.measure.width(line, f64::from(kind.size), kind.bold) <= room;
        let mut lines = vec![String::new()];
        for c in super::escape::clean(text).chars() {
            let last = lines.len() - 1;
            lines[last].push(c);
            if fits(&lines[last]) {
                continue;
            }
            lines[last].pop();
            if last == 1 {
                while !lines[1].is_empty() && !fits(&format!("{}…", lines[1])) {
                    lines[1].pop();
                }
                lines[1].push('…');
                break;
            }
            lines.push(c.to_string());
        }
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// The sign beside a word of the legend.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Block(RGBColor),
    /// A colour under falling diagonal lines, for a tone that is too like its neighbours in grey.
    Striped(RGBColor),
    /// White with an outline and diagonal lines.
    Hatched,
    /// A line with a round marker.
    Line(RGBColor),
}

/// One word of the legend with its sign.
pub(super) type Entry<'t> = (Mark, &'t str);

/// Height of one row of the legend, px.
const LEGEND_ROW: i32 = 20;

impl Sheet<'_, '_> {
    /// How high the legend is when it may be `room` px wide.
    pub(super) fn legend_height(&self, entries: &[Entry<'_>], room: i32) -> i32 {
        self.legend_places(entries, room).last().map_or(0, |&(_, y)| y + LEGEND_ROW)
    }

    /// Draws the legend with its upper left corner at `corner`.
    pub(super) fn legend(&self, entries: &[Entry<'_>], corner: BackendCoord, room: i32) -> Result<(), ChartError> {
        for ((mark, word), (dx, dy)) in entries.iter().zip(self.legend_places(entries, room)) {
            let (x, middle) = (corner.0 + dx, corner.1 + dy + LEGEND_ROW / 2);
            match *mark {
                Mark::Block(color) => self.fill((x, middle - 6), (x + 12, middle + 6), color)?,
                Mark::Striped(color) => {
                    self.fill((x, middle - 6), (x + 12, middle + 6), color)?;
                    self.striped((x, middle - 6), (x + 12, middle + 6))?;
                }
                Mark::Hatched => self.hatched((x, middle - 6), (x + 12, middle + 6))?,
                Mark::Line(color) => {
                    self.line(vec![(x, middle), (x + 22, middle)], color.stroke_width(2))?;
                    self.draw(&Circle::new((x + 11, middle), 4, color.filled()))?;
                }
            }
            let text = Type::new(LABEL, INK, HPos::Left, VPos::Center);
            self.text(word, (x + sign_width(*mark) + 6, middle), text)?;
        }
        Ok(())
    }

    /// Offsets of the entries from the legend's corner, broken into rows.
    fn legend_places(&self, entries: &[Entry<'_>], room: i32) -> Vec<BackendCoord> {
        let (mut x, mut y) = (0, 0);
        let mut places = Vec::with_capacity(entries.len());
        for (mark, word) in entries {
            let width = sign_width(*mark) + 6 + px(self.text_width(word, LABEL).ceil());
            if x > 0 && x + width > room {
                (x, y) = (0, y + LEGEND_ROW);
            }
            places.push((x, y));
            x += width + 20;
        }
        places
    }

    /// White with a grey outline and rising lines: "nothing yet", also in black and white.
    pub(super) fn hatched(&self, from: BackendCoord, to: BackendCoord) -> Result<(), ChartError> {
        self.fill(from, to, PAPER)?;
        // The lines end inside the outline, so that nothing sticks out of it.
        for [lower, upper] in diagonals(to.0 - from.0 - 3, to.1 - from.1 - 3) {
            let at = |(x, y): BackendCoord| (from.0 + 1 + x, from.1 + 1 + y);
            self.line(vec![at(lower), at(upper)], BASELINE.mix(0.35))?;
        }
        self.draw(&Rectangle::new([from, to], BASELINE))
    }

    /// Falling lines over a fill, faint enough for a figure on top of them.
    pub(super) fn striped(&self, from: BackendCoord, to: BackendCoord) -> Result<(), ChartError> {
        for [lower, upper] in diagonals(to.0 - from.0 - 1, to.1 - from.1 - 1) {
            let mirrored = |(x, y): BackendCoord| (to.0 - 1 - x, from.1 + y);
            self.line(vec![mirrored(lower), mirrored(upper)], INK.mix(0.22))?;
        }
        Ok(())
    }
}

/// Rising lines across a box of this size, from its lower or left edge to its upper or right.
fn diagonals(width: i32, height: i32) -> impl Iterator<Item = [BackendCoord; 2]> {
    (4..width + height)
        .step_by(6)
        .map(move |sum| [((sum - height).max(0), sum.min(height)), (sum.min(width), (sum - width).max(0))])
}

fn sign_width(mark: Mark) -> i32 {
    if matches!(mark, Mark::Line(_)) { 22 } else { 12 }
}

/// A length as whole px.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and no picture is wider than 4,000 px")]
pub(super) fn px(length: f64) -> i32 {
    length.round() as i32
}
