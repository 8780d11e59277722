//! 走访: the visits of a month as a list, one of them in full, and what a
//! household's page says of them.

use jiff::civil::Date;

use super::tag::{case_number, day_words, dotted};
use crate::domain::calendar::Month;
use crate::domain::case::record::Errand;
use crate::domain::id::{CaseId, EntryId, GridId, HouseholdId, PersonId, VisitId};
use crate::domain::order::sort_by_key;
use crate::domain::points::rule::signed;
use crate::domain::village::Village;
use crate::domain::visits::{Visit, Visitor};

/// Which visits are asked for; what is `None` does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisitFilter {
    /// Of this month.
    pub month: Option<Month>,
    /// To households of this grid.
    pub grid: Option<GridId>,
    /// By this visitor.
    pub visitor: Option<Visitor>,
    /// Of this kind of 三件事.
    pub errand: Option<Errand>,
    /// To this household.
    pub household: Option<HouseholdId>,
}

/// One visit of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    /// Its id.
    pub id: VisitId,
    /// 「9月26日」
    pub day: String,
    /// The household's number.
    pub number: String,
    /// Its head.
    pub head: String,
    /// The visitor's name.
    pub visitor: String,
    /// 「党员」
    pub capacity: &'static str,
    /// What was learnt; may be empty.
    pub note: String,
    /// 三件事; may be empty.
    pub errand: &'static str,
    /// The number of the case that it led to.
    pub case: Option<String>,
    /// `+1`, while the entry stands.
    pub points: Option<String>,
    /// Whether it was struck out.
    pub is_struck: bool,
}

/// The visits that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitList {
    /// The latest first.
    pub rows: Vec<VisitRow>,
    /// How many of them stand.
    pub count: usize,
    /// To how many households.
    pub households: usize,
}

/// The visits that meet the filter.
pub fn visit_list(village: &Village, today: Date, filter: &VisitFilter) -> VisitList {
    let mut found: Vec<&Visit> = village.visits.iter().filter(|visit| is_asked_for(village, visit, filter)).collect();
    found.reverse();
    sort_by_key(&mut found, |visit| std::cmp::Reverse(visit.made.date));
    let standing = || found.iter().filter(|visit| visit.stands());
    let mut households: Vec<_> =
        standing().map(|visit| village.people.household_now(visit.made.household).raw()).collect();
    households.sort_unstable();
    households.dedup();
    VisitList {
        count: standing().count(),
        households: households.len(),
        rows: found.iter().map(|visit| visit_row(village, visit, today)).collect(),
    }
}

fn is_asked_for(village: &Village, visit: &Visit, filter: &VisitFilter) -> bool {
    let household = village.people.household_now(visit.made.household);
    let grid = || village.people.households.get(household).and_then(|household| household.grid);
    filter.month.is_none_or(|month| Month::of(visit.made.date) == month)
        && filter.household.is_none_or(|asked| asked == household)
        && filter.errand.is_none_or(|errand| visit.made.errand == Some(errand))
        && filter.visitor.is_none_or(|visitor| village.visitor_now(visit.made.visitor) == visitor)
        && filter.grid.is_none_or(|asked| grid() == Some(asked))
}

fn visit_row(village: &Village, visit: &Visit, today: Date) -> VisitRow {
    let made = &visit.made;
    let household = village.people.household_now(made.household);
    let case = visit.case.and_then(|case| village.cases.get(case));
    VisitRow {
        id: made.visit,
        day: day_words(made.date, today),
        number: village.people.households.get(household).map_or_else(String::new, |home| home.number.to_string()),
        head: village.head_name(household).to_owned(),
        visitor: village.visitor_name(made.visitor).to_owned(),
        capacity: made.capacity.word(),
        note: village.note(made.note).to_owned(),
        errand: made.errand.map_or("", Errand::word),
        case: case.map(|case| case_number(case.opening.number)),
        points: points_of(village, visit).map(|(_, points)| points),
        is_struck: !visit.stands(),
    }
}

fn points_of(village: &Village, visit: &Visit) -> Option<(EntryId, String)> {
    let entry = village.entries.get(village.visit_entry(visit)?)?;
    Some((entry.id, signed(i64::from(entry.points))))
}

/// One visit in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitDetail {
    /// Its row in the list.
    pub row: VisitRow,
    /// The household, and its grid.
    pub household: HouseholdId,
    /// The grid's id.
    pub grid: Option<GridId>,
    /// The grid's name.
    pub grid_name: String,
    /// The visitor, when of the roster.
    pub person: Option<PersonId>,
    /// 「2026年11月9日登记」
    pub entered: String,
    /// The kind of 三件事, as the intake takes it over.
    pub errand: Option<Errand>,
    /// The case that it led to.
    pub case: Option<CaseId>,
    /// Why it was struck out; empty while it stands.
    pub struck: String,
    /// Whether a case may be opened from it.
    pub can_open: bool,
    /// Whether it may be recorded as points.
    pub can_earn: bool,
    /// Whether its points were told of, and wait to be looked at.
    pub waits: bool,
}

/// The visit of this id, in full.
pub fn visit_detail(village: &Village, id: VisitId, today: Date) -> Option<VisitDetail> {
    let visit = village.visits.get(id)?;
    let household = village.people.household_now(visit.made.household);
    let grid = village.people.households.get(household).and_then(|home| home.grid);
    let month = Month::of(visit.made.date);
    Some(VisitDetail {
        row: visit_row(village, visit, today),
        household,
        grid,
        grid_name: village.people.grid_name(grid).to_owned(),
        person: match village.visitor_now(visit.made.visitor) {
            Visitor::Person(person) => Some(person),
            Visitor::Staff(_) => None,
        },
        entered: format!("{}登记", day_words(visit.at.date(), today)),
        errand: visit.made.errand,
        case: visit.case,
        struck: village.note(visit.struck).to_owned(),
        can_open: visit.stands() && visit.case.is_none(),
        can_earn: village.earnable_visits(month).iter().any(|(visit, _)| visit.made.visit == id),
        waits: village.waiting_visits().any(|(_, visit)| visit.made.visit == id),
    })
}

/// 「11月9日 1-002」: the visit in the words of what came from it.
pub fn visit_words(village: &Village, id: VisitId, today: Date) -> Option<String> {
    let visit = village.visits.get(id)?;
    let household = village.people.household_now(visit.made.household);
    let number = village.people.households.get(household).map_or("", |home| home.number.as_str());
    Some(format!("来自走访 {} {number}", day_words(visit.made.date, today)))
}

/// What the page of a household says of visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdVisits {
    /// The latest, at most as many as asked for.
    pub rows: Vec<VisitRow>,
    /// How many there were this year.
    pub this_year: usize,
    /// The member who answers for it: 「王海林,从 1月5日起」.
    pub member: Option<(PersonId, String)>,
}

/// The latest visits to the household, and who answers for it.
pub fn household_visits(village: &Village, household: HouseholdId, today: Date, limit: usize) -> HouseholdVisits {
    let mut standing: Vec<&Visit> = village.visits_to(household).filter(|visit| visit.stands()).collect();
    standing.reverse();
    sort_by_key(&mut standing, |visit| std::cmp::Reverse(visit.made.date));
    let link = village.link_on(household, today);
    HouseholdVisits {
        this_year: standing.iter().filter(|visit| visit.made.date.year() == today.year()).count(),
        rows: standing.iter().take(limit).map(|visit| visit_row(village, visit, today)).collect(),
        member: link.map(|link| {
            let since = format!("{}起", day_words(link.from, today));
            (link.person, dotted(&[village.name(link.person), &since]))
        }),
    }
}
