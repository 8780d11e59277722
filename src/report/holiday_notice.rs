//! Reads the State Council's notice of holidays 「关于…年部分节假日安排的通知」 as it
//! is pasted: dates, what is off, what is worked. Whatever it says twice, the weekday
//! beside a date and the days of a holiday, is compared.

use jiff::civil::{Date, Weekday, date};

use crate::domain::calendar::{add_days, days_between, short_date};
use crate::domain::working_days::{WorkingDaysRefusal, YEARS, YearTable};

/// The longest span of days off that a notice can name.
const LONGEST: i32 = 30;

/// The table of the notice.
///
/// # Errors
/// With the sentence for the user where it cannot be read, says two things, or is not whole.
pub fn read_notice(text: &str) -> Result<YearTable, WorkingDaysRefusal> {
    let text: Vec<char> = text.chars().filter(|one| !one.is_whitespace()).map(narrow).collect();
    let mut reader = Reader::new(year_of(&text).ok_or(WorkingDaysRefusal::NoYear)?);
    for sentence in text.split(|one| matches!(one, '。' | ';')) {
        reader.sentence(sentence)?;
    }
    let mut table = reader.table;
    for days in [&mut table.off, &mut table.worked] {
        days.sort_unstable();
        days.dedup();
    }
    table.check()?;
    Ok(table)
}

/// Wide digits, brackets and the like as narrow ones.
fn narrow(one: char) -> char {
    match one {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(one) - 0xfee0).unwrap_or(one),
        '〔' | '【' => '(',
        '〕' | '】' => ')',
        one => one,
    }
}

/// The first year that is not part of a date.
fn year_of(text: &[char]) -> Option<i16> {
    let mut place = 0;
    while place < text.len() {
        let (number, after) = number(text, place);
        let is_year = after == place + 4 && text.get(after) == Some(&'年');
        if is_year && !text.get(after + 1).is_some_and(char::is_ascii_digit) {
            return number.and_then(|year| i16::try_from(year).ok()).filter(|year| YEARS.contains(year));
        }
        place = after.max(place + 1);
    }
    None
}

/// The number that stands at the place, and where it ends.
fn number(text: &[char], place: usize) -> (Option<u32>, usize) {
    let digits: String = text.iter().skip(place).take_while(|one| one.is_ascii_digit()).collect();
    (digits.parse().ok(), place + digits.len())
}

fn starts_with(text: &[char], place: usize, word: &str) -> bool {
    text.iter().skip(place).copied().take(word.chars().count()).eq(word.chars())
}

/// First and last day.
type Span = (Date, Date);

struct Reader {
    table: YearTable,
    /// Spans of which is not said yet whether they are off or worked.
    open: Vec<Span>,
    /// The spans that were said to be off last.
    off: Vec<Span>,
    year: Option<i16>,
    month: Option<i8>,
    /// 「至」 stands before the next date.
    joins: bool,
}

impl Reader {
    fn new(year: i16) -> Self {
        let table = YearTable { year, ..YearTable::default() };
        Self { table, open: Vec::new(), off: Vec::new(), year: None, month: None, joins: false }
    }

    fn sentence(&mut self, text: &[char]) -> Result<(), WorkingDaysRefusal> {
        (self.year, self.month, self.joins) = (None, None, false);
        self.open.clear();
        self.off.clear();
        let mut place = 0;
        while place < text.len() {
            place = self.token(text, place)?;
        }
        Ok(())
    }

    /// Reads what stands at the place, and says where the next begins.
    fn token(&mut self, text: &[char], place: usize) -> Result<usize, WorkingDaysRefusal> {
        if let (Some(number), after) = number(text, place) {
            return self.figure(text, place, after, number);
        }
        if starts_with(text, place, "放假") {
            let days = self.open.iter().flat_map(|span| days_of(*span));
            self.table.off.extend(days);
            self.off = std::mem::take(&mut self.open);
            return Ok(place + 2);
        }
        if starts_with(text, place, "上班") {
            let days = self.open.iter().flat_map(|span| days_of(*span));
            self.table.worked.extend(days);
            self.open.clear();
            return Ok(place + 2);
        }
        self.joins |= matches!(text.get(place), Some('至' | '到' | '-' | '—' | '~'));
        Ok(place + 1)
    }

    /// A year, a month, the day of a date, or how many days a holiday has.
    fn figure(&mut self, text: &[char], place: usize, after: usize, number: u32) -> Result<usize, WorkingDaysRefusal> {
        match text.get(after) {
            // A year that no month follows is the year of the notice.
            Some('年') if text.get(after + 1).is_some_and(char::is_ascii_digit) => {
                self.year = i16::try_from(number).ok();
            }
            Some('月') => self.month = i8::try_from(number).ok(),
            Some('日') => {
                return self.date(text, after + 1, number);
            }
            Some('天') => {
                let is_total = text.get(place.wrapping_sub(1)) == Some(&'共')
                    || starts_with(text, place.saturating_sub(2), "放假");
                self.count(number, is_total)?;
            }
            _ => return Ok(after),
        }
        Ok(after + 1)
    }

    fn date(&mut self, text: &[char], after: usize, day: u32) -> Result<usize, WorkingDaysRefusal> {
        let explicit = self.year.take();
        let year = explicit.unwrap_or(self.table.year);
        let found = i8::try_from(day).ok().zip(self.month);
        let found = found.and_then(|(day, month)| Date::new(year, month, day).ok());
        let unreadable = || {
            let month = self.month.map_or_else(String::new, |month| format!("{month}月"));
            WorkingDaysRefusal::Unreadable(format!("{month}{day}日"))
        };
        let mut day = found.ok_or_else(unreadable)?;
        let (named, after) = bracket(text, after);
        let agrees = |day: Date| named.is_none_or(|named| weekday(day).ends_with(named));
        if !agrees(day) {
            // 「12月31日(周二)至1月2日」: the first of them is of the year before.
            let before = (explicit.is_none() && day.month() == 12).then(|| date(year - 1, 12, day.day()));
            let written = || format!("周{}", named.unwrap_or_default());
            let refusal = || WorkingDaysRefusal::Weekday { day, found: weekday(day), written: written() };
            day = before.filter(|before| agrees(*before)).ok_or_else(refusal)?;
        }
        self.add(day)?;
        Ok(after)
    }

    /// The date ends the span that is open, or begins one.
    fn add(&mut self, day: Date) -> Result<(), WorkingDaysRefusal> {
        let joins = std::mem::take(&mut self.joins);
        let Some((from, to)) = self.open.last_mut().filter(|_| joins) else {
            self.open.push((day, day));
            return Ok(());
        };
        if from.month() == 12 && day.month() == 1 && from.year() == day.year() {
            *from = date(day.year() - 1, 12, from.day());
        }
        *to = day;
        if (0..LONGEST).contains(&days_between(*from, day)) {
            return Ok(());
        }
        Err(WorkingDaysRefusal::Unreadable(format!("{}至{}", short_date(*from), short_date(day))))
    }

    /// The days of a holiday, as they are written and as they are counted.
    fn count(&mut self, written: u32, is_total: bool) -> Result<(), WorkingDaysRefusal> {
        let spans = if is_total { std::mem::take(&mut self.off) } else { return Ok(()) };
        let Some((from, _)) = spans.first() else { return Ok(()) };
        let counted = spans.iter().flat_map(|span| days_of(*span)).count();
        let written = written as usize;
        if counted == written {
            return Ok(());
        }
        Err(WorkingDaysRefusal::Count { from: *from, counted, written })
    }
}

/// The weekday that stands in brackets behind a date, as its last sign, and where
/// the bracket ends.
fn bracket(text: &[char], place: usize) -> (Option<char>, usize) {
    if text.get(place) != Some(&'(') {
        return (None, place);
    }
    let words: Vec<char> = text.iter().skip(place).copied().take_while(|one| *one != ')').collect();
    let named = words.windows(2).find(|two| matches!(two[0], '周' | '期')).map(|two| two[1]);
    (named.map(|one| if one == '天' { '日' } else { one }), place + words.len())
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

fn days_of((from, to): Span) -> impl Iterator<Item = Date> {
    (0..=days_between(from, to)).map(move |after| add_days(from, after))
}
