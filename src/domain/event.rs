//! What can have happened: the facts of the journal. They carry opaque ids
//! and whole numbers, and no personal information.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::case::record::{Happening, Opening};
use super::confirmed::Confirmed;
use super::conflict::{ActPlace, Choice, SeenJournal};
use super::id::{
    ActivityId, CaseId, ClaimId, EntryId, GoodsId, GridId, HouseholdId, ItemId, NoteId, PersonId, PhotoId,
    RedemptionId, StaffId, UnitId, VisitId,
};
use super::people::PersonChange;
use super::photo::{PhotoAdded, PhotoRemoval};
use super::points::accounts::VillagerAccount;
pub use super::points::claim::{ClaimVerdict, FiledClaim};
use super::points::close::MonthClosed;
use super::points::dispute::{DisputeDecided, EntryDisputed};
use super::points::ledger::{Account, ClearCause};
use super::points::redemption_day::DayClosing;
use super::points::rule::{RuleBook, RuleVersion};
use super::points::settings::Settings;
use super::points::shelf::{BasketLine, Delivery, Goods, GoodsTerms, Returned};
use super::points::veto::{VetoAppealed, VetoImposed, VetoRevoked};
use super::roster::MemberType;
use super::staff::Standing;
use super::units::UnitChange;
use super::visits::{MemberLink, VisitMade, VisitReward};
use super::working_days::YearTable;

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

/// A person who was entered twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinedPerson {
    /// The entry that goes.
    pub gone: PersonId,
    /// The entry that stays.
    pub kept: PersonId,
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
        number: SmolStr,
        /// Its grid.
        grid: Option<GridId>,
        /// 组
        group: SmolStr,
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
    /// A person left the party's village, moved away, came back or died.
    PersonChanged {
        /// The person's id.
        person: PersonId,
        /// What changed.
        change: PersonChange,
        /// First day on which it counts.
        from: Date,
    },
    /// The register forgot a person; the points stay under an account without a name.
    PersonErased {
        /// The person's id.
        person: PersonId,
    },
    /// A ten-household unit was set up.
    UnitAdded {
        /// Its id.
        unit: UnitId,
        /// In which grid.
        grid: Option<GridId>,
        /// Its number there, from 1.
        number: u16,
    },
    /// Households were placed in a unit, or in none.
    HouseholdsPlaced {
        /// Which unit.
        unit: Option<UnitId>,
        /// Which households.
        households: Vec<HouseholdId>,
    },
    /// Something changed about a unit.
    UnitChanged {
        /// Which.
        unit: UnitId,
        /// What.
        change: UnitChange,
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
    /// 申报
    ClaimFiled(FiledClaim),
    /// A claim was approved, and with it posted, or returned.
    ClaimDecided {
        /// Which.
        claim: ClaimId,
        /// How.
        verdict: ClaimVerdict,
        /// Who looked at it.
        by: Option<StaffId>,
    },
    /// A photo proves a claim, an activity or an entry.
    PhotoAdded(PhotoAdded),
    /// A photo was taken down; its bytes are gone.
    PhotoRemoved {
        /// Which.
        photo: PhotoId,
        /// Why.
        cause: PhotoRemoval,
    },
    /// The settings of the points became these.
    SettingsChanged(Settings),
    /// The accounts of the villager ledger became households' or villagers' own.
    AccountsChosen {
        /// Whose.
        kind: VillagerAccount,
        /// From when lists are made of them; none for from the beginning.
        from: Option<Date>,
        /// The day of the points with which they start.
        date: Date,
        /// Who starts with how much. They lie in the event, so that two laptops
        /// that choose the same do not post them twice.
        lines: Vec<PostedLine>,
    },
    /// One of the staff who record was named, or records no longer.
    StaffNamed {
        /// Who; the name is in the register.
        staff: StaffId,
        /// Whether they still record.
        standing: Standing,
    },
    /// An entry was earned by what happened in a case.
    EntryLinked {
        /// The entry.
        entry: EntryId,
        /// The case.
        case: CaseId,
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
    /// 退还: what was redeemed on an earlier day was handed back.
    RedemptionReturned(Returned),
    /// Goods are offered on other terms.
    GoodsTermsSet(GoodsTerms),
    /// 收场对账: a redemption day ended, and was counted.
    DayClosed(DayClosing),
    /// A redemption day that was closed goes on.
    DayReopened {
        /// Which day.
        day: Date,
        /// Why.
        note: NoteId,
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
    /// What was known of other laptops' journals, where that is new.
    OthersSeen(Vec<SeenJournal>),
    /// A displaced event was settled.
    DisplacedSettled {
        /// Which.
        place: ActPlace,
        /// How.
        choice: Choice,
    },
    /// A household that was entered twice became one.
    HouseholdsJoined {
        /// The entry that goes.
        gone: HouseholdId,
        /// The entry that stays.
        kept: HouseholdId,
        /// People of both who are the same.
        people: Vec<JoinedPerson>,
    },
    /// A household got another number.
    HouseholdRenumbered {
        /// Which.
        household: HouseholdId,
        /// The new number.
        number: String,
    },
    /// A case got another number.
    CaseRenumbered {
        /// Which.
        case: CaseId,
        /// The new number in its year.
        number: u32,
    },
    /// 盘点: what is really there.
    StockCounted {
        /// What.
        goods: GoodsId,
        /// How many there are.
        counted: u32,
        /// On which day.
        date: Date,
        /// Why it differs.
        note: Option<NoteId>,
    },
    /// Goods that were added twice became one: what there is of both is in stock
    /// of the entry that stays.
    GoodsJoined {
        /// The entry that goes.
        gone: GoodsId,
        /// The entry that stays.
        kept: GoodsId,
        /// Why stock moves.
        note: NoteId,
    },
    /// An account below zero was accepted as a debt that later points pay off.
    DebtAccepted {
        /// Whose.
        account: Account,
        /// The balance then, below zero.
        balance: i64,
    },
    /// The working days of a year became known 「放假安排」.
    WorkingDaysEntered {
        /// What the State Council's notice says.
        table: YearTable,
        /// Whether something else had been entered for the year, which was known.
        replaces: bool,
    },
    /// 核实: somebody has looked into a finding.
    FindingConfirmed(Confirmed),
    /// 一票否决
    VetoImposed(VetoImposed),
    /// 申诉 against a veto.
    VetoAppealed(VetoAppealed),
    /// A veto was revoked.
    VetoRevoked(VetoRevoked),
    /// Somebody objects to an entry.
    EntryDisputed(EntryDisputed),
    /// An objection was decided; what it takes back is taken back with it.
    DisputeDecided(DisputeDecided),
    /// 月结
    MonthClosed(MonthClosed),
    /// 走访
    VisitMade(VisitMade),
    /// A visit was entered wrongly, and counts no more.
    VisitStruck {
        /// Which.
        visit: VisitId,
        /// Why.
        reason: NoteId,
    },
    /// A visit led to a case.
    VisitCaseOpened {
        /// The visit.
        visit: VisitId,
        /// The case.
        case: CaseId,
    },
    /// A claim, filed in the same act, tells of a visit that earns it.
    VisitClaimed {
        /// The visit.
        visit: VisitId,
        /// The claim.
        claim: ClaimId,
    },
    /// A visit earned points, which are posted with it.
    VisitRewarded(VisitReward),
    /// A member answers for a household, or until when.
    MemberLinked(MemberLink),
    /// 清零
    PointsCleared {
        /// Why.
        cause: ClearCause,
        /// The day.
        date: Date,
        /// Whose points, and how many.
        lines: Vec<PostedLine>,
    },
}
