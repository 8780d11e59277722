//! 首次打开

use leptos::prelude::*;

/// 首次打开
#[component]
pub fn FirstRun() -> impl IntoView {
    view! { <p>"首次打开"</p> }
}
