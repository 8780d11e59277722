//! Work that takes a while: words for what is going on, and a way out.

use std::future::Future;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::ui::components::button::Button;

/// Long enough for the browser to draw the words before a long computation.
const DRAWN_MS: u32 = 30;

/// What is going on, in words. They change while it goes on.
pub type Words = RwSignal<&'static str>;

/// Says the words, and waits until they can be seen.
pub async fn say(words: Words, now: &'static str) {
    // The view may have been left in the meantime.
    let _left = words.try_set(now);
    TimeoutFuture::new(DRAWN_MS).await;
}

/// Runs the future until it ends, or the view that calls this is left: then
/// it is dropped, and with it the worker that it waits for.
pub fn run_while_shown(work: impl Future<Output = ()> + 'static) {
    let work = StoredValue::new_local(Some(work));
    let action = Action::new_unsync_local(move |(): &()| {
        let work = work.try_update_value(Option::take).flatten();
        async move {
            if let Some(work) = work {
                work.await;
            }
        }
    });
    let running = StoredValue::new_local(Some(action.dispatch_local(())));
    on_cleanup(move || {
        if let Some(running) = running.try_update_value(Option::take).flatten() {
            running.abort();
        }
    });
}

/// The words, and a button to give up.
#[component]
pub fn Work(words: Words, #[prop(into)] on_cancel: Callback<()>) -> impl IntoView {
    view! {
        <div class="work">
            <p role="status">{words}</p>
            <Button on_press=on_cancel>"取消"</Button>
        </div>
    }
}
