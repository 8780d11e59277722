//! 民情

use leptos::prelude::*;

/// 民情
#[component]
pub fn Cases() -> impl IntoView {
    view! { <p>"民情"</p> }
}
