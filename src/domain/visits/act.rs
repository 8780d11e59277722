//! What a user can ask for about visits and linked households.

use jiff::civil::Date;

use super::{Capacity, Visitor};
use crate::domain::case::record::Errand;
use crate::domain::command::NewCase;
use crate::domain::id::{HouseholdId, ItemId, PersonId, StaffId, VisitId};

/// What the user asks for.
#[derive(Clone, Debug)]
pub enum VisitAct {
    /// 登记走访: a round of one visitor.
    Record(NewRound),
    /// 作废
    Strike {
        /// Which.
        visit: VisitId,
        /// Why.
        reason: String,
    },
    /// 开事项
    OpenCase {
        /// The visit that led to it.
        visit: VisitId,
        /// The case.
        new: Box<NewCase>,
    },
    /// 走访得分
    Reward {
        /// For which visits.
        visits: Vec<VisitId>,
        /// Under which item of the member ledger.
        item: ItemId,
    },
    /// 走访得分, told of first: somebody else looks at it.
    Claim {
        /// For which visits.
        visits: Vec<VisitId>,
        /// Under which item of the member ledger.
        item: ItemId,
        /// Who records.
        by: Option<StaffId>,
    },
    /// 联系户: the member answers for these households.
    Link {
        /// The member.
        person: PersonId,
        /// Which households.
        households: Vec<HouseholdId>,
        /// First day.
        from: Date,
    },
    /// 结束联系
    EndLink {
        /// The member.
        person: PersonId,
        /// Which household.
        household: HouseholdId,
        /// Last day.
        to: Date,
    },
}

/// A round of visits: one visitor, one day, one household after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRound {
    /// On which day.
    pub date: Date,
    /// Who went.
    pub visitor: Visitor,
    /// As what.
    pub capacity: Capacity,
    /// Where, in the order of the round.
    pub stops: Vec<NewStop>,
}

/// One household of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStop {
    /// Where.
    pub household: HouseholdId,
    /// What was learnt; may be empty.
    pub note: String,
    /// 三件事
    pub errand: Option<Errand>,
}
