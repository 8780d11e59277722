//! Visits, what they lead to and earn, and who answers for which household.

use std::collections::HashSet;

use jiff::civil::Date;

use super::points::check_conditions;
use super::{Desk, TEXT_LIMIT, limited, required};
use crate::domain::calendar::Month;
use crate::domain::command::NewCase;
use crate::domain::event::{ClaimVerdict, Event, FiledClaim, PostedLine};
use crate::domain::id::{ClaimId, HouseholdId, ItemId, PersonId, StaffId, VisitId};
use crate::domain::people::Person;
use crate::domain::points::caps::{self, Line};
use crate::domain::points::claim::{ClaimRefusal, StaffRefusal};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Standing;
use crate::domain::village::Village;
use crate::domain::visits::act::{NewRound, VisitAct};
use crate::domain::visits::refusal::{LINKED_MAX, VisitRefusal, check_round};
use crate::domain::visits::{Capacity, MemberLink, Visit, VisitMade, VisitReward, Visitor};

impl Desk<'_> {
    pub(super) fn visit(&mut self, act: VisitAct) -> Result<(), Refusal> {
        match act {
            VisitAct::Record(round) => self.record_round(&round),
            VisitAct::Strike { visit, reason } => self.strike(visit, &reason),
            VisitAct::OpenCase { visit, new } => self.open_case_of(visit, &new),
            VisitAct::Reward { visits, item } => self.reward_visits(&visits, item),
            VisitAct::Claim { visits, item, by } => self.claim_visits(&visits, item, by),
            VisitAct::Link { person, households, from } => self.link(person, &households, from),
            VisitAct::EndLink { person, household, to } => self.end_link(person, household, to),
        }
    }

    fn record_round(&mut self, round: &NewRound) -> Result<(), Refusal> {
        let date = round.date;
        self.check_past(date)?;
        check_round(round, self.context.now.date())?;
        self.check_visitor(round)?;
        let mut seen = HashSet::new();
        for stop in &round.stops {
            let number = self.check_stop(stop.household, round)?;
            if !seen.insert(stop.household) {
                return Err(VisitRefusal::StopTwice(number).into());
            }
            let note = self.notes.note(limited("了解到的情况", &stop.note, TEXT_LIMIT)?);
            self.events.push(Event::VisitMade(VisitMade {
                visit: self.notes.fresh(),
                date,
                household: stop.household,
                visitor: round.visitor,
                capacity: round.capacity,
                note,
                errand: stop.errand,
            }));
        }
        Ok(())
    }

    fn check_past(&self, date: Date) -> Result<(), Refusal> {
        if date > self.context.now.date() { Err(Refusal::FutureDate(date)) } else { Ok(()) }
    }

    fn check_visitor(&self, round: &NewRound) -> Result<(), Refusal> {
        let (date, is_member) = match round.visitor {
            Visitor::Person(id) => {
                let person = self.person(id)?;
                if !person.is_here_on(round.date) {
                    return Err(VisitRefusal::VisitorNotHere(round.date).into());
                }
                (round.date, person.member_type_on(round.date).is_some())
            }
            Visitor::Staff(id) => {
                let staff = self.village.staff.get(id).ok_or(StaffRefusal::Unknown)?;
                if staff.standing == Standing::Retired {
                    return Err(VisitRefusal::VisitorNotHere(round.date).into());
                }
                // Whether one of the staff is a member is not in the facts.
                (round.date, true)
            }
        };
        if round.capacity == Capacity::PartyMember && !is_member {
            return Err(VisitRefusal::VisitorNoMember(date).into());
        }
        Ok(())
    }

    fn person(&self, id: PersonId) -> Result<&Person, Refusal> {
        let person = self.village.people.persons.get(id).ok_or(Refusal::UnknownPerson)?;
        if person.erased { Err(Refusal::AlreadyErased) } else { Ok(person) }
    }

    /// The number of the household, if it can be visited in the round.
    fn check_stop(&self, id: HouseholdId, round: &NewRound) -> Result<String, Refusal> {
        let number = self.number(id)?;
        let date = round.date;
        if !self.village.lives_on(id, date) {
            return Err(VisitRefusal::HouseholdGone { number, date }.into());
        }
        let same = |visit: &Visit| {
            visit.stands() && visit.made.date == date && self.village.visitor_now(visit.made.visitor) == round.visitor
        };
        if self.village.visits_to(id).any(same) {
            return Err(VisitRefusal::EnteredBefore { number, date }.into());
        }
        Ok(number)
    }

    fn number(&self, id: HouseholdId) -> Result<String, Refusal> {
        let home = self.village.people.households.get(id).ok_or(Refusal::UnknownHousehold)?;
        Ok(home.number.to_string())
    }

    /// The visit, if it stands.
    fn standing(&self, id: VisitId) -> Result<Visit, Refusal> {
        let visit = *self.village.visits.get(id).ok_or(VisitRefusal::Unknown)?;
        if visit.stands() { Ok(visit) } else { Err(VisitRefusal::Struck.into()) }
    }

    /// What the visit earned is taken back with it.
    fn strike(&mut self, id: VisitId, reason: &str) -> Result<(), Refusal> {
        let visit = self.standing(id)?;
        let text = required("作废的原因", reason, TEXT_LIMIT)?;
        let reason = self.notes.note(text).ok_or(Refusal::Missing("作废的原因"))?;
        self.events.push(Event::VisitStruck { visit: id, reason });
        // What was told of it is sent back with it.
        let waiting = self.village.waiting_visits().filter(|(_, waiting)| waiting.made.visit == id);
        for claim in waiting.map(|(claim, _)| claim).collect::<Vec<_>>() {
            let reason = self.notes.note(text).ok_or(Refusal::Missing("作废的原因"))?;
            self.events.push(Event::ClaimDecided { claim, verdict: ClaimVerdict::Returned(reason), by: None });
        }
        match self.village.visit_entry(&visit) {
            Some(entry) => self.reverse(entry, text),
            None => Ok(()),
        }
    }

    fn open_case_of(&mut self, id: VisitId, new: &NewCase) -> Result<(), Refusal> {
        if self.standing(id)?.case.is_some() {
            return Err(VisitRefusal::HasCase.into());
        }
        self.open_case(new)?;
        let case = self.events.iter().find_map(|event| match event {
            Event::CaseOpened(opening) => Some(opening.id),
            _ => None,
        });
        self.events.extend(case.map(|case| Event::VisitCaseOpened { visit: id, case }));
        Ok(())
    }

    /// Where it takes two, nobody adds points alone: see [`Self::claim_visits`].
    fn reward_visits(&mut self, visits: &[VisitId], item: ItemId) -> Result<(), Refusal> {
        if visits.is_empty() {
            return Err(VisitRefusal::NoneChosen.into());
        }
        let mut pending: Vec<(HouseholdId, Line)> = Vec::new();
        for id in visits {
            let visit = self.standing(*id)?;
            let (household, line) = self.reward_line(&visit, item, &pending)?;
            if self.village.takes_two() {
                return Err(ClaimRefusal::OneHand.into());
            }
            let (activity, entry) = (self.notes.fresh(), self.notes.fresh());
            let posted = PostedLine { entry, account: line.account, quantity: line.quantity, points: line.points };
            let reward = VisitReward { visit: *id, activity, item, version: line.version, line: posted };
            self.events.push(Event::VisitRewarded(reward));
            pending.push((household, line));
        }
        Ok(())
    }

    /// A claim for each visit, to be looked at by somebody else.
    fn claim_visits(&mut self, visits: &[VisitId], item: ItemId, by: Option<StaffId>) -> Result<(), Refusal> {
        if visits.is_empty() {
            return Err(VisitRefusal::NoneChosen.into());
        }
        self.check_staff(by)?;
        let mut pending: Vec<(HouseholdId, Line)> = Vec::new();
        for id in visits {
            let visit = self.standing(*id)?;
            let (household, line) = self.reward_line(&visit, item, &pending)?;
            let claim = self.notes.fresh();
            let Line { account, item, date, quantity, .. } = line;
            let filed = FiledClaim { id: claim, account, item, date, quantity, note: None, by, case: None };
            self.events.extend([Event::ClaimFiled(filed), Event::VisitClaimed { visit: *id, claim }]);
            pending.push((household, line));
        }
        Ok(())
    }

    /// What the visit earns after those that come before it in the same act.
    fn reward_line(
        &self,
        visit: &Visit,
        item: ItemId,
        pending: &[(HouseholdId, Line)],
    ) -> Result<(HouseholdId, Line), Refusal> {
        let date = visit.made.date;
        let book = self.village.rules.in_force(date).ok_or(Refusal::NoRuleBook(date))?;
        let item = book.item(item).ok_or(Refusal::UnknownItem)?;
        if item.ledger != Ledger::Member || item.score.is_deduction() {
            return Err(VisitRefusal::NotForVisits(item.name.clone()).into());
        }
        let Visitor::Person(person) = self.village.visitor_now(visit.made.visitor) else {
            return Err(VisitRefusal::NoPoints(date).into());
        };
        let account = Account::Member(person);
        if !self.village.has_account(account) {
            return Err(VisitRefusal::NoPoints(date).into());
        }
        self.check_open(Ledger::Member, date)?;
        // The visit itself is what proves it.
        check_conditions(item, date, "走访", 0)?;
        self.check_accounts(item, date, &[(account, 1)])?;
        let household = self.village.check_first_of_month(visit, person, pending)?;
        self.check_not_waiting(household, person, date)?;
        // Where the item leaves a range, a visit earns the least of it.
        let points = item.score_for(self.village.kind_on(account, date)).least();
        let line = Line { account, item: item.id, version: book.version, date, quantity: 1, points };
        let before: Vec<Line> = pending.iter().map(|(_, line)| *line).collect();
        match caps::reached(self.village, book, item, &line, &before) {
            None => Ok((household, line)),
            Some(bound) => Err(Refusal::CapReached {
                item: item.name.clone(),
                version: book.label.clone(),
                bound,
                date,
                accounts: vec![account],
            }),
        }
    }

    /// No claim waits for a visit of the member to the household in the month.
    fn check_not_waiting(&self, household: HouseholdId, person: PersonId, date: Date) -> Result<(), Refusal> {
        let village = self.village;
        let waiting = village.waiting_visits().map(|(_, visit)| visit.made).find(|made| {
            village.people.household_now(made.household) == household
                && village.visitor_now(made.visitor) == Visitor::Person(person)
                && Month::of(made.date) == Month::of(date)
        });
        match waiting {
            None => Ok(()),
            Some(made) => Err(VisitRefusal::Waiting { number: self.number(household)?, date: made.date }.into()),
        }
    }

    fn link(&mut self, person: PersonId, households: &[HouseholdId], from: Date) -> Result<(), Refusal> {
        self.check_past(from)?;
        let member = self.person(person)?;
        if member.member_type_on(from).is_none() {
            return Err(VisitRefusal::LinkNoMember(from).into());
        }
        let own = member.household;
        if households.is_empty() {
            return Err(VisitRefusal::NoStops.into());
        }
        let mut seen = HashSet::new();
        for household in households {
            let number = self.number(*household)?;
            if !seen.insert(*household) {
                return Err(VisitRefusal::StopTwice(number).into());
            }
            if *household == own {
                return Err(VisitRefusal::OwnHousehold(number).into());
            }
            if !self.village.lives_on(*household, from) {
                return Err(VisitRefusal::HouseholdGone { number, date: from }.into());
            }
            // Whoever answers for it then or later is in the way.
            let people = &self.village.people;
            let other =
                self.village.visits.links().iter().find(|link| {
                    people.household_now(link.household) == *household && link.to.is_none_or(|to| from <= to)
                });
            if let Some(other) = other {
                let member = self.village.name(people.person_now(other.person)).to_owned();
                return Err(VisitRefusal::LinkedBefore { number, member }.into());
            }
        }
        let many = self.village.links_of(person).filter(|link| link.to.is_none_or(|to| from <= to)).count();
        if many + households.len() > LINKED_MAX {
            return Err(VisitRefusal::TooManyLinked(many + households.len()).into());
        }
        let links = households.iter().map(|household| MemberLink { person, household: *household, from, to: None });
        self.events.extend(links.map(Event::MemberLinked));
        Ok(())
    }

    fn end_link(&mut self, person: PersonId, household: HouseholdId, to: Date) -> Result<(), Refusal> {
        self.check_past(to)?;
        let running = |link: &MemberLink| link.household == household && link.to.is_none();
        let link = self.village.links_of(person).find(running).ok_or(VisitRefusal::NotLinked)?;
        if to < link.from {
            return Err(VisitRefusal::EndsBeforeStart(link.from).into());
        }
        self.events.push(Event::MemberLinked(MemberLink { to: Some(to), ..link }));
        Ok(())
    }
}

impl Village {
    /// A claim that tells of a visit is approved once the visit may still earn it.
    pub(super) fn check_claimed_visit(
        &self,
        claim: ClaimId,
        account: Account,
        approved: &[(HouseholdId, Line)],
    ) -> Result<Option<HouseholdId>, Refusal> {
        let (Some(id), Account::Member(person)) = (self.visits.of_claim(claim), account) else {
            return Ok(None);
        };
        let visit = *self.visits.get(id).ok_or(VisitRefusal::Unknown)?;
        if !visit.stands() {
            return Err(VisitRefusal::Struck.into());
        }
        self.check_first_of_month(&visit, person, approved).map(Some)
    }

    /// A household counts once a month for the same member.
    fn check_first_of_month(
        &self,
        visit: &Visit,
        person: PersonId,
        pending: &[(HouseholdId, Line)],
    ) -> Result<HouseholdId, Refusal> {
        let (household, date) = (self.people.household_now(visit.made.household), visit.made.date);
        let number = || self.people.households.get(household).map_or_else(String::new, |home| home.number.to_string());
        if self.visit_entry(visit).is_some() {
            return Err(VisitRefusal::Earned { number: number(), date }.into());
        }
        let month = Month::of(date);
        let earned = self.visits_to(household).any(|other| {
            Month::of(other.made.date) == month
                && self.visitor_now(other.made.visitor) == Visitor::Person(person)
                && self.visit_entry(other).is_some()
        });
        let coming = pending.iter().any(|(home, line)| {
            *home == household && line.account == Account::Member(person) && Month::of(line.date) == month
        });
        if earned || coming {
            return Err(VisitRefusal::EarnedInMonth { number: number(), month }.into());
        }
        Ok(household)
    }
}
