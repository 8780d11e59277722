//! Rules over Rust sources: arrows between modules, banned words, purpose.

use super::{Source, is_rust};

/// What each top module may know, beside itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("journal", &["domain"]),
    ("report", &["domain"]),
    ("demo", &["domain"]),
    ("storage", &["journal", "report", "domain"]),
    ("office", &["journal", "report", "domain"]),
    ("chart", &["journal", "report", "domain"]),
    ("app", &["storage", "office", "chart", "journal", "report", "demo", "domain"]),
    ("ui", &["app", "storage", "office", "chart", "journal", "report", "demo", "domain"]),
    // Not modules, but they stand somewhere too.
    ("ui/components", &["ui"]),
    ("bin/office", &["office", "report", "domain"]),
    ("main", &["ui"]),
    ("engine", &["domain", "journal"]),
];

/// Macros that are left over from writing, and what to write instead.
const LEFTOVERS: [(&str, &str); 3] = [
    ("todo!", "write it, or return a refusal"),
    ("dbg!", "take it out"),
    ("unimplemented!", "write it, or return a refusal"),
];

/// Code alone: comments and the contents of strings are blanks, lines stay.
pub fn code(text: &str) -> String {
    split(text).0
}

/// The contents of all string literals.
pub fn strings(text: &str) -> Vec<String> {
    split(text).1
}

/// The text without its tests at the end.
fn untested(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn split(text: &str) -> (String, Vec<String>) {
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, string) = token(rest, code.chars().next_back());
        let (taken, tail) = rest.split_at(length);
        match string {
            Some(inner) => {
                strings.push(inner);
                blank(&mut code, taken);
            }
            None if length > first.len_utf8() => blank(&mut code, taken),
            None => code.push(first),
        }
        rest = tail;
    }
    (code, strings)
}

fn blank(code: &mut String, taken: &str) {
    code.extend(taken.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
}

/// The length of the comment, string or character that begins here, or of one
/// plain letter; for a string, what it says.
fn token(rest: &str, before: Option<char>) -> (usize, Option<String>) {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let until = |end: &str, skip: usize| rest[skip..].find(end).map_or(rest.len(), |at| at + skip + end.len());
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    if rest.starts_with("/*") {
        return (until("*/", 2), None);
    }
    if rest.starts_with('"') {
        let length = quoted(rest);
        return (length, Some(rest.get(1..length - 1).unwrap_or_default().to_owned()));
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let length = until(&end, hashes + 2);
            return (length, Some(rest.get(hashes + 2..length - end.len()).unwrap_or_default().to_owned()));
        }
    }
    if let Some(letter) = rest.strip_prefix('\'') {
        let mut letters = letter.char_indices();
        return match (letters.next(), letters.next()) {
            (Some((_, '\\')), Some((_, escaped))) => (until("'", 2 + escaped.len_utf8()), None),
            (Some(_), Some((at, '\''))) => (at + 2, None),
            _ => (first, None),
        };
    }
    (first, None)
}

/// The length of the string literal that begins here, quotes included.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Top modules that the code names, with the lines on which it does.
fn named(code: &str, root: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(root) {
        if code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let line = code[..at].lines().count().max(1);
        let rest = &code[at + root.len()..];
        let names = if let Some(group) = rest.strip_prefix('{') { group_heads(group) } else { vec![word(rest)] };
        found.extend(names.into_iter().filter(|name| !name.is_empty()).map(|name| (line, name)));
    }
    found
}

/// First words of the parts of `{a::b, c::{d, e}}`, of which the brace is gone.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, vec![word(group)], 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = at + 1,
            _ => {}
        }
        if start == at + 1 {
            heads.push(word(&group[start..]));
        }
    }
    heads
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Where a file stands in [`ARROWS`].
fn standing(path: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    let inner = path.strip_prefix("src/")?.trim_end_matches(".rs");
    let fits = |name: &str| inner == name || inner.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
    ARROWS.iter().filter(|(name, _)| fits(name)).max_by_key(|(name, _)| name.len())
}

/// Modules know only what lies below them, and one file alone the database.
pub fn arrows(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/") && is_rust(path)) {
        let code = code(text);
        if let Some((name, known)) = standing(path) {
            let others = [named(&code, "crate::"), named(&code, "cunzhi::")].concat();
            for (line, other) in others {
                let is_module = ARROWS.iter().any(|(module, _)| *module == other);
                if is_module && other != *name && !known.contains(&other.as_str()) {
                    found.push(format!("{path}:{line}: {name} may not know {other}"));
                }
            }
        }
        if !(path == "src/storage/idb.rs" || path.starts_with("src/storage/idb/")) {
            let lines = (1..).zip(code.lines()).filter(|(_, line)| line.contains("indexed_db_futures"));
            found
                .extend(lines.map(|(line, _)| format!("{path}:{line}: indexed_db_futures belongs in src/storage/idb")));
        }
    }
    found
}

/// Words that do not stay in the tree, each with what to write instead.
pub fn banned_words(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let fix_me = ["FIX", "ME"].concat();
    for (path, text) in files.iter().filter(|(path, _)| is_rust(path)) {
        let code = code(untested(text));
        let is_test = path.starts_with("tests/");
        for (number, line) in (1..).zip(code.lines()) {
            let mut report = |word: &str, advice: &str| found.push(format!("{path}:{number}: {word}: {advice}"));
            for (word, advice) in LEFTOVERS.iter().filter(|(word, _)| has_macro(line, word)) {
                report(word, advice);
            }
            if !is_test && line.contains(".unwrap()") {
                report(".unwrap()", "use `?`, `let … else`, or a default");
            }
            if !is_test && line.contains(".expect(") {
                report(".expect(", "use `?`, `let … else`, or a default");
            }
            if path.starts_with("src/") && has_macro(line, "println!") {
                report("println!", "return a value; the page shows it");
            }
        }
        let notes = (1..).zip(text.lines()).filter(|(_, line)| line.contains(&fix_me));
        found.extend(notes.map(|(number, _)| format!("{path}:{number}: {fix_me}: mend it, or open an issue")));
    }
    found
}

fn has_macro(line: &str, name: &str) -> bool {
    let mut places = line.match_indices(name);
    places.any(|(at, _)| !line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_'))
}

/// Every module opens with a paragraph of purpose.
pub fn purpose(files: &[Source]) -> Vec<String> {
    let silent = files.iter().filter(|(path, text)| is_rust(path) && !text.starts_with("//! "));
    silent.map(|(path, _)| format!("{path}: says no purpose; begin it with `//! …`")).collect()
}

#[test]
fn code_is_told_from_comments_and_strings() {
    for (text, expected, said) in [
        ("a // b\nc", "a     \nc", &[][..]),
        ("a /* b\n */ c", "a     \n    c", &[]),
        ("f(\"x\\\"y\") + 'z'", "f(      ) +    ", &["x\\\"y"]),
        ("r#\"q\"q\"# 'a", "         'a", &["q\"q"]),
        ("'\\'' '\"' \"\"", "           ", &[""]),
        ("&'static str", "&'static str", &[]),
        ("for\"x\"", "for   ", &["x"]),
    ] {
        assert_eq!((code(text).as_str(), strings(text)), (expected, said.iter().map(|s| (*s).to_owned()).collect()));
    }
}
