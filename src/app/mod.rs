//! The one write path: command → decide → store, durably → apply → show.

pub mod book;
pub mod folder_pace;
pub mod intact;
pub mod merge;
pub mod opening;
pub mod packing;
pub mod photo_in;
pub mod photos;
pub mod read_only;
pub mod save;
mod slips;
mod tail;
pub mod verify;
pub mod woven;
