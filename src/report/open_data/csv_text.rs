//! A table as CSV: UTF-8 with its mark in front, so that Excel and WPS read
//! it, and quoted as RFC 4180 says.

use std::fmt::Write as _;

use super::{Cell, Facts, Table};
use crate::domain::calendar::{Moment, iso_date};

/// What tells spreadsheet programs that the text is UTF-8.
const MARK: char = '\u{feff}';

/// The table with its head.
pub(super) fn csv(table: &Table, facts: &Facts<'_>) -> Vec<u8> {
    let mut text = String::from(MARK);
    let names: Vec<_> = table.fields.iter().map(|field| Cell::Text(field.name)).collect();
    put_row(&mut text, &names);
    (table.fill)(facts, &mut |row| put_row(&mut text, row));
    text.into_bytes()
}

fn put_row(text: &mut String, row: &[Cell<'_>]) {
    for (place, cell) in row.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        put_cell(text, *cell);
    }
    text.push_str("\r\n");
}

fn put_cell(text: &mut String, cell: Cell<'_>) {
    // Writing into a string cannot fail.
    let _written = match cell {
        Cell::Empty => Ok(()),
        Cell::Id(id) => write!(text, "{id}"),
        Cell::Integer(number) => write!(text, "{number}"),
        Cell::Flag(flag) => write!(text, "{flag}"),
        Cell::Day(day) => write!(text, "{}", iso_date(day)),
        Cell::Time(at) => write!(text, "{}", time(at)),
        Cell::Text(words) => {
            put_words(text, words);
            Ok(())
        }
    };
}

/// Words that a spreadsheet program would take for a formula get an apostrophe.
fn put_words(text: &mut String, words: &str) {
    let guard = if words.starts_with(is_formula_sign) { "'" } else { "" };
    if words.contains(['"', ',', '\r', '\n']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&words.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(words);
    }
}

fn is_formula_sign(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// `2026-09-30T10:05:00`, China time.
pub(super) fn time(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    let second = at.0.div_euclid(1_000).rem_euclid(60);
    format!("{}T{hour:02}:{minute:02}:{second:02}", iso_date(at.date()))
}

#[cfg(test)]
mod tests {
    use super::{Cell, put_row};

    #[test]
    fn cells_are_quoted_and_guarded() {
        for (cell, expected) in [
            (Cell::Empty, ""),
            (Cell::Integer(-5), "-5"),
            (Cell::Text("a"), "a"),
            (Cell::Text("a,b"), "\"a,b\""),
            (Cell::Text("a\"b"), "\"a\"\"b\""),
            (Cell::Text("a\nb"), "\"a\nb\""),
            (Cell::Text("=1+1"), "'=1+1"),
            (Cell::Text("-1,5"), "\"'-1,5\""),
            (Cell::Text("\tx"), "'\tx"),
            (Cell::Text("\rx"), "\"'\rx\""),
            (Cell::Text("＝SUM"), "'＝SUM"),
            (Cell::Text("＠x"), "'＠x"),
        ] {
            let mut text = String::new();
            put_row(&mut text, &[cell, Cell::Flag(true)]);
            assert_eq!(text, format!("{expected},true\r\n"), "{cell:?}");
        }
    }
}
