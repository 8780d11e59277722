//! 总览

use leptos::prelude::*;

/// 总览
#[component]
pub fn Overview() -> impl IntoView {
    view! { <p>"总览"</p> }
}
