//! The village in memory: the fold of all events, plus the register.

use std::collections::HashMap;

use jiff::civil::Date;
use thiserror::Error;

use super::calendar::Moment;
use super::case::record::{Case, Happening, Opening};
use super::case::step::StepRefusal;
use super::event::{Event, PostedLine};
use super::id::{CaseId, Counters, EntryId, HouseholdId, NoteId, PersonId};
use super::people::{ERASED, Grid, Household, Membership, People, Person, Table};
use super::points::ledger::{Account, Entries, Entry, Reason, RuleBooks};
use super::points::shelf::{Redemption, Shelf};
use super::register::{Field, Owner, Register};

/// What the village is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// 村名
    pub name: String,
    /// 乡镇
    pub town: String,
    /// 县
    pub county: String,
}

/// An event that cannot follow from those before it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Contradiction {
    /// It names something that is not there.
    #[error("记录提到了不存在的{0}")]
    Unknown(&'static str),
    /// It adds something that is there already.
    #[error("同一个{0}记录了两次")]
    Twice(&'static str),
    /// A case could not move like this.
    #[error("事项的步骤前后矛盾:{0}")]
    Step(#[from] StepRefusal),
}

/// One village.
#[derive(Clone, Debug, Default)]
pub struct Village {
    /// What it is called; `None` before it is founded.
    pub profile: Option<Profile>,
    /// Who lives in it.
    pub people: People,
    /// Versions of the rule book.
    pub rules: RuleBooks,
    /// The two ledgers.
    pub entries: Entries,
    /// Goods, stock and redemptions.
    pub shelf: Shelf,
    /// 事项, in the order in which they were opened.
    pub cases: Table<CaseId, Case>,
    /// Personal details and free texts.
    pub register: Register,
    pub(super) counters: Counters,
    cases_per_year: HashMap<i16, u32>,
}

impl Village {
    /// Points that the account can redeem now.
    pub fn balance(&self, account: Account) -> i64 {
        self.entries.sum(account).saturating_sub(self.shelf.redeemed(account))
    }

    /// The number that the next case received on this day gets.
    pub fn next_case_number(&self, received: Date) -> u32 {
        self.cases_per_year.get(&received.year()).copied().unwrap_or(0).saturating_add(1)
    }

    /// The head of the household: its first person.
    pub fn head(&self, household: HouseholdId) -> Option<PersonId> {
        self.people.households.get(household).and_then(|household| household.people.first().copied())
    }

    /// Name of a person; 「已删除」 when the person was erased.
    pub fn name(&self, person: PersonId) -> &str {
        if self.is_erased(person) { ERASED } else { self.register.text(person, Field::Name) }
    }

    /// Whether the person was erased.
    pub fn is_erased(&self, person: PersonId) -> bool {
        self.people.persons.get(person).is_some_and(|person| person.erased)
    }

    /// Name of the household's head; empty when there is none.
    pub fn head_name(&self, household: HouseholdId) -> &str {
        self.head(household).map_or("", |head| self.name(head))
    }

    /// The text of a note; empty when there is none.
    pub fn note(&self, note: Option<NoteId>) -> &str {
        note.map_or("", |note| self.register.text(Owner::from(note), Field::Text))
    }

    /// Whether the account is in the village.
    pub fn has_account(&self, account: Account) -> bool {
        match account {
            Account::Household(id) => self.people.households.get(id).is_some(),
            Account::Member(id) => self.people.persons.get(id).is_some_and(|person| !person.memberships.is_empty()),
        }
    }

    /// Folds one event into the village.
    pub fn apply(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::VillageFounded { name, town, county } => {
                if self.profile.is_some() {
                    return Err(Contradiction::Twice("村"));
                }
                self.profile = Some(Profile { name: name.clone(), town: town.clone(), county: county.clone() });
                Ok(())
            }
            Event::GridAdded { .. }
            | Event::HouseholdAdded { .. }
            | Event::PersonAdded { .. }
            | Event::MemberTyped { .. }
            | Event::PersonErased { .. } => self.apply_people(event),
            Event::RuleBookAdopted(book) => {
                book.items.iter().for_each(|item| self.counters.observe(item.id));
                fresh(self.rules.adopt(book.clone()), "细则版本")
            }
            Event::PointsPosted { activity, item, version, date, note, lines } => {
                self.counters.observe(*activity);
                self.observe_note(*note);
                lines.iter().try_for_each(|line| {
                    let reason =
                        Reason::Act { item: *item, version: *version, activity: *activity, quantity: line.quantity };
                    self.post(*line, *date, reason, *note)
                })
            }
            Event::OpeningPosted { date, lines } => {
                lines.iter().try_for_each(|line| self.post(*line, *date, Reason::Opening, None))
            }
            Event::EntryReversed { entry, original, date, note } => self.reverse(*entry, *original, *date, *note),
            Event::GoodsAdded(_)
            | Event::StockReceived(_)
            | Event::Redeemed { .. }
            | Event::RedemptionUndone { .. } => self.apply_shelf(at, event),
            Event::CaseOpened(opening) => self.open_case(opening),
            Event::CaseMoved { case, happening } => self.move_case(at, *case, *happening),
        }
    }

    fn apply_people(&mut self, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::GridAdded { grid, number, name } => {
                self.counters.observe(*grid);
                let row = Grid { id: *grid, number: *number, name: name.clone() };
                fresh(self.people.grids.insert(*grid, row), "网格")
            }
            Event::HouseholdAdded { household, number, grid, group } => {
                self.counters.observe(*household);
                let row = Household {
                    id: *household,
                    number: number.clone(),
                    grid: *grid,
                    group: group.clone(),
                    people: Vec::new(),
                };
                fresh(self.people.households.insert(*household, row), "户")
            }
            Event::PersonAdded { person, household } => {
                self.counters.observe(*person);
                let home = self.people.households.get_mut(*household).ok_or(Contradiction::Unknown("户"))?;
                let row = Person { id: *person, household: *household, memberships: Vec::new(), erased: false };
                fresh(self.people.persons.insert(*person, row), "人")?;
                home.people.push(*person);
                Ok(())
            }
            Event::MemberTyped { person, kind, from } => {
                let person = self.people.persons.get_mut(*person).ok_or(Contradiction::Unknown("人"))?;
                person.memberships.push(Membership { kind: *kind, from: *from });
                Ok(())
            }
            Event::PersonErased { person } => {
                // Two laptops may both have erased the same person.
                self.people.persons.get_mut(*person).ok_or(Contradiction::Unknown("人"))?.erased = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn apply_shelf(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::GoodsAdded(goods) => {
                self.counters.observe(goods.id);
                fresh(self.shelf.goods.insert(goods.id, goods.clone()), "物品")
            }
            Event::StockReceived(delivery) => {
                known(self.shelf.goods.get(delivery.goods).is_some(), "物品")?;
                self.shelf.receive(*delivery);
                Ok(())
            }
            Event::Redeemed { redemption, account, lines, proxy } => {
                self.counters.observe(*redemption);
                self.observe_note(*proxy);
                known(self.has_account(*account), "账户")?;
                let row = Redemption {
                    id: *redemption,
                    account: *account,
                    at,
                    lines: lines.clone(),
                    proxy: *proxy,
                    undone: false,
                };
                fresh(self.shelf.hand_out(row), "兑换")
            }
            Event::RedemptionUndone { redemption } => known(self.shelf.take_back(*redemption), "兑换"),
            _ => Ok(()),
        }
    }

    fn post(
        &mut self,
        line: PostedLine,
        date: Date,
        reason: Reason,
        note: Option<NoteId>,
    ) -> Result<(), Contradiction> {
        self.counters.observe(line.entry);
        known(self.has_account(line.account), "账户")?;
        let entry = Entry { id: line.entry, account: line.account, date, points: line.points, reason, note };
        fresh(self.entries.push(entry), "积分记录")
    }

    fn reverse(&mut self, id: EntryId, original: EntryId, date: Date, note: NoteId) -> Result<(), Contradiction> {
        self.counters.observe(id);
        self.counters.observe(note);
        let first = *self.entries.get(original).ok_or(Contradiction::Unknown("积分记录"))?;
        if self.entries.reversal_of(original).is_some() {
            return Err(Contradiction::Twice("冲正"));
        }
        let reason = Reason::Reversal(original);
        let entry =
            Entry { id, account: first.account, date, points: first.points.saturating_neg(), reason, note: Some(note) };
        fresh(self.entries.push(entry), "积分记录")
    }

    fn open_case(&mut self, opening: &Opening) -> Result<(), Contradiction> {
        self.counters.observe(opening.id);
        fresh(self.cases.insert(opening.id, Case::open(*opening)), "事项")?;
        let highest = self.cases_per_year.entry(opening.received.date().year()).or_default();
        *highest = (*highest).max(opening.number);
        Ok(())
    }

    fn move_case(&mut self, at: Moment, case: CaseId, happening: Happening) -> Result<(), Contradiction> {
        happening.notes().into_iter().for_each(|note| self.observe_note(note));
        let case = self.cases.get_mut(case).ok_or(Contradiction::Unknown("事项"))?;
        Ok(case.apply(at, happening)?)
    }

    fn observe_note(&mut self, note: Option<NoteId>) {
        if let Some(note) = note {
            self.counters.observe(note);
        }
    }
}

fn fresh(added: bool, what: &'static str) -> Result<(), Contradiction> {
    if added { Ok(()) } else { Err(Contradiction::Twice(what)) }
}

fn known(found: bool, what: &'static str) -> Result<(), Contradiction> {
    if found { Ok(()) } else { Err(Contradiction::Unknown(what)) }
}
