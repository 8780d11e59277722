//! 民情清单: the cases that pass a filter, overdue first.

use jiff::civil::Date;

use super::tag::{Tag, case_number, day_words, deadline};
use crate::domain::calendar::{Moment, Quarter};
use crate::domain::case::clock::Standing;
use crate::domain::case::record::{Case, Handling, Risk};
use crate::domain::case::step::Step;
use crate::domain::id::{CaseId, GridId};
use crate::domain::order::sort_by_key;
use crate::domain::register::Field;
use crate::domain::roster::words;
use crate::domain::village::Village;

/// 四办 without their details, and 未交办.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandlingKind {
    /// 立即办
    Immediate,
    /// 限时办
    TimeLimited,
    /// 上报办
    Escalated,
    /// 退回办
    ExplainedReturn,
    /// 未交办
    Unassigned,
}

words!(HandlingKind {
    Immediate = "立即办",
    TimeLimited = "限时办",
    Escalated = "上报办",
    ExplainedReturn = "退回办",
    Unassigned = "未交办",
});

impl HandlingKind {
    /// The kind of a case's handling.
    pub const fn of(handling: Option<Handling>) -> Self {
        match handling {
            Some(Handling::Immediate) => Self::Immediate,
            Some(Handling::TimeLimited(_)) => Self::TimeLimited,
            Some(Handling::Escalated { .. }) => Self::Escalated,
            Some(Handling::ExplainedReturn(_)) => Self::ExplainedReturn,
            None => Self::Unassigned,
        }
    }
}

/// Which cases to list. The default lists all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// 未办结 only.
    pub open_only: bool,
    /// Received in this quarter.
    pub quarter: Option<Quarter>,
    /// In this grid.
    pub grid: Option<GridId>,
    /// By this handling.
    pub handling: Option<HandlingKind>,
    /// 矛盾纠纷 only.
    pub dispute_only: bool,
    /// In number or title.
    pub text: Option<String>,
}

/// One case of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// The case's id.
    pub id: CaseId,
    /// `0925`
    pub number: String,
    /// A few words.
    pub title: String,
    /// Name of its grid.
    pub grid: String,
    /// 立即办, 限时办, 上报办, 退回办 or 未交办.
    pub handling: &'static str,
    /// How far it has come: 0 (发现) to 6 (归档).
    pub step: usize,
    /// The same as a word.
    pub step_word: &'static str,
    /// Archived cases do not change.
    pub is_archived: bool,
    /// 轮次
    pub round: u16,
    /// For a dispute: its risk.
    pub risk: Option<Risk>,
    /// 超期 2 天, 今天到期, 待评价, 归档 …
    pub deadline: Tag,
    /// 「9月18日」
    pub received: String,
}

/// The list with its two counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseList {
    /// The cases: those with a running limit by due day, so that the longest
    /// overdue stand first; then the rest, newest first.
    pub rows: Vec<CaseRow>,
    /// 未办结 that pass the other filters.
    pub open_count: usize,
    /// All that pass the other filters.
    pub all_count: usize,
}

/// The cases that pass the filter.
pub fn case_list(village: &Village, today: Date, filter: &CaseFilter) -> CaseList {
    let text = filter.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let mut list = CaseList::default();
    let mut passed = Vec::new();
    for case in village.cases.iter().filter(|case| passes(village, case, filter, text.as_deref())) {
        list.all_count += 1;
        list.open_count += usize::from(!case.is_closed());
        if !(filter.open_only && case.is_closed()) {
            passed.push((place(village, case, today), case));
        }
    }
    sort_by_key(&mut passed, |(place, _)| *place);
    list.rows = passed.into_iter().map(|(_, case)| row(village, case, today)).collect();
    list
}

fn passes(village: &Village, case: &Case, filter: &CaseFilter, text: Option<&str>) -> bool {
    let opening = &case.opening;
    filter.grid.is_none_or(|grid| opening.grid == Some(grid))
        && filter.handling.is_none_or(|kind| HandlingKind::of(case.handling) == kind)
        && (!filter.dispute_only || case.is_dispute())
        && filter.quarter.is_none_or(|quarter| quarter.contains(opening.received.date()))
        && text.is_none_or(|text| {
            case_number(opening.number).contains(text)
                || village.register.text(opening.id, Field::Title).to_lowercase().contains(text)
        })
}

/// Running limits first, by due day; the rest newest first.
fn place(village: &Village, case: &Case, today: Date) -> (bool, Option<Date>, std::cmp::Reverse<(Moment, u32)>) {
    let due = match case.standing(today, &village.working_days) {
        Standing::Overdue(_) | Standing::DueIn(_) => case.due(&village.working_days),
        _ => None,
    };
    (due.is_none(), due, std::cmp::Reverse((case.opening.received, case.opening.number)))
}

fn row(village: &Village, case: &Case, today: Date) -> CaseRow {
    let opening = &case.opening;
    let step = case.stage.step;
    CaseRow {
        id: opening.id,
        number: case_number(opening.number),
        title: village.register.text(opening.id, Field::Title).to_owned(),
        grid: village.people.grid_name(opening.grid).to_owned(),
        handling: HandlingKind::of(case.handling).word(),
        step: step as usize,
        step_word: step.word(),
        is_archived: step == Step::Archived,
        round: case.round,
        risk: opening.risk,
        deadline: deadline(village, case, today),
        received: day_words(opening.received.date(), today),
    }
}
