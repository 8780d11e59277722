//! Where labels go: pure geometry, so that no label covers another or is crossed by the
//! line it belongs to. All coordinates are CSS px, y downwards.

/// A point of the picture.
pub type Point = (f64, f64);

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// `size` (width, height) around `center`.
    pub fn around(center: Point, size: (f64, f64)) -> Self {
        let ((x, y), (w, h)) = (center, (size.0 / 2.0, size.1 / 2.0));
        Self { left: x - w, top: y - h, right: x + w, bottom: y + h }
    }

    /// The middle.
    pub fn center(&self) -> Point {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// How many square px both share.
    pub fn overlap(&self, other: &Self) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    /// Whether all of `other` is inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && self.right >= other.right && self.top <= other.top && self.bottom >= other.bottom
    }

    /// Whether the straight line from `from` to `to` passes through (Liang–Barsky).
    pub fn crossed_by(&self, from: Point, to: Point) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (slope, distance) in
            [(-dx, from.0 - self.left), (dx, self.right - from.0), (-dy, from.1 - self.top), (dy, self.bottom - from.1)]
        {
            if slope == 0.0 {
                if distance < 0.0 {
                    return false;
                }
            } else if slope < 0.0 {
                enter = enter.max(distance / slope);
            } else {
                leave = leave.min(distance / slope);
            }
        }
        enter <= leave
    }
}

/// What labels must keep clear of.
#[derive(Clone, Debug)]
pub struct Obstacles {
    /// Labels stay inside this.
    pub bounds: Area,
    /// The straight pieces of the line.
    pub line: Vec<(Point, Point)>,
    /// Labels and markers that are already there: never covered.
    pub taken: Vec<Area>,
    /// Columns: covered only where nothing else is free.
    pub columns: Vec<Area>,
}

impl Obstacles {
    /// Whether a label at `area` stays clear of everything that must not be covered.
    pub fn leaves_free(&self, area: &Area) -> bool {
        // The line is 2 px wide; a little air keeps it from touching the letters.
        let airy =
            Area { left: area.left - 2.0, top: area.top - 1.0, right: area.right + 2.0, bottom: area.bottom + 2.0 };
        self.bounds.contains(area)
            && !self.taken.iter().any(|other| other.overlap(area) > 0.0)
            && !self.line.iter().any(|&(from, to)| airy.crossed_by(from, to))
    }

    /// The first of the candidates that covers least; `None` when none is free.
    pub fn place(&self, candidates: &[Area]) -> Option<Area> {
        let covered = |area: &Area| self.columns.iter().map(|column| column.overlap(area)).sum::<f64>();
        candidates
            .iter()
            .filter(|area| self.leaves_free(area))
            .map(|area| (covered(area), *area))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, area)| area)
    }
}

/// The places for a label of `size` (width, height) near a point of the line, the best
/// first: above, below, then the corners and sides, then further up and down, where the
/// line of a steep valley or peak leaves room. `gap` is kept to the marker.
pub fn around_point(point: Point, size: (f64, f64), gap: f64) -> [Area; 12] {
    let (x, y) = point;
    let (aside, away) = (gap + size.0 / 2.0, gap + size.1 / 2.0);
    let (slant, near) = (gap / 2.0 + size.0 / 2.0, away - 2.0);
    [
        (x, y - away),
        (x, y + away),
        (x + slant, y - near),
        (x - slant, y - near),
        (x + slant, y + near),
        (x - slant, y + near),
        (x + aside, y),
        (x - aside, y),
        (x, y - away - 12.0),
        (x, y + away + 12.0),
        (x, y - away - 26.0),
        (x, y + away + 26.0),
    ]
    .map(|center| Area::around(center, size))
}
