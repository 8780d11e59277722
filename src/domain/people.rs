//! Grids, households, people and party members, as facts with opaque ids.
//!
//! Names and everything else personal are in the register; here is only who
//! belongs where. Rows stand in flat vectors, found through an index by id.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::civil::Date;

use super::id::{GridId, HouseholdId, PersonId};
use super::roster::MemberType;

/// Rows in the order in which they came, found by id.
#[derive(Clone, Debug)]
pub struct Table<I, R> {
    rows: Vec<R>,
    index: HashMap<I, usize>,
}

impl<I, R> Default for Table<I, R> {
    fn default() -> Self {
        Self { rows: Vec::new(), index: HashMap::new() }
    }
}

impl<I: Copy + Eq + Hash, R> Table<I, R> {
    /// Adds a row; `false` when the id is already there and nothing was added.
    pub fn insert(&mut self, id: I, row: R) -> bool {
        if self.index.contains_key(&id) {
            return false;
        }
        self.index.insert(id, self.rows.len());
        self.rows.push(row);
        true
    }

    /// The row of this id.
    pub fn get(&self, id: I) -> Option<&R> {
        self.index.get(&id).and_then(|position| self.rows.get(*position))
    }

    /// The row of this id, to be changed.
    pub fn get_mut(&mut self, id: I) -> Option<&mut R> {
        self.index.get(&id).and_then(|position| self.rows.get_mut(*position))
    }

    /// Every row, in the order in which they came.
    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.rows.iter()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'a, I: Copy + Eq + Hash, R> IntoIterator for &'a Table<I, R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// 网格
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The grid's id.
    pub id: GridId,
    /// Its number in the village, from 1.
    pub number: u16,
    /// Its name, such as 第二网格.
    pub name: String,
}

/// 户: the points account of the villager ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// The household's id.
    pub id: HouseholdId,
    /// Household number as the village writes it, such as `2-017`.
    pub number: String,
    /// The grid in which it lies, where known.
    pub grid: Option<GridId>,
    /// Village group 「组」; may be empty.
    pub group: String,
    /// Its people; the head stands first.
    pub people: Vec<PersonId>,
}

/// What stands where the name of an erased person stood.
pub const ERASED: &str = "已删除";

/// 人
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// The household to which the person belongs.
    pub household: HouseholdId,
    /// Party member types with the dates from which they count, oldest first.
    pub memberships: Vec<Membership>,
    /// The register was told to forget the person; the points stay.
    pub erased: bool,
}

/// A type of party member, from a date on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// 党员类型
    pub kind: MemberType,
    /// First day on which the type counts.
    pub from: Date,
}

impl Person {
    /// The member type in force on the day.
    pub fn member_type_on(&self, day: Date) -> Option<MemberType> {
        self.memberships.iter().rev().find(|membership| membership.from <= day).map(|membership| membership.kind)
    }

    /// The latest member type.
    pub fn member_type(&self) -> Option<MemberType> {
        self.memberships.last().map(|membership| membership.kind)
    }
}

/// Who lives in the village.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// 网格
    pub grids: Table<GridId, Grid>,
    /// 户
    pub households: Table<HouseholdId, Household>,
    /// 人
    pub persons: Table<PersonId, Person>,
}

impl People {
    /// The household with this number.
    pub fn household_by_number(&self, number: &str) -> Option<&Household> {
        self.households.iter().find(|household| household.number == number)
    }

    /// The grid with this name.
    pub fn grid_by_name(&self, name: &str) -> Option<&Grid> {
        self.grids.iter().find(|grid| grid.name == name)
    }

    /// Party members, in the order in which the people came.
    pub fn members(&self) -> impl Iterator<Item = &Person> {
        self.persons.iter().filter(|person| !person.memberships.is_empty())
    }

    /// Name of the grid, or 「未分网格」.
    pub fn grid_name(&self, grid: Option<GridId>) -> &str {
        grid.and_then(|id| self.grids.get(id)).map_or("未分网格", |grid| grid.name.as_str())
    }
}
