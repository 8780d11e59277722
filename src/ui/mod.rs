//! The interface: a shell with a rail and a bar, pages that wire, components
//! that render and know no village. Rules are asked of the domain, figures
//! of the reports.

mod banner;
pub mod browser;
pub mod components;
pub mod context;
mod files;
pub mod folder;
pub mod office;
pub mod pages;
pub mod parts;
pub mod photos;
pub mod picture;
mod rail_foot;
mod replacing;
pub mod route;
mod sharing;
pub mod shell;
mod verification;
mod windows;
