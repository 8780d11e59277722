//! `DuckDB`, a database engine that reads CSV: it checks the open data from
//! outside. It is the Python package, put into the cache for the Python that
//! is on the machine; nothing is added to that Python itself.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use super::install::{self, Item};
use crate::run;

const VERSION: &str = "2.0.0";
const PACKAGES: [&str; 2] = ["python3", "python3-pip"];

/// A Python that knows `duckdb`.
pub struct DuckDb {
    python: PathBuf,
    packages: PathBuf,
}

impl DuckDb {
    /// Python, to be given a script.
    pub fn python(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.env("PYTHONPATH", &self.packages).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}

pub fn ready() -> Result<DuckDb> {
    if run::on_path("python3").is_none() {
        apt::install(&PACKAGES, "Python, which runs DuckDB", "under a minute")?;
    }
    let python = run::on_path("python3").context("python3 is not on PATH")?;
    // The package holds compiled code for one version of Python.
    let ask = "import sys; print('%d.%d' % sys.version_info[:2])";
    let version = run::answer(Command::new(&python).args(["-c", ask]))?;
    let folder = format!("duckdb-{VERSION}-python-{}", version.trim());
    let item = Item {
        folder: &folder,
        purpose: "DuckDB, which reads the open data as a database would",
        time: "about 10 seconds, 25 MB",
    };
    let packages = install::once(&item, |part| {
        if run::answer(Command::new(&python).args(["-m", "pip", "--version"])).is_err() {
            apt::install(&PACKAGES, "pip, which installs DuckDB", "under a minute")?;
        }
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--upgrade", "--target"])
            .arg(part)
            .arg(format!("duckdb=={VERSION}"));
        run::patiently(&mut pip, &install::log("duckdb")?)
    })?;
    Ok(DuckDb { python, packages })
}
