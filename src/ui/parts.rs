//! The program comes in parts, so that a start waits only for what it needs:
//! the shell with the opening of the book and the ranking is always there, the
//! overview and everything else are fetched when they are first shown.
//!
//! `cargo xtask dist` cuts the program at the functions marked here; any other
//! build holds it in one piece and calls them directly. Whatever is reached
//! from a marked function alone goes with its part, so no page but the ranking
//! may be named outside of this module.

// The calls across the cut are foreign functions for the compiler.
#![allow(unsafe_code)]

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
#[cfg(feature = "parts")]
use leptos::wasm_split::wasm_split;

use super::banner::{Questions, Strips};
use super::browser;
use super::components::button::{Button, Weight};
use super::components::live::shown;
use super::context::{App, Trouble};
use super::pages;
use super::route::Route;
use crate::storage::StoreError;
use crate::storage::idb::IdbStore;

/// The answer of a marked function, which has to be waited for where the program
/// is in parts.
macro_rules! answer {
    ($function:ident($($given:expr),*)) => {{
        #[cfg(feature = "parts")]
        let answer = $function($($given),*).await;
        #[cfg(not(feature = "parts"))]
        let answer = $function($($given),*);
        answer
    }};
}

/// What is shown by another part of the program.
#[derive(Clone)]
pub enum Scene {
    /// A whole page.
    Page(Route),
    /// Before there is a village.
    FirstRun,
    /// Instead of a village that does not open.
    Failed(Trouble),
    /// The strips above the page.
    Strips,
    /// Questions over the page.
    Questions,
    /// What the search box finds.
    Finds(pages::search::Typed),
    /// A part of 积分 other than the ranking.
    Points(pages::points::Place),
    /// 登记活动
    Activity(pages::points::Recorded),
}

/// What is done by another part of the program.
#[derive(Clone, Copy)]
pub enum Task {
    /// Looks whether what is stored is what was written.
    Verify,
    /// Finds the folder that is saved to.
    OpenFolder,
    /// Saves to the folder.
    SaveToFolder,
}

type Work<T> = Pin<Box<dyn Future<Output = T>>>;

#[cfg_attr(feature = "parts", wasm_split(overview, wasm_split_path = ::leptos::wasm_split, fallible))]
fn overview() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <pages::overview::Overview /> }.into_any())
}

#[cfg_attr(feature = "parts", wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible))]
fn rest(scene: Scene) -> Result<AnyView, SplitLoaderError> {
    Ok(match scene {
        Scene::Page(route) => match route {
            Route::Overview | Route::Points(_) => ().into_any(),
            Route::Hall => view! { <pages::hall::Hall /> }.into_any(),
            Route::Signatures => view! { <pages::signatures::Signatures /> }.into_any(),
            Route::HallPaper(paper) => view! { <pages::hall_papers::HallPapers paper /> }.into_any(),
            Route::Cases(_) => view! { <pages::cases::Cases /> }.into_any(),
            Route::Goods(_) => view! { <pages::goods::GoodsPage /> }.into_any(),
            Route::People(_) => view! { <pages::people::PeoplePage /> }.into_any(),
            Route::Import => view! { <pages::import::Import /> }.into_any(),
            Route::Reports => view! { <pages::reports::Reports /> }.into_any(),
            Route::Data => view! { <pages::data::Data /> }.into_any(),
        },
        Scene::FirstRun => view! { <pages::first_run::FirstRun /> }.into_any(),
        Scene::Failed(trouble) => view! { <pages::recovery::Failed trouble /> }.into_any(),
        Scene::Strips => view! { <Strips /> }.into_any(),
        Scene::Questions => view! { <Questions /> }.into_any(),
        Scene::Finds(typed) => view! { <pages::search::Finds typed /> }.into_any(),
        Scene::Points(place) => place.show(),
        Scene::Activity(recorded) => recorded.show(),
    })
}

#[cfg_attr(feature = "parts", wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible))]
fn work(app: App, task: Task) -> Result<Work<()>, SplitLoaderError> {
    Ok(match task {
        Task::Verify => Box::pin(app.verify_quietly()),
        Task::OpenFolder => Box::pin(app.open_folder()),
        Task::SaveToFolder => Box::pin(app.save_to_folder()),
    })
}

#[cfg_attr(feature = "parts", wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible))]
fn ready(app: App) -> Result<Work<Result<IdbStore, StoreError>>, SplitLoaderError> {
    Ok(Box::pin(app.make_ready()))
}

/// The database, made or upgraded.
pub async fn made_ready(app: App) -> Result<IdbStore, StoreError> {
    match answer!(ready(app)) {
        Ok(work) => work.await,
        Err(missing) => Err(StoreError::WillNotOpen(missing.to_string())),
    }
}

/// Does something that another part of the program knows how to do. Where that
/// part cannot be had, it is done another time.
pub async fn perform(app: App, task: Task) {
    if let Ok(work) = answer!(work(app, task)) {
        work.await;
    }
}

/// Shows something of another part of the program as soon as it is there.
#[component]
pub fn Part(scene: Scene) -> impl IntoView {
    let made = StoredValue::new_local(None::<AnyView>);
    let is_made = RwSignal::new(false);
    spawn_local(ScopedFuture::new_untracked(async move {
        let view = match scene {
            Scene::Page(Route::Overview) => answer!(overview()),
            scene => answer!(rest(scene)),
        };
        // The page may have been left meanwhile.
        if made.try_set_value(Some(view.unwrap_or_else(|_| view! { <Missing /> }.into_any()))).is_none() {
            is_made.set(true);
        }
    }));
    shown(move || is_made.get().then(|| made.try_update_value(Option::take).flatten()))
}

/// The part was not to be had: the host is out of reach.
#[component]
fn Missing() -> impl IntoView {
    view! {
        <div class="recovery" role="alert">
            <p>"这一页没有取到,可能是网络断了。已经保存的内容都在;网络好了再点「再试一次」。"</p>
            <div>
                <Button weight=Weight::Primary on_press=move |()| browser::reload()>"再试一次"</Button>
            </div>
        </div>
    }
}
