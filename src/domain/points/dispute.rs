//! 有异议的记录: an entry that somebody objects to stays as it is until the
//! objection is decided. Then it is kept, or taken back by a reversal that
//! names it, dated in the open month.

use jiff::civil::Date;
use thiserror::Error;

use crate::domain::calendar::{add_days, short_date};
use crate::domain::id::{EntryId, NoteId};
use crate::domain::table::Table;
use crate::domain::working_days::WorkingDays;

/// Working days in which an objection is to be decided.
pub const DISPUTE_WORKING_DAYS: u16 = 7;

/// An objection against an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryDisputed {
    /// Which entry.
    pub entry: EntryId,
    /// When it was raised.
    pub date: Date,
    /// The last day for deciding it.
    pub deadline: Date,
    /// Who objects, and why.
    pub note: NoteId,
}

/// How an objection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 维持: the entry stays.
    Kept,
    /// 冲正, by this entry.
    Reversed(EntryId),
}

/// The decision on an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeDecided {
    /// Which entry.
    pub entry: EntryId,
    /// When.
    pub date: Date,
    /// How.
    pub outcome: Outcome,
    /// Why.
    pub note: NoteId,
}

/// An objection with its decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The objection.
    pub raised: EntryDisputed,
    /// The decision, once there is one.
    pub decided: Option<DisputeDecided>,
}

impl Dispute {
    /// Whether it waits for a decision.
    pub const fn is_open(&self) -> bool {
        self.decided.is_none()
    }

    /// Working days that are left, today included; none when it is overdue.
    pub fn days_left(&self, today: Date, working_days: &WorkingDays) -> Option<u16> {
        let deadline = self.raised.deadline;
        (today <= deadline).then(|| working_days.between(today, add_days(deadline, 1), u16::MAX))
    }
}

/// The last day for deciding an objection that is raised on the day.
pub fn dispute_deadline(raised: Date, working_days: &WorkingDays) -> Date {
    working_days.after(raised, DISPUTE_WORKING_DAYS)
}

/// Every objection, by the entry that it is about, oldest first.
pub type Disputes = Table<EntryId, Dispute>;

/// What is decided on an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 维持
    Keep,
    /// 冲正
    Reverse,
}

/// What can be asked for about objections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisputeAct {
    /// 提出异议
    Raise {
        /// Which entry.
        entry: EntryId,
        /// When it was raised.
        date: Date,
        /// Who objects, and why.
        note: String,
    },
    /// 处理异议
    Decide {
        /// Which entry.
        entry: EntryId,
        /// How.
        verdict: Verdict,
        /// Why.
        reason: String,
    },
}

/// Why something about an objection is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DisputeRefusal {
    /// A reversal is not objected to.
    #[error("冲正不能单独提异议,请对原来那一条记录提出。")]
    AgainstReversal,
    /// 退还 is no award.
    #[error("退还的分不能提异议:东西退回来了,分就还给本人。有疑问请核对那天的库存流水。")]
    AgainstReturn,
    /// It waits for a decision.
    #[error("这条记录已经有异议在处理,不用再提一次。")]
    AlreadyOpen,
    /// It was decided.
    #[error("这条记录的异议已经处理过了。")]
    AlreadyDecided,
    /// Nobody objects.
    #[error("这条记录没有待处理的异议。")]
    NotDisputed,
    /// The objection is older than the entry.
    #[error("异议日期早于这条记录的日期({}),请检查。", short_date(*.0))]
    BeforeEntry(Date),
    /// The days for objections are over.
    #[error("这条记录的异议受理到 {},已截止。确实记错的,请在存折里冲正。", short_date(*.0))]
    TooLate(Date),
    /// An entry with an open objection is settled by deciding it.
    #[error("这条记录有异议在处理,请在「月结公示」里处理异议,可以选冲正。")]
    SettleFirst,
}
