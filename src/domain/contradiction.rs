//! Why an event cannot follow from those before it: another laptop recorded
//! against it.

use thiserror::Error;

use super::calendar::Month;
use super::case::step::StepRefusal;
use super::points::entries::PostError;

/// An event that cannot follow from those before it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Contradiction {
    /// It names something that is not there.
    #[error("记录提到了不存在的{0}")]
    Unknown(&'static str),
    /// It adds something that is there already.
    #[error("同一个{0}记录了两次")]
    Twice(&'static str),
    /// A case could not move like this.
    #[error("事项的步骤前后矛盾:{0}")]
    Step(#[from] StepRefusal),
    /// It is dated in a month that was closed before.
    #[error("记录的日期在已经月结的{}里", .0.words())]
    Closed(Month),
    /// Another laptop had decided it, and this one did not know of that.
    #[error("另一台电脑先改了同一个设置")]
    Rival,
    /// It is about an entry that was joined to another one before.
    #[error("那一条{0}在另一台电脑上已经并到另一条里")]
    Joined(&'static str),
    /// It builds on a visit that was struck out before.
    #[error("走访在那以前已经作废")]
    Struck,
}

impl From<PostError> for Contradiction {
    fn from(error: PostError) -> Self {
        match error {
            PostError::UnknownAccount => Self::Unknown("账户"),
            PostError::KnownEntry => Self::Twice("积分记录"),
        }
    }
}

pub(super) fn fresh(added: bool, what: &'static str) -> Result<(), Contradiction> {
    if added { Ok(()) } else { Err(Contradiction::Twice(what)) }
}

pub(super) fn known(found: bool, what: &'static str) -> Result<(), Contradiction> {
    if found { Ok(()) } else { Err(Contradiction::Unknown(what)) }
}
