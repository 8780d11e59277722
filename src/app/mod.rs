//! The one write path: command → decide → store, durably → apply → show.

pub mod book;
pub mod save;
