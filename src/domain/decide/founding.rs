//! Setting up the village and bringing in its roster.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{Desk, NAME_LIMIT, TEXT_LIMIT, limited, required};
use crate::domain::calendar::iso_date;
use crate::domain::command::NewVillage;
use crate::domain::erasure::TextPlace;
use crate::domain::event::{Event, PostedLine};
use crate::domain::id::{GridId, HouseholdId, PersonId};
use crate::domain::photo::PhotoRemoval;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Account;
use crate::domain::refusal::Refusal;
use crate::domain::register::Field;
use crate::domain::roster::{HouseholdDraft, PersonDraft, RosterDraft};

/// The most grids that one roster may add.
const NEW_GRIDS_LIMIT: usize = 500;

/// Grids by name: the place of each, from 1, and its id.
type Grids = HashMap<String, (usize, GridId)>;

/// Household numbers that are taken, and the last one given in each grid.
struct Numbers {
    taken: HashSet<String>,
    last: HashMap<usize, u32>,
}

impl Numbers {
    /// The first free number of the form `2-017` in the grid.
    fn free(&mut self, grid: usize) -> String {
        let last = self.last.entry(grid).or_default();
        // Numbers are never given back: below the last one none is free.
        loop {
            *last = last.saturating_add(1);
            let number = format!("{grid}-{last:03}");
            if self.taken.insert(number.clone()) || *last == u32::MAX {
                return number;
            }
        }
    }
}

impl Desk<'_> {
    pub(super) fn found(&mut self, new: &NewVillage) -> Result<(), Refusal> {
        if self.village.profile.is_some() {
            return Err(Refusal::AlreadyFounded);
        }
        let name = named("村名", required("村名", &new.name, NAME_LIMIT)?)?.to_owned();
        let town = named("乡镇", limited("乡镇", &new.town, NAME_LIMIT)?)?.to_owned();
        let county = named("县", limited("县", &new.county, NAME_LIMIT)?)?.to_owned();
        let mut seen = HashSet::new();
        for grid in &new.grids {
            let grid = named("网格名称", required("网格名称", grid, NAME_LIMIT)?)?;
            if !seen.insert(grid) {
                return Err(Refusal::DuplicateGrid(grid.to_owned()));
            }
        }
        self.events.push(Event::VillageFounded { name, town, county });
        for (place, grid) in (1..).zip(&new.grids) {
            let (id, number) = (self.notes.fresh(), grid_number(place));
            self.events.push(Event::GridAdded { grid: id, number, name: grid.trim().to_owned() });
        }
        // The suggested rule book counts from the first day of last year, so
        // that the current year's activities can be recorded afterwards.
        let today = self.context.now.date();
        let effective = jiff::civil::date(today.year() - 1, 1, 1);
        let book = self.notes.suggested_rule_book(effective);
        self.events.push(Event::RuleBookAdopted(book));
        Ok(())
    }

    pub(super) fn import(&mut self, draft: &RosterDraft) -> Result<(), Refusal> {
        if draft.households.is_empty() {
            return Err(Refusal::EmptyRoster);
        }
        let taken = self.check_households(draft)?;
        let mut numbers = Numbers { taken, last: HashMap::new() };
        let grids = self.new_grids(draft)?;
        let (mut homes, mut members) = (Vec::new(), Vec::new());
        for new in &draft.households {
            self.add_household(new, &grids, &mut numbers, (&mut homes, &mut members))?;
        }
        self.place_roster(draft)?;
        let settings = self.village.settings;
        self.post_openings(&homes, settings.household_opening);
        self.post_openings(&members, settings.member_opening);
        Ok(())
    }

    /// Checks that every household has people and a number of its own, that
    /// nothing personal stands where it would stay in the journal for ever, and
    /// says which numbers are taken. Households without a number get theirs later.
    fn check_households(&self, draft: &RosterDraft) -> Result<HashSet<String>, Refusal> {
        let mut numbers = HashSet::new();
        for (place, new) in (1..).zip(&draft.households) {
            let number = impersonal("户号", &new.number)?;
            impersonal("组", &new.group)?;
            if new.people.is_empty() {
                return Err(Refusal::HouseholdWithoutPeople { place, number: number.to_owned() });
            }
            if !number.is_empty() && !numbers.insert(number) {
                return Err(Refusal::NumberTwice(number.to_owned()));
            }
        }
        let known: HashSet<&str> = self.village.people.households.iter().map(|home| home.number.trim()).collect();
        let mut written = draft.households.iter().map(|new| new.number.trim());
        if let Some(first) = written.find(|number| known.contains(number)) {
            let count = numbers.intersection(&known).count();
            return Err(Refusal::HouseholdsExist { first: first.to_owned(), count });
        }
        Ok(numbers.union(&known).map(|number| (*number).to_owned()).collect())
    }

    /// Grids that are in the roster and not yet in the village are added.
    fn new_grids(&mut self, draft: &RosterDraft) -> Result<Grids, Refusal> {
        let mut grids = Grids::new();
        for (place, grid) in (1..).zip(&self.village.people.grids) {
            grids.entry(grid.name.clone()).or_insert((place, grid.id));
        }
        let mut seen = HashSet::new();
        let names = draft.households.iter().map(|new| new.grid.trim());
        let new = names.filter(|name| !name.is_empty() && !grids.contains_key(*name) && seen.insert(*name));
        let new: Vec<&str> = new.collect();
        if new.len() > NEW_GRIDS_LIMIT {
            return Err(Refusal::TooManyGrids { found: new.len(), limit: NEW_GRIDS_LIMIT });
        }
        for (place, name) in (self.village.people.grids.len() + 1..).zip(new) {
            let name = limited("网格名称", impersonal("网格名称", name)?, NAME_LIMIT)?.to_owned();
            let grid: GridId = self.notes.fresh();
            self.events.push(Event::GridAdded { grid, number: grid_number(place), name: name.clone() });
            grids.insert(name, (place, grid));
        }
        Ok(grids)
    }

    fn add_household(
        &mut self,
        new: &HouseholdDraft,
        grids: &Grids,
        numbers: &mut Numbers,
        (villagers, members): (&mut Vec<Account>, &mut Vec<Account>),
    ) -> Result<(), Refusal> {
        let household: HouseholdId = self.notes.fresh();
        let by_person = self.village.villager_accounts.now() == VillagerAccount::Person;
        let grid = grids.get(new.grid.trim());
        let number = if new.number.trim().is_empty() {
            numbers.free(grid.map_or(0, |(place, _)| *place))
        } else {
            limited("户号", &new.number, NAME_LIMIT)?.to_owned()
        };
        self.events.push(Event::HouseholdAdded {
            household,
            number: number.into(),
            grid: grid.map(|(_, id)| *id),
            group: limited("组", &new.group, NAME_LIMIT)?.into(),
        });
        self.notes.set(household, Field::Address, limited("地址", &new.address, TEXT_LIMIT)?);
        for person in &new.people {
            let id = self.add_person(household, person)?;
            if by_person {
                villagers.push(Account::Villager(id));
            }
            if person.member.is_some() {
                members.push(Account::Member(id));
            }
        }
        if !by_person {
            villagers.push(Account::Household(household));
        }
        Ok(())
    }

    fn add_person(&mut self, household: HouseholdId, new: &PersonDraft) -> Result<PersonId, Refusal> {
        let person: PersonId = self.notes.fresh();
        self.events.push(Event::PersonAdded { person, household });
        if let Some(kind) = new.member {
            let from = jiff::civil::date(self.context.now.date().year(), 1, 1);
            self.events.push(Event::MemberTyped { person, kind, from });
        }
        self.notes.set(person, Field::Name, required("姓名", &new.name, NAME_LIMIT)?);
        self.notes.set(person, Field::IdNumber, &new.id_number);
        self.notes.set(person, Field::Phone, &new.phone);
        self.notes.set(person, Field::Birth, &new.birth.map(iso_date).unwrap_or_default());
        self.notes.set(person, Field::Sex, new.sex.map_or("", |sex| sex.word()));
        self.notes.set(person, Field::Relation, new.relation.word());
        self.notes.set(person, Field::Residence, new.residence.word());
        let care: Vec<_> = new.care.iter().map(|group| group.word()).collect();
        self.notes.set(person, Field::Care, &care.join("、"));
        Ok(person)
    }

    pub(super) fn erase(&mut self, person: PersonId, also: &[TextPlace]) -> Result<(), Refusal> {
        let erasure = self.village.erasure(person)?;
        self.events.push(Event::PersonErased { person });
        let cause = PhotoRemoval::Erased(person);
        self.events.extend(erasure.photos.iter().map(|photo| Event::PhotoRemoved { photo: *photo, cause }));
        self.notes.change_all(erasure.changes(also));
        Ok(())
    }

    /// The first day of this year.
    pub(super) fn new_year(&self) -> Date {
        jiff::civil::date(self.context.now.date().year(), 1, 1)
    }

    /// Every account of a ledger starts with the same points (domain page, §2).
    fn post_openings(&mut self, accounts: &[Account], points: u32) {
        let Some(first) = accounts.first().filter(|_| points > 0) else { return };
        // A month that is closed takes nothing more.
        let date = self.village.closings.open_day(first.ledger(), self.new_year());
        let lines = self.openings(accounts, points);
        self.events.push(Event::OpeningPosted { date, lines });
    }

    /// A line for each account, of so many points; none for none.
    pub(super) fn openings(&mut self, accounts: &[Account], points: u32) -> Vec<PostedLine> {
        let points = i32::try_from(points).unwrap_or(i32::MAX);
        let starting = accounts.iter().filter(|_| points > 0);
        let lines =
            starting.map(|account| PostedLine { entry: self.notes.fresh(), account: *account, quantity: 1, points });
        lines.collect()
    }
}

/// The text without blanks at its ends, if it does not look like an ID number
/// (15 or 18 digits, the last of which may be X) or a mobile number (11 digits
/// from 1). The refusal shows its beginning only.
pub(super) fn impersonal<'a>(what: &'static str, text: &'a str) -> Result<&'a str, Refusal> {
    let text = text.trim();
    let signs: Vec<char> = text.chars().filter(|sign| !sign.is_whitespace()).map(narrow).collect();
    let digits = signs.strip_suffix(&['X']).unwrap_or(&signs);
    let looks_personal = digits.iter().all(char::is_ascii_digit)
        && match signs.len() {
            11 => digits.len() == 11 && signs.starts_with(&['1']),
            15 | 18 => true,
            _ => false,
        };
    if looks_personal {
        return Err(Refusal::LooksPersonal { what, start: signs.iter().take(3).collect() });
    }
    Ok(text)
}

/// The same of a name that was typed into a form.
fn named<'a>(what: &'static str, text: &'a str) -> Result<&'a str, Refusal> {
    impersonal(what, text).map_err(|refusal| match refusal {
        Refusal::LooksPersonal { what, start } => Refusal::NameLooksPersonal { what, start },
        refusal => refusal,
    })
}

/// A full-width sign 「１」 as its narrow one, and `X` for `x`.
fn narrow(sign: char) -> char {
    let narrow = match sign {
        '！'..='～' => u32::from(sign).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(sign),
        _ => sign,
    };
    narrow.to_ascii_uppercase()
}

/// The number of the grid at this place, from 1.
fn grid_number(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
