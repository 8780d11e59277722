//! What is shown when there is no village to show although there may be one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::data::{RestoreBox, Snapshots};
use crate::app::read_only::Fault;
use crate::storage::StoreError;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::detail::Told;
use crate::ui::components::field::Problem;
use crate::ui::context::{Trouble, use_app};

/// What is said to somebody whose book is damaged.
const BROKEN: &str = "没有改动任何数据。请先关闭其他村治窗口再刷新;如果还打不开,可以用最近的保存文件恢复。";
/// What is said to somebody whose book only a newer program reads.
const UNTOUCHED: &str = "没有改动任何数据。存成的文件,新版村治可以用来恢复。";

/// There is no village to show: say why, and offer what can be done.
#[component]
pub fn Failed(trouble: Trouble) -> impl IntoView {
    let app = use_app();
    let told = Fault::from(trouble.clone()).told().map(str::to_owned);
    let (sentence, ways) = match trouble {
        Trouble::Unopened(error) => (error.to_string(), view! { <Retry /> }.into_any()),
        Trouble::Unreadable(fault @ Fault::Store(StoreError::TooNew)) => {
            (fault.to_string(), view! { <Rescue words=UNTOUCHED /> }.into_any())
        }
        Trouble::Unreadable(fault) => {
            (fault.to_string(), view! { <Rescue words=BROKEN /> <RestoreBox /> <WaysBack /> }.into_any())
        }
        Trouble::Lost(error) => {
            let fresh = view! {
                <div>
                    <Button weight=Weight::Quiet on_press=move |()| app.start_fresh()>
                        "没有保存文件,从头开始"
                    </Button>
                </div>
            };
            (error.to_string(), view! { <RestoreBox weight=Weight::Primary /> {fresh} }.into_any())
        }
    };
    view! {
        <main class="recovery">
            <h1 class="recovery__title">"本村数据打不开"</h1>
            <p class="problem" role="alert">{sentence}</p>
            <Told words=told />
            {ways}
        </main>
    }
}

/// The database does not open; perhaps it does the next time.
#[component]
fn Retry() -> impl IntoView {
    view! {
        <p>"村治没有改动任何数据。处理以后点「再打开一次」。"</p>
        <div>
            <Button weight=Weight::Primary on_press=move |()| browser::reload()>"再打开一次"</Button>
        </div>
    }
}

/// The snapshots, where there are any: they may be whole although the book is not.
#[component]
fn WaysBack() -> impl IntoView {
    let app = use_app();
    let kept = LocalResource::new(move || app.snapshots());
    move || {
        let is_any = kept.get().is_some_and(|kept| kept.is_ok_and(|kept| !kept.is_empty()));
        is_any.then(|| view! { <Snapshots /> })
    }
}

/// What is stored can be kept as a file before a save file takes its place.
#[component]
fn Rescue(words: &'static str) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let rescue = move |()| {
        spawn_local(async move {
            let made = app.rescue_file().await;
            let handed = made.and_then(|(name, bytes)| browser::download(&name, &bytes, "application/octet-stream"));
            problem.set(handed.err());
        });
    };
    view! {
        <p>{words}</p>
        <Problem sentence=problem />
        <div>
            <Button on_press=rescue>"把打不开的数据原样存成文件"</Button>
        </div>
    }
}
