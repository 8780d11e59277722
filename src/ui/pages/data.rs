//! 数据

use leptos::prelude::*;

/// 数据
#[component]
pub fn Data() -> impl IntoView {
    view! { <p>"数据"</p> }
}

/// Restoring from a save file.
#[component]
pub fn RestoreBox() -> impl IntoView {
    view! { <p>"恢复"</p> }
}
