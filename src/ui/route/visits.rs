//! 走访 in the address.

use super::flag;
use super::query::{Asked, Query};
use crate::domain::calendar::{Month, parse_iso_date};

/// What of the visits is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitsView {
    /// Visits of all months instead of one.
    pub all: bool,
    /// The households that were not visited, instead of the visits.
    pub missed: bool,
    /// The month; `None` for this one.
    pub month: Option<Month>,
    /// The grid, by its raw id.
    pub grid: Option<u64>,
    /// The visitor of the roster, by the raw id.
    pub person: Option<u64>,
    /// The visitor of the staff, by the raw id.
    pub staff: Option<u64>,
    /// The kind of 三件事, 0–2.
    pub errand: Option<usize>,
    /// The household, by its raw id.
    pub household: Option<u64>,
    /// The visit that is open beside the list, by its raw id.
    pub visit: Option<u64>,
    /// The member whose households are shown beside the list, by the raw id.
    pub member: Option<u64>,
}

/// The view of an address.
pub(super) fn visits_view(asked: &Asked<'_>) -> VisitsView {
    VisitsView {
        all: asked.set("all"),
        missed: asked.set("missed"),
        month: asked.get("month").and_then(|month| parse_iso_date(&format!("{month}-01"))).map(Month::of),
        grid: asked.number("grid"),
        person: asked.number("person"),
        staff: asked.number("staff"),
        errand: asked.number("errand").and_then(|place| usize::try_from(place).ok()).filter(|place| *place < 3),
        household: asked.number("household"),
        visit: asked.number("visit"),
        member: asked.number("member"),
    }
}

/// Its address.
pub(super) fn visits_href(view: &VisitsView) -> String {
    let month = view.month.map(|month| format!("{:04}-{:02}", month.year, month.month));
    Query::new("visits")
        .with("all", flag(view.all))
        .with("missed", flag(view.missed))
        .with("month", month)
        .with("grid", view.grid)
        .with("person", view.person)
        .with("staff", view.staff)
        .with("errand", view.errand)
        .with("household", view.household)
        .with("visit", view.visit)
        .with("member", view.member)
        .0
}
