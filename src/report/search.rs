//! Finding people, households, units and cases by a few keys, from anywhere.
//!
//! The index holds spellings and numbers only; build it again when the
//! village has changed.

use std::collections::{HashMap, HashSet};

use super::spelling::{Fit, Spelling, number_key, query};
use super::tag::{case_number, dotted};
use super::units::long_name;
use crate::domain::calendar::long_date;
use crate::domain::id::{CaseId, HouseholdId, PersonId, UnitId};
use crate::domain::order::sort_by_key;
use crate::domain::people::{ERASED, Household};
use crate::domain::register::Field;
use crate::domain::units::TenHouseholdUnit;
use crate::domain::village::Village;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitKind {
    /// A household, by its number or its head.
    Household(HouseholdId),
    /// Another person, in this household.
    Person(PersonId, HouseholdId),
    /// A ten-household unit.
    Unit(UnitId),
    /// A case.
    Case(CaseId),
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Name of the person, or number and title of the case.
    pub title: String,
    /// 「2-017 · 第二网格」
    pub detail: String,
}

/// A household that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdHit {
    /// The household's id.
    pub household: HouseholdId,
    /// 户号
    pub number: String,
    /// 户主
    pub head: String,
    /// Name of the grid.
    pub grid: String,
    /// Who of the household was meant, where it was not the head: 「单秀英」.
    pub other: Option<(PersonId, String)>,
}

struct HouseholdKey {
    id: HouseholdId,
    number: String,
    grid: String,
    head: NameKey,
    /// The number without punctuation.
    digits: String,
    /// The digits after the last mark, without zeros before them.
    tail: String,
}

struct NameKey {
    name: String,
    spelling: Spelling,
    sounds: String,
}

struct PersonKey {
    id: PersonId,
    household: usize,
    name: NameKey,
}

struct UnitKey {
    id: UnitId,
    title: String,
    spelling: Spelling,
    detail: String,
}

struct CaseKey {
    id: CaseId,
    number: u32,
    title: String,
    spelling: Spelling,
    detail: String,
}

/// Everything that can be found.
pub struct SearchIndex {
    households: Vec<HouseholdKey>,
    people: Vec<PersonKey>,
    units: Vec<UnitKey>,
    cases: Vec<CaseKey>,
}

/// Which list the hit is from, in the order in which hits are shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Household,
    Person,
    Unit,
    Case,
}

/// Order of hits: fit, class, sound, then position in the list.
type Rank<'a> = (Fit, Class, &'a str, usize);

impl SearchIndex {
    /// The index of the village as it is now.
    pub fn build(village: &Village) -> Self {
        let households = village.people.households.iter().map(|household| household_key(village, household));
        let positions: HashMap<HouseholdId, usize> =
            village.people.households.iter().zip(0..).map(|(household, position)| (household.id, position)).collect();
        // Nobody is to be found who asked to be forgotten.
        let others = village.people.persons.iter();
        let others = others.filter(|person| !person.erased && village.head(person.household) != Some(person.id));
        let people = others.filter_map(|person| {
            let household = *positions.get(&person.household)?;
            Some(PersonKey { id: person.id, household, name: name_key(village.name(person.id)) })
        });
        let cases = village.cases.iter().map(|case| {
            let opening = &case.opening;
            let title = village.register.text(opening.id, Field::Title);
            let received = format!("{}受理", long_date(opening.received.date()));
            CaseKey {
                id: opening.id,
                number: opening.number,
                title: title.to_owned(),
                spelling: Spelling::of_text(title),
                detail: dotted(&[village.people.grid_name(opening.grid), &received]),
            }
        });
        let units = village.people.units.iter().map(|unit| unit_key(village, unit)).collect();
        Self { households: households.collect(), people: people.collect(), units, cases: cases.collect() }
    }

    /// The best `limit` hits: better fits first; then households by number or
    /// head, other people, units, cases; people by sound, cases newest first.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Hit> {
        let typed = query(text);
        let households = self.household_ranks(&typed);
        let people = self.people_ranks(&typed);
        let cases = self
            .cases
            .iter()
            .enumerate()
            .filter_map(|(position, case)| Some((case_fit(case, &typed)?, Class::Case, "", usize::MAX - position)));
        // Figures mean a household or a case.
        let is_word = typed.iter().any(|sign| !sign.is_ascii_digit());
        let units = self.units.iter().enumerate().filter(|_| is_word);
        let units = units.filter_map(|(position, unit)| Some((unit.spelling.find(&typed)?, Class::Unit, "", position)));
        let ranks = best(households.chain(people).chain(units).chain(cases).collect(), limit);
        ranks.into_iter().filter_map(|rank| self.hit(rank)).collect()
    }

    /// The best `limit` households, by number, by the name of the head, or by that of
    /// somebody else of the household who `counts`.
    pub fn find_households(&self, text: &str, limit: usize, counts: impl Fn(PersonId) -> bool) -> Vec<HouseholdHit> {
        let typed = query(text);
        let ranks = best(self.household_ranks(&typed).chain(self.people_ranks(&typed)).collect(), usize::MAX);
        let mut known = HashSet::new();
        let hits = ranks.into_iter().filter_map(|(_, class, _, position)| {
            let other = (class == Class::Person).then(|| self.people.get(position)).flatten();
            let household = self.households.get(other.map_or(position, |person| person.household))?;
            let is_new = other.is_none_or(|person| counts(person.id)) && known.insert(household.id);
            is_new.then(|| HouseholdHit {
                household: household.id,
                number: household.number.clone(),
                head: household.head.name.clone(),
                grid: household.grid.clone(),
                other: other.map(|person| (person.id, person.name.name.clone())),
            })
        });
        hits.take(limit).collect()
    }

    fn people_ranks<'a>(&'a self, typed: &'a [char]) -> impl Iterator<Item = Rank<'a>> {
        self.people.iter().enumerate().filter_map(|(position, person)| {
            Some((person.name.spelling.find(typed)?, Class::Person, person.name.sounds.as_str(), position))
        })
    }

    fn household_ranks<'a>(&'a self, typed: &'a [char]) -> impl Iterator<Item = Rank<'a>> {
        let text: String = typed.iter().collect();
        self.households.iter().enumerate().filter_map(move |(position, household)| {
            match (number_fit(household, &text), household.head.spelling.find(typed)) {
                (Some(fit), _) => Some((fit, Class::Household, "", position)),
                (None, Some(fit)) => Some((fit, Class::Household, household.head.sounds.as_str(), position)),
                (None, None) => None,
            }
        })
    }

    fn hit(&self, (_, class, _, position): Rank) -> Option<Hit> {
        match class {
            Class::Household => {
                let household = self.households.get(position)?;
                let (name, place) = (&household.head.name, dotted(&[&household.number, &household.grid]));
                let title = if name.is_empty() { format!("{} 户", household.number) } else { name.clone() };
                Some(Hit { kind: HitKind::Household(household.id), title, detail: place })
            }
            Class::Person => {
                let person = self.people.get(position)?;
                let household = self.households.get(person.household)?;
                let home = format!("{} 户", household.head.name);
                let detail = dotted(&[&home, &household.number, &household.grid]);
                let kind = HitKind::Person(person.id, household.id);
                Some(Hit { kind, title: person.name.name.clone(), detail })
            }
            Class::Unit => {
                let unit = self.units.get(position)?;
                Some(Hit { kind: HitKind::Unit(unit.id), title: unit.title.clone(), detail: unit.detail.clone() })
            }
            Class::Case => {
                let case = self.cases.get(usize::MAX - position)?;
                let title = format!("{} {}", case_number(case.number), case.title);
                Some(Hit { kind: HitKind::Case(case.id), title, detail: case.detail.clone() })
            }
        }
    }
}

fn unit_key(village: &Village, unit: &TenHouseholdUnit) -> UnitKey {
    let title = long_name(village, unit);
    let head = village.unit_head(unit).map(|head| format!("十户长 {}", village.name(head))).unwrap_or_default();
    let households = format!("{} 户", village.people.households_of(unit.id).count());
    let detail = dotted(&[&households, &head]);
    UnitKey { id: unit.id, spelling: Spelling::of_text(&title), title, detail }
}

fn household_key(village: &Village, household: &Household) -> HouseholdKey {
    let tail = household.number.rsplit(|char: char| !char.is_ascii_digit()).next().unwrap_or_default();
    HouseholdKey {
        id: household.id,
        number: household.number.to_string(),
        grid: village.people.grid_name(household.grid).to_owned(),
        head: head_key(village, household.id),
        digits: number_key(&household.number),
        tail: tail.trim_start_matches('0').to_owned(),
    }
}

/// The head's name; one that was erased is shown so, and not found by it.
fn head_key(village: &Village, household: HouseholdId) -> NameKey {
    match village.head(household) {
        Some(head) if village.is_erased(head) => NameKey { name: ERASED.to_owned(), ..name_key("") },
        _ => name_key(village.head_name(household)),
    }
}

fn name_key(name: &str) -> NameKey {
    let spelling = Spelling::of_name(name);
    NameKey { name: name.to_owned(), sounds: spelling.sounds(), spelling }
}

/// `2-017` is found as a whole by 2017, 017 and 17.
fn number_fit(household: &HouseholdKey, text: &str) -> Option<Fit> {
    let is_tail = !household.tail.is_empty() && text.trim_start_matches('0') == household.tail;
    if text.is_empty() || !text.contains(|char: char| char.is_ascii_digit()) {
        None
    } else if household.digits == text || is_tail {
        Some(Fit::Whole)
    } else if household.digits.starts_with(text) {
        Some(Fit::Start)
    } else {
        household.digits.ends_with(text).then_some(Fit::Inside)
    }
}

/// A case by its number, or by its title.
fn case_fit(case: &CaseKey, typed: &[char]) -> Option<Fit> {
    let is_digits = !typed.is_empty() && typed.iter().all(char::is_ascii_digit);
    if is_digits {
        let text: String = typed.iter().collect();
        if text.parse() == Ok(case.number) {
            return Some(Fit::Whole);
        }
        if case_number(case.number).starts_with(&text) {
            return Some(Fit::Start);
        }
    }
    case.spelling.find(typed)
}

fn best(mut ranks: Vec<Rank>, limit: usize) -> Vec<Rank> {
    sort_by_key(&mut ranks, |rank| *rank);
    ranks.truncate(limit);
    ranks
}
