//! The one write path: command → decide → store, durably → apply → show.

pub mod book;
pub mod opening;
pub mod save;
mod tail;
