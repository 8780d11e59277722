//! `cargo xtask serve`: the app while it is being written. Trunk builds a
//! debug form beside the other build output, serves it, and reloads the page
//! when something changes. `dist/` is left alone.

use std::net::TcpListener;
use std::process::Command;

use anyhow::{Context, Result};

use crate::setup::PageTools;
use crate::{paths, run};

const ADDRESS: &str = "127.0.0.1";
const PORT_FIRST: u16 = 8080;
const PORT_LAST: u16 = 8099;

pub fn serve(options: &[String]) -> Result<()> {
    let tools = PageTools::ready()?;
    // Trunk builds without asking the network, so what it needs is fetched before.
    run::shown(Command::new("cargo").current_dir(paths::root()?).arg("fetch"))?;

    let mut trunk = tools.command("trunk")?;
    trunk.args(["serve", "--address", ADDRESS, "--dist"]).arg(paths::target()?.join("serve"));
    if !options.iter().any(|option| option.starts_with("--port") || option == "-p") {
        let port = free_port().context("no free port from 8080 to 8099: choose one with --port")?;
        println!("村治: http://{ADDRESS}:{port}/ as soon as it is built; Ctrl-C ends it.");
        trunk.arg("--port").arg(port.to_string());
    }
    if has_desktop() {
        trunk.arg("--open");
    }
    std::fs::create_dir_all(paths::target()?.join("serve"))?;
    run::shown(trunk.args(options))
}

fn free_port() -> Option<u16> {
    (PORT_FIRST..=PORT_LAST).find(|port| TcpListener::bind((ADDRESS, *port)).is_ok())
}

fn has_desktop() -> bool {
    let display = ["DISPLAY", "WAYLAND_DISPLAY"];
    let shown = display.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    shown && run::on_path("xdg-open").is_some()
}
