//! 经手人: those of the village's staff who record and review. Their names are
//! in the register; here are opaque ids.

use super::id::StaffId;
use super::register::Field;
use super::table::Table;
use super::village::Village;

/// Whether somebody still records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Records and reviews.
    Active,
    /// Does so no longer; what was recorded keeps the name.
    Retired,
}

/// One of the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The id.
    pub id: StaffId,
    /// Whether they still record.
    pub standing: Standing,
}

/// All of the staff, in the order in which they were named.
#[derive(Clone, Debug, Default)]
pub struct StaffList(Table<StaffId, Staff>);

impl StaffList {
    /// Names somebody, or changes whether they still record.
    pub(super) fn name(&mut self, id: StaffId, standing: Standing) {
        match self.0.get_mut(id) {
            Some(known) => known.standing = standing,
            None => {
                self.0.insert(id, Staff { id, standing });
            }
        }
    }

    /// The one of this id.
    pub fn get(&self, id: StaffId) -> Option<&Staff> {
        self.0.get(id)
    }

    /// Those who still record.
    pub fn active(&self) -> impl Iterator<Item = &Staff> {
        self.0.iter().filter(|staff| staff.standing == Standing::Active)
    }
}

impl Village {
    /// Whether both are one person. On one laptop a name is not given twice, so two of
    /// one name were named on two laptops.
    pub fn is_same_hand(&self, one: StaffId, other: StaffId) -> bool {
        let [name, others] = [one, other].map(|staff| self.staff_name(Some(staff)));
        one == other || (!name.is_empty() && name == others)
    }

    /// The name of one of the staff; empty for nobody.
    pub fn staff_name(&self, staff: Option<StaffId>) -> &str {
        staff.map_or("", |staff| self.register.text(staff, Field::Name))
    }
}
