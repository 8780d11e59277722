//! Rules over styles: every class has a rule, and every rule a class.

use std::collections::BTreeSet;

use super::{Source, is_rust, is_sheet, rust};

/// Classes that are named in the interface have a rule, and rules are for
/// classes that are named.
pub fn styles(files: &[Source]) -> Vec<String> {
    let sheets: Vec<_> = files.iter().filter(|(path, _)| is_sheet(path)).collect();
    let ruled: BTreeSet<String> = sheets.iter().flat_map(|(_, text)| ruled_in(text)).collect();
    let mut found = Vec::new();
    let mut named = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/ui/")) {
        let unruled = worn_in(text).into_iter().filter(|class| !ruled.contains(class));
        found.extend(unruled.map(|class| format!("{path}: class {class} has no rule in style/")));
    }
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/") || *path == "index.html") {
        named.extend(worn_in(text));
        let strings = if is_rust(path) { rust::strings(text) } else { vec![text.replace(['"', '='], " ")] };
        named.extend(strings.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned));
    }
    for (path, text) in sheets {
        let lost = ruled_in(text).into_iter().filter(|class| !named.contains(class));
        found.extend(lost.map(|class| format!("{path}: .{class} is a rule for nothing")));
    }
    found
}

/// Classes in the selectors of a sheet.
fn ruled_in(sheet: &str) -> BTreeSet<String> {
    let mut classes = BTreeSet::new();
    let mut prelude = String::new();
    for c in uncommented(sheet).chars() {
        match c {
            '{' => {
                if !prelude.trim_start().starts_with('@') {
                    classes.extend(prelude.split('.').skip(1).map(name));
                }
                prelude.clear();
            }
            '}' | ';' => prelude.clear(),
            _ => prelude.push(c),
        }
    }
    classes
}

fn uncommented(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, after)| after))
}

/// Classes that a source of the interface gives to elements: in `class="…"`,
/// behind `class:`, and in any string that is written like a class of ours
/// (`block__part--modifier`).
fn worn_in(text: &str) -> BTreeSet<String> {
    let mut classes = BTreeSet::new();
    for part in text.split("class=\"").skip(1) {
        classes.extend(part.split('"').next().unwrap_or_default().split_whitespace().map(str::to_owned));
    }
    let code = rust::code(text);
    classes.extend(code.split("class:").skip(1).map(name).filter(|class| !class.is_empty()));
    let strings = rust::strings(text);
    let words = strings.iter().flat_map(|text| text.split_whitespace());
    classes.extend(words.filter(|word| is_block_form(word)).map(str::to_owned));
    classes
}

/// The class name with which the text begins.
fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

fn is_block_form(word: &str) -> bool {
    let marked = word.contains("__") || word.contains("--");
    marked && word.starts_with(|c: char| c.is_ascii_lowercase()) && name(word) == word
}
