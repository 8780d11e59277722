//! 一票否决: what a meeting decided against a household or a member for a
//! documented violation, from one day to another.
//!
//! Points go on being recorded; only redemption and 评优 stop. A revocation
//! ends a veto from its day on, and the history stays.

use jiff::civil::Date;
use thiserror::Error;

use super::ledger::Account;
use crate::domain::calendar::{Moment, short_date};
use crate::domain::id::{NoteId, VetoId};
use crate::domain::roster::words;
use crate::domain::table::Table;

/// The most days from today to the first day of a veto, either way.
pub const VETO_START_DAYS: i32 = 366;

/// What a veto does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VetoEffect {
    /// 停兑: nothing is redeemed.
    NoRedemption,
    /// 停评优: no honours.
    NoAwards,
    /// 清零: the points of the day were cleared by an entry.
    Cleared,
}

words!(VetoEffect { NoRedemption = "停兑", NoAwards = "停评优", Cleared = "清零" });

/// A veto as the meeting decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VetoImposed {
    /// The veto's id.
    pub veto: VetoId,
    /// Against whom.
    pub account: Account,
    /// Why.
    pub reason: NoteId,
    /// 文号 of the decision.
    pub document: NoteId,
    /// Which meeting decided.
    pub meeting: NoteId,
    /// When it met.
    pub met: Date,
    /// The first day.
    pub from: Date,
    /// The last day; none until it is revoked.
    pub to: Option<Date>,
    /// What it does.
    pub effects: Vec<VetoEffect>,
}

/// 申诉 against a veto.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VetoAppealed {
    /// Which veto.
    pub veto: VetoId,
    /// When.
    pub date: Date,
    /// What was said.
    pub note: NoteId,
}

/// 撤销 of a veto.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VetoRevoked {
    /// Which veto.
    pub veto: VetoId,
    /// The first day on which it no longer counts.
    pub date: Date,
    /// 文号 of the revocation.
    pub document: NoteId,
    /// Why.
    pub note: NoteId,
}

/// How a veto stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VetoPhase {
    /// It begins later.
    Coming,
    /// It counts.
    Standing,
    /// Its last day is over.
    Over,
    /// It was revoked.
    Revoked,
}

words!(VetoPhase { Coming = "未开始", Standing = "生效中", Over = "已到期", Revoked = "已撤销" });

/// A veto with what came after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Veto {
    /// What was decided.
    pub imposed: VetoImposed,
    /// When it was recorded.
    pub at: Moment,
    /// The appeal, if there was one.
    pub appeal: Option<VetoAppealed>,
    /// The revocation, if it was revoked.
    pub revocation: Option<VetoRevoked>,
}

impl Veto {
    /// How it stands on the day.
    pub fn phase(&self, day: Date) -> VetoPhase {
        if self.revocation.is_some_and(|revocation| revocation.date <= day) {
            VetoPhase::Revoked
        } else if day < self.imposed.from {
            VetoPhase::Coming
        } else if self.imposed.to.is_some_and(|to| to < day) {
            VetoPhase::Over
        } else {
            VetoPhase::Standing
        }
    }

    /// Whether it has this effect on the day.
    pub fn stops(&self, effect: VetoEffect, day: Date) -> bool {
        self.phase(day) == VetoPhase::Standing && self.imposed.effects.contains(&effect)
    }

    /// Whether it had this effect on any day from the first to the last.
    ///
    /// A revocation takes away the days from its own on. Where the meeting finds that
    /// the veto never was in order, the revocation is dated on its first day, and no
    /// day is left.
    pub fn stopped_within(&self, effect: VetoEffect, first: Date, last: Date) -> bool {
        let begin = self.imposed.from.max(first);
        let is_revoked = self.revocation.is_some_and(|revocation| revocation.date <= begin);
        self.imposed.effects.contains(&effect) && begin <= last.min(self.last_day()) && !is_revoked
    }

    /// The last day that was decided; the last of all days while that is open.
    pub fn last_day(&self) -> Date {
        self.imposed.to.unwrap_or(Date::MAX)
    }

    /// Every text that belongs to it, with the words for it.
    pub fn notes(&self) -> impl Iterator<Item = (&'static str, NoteId)> {
        let imposed = &self.imposed;
        let first = [
            ("一票否决的理由", imposed.reason),
            ("一票否决的文号", imposed.document),
            ("一票否决的会议", imposed.meeting),
        ];
        let appeal = self.appeal.map(|appeal| ("一票否决的申诉", appeal.note));
        let revocation = self.revocation.into_iter();
        let revocation = revocation.flat_map(|one| [("撤销否决的文号", one.document), ("撤销否决的原因", one.note)]);
        first.into_iter().chain(appeal).chain(revocation)
    }
}

/// 「至 12月31日」, or until it is revoked.
pub fn until_words(to: Option<Date>) -> String {
    to.map_or_else(|| "到撤销为止".to_owned(), |to| format!("至 {}", short_date(to)))
}

/// Every veto of the village, oldest first.
pub type Vetoes = Table<VetoId, Veto>;

/// A veto to be recorded, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVeto {
    /// Against whom.
    pub account: Account,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: String,
    /// Which meeting decided.
    pub meeting: String,
    /// When it met.
    pub met: Date,
    /// The first day.
    pub from: Date,
    /// The last day; none until it is revoked.
    pub to: Option<Date>,
    /// What it does.
    pub effects: Vec<VetoEffect>,
}

/// What can be asked for about vetoes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VetoAct {
    /// 登记一票否决
    Impose(NewVeto),
    /// 登记申诉
    Appeal {
        /// Which.
        veto: VetoId,
        /// When.
        date: Date,
        /// What was said.
        note: String,
    },
    /// 撤销
    Revoke {
        /// Which.
        veto: VetoId,
        /// The first day on which it no longer counts.
        date: Date,
        /// 文号 of the revocation.
        document: String,
        /// Why.
        reason: String,
    },
}

/// Why something about a veto is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VetoRefusal {
    /// The veto does not exist.
    #[error("找不到这条一票否决,请刷新后再试。")]
    Unknown,
    /// No effect was chosen.
    #[error("请至少选一种处理:停兑、停评优或清零。")]
    NoEffect,
    /// It would begin more than a year from today.
    #[error("开始日期 {}年{} 离今天太远,请检查年份。", .0.year(), short_date(*.0))]
    StartTooFar(Date),
    /// It would end before it begins.
    #[error("结束日期早于开始日期({}),请检查。", short_date(*.0))]
    EndsBeforeStart(Date),
    /// Clearing is an entry of today, so it cannot lie ahead.
    #[error("清零当天入账,开始日期不能晚于今天。请改开始日期,或先不选清零。")]
    ClearsLater,
    /// An appeal or a revocation before the meeting.
    #[error("日期早于作出决定的会议({}),请检查。", short_date(*.0))]
    BeforeMeeting(Date),
    /// There is an appeal already.
    #[error("这条否决已经登记过申诉。")]
    AlreadyAppealed,
    /// It is revoked already.
    #[error("这条否决已经撤销过了。")]
    AlreadyRevoked,
    /// The account must not redeem while the veto stands.
    #[error("停兑中:{document},{until}。这次不能兑换;积分照常登记,停兑结束后再来兑。")]
    RedemptionStopped {
        /// 文号
        document: String,
        /// 「至 12月31日」
        until: String,
    },
}
