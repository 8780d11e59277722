//! The fold of visits and linked households, and what can be asked of them.

use jiff::civil::Date;

use super::{MemberLink, Visit, VisitMade, VisitReward, Visitor};
use crate::domain::calendar::Moment;
use crate::domain::contradiction::{Contradiction, fresh, known};
use crate::domain::event::Event;
use crate::domain::id::{CaseId, ClaimId, EntryId, HouseholdId, NoteId, PersonId, VisitId};
use crate::domain::points::claim::ClaimState;
use crate::domain::points::entries::Posting;
use crate::domain::village::Village;

impl Village {
    /// Folds what happens around visits.
    #[inline(never)]
    pub(in crate::domain) fn apply_visits(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::VisitMade(made) => self.make_visit(at, *made),
            Event::VisitStruck { visit, reason } => self.strike_visit(*visit, *reason),
            Event::VisitCaseOpened { visit, case } => self.link_visit_to_case(*visit, *case),
            Event::VisitRewarded(reward) => self.reward_visit(*reward, None),
            Event::VisitClaimed { visit, claim } => {
                known(self.visits.get(*visit).is_some(), "走访")?;
                known(self.claims.get(*claim).is_some(), "申报")?;
                fresh(self.visits.claimed.insert(*claim, *visit).is_none(), "走访的申报")
            }
            Event::MemberLinked(link) => self.link_member(*link),
            _ => Ok(()),
        }
    }

    fn make_visit(&mut self, at: Moment, made: VisitMade) -> Result<(), Contradiction> {
        self.counters.observe(made.visit);
        self.observe_note(made.note);
        known(self.people.households.get(self.people.household_now(made.household)).is_some(), "户")?;
        let is_known = match made.visitor {
            Visitor::Person(id) => self.people.persons.get(self.people.person_now(id)).is_some(),
            Visitor::Staff(id) => self.staff.get(id).is_some(),
        };
        known(is_known, "走访人")?;
        let visit = Visit { made, at, struck: None, case: None, entry: None };
        fresh(self.visits.rows.insert(made.visit, visit), "走访")
    }

    fn strike_visit(&mut self, id: VisitId, reason: NoteId) -> Result<(), Contradiction> {
        self.counters.observe(reason);
        let visit = self.visits.rows.get_mut(id).ok_or(Contradiction::Unknown("走访"))?;
        fresh(visit.struck.is_none(), "走访的作废")?;
        visit.struck = Some(reason);
        Ok(())
    }

    fn link_visit_to_case(&mut self, id: VisitId, case: CaseId) -> Result<(), Contradiction> {
        known(self.cases.get(case).is_some(), "事项")?;
        let visit = self.visits.rows.get_mut(id).ok_or(Contradiction::Unknown("走访"))?;
        fresh(visit.case.is_none(), "走访开的事项")?;
        visit.case = Some(case);
        self.visits.opened.insert(case, id);
        Ok(())
    }

    /// Posts what a visit earned, dated on the day of the visit or on another one.
    pub(in crate::domain) fn reward_visit(
        &mut self,
        reward: VisitReward,
        on: Option<Date>,
    ) -> Result<(), Contradiction> {
        let VisitReward { visit, activity, item, version, line } = reward;
        self.counters.observe(activity);
        self.counters.observe(line.entry);
        let known = self.check_unearned(visit)?;
        let cause = self.rules.cause(item, version, activity, &self.witness);
        self.post(Posting { cause, date: on.unwrap_or(known.made.date), note: None }, &[line])?;
        self.earn(visit, line.entry);
        Ok(())
    }

    /// The visit, if it stands and has no points. Two laptops may both have
    /// recorded them: whoever comes first counts.
    pub(in crate::domain) fn check_unearned(&self, visit: VisitId) -> Result<Visit, Contradiction> {
        let known = *self.visits.get(visit).ok_or(Contradiction::Unknown("走访"))?;
        if !known.stands() {
            return Err(Contradiction::Struck);
        }
        fresh(self.visit_entry(&known).is_none(), "走访得分")?;
        Ok(known)
    }

    /// The visit and the entry that it earned name each other.
    pub(in crate::domain) fn earn(&mut self, visit: VisitId, entry: EntryId) {
        if let Some(visit) = self.visits.rows.get_mut(visit) {
            visit.entry = Some(entry);
        }
        self.visits.earned.insert(entry, visit);
    }

    /// The claims that tell of visits and wait.
    pub fn waiting_visits(&self) -> impl Iterator<Item = (ClaimId, &Visit)> {
        let open = self.claims.iter().filter(|claim| claim.state == ClaimState::Open);
        open.filter_map(|claim| Some((claim.filed.id, self.visits.get(self.visits.of_claim(claim.filed.id)?)?)))
    }

    /// The same link again says until when it goes on; the later word counts.
    fn link_member(&mut self, link: MemberLink) -> Result<(), Contradiction> {
        let people = &self.people;
        let link = MemberLink {
            person: people.person_now(link.person),
            household: people.household_now(link.household),
            ..link
        };
        known(people.persons.get(link.person).is_some(), "人")?;
        known(people.households.get(link.household).is_some(), "户")?;
        let same = |other: &&mut MemberLink| {
            people.person_now(other.person) == link.person
                && people.household_now(other.household) == link.household
                && other.from == link.from
        };
        match self.visits.links.iter_mut().find(same) {
            Some(before) => before.to = link.to,
            None => self.visits.links.push(link),
        }
        Ok(())
    }

    /// The entry that the visit earned, while it is not taken back.
    pub fn visit_entry(&self, visit: &Visit) -> Option<EntryId> {
        visit.entry.filter(|entry| self.entries.reversal_of(*entry).is_none())
    }

    /// The visits to the household, struck ones included.
    pub fn visits_to(&self, household: HouseholdId) -> impl Iterator<Item = &Visit> {
        let household = self.people.household_now(household);
        self.visits.iter().filter(move |visit| self.people.household_now(visit.made.household) == household)
    }

    /// The visitor as it is now, after people were joined.
    pub fn visitor_now(&self, visitor: Visitor) -> Visitor {
        match visitor {
            Visitor::Person(id) => Visitor::Person(self.people.person_now(id)),
            Visitor::Staff(_) => visitor,
        }
    }

    /// The visitor's name.
    pub fn visitor_name(&self, visitor: Visitor) -> &str {
        match self.visitor_now(visitor) {
            Visitor::Person(id) => self.name(id),
            Visitor::Staff(id) => self.staff_name(Some(id)),
        }
    }

    /// The links of the member, each with the household as it is now.
    pub fn links_of(&self, person: PersonId) -> impl Iterator<Item = MemberLink> {
        let links = self.visits.links().iter().filter(move |link| self.people.person_now(link.person) == person);
        links.map(move |link| MemberLink { household: self.people.household_now(link.household), person, ..*link })
    }

    /// The link of the household that is in force on the day.
    pub fn link_on(&self, household: HouseholdId, day: Date) -> Option<MemberLink> {
        let link = self
            .visits
            .links()
            .iter()
            .find(|link| link.holds_on(day) && self.people.household_now(link.household) == household)?;
        Some(MemberLink { person: self.people.person_now(link.person), household, ..*link })
    }
}
