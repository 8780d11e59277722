//! 积分

use leptos::prelude::*;

/// 积分
#[component]
pub fn Points() -> impl IntoView {
    view! { <p>"积分"</p> }
}
