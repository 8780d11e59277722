//! 十户单元 as the pages show them: the units of a grid, who could head one,
//! and a proposal for households that are in none.

use jiff::civil::Date;

use super::people_list::{adult, here};
use crate::domain::id::{GridId, HouseholdId, PersonId, UnitId};
use crate::domain::order::sort_by_key;
use crate::domain::people::{Household, People, Person};
use crate::domain::register::Field;
use crate::domain::units::{TenHouseholdUnit, UNIT_HOUSEHOLDS_MAX, numbered};
use crate::domain::village::Village;

/// Which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InUnit {
    /// This one.
    One(UnitId),
    /// 未编单元
    None,
}

/// Which households: those of a grid, of a unit, or all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Only of this grid.
    pub grid: Option<GridId>,
    /// Only of this unit.
    pub unit: Option<InUnit>,
}

impl Within {
    /// The households of a grid; all for none.
    pub const fn grid(grid: Option<GridId>) -> Self {
        Self { grid, unit: None }
    }

    /// Whether the household is one of them.
    pub fn holds(self, people: &People, home: &Household) -> bool {
        let in_unit = || match (self.unit, people.unit_of(home)) {
            (None, _) | (Some(InUnit::None), None) => true,
            (Some(InUnit::One(asked)), Some(unit)) => unit.id == asked,
            _ => false,
        };
        (self.grid.is_none() || home.grid == self.grid) && in_unit()
    }
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit's id.
    pub id: UnitId,
    /// Its number in the grid.
    pub number: u16,
    /// What it is called.
    pub name: String,
    /// Its own name; empty where the number is its name.
    pub own_name: String,
    /// Name of the 十户长; empty for none.
    pub head: String,
    /// The 十户长 that is recorded, here or not.
    pub head_id: Option<PersonId>,
    /// 户数
    pub households: usize,
    /// 人数
    pub people: usize,
}

/// The units of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    /// Name of the grid.
    pub grid: String,
    /// By their numbers.
    pub rows: Vec<UnitRow>,
    /// Households of the grid.
    pub households: usize,
    /// Those of them that are in no unit.
    pub unplaced: usize,
}

/// The units of a grid; of the households without one for none.
pub fn unit_list(village: &Village, grid: Option<GridId>) -> UnitList {
    let row = |unit: &TenHouseholdUnit| UnitRow {
        id: unit.id,
        number: unit.number,
        name: village.unit_name(unit),
        own_name: village.register.text(unit.id, Field::Name).to_owned(),
        head: village.unit_head(unit).map_or("", |head| village.name(head)).to_owned(),
        head_id: unit.head,
        households: 0,
        people: 0,
    };
    let mut rows: Vec<UnitRow> = village.people.units.of(grid).into_iter().map(row).collect();
    let (mut households, mut unplaced) = (0, 0);
    for home in village.people.households.iter().filter(|home| home.grid == grid) {
        households += 1;
        match village.people.unit_of(home) {
            Some(unit) => {
                if let Some(row) = rows.iter_mut().find(|row| row.id == unit.id) {
                    row.households += 1;
                    row.people += here(village, home);
                }
            }
            None => unplaced += 1,
        }
    }
    UnitList { grid: village.people.grid_name(grid).to_owned(), rows, households, unplaced }
}

/// The units that households of the grid can be placed in, or of all grids with their names.
pub fn unit_choices(village: &Village, grid: Option<GridId>) -> Vec<(UnitId, String)> {
    let units = &village.people.units;
    if grid.is_some() {
        return units.of(grid).into_iter().map(|unit| (unit.id, village.unit_name(unit))).collect();
    }
    let grids = village.people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
    let all = grids.flat_map(|grid| units.of(grid));
    all.map(|unit| (unit.id, long_name(village, unit))).collect()
}

/// 「第一网格 第3单元」
pub fn long_name(village: &Village, unit: &TenHouseholdUnit) -> String {
    match unit.grid {
        Some(_) => format!("{} {}", village.people.grid_name(unit.grid), village.unit_name(unit)),
        None => village.unit_name(unit),
    }
}

/// Who could head the unit: grown people of its households, heads of households
/// first; while it has none, the heads of all households and the party members of the grid.
pub fn head_candidates(
    village: &Village,
    grid: Option<GridId>,
    unit: Option<UnitId>,
    today: Date,
) -> Vec<(PersonId, String)> {
    let people = &village.people;
    let own: Vec<&Household> = unit.map(|unit| people.households_of(unit).collect()).unwrap_or_default();
    let all: Vec<&Household> = people.households.iter().filter(|home| home.grid == grid).collect();
    let homes = if own.is_empty() { &all } else { &own };
    let heads = homes.iter().filter_map(|home| Some((village.head(home.id)?, *home, true)));
    let others = homes.iter().flat_map(|home| home.people.iter().map(|person| (*person, *home, false)));
    let is_wanted = |person: &Person, home: &Household, is_head: bool| {
        let is_other = !is_head && village.head(home.id) != Some(person.id);
        let counts = is_head || is_other && (!own.is_empty() || !person.memberships.is_empty());
        counts && person.is_here() && !person.erased && adult(village, person.id, today)
    };
    let found = heads.chain(others).filter_map(|(id, home, is_head)| {
        let person = people.persons.get(id).filter(|person| is_wanted(person, home, is_head))?;
        let role = match (is_head, person.memberships.is_empty()) {
            (true, _) => "户主",
            (_, false) => "党员",
            _ => "",
        };
        Some((id, format!("{}({}{role})", village.name(id), home.number)))
    });
    found.collect()
}

/// A unit that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedUnit {
    /// 「第3单元」
    pub name: String,
    /// 户号 of its first household.
    pub first: String,
    /// 户号 of its last household.
    pub last: String,
    /// Its households.
    pub households: Vec<HouseholdId>,
}

/// Units of about this size for the households of a grid that are in none, by
/// their numbers. No unit is left with a few.
pub fn propose(village: &Village, grid: Option<GridId>, size: usize) -> Vec<ProposedUnit> {
    let people = &village.people;
    let free = people.households.iter().filter(|home| home.grid == grid && people.unit_of(home).is_none());
    let mut homes: Vec<&Household> = free.collect();
    sort_by_number(&mut homes);
    let size = size.clamp(1, UNIT_HOUSEHOLDS_MAX);
    let count = ((homes.len() + size / 2) / size).max(homes.len().div_ceil(UNIT_HOUSEHOLDS_MAX));
    let (Some(each), Some(larger)) = (homes.len().checked_div(count), homes.len().checked_rem(count)) else {
        return Vec::new();
    };
    let mut rest = homes.as_slice();
    let units = (0..count).map_while(|place| {
        let (unit, after) = rest.split_at_checked(each + usize::from(place < larger))?;
        rest = after;
        let number = people.units.next_number(grid).saturating_add(u16::try_from(place).unwrap_or(u16::MAX));
        Some(ProposedUnit {
            name: numbered(number),
            first: unit.first()?.number.to_string(),
            last: unit.last()?.number.to_string(),
            households: unit.iter().map(|home| home.id).collect(),
        })
    });
    units.collect()
}

/// Puts households in the order of their numbers.
pub(super) fn sort_by_number(homes: &mut [&Household]) {
    let mut keyed: Vec<_> = homes.iter().map(|home| (natural(&home.number), *home)).collect();
    sort_by_key(&mut keyed, |(key, _)| key.clone());
    for (place, (_, home)) in homes.iter_mut().zip(keyed) {
        *place = home;
    }
}

/// A household number so that 2-9 comes before 2-10.
fn natural(number: &str) -> Vec<(u64, String)> {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let signs: Vec<char> = number.chars().collect();
    let parts = signs.chunk_by(|one, other| is_digit(*one) == is_digit(*other));
    let part = |part: &[char]| {
        let text: String = part.iter().collect();
        text.parse().map_or((u64::MAX, text), |number| (number, String::new()))
    };
    parts.map(part).collect()
}
