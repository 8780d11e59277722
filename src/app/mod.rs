//! The one write path: command → decide → store, durably → apply → show.

pub mod book;
pub mod read_only;
pub mod save;
