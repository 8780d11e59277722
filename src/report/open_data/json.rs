//! JSON, written only: as much of it as a description of tables needs.

use std::fmt::Write as _;

/// A value.
pub(super) enum Json {
    Text(String),
    Number(usize),
    Flag(bool),
    List(Vec<Json>),
    /// Names and values, in this order.
    Record(Vec<(&'static str, Json)>),
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Json {
    /// A list of texts.
    pub(super) fn texts(texts: &[&str]) -> Self {
        Self::List(texts.iter().map(|text| Self::from(*text)).collect())
    }

    /// The value as text, a line for each member of a record or list of records.
    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        self.put(&mut text, 0);
        text.push('\n');
        text
    }

    fn put(&self, text: &mut String, depth: usize) {
        match self {
            Self::Text(words) => put_text(text, words),
            Self::Flag(flag) => text.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => text.push_str(&number.to_string()),
            Self::List(values) => put_lines(text, depth, ['[', ']'], values, |text, value| value.put(text, depth + 1)),
            Self::Record(values) => put_lines(text, depth, ['{', '}'], values, |text, (name, value)| {
                put_text(text, name);
                text.push_str(": ");
                value.put(text, depth + 1);
            }),
        }
    }
}

fn put_lines<T>(text: &mut String, depth: usize, ends: [char; 2], values: &[T], put: impl Fn(&mut String, &T)) {
    text.push(ends[0]);
    for (place, value) in values.iter().enumerate() {
        text.push_str(if place > 0 { ",\n" } else { "\n" });
        text.push_str(&"  ".repeat(depth + 1));
        put(text, value);
    }
    if !values.is_empty() {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    }
    text.push(ends[1]);
}

fn put_text(text: &mut String, words: &str) {
    text.push('"');
    for letter in words.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            // Writing into a string cannot fail.
            control if control < ' ' => drop(write!(text, "\\u{:04x}", u32::from(control))),
            letter => text.push(letter),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn values_are_written_as_json() {
        for (value, expected) in [
            (Json::from("a\"b\\c\u{1}村"), "\"a\\\"b\\\\c\\u0001村\"\n"),
            (Json::Flag(false), "false\n"),
            (Json::Number(3), "3\n"),
            (Json::List(Vec::new()), "[]\n"),
            (Json::texts(&["a", "b"]), "[\n  \"a\",\n  \"b\"\n]\n"),
            (Json::Record(vec![("x", Json::Number(1))]), "{\n  \"x\": 1\n}\n"),
        ] {
            assert_eq!(value.render(), expected);
        }
    }
}
