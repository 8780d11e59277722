//! Merging a save file from another laptop of the same village: the union of
//! both journals, folded in one order, and of both registers, field by field.
//!
//! A union has no sides: merging is idempotent, commutative and associative.
//! Nothing is written here; the outcome is shown first, and then put in place
//! as a whole.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::book::{Book, SEGMENT_ACTS};
use super::opening::{self, Opened};
use super::photos::{Agreement, compare};
use super::slips::pages_of;
use super::woven::{Chain, OpenError, chains};
use crate::domain::erasure::TextPlace;
use crate::domain::id::{DeviceId, PersonId, PhotoId};
use crate::domain::register::{Clock, FieldValue, Register, TextChange};
use crate::domain::village::Village;
use crate::journal::page;
use crate::journal::raw_act::RawAct;
use crate::journal::segment::{self, Head};
use crate::report::both_changed::{Sides, both_changed};
use crate::report::conflicts::{ConflictRow, conflicts};
use crate::report::merge_preview::{DifferenceRow, TextDifference};
use crate::storage::{Contents, Laptop, Photos, SegmentKey};

/// Why a save file is not merged. The live data are untouched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    /// It is of another village.
    #[error("这是「{theirs}」的保存文件,和本机的「{ours}」不是同一本账,不能合并。要换成它,请用「恢复」。")]
    OtherVillage {
        /// The village here.
        ours: String,
        /// The village in the file.
        theirs: String,
    },
    /// Both recorded different acts under the same laptop and number.
    #[error(
        "两份数据都从同一台电脑的第 {} 笔起各记各的,分不清哪一份是真的,没有合并。请只留一份,另一份的内容补登。",
        crate::domain::count::counted(.0.saturating_add(1))
    )]
    Forked(u64),
    /// Something stored cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What comes in with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// New acts by laptop.
    pub acts: Vec<(DeviceId, u64)>,
    /// 户, more than before.
    pub households: usize,
    /// 人, more than before.
    pub people: usize,
    /// Points entries, more than before.
    pub entries: usize,
    /// Redemptions, more than before.
    pub redemptions: usize,
    /// 事项, more than before.
    pub cases: usize,
    /// Pictures that are not here.
    pub photos: usize,
    /// Register fields that change.
    pub fields: usize,
    /// Fields that both sides filled in differently.
    pub differences: Vec<TextDifference>,
    /// Facts that both sides changed, and differently.
    pub changed: Vec<DifferenceRow>,
    /// What will have to be settled, and was not there before.
    pub conflicts: Vec<ConflictRow>,
}

impl Incoming {
    /// Whether the file brings nothing new.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty() && self.fields == 0 && self.photos == 0
    }
}

/// A merge that has been worked out and can be put in place.
#[derive(Debug)]
pub struct Merge {
    /// What comes in.
    pub incoming: Incoming,
    /// What the store would hold.
    pub contents: Contents,
    /// The village that it makes.
    pub book: Book,
    /// The journals as they were.
    before: Vec<(DeviceId, u64)>,
}

impl Merge {
    /// Leaves only the pictures that are not among those in the store.
    pub fn lack(&mut self, here: &BTreeSet<PhotoId>) {
        self.contents.photos.retain(|(id, _)| !here.contains(id));
        self.incoming.photos = self.contents.photos.len();
    }

    /// Whether somebody is erased by it who is not erased in the present book:
    /// then the snapshots must not outlive it, the one before it included.
    pub fn erases(&self, before: &Book) -> bool {
        self.book.village().forgets_of(before.village())
    }

    /// This laptop made a save file after this was worked out.
    pub fn set_laptop(&mut self, laptop: Laptop) {
        self.contents.laptop = self.contents.laptop.map(|_| laptop);
        self.book.set_laptop(laptop);
    }

    /// Whether the book is still the one from which this was worked out.
    pub fn follows_from(&self, book: &Book) -> bool {
        self.before == book.journals().collect::<Vec<_>>()
    }
}

/// Works out what merging `theirs` into `ours` leads to. Both were opened
/// without damage: `before` is the book of `ours`.
pub fn merge(before: &Book, ours: &Contents, theirs: &Contents) -> Result<Merge, MergeError> {
    let device = before.laptop().device;
    let file = Book::open(theirs, device)?;
    if before.founding() != file.founding() {
        return Err(MergeError::OtherVillage { ours: name(before.village()), theirs: name(file.village()) });
    }
    let mut contents = union(ours, theirs)?;
    let Opened { mut book, damage } = opening::open(&contents, device);
    if let Some(damage) = damage {
        return Err(damage.into());
    }
    forget(&mut book, [before, &file]);
    contents.pages = pages_of(&book.village().register);
    contents.photos = pictures(&book, [ours, theirs]);
    let changed = match common(before, &file, [ours, theirs])? {
        Some(base) => {
            let (base, ours, theirs) = (base.village(), before.village(), file.village());
            both_changed(&Sides { base, ours, theirs, merged: book.village() })
        }
        None => Vec::new(),
    };
    let incoming = Incoming { photos: contents.photos.len(), changed, ..incoming(before, &file, &book) };
    let before = before.journals().collect();
    Ok(Merge { incoming, contents, book, before })
}

/// The pictures of both, each once. A photo that was taken down on either side
/// does not come back, and a damaged picture gives way to a sound one.
fn pictures(book: &Book, sides: [&Contents; 2]) -> Photos {
    let mut pictures = BTreeMap::new();
    for (id, picture) in sides.into_iter().flat_map(|side| &side.photos) {
        if !pictures.contains_key(id) && compare(book.village(), *id, picture) == Agreement::Same {
            pictures.insert(*id, picture.clone());
        }
    }
    pictures.into_iter().collect()
}

/// Whoever was erased on one side stays erased, with what the other side,
/// which did not know of it, went on writing about them: in the texts of that
/// side they are looked for as it knows them. One after another, since a text
/// may name several.
fn forget(book: &mut Book, sides: [&Book; 2]) {
    let persons = book.village().people.persons.iter();
    let erased: Vec<PersonId> = persons.filter(|person| person.erased).map(|person| person.id).collect();
    let mut stood: BTreeMap<TextPlace, FieldValue> = BTreeMap::new();
    for (person, side) in erased.into_iter().flat_map(|person| sides.map(|side| (person, side.village()))) {
        let village = book.village();
        let Some(known) = village.people.persons.get(person) else { continue };
        if village.known_as(person, side).all(|id| side.is_forgotten(id)) {
            continue;
        }
        for TextChange { owner, field, text } in village.traces(known, &side.register).changes(&[]) {
            let place = TextPlace { owner, field };
            let Some(now) = book.village().register.field(owner, field).cloned() else { continue };
            let is_of_side = side.register.field(owner, field) == Some(stood.get(&place).unwrap_or(&now));
            if is_of_side && now.text.is_some() && now.text != text {
                // Later than what stands there, but not later than anything else.
                let clock = Clock(now.clock.0.saturating_add(1));
                book.set_field(owner, FieldValue { field, clock, text });
                stood.entry(place).or_insert(now);
            }
        }
    }
}

fn name(village: &Village) -> String {
    village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default()
}

/// The union of two stores. What this laptop knows of itself stays ours.
pub fn union(ours: &Contents, theirs: &Contents) -> Result<Contents, MergeError> {
    let (mut left, right) = (chains(ours), chains(theirs));
    let mut segments = Vec::new();
    for (device, chain) in right {
        let longer = match left.remove(&device) {
            None => chain,
            Some(own) => longer(own, chain)?,
        };
        segments.extend(repacked(device, &longer)?);
    }
    for (device, chain) in left {
        segments.extend(repacked(device, &chain)?);
    }
    segments.sort_by_key(|(key, _)| *key);
    let mut register = Register::default();
    let pages = [ours, theirs].into_iter().flat_map(|contents| &contents.pages).map(|(_, bytes)| bytes);
    let slips = [ours, theirs].into_iter().flat_map(|contents| &contents.slips).map(|(_, bytes)| bytes);
    for bytes in pages.chain(slips) {
        for (owner, values) in page::read(bytes).map_err(OpenError::from)? {
            for value in values {
                register.set(owner, value);
            }
        }
    }
    Ok(Contents { laptop: ours.laptop, segments, pages: pages_of(&register), ..Contents::default() })
}

/// The book that both sides know: of each laptop what stands in both. None
/// where one side knows all of the other.
fn common(ours: &Book, theirs: &Book, sides: [&Contents; 2]) -> Result<Option<Book>, MergeError> {
    let [left, mut right] = sides.map(chains);
    let mut segments = Vec::new();
    let mut acts = 0;
    for (device, chain) in left {
        let Some(other) = right.remove(&device) else { continue };
        let shorter = if count(&chain) <= count(&other) { chain } else { other };
        acts += count(&shorter);
        segments.extend(repacked(device, &shorter)?);
    }
    if acts == ours.acts() || acts == theirs.acts() {
        return Ok(None);
    }
    let contents = Contents { segments, ..Contents::default() };
    Ok(Some(Book::open(&contents, ours.laptop().device)?))
}

/// The chain that goes further, if the other one is its beginning.
fn longer<'a>(one: Chain<'a>, other: Chain<'a>) -> Result<Chain<'a>, MergeError> {
    let pairs = acts(&one).zip(acts(&other));
    for (a, b) in pairs {
        let (a, b) = (a?, b?);
        if a != b {
            return Err(MergeError::Forked(a.sequence));
        }
    }
    Ok(if count(&one) >= count(&other) { one } else { other })
}

fn count(chain: &Chain<'_>) -> u64 {
    chain.segments.last().map_or(0, |(_, last)| last.first.saturating_add(u64::from(last.count)))
}

fn acts<'a>(chain: &Chain<'a>) -> impl Iterator<Item = Result<RawAct<'a>, OpenError>> {
    chain.segments.iter().flat_map(|(index, segment)| {
        segment.raw_acts().map(|act| act.map_err(|cause| OpenError::Segment { index: *index, cause }))
    })
}

type Segments = Vec<(SegmentKey, Vec<u8>)>;

/// A chain in full segments: small ones are folded on the way.
fn repacked(device: DeviceId, chain: &Chain<'_>) -> Result<Segments, MergeError> {
    let acts: Vec<RawAct<'_>> = acts(chain).collect::<Result<_, _>>()?;
    let mut head = Head::genesis(device);
    let full = acts.chunks(SEGMENT_ACTS).map(|chunk| {
        let (bytes, after) = segment::write_raw(device, head, chunk.iter().copied());
        head = after;
        (SegmentKey { device, first: chunk.first().map_or(0, |act| act.sequence) }, bytes)
    });
    Ok(full.collect())
}

fn incoming(before: &Book, file: &Book, after: &Book) -> Incoming {
    let (old, new) = (before.village(), after.village());
    let known: BTreeMap<DeviceId, u64> = before.journals().collect();
    let acts = after.journals().filter_map(|(device, acts)| {
        let more = acts - known.get(&device).copied().unwrap_or(0).min(acts);
        (more > 0).then_some((device, more))
    });
    let mut fields = 0;
    let mut differences = Vec::new();
    for (owner, theirs) in file.village().register.iter() {
        let ours = old.register.field(owner, theirs.field);
        let kept = new.register.field(owner, theirs.field);
        fields += usize::from(ours != kept);
        let text = |value: Option<&FieldValue>| value.and_then(|value| value.text.clone()).unwrap_or_default();
        let forgotten = kept.is_none_or(|kept| kept.text.is_none());
        if !forgotten && ours.is_some_and(|ours| ours.text != theirs.text) {
            let (ours, theirs_text, kept) = (text(ours), text(Some(theirs)), text(kept));
            differences.push(TextDifference { owner, field: theirs.field, ours, theirs: theirs_text, kept });
        }
    }
    let settled = conflicts(old);
    Incoming {
        acts: acts.collect(),
        households: new.people.households.len().saturating_sub(old.people.households.len()),
        people: new.people.persons.len().saturating_sub(old.people.persons.len()),
        entries: new.entries.len().saturating_sub(old.entries.len()),
        redemptions: new.shelf.redemptions().len().saturating_sub(old.shelf.redemptions().len()),
        cases: new.cases.len().saturating_sub(old.cases.len()),
        photos: 0,
        fields,
        differences,
        changed: Vec::new(),
        conflicts: conflicts(new).into_iter().filter(|row| !settled.contains(row)).collect(),
    }
}
