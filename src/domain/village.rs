//! The village in memory: the fold of all events, plus the register.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::calendar::Moment;
use super::case::numbers::CaseNumbers;
use super::case::record::{Case, Happening, Opening};
use super::confirmed::Confirmed;
use super::conflict::{ActPlace, Displaced};
use super::contradiction::{Contradiction, fresh};
use super::event::{Event, PostedLine};
use super::id::{CaseId, Counters, EntryId, HouseholdId, NoteId, PersonId, RedemptionId};
use super::oversight::Irregularity;
use super::people::{ERASED, Grid, Household, Membership, People, Person};
use super::photo::Photos;
use super::points::accounts::{VillagerAccounts, is_account};
use super::points::claim::Claims;
use super::points::close::Closings;
use super::points::dispute::Disputes;
use super::points::entries::{Cause, Entries, Posting};
use super::points::ledger::Account;
use super::points::rule_books::RuleBooks;
use super::points::settings::Settings;
use super::points::shelf::Shelf;
use super::points::veto::Vetoes;
use super::register::{Field, Owner, Register};
use super::settlement::Debt;
use super::staff::StaffList;
use super::table::{IdMap, Table};
use super::visits::Visits;
use super::witness::Witness;
use super::working_days::WorkingDays;

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
    /// 申报
    pub claims: Claims,
    /// 凭据照片
    pub photos: Photos,
    /// Settings of the points.
    pub settings: Settings,
    /// Whose the accounts of the villager ledger are.
    pub villager_accounts: VillagerAccounts,
    /// 经手人
    pub staff: StaffList,
    /// Goods, stock and redemptions.
    pub shelf: Shelf,
    /// 事项, in the order in which they were opened.
    pub cases: Table<CaseId, Case>,
    /// 一票否决
    pub vetoes: Vetoes,
    /// 有异议的记录
    pub disputes: Disputes,
    /// 月结
    pub closings: Closings,
    /// Which days are worked
    pub working_days: WorkingDays,
    /// 走访 and 联系户
    pub visits: Visits,
    /// Personal details and free texts.
    pub register: Register,
    /// Whose act is being folded.
    pub witness: Witness,
    pub(super) counters: Counters,
    pub(super) case_numbers: CaseNumbers,
    pub(super) links: IdMap<EntryId, CaseId>,
    pub(super) displaced: Vec<Displaced>,
    /// Balances below zero that were accepted, the latest last.
    pub(super) debts: Vec<Debt>,
    pub(super) irregular: Vec<(RedemptionId, Irregularity)>,
    /// Numbers that households were given to tell them from others, the latest last.
    pub(super) renumbered: Vec<(HouseholdId, SmolStr)>,
    /// What somebody has looked into.
    pub(super) confirmed: Vec<Confirmed>,
    /// From which posting on households may be given how much in a year.
    pub(super) issue_limits: Vec<(usize, u32)>,
}

impl Village {
    /// Points that the account can redeem now.
    pub fn balance(&self, account: Account) -> i64 {
        self.entries.sum(account).saturating_sub(self.shelf.redeemed(account))
    }

    /// The number that the next case received on this day gets.
    pub fn next_case_number(&self, received: Date) -> u32 {
        self.case_numbers.next(received.year())
    }

    /// The head of the household: the first of its people who is here, or its first person.
    pub fn head(&self, household: HouseholdId) -> Option<PersonId> {
        self.first_here(household, Person::is_here)
    }

    /// The same as of a day.
    pub fn head_on(&self, household: HouseholdId, day: Date) -> Option<PersonId> {
        self.first_here(household, |person| person.is_here_on(day))
    }

    fn first_here(&self, household: HouseholdId, is_here: impl Fn(&Person) -> bool) -> Option<PersonId> {
        let people = &self.people.households.get(household)?.people;
        let is_here = |id: &&PersonId| self.people.persons.get(**id).is_some_and(&is_here);
        people.iter().find(is_here).or_else(|| people.first()).copied()
    }

    /// Whether somebody of the household belongs to the village on the day, as far as it is known.
    pub fn lives_on(&self, household: HouseholdId, day: Date) -> bool {
        let household = self.people.households.get(self.people.household_now(household));
        household.is_none_or(|household| self.people.is_lived_in(household, day))
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

    /// Events that did not go together with what came before them, settled ones included.
    pub fn displaced(&self) -> &[Displaced] {
        &self.displaced
    }

    /// Keeps an event that cannot follow from those before it, for the user to settle.
    #[cold]
    #[inline(never)]
    pub fn displace(&mut self, place: ActPlace, at: Moment, event: &Event, why: Contradiction) {
        let mut event = event.clone();
        self.rules.keep_displaced(place, &mut event, &self.witness);
        self.displaced.push(Displaced { place, at, event, why, settled: None });
    }

    /// The account as it is now, after households or people were joined.
    pub fn account_now(&self, account: Account) -> Account {
        match account {
            Account::Household(id) => Account::Household(self.people.household_now(id)),
            Account::Member(id) => Account::Member(self.people.person_now(id)),
            Account::Villager(id) => Account::Villager(self.people.person_now(id)),
        }
    }

    /// Folds one event into the village.
    pub fn apply(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::VillageFounded { name, town, county } => {
                self.found(Profile { name: name.clone(), town: town.clone(), county: county.clone() })
            }
            Event::GridAdded { .. }
            | Event::HouseholdAdded { .. }
            | Event::PersonAdded { .. }
            | Event::MemberTyped { .. }
            | Event::PersonChanged { .. }
            | Event::PersonErased { .. } => self.apply_people(event),
            Event::UnitAdded { .. } | Event::HouseholdsPlaced { .. } | Event::UnitChanged { .. } => {
                self.apply_units(event)
            }
            Event::RuleBookAdopted(book) => self.adopt(book),
            Event::PointsPosted { activity, item, version, date, note, lines } => {
                self.counters.observe(*activity);
                self.observe_note(*note);
                let cause = self.rules.cause(*item, *version, *activity, &self.witness);
                self.post(Posting { cause, date: *date, note: *note }, lines)
            }
            Event::OpeningPosted { date, lines } => {
                self.post(Posting { cause: Cause::Opening, date: *date, note: None }, lines)
            }
            Event::EntryReversed { entry, original, date, note } => self.reverse(*entry, *original, *date, *note),
            Event::ClaimFiled(_)
            | Event::ClaimDecided { .. }
            | Event::SettingsChanged(_)
            | Event::AccountsChosen { .. }
            | Event::StaffNamed { .. }
            | Event::WorkingDaysEntered { .. }
            | Event::EntryLinked { .. } => self.apply_review(at, event),
            Event::PhotoAdded(_) | Event::PhotoRemoved { .. } => self.apply_photo(at, event),
            Event::GoodsAdded(_)
            | Event::StockReceived(_)
            | Event::Redeemed { .. }
            | Event::RedemptionUndone { .. }
            | Event::RedemptionReturned(_)
            | Event::StockCounted { .. }
            | Event::GoodsJoined { .. }
            | Event::GoodsTermsSet(_)
            | Event::DayClosed(_)
            | Event::DayReopened { .. } => self.apply_shelf(at, event),
            Event::CaseOpened(opening) => self.open_case(opening),
            Event::CaseMoved { case, happening } => self.move_case(at, *case, *happening),
            Event::OthersSeen(_)
            | Event::DisplacedSettled { .. }
            | Event::HouseholdsJoined { .. }
            | Event::HouseholdRenumbered { .. }
            | Event::CaseRenumbered { .. }
            | Event::DebtAccepted { .. }
            | Event::FindingConfirmed(_) => self.apply_settlement(at, event),
            Event::VetoImposed(_)
            | Event::VetoAppealed(_)
            | Event::VetoRevoked(_)
            | Event::EntryDisputed(_)
            | Event::DisputeDecided(_)
            | Event::MonthClosed(_)
            | Event::PointsCleared { .. } => self.apply_oversight(at, event),
            Event::VisitMade(_)
            | Event::VisitStruck { .. }
            | Event::VisitCaseOpened { .. }
            | Event::VisitRewarded(_)
            | Event::VisitClaimed { .. }
            | Event::MemberLinked(_) => self.apply_visits(at, event),
        }
    }

    fn found(&mut self, profile: Profile) -> Result<(), Contradiction> {
        let is_new = self.profile.is_none();
        self.profile.get_or_insert(profile);
        fresh(is_new, "村")
    }

    #[inline(never)]
    fn apply_people(&mut self, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::GridAdded { grid, number, name } => {
                self.counters.observe(*grid);
                let row = Grid { id: *grid, number: *number, name: name.clone() };
                fresh(self.people.add_grid(row), "网格")
            }
            Event::HouseholdAdded { household, number, grid, group } => {
                self.counters.observe(*household);
                let row = Household {
                    id: *household,
                    number: number.clone(),
                    grid: grid.map(|grid| self.people.grid_now(grid)),
                    group: group.clone(),
                    unit: None,
                    people: Vec::new(),
                };
                fresh(self.people.households.insert(*household, row), "户")?;
                // Its slot now: slots in the order of the ids are found without hashing.
                self.entries.slot_or_new(Account::Household(*household));
                Ok(())
            }
            Event::PersonAdded { person, household } => {
                self.counters.observe(*person);
                let household = self.people.household_now(*household);
                let home = self.people.households.get_mut(household).ok_or(Contradiction::Unknown("户"))?;
                let row =
                    Person { id: *person, household, memberships: Vec::new(), changes: Vec::new(), erased: false };
                fresh(self.people.persons.insert(*person, row), "人")?;
                home.people.push(*person);
                Ok(())
            }
            Event::MemberTyped { person, kind, from } => {
                let person = self.people.person_now(*person);
                let person = self.people.persons.get_mut(person).ok_or(Contradiction::Unknown("人"))?;
                let place = person.memberships.partition_point(|known| known.from <= *from);
                person.memberships.insert(place, Membership { kind: *kind, from: *from });
                Ok(())
            }
            Event::PersonChanged { person, change, from } => {
                let person = self.people.person_now(*person);
                let person = self.people.persons.get_mut(person).ok_or(Contradiction::Unknown("人"))?;
                person.change(*from, *change);
                Ok(())
            }
            Event::PersonErased { person } => {
                // Two laptops may both have erased the same person.
                let person = self.people.person_now(*person);
                self.people.persons.get_mut(person).ok_or(Contradiction::Unknown("人"))?.erased = true;
                self.erase_photos(person);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    #[inline(never)]
    pub(super) fn post(&mut self, posting: Posting, lines: &[PostedLine]) -> Result<(), Contradiction> {
        if let Some(last) = lines.iter().map(|line| line.entry).max() {
            self.counters.observe(last);
        }
        self.check_open(posting.date, lines)?;
        let people = &self.people;
        Ok(self.entries.post(posting, lines, |account| is_account(people, account))?)
    }

    #[inline(never)]
    pub(super) fn reverse(
        &mut self,
        id: EntryId,
        original: EntryId,
        date: Date,
        note: NoteId,
    ) -> Result<(), Contradiction> {
        self.counters.observe(id);
        self.counters.observe(note);
        let first = self.entries.get(original).ok_or(Contradiction::Unknown("积分记录"))?;
        if self.entries.reversal_of(original).is_some() {
            return Err(Contradiction::Twice("冲正"));
        }
        let posting = Posting { cause: Cause::Reversal(original), date, note: Some(note) };
        let points = first.points.saturating_neg();
        self.post(posting, &[PostedLine { entry: id, account: first.account, quantity: 0, points }])
    }

    #[inline(never)]
    fn open_case(&mut self, opening: &Opening) -> Result<(), Contradiction> {
        self.counters.observe(opening.id);
        let grid = opening.grid.map(|grid| self.people.grid_now(grid));
        fresh(self.cases.insert(opening.id, Case::open(Opening { grid, ..*opening })), "事项")?;
        self.case_numbers.observe(opening.received.date().year(), opening.number);
        Ok(())
    }

    #[inline(never)]
    fn move_case(&mut self, at: Moment, case: CaseId, happening: Happening) -> Result<(), Contradiction> {
        happening.notes().into_iter().for_each(|note| self.observe_note(note));
        let case = self.cases.get_mut(case).ok_or(Contradiction::Unknown("事项"))?;
        Ok(case.apply(at, happening)?)
    }

    pub(super) fn observe_note(&mut self, note: Option<NoteId>) {
        if let Some(note) = note {
            self.counters.observe(note);
        }
    }
}
