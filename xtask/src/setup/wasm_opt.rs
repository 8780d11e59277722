//! wasm-opt, from the npm package binaryen: makes the delivered wasm smaller.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::install::{self, Item};
use super::node;
use crate::run;

const VERSION: &str = "132";

/// The folder that holds `wasm-opt`.
pub fn ready() -> Result<PathBuf> {
    node::check()?;
    if let Some(found) = run::on_path("wasm-opt") {
        let said = run::answer(Command::new(&found).arg("--version")).unwrap_or_default();
        let expected = format!("version {VERSION}");
        if let (true, Some(folder)) = (said.contains(&expected), found.parent()) {
            return Ok(folder.to_path_buf());
        }
    }
    let folder = format!("binaryen-{VERSION}");
    let item =
        Item { folder: &folder, purpose: "wasm-opt, which makes the delivered wasm smaller", time: "a few seconds" };
    let home = install::once(&item, |part| install::from_npm(part, &format!("binaryen@{VERSION}.0.0")))?;
    Ok(home.join("node_modules").join(".bin"))
}
