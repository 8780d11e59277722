//! 放假安排: which years are known, what a notice that was pasted would change, and
//! what is said of a date that was counted in a year that is not known.

use jiff::civil::{Date, date};

use super::overview::{Todo, TodoTarget};
use super::tag::{Tag, Tone};
use crate::domain::calendar::{Month, add_days, short_date};
use crate::domain::case::record::Case;
use crate::domain::village::Village;
use crate::domain::working_days::{WorkingDays, YearTable};

/// So many days before a year begins its notice is asked for: the State Council
/// gives it in October or November.
const DAYS_AHEAD: i32 = 31;

/// What is said beside a date that was counted in working days; empty where the
/// notice of its year is known.
pub fn caveat(working_days: &WorkingDays, end: Date) -> String {
    match end.year() {
        year if working_days.is_year_known(year) => String::new(),
        year => format!("({year}年放假安排还没有录入,按周一到周五算)"),
    }
}

/// The year whose notice is wanted: this one, or soon the next one.
fn wanted(village: &Village, today: Date) -> Option<i16> {
    let years = [today.year(), add_days(today, DAYS_AHEAD).year()];
    years.into_iter().find(|year| !village.working_days.is_year_known(*year))
}

/// That a year is to be entered.
pub(super) fn working_days_todo(village: &Village, today: Date) -> Option<Todo> {
    wanted(village, today).map(|year| Todo {
        tag: Tag::new("待录入", Tone::Soon),
        title: format!("{year} 年放假安排还没有录入"),
        detail: "工作日先按周一到周五算".to_owned(),
        action: "录入",
        target: TodoTarget::Settings,
    })
}

/// What is known of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRow {
    /// Which.
    pub year: i16,
    /// 「随软件自带」, 「已录入」, 「还没有录入」
    pub state: Tag,
    /// What is off and what is worked, in words; empty while it is not known.
    pub days: Option<DayWords>,
}

/// The days of a notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayWords {
    /// 「1月1日至1月3日 3 天」, one for each holiday.
    pub off: Vec<String>,
    /// 「1月4日」, one for each day of a weekend that is worked.
    pub worked: Vec<String>,
}

/// This year, the years around it that are known, and the next one.
pub fn year_rows(village: &Village, today: Date) -> Vec<YearRow> {
    let mut years = village.working_days.years();
    years.extend([today.year(), today.year() + 1]);
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let row = |year| YearRow {
        year,
        state: match (village.working_days.entered(year), village.working_days.is_year_known(year)) {
            (Some(_), _) => Tag::new("已录入", Tone::Plain),
            (None, true) => Tag::new("随软件自带", Tone::Plain),
            (None, false) => Tag::new("还没有录入", Tone::Soon),
        },
        days: village.working_days.table(year).map(|table| day_words(&table)),
    };
    years.into_iter().map(row).collect()
}

/// The days of a table in words.
pub fn day_words(table: &YearTable) -> DayWords {
    let off = spans(&table.off).into_iter().map(|(from, to, count)| {
        if from == to { short_date(from) } else { format!("{}至{} {count} 天", short_date(from), short_date(to)) }
    });
    DayWords { off: off.collect(), worked: table.worked.iter().copied().map(short_date).collect() }
}

/// Days that follow each other, as first and last day and how many they are.
fn spans(days: &[Date]) -> Vec<(Date, Date, usize)> {
    let mut spans: Vec<(Date, Date, usize)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((_, to, count)) if add_days(*to, 1) == *day => (*to, *count) = (*day, *count + 1),
            _ => spans.push((*day, *day, 1)),
        }
    }
    spans
}

/// What entering the table would change: of how many cases that are being handled
/// the day moves on which they are due.
pub fn moved_words(village: &Village, table: &YearTable) -> String {
    let with = village.working_days.with(table.clone());
    let moves = |case: &&Case| !case.is_closed() && case.due(&village.working_days) != case.due(&with);
    match village.cases.iter().filter(moves).count() {
        0 => "在办事项的到期日都不变。".to_owned(),
        count => format!("{count} 件在办事项的到期日会跟着变。"),
    }
}

/// 「2月6日现在放假,那边上班」, for each day of which two tables say something else.
pub(super) fn differences(now: &WorkingDays, other: &YearTable) -> Vec<String> {
    let with = now.with(other.clone());
    let first = Month { year: other.year - 1, month: 12 }.first_day();
    let days = days_of(first, date(other.year, 12, 31));
    let says = |is_worked: bool| if is_worked { "上班" } else { "放假" };
    let differs = days.filter(|day| now.is_working_day(*day) != with.is_working_day(*day));
    differs
        .map(|day| {
            let [here, there] = [now, &with].map(|days| says(days.is_working_day(day)));
            format!("{}现在{here},那边{there}", short_date(day))
        })
        .collect()
}

fn days_of(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| Some(add_days(*day, 1))).take_while(move |day| *day <= to)
}
