//! npm packages of this checkout, installed into their own folders exactly as
//! their lock files say.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{install, node};
use crate::run;

/// Installs what the package in the folder needs, unless it is there.
pub fn ready(package: &Path, purpose: &str, time: &str) -> Result<()> {
    node::check()?;
    let lock_file = package.join("package-lock.json");
    let lock = fs::read(&lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    // npm writes no proof of success that names the lock file, so we keep a copy of it.
    let proof = package.join("node_modules").join(".cunzhi-installed");
    if fs::read(&proof).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = package.file_name().unwrap_or_default().to_string_lossy();
    install::announced(purpose, time, || {
        let mut npm = Command::new("npm");
        npm.current_dir(package)
            .args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        run::patiently(&mut npm, &install::log(&format!("npm-{name}"))?)?;
        fs::write(&proof, &lock).context("cannot note that npm is done")
    })
}
