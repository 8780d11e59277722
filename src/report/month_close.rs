//! 月结: how a month of a ledger stands, what stands in the way of closing
//! it, and what closing it will do.

use jiff::civil::Date;

use super::disputes::{DisputeRow, open_disputes};
use super::notice::{Masking, Notice, notice_of, notice_subjects};
use super::overview::{Todo, TodoTarget};
use super::tag::{Tag, Tone, day_words, signed_thousands, thousands};
use super::working_days::caveat;
use crate::domain::calendar::{Month, add_days, short_date};
use crate::domain::points::close::{Closing, close_findings, month_tally, next_to_close, notice_rows};
use crate::domain::points::entries::Cause;
use crate::domain::points::rule::Ledger;
use crate::domain::village::Village;

/// Months that can be picked, unless those that are to be closed go further back: three years.
const MONTHS_MAX: usize = 36;
/// More notices than this are not shown all at once.
const TOGETHER_MAX: usize = 40;

/// How a month stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MonthState {
    /// Closed; what was closed, and how it is said.
    Closed(Closing, String),
    /// The next to be closed.
    Next,
    /// An earlier one comes first.
    After(Month),
    /// It is not over; from when on it can be closed.
    Running(String),
}

/// One thing that was looked at before closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// Whether it is in order.
    pub is_fine: bool,
    /// What was found.
    pub words: String,
}

/// A month of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSheet {
    /// Which.
    pub month: Month,
    /// How it stands.
    pub state: MonthState,
    /// 「18 条记录,合计 +320 分(含退还 45 分),兑换 60 分」
    pub tally: String,
    /// What was looked at.
    pub checks: Vec<CheckLine>,
    /// What closing will do, said before it is done.
    pub consequence: String,
}

impl MonthSheet {
    /// Whether it can be closed now.
    pub fn can_close(&self) -> bool {
        self.state == MonthState::Next && self.checks.iter().all(|check| check.is_fine)
    }

    /// How it was closed, if it was.
    pub const fn closed(&self) -> Option<&Closing> {
        match &self.state {
            MonthState::Closed(closing, _) => Some(closing),
            _ => None,
        }
    }
}

/// The months of a ledger that can be looked at, the newest first: from its
/// first entry to today. The one to be closed next is always among them.
pub fn months(village: &Village, ledger: Ledger, today: Date) -> Vec<Month> {
    let oldest = village.entries.posted_in(ledger).map(|lines| Month::of(lines.posting.date)).min();
    let mut month = Month::of(today);
    let oldest = oldest.unwrap_or(month);
    let next = next_to_close(village, ledger);
    let mut months = vec![month];
    while month > oldest && (months.len() < MONTHS_MAX || next.is_some_and(|next| month > next)) {
        month = month.back(1);
        months.push(month);
    }
    months
}

/// What is chosen on the page 月结公示.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClosingChoice {
    /// The month's place in the list; none for the one that is to be closed.
    pub month: Option<usize>,
    /// The notice's place in the list; 0 for all of them.
    pub subject: usize,
    /// The place of the masking.
    pub masking: usize,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingPage {
    /// The months that can be picked, the newest first.
    pub months: Vec<Month>,
    /// Place of the month that is shown.
    pub shown: usize,
    /// How it stands.
    pub sheet: MonthSheet,
    /// Objections that wait, of all months.
    pub disputes: Vec<DisputeRow>,
    /// 「全部(4 份)」, then what each notice is called.
    pub subjects: Vec<String>,
    /// The notices that are chosen.
    pub notices: Vec<Notice>,
}

/// The page of a ledger.
pub fn closing_page(village: &Village, ledger: Ledger, choice: ClosingChoice, today: Date) -> ClosingPage {
    let months = months(village, ledger, today);
    let usual = || {
        let first = month_to_show(village, ledger, today);
        months.iter().position(|month| *month == first).unwrap_or(0)
    };
    let shown = choice.month.filter(|place| *place < months.len()).unwrap_or_else(usual);
    let month = months.get(shown).copied().unwrap_or(Month::of(today));
    let sheet = month_sheet(village, ledger, month, today);
    let all = notice_subjects(village, ledger, month);
    let masking = Masking::ALL.get(choice.masking).copied().unwrap_or(Masking::Masked);
    let chosen = match choice.subject.checked_sub(1) {
        Some(place) => all.get(place..=place).unwrap_or_default(),
        None => all.get(..TOGETHER_MAX).unwrap_or(&all),
    };
    let rows = notice_rows(village, ledger, month);
    let notices = chosen.iter().map(|(of, _)| notice_of(village, &rows, *of, month, masking, sheet.closed())).collect();
    let whole = format!("全部({} 份)", all.len());
    let disputes = open_disputes(village, Some(ledger), today);
    let subjects = std::iter::once(whole).chain(all.into_iter().map(|(_, name)| name)).collect();
    ClosingPage { months, shown, sheet, disputes, subjects, notices }
}

/// The month that the page opens with: the one to be closed, if it is over,
/// or else the one before today's.
pub fn month_to_show(village: &Village, ledger: Ledger, today: Date) -> Month {
    let next = next_to_close(village, ledger).filter(|month| month.last_day() < today);
    next.unwrap_or_else(|| Month::of(today).back(1))
}

/// Months that are over and not closed, one thing to do for each ledger.
pub(super) fn closing_todos(village: &Village, today: Date) -> impl Iterator<Item = Todo> {
    let next = |ledger: &Ledger| Some((*ledger, next_to_close(village, *ledger)?));
    let over = Ledger::ALL.iter().filter_map(next).filter(move |(_, month)| month.last_day() < today);
    over.map(|(ledger, month)| Todo {
        tag: Tag::new("该月结", Tone::Soon),
        title: format!("{}{}可以月结", ledger.word(), month.words()),
        detail: "月结以后打印公示表".to_owned(),
        action: "月结",
        target: TodoTarget::Closing(ledger),
    })
}

/// How the month stands.
pub fn month_sheet(village: &Village, ledger: Ledger, month: Month, today: Date) -> MonthSheet {
    let tally = month_tally(village, ledger, month);
    let state = state(village, ledger, month, today);
    let mut checks: Vec<CheckLine> = Vec::new();
    if matches!(state, MonthState::Next) {
        let findings = close_findings(village, ledger, month);
        checks.extend(findings.iter().map(|finding| CheckLine { is_fine: false, words: format!("{finding}。") }));
        if checks.is_empty() {
            checks.push(CheckLine {
                is_fine: true, words: "没有待处理的异议,也没有待审的申报。".to_owned()
            });
        }
    }
    let usual_days = village.closings.usual_days(ledger);
    MonthSheet {
        month,
        state,
        tally: format!(
            "{} 条记录,合计 {} 分{},兑换 {} 分",
            thousands(tally.entries.into()),
            signed_thousands(tally.points),
            returned_words(village, ledger, month),
            thousands(tally.redeemed)
        ),
        checks,
        consequence: consequence(village, ledger, month, today, usual_days),
    }
}

/// What of the entries is no 得分: 「(含退还 45 分)」; empty where nothing was handed back.
fn returned_words(village: &Village, ledger: Ledger, month: Month) -> String {
    let lines = village.entries.posted_in(ledger).filter(|lines| Month::of(lines.posting.date) == month);
    let returned = lines.filter(|lines| matches!(lines.posting.cause, Cause::Returned(_)));
    let returned: i64 = returned.flat_map(|lines| lines.points).map(|points| i64::from(*points)).sum();
    if returned == 0 { String::new() } else { format!("(含退还 {} 分)", thousands(returned)) }
}

fn state(village: &Village, ledger: Ledger, month: Month, today: Date) -> MonthState {
    if let Some(closing) = village.closings.of(ledger, month) {
        let closed = &closing.closed;
        let (notice_end, objection_end) = (closed.notice_end(), closing.objection_end(&village.working_days));
        let notice = match short_date(notice_end) {
            day if today > notice_end => format!("公示期已满({day})"),
            day => format!("公示期到 {day}"),
        };
        let objections = match short_date(objection_end) {
            day if today > objection_end => format!("异议受理到 {day},已截止;再发现记错,用冲正更正"),
            day => format!("异议受理到 {day}{}", caveat(&village.working_days, objection_end)),
        };
        let words = format!("{}月结。{notice},{objections}。", day_words(closed.date, today));
        return MonthState::Closed(closing.clone(), words);
    }
    if month.last_day() >= today {
        return MonthState::Running(format!("{} 起可以月结。", short_date(month.next().first_day())));
    }
    match next_to_close(village, ledger) {
        Some(next) if next < month => MonthState::After(next),
        _ => MonthState::Next,
    }
}

/// What closing will do, before it is done.
pub fn consequence(
    village: &Village,
    ledger: Ledger,
    month: Month,
    today: Date,
    [notice_days, objection_days]: [u16; 2],
) -> String {
    let notice_end = add_days(today, i32::from(notice_days) - 1);
    let objection_end = village.working_days.after(today, objection_days);
    let unknown = caveat(&village.working_days, objection_end);
    let carried = if month.month == 12 { "有结余的各记一行「结转」,分数不变;" } else { "" };
    format!(
        "月结以后,{}的{}不能再记、再改,更正只能记到后面的月份;{carried}公示期 {} 至 {},异议受理到 {}{unknown}。月结不能撤回。",
        month.words(),
        ledger.word(),
        short_date(today),
        short_date(notice_end),
        short_date(objection_end)
    )
}
