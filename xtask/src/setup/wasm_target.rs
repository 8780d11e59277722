//! The compiler for wasm32-unknown-unknown.
//!
//! On an ordinary machine rustup downloads the target. Where it cannot,
//! Debian's security archive carries a compiler that knows the target
//! (`rustc-web`): it is linked into rustup as a toolchain, its standard
//! library is built once from Debian's sources, and wasm builds are told to
//! use it, with rustup's own linker. `CUNZHI_WASM=debian` asks for that
//! second way on any machine, so that it can be tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::{apt, install};
use crate::{paths, run};

const TRIPLE: &str = "wasm32-unknown-unknown";
const DEBIAN: &str = "debian";
const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const LINKER_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";

/// How to compile for wasm on this machine.
pub enum WasmTarget {
    /// The toolchain in use knows the target.
    Rustup,
    /// Debian's toolchain does; the path is the linker to use with it.
    Debian(PathBuf),
}

impl WasmTarget {
    /// Makes a command, and the cargo it may call, use this target.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Debian(linker) = self {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN).env(LINKER_VARIABLE, linker);
        }
    }
}

pub fn ready() -> Result<WasmTarget> {
    let debian_wanted = std::env::var("CUNZHI_WASM").is_ok_and(|value| value == DEBIAN);
    if !debian_wanted && has_std(None) {
        return Ok(WasmTarget::Rustup);
    }
    if has_std(Some(DEBIAN)) {
        return Ok(WasmTarget::Debian(linker()?));
    }
    if run::on_path("rustup").is_none() {
        bail!("the Rust target {TRIPLE} is missing, and there is no rustup to add it: please install rustup");
    }
    if !debian_wanted {
        let purpose = format!("the Rust target {TRIPLE}");
        let added = install::announced(&purpose, "under a minute", || {
            run::patiently(Command::new("rustup").args(["target", "add", TRIPLE]), &install::log("rustup-target")?)
        });
        match added {
            Ok(()) if has_std(None) => return Ok(WasmTarget::Rustup),
            Ok(()) => println!("  rustup added it, but not to the toolchain in use."),
            Err(problem) => println!("  {problem:#}\n  Trying Debian's compiler instead."),
        }
    }
    install_debian().context("wasm cannot be compiled on this machine")?;
    Ok(WasmTarget::Debian(linker()?))
}

fn rustc(toolchain: Option<&str>) -> Command {
    let mut command = Command::new("rustc");
    if let Some(toolchain) = toolchain {
        command.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    command
}

/// The folder where a toolchain keeps the target's standard library.
fn std_folder(toolchain: Option<&str>) -> Option<PathBuf> {
    let said = run::answer(rustc(toolchain).args(["--print", "target-libdir", "--target", TRIPLE])).ok()?;
    Some(PathBuf::from(said.trim()))
}

/// Whether a toolchain has the standard library. For Debian's, which we build
/// ourselves, the proof is a note of the compiler it was built with: after an
/// upgrade of the compiler the library has to be built again.
fn has_std(toolchain: Option<&str>) -> bool {
    let Some(folder) = std_folder(toolchain) else {
        return false;
    };
    if toolchain.is_none() {
        let Ok(entries) = fs::read_dir(&folder) else {
            return false;
        };
        return entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"));
    }
    match (fs::read_to_string(note(&folder)), run::answer(rustc(toolchain).arg("--version"))) {
        (Ok(noted), Ok(version)) => noted == version,
        _ => false,
    }
}

fn note(folder: &Path) -> PathBuf {
    folder.join("cunzhi-built-with")
}

fn install_debian() -> Result<()> {
    let _lock = install::lock()?;
    if has_std(Some(DEBIAN)) {
        // Another set-up finished while this one waited.
        return Ok(());
    }
    if run::answer(Command::new("dpkg").arg("-s").args(PACKAGES)).is_err() {
        apt::install(&PACKAGES, "Debian's Rust compiler for wasm", "about 2 minutes")?;
    }
    run::answer(Command::new("rustup").args(["toolchain", "link", DEBIAN, "/usr"]))?;
    install::announced("the standard library for wasm", "about 1 minute, compiled from source", build_std)
}

/// Builds the standard library with Debian's compiler and puts it where that
/// compiler looks for it. Without the bitcode, link-time optimisation fails.
fn build_std() -> Result<()> {
    let package = paths::cache()?.join("build").join("wasm-std");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2021\"\n\n[workspace]\n")?;
    fs::write(package.join("src").join("lib.rs"), "")?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(&package)
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,proc_macro,test", "--target", TRIPLE])
        .env("RUSTUP_TOOLCHAIN", DEBIAN)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", package.join("target"));
    run::patiently(&mut cargo, &install::log("wasm-std")?)?;

    let built = package.join("target").join(TRIPLE).join("release").join("deps");
    let folder = std_folder(Some(DEBIAN)).context("Debian's rustc does not know the target")?;
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot write {}: please run once as root", folder.display()))?;
    let mut copied = 0;
    for entry in fs::read_dir(&built)?.flatten() {
        let file = entry.path();
        let is_library = file.extension().is_some_and(|extension| extension == "rlib");
        if is_library && !entry.file_name().to_string_lossy().starts_with("libempty") {
            fs::copy(&file, folder.join(entry.file_name()))?;
            copied += 1;
        }
    }
    ensure!(copied > 0, "the standard library's build left nothing in {}", built.display());
    fs::write(note(&folder), run::answer(rustc(Some(DEBIAN)).arg("--version"))?)?;
    Ok(())
}

/// rustup's stable toolchain carries a linker for wasm, Debian's does not.
fn linker() -> Result<PathBuf> {
    let sysroot = run::answer(rustc(Some("stable")).args(["--print", "sysroot"]))?;
    let rustlib = Path::new(sysroot.trim()).join("lib").join("rustlib");
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let linker = rustlib.join(host).join("bin").join("rust-lld");
    ensure!(linker.is_file(), "rustup's stable toolchain has no {}", linker.display());
    Ok(linker)
}
