//! Playwright and axe-core, which play the user and check accessibility. They
//! are the npm package tests/e2e, installed as its lock file says; the browser
//! is not theirs but the one of `browser`.

use anyhow::Result;

use super::npm;
use crate::paths;

pub fn ready() -> Result<()> {
    npm::ready(&paths::e2e()?, "Playwright and axe-core, which test the finished app", "about 10 seconds")
}
