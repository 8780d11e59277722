//! 签领表

use leptos::prelude::*;

/// 签领表
#[component]
pub fn Signatures() -> impl IntoView {
    view! { <p>"签领表"</p> }
}
