//! 申报: an act that somebody tells of, which counts once another person has
//! looked at it.

use thiserror::Error;

use jiff::civil::Date;

use super::ledger::Account;
use super::rule::{Ledger, RuleVersion};
use crate::domain::calendar::{Moment, Month, short_date};
use crate::domain::event::PostedLine;
use crate::domain::id::{ActivityId, CaseId, ClaimId, EntryId, ItemId, NoteId, StaffId};
use crate::domain::table::{IdMap, Table};
use crate::domain::village::Village;

/// An act that somebody tells of, to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiledClaim {
    /// The claim's id.
    pub id: ClaimId,
    /// Whose points.
    pub account: Account,
    /// Under which item.
    pub item: ItemId,
    /// The day of the act.
    pub date: Date,
    /// How many units.
    pub quantity: u32,
    /// What it was, in words.
    pub note: Option<NoteId>,
    /// Who recorded it.
    pub by: Option<StaffId>,
    /// The case that earns it.
    pub case: Option<CaseId>,
}

/// How a claim was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// 通过: posted as this line.
    Approved {
        /// The activity's id.
        activity: ActivityId,
        /// The version of the rule book.
        version: RuleVersion,
        /// The entry.
        line: PostedLine,
    },
    /// 退回, with the reason.
    Returned(NoteId),
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimState {
    /// 待审
    Open,
    /// 已入账, as this entry.
    Approved(EntryId),
    /// 已退回, with the reason.
    Returned(NoteId),
}

/// Who looked at a claim, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// Who, where a name was chosen.
    pub by: Option<StaffId>,
    /// When.
    pub at: Moment,
}

/// A claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What was filed.
    pub filed: FiledClaim,
    /// When it was filed.
    pub at: Moment,
    /// Where it stands.
    pub state: ClaimState,
    /// Who looked at it.
    pub review: Option<Review>,
}

impl Claim {
    /// Its free texts: what it was, and why it was returned.
    pub fn notes(&self) -> impl Iterator<Item = NoteId> + use<> {
        let reason = match self.state {
            ClaimState::Returned(reason) => Some(reason),
            ClaimState::Open | ClaimState::Approved(_) => None,
        };
        [self.filed.note, reason].into_iter().flatten()
    }
}

/// Every claim, in the order in which they were filed.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    filed: Table<ClaimId, Claim>,
    /// The claims from which entries came.
    approved: IdMap<EntryId, ClaimId>,
}

impl Claims {
    /// Files a claim; `false` when it is there already.
    pub fn file(&mut self, filed: FiledClaim, at: Moment) -> bool {
        self.filed.insert(filed.id, Claim { filed, at, state: ClaimState::Open, review: None })
    }

    /// The claim of this id.
    pub fn get(&self, id: ClaimId) -> Option<&Claim> {
        self.filed.get(id)
    }

    /// The claim from which the entry came.
    pub fn from(&self, entry: EntryId) -> Option<ClaimId> {
        self.approved.get(entry)
    }

    /// Takes note of how a claim was decided.
    pub fn decide(&mut self, id: ClaimId, verdict: &ClaimVerdict, review: Review) {
        if let ClaimVerdict::Approved { line, .. } = verdict {
            self.approved.insert(line.entry, id);
        }
        if let Some(claim) = self.filed.get_mut(id) {
            claim.review = Some(review);
            claim.state = match verdict {
                ClaimVerdict::Approved { line, .. } => ClaimState::Approved(line.entry),
                ClaimVerdict::Returned(reason) => ClaimState::Returned(*reason),
            };
        }
    }

    /// Every claim, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, Claim> {
        self.filed.iter()
    }
}

impl<'a> IntoIterator for &'a Claims {
    type Item = &'a Claim;
    type IntoIter = std::slice::Iter<'a, Claim>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Village {
    /// Claims of a ledger that nobody has looked at, oldest first; of acts in
    /// the month, where one is given.
    pub fn open_claims(&self, ledger: Ledger, month: Option<Month>) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| {
            claim.state == ClaimState::Open
                && claim.filed.account.ledger() == ledger
                && month.is_none_or(|month| Month::of(claim.filed.date) == month)
        })
    }

    /// Claims of points that the case earns and that nobody has looked at.
    pub fn claims_for(&self, case: CaseId) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.state == ClaimState::Open && claim.filed.case == Some(case))
    }

    /// The claims of an account, oldest first.
    pub fn claims_of(&self, account: Account) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| self.account_now(claim.filed.account) == account)
    }
}

/// Why a claim is not filed or not decided. In order of precedence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClaimRefusal {
    /// Whoever records is not among the staff.
    #[error("选的经手人不在名单里,请在左下角重新选。")]
    UnknownStaff,
    /// Two people look at each claim, and nobody said who this is.
    #[error("申报和审核要由两个人经手。请先在左下角选经手人,再办这件事。")]
    NobodyChosen,
    /// Points are to be added by one person alone.
    #[error("加分要由两个人经手。请点「先报待审」,再由另一位经手人审核入账。")]
    OneHand,
    /// The same act was told of before.
    #[error("{}的「{item}」已经申报过,正在等审核,不用再报。", short_date(*date))]
    FiledBefore {
        /// The item.
        item: String,
        /// The day of the act.
        date: Date,
    },
    /// No claim is chosen.
    #[error("还没有选申报,请先勾选。")]
    NoneChosen,
    /// The claim does not exist.
    #[error("找不到这条申报,请刷新后再试。")]
    Unknown,
    /// Somebody looked at it before.
    #[error("选中的申报里有已经审过的,请刷新后再试。")]
    DecidedBefore,
    /// Whoever recorded it may not review it.
    #[error("其中 {count} 条是{name}自己登记的,要由另一个人来审。请换经手人,或取消勾选。")]
    SameHand {
        /// Who.
        name: String,
        /// How many claims.
        count: usize,
    },
}

/// Why somebody is not put on the list of staff.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StaffRefusal {
    /// There is no such person on the list.
    #[error("名单里找不到这个经手人,请刷新后再试。")]
    Unknown,
    /// The name is on the list.
    #[error("「{0}」已经在经手人名单里。同名的人请加上区别,如「王芳(二组)」。")]
    NamedBefore(String),
    /// Too many.
    #[error("经手人最多 {0} 位,请先把不再经手的停用。")]
    TooMany(usize),
}
