//! The source tree keeps its own rules: which module may know which, words
//! that do not belong in it, the length of files, and styles that match.
//!
//! Every rule is a function over (path, text) pairs, so that one test can
//! plant each violation and see it found, and another can look at the tree.

mod rust;
mod styles;

use std::fs;
use std::path::Path;

use self::rust::{arrows, banned_words, purpose};
use self::styles::styles;

/// A file: its path from the root with forward slashes, and its text.
pub type Source = (String, String);

/// Lines that a file may have.
const LINES_MAX: usize = 400;

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

fn is_sheet(path: &str) -> bool {
    path.starts_with("style/") && has_extension(path, "css")
}

fn is_rust(path: &str) -> bool {
    has_extension(path, "rs") && ["src/", "xtask/src/", "tests/", "benches/"].iter().any(|root| path.starts_with(root))
}

/// Files of at most 400 lines.
fn lengths(files: &[Source]) -> Vec<String> {
    let measured = |path: &str| is_rust(path) || is_sheet(path);
    let long = files.iter().filter(|(path, text)| measured(path) && text.lines().count() > LINES_MAX);
    long.map(|(path, text)| format!("{path}: {} lines; split it, {LINES_MAX} is the most", text.lines().count()))
        .collect()
}

/// Nothing that is true on one machine only: absolute paths, and package
/// sources other than the public ones.
fn places(files: &[Source]) -> Vec<String> {
    // Put together here, so that this file does not find itself.
    let roots = [["/ho", "me/"], ["/ro", "ot/"], ["/wo", "rk/"], ["/Us", "ers/"], ["C:\\Us", "ers\\"]]
        .map(|parts| parts.concat());
    let mut found = Vec::new();
    for (path, text) in files {
        for (number, line) in (1..).zip(text.lines()) {
            for root in roots.iter().filter(|root| begins_a_path(line, root)) {
                found.push(format!("{path}:{number}: {root} is a path of one machine; make it relative"));
            }
            if let Some(source) = private_source(path, line) {
                found.push(format!("{path}:{number}: {source} is not a public package source"));
            }
        }
    }
    found
}

/// Whether the line has the root where a path begins, not inside another.
fn begins_a_path(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | ')' | '*'))
    })
}

/// The package source that the line of a lock or settings file names, if it is
/// not the public one.
fn private_source<'a>(path: &str, line: &'a str) -> Option<&'a str> {
    let line = line.trim();
    let name = path.rsplit('/').next()?;
    let value = |key: &str| line.strip_prefix(key).map(|rest| rest.trim_matches(|c| matches!(c, '"' | ',')));
    match name {
        "Cargo.lock" => {
            value("source = ").filter(|url| *url != "registry+https://github.com/rust-lang/crates.io-index")
        }
        "package-lock.json" => value("\"resolved\": ").filter(|url| !url.starts_with("https://registry.npmjs.org/")),
        ".npmrc" => value("registry="),
        "config.toml" => line.starts_with("[source").then_some(line).or_else(|| value("registry = ")),
        _ => None,
    }
}

/// Everything that is wrong with the tree.
fn check(files: &[Source]) -> Vec<String> {
    let rules = [arrows, banned_words, purpose, lengths, styles, places];
    rules.iter().flat_map(|rule| rule(files)).collect()
}

/// What is made, or fetched, rather than written; `.git` is a file in a second work tree.
const SKIPPED: [&str; 8] =
    ["target", "dist", "node_modules", ".git", "shots", "fixtures", "test-results", "playwright-report"];

/// The text files of the tree.
fn tree() -> Vec<Source> {
    let mut files = Vec::new();
    read_folder(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut files);
    files.sort();
    files
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder of the tree").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, inner) = (entry.path(), format!("{prefix}{name}"));
        if SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, &format!("{inner}/"), files);
        } else if path.is_file() {
            // What is not text is a picture or a font, and is not looked at.
            files.extend(fs::read_to_string(&path).ok().map(|text| (inner, text)));
        }
    }
}

#[test]
fn the_tree_is_tidy() {
    let files = tree();
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"), "the tree was not found");
    let found = check(&files);
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// What each planted file leads to: the beginning of each finding.
fn planted() -> Vec<(&'static str, String, &'static [&'static str])> {
    let doc = |code: &str| format!("//! Purpose.\n{code}");
    let path = ["/ho", "me/somebody/x"].concat();
    vec![
        ("src/domain/a.rs", doc("use crate::report::x;"), &["src/domain/a.rs:2: domain may not know report"]),
        (
            "src/report/a.rs",
            doc("use crate::{domain::a, chart::b};"),
            &["src/report/a.rs:2: report may not know chart"],
        ),
        ("src/demo/a.rs", doc("use crate::journal::x;"), &["src/demo/a.rs:2: demo may not know journal"]),
        ("src/storage/a.rs", doc("use crate::office::x;"), &["src/storage/a.rs:2: storage may not know office"]),
        ("src/bin/office.rs", doc("use cunzhi::ui::x;"), &["src/bin/office.rs:2: bin/office may not know ui"]),
        (
            "src/ui/components/a.rs",
            doc("use crate::domain::id::X;"),
            &["src/ui/components/a.rs:2: ui/components may not know domain"],
        ),
        ("src/ui/pages/a.rs", doc("use crate::{app::x, demo::y, domain::z};"), &[]),
        ("src/domain/b.rs", doc("// see crate::ui\nconst A: &str = \"crate::ui\";"), &[]),
        ("src/app/a.rs", doc("use indexed_db_futures::x;"), &["src/app/a.rs:2: indexed_db_futures"]),
        ("src/storage/idb.rs", doc("use indexed_db_futures::x;"), &[]),
        ("src/app/b.rs", doc("fn a() { todo!() }"), &["src/app/b.rs:2: todo!"]),
        ("src/app/c.rs", doc("fn a() { dbg!(1); }"), &["src/app/c.rs:2: dbg!"]),
        ("tests/native/a.rs", doc("fn a() { unimplemented!() }"), &["tests/native/a.rs:2: unimplemented!"]),
        ("src/app/d.rs", doc("fn a() { b.unwrap(); }"), &["src/app/d.rs:2: .unwrap()"]),
        ("src/app/e.rs", doc("fn a() {\n b.expect(\"x\"); }"), &["src/app/e.rs:3: .expect("]),
        ("src/app/f.rs", doc("#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }"), &[]),
        ("tests/native/b.rs", doc("fn a() { b.unwrap(); }"), &[]),
        ("src/app/g.rs", doc("fn a() { println!(\"x\"); }"), &["src/app/g.rs:2: println!"]),
        ("xtask/src/a.rs", doc("fn a() { println!(\"x\"); }"), &[]),
        ("src/app/h.rs", doc(&["// FIX", "ME later"].concat()), &["src/app/h.rs:2: "]),
        ("src/app/i.rs", "fn a() {}".to_owned(), &["src/app/i.rs: says no purpose"]),
        ("src/app/j.rs", doc(&"\n".repeat(400)), &["src/app/j.rs: 401 lines"]),
        ("style/a.css", "\n".repeat(401), &["style/a.css: 401 lines"]),
        (
            "src/ui/a.rs",
            doc("view! { <p class=\"known unknown\" class:known--no=x> }\nconst A: &str = \"known known__yes\";"),
            &["src/ui/a.rs: class unknown ", "src/ui/a.rs: class known--no "],
        ),
        (
            "style/b.css",
            "/* .not-this */ .known, p > .known__yes:hover { a: 1.5s; } @media print { .lost { b: c } }".to_owned(),
            &["style/b.css: .lost "],
        ),
        ("README.md", format!("See {path}"), &["README.md:1: "]),
        ("docs.md", "https://example.org".to_owned() + &path[..6], &[]),
        ("Cargo.lock", "source = \"registry+https://mirror.example/index\"".to_owned(), &["Cargo.lock:1: registry+"]),
        (
            "x/package-lock.json",
            "  \"resolved\": \"https://m.example/a.tgz\",".to_owned(),
            &["x/package-lock.json:1: "],
        ),
        (".npmrc", "registry=https://m.example/".to_owned(), &[".npmrc:1: "]),
        (".cargo/config.toml", "[source.crates-io]".to_owned(), &[".cargo/config.toml:1: "]),
    ]
}

#[test]
fn every_planted_violation_is_found() {
    let planted = planted();
    let files: Vec<Source> = planted.iter().map(|(path, text, _)| ((*path).to_owned(), text.clone())).collect();
    let mut found = check(&files);
    for (path, _, expected) in planted {
        for start in expected {
            let place = found.iter().position(|finding| finding.starts_with(start));
            let place = place.unwrap_or_else(|| panic!("{path}: {start}… is not found among {found:#?}"));
            found.remove(place);
        }
    }
    assert!(found.is_empty(), "found without being planted: {found:#?}");
}
