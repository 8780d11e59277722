//! 查找

use leptos::prelude::*;

/// 查找
#[component]
pub fn SearchBox() -> impl IntoView {
    view! { <p>"查找"</p> }
}
