//! Installing one tool into the cache so that an interruption does no harm.
//!
//! A tool is put together in `NAME.part` and gets its real name only when it
//! is complete: a folder with the real name is the proof. What an interrupted
//! set-up left in `NAME.part` and in `build/` is taken up again. A lock keeps
//! two checkouts from installing at the same time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};

use crate::{paths, run};

/// One thing that may have to be installed.
pub struct Item<'a> {
    /// Its folder in the cache, with its version.
    pub folder: &'a str,
    /// What it is, and what it is for.
    pub purpose: &'a str,
    /// How long it takes, roughly, on two cores.
    pub time: &'a str,
}

/// The tool's folder; `fill` is called on the unfinished folder if there is
/// none yet.
pub fn once(item: &Item, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let home = paths::cache()?.join(item.folder);
    if home.is_dir() {
        return Ok(home);
    }
    let _lock = lock()?;
    if home.is_dir() {
        return Ok(home);
    }
    let part = paths::cache()?.join(format!("{}.part", item.folder));
    fs::create_dir_all(&part).with_context(|| format!("cannot create {}", part.display()))?;
    announced(item.purpose, item.time, || fill(&part))?;
    fs::rename(&part, &home).with_context(|| format!("cannot finish {}", home.display()))?;
    Ok(home)
}

/// Says what is about to be installed, does it, and says how it went.
pub fn announced(purpose: &str, time: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("Setting up {purpose} ({time}).");
    let start = Instant::now();
    work().map_err(|problem| anyhow!("could not set up {purpose}: {problem:#}"))?;
    println!("  Done in {} s.", start.elapsed().as_secs());
    Ok(())
}

/// Installs a crate's programs with `cargo install`. The build folder is kept
/// beside the tools until it worked, so that a second try goes on from there.
pub fn from_crates(item: &Item, arguments: &[&str]) -> Result<PathBuf> {
    once(item, |part| {
        let build = paths::cache()?.join("build").join(item.folder);
        let mut cargo = Command::new("cargo");
        cargo.current_dir(part).arg("install").args(arguments).arg("--root").arg(part).env("CARGO_TARGET_DIR", &build);
        run::patiently(&mut cargo, &log(item.folder)?)?;
        // The tool works without this folder; that it could not be removed is no reason to stop.
        let _ = fs::remove_dir_all(&build);
        Ok(())
    })
}

/// Installs one npm package, without running scripts of the package.
pub fn from_npm(part: &Path, package: &str) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.current_dir(part)
        .args(["install", "--ignore-scripts", "--no-fund", "--no-audit", "--prefix"])
        .arg(part)
        .arg(package);
    run::patiently(&mut npm, &log(&package.replace(['@', '/'], "-"))?)
}

/// Where the output of a long installation goes.
pub fn log(name: &str) -> Result<PathBuf> {
    Ok(paths::cache()?.join("logs").join(format!("{name}.log")))
}

/// Held while something is installed; dropped with the process, however it ends.
pub fn lock() -> Result<File> {
    let cache = paths::cache()?;
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    let file = File::create(cache.join("lock"))?;
    if file.try_lock().is_err() {
        println!("Waiting for another set-up to finish …");
        file.lock()?;
    }
    Ok(file)
}
