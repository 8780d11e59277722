//! 十户单元: setting units up, naming their heads, placing households.

mod roster;

use std::collections::HashSet;

use super::{Desk, NAME_LIMIT, limited};
use crate::domain::event::Event;
use crate::domain::id::{GridId, HouseholdId, PersonId, UnitId};
use crate::domain::people::{Household, Person};
use crate::domain::refusal::Refusal;
use crate::domain::register::{Field, TextChange};
use crate::domain::units::{
    TenHouseholdUnit, UNIT_HOUSEHOLDS_MAX, UNITS_MAX, UnitAct, UnitChange, UnitRefusal, UnitTerms, numbered,
};

impl Desk<'_> {
    pub(super) fn unit(&mut self, act: UnitAct) -> Result<(), Refusal> {
        match act {
            UnitAct::Add { grid, terms } => self.add_unit(grid, &terms),
            UnitAct::Change { unit, terms } => self.change_unit(unit, &terms),
            UnitAct::Place { unit: Some(unit), households } => self.place_in(unit, &households),
            UnitAct::Place { unit: None, households } => self.take_out(&households),
            UnitAct::Arrange { grid, groups } => self.arrange(grid, groups),
            UnitAct::Dissolve(unit) => {
                let unit = self.known_unit(unit)?.id;
                self.events.push(Event::UnitChanged { unit, change: UnitChange::Dissolved });
                self.name_unit(unit, "");
                Ok(())
            }
        }
    }

    fn known_unit(&self, unit: UnitId) -> Result<TenHouseholdUnit, Refusal> {
        Ok(*self.village.people.units.get(unit).ok_or(UnitRefusal::Unknown)?)
    }

    fn add_unit(&mut self, grid: Option<GridId>, terms: &UnitTerms) -> Result<(), Refusal> {
        if grid.is_some_and(|grid| self.village.people.grids.get(grid).is_none()) {
            return Err(UnitRefusal::UnknownGrid.into());
        }
        let units = &self.village.people.units;
        let number = terms.number.unwrap_or_else(|| units.next_number(grid));
        check_count(units.of(grid).len() + 1, number)?;
        self.check_names(grid, None, number, &terms.name)?;
        self.check_head(terms.head)?;
        let unit = self.notes.fresh();
        self.events.push(Event::UnitAdded { unit, grid, number });
        self.name_unit(unit, &terms.name);
        if terms.head.is_some() {
            self.events.push(Event::UnitChanged { unit, change: UnitChange::Headed(terms.head) });
        }
        Ok(())
    }

    fn change_unit(&mut self, unit: UnitId, terms: &UnitTerms) -> Result<(), Refusal> {
        let known = self.known_unit(unit)?;
        let number = terms.number.unwrap_or(known.number);
        check_count(1, number)?;
        self.check_names(known.grid, Some(known.id), number, &terms.name)?;
        let is_named = terms.name.trim() != self.village.register.text(known.id, Field::Name);
        let is_headed = terms.head != known.head;
        let renumbered = (number != known.number).then_some(UnitChange::Renumbered(number));
        let headed = is_headed.then_some(UnitChange::Headed(terms.head));
        if !is_named && renumbered.is_none() && headed.is_none() {
            return Err(Refusal::NothingChanged);
        }
        if is_headed {
            self.check_head(terms.head)?;
        }
        let changes = renumbered.into_iter().chain(headed);
        self.events.extend(changes.map(|change| Event::UnitChanged { unit: known.id, change }));
        if is_named {
            self.name_unit(known.id, &terms.name);
        }
        Ok(())
    }

    /// That no other unit of the grid is called the same.
    fn check_names(&self, grid: Option<GridId>, own: Option<UnitId>, number: u16, name: &str) -> Result<(), Refusal> {
        let name = limited("单元名称", name, NAME_LIMIT)?;
        let others = self.village.people.units.of(grid).into_iter().filter(|unit| Some(unit.id) != own);
        for other in others {
            if other.number == number {
                return Err(UnitRefusal::NumberTaken(number).into());
            }
            if !name.is_empty() && self.village.unit_name(other) == name {
                return Err(UnitRefusal::NameTaken(name.to_owned()).into());
            }
        }
        Ok(())
    }

    fn check_head(&self, head: Option<PersonId>) -> Result<(), Refusal> {
        let Some(head) = head else { return Ok(()) };
        let person = self.village.people.persons.get(head).ok_or(Refusal::UnknownPerson)?;
        let is_here = |person: &Person| person.is_here() && !person.erased;
        if is_here(person) { Ok(()) } else { Err(UnitRefusal::HeadNotHere.into()) }
    }

    /// Sets the unit's own name; an empty one takes it away.
    fn name_unit(&mut self, unit: UnitId, name: &str) {
        let (field, known) = (Field::Name, self.village.register.text(unit, Field::Name));
        let text = Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
        if text.as_deref().unwrap_or_default() != known {
            self.notes.change_all(vec![TextChange { owner: unit.into(), field, text }]);
        }
    }

    fn homes(&self, households: &[HouseholdId]) -> Result<Vec<&Household>, Refusal> {
        if households.is_empty() {
            return Err(Refusal::NobodyChosen);
        }
        let mut seen = HashSet::new();
        let once = households.iter().filter(|id| seen.insert(**id));
        once.map(|id| self.village.people.households.get(*id).ok_or(Refusal::UnknownHousehold)).collect()
    }

    fn place_in(&mut self, unit: UnitId, households: &[HouseholdId]) -> Result<(), Refusal> {
        let unit = self.known_unit(unit)?;
        let homes = self.homes(households)?;
        check_grid(unit.grid, &homes)?;
        let people = &self.village.people;
        let is_new = |home: &&&Household| people.unit_of(home).is_none_or(|known| known.id != unit.id);
        let new: Vec<HouseholdId> = homes.iter().filter(is_new).map(|home| home.id).collect();
        if new.is_empty() {
            return Err(Refusal::NothingChanged);
        }
        check_size(&self.village.unit_name(&unit), people.households_of(unit.id).count() + new.len())?;
        self.events.push(Event::HouseholdsPlaced { unit: Some(unit.id), households: new });
        Ok(())
    }

    fn take_out(&mut self, households: &[HouseholdId]) -> Result<(), Refusal> {
        let homes = self.homes(households)?;
        let placed = homes.iter().filter(|home| self.village.people.unit_of(home).is_some());
        let households: Vec<HouseholdId> = placed.map(|home| home.id).collect();
        if households.is_empty() {
            return Err(Refusal::NothingChanged);
        }
        self.events.push(Event::HouseholdsPlaced { unit: None, households });
        Ok(())
    }

    fn arrange(&mut self, grid: Option<GridId>, groups: Vec<Vec<HouseholdId>>) -> Result<(), Refusal> {
        let all: Vec<HouseholdId> = groups.iter().flatten().copied().collect();
        let homes = self.homes(&all)?;
        check_grid(grid, &homes)?;
        let placed: Vec<_> = homes.iter().filter(|home| self.village.people.unit_of(home).is_some()).collect();
        if let Some(first) = placed.first() {
            return Err(UnitRefusal::AlreadyPlaced { first: first.number.to_string(), count: placed.len() }.into());
        }
        let units = &self.village.people.units;
        let (known, first) = (units.of(grid).len(), units.next_number(grid));
        let mut seen = HashSet::new();
        for (number, group) in (first..).zip(groups.into_iter().filter(|group| !group.is_empty())) {
            check_count(known + usize::from(number - first) + 1, number)?;
            check_size(&numbered(number), group.len())?;
            let households: Vec<_> = group.into_iter().filter(|id| seen.insert(*id)).collect();
            let unit = self.notes.fresh();
            self.events.push(Event::UnitAdded { unit, grid, number });
            self.events.push(Event::HouseholdsPlaced { unit: Some(unit), households });
        }
        Ok(())
    }

    /// Joins two entries of one unit: the name moves over where the kept one has none.
    pub(super) fn join_units(&mut self, gone: UnitId, kept: UnitId) -> Result<(), Refusal> {
        let (left, home) = (self.known_unit(gone)?, self.known_unit(kept)?);
        if left.id == home.id {
            return Err(Refusal::AlreadySettled);
        }
        if left.grid != home.grid {
            return Err(UnitRefusal::TwoGrids.into());
        }
        let name = self.village.register.text(left.id, Field::Name).to_owned();
        if self.village.register.text(home.id, Field::Name).is_empty() && !name.is_empty() {
            self.name_unit(home.id, &name);
        }
        self.name_unit(left.id, "");
        self.events.push(Event::UnitChanged { unit: left.id, change: UnitChange::JoinedTo(home.id) });
        Ok(())
    }

    pub(super) fn renumber_unit(&mut self, unit: UnitId) -> Result<(), Refusal> {
        let unit = self.known_unit(unit)?;
        let number = self.village.people.units.next_number(unit.grid);
        check_count(1, number)?;
        self.events.push(Event::UnitChanged { unit: unit.id, change: UnitChange::Renumbered(number) });
        Ok(())
    }
}

/// A grid with so many units, and one of this number.
fn check_count(found: usize, number: u16) -> Result<(), UnitRefusal> {
    match (found, number) {
        (found, _) if found > usize::from(UNITS_MAX) => Err(UnitRefusal::TooManyUnits { found }),
        (_, 1..=UNITS_MAX) => Ok(()),
        _ => Err(UnitRefusal::BadNumber),
    }
}

/// That the households lie in the grid.
fn check_grid(grid: Option<GridId>, homes: &[&Household]) -> Result<(), UnitRefusal> {
    let elsewhere: Vec<_> = homes.iter().filter(|home| home.grid != grid).collect();
    match elsewhere.first() {
        Some(first) => Err(UnitRefusal::OtherGrid { first: first.number.to_string(), count: elsewhere.len() }),
        None => Ok(()),
    }
}

fn check_size(unit: &str, found: usize) -> Result<(), UnitRefusal> {
    if found > UNIT_HOUSEHOLDS_MAX {
        return Err(UnitRefusal::TooManyHouseholds { unit: unit.to_owned(), found });
    }
    Ok(())
}
