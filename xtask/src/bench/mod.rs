//! `cargo xtask bench`: ours against peers, in one headless Chromium.
//!
//! `build` makes both sides, `benches/drive.mjs` runs them in turn and compares
//! their answers, and `lines` says what came out, one line for each metric. A
//! missed target is told, not an error: the exit code says whether everything
//! ran and every answer was right.

mod build;
mod lines;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use self::lines::{METRICS, Report};
use crate::dist::{self, parts, sizes};
use crate::gate::stages;
use crate::{paths, run, setup};

const RUNS: usize = 15;
const RUNS_QUICK: usize = 5;

pub fn bench(arguments: &[String]) -> Result<()> {
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let asked: Vec<&str> = arguments.iter().map(String::as_str).filter(|argument| *argument != "--quick").collect();
    let known = lines::names();
    if let Some(unknown) = asked.iter().find(|name| !known.contains(name)) {
        bail!("there is no metric `{unknown}`, only {}", known.join(", "));
    }
    let wanted: Vec<&str> = if asked.is_empty() { known } else { asked };
    let browser = setup::browser::ready()?;
    if !stages::dist_is_fresh()? {
        dist::dist()?;
    }
    build::pages()?;
    if wanted.contains(&lines::START_BYTES) {
        println!("{}", start_bytes()?);
    }
    if wanted.iter().any(|name| *name != lines::START_BYTES) {
        let runs = if quick { RUNS_QUICK } else { RUNS };
        println!("{}", chromium(&browser.chromium)?);
        drive(&browser.chromium, runs, &wanted)?;
    }
    Ok(())
}

/// The version of the browser, as it says it.
fn chromium(program: &std::path::Path) -> Result<String> {
    let said = run::answer(Command::new(program).arg("--version"))?;
    Ok(format!("browser {}", said.split(" built").next().unwrap_or_default().trim()))
}

/// Runs the browser through the metrics and prints each line as it comes.
fn drive(chromium: &std::path::Path, runs: usize, wanted: &[&str]) -> Result<()> {
    let mut node = Command::new("node");
    node.current_dir(paths::benches()?)
        .arg("drive.mjs")
        .env("CUNZHI_CHROMIUM", chromium)
        .env("BENCH_PAGES", build::folder()?)
        .env("BENCH_DIST", paths::dist()?)
        .env("BENCH_PROFILE", paths::target()?.join("bench-profile"))
        .env("BENCH_RUNS", runs.to_string())
        .env("BENCH_METRICS", wanted.join(","))
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = node.spawn().context("Node did not start")?;
    let output = child.stdout.take().context("Node has no output")?;
    let mut report = Report::default();
    for line in BufReader::new(output).lines() {
        if let Some(line) = report.take(&line?)? {
            println!("{line}");
        }
    }
    let status = child.wait()?;
    ensure!(status.success(), "the measurements did not finish ({status})");
    let driven: Vec<&str> = wanted.iter().copied().filter(|name| *name != lines::START_BYTES).collect();
    let missing: Vec<&str> = driven.into_iter().filter(|name| !report.has(name)).collect();
    ensure!(missing.is_empty(), "nothing was measured for {}", missing.join(", "));
    Ok(())
}

/// What a first visit of the ranking transfers before it is on the screen: all but
/// the parts and the office worker, which come on first use, and the one file,
/// which is another form of the same.
fn start_bytes() -> Result<String> {
    let sizes = sizes::measure(&paths::dist()?)?;
    let at_start = sizes
        .iter()
        .filter(|size| !["office", parts::LATER, "cunzhi.html"].iter().any(|later| size.name.starts_with(later)));
    let ours = at_start.map(|size| size.brotli).sum();
    let peer = sizes::measure(&build::folder()?.join("whole"))?.iter().map(|size| size.brotli).sum();
    let metric = METRICS.iter().find(|metric| metric.name == lines::START_BYTES).context("no such metric")?;
    Ok(lines::of_bytes(metric, ours, peer))
}
