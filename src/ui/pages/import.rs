//! 导入花名册

use leptos::prelude::*;

/// 导入花名册
#[component]
pub fn Import() -> impl IntoView {
    view! { <p>"导入花名册"</p> }
}
