//! Chromium 109, the last for Windows 7: the oldest browser that the app
//! promises to run in. It comes in an npm package, as brotli files that Node
//! can open.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::install::{self, Item};
use super::node;
use crate::run;

const VERSION: &str = "109.0.6";
/// Reads standard arguments FROM TO and writes the decompressed file.
const UNBROTLI: &str = "const fs = require('node:fs'), zlib = require('node:zlib');\
    const [from, to] = process.argv.slice(1);\
    fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)));";

/// The browser's program file.
pub fn ready() -> Result<PathBuf> {
    node::check()?;
    let folder = format!("chromium-{VERSION}");
    let item = Item {
        folder: &folder,
        purpose: "Chromium 109, the oldest browser that the app promises to run in",
        time: "about 20 seconds",
    };
    Ok(install::once(&item, fill)?.join("chromium"))
}

fn fill(part: &Path) -> Result<()> {
    install::from_npm(part, &format!("@sparticuz/chromium@{VERSION}"))?;
    let packed = part.join("node_modules").join("@sparticuz").join("chromium").join("bin");
    let program = part.join("chromium");
    decompress(&packed.join("chromium.br"), &program)?;
    run::answer(Command::new("chmod").arg("755").arg(&program))?;

    let libraries = part.join("swiftshader.tar");
    decompress(&packed.join("swiftshader.tar.br"), &libraries)?;
    run::answer(Command::new("tar").args(["--no-same-owner", "-xf"]).arg(&libraries).arg("-C").arg(part))?;
    std::fs::remove_file(&libraries)?;
    std::fs::remove_dir_all(part.join("node_modules")).context("cannot tidy up")
}

fn decompress(from: &Path, to: &Path) -> Result<()> {
    run::answer(Command::new("node").args(["-e", UNBROTLI]).arg(from).arg(to))?;
    Ok(())
}
