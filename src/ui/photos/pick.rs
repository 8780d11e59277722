//! Choosing photos in a form: by the browser's file dialog, by dropping them
//! anywhere on the page, or by pasting.

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DataTransfer, File};

use super::shrink::shrink;
use crate::domain::photo::{NewPhoto, PHOTOS_MAX, PhotoRefusal};
use crate::ui::browser;
use crate::ui::components::field::Problem;

/// What the form holds, and the one way to change it.
#[derive(Clone, Copy)]
struct Held {
    photos: Signal<Vec<NewPhoto>>,
    on_change: Callback<Vec<NewPhoto>>,
    problem: RwSignal<Option<String>>,
    /// How many files are being shrunk.
    waiting: RwSignal<usize>,
}

impl Held {
    /// Shrinks these files and adds them, as many as there may be.
    fn take(self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        let found = self.photos.with_untracked(Vec::len) + self.waiting.get_untracked() + files.len();
        if found > PHOTOS_MAX {
            return self.problem.set(Some(PhotoRefusal::TooMany { found, limit: PHOTOS_MAX }.to_string()));
        }
        self.problem.set(None);
        self.waiting.update(|waiting| *waiting += files.len());
        spawn_local(async move {
            if let Some(problem) = self.add(files).await {
                // The form may have been left in the meantime.
                let _left = self.problem.try_set(Some(problem));
            }
        });
    }

    /// The first thing that went wrong; the other files are added all the same.
    async fn add(self, files: Vec<File>) -> Option<String> {
        let mut problem = None;
        for file in files {
            let shrunk = shrink(&file).await;
            // From here on it counts among the photos, or not at all.
            self.waiting.try_update(|waiting| *waiting -= 1)?;
            match shrunk {
                Ok(photo) => {
                    let mut photos = self.photos.try_get_untracked()?;
                    // The same picture twice is one.
                    if photos.iter().all(|known| known.digest != photo.digest) {
                        photos.push(photo);
                        self.on_change.try_run(photos)?;
                    }
                }
                Err(refused) => problem = problem.or(Some(refused.to_string())),
            }
        }
        problem
    }

    fn drop(self, place: usize) {
        let mut photos = self.photos.get_untracked();
        if place < photos.len() {
            photos.remove(place);
            self.on_change.run(photos);
        }
    }
}

fn files_of(data: Option<DataTransfer>) -> Vec<File> {
    let files = data.and_then(|data| data.files());
    files.map_or_else(Vec::new, |files| (0..files.length()).filter_map(|place| files.get(place)).collect())
}

/// Listens to what is dropped or pasted anywhere, as long as the form is there.
/// Left alone, the browser would leave the page for a file that is dropped.
fn listen(held: Held) {
    let over = window_event_listener(ev::dragover, |event| event.prevent_default());
    let dropped = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        held.take(files_of(event.data_transfer()));
    });
    let pasted = window_event_listener(ev::paste, move |event| {
        let files = files_of(event.clipboard_data());
        if !files.is_empty() {
            event.prevent_default();
            held.take(files);
        }
    });
    on_cleanup(move || [over, dropped, pasted].into_iter().for_each(WindowListenerHandle::remove));
}

/// The photos of a form. `id` is unique on the page. While `waiting` is not zero
/// that many files are on their way in, and the form is not to be finished.
#[component]
pub fn PhotoPick(
    id: &'static str,
    #[prop(into)] photos: Signal<Vec<NewPhoto>>,
    #[prop(into)] on_change: Callback<Vec<NewPhoto>>,
    waiting: RwSignal<usize>,
) -> impl IntoView {
    let held = Held { photos, on_change, problem: RwSignal::new(None), waiting };
    let node = NodeRef::<Input>::new();
    listen(held);
    let picked = move |_| {
        let Some(input) = node.get_untracked() else { return };
        let files = input.files();
        let files = files.map_or_else(Vec::new, |files| (0..files.length()).filter_map(|n| files.get(n)).collect());
        // So that the same file can be chosen again.
        input.set_value("");
        held.take(files);
    };
    let hint = move || match (waiting.get() > 0, photos.with(Vec::len)) {
        (true, _) => "正在压缩照片,请稍候…".to_owned(),
        (false, 0) => format!("最多 {PHOTOS_MAX} 张,也可以拖进来或按 Ctrl+V 粘贴。会自动压小,并去掉拍摄地点。"),
        (false, count) => format!("{count} 张"),
    };
    view! {
        <div class="photopick" role="group" aria-label="凭据照片">
            <span class="pick">
                <input
                    class="pick__input"
                    type="file"
                    id=id
                    accept="image/*"
                    multiple=true
                    node_ref=node
                    on:change=picked
                />
                <label class="button" for=id>
                    "附照片"
                </label>
            </span>
            {move || photos.get().into_iter().enumerate().map(|(place, photo)| chosen_view(held, place, &photo)).collect_view()}
            <span class="photopick__hint" role="status">
                {hint}
            </span>
            <Problem sentence=held.problem />
        </div>
    }
}

fn chosen_view(held: Held, place: usize, photo: &NewPhoto) -> AnyView {
    let number = place + 1;
    let address = browser::address_of(&photo.jpeg, "image/jpeg");
    let given_back = address.clone();
    on_cleanup(move || given_back.iter().for_each(|address| browser::forget_address(address)));
    view! {
        <span class="photopick__one">
            <img class="photo__small" src=address alt=format!("第 {number} 张照片") />
            <button
                type="button"
                class="photopick__drop"
                aria-label=format!("去掉第 {number} 张照片")
                on:click=move |_| held.drop(place)
            >
                "×"
            </button>
        </span>
    }
    .into_any()
}
