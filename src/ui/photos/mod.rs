//! Evidence photos on the screen: choosing and shrinking them, small ones beside
//! what they prove, and one of them large.

mod add;
mod pick;
mod shrink;
mod thumbs;
mod viewer;

use leptos::prelude::*;

pub use self::add::AddPhotos;
pub use self::pick::PhotoPick;
pub use self::thumbs::Thumbs;
use super::browser;
use super::context::App;
use crate::app::photos::{Agreement, compare};
use crate::domain::id::PhotoId;
use crate::storage::PhotoStore;

/// What there is to see of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Look {
    /// It is being read.
    Waiting,
    /// The address of its picture.
    Seen(String),
    /// Why there is nothing to see.
    Nothing(String),
}

/// Reads the picture of a photo; the address has to be given back.
async fn look(app: App, id: PhotoId) -> Look {
    let store = match app.stored() {
        Ok(store) => store,
        Err(error) => return Look::Nothing(error.to_string()),
    };
    match store.photo(id).await {
        Err(error) => Look::Nothing(error.to_string()),
        Ok(None) => Look::Nothing("照片不在本机".to_owned()),
        Ok(Some(picture)) => match untrack(|| app.read(|village| compare(village, id, &picture))) {
            Agreement::Same => {
                let address = browser::address_of(&picture, "image/jpeg");
                address.map_or_else(|| Look::Nothing("照片显示不出来".to_owned()), Look::Seen)
            }
            Agreement::Different => Look::Nothing("照片已损坏".to_owned()),
            Agreement::NotWanted => Look::Nothing("照片已删除".to_owned()),
        },
    }
}

/// A picture of the store, small or large. Its address lives as long as the view.
fn picture_view(app: App, id: PhotoId, class: &'static str, words: String) -> AnyView {
    let seen = RwSignal::new(Look::Waiting);
    leptos::task::spawn_local(async move {
        let found = look(app, id).await;
        // The view may have been left in the meantime.
        if let Some(Look::Seen(address)) = seen.try_set(found) {
            browser::forget_address(&address);
        }
    });
    on_cleanup(move || {
        if let Some(Look::Seen(address)) = seen.try_get_untracked() {
            browser::forget_address(&address);
        }
    });
    let shown = move || match seen.get() {
        Look::Waiting => view! { <span class="photo__gone">"…"</span> }.into_any(),
        Look::Seen(address) => view! { <img class=class src=address alt=words.clone() decoding="async" /> }.into_any(),
        Look::Nothing(why) => view! { <span class="photo__gone">{why}</span> }.into_any(),
    };
    shown.into_any()
}
