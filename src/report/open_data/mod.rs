//! 开放数据: the facts of the village as tables that other engines read, a
//! CSV file each, described by a Frictionless `datapackage.json`.
//!
//! There is no personal information in them, by construction: every table is
//! filled from [`Facts`], which holds the facts of the journal and neither the
//! register nor the village, so that no name of a person, no number of theirs,
//! no address and no free text can be reached from here. People and households
//! appear as ids that mean nothing outside this village.

mod cases;
mod claims;
mod csv_text;
mod json;
mod package;
mod people;
mod points;
mod rules;
mod shelf;
mod visits;

use jiff::civil::Date;

use crate::domain::calendar::{Moment, iso_date};
use crate::domain::case::record::Case;
use crate::domain::id::CaseId;
use crate::domain::people::{People, Person};
use crate::domain::points::accounts::{VillagerAccount, VillagerAccounts};
use crate::domain::points::claim::Claims;
use crate::domain::points::entries::Entries;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule_books::RuleBooks;
use crate::domain::points::shelf::Shelf;
use crate::domain::table::Table as Rows;
use crate::domain::village::{Profile, Village};
use crate::domain::visits::Visits;
use crate::domain::working_days::WorkingDays;

/// What the tables are filled from: everything but the register.
#[derive(Clone, Copy)]
struct Facts<'a> {
    today: Date,
    profile: Option<&'a Profile>,
    people: &'a People,
    rules: &'a RuleBooks,
    entries: &'a Entries,
    claims: &'a Claims,
    villager_accounts: &'a VillagerAccounts,
    shelf: &'a Shelf,
    cases: &'a Rows<CaseId, Case>,
    visits: &'a Visits,
    working_days: &'a WorkingDays,
}

impl<'a> Facts<'a> {
    fn of(village: &'a Village, today: Date) -> Self {
        Self {
            today,
            profile: village.profile.as_ref(),
            people: &village.people,
            rules: &village.rules,
            entries: &village.entries,
            claims: &village.claims,
            villager_accounts: &village.villager_accounts,
            shelf: &village.shelf,
            cases: &village.cases,
            visits: &village.visits,
            working_days: &village.working_days,
        }
    }

    /// Everybody of the roster, where points were ever kept by person.
    fn villagers(&self) -> impl Iterator<Item = &'a Person> {
        let is_person = self.villager_accounts.ever().contains(&VillagerAccount::Person);
        self.people.persons.iter().filter(move |_| is_person)
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An id, in decimal digits; too long for a floating number.
    Id,
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`
    Flag,
    /// `2026-09-30`
    Day,
    /// `2026-09-30T10:05:00`, China time.
    Time,
}

/// One value.
#[derive(Clone, Copy, Debug)]
enum Cell<'a> {
    Empty,
    Id(u64),
    Text(&'a str),
    Integer(i64),
    Flag(bool),
    Day(Date),
    Time(Moment),
}

impl<'a> Cell<'a> {
    /// The value, or an empty cell.
    fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    fn maybe_word(value: Option<&'a str>) -> Self {
        Self::maybe(value, Self::Text)
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
struct Field {
    name: &'static str,
    kind: Kind,
    about: &'static str,
    /// Whether a cell may be empty.
    may_be_empty: bool,
}

/// A column that is always filled.
const fn field(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, about, may_be_empty: false }
}

/// A column in which cells may be empty.
const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, about, may_be_empty: true }
}

/// Columns that name a row of another table (or of the same one).
#[derive(Clone, Copy, Debug)]
struct Link {
    from: &'static [&'static str],
    table: &'static str,
    to: &'static [&'static str],
}

/// Takes one row.
type Sink<'s> = dyn FnMut(&[Cell<'_>]) + 's;

/// One table: what it is, its columns, and how it is filled.
struct Table {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    fields: &'static [Field],
    key: &'static [&'static str],
    links: &'static [Link],
    fill: fn(&Facts<'_>, &mut Sink<'_>),
}

/// Every table, those that others name first.
const TABLES: [&Table; 21] = [
    &people::VILLAGE,
    &people::GRIDS,
    &people::UNITS,
    &people::HOUSEHOLDS,
    &people::VILLAGERS,
    &people::MEMBERS,
    &people::MEMBERSHIPS,
    &rules::VERSIONS,
    &rules::ITEMS,
    &points::ACCOUNT_CHOICES,
    &points::BALANCES,
    &points::ENTRIES,
    &claims::CLAIMS,
    &shelf::GOODS,
    &shelf::REDEMPTIONS,
    &shelf::REDEMPTION_LINES,
    &shelf::STOCK_MOVEMENTS,
    &cases::CASES,
    &cases::CASE_EVENTS,
    &visits::MEMBER_LINKS,
    &visits::VISITS,
];

/// The files of the open data, by name, as of now.
pub fn open_data(village: &Village, now: Moment) -> Vec<(String, Vec<u8>)> {
    let facts = Facts::of(village, now.date());
    let tables = TABLES.iter().map(|table| (format!("{}.csv", table.name), csv_text::csv(table, &facts)));
    let mut files: Vec<_> = tables.collect();
    let sizes: Vec<usize> = files.iter().map(|(_, bytes)| bytes.len()).collect();
    files.push(("datapackage.json".to_owned(), package::package(&facts, now, &sizes).into_bytes()));
    files
}

/// The name under which the open data are downloaded.
pub fn file_name(village: &Village, now: Moment) -> String {
    let name = village.profile.as_ref().map_or("村治", |profile| profile.name.as_str());
    let name: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
    format!("{name}_开放数据_{}.zip", iso_date(now.date()))
}

/// How an account is named in every table: `h` and the household's id, `m` and
/// the member's, or `v` and the villager's.
fn account_key(account: Account) -> String {
    let kind = match account {
        Account::Household(_) => 'h',
        Account::Member(_) => 'm',
        Account::Villager(_) => 'v',
    };
    format!("{kind}{}", account.raw())
}
