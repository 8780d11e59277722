//! Node: not installed by us, but asked for its version, because Playwright
//! and binaryen fail in odd ways on an old one.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run;

const MAJOR_MIN: u32 = 20;

pub fn check() -> Result<()> {
    let version = run::answer(Command::new("node").arg("--version"))
        .with_context(|| format!("Node is not installed: version {MAJOR_MIN} or newer is needed, with npm"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|part| part.parse::<u32>().ok());
    match major {
        Some(major) if major >= MAJOR_MIN => Ok(()),
        _ => bail!("Node {} is too old: version {MAJOR_MIN} or newer is needed", version.trim()),
    }
}
