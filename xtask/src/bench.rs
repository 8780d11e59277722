//! `cargo xtask bench`: what can be measured of the app so far, a line for
//! each measure. For now that is what a first visit transfers; peers to set it
//! against come later.

use anyhow::{Result, ensure};

use crate::dist::sizes;
use crate::paths;

pub fn bench() -> Result<()> {
    let sizes = sizes::measure(&paths::dist()?)?;
    // The office worker comes on first use, and the one file is another form of the same.
    let at_start = sizes.iter().filter(|size| !size.name.starts_with("office") && size.name != "cunzhi.html");
    let bytes: u64 = at_start.map(|size| size.brotli).sum();
    ensure!(bytes > 0, "dist/ is empty: run `cargo xtask dist` first");
    println!("metric=dist_bytes_brotli ours={bytes}");
    Ok(())
}
