//! 走访 and 联系户: who went to which household, in what capacity, what came of
//! it, and which household a party member answers for. What was learnt is a
//! free text of the household, in the register.

pub mod act;
pub mod coverage;
mod fold;
pub mod refusal;

use jiff::civil::Date;

use super::calendar::Moment;
use super::case::record::Errand;
use super::event::PostedLine;
use super::id::{ActivityId, CaseId, ClaimId, EntryId, HouseholdId, ItemId, NoteId, PersonId, StaffId, VisitId};
use super::points::rule::RuleVersion;
use super::roster::words;
use super::table::{IdMap, Table};

/// Who went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visitor {
    /// Somebody of the roster.
    Person(PersonId),
    /// One of the village's staff.
    Staff(StaffId),
}

/// In what capacity: 五种力量, and whoever else goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capacity {
    /// 网格长
    GridLeader,
    /// 专职网格员
    GridWorker,
    /// 兼职网格员
    PartTimeWorker,
    /// 志愿者
    Volunteer,
    /// 乡贤能人
    LocalNotable,
    /// 数据员
    DataClerk,
    /// 党员
    PartyMember,
    /// 村干部
    Cadre,
}

words!(Capacity {
    PartyMember = "党员",
    GridLeader = "网格长",
    GridWorker = "专职网格员",
    PartTimeWorker = "兼职网格员",
    Volunteer = "志愿者",
    LocalNotable = "乡贤能人",
    DataClerk = "数据员",
    Cadre = "村干部",
});

/// A visit, as it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitMade {
    /// Its id.
    pub visit: VisitId,
    /// On which day.
    pub date: Date,
    /// Where.
    pub household: HouseholdId,
    /// Who went.
    pub visitor: Visitor,
    /// As what.
    pub capacity: Capacity,
    /// What was learnt.
    pub note: Option<NoteId>,
    /// 三件事
    pub errand: Option<Errand>,
}

/// The entry that a visit earned. It is posted by the event that says so:
/// when two laptops record it for the same visit, only one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitReward {
    /// The visit.
    pub visit: VisitId,
    /// The activity's id.
    pub activity: ActivityId,
    /// Under which item.
    pub item: ItemId,
    /// The version of the rule book.
    pub version: RuleVersion,
    /// The entry.
    pub line: PostedLine,
}

/// 联系户: a member answers for a household over these days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberLink {
    /// The member.
    pub person: PersonId,
    /// The household.
    pub household: HouseholdId,
    /// First day.
    pub from: Date,
    /// Last day; `None` while it goes on.
    pub to: Option<Date>,
}

impl MemberLink {
    /// Whether it is in force on the day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A visit and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// As it was entered.
    pub made: VisitMade,
    /// When it was entered.
    pub at: Moment,
    /// Why it was struck out, if it was.
    pub struck: Option<NoteId>,
    /// The case that it led to.
    pub case: Option<CaseId>,
    /// The entry that it earned, taken back or not.
    pub entry: Option<EntryId>,
}

impl Visit {
    /// Whether it counts.
    pub const fn stands(&self) -> bool {
        self.struck.is_none()
    }

    /// Its free texts.
    pub fn notes(&self) -> impl Iterator<Item = NoteId> + use<> {
        [self.made.note, self.struck].into_iter().flatten()
    }
}

/// All visits, and who answers for which household.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    rows: Table<VisitId, Visit>,
    links: Vec<MemberLink>,
    earned: IdMap<EntryId, VisitId>,
    opened: IdMap<CaseId, VisitId>,
    claimed: IdMap<ClaimId, VisitId>,
}

impl Visits {
    /// The visit of this id.
    pub fn get(&self, id: VisitId) -> Option<&Visit> {
        self.rows.get(id)
    }

    /// Every visit, struck ones included, in the order in which they were entered.
    pub fn iter(&self) -> std::slice::Iter<'_, Visit> {
        self.rows.iter()
    }

    /// How many there are, struck ones included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every link, ended ones included.
    pub fn links(&self) -> &[MemberLink] {
        &self.links
    }

    /// The visit that earned the entry.
    pub fn of_entry(&self, entry: EntryId) -> Option<VisitId> {
        self.earned.get(entry)
    }

    /// The visit of which the claim tells.
    pub fn of_claim(&self, claim: ClaimId) -> Option<VisitId> {
        self.claimed.get(claim)
    }

    /// The visit that led to the case.
    pub fn of_case(&self, case: CaseId) -> Option<VisitId> {
        self.opened.get(case)
    }
}

impl<'a> IntoIterator for &'a Visits {
    type Item = &'a Visit;
    type IntoIter = std::slice::Iter<'a, Visit>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
