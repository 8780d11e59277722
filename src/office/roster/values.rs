//! Dates, ID numbers and telephone numbers as they stand in rosters.

use jiff::civil::Date;

use super::problems::{ProblemKind, quote};
use crate::domain::calendar::add_days;
use crate::domain::roster::Sex;

/// Longest ID or telephone number that is kept, in characters.
const DIGITS_MAX: usize = 32;
/// Factors of the check digit, GB 11643.
const ID_FACTORS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check digits by remainder, GB 11643.
const ID_CHECKS: &[u8; 11] = b"10X98765432";

/// What a cell gave, and what is doubtful about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value<T> {
    /// The value.
    pub(super) value: T,
    /// What to tell about it.
    pub(super) problem: Option<ProblemKind>,
}

/// A date of birth: 1985-03-02, 1985/3/2, 1985.3.2, 19850302, 1985年3月2日,
/// 1985年3月, or the serial number of a spreadsheet.
pub(super) fn birth(text: &str) -> Value<Option<Date>> {
    let text = half_width(text);
    let date = text.split_once(['T', ' ']).map_or(text.as_str(), |(date, rest)| {
        // A time after the date is dropped; "1985年 3月 2日" has none.
        if rest.contains(':') { date } else { &text }
    });
    let date: String = date.chars().filter(|letter| !letter.is_whitespace()).collect();
    let found = if date.bytes().all(|byte| byte.is_ascii_digit()) { solid(&date) } else { parted(&date) };
    match found {
        Some((date, true)) => Value { value: Some(date), problem: None },
        Some((date, false)) => Value { value: Some(date), problem: Some(ProblemKind::BirthDayMissing) },
        None => Value { value: None, problem: Some(ProblemKind::BirthUnreadable { text: quote(&text) }) },
    }
}

/// A date and whether its day was written.
type Found = Option<(Date, bool)>;

fn solid(digits: &str) -> Found {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    match digits.len() {
        8 => date(number(0..4)?, number(4..6)?, number(6..8)?).map(|date| (date, true)),
        6 => date(number(0..4)?, number(4..6)?, 1).map(|date| (date, false)),
        // Days since 1899-12-30. Five digits: later than 1927, before 2100.
        5 => {
            let days = digits.parse::<i32>().ok().filter(|days| *days <= 73_050)?;
            let zero = Date::new(1899, 12, 30).ok()?;
            Some((add_days(zero, days), true))
        }
        _ => None,
    }
}

fn parted(text: &str) -> Found {
    let text = text.trim_end_matches(['日', '号', '生']);
    let mut parts = text.split(['-', '/', '.', '年', '月', '、', '—', '\\']).filter(|part| !part.is_empty());
    let mut next = || parts.next().map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (next()??, next()??, next());
    if next().is_some() {
        return None;
    }
    match day {
        Some(day) => date(year, month, day?).map(|date| (date, true)),
        None => date(year, month, 1).map(|date| (date, false)),
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if (1880..=2099).contains(&year) { Date::new(year, month, day).ok() } else { None }
}

/// An ID number and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Id {
    /// The number; empty when absent.
    pub(super) number: String,
    /// Length, check digit or date are wrong.
    pub(super) damaged: bool,
    /// Birth, of an undamaged number.
    pub(super) birth: Option<Date>,
    /// Sex, of an undamaged number.
    pub(super) sex: Option<Sex>,
}

/// An ID number, kept whatever it is.
pub(super) fn id_number(text: &str) -> Value<Id> {
    let kept = bare_number(text).to_uppercase();
    let found = kept.chars().count();
    let number: String = kept.chars().take(DIGITS_MAX).collect();
    if number.is_empty() {
        return Value { value: Id::default(), problem: None };
    }
    let damaged = |problem| {
        let value = Id { number: number.clone(), damaged: true, ..Id::default() };
        Value { value, problem: Some(problem) }
    };
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    if found == 15 && digits {
        return damaged(ProblemKind::IdOld);
    }
    if found != 18 {
        return damaged(ProblemKind::IdLength { found });
    }
    // Spreadsheets keep 15 digits, so the last three become 0; the order
    // number 000 is never given to anyone.
    if digits && number.ends_with("000") {
        return damaged(ProblemKind::IdLostDigits);
    }
    match checked(&number) {
        Some((birth, sex)) => {
            Value { value: Id { number, damaged: false, birth: Some(birth), sex: Some(sex) }, problem: None }
        }
        None => damaged(ProblemKind::IdCheck),
    }
}

fn checked(number: &str) -> Option<(Date, Sex)> {
    let bytes = number.as_bytes();
    let digits = bytes.get(..17)?.iter().map(|byte| (*byte as char).to_digit(10)).collect::<Option<Vec<_>>>()?;
    let sum: u32 = digits.iter().zip(ID_FACTORS).map(|(digit, factor)| digit * factor).sum();
    let check = ID_CHECKS.get(usize::try_from(sum % 11).ok()?)?;
    if bytes.get(17)? != check {
        return None;
    }
    let (birth, _) = solid(number.get(6..14)?)?;
    let sex = if digits.get(16)? % 2 == 1 { Sex::Male } else { Sex::Female };
    Some((birth, sex))
}

/// A telephone number: mobile numbers have 11 digits, fixed ones begin with 0.
pub(super) fn phone(text: &str) -> Value<String> {
    let text = half_width(text);
    let mut numbers = text.split(['/', '、', ',', ';', ' ']).map(bare_number).filter(|part| !part.is_empty());
    let (Some(first), second) = (numbers.next(), numbers.next()) else {
        return Value { value: String::new(), problem: None };
    };
    if is_phone(&first) {
        return Value { value: first, problem: second.map(|_| ProblemKind::PhoneSeveral) };
    }
    // Neither the first part alone nor the whole is certain: keep the whole,
    // which is right for numbers that are grouped by spaces.
    let joined = bare_number(&text);
    let problem = (!is_phone(&joined)).then(|| {
        let found = joined.bytes().filter(u8::is_ascii_digit).count();
        ProblemKind::PhoneOdd { found }
    });
    Value { value: joined.chars().take(DIGITS_MAX).collect(), problem }
}

fn is_phone(number: &str) -> bool {
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let mobile = number.len() == 11 && number.starts_with('1');
    let fixed = (10..=12).contains(&number.len()) && number.starts_with('0');
    digits && (mobile || fixed)
}

/// A long number without spaces, hyphens, quotes and the country code;
/// 4.307E+17 is written out.
fn bare_number(text: &str) -> String {
    let text = half_width(text);
    let number: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\'' | '"' | '’' | '‘'))
        .collect();
    if let Some(number) = written_out(&number) {
        return number;
    }
    match number.strip_prefix("+86") {
        Some(rest) => rest.to_owned(),
        None => number,
    }
}

/// The digits of a number in scientific notation.
fn written_out(number: &str) -> Option<String> {
    let (mantissa, exponent) = number.split_once(['E', 'e'])?;
    let exponent = exponent.strip_prefix('+')?.parse::<usize>().ok().filter(|exponent| *exponent < DIGITS_MAX)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 1 || !digits(whole) || !digits(fraction) || fraction.len() > exponent {
        return None;
    }
    Some(format!("{whole}{fraction:0<exponent$}"))
}

/// Full-width letters, digits and signs as their plain forms.
pub(super) fn half_width(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}
