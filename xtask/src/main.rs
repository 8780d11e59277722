//! `cargo xtask`: everything that is done to the project rather than by it.
//!
//! Four words: `serve` shows the app while it is being written, `test` is the
//! gate, `dist` makes what is handed out, `bench` measures it. Each word first
//! sets up the tools it needs (`setup`), so that a fresh machine with rustup
//! and Node needs nothing else by hand.

mod bench;
mod dist;
mod gate;
mod paths;
mod run;
mod serve;
mod setup;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask <word>

  serve [trunk options]     build, serve and rebuild on change
  test [stage] [-- args]    the gate, or one stage of it: format, native, open-data, clippy,
                            clippy-browser, browser, dist, e2e
                            (what follows `--` goes to Playwright, or to the tests of that stage)
  dist                      make dist/ (hosted form) and dist/cunzhi.html (one file)
  bench                     measure what dist made

Tools are installed once into a cache outside the checkout; CUNZHI_CACHE moves it.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<()> {
    let Some((word, rest)) = args.split_first() else {
        bail!("which word?\n\n{USAGE}");
    };
    match word.as_str() {
        "serve" => serve::serve(rest),
        "test" => gate::test(rest),
        "dist" => dist::dist(),
        "bench" => bench::bench(),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("there is no `{other}`\n\n{USAGE}"),
    }
}
