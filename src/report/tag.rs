//! Words that several read models share: deadline tags, dates and figures.

use jiff::civil::Date;

pub use crate::domain::count::{counted, thousands};

use crate::domain::calendar::{long_date, short_date};
use crate::domain::case::clock::Standing;
use crate::domain::case::record::{Case, Handling};
use crate::domain::case::step::Step;
use crate::domain::points::rule::signed;
use crate::domain::village::Village;

/// How urgent a tag looks. The word always says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// 超期
    Late,
    /// Due soon, or to be looked at soon.
    Soon,
    /// A dispute of red risk.
    Red,
    /// Nothing to worry about.
    Plain,
}

/// A short word in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What the user reads.
    pub word: String,
    /// How urgent it looks.
    pub tone: Tone,
}

impl Tag {
    /// A tag of this tone.
    pub fn new(word: impl Into<String>, tone: Tone) -> Self {
        Self { word: word.into(), tone }
    }

    fn plain(word: impl Into<String>) -> Self {
        Self::new(word, Tone::Plain)
    }
}

/// Where the case stands against its clock, or what it waits for.
pub fn deadline(village: &Village, case: &Case, today: Date) -> Tag {
    if case.stage.suspended {
        return Tag::plain("已挂起");
    }
    match case.stage.step {
        Step::Found => Tag::plain("待上报"),
        Step::Reported => Tag::plain("待交办"),
        Step::Answered => Tag::plain("待评价"),
        Step::Rated => Tag::plain("待归档"),
        Step::Archived if case.round > 1 => Tag::plain(format!("归档 · {} 轮", case.round)),
        Step::Archived => Tag::plain("归档"),
        Step::Assigned | Step::InProgress => running(village, case, today),
    }
}

/// The tag of a case that is being handled.
fn running(village: &Village, case: &Case, today: Date) -> Tag {
    let standing = case.standing(today, &village.working_days);
    if let (Some(Handling::Escalated { .. }), Some(due)) = (case.handling, case.due(&village.working_days)) {
        let tone = match standing {
            Standing::Overdue(_) => Tone::Late,
            Standing::DueIn(0 | 1) => Tone::Soon,
            _ => Tone::Plain,
        };
        return Tag::new(format!("回访 {:02}-{:02}", due.month(), due.day()), tone);
    }
    match standing {
        Standing::Overdue(days) => Tag::new(format!("超期 {days} 天"), Tone::Late),
        Standing::DueIn(0) => Tag::new("今天到期", Tone::Soon),
        Standing::DueIn(1) => Tag::new("明天到期", Tone::Soon),
        Standing::DueIn(days) => Tag::plain(format!("剩 {days} 天")),
        Standing::Met => Tag::plain("已反馈"),
        Standing::MetLate(days) => Tag::plain(format!("反馈迟 {days} 天")),
        Standing::Suspended => Tag::plain("已挂起"),
        Standing::NoLimit => Tag::plain("未定时限"),
    }
}

/// The word of the next act on a case, for the button of a list.
pub fn next_act(case: &Case) -> &'static str {
    if case.stage.suspended {
        return "恢复";
    }
    match case.stage.step {
        Step::Found => "上报",
        Step::Reported => "交办",
        Step::Assigned => "办理",
        Step::InProgress => "反馈",
        Step::Answered => "评价",
        Step::Rated => "归档",
        Step::Archived => "查看",
    }
}

/// The case number as people say it: `0925`.
pub fn case_number(number: u32) -> String {
    format!("{number:04}")
}

/// 「9月26日」, with the year when it is another year than today's.
pub fn day_words(day: Date, today: Date) -> String {
    if day.year() == today.year() { short_date(day) } else { long_date(day) }
}

/// `+2,256`, `−5`, `0`.
pub fn signed_thousands(number: i64) -> String {
    let sign = if number > 0 { "+" } else { "" };
    format!("{sign}{}", thousands(number))
}

/// `+5` in one column or `−4` in the other, as a passbook prints it.
pub(super) fn plus_minus(points: i64) -> (Option<String>, Option<String>) {
    let words = signed(points);
    if points < 0 { (None, Some(words)) } else { (Some(words), None) }
}

/// The parts that are not empty, with ` · ` between them.
pub(super) fn dotted(parts: &[&str]) -> String {
    let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
