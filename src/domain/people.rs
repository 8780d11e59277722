//! Grids, households, people and party members, as facts with opaque ids.
//!
//! Names and everything else personal are in the register; here is only who
//! belongs where.

use jiff::civil::Date;
use smol_str::SmolStr;
use thiserror::Error;

use super::calendar::{add_days, long_date};
use super::id::{GridId, HouseholdId, Identifier, PersonId, UnitId, parts};
use super::order::sort_by_key;
use super::roster::{MemberType, words};
use super::table::{IdMap, Table};
use super::units::Units;

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
    pub number: SmolStr,
    /// The grid in which it lies, where known.
    pub grid: Option<GridId>,
    /// Village group 「组」; may be empty.
    pub group: SmolStr,
    /// The unit in which it was placed; see [`People::unit_of`].
    pub unit: Option<UnitId>,
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
    /// What changed, with the dates from which it counts, oldest first.
    pub changes: Vec<(Date, PersonChange)>,
    /// The register was told to forget the person; the points stay.
    pub erased: bool,
}

/// What can change about a person. It counts from its date, never backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonChange {
    /// 组织关系转出: no party member of this village any more.
    LeftParty,
    /// 迁出
    MovedAway,
    /// 迁回
    Returned,
    /// 去世
    Died,
}

words!(PersonChange { LeftParty = "组织关系转出", MovedAway = "迁出", Returned = "迁回", Died = "去世" });

/// Why a change of a person is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PersonRefusal {
    /// Something later is recorded already.
    #[error("{} 已经有一次变更,新的变更不能比它早。", long_date(*.0))]
    BeforeLast(Date),
    /// The dead do not change.
    #[error("已登记去世,不能再变更。登错了请找出原来的记录核实。")]
    Dead,
    /// Only party members leave the party's village.
    #[error("现在不是本村党员,不能登记组织关系转出。")]
    NoMember,
    /// The type is in force.
    #[error("已经是「{}」,不用变更。", .0.word())]
    SameType(MemberType),
    /// Who has not moved away cannot return.
    #[error("没有迁出,不用登记迁回。")]
    NotAway,
    /// Moved away before.
    #[error("已经登记迁出了。")]
    AlreadyAway,
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
    /// The member type in force on the day; none for who has left, moved away or died by then.
    pub fn member_type_on(&self, day: Date) -> Option<MemberType> {
        let membership = self.memberships.iter().rev().find(|membership| membership.from <= day)?;
        let left = self.changes.iter().rev().find(|(from, change)| *from <= day && *change == PersonChange::LeftParty);
        let has_left = left.is_some_and(|(from, _)| *from >= membership.from);
        (!has_left && self.is_here_on(day)).then_some(membership.kind)
    }

    /// The member type in force on the day or, of who is no member then, the last one before.
    pub fn member_type_by(&self, day: Date) -> Option<MemberType> {
        self.member_type_on(day).or_else(|| {
            let mut ends = self.changes.iter().rev().filter(|(from, _)| *from <= day);
            ends.find_map(|(from, _)| self.member_type_on(add_days(*from, -1)))
        })
    }

    /// Whether the person belongs to the village on the day: has not moved away, and lives.
    pub fn is_here_on(&self, day: Date) -> bool {
        self.presence(|from| from <= day) == PersonChange::Returned
    }

    /// The same by the latest change.
    pub fn is_here(&self) -> bool {
        self.presence(|_| true) == PersonChange::Returned
    }

    /// The latest of those changes that say whether somebody is here.
    fn presence(&self, counts: impl Fn(Date) -> bool) -> PersonChange {
        let about = |change: PersonChange| change != PersonChange::LeftParty;
        let last = self.changes.iter().rev().find(|(from, change)| counts(*from) && about(*change));
        last.map_or(PersonChange::Returned, |(_, change)| *change)
    }

    /// The latest change, if there was one.
    pub fn last_change(&self) -> Option<(Date, PersonChange)> {
        self.changes.last().copied()
    }

    /// Adds a change at its place in time.
    pub(super) fn change(&mut self, from: Date, change: PersonChange) {
        let place = self.changes.partition_point(|(known, _)| *known <= from);
        self.changes.insert(place, (from, change));
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
    /// 十户单元
    pub units: Units,
    /// 户
    pub households: Table<HouseholdId, Household>,
    /// 人
    pub persons: Table<PersonId, Person>,
    joined_households: IdMap<HouseholdId, HouseholdId>,
    joined_persons: IdMap<PersonId, PersonId>,
    /// Grids that another laptop had added under the same name.
    same_grids: IdMap<GridId, GridId>,
}

impl People {
    /// The grid that this one is: itself, or the one of the same name that
    /// another laptop had added before.
    pub fn grid_now(&self, id: GridId) -> GridId {
        self.same_grids.get(id).unwrap_or(id)
    }

    /// Adds a grid. One laptop never gives two the same name, so a name that
    /// another laptop gave before means the same grid.
    pub(super) fn add_grid(&mut self, grid: Grid) -> bool {
        let same = if self.grids.are_of_one_laptop(grid.id) { None } else { self.grid_by_name(&grid.name) };
        match same.map(|same| same.id).filter(|same| parts(same.raw()).0 != parts(grid.id.raw()).0) {
            Some(same) => self.same_grids.insert(grid.id, same).is_none(),
            None => self.grids.insert(grid.id, grid),
        }
    }

    /// The household that this one is now: itself, or the one it was joined to.
    pub fn household_now(&self, id: HouseholdId) -> HouseholdId {
        follow(&self.joined_households, id)
    }

    /// The person that this one is now: itself, or the one it was joined to.
    pub fn person_now(&self, id: PersonId) -> PersonId {
        follow(&self.joined_persons, id)
    }

    /// The ids under which the person was entered, the present one first.
    pub fn ids_of(&self, id: PersonId) -> impl Iterator<Item = PersonId> {
        let gone = self.joined_persons.iter().map(|(gone, _)| gone);
        std::iter::once(id).chain(gone.filter(move |gone| self.person_now(*gone) == id))
    }

    /// The ids under which the household was entered, the present one first.
    pub fn household_ids_of(&self, id: HouseholdId) -> impl Iterator<Item = HouseholdId> {
        let gone = self.joined_households.iter().map(|(gone, _)| gone);
        std::iter::once(id).chain(gone.filter(move |gone| self.household_now(*gone) == id))
    }

    /// Joins a household that was entered twice to the other one; its people
    /// move over. `false` when they are one already, or one of them is unknown.
    pub(super) fn join_households(&mut self, gone: HouseholdId, kept: HouseholdId) -> bool {
        let (gone, kept) = (self.household_now(gone), self.household_now(kept));
        if gone == kept || self.households.get(kept).is_none() {
            return false;
        }
        let Some(left) = self.households.remove(gone) else {
            return false;
        };
        self.joined_households.insert(gone, kept);
        for id in &left.people {
            if let Some(person) = self.persons.get_mut(*id) {
                person.household = kept;
            }
        }
        if let Some(home) = self.households.get_mut(kept) {
            home.unit = home.unit.or(left.unit.filter(|_| home.grid == left.grid));
            home.people.extend(left.people);
        }
        true
    }

    /// Joins a person who was entered twice to the other one.
    pub(super) fn join_persons(&mut self, gone: PersonId, kept: PersonId) -> bool {
        let (gone, kept) = (self.person_now(gone), self.person_now(kept));
        if gone == kept || self.persons.get(kept).is_none() {
            return false;
        }
        let Some(left) = self.persons.remove(gone) else {
            return false;
        };
        self.joined_persons.insert(gone, kept);
        if let Some(home) = self.households.get_mut(left.household) {
            home.people.retain(|id| *id != gone);
        }
        if let Some(person) = self.persons.get_mut(kept) {
            person.memberships.extend(left.memberships);
            sort_by_key(&mut person.memberships, |membership| membership.from);
            person.memberships.dedup();
            person.changes.extend(left.changes);
            sort_by_key(&mut person.changes, |(from, _)| *from);
            person.changes.dedup();
            person.erased |= left.erased;
        }
        true
    }

    /// The household with this number.
    pub fn household_by_number(&self, number: &str) -> Option<&Household> {
        self.households.iter().find(|household| household.number == number)
    }

    /// The grid with this name.
    pub fn grid_by_name(&self, name: &str) -> Option<&Grid> {
        self.grids.iter().find(|grid| grid.name == name)
    }

    /// Whether somebody of the household belongs to the village on the day, as
    /// far as its people are known.
    pub fn is_lived_in(&self, household: &Household, day: Date) -> bool {
        let is_here = |id: &PersonId| self.persons.get(*id).is_some_and(|person| person.is_here_on(day));
        household.people.is_empty() || household.people.iter().any(is_here)
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

fn follow<I: Identifier>(joined: &IdMap<I, I>, id: I) -> I {
    let mut now = id;
    while let Some(next) = joined.get(now) {
        now = next;
    }
    now
}
