//! The units that a roster names: those that are not there yet are set up,
//! with the heads that it names, and its households are placed in them.

use std::collections::HashMap;

use super::{check_count, check_size};
use crate::domain::decide::{Desk, NAME_LIMIT, limited};
use crate::domain::event::Event;
use crate::domain::id::{GridId, HouseholdId, PersonId, UnitId};
use crate::domain::order::sort_by_key;
use crate::domain::people::Person;
use crate::domain::refusal::Refusal;
use crate::domain::register::Field;
use crate::domain::roster::{HouseholdDraft, RosterDraft};
use crate::domain::units::{UNITS_MAX, UnitChange, numbered};

/// What the roster calls a unit: by a number, another word, or its head only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Called<'a> {
    Number(u16),
    Name(&'a str),
    Head(&'a str),
}

/// A unit of the roster.
struct Found<'a> {
    head: &'a str,
    households: Vec<HouseholdId>,
}

/// Grids with what their units are called.
type Key<'a> = (Option<GridId>, Called<'a>);

impl<'a> Called<'a> {
    /// Nothing for a household without a unit.
    fn of(new: &'a HouseholdDraft) -> Option<Self> {
        match (new.unit.trim(), new.unit_head.trim()) {
            ("", "") => None,
            ("", head) => Some(Self::Head(head)),
            (unit, _) => Some(unit_number(unit).map_or(Self::Name(unit), Self::Number)),
        }
    }

    /// Its own name; empty for none.
    const fn name(self) -> &'a str {
        match self {
            Self::Name(name) => name,
            _ => "",
        }
    }
}

impl Desk<'_> {
    /// Places the households of a roster, which were just added.
    pub(in crate::domain::decide) fn place_roster(&mut self, draft: &RosterDraft) -> Result<(), Refusal> {
        let added = self.events.iter().filter_map(|event| match event {
            Event::HouseholdAdded { household, grid, .. } => Some((*household, *grid)),
            _ => None,
        });
        let mut units: Vec<(Key<'_>, Found<'_>)> = Vec::new();
        for (new, (household, grid)) in draft.households.iter().zip(added) {
            let Some(called) = Called::of(new) else { continue };
            let known = units.iter().position(|(key, _)| *key == (grid, called));
            let place = known.unwrap_or_else(|| {
                units.push(((grid, called), Found { head: "", households: Vec::new() }));
                units.len() - 1
            });
            let found = &mut units[place].1;
            found.households.push(household);
            if found.head.is_empty() {
                found.head = new.unit_head.trim();
            }
        }
        // Those with a number first, so that no other takes it.
        sort_by_key(&mut units, |((_, called), _)| !matches!(called, Called::Number(_)));
        let people = if units.is_empty() { HashMap::new() } else { self.people_by_name(draft) };
        for (key, found) in units {
            self.place_found(key, found, &people)?;
        }
        Ok(())
    }

    fn place_found(
        &mut self,
        (grid, called): Key<'_>,
        found: Found<'_>,
        people: &HashMap<String, Vec<PersonId>>,
    ) -> Result<(), Refusal> {
        let name = limited("单元名称", called.name(), NAME_LIMIT)?;
        let known = self.village.people.units.of(grid);
        let same = known.into_iter().find(|unit| match called {
            Called::Number(number) => unit.number == number,
            Called::Name(name) => self.village.unit_name(unit) == name,
            Called::Head(_) => false,
        });
        let words = match called {
            Called::Number(number) => numbered(number),
            Called::Name(name) => name.to_owned(),
            Called::Head(_) => "一个单元".to_owned(),
        };
        let before = same.map_or(0, |unit| self.village.people.households_of(unit.id).count());
        check_size(&words, before + found.households.len())?;
        let unit = match same {
            Some(unit) => unit.id,
            None => self.add_found(grid, called, name)?,
        };
        self.events.push(Event::HouseholdsPlaced { unit: Some(unit), households: found.households });
        // Who bears a name that is not the only one is not guessed.
        if let Some([head]) = people.get(found.head).map(Vec::as_slice) {
            self.events.push(Event::UnitChanged { unit, change: UnitChange::Headed(Some(*head)) });
        }
        Ok(())
    }

    fn add_found(&mut self, grid: Option<GridId>, called: Called<'_>, name: &str) -> Result<UnitId, Refusal> {
        let known = self.village.people.units.of(grid);
        let added = self.events.iter().filter_map(|event| match event {
            Event::UnitAdded { grid: found, number, .. } if *found == grid => Some(*number),
            _ => None,
        });
        let taken: Vec<u16> = known.iter().map(|unit| unit.number).chain(added).collect();
        let free = (1..=u16::MAX).find(|number| !taken.contains(number)).unwrap_or(u16::MAX);
        let number = if let Called::Number(number) = called { number } else { free };
        check_count(taken.len() + 1, number)?;
        let unit = self.notes.fresh();
        self.events.push(Event::UnitAdded { unit, grid, number });
        self.name_unit(unit, name);
        Ok(unit)
    }

    /// Everybody who is here, by name: those of the village and those who were just added.
    fn people_by_name(&self, draft: &RosterDraft) -> HashMap<String, Vec<PersonId>> {
        let mut people: HashMap<String, Vec<PersonId>> = HashMap::new();
        for person in self.village.people.persons.iter().filter(|person| Person::is_here(person)) {
            let name = self.village.register.text(person.id, Field::Name);
            people.entry(name.to_owned()).or_default().push(person.id);
        }
        let added = self.events.iter().filter_map(|event| match event {
            Event::PersonAdded { person, .. } => Some(*person),
            _ => None,
        });
        let names = draft.households.iter().flat_map(|home| &home.people).map(|person| person.name.trim());
        for (name, person) in names.zip(added) {
            people.entry(name.to_owned()).or_default().push(person);
        }
        people
    }
}

const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The number in 「3」, 「第3单元」 or 「第三十户单元」, if there is nothing else in it.
fn unit_number(word: &str) -> Option<u16> {
    written_number(word).filter(|number| (1..=UNITS_MAX).contains(number))
}

fn written_number(word: &str) -> Option<u16> {
    let word = word.trim_start_matches('第');
    let word = ["十户单元", "单元", "十户组", "组", "号"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if !word.is_empty() && word.chars().all(|sign| sign.is_ascii_digit()) {
        return word.parse().ok();
    }
    let digit = |text: &str| {
        let mut signs = text.chars();
        let place = signs.next().and_then(|sign| DIGITS.iter().position(|digit| *digit == sign));
        place.filter(|_| signs.next().is_none()).and_then(|place| u16::try_from(place + 1).ok())
    };
    match word.split_once('十') {
        None => digit(word),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { Some(1) } else { digit(tens) };
            let ones = if ones.is_empty() { Some(0) } else { digit(ones) };
            Some(tens? * 10 + ones?)
        }
    }
}
