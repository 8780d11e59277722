//! Makes both sides: our program as `dist` compiles the app, and the peers as
//! esbuild bundles them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::dist::{self, parts};
use crate::setup::{self, PageTools};
use crate::{paths, run};

const TRIPLE: &str = "wasm32-unknown-unknown";
const PROGRAM: &str = "bench";

/// Where the pages are made.
pub fn folder() -> Result<PathBuf> {
    Ok(paths::target()?.join("bench"))
}

/// Everything that the browser is going to load.
pub fn pages() -> Result<()> {
    let purpose = "the peers of `bench`: Dexie, React, SheetJS and uPlot, with esbuild and Playwright";
    setup::npm::ready(&paths::benches()?, purpose, "about 10 seconds")?;
    ours()?;
    let mut node = Command::new("node");
    run::shown(node.current_dir(paths::benches()?).arg("build.mjs").arg(folder()?))
}

/// Compiles, binds and shrinks our program with the flags of the app.
fn ours() -> Result<()> {
    let tools = PageTools::ready()?;
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["build", "--release", "--bin", PROGRAM, "--target", TRIPLE])
        .args(["--no-default-features", "--features", "bench"])
        .env("RUSTFLAGS", dist::remapped_paths()?);
    run::shown(&mut cargo)?;

    let release = paths::target_wasm()?.join(TRIPLE).join("release");
    let (built, made) = (release.join(format!("{PROGRAM}.wasm")), folder()?.join("ours.wasm"));
    if is_newer(&made, &built) {
        return Ok(());
    }
    let bound = folder()?.join("bound");
    let mut bind = tools.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--out-name", "ours", "--out-dir"]).arg(&bound).arg(&built);
    run::shown(&mut bind)?;
    fs::copy(bound.join("ours.js"), folder()?.join("ours.js"))?;
    let mut shrink = tools.command("wasm-opt")?;
    shrink.arg("-Oz").args(parts::wasm_opt_parameters()?).arg("-o").arg(&made).arg(bound.join("ours_bg.wasm"));
    run::shown(&mut shrink)
}

fn is_newer(made: &Path, built: &Path) -> bool {
    let time = |file: &Path| fs::metadata(file).and_then(|data| data.modified());
    matches!((time(made), time(built)), (Ok(made), Ok(built)) if made >= built)
}
