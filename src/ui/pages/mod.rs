//! One module per page. A page wires reports and commands to components.

pub mod cases;
pub mod data;
pub mod first_run;
pub mod goods;
pub mod hall;
pub mod hall_papers;
pub mod import;
pub mod marks;
pub mod overview;
pub mod people;
pub mod points;
pub mod recovery;
pub mod reports;
pub mod search;
mod send;
pub mod signatures;
pub mod visits;
