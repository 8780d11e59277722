//! wasm-split: cuts a program into the parts that come later.

use std::path::PathBuf;

use anyhow::Result;

use super::install::{self, Item};

const VERSION: &str = "0.2.4";

/// The folder that holds `wasm-split-cli`.
pub fn ready() -> Result<PathBuf> {
    let folder = format!("wasm-split-{VERSION}");
    let item = Item {
        folder: &folder,
        purpose: "wasm-split, which cuts the program into parts",
        time: "about 1 minute, compiled from source",
    };
    let arguments = ["wasm_split_cli_support", "--version", VERSION, "--locked", "--features", "build-binary"];
    Ok(install::from_crates(&item, &arguments)?.join("bin"))
}
