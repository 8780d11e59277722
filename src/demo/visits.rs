//! A year of visits: linked members with their households, two rounds a month,
//! the points that they earn, and what the clerk does with all of it.

use jiff::civil::{Date, Weekday};

use super::play::{Deed, Plan, Player, Scene};
use super::random::Random;
use super::{DemoError, Span};
use crate::domain::calendar::{Moment, Month, add_days};
use crate::domain::case::record::{Errand, Source, Topic};
use crate::domain::command::{Command, NewActivity, NewCase, NewHandling};
use crate::domain::id::{HouseholdId, PersonId};
use crate::domain::points::ledger::Account;
use crate::domain::roster::MemberType;
use crate::domain::visits::act::{NewRound, NewStop, VisitAct};
use crate::domain::visits::coverage::{MonthOutcome, VisitItems};
use crate::domain::visits::{Capacity, Visit, Visitor};

/// What was learnt, with its kind of 三件事.
const LEARNT: &[(&str, Option<Errand>)] = &[
    ("一切正常,老人身体好", None),
    ("提醒检查电线和插座", Some(Errand::Prevention)),
    ("帮着给手机装了反诈软件", Some(Errand::Help)),
    ("提醒缴纳明年医保", Some(Errand::Reminder)),
    ("家里有人外出务工,留了电话", None),
    ("提醒灶台边不要堆柴草", Some(Errand::Prevention)),
    ("帮忙代取快递和药品", Some(Errand::Help)),
    ("问起宅基地政策,已当面说明", None),
    ("提醒孩子放假不要下河", Some(Errand::Prevention)),
    ("农忙缺人手,联系了邻居换工", Some(Errand::Help)),
    ("提醒低保年审带齐材料", Some(Errand::Reminder)),
    ("对积分评比没有意见", None),
];
/// Days of the month on which rounds are made.
const ROUND_DAYS: [i32; 2] = [7, 18];
/// Households that the staff visit on a Thursday.
const STAFF_STOPS: usize = 3;

/// What can be planned of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Walk {
    /// Every linked member gets households to answer for.
    Link,
    /// A member visits the households of one of two halves, except those left out.
    Round { member: usize, half: usize, left_out: Option<usize>, learnt: usize },
    /// One of the staff visits neighbours, from this one on.
    Staff { first: usize, learnt: usize },
    /// The latest visit leads to a case.
    Case,
    /// The latest visit of the staff was entered for the wrong household.
    Strike,
    /// What the visits of the month earn is recorded, each and as a whole.
    Points,
}

/// Everything around visits.
pub(super) fn plan(scene: &Scene, span: &Span, random: &mut Random) -> Vec<Plan> {
    let linked = scene.members.iter().filter(|member| member.1 == MemberType::Linked).count();
    let mut plans = Vec::new();
    let mut add = |day: Date, hour: u8, minute: u8, walk: Walk| {
        if day <= span.last() {
            plans.push(Plan { at: Moment::at(day, hour, minute), deed: Deed::Walk(walk) });
        }
    };
    add(span.first(), 9, 5, Walk::Link);
    let mut month = Month::of(span.first());
    while month.first_day() <= span.last() {
        let idle = random.chance(30).then(|| random.position(linked));
        for member in (0..linked).filter(|member| Some(*member) != idle) {
            for (half, first) in ROUND_DAYS.into_iter().enumerate() {
                let left_out = random.chance(22).then(|| random.position(4));
                let learnt = random.position(LEARNT.len());
                let day = add_days(month.first_day(), first + random.days(-4, 4));
                add(day, 16, random.clock(0, 55), Walk::Round { member, half, left_out, learnt });
            }
        }
        add(month.last_day(), 20, 30, Walk::Points);
        month = month.next();
    }
    for day in span.quarters.into_iter().flat_map(|quarter| span.days(quarter)) {
        if day.weekday() == Weekday::Thursday {
            let (first, learnt) = (random.position(scene.homes.len()), random.position(LEARNT.len()));
            add(day, 11, 20, Walk::Staff { first, learnt });
        }
    }
    add(add_days(span.last(), -3), 17, 40, Walk::Case);
    add(add_days(span.last(), -1), 17, 40, Walk::Strike);
    plans
}

impl Player {
    /// Carries out what was planned around visits.
    pub(super) fn walk(&mut self, at: Moment, walk: Walk) -> Result<(), DemoError> {
        match walk {
            Walk::Link => self.link(at),
            Walk::Round { member, half, left_out, learnt } => {
                let Some(person) = self.linked().get(member).copied() else { return Ok(()) };
                let homes = self.village.links_of(person).map(|link| link.household).enumerate();
                let homes = homes.filter(|(place, _)| place % 2 == half && Some(place / 2) != left_out);
                let homes = homes.map(|(_, home)| home).collect();
                self.round(at, (Visitor::Person(person), Capacity::PartyMember), homes, learnt)
            }
            Walk::Staff { first, learnt } => {
                let Some(staff) = self.village.staff.active().next().map(|staff| staff.id) else { return Ok(()) };
                let homes = self.village.people.households.iter().map(|home| home.id);
                let homes = homes.skip(first).take(STAFF_STOPS).collect();
                self.round(at, (Visitor::Staff(staff), Capacity::GridWorker), homes, learnt)
            }
            Walk::Case => self.open_from_visit(at),
            Walk::Strike => self.strike(at),
            Walk::Points => self.month_points(at),
        }
    }

    fn linked(&self) -> Vec<PersonId> {
        let members = self.village.people.members();
        members.filter(|one| one.member_type() == Some(MemberType::Linked)).map(|one| one.id).collect()
    }

    /// Five to eight neighbours each, of their own grid.
    fn link(&mut self, at: Moment) -> Result<(), DemoError> {
        let homes = self.village.people.households.iter();
        let mut free: Vec<_> = homes.map(|home| (home.id, home.grid)).collect();
        for (place, person) in self.linked().into_iter().enumerate() {
            let own = self.village.people.persons.get(person).map(|person| person.household);
            let home = own.and_then(|own| self.village.people.households.get(own));
            let grid = home.and_then(|home| home.grid);
            let near = free.iter().filter(|(home, of)| Some(*home) != own && *of == grid);
            let households: Vec<_> = near.map(|(home, _)| *home).take(5 + place % 4).collect();
            free.retain(|(home, _)| !households.contains(home));
            if !households.is_empty() {
                self.play(at, Command::Visit(VisitAct::Link { person, households, from: at.date() }))?;
            }
        }
        Ok(())
    }

    fn round(
        &mut self,
        at: Moment,
        (visitor, capacity): (Visitor, Capacity),
        homes: Vec<HouseholdId>,
        learnt: usize,
    ) -> Result<(), DemoError> {
        let stops = homes.into_iter().enumerate().map(|(place, household)| {
            let (note, errand) = LEARNT[(learnt + place * 5) % LEARNT.len()];
            NewStop { household, note: note.to_owned(), errand }
        });
        let stops: Vec<_> = stops.collect();
        if stops.is_empty() {
            return Ok(());
        }
        self.play(at, Command::Visit(VisitAct::Record(NewRound { date: at.date(), visitor, capacity, stops })))
    }

    fn open_from_visit(&mut self, at: Moment) -> Result<(), DemoError> {
        let Some(visit) = self.village.visits.iter().last().copied() else { return Ok(()) };
        let home = self.village.people.households.get(visit.made.household);
        let new = NewCase {
            title: "问新农合异地报销怎么办".to_owned(),
            text: "走访时问起,手续和比例不清楚".to_owned(),
            source: Source::Visit,
            grid: home.and_then(|home| home.grid),
            reporter: self.village.head(visit.made.household),
            reporter_name: String::new(),
            phone: String::new(),
            topic: Topic::Policy,
            errand: Errand::Help,
            risk: None,
            received: at,
            handling: Some(NewHandling::ExplainedReturn {
                reason: "已当面讲清手续,并送去报销须知".to_owned()
            }),
        };
        self.play(at, Command::Visit(VisitAct::OpenCase { visit: visit.made.visit, new: Box::new(new) }))
    }

    fn strike(&mut self, at: Moment) -> Result<(), DemoError> {
        let is_plain =
            |visit: &&Visit| matches!(visit.made.visitor, Visitor::Staff(_)) && visit.stands() && visit.case.is_none();
        let Some(visit) = self.village.visits.iter().filter(is_plain).last() else { return Ok(()) };
        let (visit, reason) = (visit.made.visit, "登错了户,当天去的是隔壁一户".to_owned());
        self.play(at, Command::Visit(VisitAct::Strike { visit, reason }))
    }

    /// As the clerk confirms it: each visit, then the month as a whole.
    fn month_points(&mut self, at: Moment) -> Result<(), DemoError> {
        let (date, month) = (at.date(), Month::of(at.date()));
        let visits: Vec<_> = self.village.earnable_visits(month).iter().map(|(visit, _)| visit.made.visit).collect();
        let item = self.village.rules.in_force(date).and_then(|book| VisitItems::of(book).each).map(|item| item.id);
        if let (Some(item), false) = (item, visits.is_empty()) {
            self.play(at, Command::Visit(VisitAct::Reward { visits, item }))?;
        }
        for (outcome, note) in [(MonthOutcome::Full, "联系户全部走到"), (MonthOutcome::Missed, "当月没有走访记录")]
        {
            let Some((item, months)) = self.village.month_proposals(month, date, outcome) else { continue };
            let lines: Vec<_> = months.iter().map(|one| (Account::Member(one.person), 1)).collect();
            let item = item.id;
            if !lines.is_empty() {
                let new = NewActivity { item, date, note: note.to_owned(), lines, points_each: None };
                self.play(at, Command::RecordActivity(new))?;
            }
        }
        Ok(())
    }
}
