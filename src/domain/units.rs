//! 十户单元: an optional layer under the grids, each unit of about ten
//! households with a head 「十户长」.
//!
//! A unit has a number in its grid. A name of its own is in the register,
//! since villages call their units after people.

use thiserror::Error;

use super::contradiction::{Contradiction, fresh};
use super::event::Event;
use super::id::{GridId, HouseholdId, PersonId, UnitId};
use super::order::sort_by_key;
use super::people::{Household, People};
use super::register::Field;
use super::table::Table;
use super::village::Village;

/// About so many households make a unit.
pub const UNIT_HOUSEHOLDS: usize = 10;
/// The most households in a unit.
pub const UNIT_HOUSEHOLDS_MAX: usize = 30;
/// The most units in a grid, and the greatest number of a unit.
pub const UNITS_MAX: u16 = 200;

/// 十户单元
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TenHouseholdUnit {
    /// The unit's id.
    pub id: UnitId,
    /// The grid in which it lies; none in a village without grids.
    pub grid: Option<GridId>,
    /// Its number in the grid, from 1.
    pub number: u16,
    /// 十户长
    pub head: Option<PersonId>,
}

impl TenHouseholdUnit {
    /// 「第3单元」
    pub fn numbered(&self) -> String {
        numbered(self.number)
    }
}

/// 「第3单元」
pub fn numbered(number: u16) -> String {
    format!("第{number}单元")
}

/// What changes about a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitChange {
    /// It has this head, or none.
    Headed(Option<PersonId>),
    /// It has another number.
    Renumbered(u16),
    /// It was set up twice, and is this one now.
    JoinedTo(UnitId),
    /// 撤销: its households are in no unit.
    Dissolved,
}

/// What a unit is called and who heads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTerms {
    /// Its number in the grid; the next free one for none.
    pub number: Option<u16>,
    /// A name of its own; may be empty.
    pub name: String,
    /// 十户长
    pub head: Option<PersonId>,
}

/// What is done with units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitAct {
    /// 添加单元
    Add {
        /// In which grid.
        grid: Option<GridId>,
        /// As what.
        terms: UnitTerms,
    },
    /// 改单元
    Change {
        /// Which.
        unit: UnitId,
        /// To what; without a number it keeps its own.
        terms: UnitTerms,
    },
    /// 编入单元; out of every unit for none.
    Place {
        /// Into which.
        unit: Option<UnitId>,
        /// Which households.
        households: Vec<HouseholdId>,
    },
    /// 自动编组: a new unit for each group of households.
    Arrange {
        /// In which grid.
        grid: Option<GridId>,
        /// Households without a unit.
        groups: Vec<Vec<HouseholdId>>,
    },
    /// 撤销单元
    Dissolve(UnitId),
}

/// Why something is not done with units.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnitRefusal {
    /// The unit does not exist.
    #[error("找不到这个十户单元,请刷新后再试。")]
    Unknown,
    /// The grid does not exist.
    #[error("找不到这个网格,请刷新后再试。")]
    UnknownGrid,
    /// A number outside of the range.
    #[error("单元的序号要在 1 到 {UNITS_MAX} 之间。")]
    BadNumber,
    /// Another unit of the grid has the number.
    #[error("这个网格已经有{}了,请换一个序号。", numbered(*.0))]
    NumberTaken(u16),
    /// Another unit of the grid has the name.
    #[error("这个网格已经有「{0}」了,请换一个名称。")]
    NameTaken(String),
    /// The grid has as many units as it may.
    #[error("这个网格会有 {found} 个单元,最多 {UNITS_MAX} 个。请检查是不是选错了。")]
    TooManyUnits {
        /// So many there would be.
        found: usize,
    },
    /// Households of another grid.
    #[error("有 {count} 户(户号 {first} 等)不在这个网格,不能编进来。请只选同一个网格的户。")]
    OtherGrid {
        /// The first such number.
        first: String,
        /// How many there are.
        count: usize,
    },
    /// The unit would be too large.
    #[error("{unit}会有 {found} 户,一个单元最多 {UNIT_HOUSEHOLDS_MAX} 户。请少选一些;导入时请检查「十户单元」一列。")]
    TooManyHouseholds {
        /// What the unit is called.
        unit: String,
        /// So many there would be.
        found: usize,
    },
    /// Households that are in a unit already.
    #[error("有 {count} 户(户号 {first} 等)已经编进单元了。请关掉再重新排一次。")]
    AlreadyPlaced {
        /// The first such number.
        first: String,
        /// How many there are.
        count: usize,
    },
    /// Units of two grids are not one.
    #[error("这两个单元不在同一个网格,不能合并。")]
    TwoGrids,
    /// The head moved away, died or was erased.
    #[error("选的十户长已经不在本村,请换一位。")]
    HeadNotHere,
}

/// All units.
#[derive(Clone, Debug, Default)]
pub struct Units {
    rows: Table<UnitId, TenHouseholdUnit>,
    /// Few: which became which, and which are gone.
    joined: Vec<(UnitId, UnitId)>,
    dissolved: Vec<UnitId>,
}

impl<'a> IntoIterator for &'a Units {
    type Item = &'a TenHouseholdUnit;
    type IntoIter = std::slice::Iter<'a, TenHouseholdUnit>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Units {
    /// The unit that this one is now.
    pub fn get(&self, id: UnitId) -> Option<&TenHouseholdUnit> {
        self.rows.get(self.now(id))
    }

    /// Every unit, in the order in which they came.
    pub fn iter(&self) -> std::slice::Iter<'_, TenHouseholdUnit> {
        self.rows.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The units of a grid, by their numbers.
    pub fn of(&self, grid: Option<GridId>) -> Vec<&TenHouseholdUnit> {
        let mut units: Vec<_> = self.iter().filter(|unit| unit.grid == grid).collect();
        sort_by_key(&mut units, |unit| unit.number);
        units
    }

    /// The next free number in a grid: above all that are in use.
    pub fn next_number(&self, grid: Option<GridId>) -> u16 {
        self.of(grid).last().map_or(1, |unit| unit.number.saturating_add(1))
    }

    fn now(&self, id: UnitId) -> UnitId {
        let mut now = id;
        while let Some((_, next)) = self.joined.iter().find(|(gone, _)| *gone == now) {
            now = *next;
        }
        now
    }

    fn get_mut(&mut self, id: UnitId) -> Result<&mut TenHouseholdUnit, Contradiction> {
        self.rows.get_mut(self.now(id)).ok_or(UNKNOWN)
    }
}

const UNKNOWN: Contradiction = Contradiction::Unknown("十户单元");

impl People {
    /// The unit of the household.
    pub fn unit_of(&self, household: &Household) -> Option<&TenHouseholdUnit> {
        self.units.get(household.unit?)
    }

    /// The households of the unit, in the order of the roster.
    pub fn households_of(&self, unit: UnitId) -> impl Iterator<Item = &Household> {
        self.households.iter().filter(move |home| self.unit_of(home).is_some_and(|known| known.id == unit))
    }
}

impl Village {
    /// What the unit is called: its own name, or 「第3单元」.
    pub fn unit_name(&self, unit: &TenHouseholdUnit) -> String {
        let own = self.register.text(unit.id, Field::Name);
        if own.is_empty() { unit.numbered() } else { own.to_owned() }
    }

    /// The head of the unit, if they are here.
    pub fn unit_head(&self, unit: &TenHouseholdUnit) -> Option<PersonId> {
        let head = self.people.person_now(unit.head?);
        let person = self.people.persons.get(head)?;
        (person.is_here() && !person.erased).then_some(head)
    }

    /// Folds what happens to units.
    #[inline(never)]
    pub(super) fn apply_units(&mut self, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::UnitAdded { unit, grid, number } => {
                self.counters.observe(*unit);
                let grid = grid.map(|grid| self.people.grid_now(grid));
                if grid.is_some_and(|grid| self.people.grids.get(grid).is_none()) {
                    return Err(Contradiction::Unknown("网格"));
                }
                let row = TenHouseholdUnit { id: *unit, grid, number: *number, head: None };
                fresh(self.people.units.rows.insert(*unit, row), "十户单元")
            }
            Event::HouseholdsPlaced { unit, households } => self.place(*unit, households),
            Event::UnitChanged { unit, change } => self.change_unit(*unit, *change),
            _ => Ok(()),
        }
    }

    fn place(&mut self, unit: Option<UnitId>, households: &[HouseholdId]) -> Result<(), Contradiction> {
        let people = &mut self.people;
        let unit = unit.map(|unit| people.units.get(unit).copied().ok_or(UNKNOWN)).transpose()?;
        let now: Vec<HouseholdId> = households.iter().map(|id| people.household_now(*id)).collect();
        if now.iter().any(|id| people.households.get(*id).is_none()) {
            return Err(Contradiction::Unknown("户"));
        }
        for id in now {
            let home = people.households.get_mut(id);
            // One that became a household of another grid keeps what that one had.
            let fitting = home.filter(|home| unit.is_none_or(|unit| unit.grid == home.grid));
            if let Some(home) = fitting {
                home.unit = unit.map(|unit| unit.id);
            }
        }
        Ok(())
    }

    fn change_unit(&mut self, id: UnitId, change: UnitChange) -> Result<(), Contradiction> {
        let units = &mut self.people.units;
        match change {
            UnitChange::Headed(head) => {
                let head = head.map(|head| self.people.person_now(head));
                if head.is_some_and(|head| self.people.persons.get(head).is_none()) {
                    return Err(Contradiction::Unknown("人"));
                }
                self.people.units.get_mut(id)?.head = head;
            }
            // Of one that was joined to another meanwhile, the number and the end mean nothing.
            UnitChange::Renumbered(_) | UnitChange::Dissolved if units.now(id) != id => {}
            UnitChange::Renumbered(number) => units.get_mut(id)?.number = number,
            UnitChange::JoinedTo(kept) => {
                // Two laptops may have joined the same units, in either direction.
                let (gone, kept) = (units.now(id), units.now(kept));
                if gone != kept {
                    let left = *units.get_mut(gone)?;
                    let home = units.get_mut(kept)?;
                    home.head = home.head.or(left.head);
                    units.rows.remove(gone);
                    units.joined.push((gone, kept));
                }
            }
            UnitChange::Dissolved => {
                // Two laptops may both have dissolved it.
                if units.rows.remove(id).is_none() && !units.dissolved.contains(&id) {
                    return Err(UNKNOWN);
                }
                units.dissolved.push(id);
            }
        }
        Ok(())
    }
}
