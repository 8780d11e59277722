//! 物品

use leptos::prelude::*;

/// 物品
#[component]
pub fn GoodsPage() -> impl IntoView {
    view! { <p>"物品"</p> }
}
