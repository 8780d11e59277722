//! How the texts of an act are stored: on register pages, or as a slip.
//!
//! A page holds up to 256 owners, so writing one for a single note costs more
//! than the act itself. What only adds new owners is therefore a slip, a page of
//! just these, in the same record as the act's segment. Slips are written on
//! their pages when the small segments are folded, and at once when a text is
//! corrected or erased: what is gone must be gone from the slips too.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::event::Event;
use crate::domain::register::{Clock, FieldValue, Owner, PageKey, Record, Register, TextChange, set_field};
use crate::journal::page;
use crate::storage::{Contents, Copies, Pages};

/// More fields than this are written on their pages at once: a roster.
const SLIP_FIELDS_MAX: usize = 64;

/// Where the texts of an act are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextsGo {
    /// On a slip, where there are any.
    OnSlip,
    /// On their pages, while there is no slip.
    OnPages,
    /// On their pages together with what stood on slips, which are gone.
    WithSlips,
}

/// Whether the changes may go on a slip: few, and nothing that stands is changed.
pub(super) fn fit_on_slip(register: &Register, texts: &[TextChange]) -> bool {
    texts.len() <= SLIP_FIELDS_MAX && texts.iter().all(|change| !register.holds(change.owner))
}

/// The slip with these changes; `None` when there are none.
pub(super) fn slip(texts: &[TextChange], clock: Clock) -> Option<Vec<u8>> {
    let mut records: BTreeMap<Owner, Vec<FieldValue>> = BTreeMap::new();
    for change in texts {
        set_field(records.entry(change.owner).or_default(), value(change, clock));
    }
    let page = page::write(records.iter().map(|(owner, values)| (*owner, values.as_slice())));
    (!texts.is_empty()).then_some(page)
}

/// These pages and those that the changes touch, as they will be. What does
/// not change on them is written as it stands.
pub(super) fn changed_pages(
    register: &Register,
    keys: &BTreeSet<PageKey>,
    texts: &[TextChange],
    clock: Clock,
) -> Pages {
    let mut touched: BTreeMap<PageKey, Vec<&TextChange>> = keys.iter().map(|key| (*key, Vec::new())).collect();
    for change in texts {
        touched.entry(PageKey::from(change.owner)).or_default().push(change);
    }
    let pages = touched.into_iter().map(|(key, changes)| {
        let stands = register.page(key).map(|(owner, values)| (owner, Cow::Borrowed(values)));
        let mut records: BTreeMap<Owner, Cow<'_, [FieldValue]>> = stands.collect();
        for change in changes {
            set_field(records.entry(change.owner).or_default().to_mut(), value(change, clock));
        }
        (key, page::write(records.iter().map(|(owner, values)| (*owner, values.as_ref()))))
    });
    pages.collect()
}

fn value(change: &TextChange, clock: Clock) -> FieldValue {
    FieldValue { field: change.field, clock, text: change.text.clone() }
}

/// What becomes of the snapshots, which hold texts as they were: with somebody
/// who is erased they go.
pub(super) fn copies_after(events: &[Event]) -> Copies {
    let erases = events.iter().any(|event| matches!(event, Event::PersonErased { .. }));
    if erases { Copies::Go } else { Copies::Stay }
}

/// Every page of a register.
pub(super) fn pages_of(register: &Register) -> Pages {
    register.pages().into_iter().map(|key| (key, page::write(register.page(key)))).collect()
}

/// The stored pages with what stands on slips, as a save file holds them. What
/// is damaged stays as it is, and then a slip of it is a page by itself.
pub(super) fn settled_pages(contents: &Contents) -> Pages {
    let mut pages = contents.pages.clone();
    for (_, slip) in &contents.slips {
        for (key, records) in by_page(page::read(slip).unwrap_or_default()) {
            settle(&mut pages, key, records);
        }
    }
    pages
}

fn by_page(records: Vec<Record>) -> BTreeMap<PageKey, Vec<Record>> {
    let mut pages: BTreeMap<PageKey, Vec<Record>> = BTreeMap::new();
    for record in records {
        pages.entry(PageKey::from(record.0)).or_default().push(record);
    }
    pages
}

fn settle(pages: &mut Pages, key: PageKey, records: Vec<Record>) {
    let stands = pages.iter_mut().find(|(known, bytes)| *known == key && page::check(bytes).is_ok());
    let mut register = Register::default();
    if let Some((_, bytes)) = &stands {
        register.keep(key, bytes.clone(), page::read_checked);
    }
    for (owner, values) in records {
        for value in values {
            register.set(owner, value);
        }
    }
    let written = page::write(register.page(key));
    match stands {
        Some((_, bytes)) => *bytes = written,
        None => pages.push((key, written)),
    }
}
