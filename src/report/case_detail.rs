//! One case: who said what, where it stands, what happened, what may happen.

use jiff::civil::Date;

use super::passbook::entry_title;
use super::review::item_name;
use super::tag::{Tag, case_number, day_words, deadline, dotted};
use super::visits::visit_words;
use super::working_days::caveat;
use crate::domain::calendar::short_date;
use crate::domain::case::clock::{DayUnit, IMMEDIATE};
use crate::domain::case::record::{Case, Handling, Happening, Opening, Risk};
use crate::domain::case::step::{Act, Stage, Step, allowed};
use crate::domain::id::{CaseId, PersonId, VisitId};
use crate::domain::points::ledger::{Account, Entry};
use crate::domain::points::rule::signed;
use crate::domain::register::Field;
use crate::domain::village::Village;

/// One point of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineItem {
    /// 「交办 限时办」
    pub title: String,
    /// 「9月18日,限 3 日内办结」
    pub detail: String,
}

/// One case in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDetail {
    /// The case's id.
    pub id: CaseId,
    /// `0925`
    pub number: String,
    /// A few words.
    pub title: String,
    /// What was said, in full; may be empty.
    pub text: String,
    /// Who reported it, or 匿名.
    pub reporter: String,
    /// The reporter, when in the roster.
    pub reporter_id: Option<PersonId>,
    /// How to reach the reporter; may be empty.
    pub phone: String,
    /// 来源
    pub source: &'static str,
    /// 类别
    pub topic: &'static str,
    /// 三件事
    pub errand: &'static str,
    /// For a dispute: its risk.
    pub risk: Option<Risk>,
    /// For a dispute that was answered: whether it is resolved.
    pub resolved: Option<bool>,
    /// Name of its grid.
    pub grid: String,
    /// 「9月18日」
    pub received: String,
    /// 「限时办 · 第二网格 · 剩 4 天」
    pub summary: String,
    /// The last part of the summary, with its tone.
    pub deadline: Tag,
    /// Where it stands.
    pub stage: Stage,
    /// How it is handled.
    pub handling: Option<Handling>,
    /// How far it has come: 0 (发现) to 6 (归档).
    pub step: usize,
    /// 轮次
    pub round: u16,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineItem>,
    /// What may happen now.
    pub allowed: Vec<Act>,
    /// 挂起
    pub is_suspended: bool,
    /// Whether it is a dispute.
    pub is_dispute: bool,
    /// What was earned by resolving it.
    pub rewards: Vec<Reward>,
    /// The day whose points a resolved dispute earns; `None` while it is not resolved.
    pub reward_day: Option<Date>,
    /// The visit from which it came: 「来自走访 9月26日 1-002」.
    pub visit: Option<(VisitId, String)>,
}

/// Points that somebody earned by resolving a dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reward {
    /// Whose.
    pub account: Account,
    /// 「王海林 · 调解邻里纠纷 +10」
    pub words: String,
}

/// The case of this id, in full.
pub fn case_detail(village: &Village, id: CaseId, today: Date) -> Option<CaseDetail> {
    let case = village.cases.get(id)?;
    let opening = &case.opening;
    let text = |field| village.register.text(id, field).to_owned();
    let (reporter, phone) = reporter(village, opening);
    let grid = village.people.grid_name(opening.grid).to_owned();
    let handling = case.handling.map_or("未交办", |handling| handling.word());
    let deadline = deadline(village, case, today);
    Some(CaseDetail {
        id,
        number: case_number(opening.number),
        title: text(Field::Title),
        text: text(Field::Text),
        reporter,
        reporter_id: reporter_now(village, opening),
        phone,
        source: opening.source.word(),
        topic: opening.topic.word(),
        errand: opening.errand.word(),
        risk: opening.risk,
        resolved: case.resolved,
        received: day_words(opening.received.date(), today),
        summary: dotted(&[handling, &grid, &deadline.word, &due_words(village, case)]),
        grid,
        deadline,
        stage: case.stage,
        handling: case.handling,
        step: case.stage.step as usize,
        round: case.round,
        timeline: timeline(village, case, today),
        allowed: allowed(case.stage).collect(),
        is_suspended: case.stage.suspended,
        is_dispute: case.is_dispute(),
        rewards: rewards(village, id),
        visit: village.visits.of_case(id).and_then(|visit| Some((visit, visit_words(village, visit, today)?))),
        reward_day: case.closed_on().filter(|_| case.is_dispute() && case.resolved == Some(true)),
    })
}

fn rewards(village: &Village, case: CaseId) -> Vec<Reward> {
    let entries = village.entries_of_case(case).into_iter().filter_map(|entry| village.entries.get(entry));
    let reward = |entry: Entry| {
        let taken_back = if village.entries.reversal_of(entry.id).is_some() { "(已冲正)" } else { "" };
        let points = signed(i64::from(entry.points));
        let what = format!("{} {points}{taken_back}", entry_title(village, &entry));
        let words = dotted(&[village.account_name(entry.account), &what]);
        Reward { account: entry.account, words }
    };
    let waiting = village.claims_for(case).map(|claim| {
        let account = village.account_now(claim.filed.account);
        let words = dotted(&[village.account_name(account), &format!("{} 待审", item_name(village, claim))]);
        Reward { account, words }
    });
    entries.map(reward).chain(waiting).collect()
}

/// The reporter in the roster, who may have been joined to another entry since.
fn reporter_now(village: &Village, opening: &Opening) -> Option<PersonId> {
    opening.reporter.map(|person| village.people.person_now(person))
}

/// Name and phone of the reporter: of the person in the roster, or as told.
fn reporter(village: &Village, opening: &Opening) -> (String, String) {
    let told = village.register.text(opening.id, Field::Reporter);
    let person = reporter_now(village, opening);
    let name = person.map_or(told, |person| village.name(person));
    let phone = match (village.register.text(opening.id, Field::Phone), person) {
        ("", Some(person)) => village.register.text(person, Field::Phone),
        (told, _) => told,
    };
    let name = match (name, person) {
        ("", Some(_)) => "已删除",
        ("", None) => "匿名",
        (name, _) => name,
    };
    (name.to_owned(), phone.to_owned())
}

fn timeline(village: &Village, case: &Case, today: Date) -> Vec<TimelineItem> {
    let received = case.opening.received.date();
    let origin = comma(&[case.opening.source.word(), village.people.grid_name(case.opening.grid)]);
    let first = |title: &str| TimelineItem {
        title: title.to_owned(),
        detail: format!("{} {origin}", day_words(received, today)),
    };
    // Writing a case down reports it, so the first two steps are one point.
    let (mut items, rest) = match case.history.split_first() {
        Some(((at, Happening::Reported), rest)) if at.date() == received => (vec![first("发现 · 上报")], rest),
        _ => (vec![first("发现")], case.history.as_slice()),
    };
    let mut round = 1;
    for (at, happening) in rest {
        let (title, detail) = words(village, *happening, round, today);
        items.push(TimelineItem { title, detail: comma(&[&day_words(at.date(), today), &detail]) });
        if matches!(happening, Happening::Rated(rating, _) if !rating.is_satisfied()) {
            round += 1;
        }
    }
    items
}

/// Title and detail, without the date, of something that happened.
fn words(village: &Village, happening: Happening, round: u16, today: Date) -> (String, String) {
    let note = |note| village.note(note).to_owned();
    match happening {
        Happening::Reported => ("上报".to_owned(), String::new()),
        Happening::Assigned(handling) => {
            let again = if round > 1 { "重新交办" } else { "交办" };
            (format!("{again} {}", handling.word()), handling_words(village, handling, today))
        }
        Happening::Started => ("开始办理".to_owned(), String::new()),
        Happening::FedBack(text) => ("中途反馈".to_owned(), note(text)),
        Happening::Answered { note: text, resolved } => {
            let result = match resolved {
                Some(true) => "办结反馈 — 已化解",
                Some(false) => "办结反馈 — 未化解",
                None => "办结反馈",
            };
            (result.to_owned(), note(text))
        }
        Happening::Rated(rating, text) => {
            let back = if rating.is_satisfied() { "" } else { " — 退回重新交办" };
            (format!("评价 {}{back}", rating.word()), note(text))
        }
        Happening::Archived => ("归档".to_owned(), String::new()),
        Happening::HandlingChanged(handling, reason) => {
            let detail = comma(&[&note(Some(reason)), &handling_words(village, handling, today)]);
            (format!("改为{}", handling.word()), detail)
        }
        Happening::Suspended(reason) => ("挂起".to_owned(), note(Some(reason))),
        Happening::Resumed => ("恢复办理".to_owned(), String::new()),
        Happening::Extended(days, approval) => (format!("延期 {days} 天"), note(Some(approval))),
        Happening::Urged(text) => ("督办".to_owned(), note(text)),
    }
}

/// 「1月6日到期」 of a limit that runs, with what is to be said of the working days.
fn due_words(village: &Village, case: &Case) -> String {
    let is_running = matches!(case.stage.step, Step::Assigned | Step::InProgress) && !case.stage.suspended;
    let limit = case.limit().filter(|_| is_running);
    let Some((limit, due)) = limit.zip(case.due(&village.working_days)) else {
        return String::new();
    };
    let unknown = match limit.unit {
        DayUnit::Day => String::new(),
        DayUnit::WorkingDay => caveat(&village.working_days, due),
    };
    format!("{}到期{unknown}", short_date(due))
}

fn handling_words(village: &Village, handling: Handling, today: Date) -> String {
    match handling {
        Handling::Immediate => IMMEDIATE.words(),
        Handling::TimeLimited(limit) => limit.words(),
        Handling::Escalated { to, follow_up } => {
            format!("上报给{},{}回访", village.note(Some(to)), day_words(follow_up, today))
        }
        Handling::ExplainedReturn(reason) => format!("已说明:{}", village.note(Some(reason))),
    }
}

/// The parts that are not empty, with commas between them.
fn comma(parts: &[&str]) -> String {
    let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(",")
}
