//! Trunk: builds the page from index.html and serves it during development.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::install::{self, Item};
use crate::run;

const VERSION: &str = "0.21.14";

/// The folder that holds `trunk`.
pub fn ready() -> Result<PathBuf> {
    if let Some(found) = run::on_path("trunk") {
        let version = run::answer(Command::new(&found).arg("--version")).unwrap_or_default();
        if let (true, Some(folder)) = (version.trim() == format!("trunk {VERSION}"), found.parent()) {
            return Ok(folder.to_path_buf());
        }
    }
    let folder = format!("trunk-{VERSION}");
    let item = Item {
        folder: &folder,
        purpose: "Trunk, which builds and serves the page",
        time: "about 7 minutes, compiled from source",
    };
    let arguments = ["trunk", "--version", VERSION, "--locked", "--no-default-features", "--features", "rustls"];
    Ok(install::from_crates(&item, &arguments)?.join("bin"))
}
