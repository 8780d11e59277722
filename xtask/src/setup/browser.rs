//! A current Chromium with its driver, and Chinese fonts, for the tests.
//!
//! `CUNZHI_CHROMIUM` and `CUNZHI_CHROMEDRIVER` name others than those on PATH.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::run;

const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PURPOSE: &str = "Chromium and ChromeDriver, in which the tests run";
const ADVICE: &str = "if you have them elsewhere, name them with CUNZHI_CHROMIUM and CUNZHI_CHROMEDRIVER";

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

pub fn ready() -> Result<Browser> {
    if find().is_none() {
        apt::install(&["chromium", "chromium-driver", "fonts-noto-cjk"], PURPOSE, "about 2 minutes")
            .or_else(|problem| {
                // Ubuntu knows them under these names only.
                let ubuntu = ["chromium-browser", "chromium-chromedriver", "fonts-noto-cjk"];
                apt::install(&ubuntu, PURPOSE, "about 3 minutes").map_err(|_| problem)
            })
            .context(ADVICE)?;
    }
    let browser = find().with_context(|| format!("Chromium or its driver is still missing: {ADVICE}"))?;
    fonts();
    Ok(browser)
}

fn find() -> Option<Browser> {
    let chromium = named("CUNZHI_CHROMIUM").or_else(|| CHROMIUM_NAMES.iter().find_map(|name| run::on_path(name)))?;
    let driver = named("CUNZHI_CHROMEDRIVER").or_else(|| run::on_path("chromedriver"))?;
    Some(Browser { chromium, driver })
}

fn named(variable: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(variable)?);
    path.is_file().then_some(path)
}

/// Without Chinese fonts the tests run, but their pictures show boxes: worth
/// an attempt and a sentence, not a failure.
fn fonts() {
    let known = run::answer(Command::new("fc-list").args([":lang=zh", "family"])).unwrap_or_default();
    let noto = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    if !known.trim().is_empty() || noto.is_file() {
        return;
    }
    if let Err(problem) = apt::install(&["fonts-noto-cjk"], "Chinese fonts for screenshots", "under a minute") {
        println!("  {problem:#}\n  Going on without: screenshots will show boxes.");
    }
}
