//! wasm-bindgen's command line: writes the JavaScript between wasm and page,
//! and runs wasm tests in a browser. Its version must equal the crate's, so it
//! is read from Cargo.lock and pinned nowhere else.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::install::{self, Item};
use crate::{paths, run};

/// The folder that holds `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub fn ready() -> Result<PathBuf> {
    let lock = fs::read_to_string(paths::root()?.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked_version(&lock).context("Cargo.lock names no wasm-bindgen")?;
    if let Some(found) = run::on_path("wasm-bindgen") {
        let said = run::answer(Command::new(&found).arg("--version")).unwrap_or_default();
        if let (true, Some(folder)) = (said.trim() == format!("wasm-bindgen {version}"), found.parent()) {
            return Ok(folder.to_path_buf());
        }
    }
    let folder = format!("wasm-bindgen-{version}");
    let item = Item {
        folder: &folder,
        purpose: "wasm-bindgen-cli, which connects wasm and page",
        time: "about 3 minutes, compiled from source",
    };
    Ok(install::from_crates(&item, &["wasm-bindgen-cli", "--version", version])?.join("bin"))
}

fn locked_version(lock: &str) -> Option<&str> {
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"")?;
    after.split_once('"').map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn version_is_read_from_the_lock_file() {
        let lock = "name = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock), Some("0.2.130"));
        assert_eq!(locked_version(""), None);
    }
}
