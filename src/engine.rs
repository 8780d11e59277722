//! The rules of the village and its journal: all that is done a million times
//! when a county opens. A package of its own (`engine/Cargo.toml`), because
//! cargo chooses between speed and size by package. The rest of the program
//! knows both modules as its own.

pub mod domain;
pub mod journal;
