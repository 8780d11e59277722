//! 网格和十户单元的排行: points of a quarter per household, or per villager. How many
//! there are stands beside it; a few of them say little and are greyed.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use super::tag::thousands;
use crate::domain::calendar::Quarter;
use crate::domain::id::{GridId, UnitId};
use crate::domain::order::sort_by_key;
use crate::domain::points::sums::all_account_sums;
use crate::domain::rate::Rate;
use crate::domain::village::Village;

/// With fewer accounts a figure per account says little.
pub const N_MIN: usize = 5;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// 网格
    Grid,
    /// 十户单元
    Unit,
}

/// A group of households.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Those of a grid; of none.
    Grid(Option<GridId>),
    /// Those of a unit.
    Unit(UnitId),
}

impl Group {
    /// Among groups of one kind.
    fn raw(self) -> u64 {
        match self {
            Self::Grid(grid) => grid.map_or(0, GridId::raw),
            Self::Unit(unit) => unit.raw(),
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// Which.
    pub group: Group,
    /// From 1; equal figures share the better place.
    pub place: usize,
    /// Name of the grid or unit.
    pub name: String,
    /// Of a unit: the grid, and its 十户长.
    pub detail: [String; 2],
    /// How many accounts there are: 户数 or 人数.
    pub n: usize,
    /// Those with points, of all: `81.82%(9/11)`.
    pub active: String,
    /// 得分 of the quarter, of all of them together.
    pub score: i64,
    /// 户均 or 人均得分; all of one ranking with as many decimals.
    pub mean: String,
    /// Whether there are too few of them to say much.
    pub is_small: bool,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    n: usize,
    active: u64,
    score: i64,
}

/// Grids, or units (of a grid, or of the village), the best first. Nothing is
/// said of groups without households.
pub fn group_ranking(village: &Village, by: GroupBy, quarter: Quarter, grid: Option<GridId>) -> Vec<GroupRow> {
    let people = &village.people;
    let all = all_account_sums(village, quarter);
    // In the order of the grids, so that equals stay in it.
    let grids = || people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
    let groups: Vec<Group> = match by {
        GroupBy::Grid => grids().map(Group::Grid).collect(),
        GroupBy::Unit => grids().flat_map(|grid| people.units.of(grid)).map(|unit| Group::Unit(unit.id)).collect(),
    };
    let places: HashMap<u64, usize> = groups.iter().zip(0..).map(|(group, place)| (group.raw(), place)).collect();
    let mut found: Vec<(Group, Sums)> = groups.into_iter().map(|group| (group, Sums::default())).collect();
    for (home, account) in village.villagers_on(quarter.last_day()) {
        let group = match by {
            GroupBy::Grid => Some(Group::Grid(home.grid)),
            GroupBy::Unit => people.unit_of(home).map(|unit| Group::Unit(unit.id)),
        };
        let group = group.filter(|_| by == GroupBy::Grid || grid.is_none() || home.grid == grid);
        if let Some(place) = group.and_then(|group| places.get(&group.raw())) {
            let (sums, own) = (&mut found[*place].1, all.of(account));
            sums.n += 1;
            sums.active += u64::from(own.has_points);
            sums.score = sums.score.saturating_add(own.score());
        }
    }
    found.retain(|(_, sums)| sums.n > 0);
    sort_by_key(&mut found, |(_, sums)| Reverse(Mean(*sums)));
    let digits = decimals(found.iter().map(|(_, sums)| *sums));
    let mut rows: Vec<GroupRow> = Vec::with_capacity(found.len());
    for (position, (group, sums)) in found.iter().enumerate() {
        let same = position.checked_sub(1).filter(|before| Mean(found[*before].1) == Mean(*sums));
        let place = same.and_then(|before| rows.get(before)).map_or(position + 1, |row| row.place);
        rows.push(row(village, *group, *sums, place, digits));
    }
    rows
}

/// Points per account, compared without rounding.
struct Mean(Sums);

impl Ord for Mean {
    fn cmp(&self, other: &Self) -> Ordering {
        let times = |score: i64, n: usize| i128::from(score) * i128::try_from(n).unwrap_or(i128::MAX);
        times(self.0.score, other.0.n).cmp(&times(other.0.score, self.0.n))
    }
}

impl PartialOrd for Mean {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Mean {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Mean {}

fn row(village: &Village, group: Group, sums: Sums, place: usize, digits: u32) -> GroupRow {
    let people = &village.people;
    let (name, detail) = match group {
        Group::Grid(grid) => (people.grid_name(grid).to_owned(), [String::new(), String::new()]),
        Group::Unit(unit) => people.units.get(unit).map_or_else(Default::default, |unit| {
            let head = village.unit_head(unit).map_or("", |head| village.name(head));
            (village.unit_name(unit), [people.grid_name(unit.grid).to_owned(), head.to_owned()])
        }),
    };
    GroupRow {
        group,
        place,
        name,
        detail,
        n: sums.n,
        active: Rate::new(sums.active, u64::try_from(sums.n).unwrap_or(u64::MAX)).to_string(),
        score: sums.score,
        mean: mean(sums, digits),
        is_small: sums.n < N_MIN,
    }
}

/// One decimal; two in the whole column where some mean is below 1, of which one tells little.
fn decimals(mut all: impl Iterator<Item = Sums>) -> u32 {
    let is_below =
        |sums: Sums| sums.score != 0 && sums.score.unsigned_abs() < u64::try_from(sums.n).unwrap_or(u64::MAX);
    if all.any(is_below) { 2 } else { 1 }
}

/// With so many decimals, half up away from nought.
fn mean(sums: Sums, digits: u32) -> String {
    let n = i128::try_from(sums.n).unwrap_or(i128::MAX);
    let score = i128::from(sums.score);
    let parts = 10_i128.pow(digits);
    let scaled = (2 * score.abs() * parts + n).checked_div(2 * n).unwrap_or_default();
    let whole = thousands(i64::try_from(scaled / parts).unwrap_or(i64::MAX));
    let sign = if score < 0 && scaled > 0 { "−" } else { "" };
    format!("{sign}{whole}.{:0width$}", scaled % parts, width = digits as usize)
}
