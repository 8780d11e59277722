//! The stages of the gate, in order.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use super::tally::Tally;
use crate::setup::{self, WasmTools};
use crate::{dist, paths, run};

const CLIPPY: [&str; 3] = ["clippy", "--workspace", "--all-targets"];
const STRICT: [&str; 3] = ["--", "-D", "warnings"];
/// What a delivered file is made from.
const SOURCES: [&str; 8] =
    ["build.rs", "engine", "src", "style", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Format,
    Native,
    OpenData,
    Clippy,
    ClippyBrowser,
    Browser,
    Dist,
    EndToEnd,
}

impl Stage {
    pub const ALL: [Self; 8] = [
        Self::Format,
        Self::Native,
        Self::OpenData,
        Self::Clippy,
        Self::ClippyBrowser,
        Self::Browser,
        Self::Dist,
        Self::EndToEnd,
    ];

    pub fn named(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.name() == name)
            .with_context(|| format!("there is no stage `{name}`, only {}", Self::names()))
    }

    pub fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Native => "native",
            Self::OpenData => "open-data",
            Self::Clippy => "clippy",
            Self::ClippyBrowser => "clippy-browser",
            Self::Browser => "browser",
            Self::Dist => "dist",
            Self::EndToEnd => "e2e",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Format => "Format",
            Self::Native => "Native tests",
            Self::OpenData => "Open data in DuckDB",
            Self::Clippy => "Clippy",
            Self::ClippyBrowser => "Clippy with the browser's code",
            Self::Browser => "Wasm tests in Chromium",
            Self::Dist => "Release build",
            Self::EndToEnd => "End to end",
        }
    }

    /// Runs the stage; `extra` goes to its test runner, if it has one.
    pub fn run(self, extra: &[String], tally: &mut Tally) -> Result<()> {
        match self {
            Self::Format => run::shown(cargo()?.args(["fmt", "--all", "--check"])),
            Self::Native => tally.run(cargo()?.args(["test", "--workspace", "--"]).args(extra)),
            Self::OpenData => open_data(extra),
            Self::Clippy => run::shown(cargo()?.args(CLIPPY).args(STRICT)),
            Self::ClippyBrowser => run::shown(cargo()?.args(CLIPPY).args(["--features", "bench"]).args(STRICT)),
            Self::Browser => browser(extra, tally),
            Self::Dist => dist::dist(),
            Self::EndToEnd => end_to_end(extra, tally),
        }
    }
}

fn cargo() -> Result<Command> {
    let mut command = Command::new("cargo");
    command.current_dir(paths::root()?);
    Ok(command)
}

/// A native test writes the open data and what the app says of the same
/// village; a database engine then has to find the same figures.
fn open_data(extra: &[String]) -> Result<()> {
    let duckdb = setup::duckdb::ready()?;
    // Counted with the native tests; here it only has to leave its files.
    run::shown(cargo()?.args(["test", "--quiet", "--test", "native", "open_data"]))?;
    let made = paths::target()?.join("tmp").join("open_data");
    let script = paths::root()?.join("tests").join("open_data").join("check.py");
    for village in ["by_household", "by_person"] {
        let [archive, expected] = ["zip", "json"].map(|kind| made.join(village).with_extension(kind));
        run::shown(duckdb.python().arg(&script).arg(archive).arg(expected).args(extra))?;
    }
    Ok(())
}

fn browser(extra: &[String], tally: &mut Tally) -> Result<()> {
    if !paths::root()?.join("tests").join("browser").join("main.rs").is_file() {
        println!("Skipped: there is no tests/browser/main.rs yet.");
        return Ok(());
    }
    let browser = setup::browser::ready()?;
    let tools = WasmTools::ready()?;
    let mut tests = tools.command("cargo")?;
    tests
        .args(["test", "--target", "wasm32-unknown-unknown", "--no-default-features"])
        .args(["--features", "browser", "--test", "browser", "--"])
        .args(extra)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools.test_runner())
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    tally.run(&mut tests)
}

fn end_to_end(extra: &[String], tally: &mut Tally) -> Result<()> {
    let browser = setup::browser::ready()?;
    let chromium_109 = setup::chromium_109::ready()?;
    setup::playwright::ready()?;
    if !dist_is_fresh()? {
        dist::dist()?;
    }
    // The native stage has left them; this stage alone needs them too.
    if !paths::root()?.join("target").join("tmp").join("kill").join("held.txt").is_file() {
        run::shown(cargo()?.args(["test", "--quiet", "--test", "native", "kill_files"]))?;
    }
    // Any port that is free now, so that two checkouts can be tested at once.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut playwright = Command::new("node");
    playwright
        .current_dir(paths::e2e()?)
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(extra)
        .env("CUNZHI_PORT", port.to_string())
        .env("CUNZHI_CHROMIUM", &browser.chromium)
        .env("CUNZHI_CHROMIUM_109", &chromium_109);
    tally.run(&mut playwright)
}

/// Whether the one file, which is written last, is newer than all it is made from.
pub fn dist_is_fresh() -> Result<bool> {
    let Ok(made) = fs::metadata(paths::dist()?.join("cunzhi.html")).and_then(|file| file.modified()) else {
        return Ok(false);
    };
    let root = paths::root()?;
    Ok(SOURCES.iter().all(|source| newest(&root.join(source)).is_none_or(|changed| changed <= made)))
}

fn newest(path: &Path) -> Option<SystemTime> {
    let here = fs::metadata(path).and_then(|file| file.modified()).ok();
    let inside = fs::read_dir(path).ok().into_iter().flatten().flatten();
    inside.filter_map(|entry| newest(&entry.path())).chain(here).max()
}
