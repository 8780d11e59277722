//! Where things are: the checkout, the per-user cache of tools, build output.
//!
//! Nothing here is fixed to a machine. The checkout is found from where cargo
//! runs the tool, the cache follows the XDG rules.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout: the folder above this tool's own package.
pub fn root() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").context("start me as `cargo xtask`")?;
    let parent = Path::new(&package).parent().context("xtask has no folder above it")?;
    Ok(parent.to_path_buf())
}

/// The per-user folder that holds the tools, shared by all checkouts.
pub fn cache() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CUNZHI_CACHE").filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(chosen));
    }
    if let Some(xdg) = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute()) {
        return Ok(xdg.join("cunzhi"));
    }
    let home = env::var_os("HOME").context("HOME is not set: say where tools go with CUNZHI_CACHE")?;
    Ok(Path::new(&home).join(".cache").join("cunzhi"))
}

/// Where cargo keeps the sources of crates.
pub fn cargo_home() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CARGO_HOME") {
        return Ok(PathBuf::from(chosen));
    }
    let home = env::var_os("HOME").context("neither CARGO_HOME nor HOME is set")?;
    Ok(Path::new(&home).join(".cargo"))
}

/// Cargo's output for the host.
pub fn target() -> Result<PathBuf> {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => Ok(root()?.join(chosen)),
        None => Ok(root()?.join("target")),
    }
}

/// Cargo's output for wasm. It is kept apart because the wasm toolchain may be
/// another compiler, and because `serve` must not wait for `cargo test`'s lock.
pub fn target_wasm() -> Result<PathBuf> {
    Ok(target()?.join("wasm"))
}

/// What is handed out.
pub fn dist() -> Result<PathBuf> {
    Ok(root()?.join("dist"))
}

/// What `bench` measures, and with what: our program, the peers, a small npm package.
pub fn benches() -> Result<PathBuf> {
    Ok(root()?.join("benches"))
}

/// The end-to-end tests, a small npm package of their own.
pub fn e2e() -> Result<PathBuf> {
    Ok(root()?.join("tests").join("e2e"))
}
