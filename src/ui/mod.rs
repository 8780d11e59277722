//! The interface: a shell with a rail and a bar, pages that wire, components
//! that render and know no village. Rules are asked of the domain, figures
//! of the reports.

pub mod browser;
pub mod components;
pub mod context;
pub mod office;
pub mod pages;
pub mod picture;
pub mod route;
pub mod shell;
