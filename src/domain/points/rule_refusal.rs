//! Every reason for which a rule book is not adopted, or an item does not score.

use jiff::civil::Date;
use thiserror::Error;

use super::rule::Category;
use crate::domain::calendar::{long_date, short_date};
use crate::domain::roster::MemberType;

/// Why a rule book is not adopted, or an item does not score. In order of precedence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RuleRefusal {
    /// The meeting is still to come.
    #[error("通过会议的日期 {} 还没有到。请等开完会再启用新版细则。", short_date(*.0))]
    MeetingToCome(Date),
    /// The meeting was after the first day.
    #[error("会议 {} 才通过,施行日期 {} 不能早于会议。请改施行日期。", short_date(*meeting), short_date(*effective))]
    MeetingAfterEffective {
        /// When the meeting was.
        meeting: Date,
        /// When the version was to begin.
        effective: Date,
    },
    /// The version would begin before or with the last one.
    #[error("上一版({label})从 {} 起施行,新版要比它晚。请改施行日期。", long_date(*effective))]
    NotAfterLast {
        /// What the last version is called.
        label: String,
        /// Its first day.
        effective: Date,
    },
    /// Nobody came to the meeting.
    #[error("请填写到会人数。")]
    NobodyAtMeeting,
    /// The decision is not in words.
    #[error("请写明会议怎么定的,如「到会 52 人,48 人同意」。")]
    NoDecision,
    /// A version without items.
    #[error("新版细则里没有事项,请至少留一项。")]
    NoItems,
    /// Too many items.
    #[error("新版细则有 {found} 个事项,最多 {limit} 个,请合并或停用一些。")]
    TooManyItems {
        /// Items found.
        found: usize,
        /// Items allowed.
        limit: usize,
    },
    /// An item without a code.
    #[error("「{0}」没有编号,请填写。")]
    NoCode(String),
    /// A code that is too long.
    #[error("编号「{code}」太长,最多 {limit} 个字。")]
    CodeTooLong {
        /// The code.
        code: String,
        /// Characters allowed.
        limit: usize,
    },
    /// Two items have the same code.
    #[error("编号 {0} 用了两次,请改成不同的编号。")]
    CodeTwice(String),
    /// An item without a name.
    #[error("编号 {0} 的事项没有名称,请填写。")]
    NoName(String),
    /// A name that is too long.
    #[error("编号 {code} 的事项名称有 {found} 个字,最多 {limit} 个字,请缩短。")]
    NameTooLong {
        /// The item's code.
        code: String,
        /// Characters found.
        found: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// Two items of a ledger have the same name.
    #[error("「{0}」写了两项,请合并成一项,或换一个名称。")]
    NameTwice(String),
    /// No points at all.
    #[error("「{0}」没有分值,请填写加几分或扣几分。")]
    NoPoints(String),
    /// More points than allowed.
    #[error("「{item}」的分值最多 {limit} 分,请改小。")]
    TooManyPoints {
        /// The item.
        item: String,
        /// Points allowed.
        limit: i32,
    },
    /// The lower end lies above the upper end.
    #[error("「{item}」的分值从 {low} 到 {high} 写反了,请小的在前。")]
    RangeTurned {
        /// The item.
        item: String,
        /// What stands first.
        low: i32,
        /// What stands second.
        high: i32,
    },
    /// Both rewards and deductions in one item.
    #[error("「{0}」又加分又扣分,请分成两项。")]
    MixedSigns(String),
    /// An own score for a type to which the item does not apply.
    #[error("「{item}」不适用于{},却给了单独的分值。请先勾上这一类,或去掉这个分值。", .kind.word())]
    OwnScoreElsewhere {
        /// The item.
        item: String,
        /// Whose score.
        kind: MemberType,
    },
    /// Two own scores for one type.
    #[error("「{item}」给{}写了两个分值,请留一个。", .kind.word())]
    OwnScoreTwice {
        /// The item.
        item: String,
        /// Whose score.
        kind: MemberType,
    },
    /// A cap of nothing.
    #[error("「{0}」的上限是 0,等于永远不计分。请改成 1 以上,或停用这一项。")]
    CapOfNothing(String),
    /// A cap above the limit.
    #[error("「{item}」的上限最多 {limit},请改小,或去掉上限。")]
    CapTooHigh {
        /// The item or category.
        item: String,
        /// The most.
        limit: u32,
    },
    /// A cap of points that is less than the act itself.
    #[error("「{item}」一次就是 {points} 分,上限却只有 {cap} 分,永远记不上。请改大上限。")]
    CapBelowPoints {
        /// The item.
        item: String,
        /// Points of one quantity.
        points: u32,
        /// The cap.
        cap: u32,
    },
    /// It ends before it begins.
    #[error("「{item}」的起止日期写反了:{} 到 {}。", short_date(*from), short_date(*until))]
    DaysTurned {
        /// The item.
        item: String,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
    /// A category's cap that is less than one act of one of its items.
    #[error("{}类的上限只有 {cap} 分,「{item}」一次就是 {points} 分,永远记不上。请改大上限。", .category.word())]
    CategoryCapBelowItem {
        /// The category.
        category: Category,
        /// The cap.
        cap: u32,
        /// The item.
        item: String,
        /// Points of one quantity.
        points: u32,
    },
    /// An item that continues one that never was.
    #[error("「{0}」接的是以前没有过的事项,请删去它,再新添一项。")]
    UnknownOrigin(String),
    /// Two items continue the same one.
    #[error("「{0}」和另一项是从同一个旧事项改来的,请删去其中一项。")]
    OriginTwice(String),
    /// The version is the same as the last one.
    #[error("新版和上一版({0})完全一样,不用启用。请先改动事项。")]
    NothingChanged(String),
    /// The item does not score on the day.
    #[error("「{item}」{},这一天不能登记。请检查日期。", days_words(*from, *until))]
    OutOfSeason {
        /// The item.
        item: String,
        /// First day.
        from: Option<Date>,
        /// Last day.
        until: Option<Date>,
    },
    /// Nothing was resolved that could earn points.
    #[error("这件事项不是已化解的纠纷,没有化解得分可登记。")]
    NotResolved,
    /// The types of members that were named leave ranges without common points.
    #[error("「{0}」给各类党员的分值范围不同,没有共同的分值。请按党员类型分开登记。")]
    RangesApart(String),
    /// The entry does not say what proves it.
    #[error("「{0}」要有凭据。请附一张照片,或在事由里写明凭据,如「见登记簿 3 页」。")]
    NoEvidence(String),
}

/// 「从 3月1日 到 5月31日 计分」
fn days_words(from: Option<Date>, until: Option<Date>) -> String {
    let from = from.map_or_else(String::new, |day| format!("从 {} ", short_date(day)));
    let until = until.map_or_else(|| "起".to_owned(), |day| format!("到 {} ", short_date(day)));
    format!("{from}{until}计分")
}
