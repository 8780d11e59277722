//! What only one of two laptops can have decided for the whole village: its
//! settings, the next version of its rule book, the closing of a month. Which one
//! counts is said with what the other would have been.

use super::conflicts::{ConflictRow, Way, when};
use super::gauge::yuan;
use super::tag::thousands;
use super::working_days;
use crate::domain::calendar::short_date;
use crate::domain::command::Settlement;
use crate::domain::conflict::{Choice, Displaced};
use crate::domain::event::Event;
use crate::domain::points::close::MonthClosed;
use crate::domain::points::rule::RuleBook;
use crate::domain::points::settings::{CarryOver, Reviewing, Settings};
use crate::domain::village::Village;
use crate::domain::working_days::YearTable;

/// The row of such an event; `None` for any other.
pub(super) fn rival_row(village: &Village, displaced: &Displaced) -> Option<ConflictRow> {
    match &displaced.event {
        Event::SettingsChanged(settings) => Some(settings_row(village, displaced, settings)),
        Event::WorkingDaysEntered { table, .. } => Some(working_days_row(village, displaced, table)),
        Event::RuleBookAdopted(book) => Some(rules_row(village, displaced, book)),
        Event::MonthClosed(closed) => Some(month_row(village, displaced, closed)),
        _ => None,
    }
}

fn way(displaced: &Displaced, label: &'static str, choice: Choice) -> Way {
    Way::Press(label, Settlement::Displaced { place: displaced.place, choice })
}

fn settings_row(village: &Village, displaced: &Displaced, other: &Settings) -> ConflictRow {
    let differences = differences(&village.settings, other);
    let (detail, ways) = if differences.is_empty() {
        let detail = "两台电脑同时改了设置,现在算数的和没有算进去的已经一样。".to_owned();
        (detail, vec![way(displaced, "知道了", Choice::Keep)])
    } else {
        let detail = format!(
            "两台电脑同时改了设置,{} 改的没有算进去:{}。请和村里议定的对一下。",
            when(displaced.at),
            differences.join(";")
        );
        let ways = [("保留现在的", Choice::Keep), ("改用那边的", Choice::Take)];
        let ways = ways.map(|(label, choice)| way(displaced, label, choice));
        (detail, ways.to_vec())
    };
    ConflictRow { kind: "设置", title: "积分设置".to_owned(), detail, ways }
}

fn working_days_row(village: &Village, displaced: &Displaced, other: &YearTable) -> ConflictRow {
    let differences = working_days::differences(&village.working_days, other);
    let (detail, ways) = if differences.is_empty() {
        let detail = "两台电脑都录了这一年的放假安排,现在已经一样。".to_owned();
        (detail, vec![way(displaced, "知道了", Choice::Keep)])
    } else {
        let detail = format!(
            "两台电脑录的不一样,{} 录的没有算进去:{}。请和国务院办公厅的通知对一下。",
            when(displaced.at),
            differences.join(";")
        );
        let ways = [("保留现在的", Choice::Keep), ("改用那边的", Choice::Take)];
        (detail, ways.map(|(label, choice)| way(displaced, label, choice)).to_vec())
    };
    ConflictRow { kind: "设置", title: format!("{} 年放假安排", other.year), detail, ways }
}

/// 「起兑分现在 10 分,那边 20 分」, for each setting that differs.
fn differences(now: &Settings, other: &Settings) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |label: &str, words: fn(&Settings) -> String| {
        let (now, other) = (words(now), words(other));
        if now != other {
            found.push(format!("{label}现在 {now},那边 {other}"));
        }
    };
    add("1 分的钱数", |one| format!("{}.{:02} 元", one.rate_cents / 100, one.rate_cents % 100));
    add("户的起始分", |one| points(one.household_opening));
    add("党员的起始分", |one| points(one.member_opening));
    add("起兑分", |one| points(one.redeem_min));
    add("每户每天最多兑换", |one| points(one.redeem_day_max));
    add("没兑的积分", |one| carry_words(one.carry_over));
    add("审核", |one| reviewing_words(one.reviewing).to_owned());
    add("物品预算", |one| yuan(one.budget_cents.into()));
    add("全年最多发", |one| points(one.issue_year_max));
    found
}

/// Of a limit 0 means that there is none.
fn points(points: u32) -> String {
    if points == 0 { "0 分(不限)".to_owned() } else { format!("{points} 分") }
}

fn carry_words(carry_over: CarryOver) -> String {
    match carry_over {
        CarryOver::Keep => "一直留着".to_owned(),
        CarryOver::ClearAtYearEnd => "年底清零".to_owned(),
        CarryOver::ExpireAfter(months) => format!("{months} 个月过期"),
    }
}

const fn reviewing_words(reviewing: Reviewing) -> &'static str {
    match reviewing {
        Reviewing::BySecondPerson => "由登记人以外的人",
        Reviewing::ByAnybody => "谁审都行",
    }
}

fn rules_row(village: &Village, displaced: &Displaced, other: &RuleBook) -> ConflictRow {
    let words = |book: &RuleBook| {
        let (adopted, effective) = (short_date(book.adopted), short_date(book.effective));
        format!("{adopted} 通过、{effective} 起施行的那一版({} 项)", book.items.len())
    };
    let counts = village.rules.version(other.version).map_or_else(String::new, words);
    ConflictRow {
        kind: "细则",
        title: format!("积分细则 {}", other.label),
        detail: format!(
            "两台电脑同时启用了新版细则。算数的是 {counts};{} 记的 {} 没有算进去,照它记过的分不变,它还在「细则」里查得到。要用后一版,请到「细则」里照它再启用一版。",
            when(displaced.at),
            words(other)
        ),
        ways: vec![way(displaced, "知道了", Choice::Keep)],
    }
}

fn month_row(village: &Village, displaced: &Displaced, other: &MonthClosed) -> ConflictRow {
    let counts = village.closings.of(other.ledger, other.month);
    let counts = counts.map_or_else(String::new, |closing| format!("算数的是 {} 结的,", when(closing.at)));
    let points: i64 = other.carried.iter().map(|line| i64::from(line.quantity)).sum();
    let carried = match other.carried.len() {
        0 => String::new(),
        count => format!(",里面的 {count} 笔结转(共 {} 分)也没有再记一遍", thousands(points)),
    };
    ConflictRow {
        kind: "月结",
        title: format!("{}{}", other.month.words(), other.ledger.word()),
        detail: format!(
            "两台电脑都月结了这个月。{counts}{} 结的没有算进去{carried}。两边公示的数不一样时,请重新公示这个月。",
            when(displaced.at)
        ),
        ways: vec![way(displaced, "知道了", Choice::Keep)],
    }
}
