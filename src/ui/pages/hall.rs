//! 兑换日

use leptos::prelude::*;

/// 兑换日
#[component]
pub fn Hall() -> impl IntoView {
    view! { <p>"兑换日"</p> }
}
