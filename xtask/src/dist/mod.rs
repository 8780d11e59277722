//! `cargo xtask dist`: what is handed out, in two forms of the same program.
//!
//! cargo compiles all programs once, Trunk makes the hosted form in `dist/`, the
//! app's program is cut into parts, and the one-file form `dist/cunzhi.html` is put together from the very
//! files of the hosted form. Both get a Content-Security-Policy.

mod csp;
mod html;
mod one_file;
pub mod parts;
mod seven_bits;
pub mod sizes;
mod styles;
mod wasm;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::setup::PageTools;
use crate::{paths, run};

/// What is built: `serve` leaves out the cutting.
const FEATURES: &str = "browser,parts";
/// How a later part of the program is had: with its styles, which are loaded once.
const PART: &str = r"let laterStyles;
function styled() {
  laterStyles = laterStyles || new Promise(function (resolve, reject) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = './LATER_STYLES';
    link.onload = resolve;
    link.onerror = function () { laterStyles = undefined; link.remove(); reject(new Error('the styles did not come')); };
    document.head.appendChild(link);
  });
  return laterStyles;
}
window.cunzhiPart = function (file) {
  return Promise.all([fetch('./' + file), styled()]).then(function (got) { return got[0]; });
};
";
const ONE_FILE: &str = "cunzhi.html";
const ONE_FILE_BYTES_MAX: u64 = 1_750_000;

pub fn dist() -> Result<()> {
    let tools = PageTools::ready()?;
    build(&tools)?;

    let dist = paths::dist()?;
    let page = parts::lay_out(&tools, &read(&dist.join("index.html"))?, &dist)?;
    let gathered = styles::gather(&page, &dist)?;
    fs::write(dist.join(ONE_FILE), one_file::assemble(&gathered, &dist)?)?;
    let (page, later_styles) = gathered.joined(&dist)?;
    fs::write(dist.join("index.html"), hosted(page, &later_styles, &dist)?)?;
    // A host packs by itself; only the one file needs the unpacker.
    for file in ["unpack.js", "unpack_bg.wasm"] {
        fs::remove_file(dist.join(file))?;
    }

    let sizes = sizes::measure(&dist)?;
    sizes::print(&sizes);
    let one_file = sizes.iter().find(|size| size.name == ONE_FILE).context("the one file was not measured")?;
    ensure!(
        one_file.raw <= ONE_FILE_BYTES_MAX,
        "{ONE_FILE} has {} bytes, and {ONE_FILE_BYTES_MAX} are allowed",
        one_file.raw
    );
    Ok(())
}

/// Compiles everything in one go, then lets Trunk, for which nothing is left
/// to compile, lay out the page.
fn build(tools: &PageTools) -> Result<()> {
    // Crates must be there before their folder can be named in the flags.
    run::shown(Command::new("cargo").current_dir(paths::root()?).args(["fetch", "--quiet"]))?;
    let flags = remapped_paths()?;
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["build", "--release", "--bins", "--target", "wasm32-unknown-unknown"])
        .args(["--no-default-features", "--features", FEATURES])
        .env("RUSTFLAGS", &flags);
    run::shown(&mut cargo)?;

    let mut trunk = tools.command("trunk")?;
    trunk.args(["build", "--release", "--no-default-features", "--features", FEATURES]).env("RUSTFLAGS", &flags);
    run::shown(&mut trunk)
}

/// Views without their types are a third smaller (`erase_components`). Panic
/// messages name source files; they shall not name this machine's folders,
/// and the same sources shall give the same bytes anywhere.
pub fn remapped_paths() -> Result<String> {
    let root = paths::root()?;
    ensure!(
        !root.to_string_lossy().contains(' '),
        "cargo's flags cannot name a checkout with a space in its path: please move it"
    );
    let mut flags = format!("--cfg erase_components --remap-path-prefix={}=cunzhi", root.display());
    let registries = fs::read_dir(paths::cargo_home()?.join("registry").join("src"));
    for registry in registries.into_iter().flatten().flatten() {
        write!(flags, " --remap-path-prefix={}=crates", registry.path().display())?;
    }
    Ok(flags)
}

/// Finishes Trunk's page. Trunk gives the worker's files the same names in
/// every version, so their addresses carry a fingerprint: a browser that kept
/// the files of an older version must not mix the two.
fn hosted(mut page: String, later_styles: &str, dist: &Path) -> Result<String> {
    let start = "window.cunzhiStart(";
    ensure!(page.matches(start).count() == 1, "Trunk's page does not start the program once");
    page = page.replace(start, &format!("{}{start}", PART.replace("LATER_STYLES", later_styles)));
    for file in ["office.js", "office_bg.wasm"] {
        let bytes = fs::read(dist.join(file)).with_context(|| format!("Trunk made no {file}"))?;
        let digest = Sha256::digest(&bytes);
        let fingerprint = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        let address = format!("'./{file}'");
        ensure!(page.contains(&address), "index.html does not load {address}");
        page = page.replace(&address, &format!("'./{file}?v={fingerprint:08x}'"));
    }
    csp::with_policy(&html::squeezed(&page, csp::PLACE), csp::Form::Hosted)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
