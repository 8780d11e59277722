//! A case 「事项」: what was found, what happened to it, and what follows.

use jiff::civil::Date;

pub use super::words::{Errand, Rating, Risk, Source, Topic};

use super::clock::{Added, DayUnit, IMMEDIATE, Limit, Standing, Target, standing};
use super::step::{Act, Stage, Step, StepRefusal, transition};
use crate::domain::calendar::{Moment, add_days};
use crate::domain::id::{CaseId, GridId, NoteId, PersonId};
use crate::domain::working_days::WorkingDays;

/// 四办: the handling chosen when the case is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// 小事立即办
    Immediate,
    /// 清单限时办, by this limit.
    TimeLimited(Limit),
    /// 提级上报办
    Escalated {
        /// To whom.
        to: NoteId,
        /// The village's own follow-up date.
        follow_up: Date,
    },
    /// 解释退回办, with the reason that was told to the person.
    ExplainedReturn(NoteId),
}

impl Handling {
    /// Short words for tables: 立即办, 限时办, 上报办, 退回办.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Immediate => "立即办",
            Self::TimeLimited(_) => "限时办",
            Self::Escalated { .. } => "上报办",
            Self::ExplainedReturn(_) => "退回办",
        }
    }

    /// The free text that it carries.
    pub const fn note(self) -> Option<NoteId> {
        match self {
            Self::Escalated { to: note, .. } | Self::ExplainedReturn(note) => Some(note),
            Self::Immediate | Self::TimeLimited(_) => None,
        }
    }

    /// Its place in charts: 0–3 in the order of 四办.
    pub const fn place(self) -> usize {
        match self {
            Self::Immediate => 0,
            Self::TimeLimited(_) => 1,
            Self::Escalated { .. } => 2,
            Self::ExplainedReturn(_) => 3,
        }
    }
}

/// What happened to a case after it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// 上报
    Reported,
    /// 交办
    Assigned(Handling),
    /// 开始办理
    Started,
    /// 中途反馈
    FedBack(Option<NoteId>),
    /// 办结反馈; for a dispute, whether it is resolved 「化解」.
    Answered {
        /// What was done.
        note: Option<NoteId>,
        /// Only for disputes.
        resolved: Option<bool>,
    },
    /// 评价
    Rated(Rating, Option<NoteId>),
    /// 归档
    Archived,
    /// 改变去向, with the reason.
    HandlingChanged(Handling, NoteId),
    /// 挂起, with the reason.
    Suspended(NoteId),
    /// 恢复办理
    Resumed,
    /// 延期 by so many days, with who approved it and why.
    Extended(u16, NoteId),
    /// 督办
    Urged(Option<NoteId>),
}

impl Happening {
    /// The act of the state machine that this is.
    pub const fn act(self) -> Act {
        match self {
            Self::Reported => Act::Report,
            Self::Assigned(Handling::ExplainedReturn(_)) | Self::HandlingChanged(Handling::ExplainedReturn(_), _) => {
                Act::ExplainAndReturn
            }
            Self::Assigned(_) => Act::Assign,
            Self::Started => Act::Start,
            Self::FedBack(_) => Act::FeedBack,
            Self::Answered { .. } => Act::Answer,
            Self::Rated(rating, _) if rating.is_satisfied() => Act::RateSatisfied,
            Self::Rated(..) => Act::RateDissatisfied,
            Self::Archived => Act::Archive,
            Self::HandlingChanged(..) => Act::ChangeHandling,
            Self::Suspended(_) => Act::Suspend,
            Self::Resumed => Act::Resume,
            Self::Extended(..) => Act::Extend,
            Self::Urged(_) => Act::Urge,
        }
    }

    /// The free texts that it names: of itself, and of its handling.
    pub const fn notes(self) -> [Option<NoteId>; 2] {
        match self {
            Self::Assigned(handling) => [None, handling.note()],
            Self::HandlingChanged(handling, note) => [Some(note), handling.note()],
            Self::FedBack(note) | Self::Answered { note, .. } | Self::Rated(_, note) | Self::Urged(note) => {
                [note, None]
            }
            Self::Suspended(note) | Self::Extended(_, note) => [Some(note), None],
            Self::Reported | Self::Started | Self::Archived | Self::Resumed => [None, None],
        }
    }
}

/// How a case began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The case's id.
    pub id: CaseId,
    /// Running number in its year, from 1.
    pub number: u32,
    /// Where the village heard of it.
    pub source: Source,
    /// Where it lies.
    pub grid: Option<GridId>,
    /// Who reported it, if the person is in the village; else see the register.
    pub reporter: Option<PersonId>,
    /// What it is about.
    pub topic: Topic,
    /// 三件事 kind.
    pub errand: Errand,
    /// For a dispute: its risk.
    pub risk: Option<Risk>,
    /// When the village received it.
    pub received: Moment,
}

/// Most cases take no more steps than these, from 上报 to 归档.
const STEPS_USUAL: usize = 6;

/// 事项
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// How it began.
    pub opening: Opening,
    /// Where it stands.
    pub stage: Stage,
    /// How it is handled; kept while it waits to be assigned again.
    pub handling: Option<Handling>,
    /// 轮次: 1, and one more after every 不满意.
    pub round: u16,
    /// The first rating, kept for ever.
    pub first_rating: Option<Rating>,
    /// The latest rating.
    pub rating: Option<Rating>,
    /// For a dispute that was answered: whether it is resolved.
    pub resolved: Option<bool>,
    /// Everything that happened, with its time, oldest first.
    pub history: Vec<(Moment, Happening)>,
    clock: ClockState,
}

/// What the clock of the present round has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct ClockState {
    started: Option<Date>,
    fed_back: Option<Date>,
    closed: Option<Date>,
    suspended_since: Option<Date>,
    added: Added,
    /// What had been added when it was escalated: the follow-up date was chosen
    /// with that in mind.
    escalated: Added,
    /// The handling whose limit was running when the case was explained and returned.
    frozen: Option<Handling>,
}

impl Case {
    /// A case that has just been found.
    pub fn open(opening: Opening) -> Self {
        let clock = ClockState { started: Some(opening.received.date()), ..ClockState::default() };
        Self {
            opening,
            stage: Stage::START,
            handling: None,
            round: 1,
            first_rating: None,
            rating: None,
            resolved: None,
            history: Vec::with_capacity(STEPS_USUAL),
            clock,
        }
    }

    /// Applies what happened, or says why it could not have happened.
    pub fn apply(&mut self, at: Moment, happening: Happening) -> Result<(), StepRefusal> {
        let before = self.stage;
        self.stage = transition(before, happening.act())?;
        // Only some steps ask for the day, and there are hundreds of thousands of steps.
        let day = || at.date();
        match happening {
            Happening::Assigned(handling) | Happening::HandlingChanged(handling, _) => {
                self.assign(handling, before.step, day());
            }
            Happening::FedBack(_) => self.clock.fed_back = self.clock.fed_back.or_else(|| Some(day())),
            Happening::Answered { resolved, .. } => {
                self.resolved = resolved;
                self.close(day());
            }
            Happening::Rated(rating, _) => self.rate(rating, day()),
            Happening::Suspended(_) => self.clock.suspended_since = Some(day()),
            Happening::Resumed => {
                let since = self.clock.suspended_since.take().unwrap_or_else(day);
                self.clock.added.suspend(since, day());
            }
            Happening::Extended(days, _) => self.clock.added.extend(days),
            Happening::Reported | Happening::Started | Happening::Archived | Happening::Urged(_) => {}
        }
        self.history.push((at, happening));
        Ok(())
    }

    /// Lets displaced happenings count: they go in as late as they fit, what
    /// stood at that place gives way, and what came later stays where it still
    /// follows. Refused when they fit nowhere.
    pub fn adopt(&mut self, branch: &[(Moment, Happening)]) -> Result<(), StepRefusal> {
        let mut refusal = StepRefusal::Archived;
        for cut in (0..=self.history.len()).rev() {
            let mut again = Self::open(self.opening);
            let (before, after) = self.history.split_at(cut);
            let fits = before.iter().chain(branch).try_for_each(|(at, happening)| again.apply(*at, *happening));
            if let Err(error) = fits {
                refusal = error;
                continue;
            }
            for (at, happening) in after.iter().skip(1) {
                // What no longer follows gives way too.
                let _gone = again.apply(*at, *happening);
            }
            *self = again;
            return Ok(());
        }
        Err(refusal)
    }

    fn assign(&mut self, handling: Handling, from: Step, day: Date) {
        match handling {
            Handling::ExplainedReturn(_) => {
                // A case that waits to be assigned again has no running limit.
                self.clock.frozen = self.timed().filter(|_| from != Step::Reported);
                self.close(day);
            }
            Handling::Escalated { .. } => self.clock.escalated = self.clock.added,
            Handling::Immediate | Handling::TimeLimited(_) => {}
        }
        self.handling = Some(handling);
    }

    fn close(&mut self, day: Date) {
        self.clock.closed = Some(day);
        self.clock.fed_back = self.clock.fed_back.or(Some(day));
    }

    fn rate(&mut self, rating: Rating, day: Date) {
        self.first_rating = self.first_rating.or(Some(rating));
        self.rating = Some(rating);
        if !rating.is_satisfied() {
            self.round = self.round.saturating_add(1);
            self.resolved = None;
            self.clock = ClockState { started: Some(day), ..ClockState::default() };
        }
    }

    /// Whether the case is closed 「办结」: answered and not sent back.
    pub fn is_closed(&self) -> bool {
        self.clock.closed.is_some()
    }

    /// The day on which it was closed.
    pub fn closed_on(&self) -> Option<Date> {
        self.clock.closed
    }

    /// Whether it is a dispute 「矛盾纠纷」.
    pub fn is_dispute(&self) -> bool {
        self.opening.topic == Topic::Dispute
    }

    /// The handling whose limit counts: a case that was explained and returned keeps
    /// the one that was running, if any was.
    fn timed(&self) -> Option<Handling> {
        match self.handling? {
            Handling::ExplainedReturn(_) => self.clock.frozen,
            handling => Some(handling),
        }
    }

    /// Its limit, unless there is none or the follow-up date stands for it.
    pub fn limit(&self) -> Option<Limit> {
        match self.timed()? {
            Handling::Immediate => Some(IMMEDIATE),
            Handling::TimeLimited(limit) => Some(limit),
            Handling::Escalated { .. } | Handling::ExplainedReturn(_) => None,
        }
    }

    /// The day on which the target of its limit is due, suspended and
    /// extended days included. `None` before it is assigned. A case that was
    /// explained and returned keeps the limit that was running, if any was.
    pub fn due(&self, working_days: &WorkingDays) -> Option<Date> {
        let (started, added) = (self.clock.started?, self.clock.added);
        if let Some(Handling::Escalated { follow_up, .. }) = self.timed() {
            return Some(add_days(follow_up, added.days() - self.clock.escalated.days()));
        }
        let limit = self.limit()?;
        let added = match limit.unit {
            DayUnit::Day => added.days(),
            DayUnit::WorkingDay if added.suspended == 0 => added.extended,
            DayUnit::WorkingDay => added.extended.saturating_add(self.suspended_days(working_days).into()),
        };
        Some(limit.due(started, added, working_days))
    }

    /// Working days during which the present round was suspended.
    fn suspended_days(&self, working_days: &WorkingDays) -> u16 {
        let begins = self.history.iter().rposition(|(_, happening)| happening.act() == Act::RateDissatisfied);
        let round = self.history.iter().skip(begins.map_or(0, |place| place + 1));
        let (mut since, mut days) = (None, 0);
        for (at, happening) in round {
            match happening {
                Happening::Suspended(_) => since = Some(at.date()),
                Happening::Resumed => {
                    let from = since.take().unwrap_or_else(|| at.date());
                    days += working_days.between(from, at.date(), u16::MAX - days);
                }
                _ => {}
            }
        }
        days
    }

    fn target(&self) -> Target {
        self.limit().map_or(Target::Closed, |limit| limit.target)
    }

    fn reached(&self) -> Option<Date> {
        match self.target() {
            Target::Closed => self.clock.closed,
            Target::FedBack => self.clock.fed_back,
        }
    }

    /// How it stands against its clock.
    pub fn standing(&self, today: Date, working_days: &WorkingDays) -> Standing {
        if self.stage.suspended {
            return Standing::Suspended;
        }
        match self.due(working_days) {
            // A case that waits to be assigned again has no running limit.
            Some(_) if self.stage.step == Step::Reported => Standing::NoLimit,
            Some(due) => standing(due, self.reached(), today),
            None if self.is_closed() => Standing::Met,
            None => Standing::NoLimit,
        }
    }
}
