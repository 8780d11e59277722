//! 村情

use leptos::prelude::*;

/// 村情
#[component]
pub fn PeoplePage() -> impl IntoView {
    view! { <p>"村情"</p> }
}
