//! `cargo xtask test`: the gate. Stages from cheap to dear; the first that
//! fails ends it. What the stages' own lines report is summed up at the end.

pub mod stages;
mod tally;

use std::time::Instant;

use anyhow::{Result, bail};

use stages::Stage;
use tally::Tally;

pub fn test(args: &[String]) -> Result<()> {
    let (before, extra) = match args.iter().position(|arg| arg == "--") {
        Some(at) => (&args[..at], &args[at + 1..]),
        None => (args, &args[..0]),
    };
    let (stages, extra_for) = match before {
        [] => (Stage::ALL.to_vec(), Stage::EndToEnd),
        [name] => {
            let stage = Stage::named(name)?;
            (vec![stage], stage)
        }
        _ => bail!("one stage at a time: {}", Stage::names()),
    };

    let mut tally = Tally::default();
    let gate = Instant::now();
    for stage in stages {
        let start = Instant::now();
        println!("\n=== {} ===", stage.title());
        let extra = if stage == extra_for { extra } else { &[] };
        let outcome = stage.run(extra, &mut tally);
        let seconds = start.elapsed().as_secs();
        if let Err(problem) = outcome {
            println!("\n=== {}: FAILED after {seconds} s ===\n\n{tally}", stage.title());
            return Err(problem.context(format!("stage `{}`", stage.name())));
        }
        println!("--- {}: good, {seconds} s", stage.title());
    }
    println!("\nAll good, {} s.\n\n{tally}", gate.elapsed().as_secs());
    Ok(())
}
