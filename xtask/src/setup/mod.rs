//! Set-up: finds or installs what a word of `cargo xtask` needs, one module
//! per tool.
//!
//! A tool that is already on the machine in the right version is used as it
//! is. Otherwise it goes into the per-user cache, once, in a folder that names
//! its version (`install`). Whoever needs a tool asks for it here; `serve` is
//! never made to wait for what only `test` needs.

mod apt;
pub mod browser;
pub mod chromium_109;
pub mod duckdb;
mod install;
mod node;
pub mod npm;
pub mod playwright;
mod trunk;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_split;
mod wasm_target;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::paths;
use wasm_target::WasmTarget;

/// What it takes to compile for the browser.
pub struct WasmTools {
    target: WasmTarget,
    wasm_bindgen_bin: PathBuf,
}

/// What it takes to make the page: the compiler's side, Trunk, wasm-opt and wasm-split.
pub struct PageTools {
    pub wasm: WasmTools,
    trunk_bin: PathBuf,
    wasm_opt_bin: PathBuf,
    wasm_split_bin: PathBuf,
}

impl WasmTools {
    pub fn ready() -> Result<Self> {
        Ok(Self { target: wasm_target::ready()?, wasm_bindgen_bin: wasm_bindgen::ready()? })
    }

    /// A command that compiles with the wasm toolchain, into its own folder.
    pub fn command(&self, program: &str) -> Result<Command> {
        command(program, &self.target, &[&self.wasm_bindgen_bin])
    }

    /// The runner that cargo hands a compiled wasm test to.
    pub fn test_runner(&self) -> PathBuf {
        self.wasm_bindgen_bin.join("wasm-bindgen-test-runner")
    }
}

impl PageTools {
    pub fn ready() -> Result<Self> {
        Ok(Self {
            wasm: WasmTools::ready()?,
            trunk_bin: trunk::ready()?,
            wasm_opt_bin: wasm_opt::ready()?,
            wasm_split_bin: wasm_split::ready()?,
        })
    }

    /// As `WasmTools::command`, with Trunk and what Trunk calls on PATH.
    pub fn command(&self, program: &str) -> Result<Command> {
        let bins = [&self.trunk_bin, &self.wasm.wasm_bindgen_bin, &self.wasm_opt_bin, &self.wasm_split_bin];
        command(program, &self.wasm.target, &bins)
    }
}

fn command(program: &str, target: &WasmTarget, bins: &[&PathBuf]) -> Result<Command> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = bins.iter().map(|bin| (*bin).clone()).chain(std::env::split_paths(&inherited));
    let mut command = Command::new(program);
    command
        .current_dir(paths::root()?)
        .env("PATH", std::env::join_paths(folders)?)
        .env("CARGO_TARGET_DIR", paths::target_wasm()?)
        // An error of the app in the making is told in a sentence, not in stack frames of Trunk.
        .env("RUST_BACKTRACE", "0");
    target.apply(&mut command);
    Ok(command)
}
