//! What happens in the demo village once in a year: people leave, a dispute
//! earns points, old points expire, the shelf is counted, and a redemption day
//! is opened again for somebody who came late.

use jiff::civil::Date;

use super::play::{Deed, Plan, Player, Scene};
use super::{DemoError, Span};
use crate::domain::calendar::{Moment, add_days, parse_iso_date};
use crate::domain::command::{Command, NewActivity, Settlement};
use crate::domain::id::PersonId;
use crate::domain::people::{Person, PersonChange};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::{CarryOver, Settings};
use crate::domain::refusal::Refusal;
use crate::domain::register::Field;
use crate::domain::roster::MemberType;

/// Who is this old may have died of age.
const OLD: i16 = 78;
/// Months after which points once expired: what is left of the first month.
const MONTHS: u16 = 8;
/// Points that somebody needs to take something along.
const ENOUGH: i64 = 20;

/// What can be planned of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Once {
    /// An old person dies, who is neither a head nor a member.
    Death,
    /// A grown person moves away, who is neither a head nor a member.
    Move,
    /// A member's membership goes to another place.
    Transfer(PersonId),
    /// A member gets another type.
    Retype(PersonId, MemberType),
    /// The latest dispute that was resolved earns the account points.
    Reward { item: &'static str, account: Account },
    /// The oldest points expire, and none do so afterwards.
    Expire,
    /// Of the named goods so many are missing, and it is known why.
    Count { goods: &'static str, missing: u32, note: &'static str },
    /// The redemption day of today is opened again.
    Reopen(&'static str),
    /// Somebody who has not come yet today.
    Late,
}

/// All of it, within the quarters that are over.
pub(super) fn plan(scene: &Scene, span: &Span) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut add = |day: Date, hour: u8, minute: u8, once: Once| {
        plans.push(Plan { at: Moment::at(day, hour, minute), deed: Deed::Once(once) });
    };
    let [first, second, third, _] = span.quarters;
    // After its close-out at five; another one follows.
    let day = super::shelf::redemption_day(first);
    add(day, 17, 15, Once::Reopen("签领表漏了一户,户主傍晚才赶到"));
    add(day, 17, 25, Once::Late);
    let count = Once::Count { goods: "食盐 400 g", missing: 2, note: "受潮结块 2 袋,已作报损" };
    add(add_days(second.last_day(), 20), 16, 0, count);
    add(add_days(second.first_day(), 33), 10, 0, Once::Move);
    add(add_days(third.first_day(), 16), 10, 0, Once::Death);
    let member = |kind: MemberType, place: usize| {
        let mut members = scene.members.iter().filter(move |member| member.1 == kind);
        members.nth(place).map(|member| member.0)
    };
    let returned = member(MemberType::Migrant, 1).map(|one| Once::Retype(one, MemberType::WithoutPost));
    let gone = member(MemberType::WithoutPost, 5).map(|one| Once::Retype(one, MemberType::Migrant));
    let moved = member(MemberType::Migrant, 3).map(Once::Transfer);
    for (days, once) in [(18, returned), (25, gone), (38, moved)] {
        if let Some(once) = once {
            add(add_days(third.first_day(), days), 9, 30, once);
        }
    }
    let helper = scene.active.get(17).map_or(scene.anchor, |active| active.0);
    let linked = member(MemberType::Linked, 2);
    let rewards = [("调解邻里纠纷", Some(Account::Household(helper))), ("参与调解", linked.map(Account::Member))];
    for (minute, (item, account)) in (0..).zip(rewards) {
        if let Some(account) = account {
            add(add_days(third.last_day(), -10), 17, minute, Once::Reward { item, account });
        }
    }
    add(add_days(third.last_day(), -1), 10, 0, Once::Expire);
    plans
}

impl Player {
    /// Carries out what happens once.
    pub(super) fn once(&mut self, at: Moment, once: Once) -> Result<(), DemoError> {
        match once {
            Once::Death => self.gone(at, PersonChange::Died, |years| years >= OLD),
            Once::Move => self.gone(at, PersonChange::MovedAway, |years| (22..35).contains(&years)),
            Once::Transfer(person) => self.change(at, person, PersonChange::LeftParty),
            Once::Retype(person, kind) => self.play(at, Command::TypeMember { person, kind, from: at.date() }),
            Once::Reward { item, account } => self.reward(at, item, account),
            Once::Expire => self.expire(at),
            Once::Count { goods, missing, note } => {
                let goods = self.goods(goods)?;
                let counted = self.village.shelf.stock(goods) - i64::from(missing);
                let (counted, note) = (u32::try_from(counted).unwrap_or(0), note.to_owned());
                self.play(at, Command::Settle(Settlement::CountStock { goods, counted, note }))
            }
            Once::Reopen(reason) => self.play(at, Command::ReopenDay { day: at.date(), reason: reason.to_owned() }),
            Once::Late => self.late(at),
        }
    }

    /// The first person of such an age who is neither a head nor a member leaves for good.
    fn gone(&mut self, at: Moment, change: PersonChange, fits: impl Fn(i16) -> bool) -> Result<(), DemoError> {
        let age = |person: &Person| {
            let birth = parse_iso_date(self.village.register.text(person.id, Field::Birth));
            birth.map_or(0, |birth| at.date().year() - birth.year())
        };
        let is_head = |person: &Person| self.village.head(person.household) == Some(person.id);
        let mut others = self.village.people.persons.iter().filter(|person| person.memberships.is_empty());
        let found = others.find(|person| person.is_here() && fits(age(person)) && !is_head(person));
        match found.map(|person| person.id) {
            Some(person) => self.change(at, person, change),
            None => Ok(()),
        }
    }

    fn change(&mut self, at: Moment, person: PersonId, change: PersonChange) -> Result<(), DemoError> {
        self.play(at, Command::ChangePerson { person, change, from: at.date() })
    }

    fn reward(&mut self, at: Moment, name: &str, account: Account) -> Result<(), DemoError> {
        let date = at.date();
        let book = self.village.rules.in_force(date).ok_or(Refusal::NoRuleBook(date))?;
        let item = book.items.iter().find(|item| item.name == name).ok_or(Refusal::UnknownItem)?;
        let resolved = self.village.cases.iter().filter(|case| case.is_dispute() && case.resolved == Some(true));
        let Some(case) = resolved.last().filter(|_| self.is_bearable(book, item, account, 1, at)) else {
            return Ok(());
        };
        let (case, item) = (case.opening.id, item.id);
        let note = "一起劝和,双方当面说定".to_owned();
        let activity = NewActivity { item, date, note, lines: vec![(account, 1)], points_each: None };
        self.play(at, Command::RewardCase { case, activity })
    }

    /// The settings are as before in the evening.
    fn expire(&mut self, at: Moment) -> Result<(), DemoError> {
        let before = self.village.settings;
        let carry_over = CarryOver::ExpireAfter(MONTHS);
        self.play(at, Command::ChangeSettings(Settings { carry_over, ..before }))?;
        self.play(at, Command::ExpirePoints(Ledger::Villager))?;
        self.play(at, Command::ChangeSettings(before))
    }

    /// Who has not come yet, and has enough points, takes the first service, which is never out of stock.
    fn late(&mut self, at: Moment) -> Result<(), DemoError> {
        let came: Vec<_> = {
            let shelf = self.village.shelf.redemptions();
            shelf.filter(|one| one.at.date() == at.date()).map(|one| one.account).collect()
        };
        let mut homes = self.village.people.households.iter().map(|home| Account::Household(home.id));
        let late = homes.find(|home| !came.contains(home) && self.village.balance(*home) >= ENOUGH);
        let service = self.village.shelf.goods.iter().find(|goods| goods.is_service).map(|goods| goods.id);
        let (Some(account), Some(service)) = (late, service) else { return Ok(()) };
        self.play(at, Command::Redeem { account, basket: vec![(service, 1)], proxy: String::new() })
    }
}
