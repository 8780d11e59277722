//! The register: names, numbers, addresses and free text, apart from the facts.
//!
//! The journal of facts can never be changed, so nothing personal stands in
//! it. What may have to be corrected or erased lives here, field by field,
//! each with the clock of its last change. An erased field keeps its clock as
//! a tombstone, so that an old save file does not bring it back.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::id::{CaseId, Counters, DeviceId, HouseholdId, Identifier, Kind, NoteId, PersonId, StaffId, UnitId};
use super::order::sort_by_key;
use super::points::{rule::RuleBook, suggested};

/// A hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a
/// counter below. Later changes have greater clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u64);

impl Clock {
    /// The next clock: `now_ms` when that lies ahead, else one tick more. The
    /// greatest clock stays where it is.
    #[must_use]
    pub fn after(self, now_ms: i64) -> Self {
        let now = u64::try_from(now_ms).unwrap_or(0) << 16;
        Self(now.max(self.0.saturating_add(1)))
    }

    /// The clock's milliseconds since 1970.
    pub fn millis(self) -> i64 {
        i64::try_from(self.0 >> 16).unwrap_or(i64::MAX)
    }
}

/// Whose field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// What the owner is.
    pub kind: Kind,
    /// The owner's id.
    pub raw: u64,
}

macro_rules! owner_from {
    ($($id:ident),+) => {$(
        impl From<$id> for Owner {
            fn from(id: $id) -> Self {
                Self { kind: $id::KIND, raw: id.raw() }
            }
        }
    )+};
}

owner_from!(PersonId, HouseholdId, CaseId, NoteId, StaffId, UnitId);

/// Which field of the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Name of a person, or of a unit.
    Name,
    /// ID number of a person.
    IdNumber,
    /// Telephone of a person, or of whoever reported a case.
    Phone,
    /// Date of birth, ISO.
    Birth,
    /// Sex, the word.
    Sex,
    /// Relation to the head, the word.
    Relation,
    /// Residence, the word.
    Residence,
    /// Care groups, the words, separated by 、.
    Care,
    /// Address of a household, place of a case.
    Address,
    /// Title of a case.
    Title,
    /// Free text: of a case or of a note.
    Text,
    /// Who reported a case, as told.
    Reporter,
}

impl Field {
    /// Every field, in the order of [`Field::code`].
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::IdNumber,
        Self::Phone,
        Self::Birth,
        Self::Sex,
        Self::Relation,
        Self::Residence,
        Self::Care,
        Self::Address,
        Self::Title,
        Self::Text,
        Self::Reporter,
    ];

    /// The stored code; never reused for another meaning.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// A field with its value. `None` is a tombstone: the value was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// Which field.
    pub field: Field,
    /// When it last changed.
    pub clock: Clock,
    /// What it says.
    pub text: Option<String>,
}

/// A change to one field, as a decision asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// Whose field.
    pub owner: Owner,
    /// Which field.
    pub field: Field,
    /// The new text; `None` erases.
    pub text: Option<String>,
}

/// Owners are stored together in pages of up to this many neighbouring ids.
const PAGE_BITS: u32 = 8;

/// Where an owner is stored: kind and the upper bits of the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// What the owners on the page are.
    pub kind: Kind,
    /// Their ids without the lowest eight bits.
    pub number: u64,
}

impl From<Owner> for PageKey {
    fn from(owner: Owner) -> Self {
        Self { kind: owner.kind, number: owner.raw >> PAGE_BITS }
    }
}

/// An owner with its fields, in the order of their codes.
pub type Record = (Owner, Vec<FieldValue>);
/// Reads the records of a page that was found whole.
pub type ReadPage = fn(&[u8]) -> Vec<Record>;

/// A page as it was stored, and its records once somebody has looked at it.
#[derive(Clone, Debug)]
struct StoredPage {
    bytes: Vec<u8>,
    read: ReadPage,
    records: OnceCell<Vec<Record>>,
}

impl StoredPage {
    fn records(&self) -> &[Record] {
        self.records.get_or_init(|| {
            let mut records = (self.read)(&self.bytes);
            sort_by_key(&mut records, |(owner, _)| *owner);
            records
        })
    }
}

/// A page: as it was stored until something on it changes, then its records
/// in the order of their owners.
#[derive(Clone, Debug, Default)]
struct Page {
    stored: Option<StoredPage>,
    changed: Vec<Record>,
}

impl Page {
    fn records(&self) -> &[Record] {
        self.stored.as_ref().map_or(&self.changed, StoredPage::records)
    }

    fn record(&self, owner: Owner) -> Option<&[FieldValue]> {
        let records = self.records();
        let place = records.binary_search_by_key(&owner, |(known, _)| *known).ok()?;
        Some(&records[place].1)
    }

    fn record_mut(&mut self, owner: Owner) -> &mut Vec<FieldValue> {
        if let Some(stored) = self.stored.take() {
            self.changed = stored.records().to_vec();
        }
        let found = self.changed.binary_search_by_key(&owner, |(known, _)| *known);
        let place = found.unwrap_or_else(|place| {
            self.changed.insert(place, (owner, Vec::new()));
            place
        });
        &mut self.changed[place].1
    }
}

/// All personal details and free texts of the village. A county has a hundred
/// thousand of them, so a page is read when it is first looked at.
#[derive(Clone, Debug, Default)]
pub struct Register {
    pages: BTreeMap<PageKey, Page>,
}

impl Register {
    /// The text of a field; empty when there is none.
    pub fn text(&self, owner: impl Into<Owner>, field: Field) -> &str {
        let value = self.field(owner.into(), field);
        value.and_then(|value| value.text.as_deref()).unwrap_or_default()
    }

    /// Whether the owner has fields, erased ones included.
    pub fn holds(&self, owner: Owner) -> bool {
        self.pages.get(&PageKey::from(owner)).is_some_and(|page| page.record(owner).is_some())
    }

    /// Takes a page as it is stored, to be read when it is looked at.
    pub fn keep(&mut self, key: PageKey, bytes: Vec<u8>, read: ReadPage) {
        let stored = Some(StoredPage { bytes, read, records: OnceCell::new() });
        self.pages.insert(key, Page { stored, changed: Vec::new() });
    }

    /// Sets a field, unless it already carries a later change. Of two changes
    /// with the same clock an erasure wins, then the greater text: whatever
    /// comes first, the outcome is the same.
    pub fn set(&mut self, owner: Owner, value: FieldValue) {
        set_field(self.pages.entry(PageKey::from(owner)).or_default().record_mut(owner), value);
    }

    /// Every field with its owner.
    pub fn iter(&self) -> impl Iterator<Item = (Owner, &FieldValue)> {
        let records = self.pages.values().flat_map(Page::records);
        records.flat_map(|(owner, values)| values.iter().map(|value| (*owner, value)))
    }

    /// A field with its clock, erased or not.
    pub fn field(&self, owner: Owner, field: Field) -> Option<&FieldValue> {
        let values = self.pages.get(&PageKey::from(owner))?.record(owner)?;
        values.iter().find(|value| value.field == field)
    }

    /// The records of one page, in the order of their ids.
    pub fn page(&self, key: PageKey) -> impl Iterator<Item = (Owner, &[FieldValue])> {
        let records = self.pages.get(&key).into_iter().flat_map(Page::records);
        records.map(|(owner, values)| (*owner, values.as_slice()))
    }

    /// Every page that holds something.
    pub fn pages(&self) -> Vec<PageKey> {
        self.pages.keys().copied().collect()
    }
}

/// Sets a field among the fields of an owner, as [`Register::set`] does.
pub fn set_field(values: &mut Vec<FieldValue>, value: FieldValue) {
    match values.binary_search_by_key(&value.field.code(), |known| known.field.code()) {
        Ok(place) if weight(&values[place]) <= weight(&value) => values[place] = value,
        Ok(_) => {}
        Err(place) => values.insert(place, value),
    }
}

/// What decides between two changes of one field.
fn weight(value: &FieldValue) -> (Clock, bool, Option<&str>) {
    (value.clock, value.text.is_none(), value.text.as_deref())
}

/// Collects the free texts of one decision and gives them ids.
#[derive(Debug)]
pub struct Notes<'a> {
    counters: &'a mut Counters,
    device: DeviceId,
    changes: Vec<TextChange>,
}

impl<'a> Notes<'a> {
    /// A collection that takes its ids from `counters`.
    pub fn new(counters: &'a mut Counters, device: DeviceId) -> Self {
        Self { counters, device, changes: Vec::new() }
    }

    /// The next id of another kind.
    pub fn fresh<I: Identifier>(&mut self) -> I {
        self.counters.next(self.device)
    }

    /// The suggested rule book, with new ids for its items.
    pub fn suggested_rule_book(&mut self, effective: Date) -> RuleBook {
        suggested::rule_book(effective, self.counters, self.device)
    }

    /// Keeps a free text under a new id; nothing for a blank one.
    pub fn note(&mut self, text: &str) -> Option<NoteId> {
        if text.trim().is_empty() {
            return None;
        }
        let id = self.counters.next(self.device);
        self.set(id, Field::Text, text);
        Some(id)
    }

    /// Sets a field, where the text is not blank.
    pub fn set<I: Into<Owner>>(&mut self, owner: I, field: Field, text: &str) {
        if !text.trim().is_empty() {
            self.changes.push(TextChange { owner: owner.into(), field, text: Some(text.trim().to_owned()) });
        }
    }

    /// Takes changes of fields as they are.
    pub fn change_all(&mut self, changes: Vec<TextChange>) {
        self.changes.extend(changes);
    }

    /// Everything collected.
    pub fn into_changes(self) -> Vec<TextChange> {
        self.changes
    }
}
