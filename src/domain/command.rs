//! What a user can ask for. A command carries plain typed input; `decide`
//! turns it into events or refuses it.

mod settlement;

use jiff::civil::Date;

pub use self::settlement::Settlement;
use super::calendar::Moment;
use super::case::clock::Limit;
use super::case::record::{Errand, Rating, Risk, Source, Topic};
use super::erasure::TextPlace;
use super::id::{CaseId, ClaimId, EntryId, GoodsId, GridId, ItemId, PersonId, RedemptionId, StaffId};
use super::people::PersonChange;
use super::photo::PhotoAct;
use super::points::accounts::VillagerAccount;
use super::points::adoption::NewRuleBook;
use super::points::close::CloseMonth;
use super::points::dispute::DisputeAct;
use super::points::ledger::Account;
use super::points::redemption_day::NewDayClosing;
use super::points::rule::Ledger;
use super::points::settings::Settings;
use super::points::shelf::{GoodsTerms, StockSource};
use super::points::veto::VetoAct;
use super::roster::{MemberType, RosterDraft};
use super::staff::Standing;
use super::units::UnitAct;
use super::visits::act::VisitAct;
use super::working_days::YearTable;

/// Who and when: everything a decision may know beside the village.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The laptop that records.
    pub device: super::id::DeviceId,
    /// Now.
    pub now: Moment,
}

/// What the user asks for.
#[derive(Clone, Debug)]
pub enum Command {
    /// 新建本村
    FoundVillage(NewVillage),
    /// 导入花名册
    ImportRoster(RosterDraft),
    /// 删除某人
    ErasePerson {
        /// Who.
        person: PersonId,
        /// Of the texts that may mean somebody else, those that mean this person.
        also: Vec<TextPlace>,
    },
    /// 启用新版细则
    AdoptRules(NewRuleBook),
    /// 党员类型变更, or a new party member.
    TypeMember {
        /// Who.
        person: PersonId,
        /// The type from then on.
        kind: MemberType,
        /// First day on which it counts.
        from: Date,
    },
    /// 组织关系转出, 迁出, 迁回, 去世
    ChangePerson {
        /// Who.
        person: PersonId,
        /// What changed.
        change: PersonChange,
        /// First day on which it counts.
        from: Date,
    },
    /// 十户单元
    Unit(UnitAct),
    /// 登记活动
    RecordActivity(NewActivity),
    /// 登记申报
    FileClaims(NewClaims),
    /// 审核申报
    DecideClaims {
        /// Which.
        claims: Vec<ClaimId>,
        /// How.
        verdict: Verdict,
        /// Who looked at them.
        by: Option<StaffId>,
    },
    /// 凭据照片
    Photo(PhotoAct),
    /// 改积分设置
    ChangeSettings(Settings),
    /// 放假安排 of a year
    EnterWorkingDays(YearTable),
    /// 按户 or 按人
    ChooseAccounts(VillagerAccount),
    /// 经手人名单
    NameStaff {
        /// Who; `None` for somebody new.
        staff: Option<StaffId>,
        /// The name.
        name: String,
        /// Whether they still record.
        standing: Standing,
    },
    /// 化解一起矛盾得的分
    RewardCase {
        /// Which case.
        case: CaseId,
        /// What is recorded for it.
        activity: NewActivity,
    },
    /// The same, told of first and looked at by somebody else.
    ClaimReward(CaseId, NewClaims),
    /// 冲正
    ReverseEntry {
        /// The entry to take back.
        entry: EntryId,
        /// Why.
        reason: String,
    },
    /// 添加物品
    AddGoods(NewGoods),
    /// 入库
    ReceiveStock {
        /// What.
        goods: GoodsId,
        /// How many.
        quantity: u32,
        /// From where.
        source: StockSource,
    },
    /// 兑换
    Redeem {
        /// Whose points.
        account: Account,
        /// What and how many.
        basket: Vec<(GoodsId, u32)>,
        /// 代领人 with relation; empty when the head came.
        proxy: String,
    },
    /// 撤销兑换
    UndoRedemption(RedemptionId),
    /// 退还: what was redeemed on an earlier day is handed back.
    ReturnRedemption {
        /// Which.
        redemption: RedemptionId,
        /// Why.
        reason: String,
    },
    /// Offers goods on other terms.
    SetGoodsTerms(GoodsTerms),
    /// 收场对账
    CloseDay(NewDayClosing),
    /// 重新开场
    ReopenDay {
        /// Which day.
        day: Date,
        /// Why.
        reason: String,
    },
    /// 登记事项
    OpenCase(NewCase),
    /// Anything that happens to a case.
    MoveCase {
        /// Which.
        case: CaseId,
        /// What.
        step: CaseStep,
    },
    /// 走访, what follows from it, and 联系户
    Visit(VisitAct),
    /// 处理冲突
    Settle(Settlement),
    /// 一票否决, its appeal and its revocation
    Veto(VetoAct),
    /// 异议 and its decision
    Dispute(DisputeAct),
    /// 月结
    CloseMonth(CloseMonth),
    /// 过期: what is older than the settings allow.
    ExpirePoints(Ledger),
    /// 年终清零
    ClearYear {
        /// Which ledger.
        ledger: Ledger,
        /// Which year.
        year: i16,
    },
}

/// A village to be set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewVillage {
    /// 村名
    pub name: String,
    /// 乡镇
    pub town: String,
    /// 县
    pub county: String,
    /// Names of the grids, in order.
    pub grids: Vec<String>,
}

/// An activity for which points are recorded.
#[derive(Clone, Debug)]
pub struct NewActivity {
    /// The item of the rule book in force on the day.
    pub item: ItemId,
    /// The day of the activity.
    pub date: Date,
    /// What it was, in words; may be empty.
    pub note: String,
    /// Who took part, with how many units each.
    pub lines: Vec<(Account, u32)>,
    /// Points for one unit, where the item leaves a range.
    pub points_each: Option<i32>,
}

/// Acts that somebody tells of, one for each account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClaims {
    /// The item of the rule book in force on the day.
    pub item: ItemId,
    /// The day of the act.
    pub date: Date,
    /// What it was, in words; may be empty.
    pub note: String,
    /// Whose, with how many units each.
    pub lines: Vec<(Account, u32)>,
    /// Who records it.
    pub by: Option<StaffId>,
}

/// How claims are decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 通过
    Approve {
        /// Points for one unit, for each claim of which the item leaves a range.
        points_each: Vec<(ClaimId, i32)>,
    },
    /// 退回, with the reason.
    Return(String),
}

/// Goods to be added.
#[derive(Clone, Debug, Default)]
pub struct NewGoods {
    /// Name with size.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Price of one, in points.
    pub price_points: u32,
    /// Reference price of one, in 分.
    pub price_cents: u32,
    /// A priority service without stock.
    pub is_service: bool,
    /// Stock with which it starts.
    pub opening_stock: u32,
}

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// A few words.
    pub title: String,
    /// What was said, in full; may be empty.
    pub text: String,
    /// Where the village heard of it.
    pub source: Source,
    /// Where it lies.
    pub grid: Option<GridId>,
    /// The reporter, when in the roster.
    pub reporter: Option<PersonId>,
    /// The reporter as told, when not in the roster; empty for anonymous.
    pub reporter_name: String,
    /// How to reach the reporter; may be empty.
    pub phone: String,
    /// What it is about.
    pub topic: Topic,
    /// 三件事 kind.
    pub errand: Errand,
    /// For a dispute: its risk.
    pub risk: Option<Risk>,
    /// When the village received it.
    pub received: Moment,
    /// The handling, if it is chosen right away.
    pub handling: Option<NewHandling>,
}

/// A handling to be chosen, with what it requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewHandling {
    /// 小事立即办
    Immediate,
    /// 清单限时办
    TimeLimited(Limit),
    /// 提级上报办
    Escalated {
        /// To whom.
        to: String,
        /// The village's own follow-up date.
        follow_up: Option<Date>,
    },
    /// 解释退回办
    ExplainedReturn {
        /// The reason that was told to the person.
        reason: String,
    },
}

/// What is to happen to a case.
#[derive(Clone, Debug)]
pub enum CaseStep {
    /// 上报
    Report,
    /// 交办
    Assign(NewHandling),
    /// 开始办理
    Start,
    /// 中途反馈
    FeedBack(String),
    /// 办结反馈
    Answer {
        /// What was done and told.
        note: String,
        /// Only for disputes: 化解.
        resolved: Option<bool>,
    },
    /// 评价
    Rate(Rating, String),
    /// 归档
    Archive,
    /// 改变去向
    ChangeHandling(NewHandling, String),
    /// 挂起
    Suspend(String),
    /// 恢复办理
    Resume,
    /// 延期
    Extend {
        /// So many days more.
        days: u16,
        /// Who approved it, and why.
        approval: String,
    },
    /// 督办
    Urge(String),
}
