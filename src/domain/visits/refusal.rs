//! Why something about a visit or a linked household is refused.

use jiff::civil::Date;
use thiserror::Error;

use super::act::NewRound;
use crate::domain::calendar::{Month, long_date, short_date};

/// The most households of one round.
pub const STOPS_MAX: usize = 60;
/// The most households for which one member answers at a time.
pub const LINKED_MAX: usize = 12;
/// The most years from the year of a visit to this year.
pub const VISIT_YEARS: i16 = 2;

/// Why it is refused, in order of precedence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VisitRefusal {
    /// The visit was years ago.
    #[error("走访日期 {} 太早了,请检查年份。", long_date(*.0))]
    TooEarly(Date),
    /// Nobody went on the round.
    #[error("还没有选户,请至少选一户。")]
    NoStops,
    /// Too many households in one round.
    #[error("一次最多登记 {STOPS_MAX} 户,现在选了 {0} 户。请分几次登记。")]
    TooManyStops(usize),
    /// The visitor has moved away, has died, or records no longer.
    #[error("{} 走访的人已经不在村里或不再经手,请改日期或换一个人。", short_date(*.0))]
    VisitorNotHere(Date),
    /// Went as a party member without being one.
    #[error("{} 走访的人不是本村党员,请把身份改成别的。", short_date(*.0))]
    VisitorNoMember(Date),
    /// A household twice in one round.
    #[error("{0} 户选了两次,请去掉一次。")]
    StopTwice(String),
    /// Nobody of the household is here any more.
    #[error("{number} 户 {} 已经没有人在村里,请去掉这一户。", short_date(*date))]
    HouseholdGone {
        /// The household's number.
        number: String,
        /// On which day.
        date: Date,
    },
    /// The same visit was entered before.
    #[error("{} 走访 {number} 户已经登记过了,不用再登记。", short_date(*date))]
    EnteredBefore {
        /// The household's number.
        number: String,
        /// On which day.
        date: Date,
    },
    /// The visit does not exist.
    #[error("找不到这次走访,请刷新后再试。")]
    Unknown,
    /// It was struck out.
    #[error("这次走访已经作废了。")]
    Struck,
    /// It led to a case before.
    #[error("这次走访已经开过事项,请到那件事项里办理。")]
    HasCase,
    /// No visit is chosen.
    #[error("还没有选走访,请先勾选。")]
    NoneChosen,
    /// The item is not one for visits.
    #[error("「{0}」不是党员的加分事项,不能记走访得分。请换一个事项。")]
    NotForVisits(String),
    /// Whoever went was no party member then.
    #[error("{} 走访的人不是本村党员,没有走访积分。请去掉这一次。", short_date(*.0))]
    NoPoints(Date),
    /// It earned points before.
    #[error("{} 走访 {number} 户已经记过分了。", short_date(*date))]
    Earned {
        /// The household's number.
        number: String,
        /// On which day.
        date: Date,
    },
    /// Another visit to the household earned points in the same month.
    #[error("{}走访 {number} 户已经记过分:每户每月只记一次。请去掉这一次。", month.words())]
    EarnedInMonth {
        /// The household's number.
        number: String,
        /// Which month.
        month: Month,
    },
    /// A claim for it, or for another visit of the month, waits.
    #[error("{} 走访 {number} 户的积分已经报了待审,正在等审核,不用再报。", short_date(*date))]
    Waiting {
        /// The household's number.
        number: String,
        /// On which day.
        date: Date,
    },
    /// Only party members answer for households.
    #[error("{} 不是本村党员,不能联系户。请先登记党员类型。", short_date(*.0))]
    LinkNoMember(Date),
    /// A member does not answer for the own household.
    #[error("{0} 户是党员自己家,不用联系。请去掉这一户。")]
    OwnHousehold(String),
    /// Another member answers for the household.
    #[error("{number} 户已经由{member}联系,请先结束原来的联系。")]
    LinkedBefore {
        /// The household's number.
        number: String,
        /// Who answers for it.
        member: String,
    },
    /// Too many households for one member.
    #[error("一名党员最多联系 {LINKED_MAX} 户,加上这次就有 {0} 户了。请分给别的党员。")]
    TooManyLinked(usize),
    /// The member does not answer for the household.
    #[error("这名党员没有联系这一户,不用结束。")]
    NotLinked,
    /// It would end before it began.
    #[error("联系从 {} 开始,结束不能比它早。", long_date(*.0))]
    EndsBeforeStart(Date),
}

/// Whether the round can be entered on its own terms.
pub(in crate::domain) fn check_round(round: &NewRound, today: Date) -> Result<(), VisitRefusal> {
    if round.date.year() < today.year() - VISIT_YEARS {
        return Err(VisitRefusal::TooEarly(round.date));
    }
    match round.stops.len() {
        0 => Err(VisitRefusal::NoStops),
        1..=STOPS_MAX => Ok(()),
        many => Err(VisitRefusal::TooManyStops(many)),
    }
}
