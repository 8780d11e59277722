//! Small photos in a row, beside what they prove. A press shows one large.

use leptos::prelude::*;

use super::picture_view;
use super::viewer::Viewer;
use crate::domain::id::PhotoId;
use crate::ui::context::use_app;

/// So many are shown small; the others are counted.
const SMALL_MAX: usize = 3;

/// The photos of something; nothing where there are none.
#[component]
pub fn Thumbs(photos: Vec<PhotoId>) -> impl IntoView {
    let app = use_app();
    let shown = RwSignal::new(None::<usize>);
    let all = StoredValue::new(photos);
    let more = all.with_value(Vec::len).saturating_sub(SMALL_MAX);
    let small = move |(place, id): (usize, PhotoId)| {
        let words = format!("第 {} 张照片", place + 1);
        view! {
            <button
                type="button"
                class="photo"
                aria-label=format!("看{words}")
                on:click=move |_| shown.set(Some(place))
            >
                {picture_view(app, id, "photo__small", words.clone())}
            </button>
        }
    };
    let more_view = move || {
        view! {
            <button type="button" class="photo photo--more" on:click=move |_| shown.set(Some(SMALL_MAX))>
                {format!("还有 {more} 张")}
            </button>
        }
    };
    let close = move |()| shown.set(None);
    (!all.with_value(Vec::is_empty)).then(|| {
        view! {
            <span class="photos">
                {all.get_value().into_iter().take(SMALL_MAX).enumerate().map(small).collect_view()}
                {(more > 0).then(more_view)}
                {move || shown.get().map(|first| view! { <Viewer photos=all.get_value() first on_close=close /> })}
            </span>
        }
    })
}
