//! A county of any size: as many accounts, points and cases as are asked for,
//! over two years, so that speed can be measured on what a county holds.
//!
//! Pure and seeded like the demo village, and of the same names, items and
//! matters. Unlike there, the events are written directly: deciding a million
//! lines one activity at a time would take minutes. They follow from each
//! other all the same and fold without a contradiction; only caps, and that a
//! balance stays above zero, are not looked at.

mod cases;
mod points;

use jiff::civil::Date;

use self::cases::Docket;
use self::points::Programme;
use super::random::Random;
use super::roster::GROUPS;
use super::{DemoAct, names};
use crate::domain::calendar::{Moment, add_days};
use crate::domain::decide::Decision;
use crate::domain::event::Event;
use crate::domain::id::{Counters, DeviceId, GridId, HouseholdId, PersonId};
use crate::domain::points::rule::RuleBook;
use crate::domain::register::{Field, Notes};
use crate::domain::roster::Sex;

/// Days over which the county is active, until yesterday.
pub const DAYS: i32 = 730;
/// Households of a grid.
pub const GRID_HOUSEHOLDS: usize = 30;
/// Grids of a village; who takes part in an activity lives in one village.
pub const VILLAGE_GRIDS: usize = 16;

/// How much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Entries of the villager ledger, reversals among them.
    pub entries: usize,
    /// Cases.
    pub cases: usize,
    /// Grids, of [`GRID_HOUSEHOLDS`] households each.
    pub grids: usize,
}

impl Size {
    /// The county: 3,463 grids with 103,890 households.
    pub const COUNTY: Self = Self { entries: 1_000_000, cases: 55_455, grids: 3_463 };

    /// A part of the county with so many entries, and as many cases and grids
    /// as belong to them.
    pub fn of_entries(entries: usize) -> Self {
        // In 64 bits: the products do not fit into the `usize` of wasm.
        let share = |of: usize| {
            let product = of as u64 * entries as u64;
            usize::try_from(product.div_ceil(Self::COUNTY.entries as u64)).unwrap_or(of).max(1)
        };
        Self { entries, cases: share(Self::COUNTY.cases), grids: share(Self::COUNTY.grids) }
    }

    /// Households.
    pub const fn households(self) -> usize {
        self.grids * GRID_HOUSEHOLDS
    }
}

/// A household: its grid and its head, who is the only person of it here.
#[derive(Clone, Copy, Debug)]
struct Home {
    household: HouseholdId,
    grid: GridId,
    head: PersonId,
}

/// What is going to be recorded, by its place in the plan that made it.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Activity(usize),
    Correction(usize),
    Open(usize),
    Step(usize, cases::CountyStep),
}

/// Writes what happens as acts, in the order in which it happens.
struct Clerk {
    device: DeviceId,
    counters: Counters,
    acts: Vec<DemoAct>,
}

impl Clerk {
    /// One act: `write` gives ids and texts to the events.
    fn record(&mut self, at: Moment, write: impl FnOnce(&mut Notes<'_>) -> Vec<Event>) {
        let mut notes = Notes::new(&mut self.counters, self.device);
        let events = write(&mut notes);
        self.acts
            .push(DemoAct { at, decision: Decision { events, texts: notes.into_changes(), ..Decision::default() } });
    }
}

/// Makes a county as it stands on the morning of `today`, oldest act first.
pub fn generate(seed: u64, size: Size, today: Date, device: DeviceId) -> Vec<DemoAct> {
    let mut random = Random::new(seed);
    let first = add_days(today, -DAYS);
    let mut clerk = Clerk { device, counters: Counters::default(), acts: Vec::new() };
    let book = found(&mut clerk, first);
    let homes = settle(&mut clerk, size, first, &mut random);
    let mut programme = Programme::plan(size.entries, &book, homes.len(), &mut random);
    let mut docket = Docket::plan(size.cases, today, homes.len(), &mut random);
    let mut plans = programme.deeds(first);
    plans.extend(docket.deeds(today, &mut random));
    plans.sort_by_key(|(at, _)| *at);
    clerk.acts.reserve(plans.len());
    for (at, deed) in plans {
        match deed {
            Deed::Activity(place) => programme.post(&mut clerk, at, place, &homes, &mut random),
            Deed::Correction(place) => programme.correct(&mut clerk, at, place),
            Deed::Open(case) => docket.open(&mut clerk, at, case, &homes),
            Deed::Step(case, step) => docket.step(&mut clerk, at, case, step),
        }
    }
    clerk.acts
}

/// The county is set up, and adopts the suggested rule book.
fn found(clerk: &mut Clerk, first: Date) -> RuleBook {
    let effective = jiff::civil::date(first.year(), 1, 1);
    let book = Notes::new(&mut clerk.counters, clerk.device).suggested_rule_book(effective);
    let adopted = book.clone();
    clerk.record(Moment::at(add_days(first, -16), 9, 0), |_| {
        let (name, county) = ("临河县".to_owned(), "临河县".to_owned());
        vec![Event::VillageFounded { name, town: String::new(), county }, Event::RuleBookAdopted(adopted)]
    });
    book
}

/// Every village brings its roster: its grids, households and their heads.
fn settle(clerk: &mut Clerk, size: Size, first: Date, random: &mut Random) -> Vec<Home> {
    let mut homes = Vec::with_capacity(size.households());
    let founded = Moment::at(add_days(first, -15), 8, 0);
    let grids: Vec<usize> = (1..=size.grids).collect();
    for (village, grids) in (1..).zip(grids.chunks(VILLAGE_GRIDS)) {
        let at = Moment(founded.0 + i64::from(village) * 60_000);
        clerk.record(at, |notes| {
            let mut events = Vec::with_capacity(grids.len() * (1 + 2 * GRID_HOUSEHOLDS));
            for number in grids {
                let grid: GridId = notes.fresh();
                let name = format!("第{number:04}网格");
                let number = u16::try_from(*number).unwrap_or(u16::MAX);
                events.push(Event::GridAdded { grid, number, name });
                for place in 0..GRID_HOUSEHOLDS {
                    homes.push(settle_home(notes, &mut events, (grid, number), place, random));
                }
            }
            events
        });
    }
    homes
}

fn settle_home(
    notes: &mut Notes<'_>,
    events: &mut Vec<Event>,
    (grid, number): (GridId, u16),
    place: usize,
    random: &mut Random,
) -> Home {
    let (household, head) = (notes.fresh(), notes.fresh());
    let group = GROUPS[place * GROUPS.len() / GRID_HOUSEHOLDS].into();
    let number = format!("{number}-{:03}", place + 1).into();
    events.push(Event::HouseholdAdded { household, number, grid: Some(grid), group });
    events.push(Event::PersonAdded { person: head, household });
    let sex = if random.chance(86) { Sex::Male } else { Sex::Female };
    notes.set(head, Field::Name, &names::any(random, sex));
    Home { household, grid, head }
}
