//! The seven steps 「七步」 and what may happen at each: one total function.

use thiserror::Error;

use crate::domain::roster::words;

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// 发现
    Found,
    /// 上报
    Reported,
    /// 交办
    Assigned,
    /// 办理
    InProgress,
    /// 反馈
    Answered,
    /// 评价
    Rated,
    /// 归档
    Archived,
}

words!(Step {
    Found = "发现",
    Reported = "上报",
    Assigned = "交办",
    InProgress = "办理",
    Answered = "反馈",
    Rated = "评价",
    Archived = "归档",
});

/// Where a case stands: its step, and whether its clock is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stage {
    /// How far it has come.
    pub step: Step,
    /// 挂起: the clock is stopped.
    pub suspended: bool,
}

impl Stage {
    /// Where every case begins.
    pub const START: Self = Self { step: Step::Found, suspended: false };

    const fn at(step: Step) -> Self {
        Self { step, suspended: false }
    }
}

/// What can be done with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// 上报
    Report,
    /// 交办 by one of the first three handlings.
    Assign,
    /// 解释退回: answered at once, with the reason told; also when another
    /// handling turns into it.
    ExplainAndReturn,
    /// 开始办理
    Start,
    /// 中途反馈: the person is told how it stands; the case goes on.
    FeedBack,
    /// 办结反馈: it is done, and the person is told.
    Answer,
    /// 评价, satisfied.
    RateSatisfied,
    /// 评价, not satisfied: the case goes back.
    RateDissatisfied,
    /// 归档
    Archive,
    /// 改变办理方式
    ChangeHandling,
    /// 挂起
    Suspend,
    /// 恢复
    Resume,
    /// 延期
    Extend,
    /// 督办
    Urge,
}

words!(Act {
    Report = "上报",
    Assign = "交办",
    ExplainAndReturn = "解释退回",
    Start = "开始办理",
    FeedBack = "中途反馈",
    Answer = "办结反馈",
    RateSatisfied = "满意评价",
    RateDissatisfied = "不满意评价",
    Archive = "归档",
    ChangeHandling = "改变去向",
    Suspend = "挂起",
    Resume = "恢复办理",
    Extend = "延期",
    Urge = "督办",
});

/// Why an act is not allowed now. Listed in order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StepRefusal {
    /// Archived cases do not change.
    #[error("事项已归档,不能再改动。有新情况请另外登记一件。")]
    Archived,
    /// Only resuming or urging is possible while the clock is stopped.
    #[error("事项已挂起,请先点「恢复办理」。")]
    Suspended,
    /// Resuming needs a stopped clock.
    #[error("事项没有挂起,不用恢复。")]
    NotSuspended,
    /// Reporting happens once a round.
    #[error("事项已经上报,请接着交办。")]
    AlreadyReported,
    /// Assigning needs a reported case.
    #[error("事项还没有上报,请先上报。")]
    NotReported,
    /// Assigned already.
    #[error("事项已经交办。要换办理方式请点「改变去向」。")]
    AlreadyAssigned,
    /// Not yet assigned.
    #[error("事项还没有交办,请先选定由谁、怎么办。")]
    NotAssigned,
    /// Started already.
    #[error("事项已经在办理了。")]
    AlreadyStarted,
    /// Not yet started.
    #[error("事项还没有开始办理,请先点「开始办理」。")]
    NotStarted,
    /// Answered already.
    #[error("事项已经办结反馈,请等待评价。")]
    AlreadyAnswered,
    /// Not yet answered.
    #[error("事项还没有办结反馈,不能评价。")]
    NotAnswered,
    /// Rated already.
    #[error("事项已经评价,可以归档。")]
    AlreadyRated,
    /// Not yet rated.
    #[error("群众还没有评价,不能归档。请先回访并登记评价。")]
    NotRated,
}

/// The stage after the act, or why it is refused. Total over all stages and acts.
pub fn transition(stage: Stage, act: Act) -> Result<Stage, StepRefusal> {
    use Step::{Answered, Archived, Assigned, Found, InProgress, Rated, Reported};
    if stage.step == Archived {
        return Err(StepRefusal::Archived);
    }
    if stage.suspended {
        return match act {
            Act::Resume => Ok(Stage::at(stage.step)),
            Act::Urge => Ok(stage),
            _ => Err(StepRefusal::Suspended),
        };
    }
    match (act, stage.step) {
        (Act::Resume, _) => Err(StepRefusal::NotSuspended),
        (Act::Report, Found) | (Act::RateDissatisfied, Answered) => Ok(Stage::at(Reported)),
        (Act::Assign, Reported) => Ok(Stage::at(Assigned)),
        (Act::ExplainAndReturn, Reported | Assigned | InProgress) | (Act::Answer, InProgress) => {
            Ok(Stage::at(Answered))
        }
        (Act::Start, Assigned) => Ok(Stage::at(InProgress)),
        (Act::FeedBack | Act::ChangeHandling | Act::Extend | Act::Urge, Assigned | InProgress) => Ok(stage),
        (Act::Suspend, Assigned | InProgress) => Ok(Stage { suspended: true, ..stage }),
        (Act::RateSatisfied, Answered) => Ok(Stage::at(Rated)),
        (Act::Archive, Rated) => Ok(Stage::at(Archived)),
        (act, step) => Err(refusal(act, step)),
    }
}

/// Why an act does not fit the step of a case that is open and not suspended.
const fn refusal(act: Act, step: Step) -> StepRefusal {
    use Step::{Answered, Archived, Assigned, Found, InProgress, Rated, Reported};
    match (act, step) {
        (_, Archived) => StepRefusal::Archived,
        (Act::Report, _) => StepRefusal::AlreadyReported,
        (_, Rated) => StepRefusal::AlreadyRated,
        (Act::Archive, _) => StepRefusal::NotRated,
        (Act::RateSatisfied | Act::RateDissatisfied, _) => StepRefusal::NotAnswered,
        (_, Answered) => StepRefusal::AlreadyAnswered,
        (_, Found) => StepRefusal::NotReported,
        (Act::Assign, _) => StepRefusal::AlreadyAssigned,
        (_, Reported) => StepRefusal::NotAssigned,
        (Act::Start, InProgress) => StepRefusal::AlreadyStarted,
        (_, Assigned | InProgress) => StepRefusal::NotStarted,
    }
}

/// The acts that are allowed at this stage, in the order of [`Act::ALL`].
pub fn allowed(stage: Stage) -> impl Iterator<Item = Act> {
    Act::ALL.iter().copied().filter(move |act| transition(stage, *act).is_ok())
}
