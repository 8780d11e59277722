//! What follows signals in a view, in one type for each kind of value.
//!
//! Every closure is a type of its own, and leptos makes about two kilobytes of
//! program for each one that a view follows. In a box they are all the same.
//! This is for what a start needs; elsewhere a plain closure does.

use leptos::prelude::*;

/// Something that follows signals.
pub type Live<T> = Box<dyn FnMut() -> T + Send>;

/// A value that follows signals.
pub fn live<T>(value: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(value)
}

/// Whether something is so; followers hear of it only when that changes.
pub fn flag(is_so: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
    let is_so: Box<dyn Fn() -> bool + Send + Sync> = Box::new(is_so);
    Memo::new(move |_| is_so())
}

/// A part of the view that follows signals.
pub fn shown<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> Live<AnyView> {
    Box::new(move || view().into_any())
}
