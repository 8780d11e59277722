//! What can have happened: the facts of the journal. They carry opaque ids
//! and whole numbers, and no personal information.

use jiff::civil::Date;

use super::case::record::{Happening, Opening};
use super::id::{ActivityId, CaseId, EntryId, GridId, HouseholdId, ItemId, NoteId, PersonId, RedemptionId};
use super::points::ledger::Account;
use super::points::rule::{RuleBook, RuleVersion};
use super::points::shelf::{BasketLine, Delivery, Goods};
use super::roster::MemberType;

/// One line of an activity: who scored how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostedLine {
    /// The entry's id.
    pub entry: EntryId,
    /// Whose points.
    pub account: Account,
    /// How many units.
    pub quantity: u32,
    /// Points, negative for a deduction.
    pub points: i32,
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The village was set up.
    VillageFounded {
        /// 村名
        name: String,
        /// 乡镇
        town: String,
        /// 县
        county: String,
    },
    /// A grid was added.
    GridAdded {
        /// Its id.
        grid: GridId,
        /// Its number, from 1.
        number: u16,
        /// Its name.
        name: String,
    },
    /// A household was added.
    HouseholdAdded {
        /// Its id.
        household: HouseholdId,
        /// Its number as the village writes it.
        number: String,
        /// Its grid.
        grid: Option<GridId>,
        /// 组
        group: String,
    },
    /// A person was added to a household; the first one is its head.
    PersonAdded {
        /// The person's id.
        person: PersonId,
        /// The household's id.
        household: HouseholdId,
    },
    /// A person is a party member of this type from the day on.
    MemberTyped {
        /// The person's id.
        person: PersonId,
        /// 党员类型
        kind: MemberType,
        /// First day.
        from: Date,
    },
    /// The register forgot a person; the points stay under an account without a name.
    PersonErased {
        /// The person's id.
        person: PersonId,
    },
    /// A version of the rule book was adopted.
    RuleBookAdopted(RuleBook),
    /// Points were recorded for one activity.
    PointsPosted {
        /// The activity's id.
        activity: ActivityId,
        /// The item under which they were scored.
        item: ItemId,
        /// The version of the rule book.
        version: RuleVersion,
        /// The day of the activity.
        date: Date,
        /// What it was, in words.
        note: Option<NoteId>,
        /// Who scored how much.
        lines: Vec<PostedLine>,
    },
    /// The points with which accounts start.
    OpeningPosted {
        /// The day.
        date: Date,
        /// Who starts with how much.
        lines: Vec<PostedLine>,
    },
    /// 冲正
    EntryReversed {
        /// The new entry.
        entry: EntryId,
        /// The entry that it takes back.
        original: EntryId,
        /// The day of the correction.
        date: Date,
        /// Why.
        note: NoteId,
    },
    /// Goods or a priority service were added.
    GoodsAdded(Goods),
    /// Goods came into stock.
    StockReceived(Delivery),
    /// 兑换
    Redeemed {
        /// The redemption's id.
        redemption: RedemptionId,
        /// Whose points.
        account: Account,
        /// What was handed out.
        lines: Vec<BasketLine>,
        /// 代领人
        proxy: Option<NoteId>,
    },
    /// A redemption was undone.
    RedemptionUndone {
        /// Which.
        redemption: RedemptionId,
    },
    /// A case was opened.
    CaseOpened(Opening),
    /// Something happened to a case.
    CaseMoved {
        /// Which.
        case: CaseId,
        /// What.
        happening: Happening,
    },
}
