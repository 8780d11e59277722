//! Where the program is cut (see `ui::parts`). wasm-split finds the functions that
//! are marked here; what only they reach goes into the part that they name.
//!
//! They are here and not in the library because each is an export of whatever
//! program it is linked into, and the office worker shall not carry the interface.

// The calls across the cut are foreign functions for the compiler.
#![allow(unsafe_code)]
// wasm-split adds the error of a part that cannot be had.
#![allow(clippy::unnecessary_wraps)]

use cunzhi::ui::context::App;
use cunzhi::ui::parts::{self, Coming, MadeReady, Parts, Scene, Task};
use leptos::prelude::AnyView;
use leptos::wasm_split::SplitLoaderError;
#[cfg(feature = "parts")]
use leptos::wasm_split::wasm_split;

/// How the interface reaches the parts.
pub const PARTS: Parts = Parts {
    overview: || Box::pin(async { answer!(overview()) }),
    rest: |scene| Box::pin(async { answer!(rest(scene)) }),
    work: |app, task| Box::pin(async move { answer!(work(app, task)) }),
    ready: |app| Box::pin(async move { answer!(ready(app)) }),
};

/// The answer of a marked function, which has to be waited for where the program
/// is in parts.
macro_rules! answer {
    ($function:ident($($given:expr),*)) => {{
        #[cfg(feature = "parts")]
        let answer = $function($($given),*).await;
        #[cfg(not(feature = "parts"))]
        let answer = $function($($given),*);
        answer.ok()
    }};
}
use answer;

#[cfg_attr(feature = "parts", wasm_split(overview, wasm_split_path = ::leptos::wasm_split, fallible))]
fn overview() -> Result<AnyView, SplitLoaderError> {
    Ok(parts::overview())
}

#[cfg_attr(feature = "parts", wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible))]
fn rest(scene: Scene) -> Result<AnyView, SplitLoaderError> {
    Ok(scene.show())
}

#[cfg_attr(feature = "parts", wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible))]
fn work(app: App, task: Task) -> Result<Coming<()>, SplitLoaderError> {
    Ok(task.work(app))
}

#[cfg_attr(feature = "parts", wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible))]
fn ready(app: App) -> Result<Coming<MadeReady>, SplitLoaderError> {
    Ok(parts::made_ready(app))
}
