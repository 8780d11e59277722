//! Which people live together: households begin where their number, the name
//! of their head, or the relation 户主 says so, whichever the roster has.

use std::collections::BTreeMap;

use super::columns::{Column, Layout};
use super::people::{self, Seen};
use super::problems::{ProblemKind, quote};
use super::sheet::{RowKind, Sheet};
use super::words::{self, Word};
use super::{ADDRESS_CHARS_MAX, HOUSEHOLD_PEOPLE_MAX, NAME_CHARS_MAX, RosterReading};
use crate::domain::order::sort_by_key;
use crate::domain::roster::{HouseholdDraft, Relation, RosterDraft};

use super::super::table::Table;

/// What tells where a household begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Border {
    Number,
    HeadName,
    Relation,
    EveryRow,
}

/// A household that is being gathered.
struct Open {
    draft: HouseholdDraft,
    /// The number or head name as written, by which rows find it.
    key: String,
    head_name: String,
    has_head: bool,
    first_row: usize,
    /// Row of each person.
    rows: Vec<usize>,
}

/// What the row says about its household.
struct Claim<'a> {
    number: &'a str,
    head_name: String,
    is_head: bool,
}

/// Gathers the households of a table.
struct Gatherer<'a> {
    sheet: Sheet<'a>,
    border: Border,
    households: Vec<Open>,
    by_number: BTreeMap<String, usize>,
    current: Option<usize>,
    seen: Seen,
}

/// Reads everything below the header row.
pub(super) fn read(table: &Table, layout: &Layout) -> RosterReading {
    let sheet = Sheet::new(table, layout);
    let border = border(&sheet);
    let (households, by_number, seen) = (Vec::new(), BTreeMap::new(), Seen::new());
    let mut gatherer = Gatherer { sheet, border, households, by_number, current: None, seen };
    let mut skipped_rows = 0;
    for row in gatherer.sheet.rows() {
        match gatherer.sheet.kind(row) {
            RowKind::Blank => {}
            RowKind::Skipped => skipped_rows += 1,
            RowKind::Nameless => {
                gatherer.place(row);
                gatherer.sheet.problem(row, Some(Column::Name), ProblemKind::NoName);
            }
            RowKind::Person => gatherer.person(row),
        }
    }
    let draft = gatherer.close();
    let mut problems = gatherer.sheet.problems;
    sort_by_key(&mut problems, |problem| problem.row);
    RosterReading { draft, problems, skipped_rows }
}

fn border(sheet: &Sheet<'_>) -> Border {
    let used = |column| sheet.rows().any(|row| !sheet.text(row, column).is_empty());
    let said = |row| words::relation(sheet.text(row, Column::Relation)) == Word::Known(Relation::Head);
    match () {
        () if used(Column::HouseholdNumber) => Border::Number,
        () if used(Column::HeadName) => Border::HeadName,
        () if sheet.rows().any(said) => Border::Relation,
        () => Border::EveryRow,
    }
}

impl<'a> Gatherer<'a> {
    fn person(&mut self, row: usize) {
        let index = self.place(row);
        let head_name = self.households[index].head_name.clone();
        let Some(person) = people::read(&mut self.sheet, row, &head_name, &mut self.seen) else { return };
        self.household_cells(index, row);
        let household = &mut self.households[index];
        household.draft.people.push(person);
        household.rows.push(row);
    }

    /// The household of a row, opened if need be.
    fn place(&mut self, row: usize) -> usize {
        let name = people::name(self.sheet.text(row, Column::Name));
        let head_name = people::name(self.sheet.filled(row, Column::HeadName));
        let relation = words::relation(self.sheet.text(row, Column::Relation));
        let is_head = match relation {
            Word::Known(relation) => relation == Relation::Head,
            _ => !name.is_empty() && name == head_name,
        };
        let claim = Claim { number: self.sheet.filled(row, Column::HouseholdNumber), head_name, is_head };
        let index = match self.border {
            Border::Number if claim.number.is_empty() => self.without_number(row, &claim),
            Border::Number => self.with_number(row, &claim),
            Border::HeadName => self.by_head_name(row, &claim),
            Border::Relation => self.current.filter(|_| !is_head).unwrap_or_else(|| self.open(row, "", &claim)),
            Border::EveryRow => self.open(row, "", &claim),
        };
        self.current = Some(index);
        let household = &mut self.households[index];
        household.has_head |= is_head;
        if household.head_name.is_empty() {
            household.head_name = claim.head_name;
        }
        index
    }

    fn with_number(&mut self, row: usize, claim: &Claim<'a>) -> usize {
        let number = claim.number;
        if let Some(current) = self.current.filter(|index| self.households[*index].key == number) {
            return current;
        }
        let Some(earlier) = self.by_number.get(number).copied() else {
            let index = self.open(row, number, claim);
            self.by_number.insert(number.to_owned(), index);
            number
                .chars()
                .take(NAME_CHARS_MAX)
                .collect::<String>()
                .clone_into(&mut self.households[index].draft.number);
            self.number_notes(row, number);
            return index;
        };
        let other = &self.households[earlier];
        let first_row = other.first_row.saturating_add(1);
        let other_head = !claim.head_name.is_empty() && claim.head_name != other.head_name;
        let what = quote(number);
        if claim.is_head && other.has_head || other_head {
            let index = self.open(row, number, claim);
            let problem = ProblemKind::NumberTaken { number: what, first_row };
            self.sheet.problem(row, Some(Column::HouseholdNumber), problem);
            return index;
        }
        let problem = ProblemKind::HouseholdContinues { number: what, first_row };
        self.sheet.problem(row, Some(Column::HouseholdNumber), problem);
        earlier
    }

    fn number_notes(&mut self, row: usize, number: &str) {
        let found = number.chars().count();
        if found > NAME_CHARS_MAX {
            let problem = ProblemKind::TextCut { found, limit: NAME_CHARS_MAX };
            self.sheet.problem(row, Some(Column::HouseholdNumber), problem);
        }
        let shape: String = number.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        if shape == "0000-00-00" {
            let problem = ProblemKind::NumberLooksLikeDate { text: number.to_owned() };
            self.sheet.problem(row, Some(Column::HouseholdNumber), problem);
        }
    }

    /// A blank number means the household above, unless another head begins.
    fn without_number(&mut self, row: usize, claim: &Claim<'a>) -> usize {
        let same = self.current.filter(|index| {
            let household = &self.households[*index];
            let named = !claim.head_name.is_empty() && !household.head_name.is_empty();
            let other_name = named && claim.head_name != household.head_name;
            let other_head = claim.is_head && household.has_head;
            !other_name && !other_head
        });
        same.unwrap_or_else(|| {
            self.sheet.problem(row, Some(Column::HouseholdNumber), ProblemKind::NumberMissing);
            self.open(row, "", claim)
        })
    }

    fn by_head_name(&mut self, row: usize, claim: &Claim<'a>) -> usize {
        let same = self.current.filter(|index| {
            let household = &self.households[*index];
            let same_name = claim.head_name.is_empty() || claim.head_name == household.key;
            same_name && !(claim.is_head && household.has_head)
        });
        same.unwrap_or_else(|| self.open(row, &claim.head_name, claim))
    }

    fn open(&mut self, row: usize, key: &str, claim: &Claim<'a>) -> usize {
        let empty = String::new;
        let draft = HouseholdDraft {
            number: empty(),
            grid: empty(),
            unit: empty(),
            unit_head: empty(),
            group: empty(),
            address: empty(),
            people: Vec::new(),
        };
        let (key, head_name) = (key.to_owned(), claim.head_name.clone());
        self.households.push(Open { draft, key, head_name, has_head: false, first_row: row, rows: Vec::new() });
        self.households.len() - 1
    }

    /// The first row that says the grid, unit, group or address says it for all.
    fn household_cells(&mut self, index: usize, row: usize) {
        let names =
            [Column::Grid, Column::Unit, Column::UnitHead, Column::Group].map(|column| (column, NAME_CHARS_MAX));
        let fields = names.into_iter().chain([(Column::Address, ADDRESS_CHARS_MAX)]);
        for (column, limit) in fields {
            let draft = &mut self.households[index].draft;
            let field = match column {
                Column::Grid => &mut draft.grid,
                Column::Unit => &mut draft.unit,
                Column::UnitHead => &mut draft.unit_head,
                Column::Group => &mut draft.group,
                _ => &mut draft.address,
            };
            let text = self.sheet.filled(row, column);
            let is_none = matches!(column, Column::Unit | Column::UnitHead) && words::is_blank(text);
            if !field.is_empty() || text.is_empty() || is_none {
                continue;
            }
            *field = text.chars().take(limit).collect();
            let found = text.chars().count();
            if found > limit {
                self.sheet.problem(row, Some(column), ProblemKind::TextCut { found, limit });
            }
        }
    }

    /// Gives every household exactly one head.
    fn close(&mut self) -> RosterDraft {
        let mut draft = RosterDraft::default();
        for household in std::mem::take(&mut self.households) {
            if household.rows.is_empty() {
                continue;
            }
            let found = household.rows.len();
            if found > HOUSEHOLD_PEOPLE_MAX {
                self.sheet.problem(household.first_row, None, ProblemKind::HouseholdLarge { found });
            }
            draft.households.push(self.one_head(household));
        }
        draft
    }

    fn one_head(&mut self, household: Open) -> HouseholdDraft {
        let Open { mut draft, head_name, rows, .. } = household;
        let heads = || draft.people.iter().enumerate().filter(|(_, person)| person.relation == Relation::Head);
        let named = |person: &crate::domain::roster::PersonDraft| person.name == head_name;
        let by_word = heads().find(|(_, person)| named(person)).or_else(|| heads().next());
        let by_name = draft.people.iter().position(named);
        let head = by_word.map(|(index, _)| index).or(by_name);
        let chosen = head.unwrap_or(0);
        let name = quote(draft.people.get(chosen).map_or("", |person| person.name.as_str()));
        if head.is_none() && self.border != Border::EveryRow {
            let problem = ProblemKind::HeadMissing { name: name.clone() };
            self.sheet.problem(rows[chosen], Some(Column::Relation), problem);
        }
        for (index, person) in draft.people.iter_mut().enumerate() {
            if index == chosen {
                person.relation = Relation::Head;
            } else if person.relation == Relation::Head {
                person.relation = Relation::Other;
                let problem = ProblemKind::HeadTwice { name: name.clone() };
                self.sheet.problem(rows[index], Some(Column::Relation), problem);
            }
        }
        draft
    }
}
