//! Erasing one person: which fields of the register go, in which free texts
//! the name or a number of the person is replaced, and which texts are left
//! to the user, because they may mean somebody else.
//!
//! A text that hangs on the person or the household (their entries, their
//! redemptions, cases they reported, the address) means this person. In every
//! other text a name counts only while no other living person bears it. Names
//! are compared without blanks and dots, so that 「王 五」 is found as 王五; a
//! name inside a longer name of somebody else is that other person's.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::id::{Kind, PersonId, PhotoId};
use super::people::Person;
use super::points::claim::Claim;
use super::points::dispute::Dispute;
use super::points::ledger::Account;
use super::refusal::Refusal;
use super::register::{Field, Owner, Register, TextChange};
use super::village::Village;
use super::visits::Visit;

/// What stands for a name that was erased.
pub const SOMEBODY: &str = "某某";
/// What stands for a number that was erased.
pub const NUMBER_GONE: &str = "(号码已删)";
/// A name with fewer letters is too short to be looked for in texts.
pub const NAME_LETTERS_MIN: usize = 2;
/// A number with fewer digits is too short to be looked for in texts.
const NUMBER_DIGITS_MIN: usize = 7;

/// One field of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPlace {
    /// Whose field.
    pub owner: Owner,
    /// Which field.
    pub field: Field,
}

/// A text in which the person is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub place: TextPlace,
    /// How often.
    pub times: usize,
    /// What it will say; `None` when the whole field goes.
    pub after: Option<String>,
}

/// What erasing a person does to the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// The person's own fields that hold something.
    pub own: Vec<TextPlace>,
    /// Who reported a case and how to reach them, where that was this person.
    pub reported: Vec<TextPlace>,
    /// Texts in which the person is replaced.
    pub replaced: Vec<Mention>,
    /// Texts that may mean somebody of the same name or number.
    pub doubtful: Vec<Mention>,
    /// Photos that may show the person.
    pub photos: Vec<PhotoId>,
}

impl Erasure {
    /// The changes of the register; of the doubtful texts only those in `also`.
    pub fn changes(&self, also: &[TextPlace]) -> Vec<TextChange> {
        let chosen = self.doubtful.iter().filter(|mention| also.contains(&mention.place));
        let mut after: BTreeMap<TextPlace, Option<String>> = BTreeMap::new();
        for mention in self.replaced.iter().chain(chosen) {
            // A text with both was looked through for what is sure first.
            after.insert(mention.place, mention.after.clone());
        }
        // Whoever is no longer named as the reporter is no longer to be called either.
        let unnamed = after.iter().filter(|(place, text)| place.field == Field::Reporter && text.is_none());
        let phones: Vec<_> = unnamed.map(|(place, _)| TextPlace { field: Field::Phone, ..*place }).collect();
        for place in self.own.iter().chain(&self.reported).chain(&phones) {
            after.insert(*place, None);
        }
        let changes = after.into_iter().map(|(TextPlace { owner, field }, text)| TextChange { owner, field, text });
        changes.collect()
    }
}

/// Something by which the person is known in a text.
struct Needle {
    letters: Vec<char>,
    is_name: bool,
    /// Another living person has the same.
    is_shared: bool,
    /// Names of others that contain it.
    longer: Vec<Vec<char>>,
}

impl Village {
    /// What erasing the person would do, or why it cannot be done.
    pub fn erasure(&self, person: PersonId) -> Result<Erasure, Refusal> {
        let known = self.people.persons.get(person).ok_or(Refusal::UnknownPerson)?;
        // Merging may bring a field back that another laptop changed later.
        if self.is_forgotten(person) {
            return Err(Refusal::AlreadyErased);
        }
        Ok(self.traces(known, &self.register))
    }

    /// What the register holds of the person, who is known by what `names` says
    /// of them: another laptop may still have the name that is erased here.
    pub fn traces(&self, person: &Person, names: &Register) -> Erasure {
        let ids: HashSet<PersonId> = self.people.ids_of(person.id).collect();
        let own: HashSet<Owner> = ids.iter().copied().map(Owner::from).collect();
        let (needles, linked) = (needles(self, person.id, names), linked(self, person));
        let reported: HashSet<Owner> = reported(self, &ids).collect();
        let mut erasure = Erasure { photos: self.photos_of_person(person), ..Erasure::default() };
        for (owner, value) in self.register.iter() {
            let (field, Some(text)) = (value.field, value.text.as_deref()) else { continue };
            let place = TextPlace { owner, field };
            if own.contains(&owner) {
                erasure.own.push(place);
            } else if matches!(field, Field::Reporter | Field::Phone) && reported.contains(&owner) {
                erasure.reported.push(place);
            } else if owner.kind != Kind::Person {
                // What is said of another person is that person's.
                erasure.look(place, text, &needles, linked.contains(&owner));
            }
        }
        erasure
    }

    /// Whether the person was erased and nothing of their own is left.
    pub fn is_forgotten(&self, person: PersonId) -> bool {
        let is_blank = |id: PersonId| Field::ALL.iter().all(|field| self.register.text(id, *field).is_empty());
        self.is_erased(person) && self.people.ids_of(person).all(is_blank)
    }

    /// As whom another book of this village knows the person, who may have been
    /// joined from several there or here.
    pub fn known_as<'a>(&'a self, person: PersonId, other: &'a Self) -> impl Iterator<Item = PersonId> + 'a {
        let ids = self.people.ids_of(person).map(|id| other.people.person_now(id));
        ids.filter(|id| other.people.persons.get(*id).is_some())
    }

    /// Who is erased here while the other book still knows them, as whom it does.
    pub fn forgotten_of<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = PersonId> + 'a {
        let erased = self.people.persons.iter().filter(|person| person.erased);
        erased.flat_map(|person| self.known_as(person.id, other)).filter(|id| !other.is_erased(*id))
    }

    /// Whether somebody is erased here whom the other book still knows.
    pub fn forgets_of(&self, other: &Self) -> bool {
        self.forgotten_of(other).next().is_some()
    }

    /// A text that is kept beside the register, without this person, also where
    /// somebody else has the same name.
    pub fn without(&self, person: PersonId, text: &str) -> String {
        let needles = needles(self, person, &self.register);
        let place = TextPlace { owner: Owner::from(person), field: Field::Text };
        let found = replaced(place, text, &needles.iter().collect::<Vec<_>>());
        found.and_then(|mention| mention.after).unwrap_or_else(|| text.to_owned())
    }
}

impl Erasure {
    /// Looks for the person in one text.
    fn look(&mut self, place: TextPlace, text: &str, needles: &[Needle], is_linked: bool) {
        let (sure, doubtful): (Vec<_>, Vec<_>) = needles.iter().partition(|needle| is_linked || !needle.is_shared);
        let first = replaced(place, text, &sure);
        let begun = match &first {
            Some(Mention { after: None, .. }) => None,
            Some(Mention { after: Some(after), .. }) => Some(after.as_str()),
            None => Some(text),
        };
        self.doubtful.extend(begun.and_then(|begun| replaced(place, begun, &doubtful)));
        self.replaced.extend(first);
    }
}

/// The text with the needles replaced, if any of them is in it.
fn replaced(place: TextPlace, text: &str, needles: &[&Needle]) -> Option<Mention> {
    let mut letters: Vec<char> = text.chars().collect();
    let mut times = 0;
    let mut is_whole = false;
    for needle in needles {
        let found = needle.find(&letters);
        times += found.len();
        let alone = found.first().is_some_and(|span| letters.len() == span.len());
        is_whole |= alone && place.field == Field::Reporter;
        for span in found.into_iter().rev() {
            let word = if needle.is_name { SOMEBODY } else { NUMBER_GONE };
            letters.splice(span, word.chars());
        }
    }
    (times > 0).then(|| Mention { place, times, after: (!is_whole).then(|| letters.into_iter().collect()) })
}

impl Needle {
    /// Where it stands in the text, from left to right.
    fn find(&self, text: &[char]) -> Vec<Range<usize>> {
        let others: Vec<_> = self.longer.iter().flat_map(|name| spans(text, name, is_name_gap)).collect();
        let gap = if self.is_name { is_name_gap } else { is_number_gap };
        let mut found = spans(text, &self.letters, gap);
        found.retain(|span| {
            let inside = |other: &Range<usize>| other.start <= span.start && span.end <= other.end;
            let digit = |place: Option<usize>| place.and_then(|place| text.get(place)).is_some_and(|c| is_digit(*c));
            let is_part = !self.is_name && (digit(span.start.checked_sub(1)) || digit(Some(span.end)));
            !is_part && !others.iter().any(inside)
        });
        found
    }
}

/// Where the letters stand in the text, with gaps between them, without overlap.
fn spans(text: &[char], letters: &[char], is_gap: fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        match end_of(text, start, letters, is_gap) {
            Some(end) => {
                found.push(start..end);
                start = end;
            }
            None => start += 1,
        }
    }
    found
}

/// Where the letters end that begin at `start`.
fn end_of(text: &[char], start: usize, letters: &[char], is_gap: fn(char) -> bool) -> Option<usize> {
    let mut at = start;
    for (place, letter) in letters.iter().enumerate() {
        while place > 0 && text.get(at).is_some_and(|c| is_gap(*c)) {
            at += 1;
        }
        if text.get(at).map(|c| plain(*c)) != Some(*letter) {
            return None;
        }
        at += 1;
    }
    (at > start).then_some(at)
}

/// A letter as it is compared: half-width, capital.
fn plain(letter: char) -> char {
    let narrow = match letter {
        '！'..='～' => u32::from(letter).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(letter),
        _ => letter,
    };
    narrow.to_ascii_uppercase()
}

fn is_digit(letter: char) -> bool {
    plain(letter).is_ascii_digit()
}

fn is_name_gap(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '·' | '•' | '・' | '‧')
}

fn is_number_gap(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '-' | '－')
}

fn letters(text: &str, is_gap: fn(char) -> bool) -> Vec<char> {
    text.trim().chars().filter(|letter| !is_gap(*letter)).map(plain).collect()
}

/// By what the person is known, where it is long enough to be looked for.
fn needles(village: &Village, person: PersonId, names: &Register) -> Vec<Needle> {
    let own = |person, field, is_gap| letters(names.text(person, field), is_gap);
    let theirs = |person, field, is_gap| letters(village.register.text(person, field), is_gap);
    let others = || village.people.persons.iter().filter(|other| other.id != person && !other.erased);
    let mut needles: Vec<Needle> = Vec::new();
    // Somebody who was entered twice may have been written in two ways.
    for id in village.people.ids_of(person) {
        let name = own(id, Field::Name, is_name_gap);
        if name.len() >= NAME_LETTERS_MIN {
            let names = others().map(|other| theirs(other.id, Field::Name, is_name_gap));
            let holding = names.filter(|other| other.windows(name.len()).any(|part| part == name));
            let (same, longer): (Vec<_>, Vec<_>) = holding.partition(|other| *other == name);
            needles.push(Needle { letters: name, is_name: true, is_shared: !same.is_empty(), longer });
        }
        for field in [Field::IdNumber, Field::Phone] {
            let number = own(id, field, is_number_gap);
            if number.iter().filter(|letter| letter.is_ascii_digit()).count() >= NUMBER_DIGITS_MIN {
                let is_shared = others().any(|other| theirs(other.id, field, is_number_gap) == number);
                needles.push(Needle { letters: number, is_name: false, is_shared, longer: Vec::new() });
            }
        }
    }
    needles
}

/// The cases that the person reported.
fn reported(village: &Village, ids: &HashSet<PersonId>) -> impl Iterator<Item = Owner> {
    let cases = village.cases.iter();
    let cases = cases.filter(|case| case.opening.reporter.is_some_and(|reporter| ids.contains(&reporter)));
    cases.map(|case| Owner::from(case.opening.id))
}

/// Whether an id is the person's.
fn is_person(village: &Village, person: PersonId) -> impl Fn(PersonId) -> bool {
    move |id| village.people.person_now(id) == person
}

/// Owners of texts that hang on the person or the household.
fn linked(village: &Village, person: &Person) -> HashSet<Owner> {
    let accounts = [Account::Member(person.id), Account::Villager(person.id), Account::Household(person.household)];
    let homes = village.people.household_ids_of(person.household);
    let mut owners: HashSet<Owner> = homes.map(Owner::from).collect();
    let headed = village.people.units.iter().filter(|unit| unit.head.is_some_and(is_person(village, person.id)));
    owners.extend(headed.map(|unit| Owner::from(unit.id)));
    for account in accounts {
        owners.extend(village.entries.of(account).filter_map(|entry| entry.note).map(Owner::from));
        let disputes = village.entries.of(account).filter_map(|entry| village.disputes.get(entry.id));
        let decided = |dispute: &Dispute| dispute.decided.map(|decided| decided.note);
        let notes = disputes.flat_map(|dispute| [Some(dispute.raised.note), decided(dispute)]).flatten();
        owners.extend(notes.map(Owner::from));
        owners.extend(village.vetoes_of(account).flat_map(|veto| veto.notes().map(|(_, note)| Owner::from(note))));
        owners.extend(village.claims_of(account).flat_map(Claim::notes).map(Owner::from));
        owners.extend(village.shelf.redemptions_of(account).filter_map(|one| one.proxy).map(Owner::from));
    }
    owners.extend(village.visits_to(person.household).flat_map(Visit::notes).map(Owner::from));
    let is_theirs = |reporter: PersonId| {
        let reporter = village.people.persons.get(village.people.person_now(reporter));
        reporter.is_some_and(|reporter| reporter.household == person.household)
    };
    for case in village.cases.iter().filter(|case| case.opening.reporter.is_some_and(is_theirs)) {
        owners.insert(Owner::from(case.opening.id));
        let notes = case.history.iter().flat_map(|(_, happening)| happening.notes());
        owners.extend(notes.flatten().map(Owner::from));
    }
    owners
}
