//! How big the delivered files are: as they are, and compressed as a host
//! would send them. Node, which is there anyway, does the compressing.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

const COMPRESS: &str = "const fs = require('node:fs'), zlib = require('node:zlib');\
    for (const file of process.argv.slice(1)) {\
      const bytes = fs.readFileSync(file);\
      const packed = [zlib.gzipSync(bytes, { level: 9 }), zlib.brotliCompressSync(bytes)];\
      console.log([bytes, ...packed].map(part => part.length).join(' '));\
    }";

/// The sizes of one file, in bytes.
pub struct Size {
    pub name: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// Measures all files of a folder, by name.
pub fn measure(folder: &Path) -> Result<Vec<Size>> {
    let entries = fs::read_dir(folder).with_context(|| format!("there is no {}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    let answer = run::answer(Command::new("node").args(["-e", COMPRESS]).args(&files))?;
    files.iter().zip(answer.lines()).map(|(file, line)| size(file, line)).collect()
}

pub fn print(sizes: &[Size]) {
    println!("\n{:<40} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    for size in sizes {
        println!("{:<40} {:>10} {:>10} {:>10}", size.name, size.raw, size.gzip, size.brotli);
    }
}

fn size(file: &Path, line: &str) -> Result<Size> {
    let name = file.file_name().context("a file without a name")?.to_string_lossy().into_owned();
    let mut numbers = line.split(' ').map(str::parse::<u64>);
    let mut next = || numbers.next().context("Node printed too few numbers")?.context("Node printed no number");
    Ok(Size { name, raw: next()?, gzip: next()?, brotli: next()? })
}
