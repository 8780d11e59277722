//! Playwright and axe-core, which play the user and check accessibility. They
//! are the npm package tests/e2e, installed as its lock file says; the browser
//! is not theirs but the one of `browser`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::{install, node};
use crate::{paths, run};

pub fn ready() -> Result<()> {
    node::check()?;
    let package = paths::e2e()?;
    let lock = fs::read(package.join("package-lock.json")).context("cannot read tests/e2e/package-lock.json")?;
    // npm writes no proof of success that names the lock file, so we keep a copy of it.
    let proof = package.join("node_modules").join(".cunzhi-installed");
    if fs::read(&proof).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    install::announced("Playwright and axe-core, which test the finished app", "about 10 seconds", || {
        let mut npm = Command::new("npm");
        npm.current_dir(&package).args(["ci", "--no-fund", "--no-audit"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        run::patiently(&mut npm, &install::log("playwright")?)?;
        fs::write(&proof, &lock).context("cannot note that npm is done")
    })
}
