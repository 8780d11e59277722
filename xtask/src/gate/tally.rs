//! Counts tests by reading what the test runners print about themselves.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Runs a command, shows its output as it comes, and counts its tests.
    pub fn run(&mut self, command: &mut Command) -> Result<()> {
        let mut child = command.stdout(Stdio::piped()).spawn().context("a stage did not start")?;
        let output = child.stdout.take().context("a stage has no output")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            self.read(&line);
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("failed ({status})");
        }
        Ok(())
    }

    /// Knows the closing lines of cargo's runner and of wasm-bindgen's
    /// (`test result: ok. 3 passed; 0 failed; …`) and of Playwright's
    /// (`  3 passed (4.1s)`, `  1 failed`).
    fn read(&mut self, line: &str) {
        let closing = line.strip_prefix("test result: ").unwrap_or(line);
        let is_cargo = closing.len() < line.len();
        let words: Vec<&str> = closing.split_whitespace().collect();
        for (at, pair) in words.windows(2).enumerate() {
            let Ok(count) = pair[0].parse::<u64>() else {
                continue;
            };
            if !is_cargo && (at > 0 || !line.starts_with("  ")) {
                return;
            }
            match pair[1].trim_end_matches([';', '.']) {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn closing_lines_are_counted_and_nothing_else() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored",
            "  3 passed (4.1s)",
            "  1 failed",
            "running 9 tests",
            "  ✓  1 [http] › smoke.spec.ts:5:1 › 5 passed into it (300ms)",
            "the number 7 passed by",
        ] {
            tally.read(line);
        }
        assert_eq!(tally, Tally { passed: 17, failed: 2 });
    }
}
