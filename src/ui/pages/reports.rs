//! 报表

use leptos::prelude::*;

/// 报表
#[component]
pub fn Reports() -> impl IntoView {
    view! { <p>"报表"</p> }
}
