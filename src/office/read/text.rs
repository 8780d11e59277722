//! From a cell's value to its text, and the cleaning that every text gets.

/// Text without what can hide or disorder it: control characters, text
/// direction overrides, invisible joiners. Line breaks become spaces.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{A0}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ if letter.is_control() || is_invisible(letter) => {}
            _ => out.push(letter),
        }
    }
    let trimmed = out.trim();
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}'
    )
}

/// A number as a person would write it: no `.0`, no exponent, and no more
/// than the 15 digits that spreadsheets keep.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let rounded = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// 是 or 否.
pub(super) fn boolean(value: bool) -> String {
    if value { "是" } else { "否" }.to_owned()
}

/// Date parts as `YYYY-MM-DD`, with the time only where there is one.
pub(super) fn date_time(parts: (u16, u8, u8, u8, u8, u8, u16), serial: f64) -> String {
    let (year, month, day, hour, minute, ..) = parts;
    if serial < 1.0 {
        return format!("{hour:02}:{minute:02}");
    }
    if hour == 0 && minute == 0 {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
}

/// An ISO date or date and time: midnight is dropped.
pub(super) fn iso_date(text: &str) -> String {
    match text.split_once('T') {
        Some((date, time)) if time.chars().all(|c| matches!(c, '0' | ':' | '.')) => date.to_owned(),
        Some((date, time)) => format!("{date} {}", time.chars().take(5).collect::<String>()),
        None => text.to_owned(),
    }
}

/// An ISO 8601 duration such as `PT08H30M00S`, as `08:30`.
pub(super) fn iso_duration(text: &str) -> String {
    let parts: Vec<&str> = text.trim_start_matches("PT").split(['H', 'M', 'S']).collect();
    match parts.as_slice() {
        [hour, minute, ..] if !hour.is_empty() && !minute.is_empty() => format!("{hour}:{minute}"),
        _ => text.to_owned(),
    }
}
