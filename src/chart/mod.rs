//! Charts: report rows in, a self-contained SVG picture out.
//!
//! Each picture is drawn by `plotters` on our own backend ([`svg`]), so that the same
//! text is shown on screen, printed, saved, and turned into a PNG. A saved picture ends
//! up alone in somebody else's report, therefore title, period, fractions and source are
//! inside the picture and again, in words, in its `<title>` and `<desc>`.
//! Nothing here touches a browser: text is measured through [`measure::TextMeasure`].

pub mod escape;
mod frame;
pub mod handlings;
pub mod label;
pub mod measure;
pub mod monthly_cases;
mod palette;
mod period;
pub mod scale;
pub mod svg;

use std::convert::Infallible;

use plotters::drawing::DrawingAreaErrorKind;

pub use handlings::{handlings_by_month, handlings_height};
pub use measure::{FixedMetrics, TextMeasure};
pub use monthly_cases::monthly_cases;
pub use palette::{INK, INK_ON_FILL, PAPER, SERIES, text_on};

/// The space around a picture's content, in CSS px. A card that wants the chart's title
/// to line up with its own text draws the picture this much further out.
pub const MARGIN: i32 = 8;

/// Size of a picture in CSS px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartSize {
    /// Width in CSS px, 240–4,000.
    pub width: u32,
    /// Height in CSS px, 140–4,000.
    pub height: u32,
}

impl ChartSize {
    /// Smaller than this nothing can be read; larger is a mistake of the caller.
    fn check(self) -> Result<Self, ChartError> {
        let fits = (240..=4_000).contains(&self.width) && (140..=4_000).contains(&self.height);
        if fits { Ok(self) } else { Err(ChartError::Size(self)) }
    }

    fn width_px(self) -> i32 {
        i32::try_from(self.width).unwrap_or(i32::MAX)
    }

    fn height_px(self) -> i32 {
        i32::try_from(self.height).unwrap_or(i32::MAX)
    }
}

/// The words around a chart, written by the caller and drawn inside the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// What is shown, such as `每月受理与办结`.
    pub title: String,
    /// Period and way of counting, such as `2025年1—9月,按受理日期,未到期 3 件计入分母`.
    pub subtitle: String,
    /// Source line; empty for none.
    pub foot: String,
}

/// Why no picture could be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// The picture would be unreadably small or absurdly large.
    #[error("图的尺寸 {}×{} 不合适,宽应在 240—4000、高应在 140—4000 像素之间", .0.width, .0.height)]
    Size(ChartSize),
    /// The drawing library refused; our backend itself cannot fail.
    #[error("图没有画成:{0}")]
    Drawing(String),
}

impl From<DrawingAreaErrorKind<Infallible>> for ChartError {
    fn from(error: DrawingAreaErrorKind<Infallible>) -> Self {
        Self::Drawing(error.to_string())
    }
}
