//! Finding who went on a visit by a few keys: the staff, and people of the roster.

use jiff::civil::Date;

use super::search::{HitKind, SearchIndex};
use super::spelling::{Spelling, query};
use super::tag::dotted;
use crate::domain::village::Village;
use crate::domain::visits::{Capacity, Visitor};

/// Hits that are looked through, since some of them are not here any more.
const LOOKED_AT: usize = 60;

/// Somebody who may have gone on a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorHit {
    /// Who.
    pub visitor: Visitor,
    /// The name.
    pub name: String,
    /// 「2-017 · 联户党员」, or 「经手人」.
    pub detail: String,
    /// In what capacity such a person usually goes.
    pub capacity: Capacity,
}

/// The best `limit` visitors for what was typed: staff first, then people who are here.
pub fn visitors_found(
    village: &Village,
    index: &SearchIndex,
    typed: &str,
    today: Date,
    limit: usize,
) -> Vec<VisitorHit> {
    let letters = query(typed);
    if letters.is_empty() {
        return Vec::new();
    }
    let staff = village.staff.active().map(|staff| Visitor::Staff(staff.id));
    let staff = staff.filter(|staff| Spelling::of_name(village.visitor_name(*staff)).find(&letters).is_some());
    let people = index.find(typed, LOOKED_AT).into_iter().filter_map(|hit| match hit.kind {
        HitKind::Household(household) => village.head(household),
        HitKind::Person(person, _) => Some(person),
        HitKind::Unit(_) | HitKind::Case(_) => None,
    });
    let here = people
        .filter(|id| village.people.persons.get(*id).is_some_and(|person| person.is_here_on(today) && !person.erased));
    let found = staff.chain(here.map(Visitor::Person)).filter_map(|visitor| visitor_hit(village, visitor, today));
    found.take(limit).collect()
}

/// The visitor as a hit; `None` for somebody unknown.
pub fn visitor_hit(village: &Village, visitor: Visitor, today: Date) -> Option<VisitorHit> {
    let name = village.visitor_name(visitor).to_owned();
    let (detail, capacity) = match visitor {
        Visitor::Staff(_) => ("经手人".to_owned(), Capacity::GridWorker),
        Visitor::Person(id) => {
            let person = village.people.persons.get(id)?;
            let home = village.people.households.get(person.household)?;
            let kind = person.member_type_on(today);
            let capacity = if kind.is_some() { Capacity::PartyMember } else { Capacity::Volunteer };
            let words =
                [home.number.as_str(), village.people.grid_name(home.grid), kind.map_or("", |kind| kind.word())];
            (dotted(&words), capacity)
        }
    };
    Some(VisitorHit { visitor, name, detail, capacity })
}
