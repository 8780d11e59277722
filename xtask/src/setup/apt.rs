//! Debian and Ubuntu packages. They are installed only when we are root;
//! otherwise the user is told exactly which ones are needed.

use std::process::Command;

use anyhow::{Result, bail};

use super::install;
use crate::run;

/// Installs packages, after refreshing the package lists.
pub fn install(packages: &[&str], purpose: &str, time: &str) -> Result<()> {
    let names = packages.join(" ");
    if run::on_path("apt-get").is_none() {
        bail!("{purpose} must be installed by hand on this system (Debian calls the packages {names})");
    }
    if !is_root() {
        bail!("{purpose} is missing; please run: sudo apt-get update && sudo apt-get install {names}");
    }
    install::announced(purpose, time, || {
        // A list that cannot be refreshed may still be good enough, so only the installation decides.
        let _ = run::patiently(apt_get().arg("update"), &install::log("apt-update")?);
        let mut apt = apt_get();
        apt.args(["install", "--yes", "--no-install-recommends"]).args(packages);
        run::patiently(&mut apt, &install::log("apt-install")?)
    })
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    run::answer(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
