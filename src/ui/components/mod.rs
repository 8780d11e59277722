//! Parts that render: they take text, signals and callbacks, and know no village.

pub mod button;
pub mod detail;
pub mod dialog;
pub mod field;
pub mod finder;
pub mod live;
pub mod progress;
pub mod secret;
pub mod sheet;
pub mod table;
pub mod tag;
