//! Changes of people: the type of a party member, leaving, moving away and
//! back, and death. Each counts from its date, never backwards.

use jiff::civil::Date;

use super::Desk;
use crate::domain::event::{Event, PostedLine};
use crate::domain::id::PersonId;
use crate::domain::people::{Person, PersonChange, PersonRefusal};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::refusal::Refusal;
use crate::domain::roster::MemberType;

impl Desk<'_> {
    pub(super) fn type_member(&mut self, id: PersonId, kind: MemberType, from: Date) -> Result<(), Refusal> {
        let person = self.changeable(id, from)?;
        if !person.is_here_on(from) {
            return Err(PersonRefusal::AlreadyAway.into());
        }
        if person.member_type_on(from) == Some(kind) {
            return Err(PersonRefusal::SameType(kind).into());
        }
        let is_new = person.memberships.is_empty();
        self.events.push(Event::MemberTyped { person: id, kind, from });
        let opening = i32::try_from(self.village.settings.member_opening).unwrap_or(i32::MAX);
        if is_new && opening > 0 {
            let line =
                PostedLine { entry: self.notes.fresh(), account: Account::Member(id), quantity: 0, points: opening };
            // A month that is closed takes nothing more.
            let date = self.village.closings.open_day(Ledger::Member, from);
            self.events.push(Event::OpeningPosted { date, lines: vec![line] });
        }
        Ok(())
    }

    pub(super) fn change_person(&mut self, id: PersonId, change: PersonChange, from: Date) -> Result<(), Refusal> {
        let person = self.changeable(id, from)?;
        let is_here = person.is_here_on(from);
        match change {
            PersonChange::LeftParty if person.member_type_on(from).is_none() => Err(PersonRefusal::NoMember),
            PersonChange::MovedAway if !is_here => Err(PersonRefusal::AlreadyAway),
            PersonChange::Returned if is_here => Err(PersonRefusal::NotAway),
            _ => Ok(()),
        }?;
        self.events.push(Event::PersonChanged { person: id, change, from });
        Ok(())
    }

    /// The person, if something may change about them from that day on.
    fn changeable(&self, id: PersonId, from: Date) -> Result<&Person, Refusal> {
        let person = self.village.people.persons.get(id).ok_or(Refusal::UnknownPerson)?;
        if person.erased {
            return Err(Refusal::AlreadyErased);
        }
        if from > self.context.now.date() {
            return Err(Refusal::FutureDate(from));
        }
        if person.changes.iter().any(|(_, change)| *change == PersonChange::Died) {
            return Err(PersonRefusal::Dead.into());
        }
        let typed = person.memberships.last().map(|membership| membership.from);
        match typed.max(person.last_change().map(|(day, _)| day)) {
            Some(last) if from < last => Err(PersonRefusal::BeforeLast(last).into()),
            _ => Ok(person),
        }
    }
}
