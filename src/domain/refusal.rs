//! Why a command is refused: one named variant each, with a sentence that
//! says what happened and what to do. Listed in order of precedence.

use jiff::civil::Date;
use thiserror::Error;

use super::calendar::{Month, long_date, short_date};
use super::case::step::StepRefusal;
use super::people::PersonRefusal;
use super::photo::PhotoRefusal;
use super::points::accounts::AccountRefusal;
use super::points::claim::{ClaimRefusal, StaffRefusal};
use super::points::close::CloseRefusal;
use super::points::dispute::DisputeRefusal;
use super::points::ledger::Account;
use super::points::rule::Bound;
use super::points::rule_refusal::RuleRefusal;
use super::points::settings::SettingsRefusal;
use super::points::veto::VetoRefusal;
use super::units::UnitRefusal;
use super::visits::refusal::VisitRefusal;
use super::working_days::WorkingDaysRefusal;

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The village is set up already.
    #[error("本村已经建好,不能再建一次。要换村请先在「数据」里保存并清空。")]
    AlreadyFounded,
    /// Something required is empty.
    #[error("请填写{0}。")]
    Missing(&'static str),
    /// A text is too long.
    #[error("{what}写了 {found} 个字,最多 {limit} 个字,请缩短。")]
    TooLong {
        /// What.
        what: &'static str,
        /// Characters found.
        found: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// Two grids have the same name.
    #[error("网格「{0}」重复了,请改成不同的名称。")]
    DuplicateGrid(String),
    /// The roster brings nothing.
    #[error("花名册里没有可以导入的户,请检查表头对应关系。")]
    EmptyRoster,
    /// What would stand in the journal for ever looks like an ID or telephone number.
    #[error("{what}「{start}…」像身份证号或手机号,请在导入时换一列。")]
    LooksPersonal {
        /// What.
        what: &'static str,
        /// Its first characters; the rest is not shown.
        start: String,
    },
    /// The same, of a name that was typed.
    #[error("{what}「{start}…」像身份证号或手机号,会印在公示表上。请改成名称。")]
    NameLooksPersonal {
        /// What.
        what: &'static str,
        /// Its first characters; the rest is not shown.
        start: String,
    },
    /// A household of the roster has no people.
    #[error("花名册的第 {place} 户{}没有人,请补上户主,或从表里删去这一户。", bracketed(number))]
    HouseholdWithoutPeople {
        /// Its place in the roster, from 1.
        place: usize,
        /// Its number; may be empty.
        number: String,
    },
    /// Two households of the roster have the same number.
    #[error("户号 {0} 在花名册里写了两户,分不清是哪一户。请给其中一户改户号,是同一户的就合并。")]
    NumberTwice(String),
    /// A household number is in the village already.
    #[error("户号 {first} 等 {count} 户已经在村里,重复导入会造成两本账。请先从表里删去这些户。")]
    HouseholdsExist {
        /// The first such number.
        first: String,
        /// How many there are.
        count: usize,
    },
    /// The roster brings more grids than a village has.
    #[error("网格列好像选错了:一共出现 {found} 个网格,最多 {limit} 个。")]
    TooManyGrids {
        /// New grids found.
        found: usize,
        /// New grids allowed.
        limit: usize,
    },
    /// The person does not exist.
    #[error("找不到这个人,请刷新后再试。")]
    UnknownPerson,
    /// A change of a person is refused.
    #[error(transparent)]
    Person(#[from] PersonRefusal),
    /// The person was erased before.
    #[error("这个人的资料已经删除过了,不用再删。")]
    AlreadyErased,
    /// No rule book is in force on the day.
    #[error("{} 还没有生效的积分细则,请检查日期。", long_date(*.0))]
    NoRuleBook(Date),
    /// A rule book is not adopted, or one of its conditions is not met.
    #[error(transparent)]
    Rules(#[from] RuleRefusal),
    /// A claim is not filed, or not decided.
    #[error(transparent)]
    Claim(#[from] ClaimRefusal),
    /// A photo is not taken, or not removed.
    #[error(transparent)]
    Photo(#[from] PhotoRefusal),
    /// Somebody is not put on the list of staff.
    #[error(transparent)]
    Staff(#[from] StaffRefusal),
    /// Settings are not taken, or a redemption does not keep to them.
    #[error(transparent)]
    Settings(#[from] SettingsRefusal),
    /// The working days of a year are not taken.
    #[error(transparent)]
    WorkingDays(#[from] WorkingDaysRefusal),
    /// The accounts do not become of another kind, or this one is not in use.
    #[error(transparent)]
    Account(#[from] AccountRefusal),
    /// The item is not in the rule book in force.
    #[error("这个事项不在当天生效的积分细则里,请重新选择事项。")]
    UnknownItem,
    /// The day lies in the future.
    #[error("{} 还没有到,请检查日期。", short_date(*.0))]
    FutureDate(Date),
    /// Nobody was named.
    #[error("还没有选人,请至少选一户或一人。")]
    NobodyChosen,
    /// Somebody was named twice.
    #[error("有 {} 个账户选了两次,请去掉重复的。", .0.len())]
    ChosenTwice(Vec<Account>),
    /// An account is not in the village.
    #[error("选中的账户不在本村名册里,请重新查找。")]
    UnknownAccount,
    /// The item does not score for these accounts.
    #[error("「{item}」不适用于其中 {} 个账户,请换一个事项或从名单里去掉。", .accounts.len())]
    NotApplicable {
        /// The item's name.
        item: String,
        /// The accounts.
        accounts: Vec<Account>,
    },
    /// A quantity is not between 1 and the limit.
    #[error("数量要在 1 到 {0} 之间。")]
    BadQuantity(u32),
    /// Points outside the range of the item.
    #[error("分值要在 {low} 到 {high} 之间。")]
    PointsOutOfRange {
        /// Least.
        low: i32,
        /// Most.
        high: i32,
    },
    /// A cap leaves no room.
    #[error("{}有 {} 个账户的「{item}」已到上限(细则 {version} 版,{}),不再计分。请从名单里去掉再登记。", short_date(*.date), .accounts.len(), .bound.words())]
    CapReached {
        /// The item's name.
        item: String,
        /// Label of the version.
        version: String,
        /// Which cap: of the item or of its category.
        bound: Bound,
        /// The day.
        date: Date,
        /// The accounts.
        accounts: Vec<Account>,
    },
    /// The case has earned points for the accounts before.
    #[error("其中 {} 个账户已经因为这件事项得过分,或正在等审核。请从名单里去掉。", .0.len())]
    RewardedBefore(Vec<Account>),
    /// The entry does not exist.
    #[error("找不到这条积分记录,请刷新后再试。")]
    UnknownEntry,
    /// The entry was taken back before.
    #[error("这条记录已经冲正过,不能再冲一次。")]
    AlreadyReversed,
    /// A reversal is not taken back.
    #[error("冲正本身不能再冲正,请直接登记一条新记录。")]
    ReversalOfReversal,
    /// The goods do not exist.
    #[error("找不到这种物品,请刷新后再试。")]
    UnknownGoods,
    /// The price of one is above the limit.
    #[error("积分单价最多 {0} 分,请改小。")]
    PriceTooHigh(u32),
    /// Goods of this name exist.
    #[error("已经有「{0}」了,请直接给它入库,或换一个名称。")]
    GoodsExist(String),
    /// A service has no stock.
    #[error("「{0}」是服务,没有库存,不用入库。")]
    ServiceHasNoStock(String),
    /// Goods of one name that are not the same.
    #[error("两种「{0}」的单位不同,或一种是服务,不能合并。请把不用的一种停兑。")]
    GoodsDiffer(String),
    /// The basket is empty.
    #[error("还没有选物品,请先按数字键加物品。")]
    EmptyBasket,
    /// Not enough points.
    #[error("积分不够:结余 {balance} 分,这次要 {needed} 分,还差 {} 分。请减少物品。", needed.saturating_sub(*balance))]
    NotEnoughPoints {
        /// What the account has.
        balance: i64,
        /// What the basket costs.
        needed: i64,
    },
    /// Not enough stock.
    #[error("「{goods}」库存只剩 {stock} {unit},请减少数量或换一种。")]
    NotEnoughStock {
        /// The goods' name.
        goods: String,
        /// The unit.
        unit: String,
        /// What is left.
        stock: i64,
    },
    /// The goods are not offered any more.
    #[error("「{0}」已经停兑,请换一种。")]
    NotOffered(String),
    /// The account has had its share of the quarter.
    #[error("「{goods}」每户每季最多兑 {limit} {unit},这一户本季已兑 {taken} {unit}。请减少数量或换一种。")]
    LimitReached {
        /// The goods' name.
        goods: String,
        /// The unit.
        unit: String,
        /// At most so many in a quarter.
        limit: u32,
        /// So many were redeemed before.
        taken: u32,
    },
    /// A limit of none at all.
    #[error("每户限兑要填 1 以上;不限就留空,不再兑换请选「停兑」。")]
    LimitOfNone,
    /// What is there already.
    #[error("没有改动,不用保存。")]
    NothingChanged,
    /// Nothing was redeemed on the day.
    #[error("{} 没有兑换,不用对账。", long_date(*.0))]
    NoRedemptions(Date),
    /// The redemption day was closed.
    #[error("{} 的兑换已经收场对账,不能再改。确实要接着办,请先在「收场对账」里重新开场并写明原因。", short_date(*.0))]
    DayClosed(Date),
    /// The redemption day was not closed.
    #[error("{} 还没有收场对账,不用重新开场。", short_date(*.0))]
    DayNotClosed(Date),
    /// Goods were not counted.
    #[error("「{0}」还没有清点,请填上实有数量。")]
    NotCounted(String),
    /// What was handed out after the day cannot have been missing on it.
    #[error("{} 收场以后「{goods}」还发出去过,收场时至少有 {least} {unit}。请核对那天的清点数;现在少了的,请在「物品」里盘点。", short_date(*day))]
    CountedTooFew {
        /// What.
        goods: String,
        /// Its unit.
        unit: String,
        /// So many were there at the least.
        least: i64,
        /// The redemption day.
        day: Date,
    },
    /// Something differs, and nobody says why.
    #[error("{}请写明差额的原因,再收场。", differences(*points, *goods))]
    UnexplainedDifference {
        /// Signed list minus book.
        points: i64,
        /// Kinds of goods that differ.
        goods: usize,
    },
    /// A stocktake finds something else than the book, and nobody says why.
    #[error(
        "「{goods}」实有和账面不一样,{} {} {unit}。请写明差异原因,再记下盘点。",
        if *difference > 0 { "多" } else { "少" },
        difference.unsigned_abs()
    )]
    UnexplainedCount {
        /// Of what.
        goods: String,
        /// 单位
        unit: String,
        /// Counted minus book.
        difference: i64,
    },
    /// The redemption does not exist.
    #[error("找不到这笔兑换,请刷新后再试。")]
    UnknownRedemption,
    /// Undone before.
    #[error("这笔兑换已经撤销过了。")]
    AlreadyUndone,
    /// Handed back before.
    #[error("这笔兑换已经退还过了。")]
    AlreadyReturned,
    /// What was redeemed today is undone.
    #[error("这笔兑换是今天的,不用退还:请在兑换现场撤销,已经收场的请在「收场对账」里重新开场再撤销。")]
    ReturnedSameDay,
    /// 退还 is no entry of its own that could be taken back.
    #[error("退还不能冲正。东西又领走了的,请再兑换一次。")]
    ReversalOfReturn,
    /// A redemption of an earlier day that was not reopened.
    #[error(
        "这笔兑换是 {} 的,隔天不能直接撤销。东西退回来了的,请在存折里退还;是记错的,请在「收场对账」里给那一天收场,再重新开场并写明原因,就能撤销。",
        short_date(*.0)
    )]
    UndoTooLate(Date),
    /// A redemption that stands on the notice of a closed month.
    #[error(
        "{}已经月结公示,那个月的兑换不能再撤销。要退的请在存折里退还:分和物品记在今天,公示过的不变。",
        .0.words()
    )]
    UndoInClosedMonth(Month),
    /// The case does not exist.
    #[error("找不到这件事项,请刷新后再试。")]
    UnknownCase,
    /// The case was received years ago.
    #[error("受理日期 {} 太早了,请检查年份。", long_date(*.0))]
    ReceivedTooEarly(Date),
    /// The follow-up date lies before today.
    #[error("回访日期不能早于今天,请改一个日期。")]
    FollowUpPast,
    /// The follow-up date lies more than a year ahead.
    #[error("回访日期太远了({}),请选一年以内的日期。", long_date(*.0))]
    FollowUpTooFar(Date),
    /// Extension outside 1–90 days.
    #[error("延期天数要在 1 到 90 之间。")]
    BadExtension,
    /// A dispute is answered without saying whether it is resolved.
    #[error("矛盾纠纷要注明是否化解:办结不等于化解。")]
    ResolutionMissing,
    /// The case's state machine refuses.
    #[error(transparent)]
    Step(#[from] StepRefusal),
    /// The conflict is not there, or settled.
    #[error("这处冲突已经处理过了。")]
    AlreadySettled,
    /// A displaced event cannot take the place of what is in its way.
    #[error("后记的那一笔接不上后来的步骤:{0}请保留先记的,需要时在事项里补办。")]
    CannotTake(StepRefusal),
    /// Only what happened to a case can take another's place.
    #[error("这一笔不能改用后记的,请保留先记的。")]
    OnlyCasesTake,
    /// The household is not in the village.
    #[error("找不到这一户,请刷新后再试。")]
    UnknownHousehold,
    /// Another household has the number.
    #[error("户号 {0} 已经有一户了,请换一个户号。")]
    NumberTaken(String),
    /// About a ten-household unit.
    #[error(transparent)]
    Unit(#[from] UnitRefusal),
    /// The account is not below zero.
    #[error("这个账户没有欠分,不用处理。")]
    NoDebt,
    /// About a veto.
    #[error(transparent)]
    Veto(#[from] VetoRefusal),
    /// About an objection.
    #[error(transparent)]
    Dispute(#[from] DisputeRefusal),
    /// About closing a month, or recording in a closed one.
    #[error(transparent)]
    Close(#[from] CloseRefusal),
    /// About a visit, or about who answers for a household.
    #[error(transparent)]
    Visit(#[from] VisitRefusal),
}

impl Refusal {
    /// The accounts that the refusal is about, so that the page can mark them.
    pub fn accounts(&self) -> &[Account] {
        match self {
            Self::ChosenTwice(accounts)
            | Self::NotApplicable { accounts, .. }
            | Self::CapReached { accounts, .. }
            | Self::RewardedBefore(accounts) => accounts,
            _ => &[],
        }
    }
}

/// The number in brackets; nothing for an empty one.
fn bracketed(number: &str) -> String {
    if number.is_empty() { String::new() } else { format!("({number})") }
}

/// 「签领表比账上少 5 分,2 种物品清点有差额。」
fn differences(points: i64, goods: usize) -> String {
    let paper = match points {
        0 => None,
        1.. => Some(format!("签领表比账上多 {points} 分")),
        _ => Some(format!("签领表比账上少 {} 分", points.unsigned_abs())),
    };
    let counted = (goods > 0).then(|| format!("{goods} 种物品清点有差额"));
    let both: Vec<_> = [paper, counted].into_iter().flatten().collect();
    format!("{}。", both.join(","))
}
