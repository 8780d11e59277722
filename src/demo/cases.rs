//! A year of cases under the four handlings, and those that are open today.

use jiff::civil::Date;

use super::Span;
use super::matters::{COMPLAINTS, DISPUTES, EXPLAINED, MATTERS, SUPERIORS, SUSPENDED};
use super::names;
use super::play::{Deed, Plan, Scene};
use super::random::Random;
use crate::domain::calendar::{Moment, Month, add_days, days_between};
use crate::domain::case::clock::{DayUnit, Limit, Target};
use crate::domain::case::record::{Errand, Rating, Risk, Source, Topic};
use crate::domain::command::{CaseStep, NewCase, NewHandling};
use crate::domain::roster::Sex;

/// Cases of the past begin at least so many days before today; later ones are
/// those of [`Teller::open_today`].
const SETTLED_DAYS: i32 = 12;
pub(super) const SOURCES: &[Source] = &[
    Source::Visit,
    Source::Visit,
    Source::WalkIn,
    Source::WalkIn,
    Source::Grid,
    Source::Grid,
    Source::Grid,
    Source::TenHouseholdHead,
    Source::Hotline,
    Source::WeChat,
    Source::WeChat,
    Source::Diary,
    Source::Superior,
];
pub(super) const GENERAL: Limit = Limit::days(3, Target::Closed);
pub(super) const COMPLEX: Limit = Limit::days(10, Target::FedBack);
pub(super) const DISPUTE: Limit = Limit::days(7, Target::Closed);
pub(super) const REPAIR: Limit = Limit { days: 5, unit: DayUnit::WorkingDay, target: Target::Closed };

/// Tells what happened to one case after another.
struct Teller<'a> {
    scene: &'a Scene,
    random: &'a mut Random,
    today: Date,
    plans: Vec<Plan>,
    key: usize,
    matters: Vec<usize>,
    disputes: Vec<usize>,
}

/// A case as it is told: where it stands in its story.
#[derive(Clone, Copy)]
struct Story {
    key: usize,
    received: Date,
    done: &'static str,
    is_dispute: bool,
}

/// All cases of the year.
pub(super) fn plan(scene: &Scene, span: &Span, random: &mut Random) -> Vec<Plan> {
    let (today, plans) = (span.today, Vec::new());
    let mut teller = Teller { scene, random, today, plans, key: 0, matters: Vec::new(), disputes: Vec::new() };
    teller.open_today();
    let settled = add_days(today, -SETTLED_DAYS);
    let mut month = Month::of(span.first());
    while month <= Month::of(settled) {
        let first = jiff::civil::date(month.year, month.month, 1);
        let end = first.last_of_month();
        let days = days_between(first, end.min(settled)) + 1;
        let elapsed = days_between(first, end.min(span.last())) + 1;
        let full = teller.random.days(10, 13);
        let count = (full * elapsed / 30 - teller.open_in(month)).max(0);
        for place in 0..count {
            let received = add_days(first, place * days / count);
            teller.settled(received);
        }
        month = month.back(-1);
    }
    teller.plans
}

impl Teller<'_> {
    /// How many of today's cases were received in the month.
    fn open_in(&self, month: Month) -> i32 {
        let opened = self.plans.iter().filter(|plan| matches!(plan.deed, Deed::Open { .. }));
        i32::try_from(opened.filter(|plan| Month::of(plan.at.date()) == month).count()).unwrap_or(0)
    }

    /// The next place in a list that is gone through in changing order.
    fn next_place(&mut self, dispute: bool) -> usize {
        let (places, length) =
            if dispute { (&mut self.disputes, DISPUTES.len()) } else { (&mut self.matters, MATTERS.len()) };
        if places.is_empty() {
            places.extend(0..length);
            self.random.shuffle(places);
        }
        places.pop().unwrap_or(0)
    }

    /// Opens a case on the day, with its handling where that is clear at once.
    fn open(&mut self, received: Date, dispute: bool, risk: Option<Risk>, handling: Option<NewHandling>) -> Story {
        let place = self.next_place(dispute);
        let (title, topic, errand, done, usual) = if dispute {
            let (title, risk, done) = DISPUTES[place];
            (title, Topic::Dispute, Errand::Prevention, done, Some(risk))
        } else {
            let matter = &MATTERS[place];
            (matter.title, matter.topic, matter.errand, matter.done, None)
        };
        let at = Moment::at(received, self.random.clock(8, 11), self.random.clock(0, 59));
        let source = *self.random.pick(SOURCES);
        let (_, grid, head) = *self.random.pick(&self.scene.homes);
        let (reporter, reporter_name, phone) = match self.random.below(10) {
            0 => (None, String::new(), String::new()),
            1 | 2 => (None, self.stranger(), format!("1990000{:04}", self.random.between(9_000, 9_999))),
            _ => (Some(head), String::new(), String::new()),
        };
        let new = NewCase {
            title: title.to_owned(),
            text: String::new(),
            source,
            grid,
            reporter,
            reporter_name,
            phone,
            topic,
            errand,
            risk: risk.or(usual),
            received: at,
            handling,
        };
        self.key += 1;
        let at = Moment(at.0 + 600_000);
        self.plans.push(Plan { at, deed: Deed::Open { key: self.key, new: Box::new(new) } });
        Story { key: self.key, received, done, is_dispute: dispute }
    }

    fn stranger(&mut self) -> String {
        let sex = if self.random.chance(50) { Sex::Male } else { Sex::Female };
        names::any(self.random, sex)
    }

    /// A step `days` after the case was received, at the hour; steps that
    /// would lie in the future have not happened.
    fn step(&mut self, story: Story, days: i32, hour: u8, step: CaseStep) {
        let day = add_days(story.received, days);
        if day < self.today {
            let at = Moment::at(day, hour, self.random.clock(0, 50));
            self.plans.push(Plan { at, deed: Deed::Move { key: story.key, step } });
        }
    }

    fn answer(&mut self, story: Story, days: i32, resolved: bool) {
        let note = if story.is_dispute && !resolved { "双方未谈拢,同意走诉讼" } else { story.done };
        let resolved = story.is_dispute.then_some(resolved);
        self.step(story, days, 16, CaseStep::Answer { note: note.to_owned(), resolved });
    }

    /// A case of the past, from received to archived.
    fn settled(&mut self, received: Date) {
        // Three of ten are disputes, and of these one in nine is not resolved.
        let is_dispute = matches!(self.key % 10, 1 | 4 | 7);
        let resolved = self.key % 30 != 4;
        if !is_dispute && self.random.chance(13) {
            let reason = (*self.random.pick(EXPLAINED)).to_owned();
            let story = self.open(received, false, None, Some(NewHandling::ExplainedReturn { reason }));
            return self.praise(story, 1);
        }
        let follow_up = self.random.days(8, 14);
        let handling = usual_handling(self.random, is_dispute, add_days(received, follow_up));
        let is_late = self.random.chance(7) && received < add_days(self.today, -30);
        let days = duration(self.random, &handling, follow_up) + if is_late { 5 } else { 0 };
        let is_complex = handling == NewHandling::TimeLimited(COMPLEX);
        let at_once = self.random.chance(60);
        let story = self.open(received, is_dispute, None, at_once.then(|| handling.clone()));
        if !at_once {
            self.step(story, 0, 13, CaseStep::Assign(handling.clone()));
        }
        self.step(story, 0, 14, CaseStep::Start);
        if is_complex {
            self.step(story, 6, 10, CaseStep::FeedBack("方案已定,正在施工,已告知反映人".to_owned()));
        }
        self.answer(story, days, resolved);
        // Every fortieth case or so does not satisfy at first.
        if story.key % 40 == 21 {
            self.send_back(story, days, handling);
        } else {
            self.praise(story, days + 1);
        }
    }

    /// A satisfied rating after `days`, and the file closed.
    fn praise(&mut self, story: Story, days: i32) {
        let rating = satisfied(self.random);
        let days = days + self.random.days(0, 2);
        self.step(story, days, 10, CaseStep::Rate(rating, String::new()));
        self.step(story, days + 1, 9, CaseStep::Archive);
    }

    /// Not satisfied: assigned again, done again, and then accepted.
    fn send_back(&mut self, story: Story, days: i32, handling: NewHandling) {
        let complaint = (*self.random.pick(COMPLAINTS)).to_owned();
        let handling = match handling {
            NewHandling::Escalated { to, follow_up } => {
                NewHandling::Escalated { to, follow_up: follow_up.map(|day| add_days(day, 15)) }
            }
            _ => NewHandling::TimeLimited(GENERAL),
        };
        self.step(story, days + 2, 10, CaseStep::Rate(Rating::Dissatisfied, complaint));
        self.step(story, days + 2, 14, CaseStep::Assign(handling));
        self.step(story, days + 3, 9, CaseStep::Start);
        self.answer(story, days + 4, true);
        self.praise(story, days + 5);
    }

    /// The cases that are open today, one for each place of the desk.
    fn open_today(&mut self) {
        let day = |days: i32| add_days(self.today, -days);
        let (d1, d2, d3, d4, d5, d8, d9) = (day(1), day(2), day(3), day(4), day(5), day(8), day(9));
        // 逾期 2 天
        let overdue = self.open(d5, false, None, Some(NewHandling::TimeLimited(GENERAL)));
        self.step(overdue, 0, 14, CaseStep::Start);
        self.step(overdue, 4, 10, CaseStep::Urge("请尽快办结并反馈".to_owned()));
        // 明天到期
        let tomorrow = self.open(d2, false, None, Some(NewHandling::TimeLimited(GENERAL)));
        self.step(tomorrow, 0, 14, CaseStep::Start);
        // 红色纠纷在办
        let red = self.open(d3, true, Some(Risk::Red), Some(NewHandling::TimeLimited(DISPUTE)));
        self.step(red, 0, 14, CaseStep::Start);
        self.step(red, 1, 10, CaseStep::FeedBack("已成立专班,双方同意先冷静".to_owned()));
        // 待交办
        self.open(d1, false, None, None);
        // 待评价
        let answered = self.open(d4, false, None, Some(NewHandling::TimeLimited(GENERAL)));
        self.step(answered, 0, 14, CaseStep::Start);
        self.answer(answered, 3, true);
        // 挂起
        let suspended = self.open(d9, false, None, Some(NewHandling::TimeLimited(REPAIR)));
        self.step(suspended, 0, 14, CaseStep::Start);
        self.step(suspended, 3, 15, CaseStep::Suspend(SUSPENDED.to_owned()));
        // 提级上报
        let follow_up = Some(add_days(self.today, 5));
        let to = SUPERIORS[2].to_owned();
        let escalated = self.open(d8, false, None, Some(NewHandling::Escalated { to, follow_up }));
        self.step(escalated, 0, 15, CaseStep::Start);
    }
}

/// How a case is usually handled that is not explained and returned.
pub(super) fn usual_handling(random: &mut Random, is_dispute: bool, follow_up: Date) -> NewHandling {
    match random.below(100) {
        _ if is_dispute => NewHandling::TimeLimited(DISPUTE),
        0..54 => NewHandling::Immediate,
        54..70 => NewHandling::TimeLimited(GENERAL),
        70..80 => NewHandling::TimeLimited(REPAIR),
        80..89 => NewHandling::TimeLimited(COMPLEX),
        _ => NewHandling::Escalated { to: (*random.pick(SUPERIORS)).to_owned(), follow_up: Some(follow_up) },
    }
}

/// Days until the answer, within what the handling allows.
pub(super) fn duration(random: &mut Random, handling: &NewHandling, follow_up: i32) -> i32 {
    match handling {
        NewHandling::Immediate => random.days(0, 1),
        NewHandling::TimeLimited(limit) if *limit == GENERAL => random.days(1, 3),
        NewHandling::TimeLimited(limit) if *limit == REPAIR => random.days(2, 5),
        NewHandling::TimeLimited(limit) if *limit == COMPLEX => random.days(8, 14),
        NewHandling::TimeLimited(_) => random.days(2, 7),
        NewHandling::Escalated { .. } => random.days(6, follow_up),
        NewHandling::ExplainedReturn { .. } => 0,
    }
}

/// One of the ratings that end a case.
pub(super) fn satisfied(random: &mut Random) -> Rating {
    match random.below(100) {
        0..52 => Rating::VerySatisfied,
        52..88 => Rating::Satisfied,
        _ => Rating::FairlySatisfied,
    }
}
