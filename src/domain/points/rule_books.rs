//! The versions of the rule book that a village has, also those of a laptop
//! that did not know of another one's.
//!
//! Two laptops may adopt two books under one number. The first in the common
//! order counts; the other one is set aside under a number of its own, so that
//! what was scored under it keeps its items, points and caps for ever.

use jiff::civil::Date;

use super::entries::Cause;
use super::rule::{Item, RuleBook, RuleVersion};
use crate::domain::conflict::ActPlace;
use crate::domain::event::{ClaimVerdict, Event};
use crate::domain::id::{ActivityId, ItemId};
use crate::domain::visits::VisitReward;
use crate::domain::witness::Witness;

/// How far apart the numbers are that books of one number get.
const ASIDE_STEP: u16 = 1_000;
/// How many of those numbers are tried.
const ASIDE_TRIES: usize = 64;

/// A book that does not count, since another one had its number before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The number under which it was adopted.
    pub number: RuleVersion,
    /// The act that adopted it.
    pub place: ActPlace,
    /// The book, under the number by which its entries find it.
    pub book: RuleBook,
}

/// The versions of the rule book, oldest first.
#[derive(Clone, Debug, Default)]
pub struct RuleBooks {
    versions: Vec<RuleBook>,
    /// The act that adopted each of them.
    places: Vec<ActPlace>,
    aside: Vec<SetAside>,
}

impl RuleBooks {
    /// Adds a version; `false` when that version is already there.
    pub fn adopt(&mut self, book: RuleBook, place: ActPlace) -> bool {
        if self.version(book.version).is_some() {
            return false;
        }
        self.versions.push(book);
        self.places.push(place);
        true
    }

    /// Keeps what a displaced event says of versions: a book whose number was taken, for
    /// the entries that were scored under it, and the version that an act meant, whoever
    /// takes it later.
    #[cold]
    pub fn keep_displaced(&mut self, place: ActPlace, event: &mut Event, witness: &Witness) {
        match event {
            Event::RuleBookAdopted(book) => self.set_aside(book.clone(), place),
            Event::PointsPosted { version, .. }
            | Event::ClaimDecided { verdict: ClaimVerdict::Approved { version, .. }, .. }
            | Event::VisitRewarded(VisitReward { version, .. }) => *version = self.meant(*version, witness),
            _ => {}
        }
    }

    fn set_aside(&mut self, mut book: RuleBook, place: ActPlace) {
        let number = book.version;
        // 2 becomes 1002, the next one 2002: those before this one took the first that were free.
        let before = self.aside.iter().filter(|one| one.number == number).count();
        let free = (before..).take(ASIDE_TRIES).find_map(|before| {
            let step = u16::try_from(before + 1).ok()?.wrapping_mul(ASIDE_STEP);
            let version = RuleVersion(number.0.wrapping_add(step));
            self.version(version).is_none().then_some(version)
        });
        // No village has so many. What a forged file has is kept under the number that it says.
        book.version = free.unwrap_or(number);
        self.aside.push(SetAside { number, place, book });
    }

    /// The version that an act means by a number: of several books of this number the
    /// first of which its laptop knew.
    fn meant(&self, number: RuleVersion, witness: &Witness) -> RuleVersion {
        let other = self.aside.iter().find(|one| one.number == number && witness.knows(one.place));
        let Some(other) = other else { return number };
        let counts = self.versions.iter().position(|book| book.version == number);
        if counts.is_some_and(|place| witness.knows(self.places[place])) { number } else { other.book.version }
    }

    /// Why the points of an act are posted, under the version that it meant.
    #[inline(never)]
    pub fn cause(&self, item: ItemId, number: RuleVersion, activity: ActivityId, witness: &Witness) -> Cause {
        Cause::Act { item, version: self.meant(number, witness), activity }
    }

    /// The version of this number.
    pub fn version(&self, version: RuleVersion) -> Option<&RuleBook> {
        self.all().find(|book| book.version == version)
    }

    /// The version in force on the day: the latest whose effective date has come.
    pub fn in_force(&self, day: Date) -> Option<&RuleBook> {
        self.versions.iter().rev().find(|book| book.effective <= day)
    }

    /// Every version that counts or counted, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, RuleBook> {
        self.versions.iter()
    }

    /// The same, and then those that were set aside.
    pub fn all(&self) -> impl Iterator<Item = &RuleBook> {
        self.versions.iter().chain(self.aside.iter().map(|one| &one.book))
    }

    /// The books that were set aside.
    pub fn aside(&self) -> &[SetAside] {
        &self.aside
    }

    /// The item as the last version has it that knows it.
    pub fn last_item(&self, id: ItemId) -> Option<&Item> {
        let aside = self.aside.iter().map(|one| &one.book);
        self.versions.iter().rev().chain(aside).find_map(|book| book.item(id))
    }
}

impl<'a> IntoIterator for &'a RuleBooks {
    type Item = &'a RuleBook;
    type IntoIter = std::slice::Iter<'a, RuleBook>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
