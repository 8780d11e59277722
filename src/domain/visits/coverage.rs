//! 走访覆盖: which households were visited in a month, each counted once, and
//! what that comes to for members who answer for households.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{Visit, Visitor};
use crate::domain::calendar::Month;
use crate::domain::id::{HouseholdId, PersonId};
use crate::domain::points::entries::Cause;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Item, Ledger, RuleBook, Unit};
use crate::domain::rate::Rate;
use crate::domain::roster::MemberType;
use crate::domain::village::Village;

/// The items that score for visits. No item says so of itself; they are told
/// by what they are: points of members by household, and for linked members by
/// month.
#[derive(Clone, Copy, Debug, Default)]
pub struct VisitItems<'a> {
    /// For each household.
    pub each: Option<&'a Item>,
    /// For all households of a month.
    pub full: Option<&'a Item>,
    /// For none at all in a month.
    pub missed: Option<&'a Item>,
}

impl<'a> VisitItems<'a> {
    /// Those of the rule book.
    pub fn of(book: &'a RuleBook) -> Self {
        let find = |unit: Unit, is_deduction: bool| {
            book.items.iter().find(|item| {
                item.ledger == Ledger::Member
                    && item.unit == unit
                    && item.score.is_deduction() == is_deduction
                    && item.applies_to(MemberType::Linked)
            })
        };
        Self { each: find(Unit::Household, false), full: find(Unit::Month, false), missed: find(Unit::Month, true) }
    }
}

/// Who went to which household in a month.
#[derive(Clone, Debug, Default)]
pub struct MonthVisits(HashMap<HouseholdId, Vec<Visitor>>);

impl MonthVisits {
    /// Those of the month that stand.
    pub fn of(village: &Village, month: Month) -> Self {
        let mut visited: HashMap<HouseholdId, Vec<Visitor>> = HashMap::new();
        let standing = village.visits.iter().filter(|visit| visit.stands() && Month::of(visit.made.date) == month);
        for visit in standing {
            let household = village.people.household_now(visit.made.household);
            visited.entry(household).or_default().push(village.visitor_now(visit.made.visitor));
        }
        Self(visited)
    }

    /// Whether anybody went there.
    pub fn reached(&self, household: HouseholdId) -> bool {
        self.0.contains_key(&household)
    }

    /// Whether this person went there.
    pub fn reached_by(&self, household: HouseholdId, person: PersonId) -> bool {
        self.0.get(&household).is_some_and(|visitors| visitors.contains(&Visitor::Person(person)))
    }
}

/// The day by which the month is judged: its last one, or today while it runs.
pub fn judged_on(month: Month, today: Date) -> Date {
    month.last_day().min(today)
}

/// What a month was for a linked member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthOutcome {
    /// Every household was visited.
    Full,
    /// Some were.
    Partly,
    /// None was.
    Missed,
}

/// The month of one linked member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberMonth {
    /// Who.
    pub person: PersonId,
    /// The households due, and whether each was visited.
    pub households: Vec<(HouseholdId, bool)>,
    /// Whether the member answered for one of them from the month's first day.
    pub is_whole: bool,
}

impl MemberMonth {
    /// Households visited ÷ households due.
    pub fn rate(&self) -> Rate {
        let visited = self.households.iter().filter(|(_, visited)| *visited).count();
        Rate::new(visited as u64, self.households.len() as u64)
    }

    /// What it comes to.
    pub fn outcome(&self) -> MonthOutcome {
        let visited = self.households.iter().filter(|(_, visited)| *visited).count();
        match visited {
            0 => MonthOutcome::Missed,
            all if all == self.households.len() => MonthOutcome::Full,
            _ => MonthOutcome::Partly,
        }
    }
}

impl Village {
    /// The month of every member who answers for households, in the order of the roster.
    pub fn member_months(&self, month: Month, today: Date) -> Vec<MemberMonth> {
        // A county without linked households is not looked through.
        if self.visits.links().is_empty() {
            return Vec::new();
        }
        let (day, visits) = (judged_on(month, today), MonthVisits::of(self, month));
        // Who does not answer for it any more at the month's end misses nothing.
        let last = month.last_day();
        let mut due: HashMap<PersonId, Vec<(HouseholdId, Date)>> = HashMap::new();
        for link in self.visits.links().iter().filter(|link| link.holds_on(day) && link.to.is_none_or(|to| to >= last))
        {
            let household = self.people.household_now(link.household);
            let of_member = due.entry(self.people.person_now(link.person)).or_default();
            let is_new = !of_member.iter().any(|(known, _)| *known == household);
            if is_new && self.lives_on(household, day) {
                of_member.push((household, link.from));
            }
        }
        let members = self.people.persons.iter().filter(|person| person.is_here_on(day));
        let months = members.filter_map(|person| {
            let due = due.get(&person.id).filter(|due| !due.is_empty())?;
            Some(MemberMonth {
                person: person.id,
                households: due.iter().map(|(id, _)| (*id, visits.reached_by(*id, person.id))).collect(),
                is_whole: due.iter().any(|(_, from)| *from <= month.first_day()),
            })
        });
        months.collect()
    }

    /// The visits of the month that may still be recorded as points, with the
    /// member who earns them: each household once for each member.
    pub fn earnable_visits(&self, month: Month) -> Vec<(&Visit, PersonId)> {
        if self.closings.is_closed(Ledger::Member, month.last_day()) {
            return Vec::new();
        }
        let of_month = || {
            let visits = self.visits.iter().filter(move |visit| Month::of(visit.made.date) == month);
            visits.filter_map(|visit| match self.visitor_now(visit.made.visitor) {
                Visitor::Person(person) => Some((visit, person, self.people.household_now(visit.made.household))),
                Visitor::Staff(_) => None,
            })
        };
        let earned = of_month().filter(|(visit, ..)| self.visit_entry(visit).is_some());
        let mut taken: HashSet<_> = earned.map(|(_, person, household)| (person, household)).collect();
        let waiting: HashSet<_> = self.waiting_visits().map(|(_, visit)| visit.made.visit).collect();
        let told = of_month().filter(|(visit, ..)| waiting.contains(&visit.made.visit));
        taken.extend(told.map(|(_, person, household)| (person, household)));
        let applies = |date: Date, person: PersonId| {
            let item = self.rules.in_force(date).and_then(|book| VisitItems::of(book).each);
            let kind = self.people.persons.get(person).and_then(|person| person.member_type_on(date));
            item.zip(kind).is_some_and(|(item, kind)| item.applies_to(kind))
        };
        let open = of_month().filter(|(visit, person, household)| {
            visit.stands() && applies(visit.made.date, *person) && taken.insert((*person, *household))
        });
        open.map(|(visit, person, _)| (visit, person)).collect()
    }

    /// Whether the member has an entry of the item in the month that stands.
    pub fn has_scored(&self, person: PersonId, item: &Item, month: Month) -> bool {
        self.entries.acts_of(Account::Member(person)).any(|(posting, ..)| {
            matches!(posting.cause, Cause::Act { item: scored, .. } if scored == item.id)
                && Month::of(posting.date) == month
        })
    }

    /// Members for whom a month that is over earns the item for all households,
    /// or costs the one for none, and for whom that is not recorded yet.
    pub fn month_proposals(
        &self,
        month: Month,
        today: Date,
        outcome: MonthOutcome,
    ) -> Option<(&Item, Vec<MemberMonth>)> {
        let last = month.last_day();
        if today < last {
            return None;
        }
        let items = VisitItems::of(self.rules.in_force(last)?);
        let item = match outcome {
            MonthOutcome::Full => items.full,
            MonthOutcome::Missed => items.missed,
            MonthOutcome::Partly => None,
        }?;
        let applies = |person: PersonId| {
            let kind = self.people.persons.get(person).and_then(|person| person.member_type_on(last));
            kind.is_some_and(|kind| item.applies_to(kind))
        };
        let months = self.member_months(month, today).into_iter().filter(|one| {
            one.outcome() == outcome
                && (outcome == MonthOutcome::Full || one.is_whole)
                && applies(one.person)
                && !self.has_scored(one.person, item, month)
        });
        Some((item, months.collect()))
    }
}
