//! The county's cases: what is brought forward, how it is handled, and how it
//! ends. The shares are those of the demo village.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Clerk, DAYS, Deed, Home};
use crate::demo::cases::{COMPLEX, GENERAL, SOURCES, duration, satisfied, usual_handling};
use crate::demo::matters::{COMPLAINTS, DISPUTES, EXPLAINED, MATTERS};
use crate::demo::random::Random;
use crate::domain::calendar::{Moment, add_days};
use crate::domain::case::record::{Errand, Handling, Happening, Opening, Rating, Source, Topic};
use crate::domain::command::NewHandling;
use crate::domain::event::Event;
use crate::domain::id::CaseId;
use crate::domain::register::{Field, Notes};

/// What happens to a case after it was opened, of what a county sees.
#[derive(Clone, Copy, Debug)]
pub(super) enum CountyStep {
    Assign,
    AssignAgain,
    Start,
    FeedBack,
    Answer,
    Rate(Rating),
    Complain(usize),
    Archive,
}

/// A case that is planned.
struct Story {
    received: Moment,
    /// Place in [`DISPUTES`] or [`MATTERS`].
    matter: usize,
    /// For a dispute: whether it will be resolved.
    resolved: Option<bool>,
    source: Source,
    home: usize,
    /// Whether the head of the household reported it.
    is_reported_by_head: bool,
    handling: NewHandling,
    is_assigned_at_once: bool,
    days: i32,
    is_sent_back: bool,
    /// Once it is opened.
    id: Option<CaseId>,
}

/// All cases of the two years.
pub(super) struct Docket {
    stories: Vec<Story>,
    numbers: HashMap<i16, u32>,
}

impl Docket {
    /// Plans so many cases that are received until the day before `today`.
    pub fn plan(count: usize, today: Date, homes: usize, random: &mut Random) -> Self {
        let stories = (0..count).map(|place| Story::plan(place, today, homes, random)).collect();
        Self { stories, numbers: HashMap::new() }
    }

    /// When they are opened and moved; what lies ahead has not happened.
    pub fn deeds(&self, today: Date, random: &mut Random) -> Vec<(Moment, Deed)> {
        let mut deeds = Vec::with_capacity(self.stories.len() * 6);
        for (case, story) in self.stories.iter().enumerate() {
            let received = story.received.date();
            deeds.push((Moment(story.received.0 + 600_000), Deed::Open(case)));
            for (days, hour, step) in story.steps(random) {
                let day = add_days(received, days);
                if day >= today {
                    break;
                }
                deeds.push((Moment::at(day, hour, random.clock(0, 50)), Deed::Step(case, step)));
            }
        }
        deeds
    }

    /// Opens a case, which reports it, and assigns it where that is clear.
    pub fn open(&mut self, clerk: &mut Clerk, at: Moment, case: usize, homes: &[Home]) {
        let story = &mut self.stories[case];
        let number = self.numbers.entry(story.received.date().year()).or_default();
        *number += 1;
        let number = *number;
        clerk.record(at, |notes| {
            let id: CaseId = notes.fresh();
            story.id = Some(id);
            let mut events = vec![
                Event::CaseOpened(story.opening(id, number, &homes[story.home])),
                Event::CaseMoved { case: id, happening: Happening::Reported },
            ];
            notes.set(id, Field::Title, story.title());
            if story.is_assigned_at_once {
                let happening = assigned(notes, &story.handling);
                events.extend(happening.map(|happening| Event::CaseMoved { case: id, happening }));
            }
            events
        });
    }

    /// Moves a case.
    pub fn step(&mut self, clerk: &mut Clerk, at: Moment, case: usize, step: CountyStep) {
        let story = &self.stories[case];
        let Some(id) = story.id else {
            return;
        };
        clerk.record(at, |notes| {
            let happening = match step {
                CountyStep::Assign => assigned(notes, &story.handling),
                CountyStep::AssignAgain => assigned(notes, &NewHandling::TimeLimited(GENERAL)),
                CountyStep::Start => Some(Happening::Started),
                CountyStep::FeedBack => Some(Happening::FedBack(None)),
                CountyStep::Answer => Some(Happening::Answered { note: None, resolved: story.resolved }),
                CountyStep::Rate(rating) => Some(Happening::Rated(rating, None)),
                CountyStep::Complain(complaint) => {
                    Some(Happening::Rated(Rating::Dissatisfied, notes.note(COMPLAINTS[complaint])))
                }
                CountyStep::Archive => Some(Happening::Archived),
            };
            happening.map(|happening| Event::CaseMoved { case: id, happening }).into_iter().collect()
        });
    }
}

impl Story {
    fn plan(place: usize, today: Date, homes: usize, random: &mut Random) -> Self {
        let received = add_days(today, -random.days(1, DAYS));
        // Three of ten are disputes, and of these one in nine is not resolved.
        let is_dispute = matches!(place % 10, 1 | 4 | 7);
        let follow_up = random.days(8, 14);
        let is_explained = !is_dispute && random.chance(13);
        let handling = if is_explained {
            NewHandling::ExplainedReturn { reason: (*random.pick(EXPLAINED)).to_owned() }
        } else {
            usual_handling(random, is_dispute, add_days(received, follow_up))
        };
        let late = if !is_explained && random.chance(7) { 5 } else { 0 };
        Self {
            received: Moment::at(received, random.clock(8, 11), random.clock(0, 59)),
            matter: random.position(if is_dispute { DISPUTES.len() } else { MATTERS.len() }),
            resolved: is_dispute.then_some(place % 30 != 4),
            source: *random.pick(SOURCES),
            home: random.position(homes),
            is_reported_by_head: random.chance(70),
            days: duration(random, &handling, follow_up) + late,
            is_assigned_at_once: is_explained || random.chance(60),
            handling,
            is_sent_back: !is_explained && place % 40 == 21,
            id: None,
        }
    }

    /// Days since it was received, hour, and what happens then.
    fn steps(&self, random: &mut Random) -> Vec<(i32, u8, CountyStep)> {
        let mut steps = Vec::with_capacity(10);
        let mut rated = 1;
        if !self.is_assigned_at_once {
            steps.push((0, 13, CountyStep::Assign));
        }
        if !matches!(self.handling, NewHandling::ExplainedReturn { .. }) {
            steps.push((0, 14, CountyStep::Start));
            if self.handling == NewHandling::TimeLimited(COMPLEX) {
                steps.push((6, 10, CountyStep::FeedBack));
            }
            steps.push((self.days, 16, CountyStep::Answer));
            rated = self.days + 1;
        }
        if self.is_sent_back {
            steps.push((rated + 1, 10, CountyStep::Complain(random.position(COMPLAINTS.len()))));
            steps.push((rated + 1, 14, CountyStep::AssignAgain));
            steps.push((rated + 2, 9, CountyStep::Start));
            steps.push((rated + 3, 16, CountyStep::Answer));
            rated += 4;
        }
        let rated = rated + random.days(0, 2);
        steps.push((rated, 10, CountyStep::Rate(satisfied(random))));
        steps.push((rated + 1, 9, CountyStep::Archive));
        steps
    }

    fn title(&self) -> &'static str {
        if self.resolved.is_some() { DISPUTES[self.matter].0 } else { MATTERS[self.matter].title }
    }

    fn opening(&self, id: CaseId, number: u32, home: &Home) -> Opening {
        let (topic, errand, risk) = if self.resolved.is_some() {
            (Topic::Dispute, Errand::Prevention, Some(DISPUTES[self.matter].1))
        } else {
            let matter = &MATTERS[self.matter];
            (matter.topic, matter.errand, None)
        };
        Opening {
            id,
            number,
            source: self.source,
            grid: Some(home.grid),
            reporter: self.is_reported_by_head.then_some(home.head),
            topic,
            errand,
            risk,
            received: self.received,
        }
    }
}

/// The handling with its texts under ids; nothing where a text is missing,
/// which the texts of the demo are not.
fn assigned(notes: &mut Notes<'_>, handling: &NewHandling) -> Option<Happening> {
    let handling = match handling {
        NewHandling::Immediate => Handling::Immediate,
        NewHandling::TimeLimited(limit) => Handling::TimeLimited(*limit),
        NewHandling::Escalated { to, follow_up } => {
            Handling::Escalated { to: notes.note(to)?, follow_up: (*follow_up)? }
        }
        NewHandling::ExplainedReturn { reason } => Handling::ExplainedReturn(notes.note(reason)?),
    };
    Some(Happening::Assigned(handling))
}
