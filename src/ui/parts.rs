//! The program comes in parts, so that a start waits only for what it needs:
//! the shell with the opening of the book and the ranking is always there, the
//! overview and everything else are fetched when they are first needed.
//!
//! The cuts are in `src/bin/cunzhi/parts.rs`, and `cargo xtask dist` makes them;
//! any other build holds the program in one piece. Whatever is reached only
//! from [`Scene::show`], [`overview`], [`Task::work`] or [`made_ready`] goes with
//! a part, so nothing else may name a page but the ranking.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use super::banner::{Questions, Strips};
use super::browser;
use super::components::button::{Button, Weight};
use super::components::live::shown;
use super::context::{App, Trouble};
use super::pages;
use super::rail_foot::RailFoot;
use super::route::{PointsView, Route};
use super::windows::Message;
use crate::report::group_ranking::GroupBy;
use crate::storage::StoreError;
use crate::storage::idb::IdbStore;

/// What is going to be there.
pub type Coming<T> = Pin<Box<dyn Future<Output = T>>>;

/// The database, made or upgraded.
pub type MadeReady = Result<IdbStore, StoreError>;

/// How the parts are reached; `None` where one cannot be had.
#[derive(Clone, Copy)]
pub struct Parts {
    /// The overview.
    pub overview: fn() -> Coming<Option<AnyView>>,
    /// Everything else that can be shown.
    pub rest: fn(Scene) -> Coming<Option<AnyView>>,
    /// What is done without being shown.
    pub work: fn(App, Task) -> Coming<Option<Coming<()>>>,
    /// Making or upgrading the database.
    pub ready: fn(App) -> Coming<Option<Coming<MadeReady>>>,
}

/// What is shown by the rest of the program.
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
    /// The foot of the rail.
    RailFoot,
    /// What the search box finds.
    Finds(pages::search::Typed),
    /// A part of 积分 other than the ranking.
    Points(pages::points::Place),
    /// 登记活动
    Activity(pages::points::Recorded),
    /// Which quarter, what is ranked, and of which unit.
    RankingTools(Memo<PointsView>),
    /// The ranking of units or grids.
    Groups(Memo<PointsView>, GroupBy),
    /// What stands where the ranking would.
    Nobody(Memo<PointsView>),
}

impl Scene {
    /// The view.
    pub fn show(self) -> AnyView {
        match self {
            Self::Page(route) => page(&route),
            Self::FirstRun => view! { <pages::first_run::FirstRun /> }.into_any(),
            Self::Failed(trouble) => view! { <pages::recovery::Failed trouble /> }.into_any(),
            Self::Strips => view! { <Strips /> }.into_any(),
            Self::Questions => view! { <Questions /> }.into_any(),
            Self::RailFoot => view! { <RailFoot /> }.into_any(),
            Self::Finds(typed) => view! { <pages::search::Finds typed /> }.into_any(),
            Self::Points(place) => place.show(),
            Self::Activity(recorded) => recorded.show(),
            Self::RankingTools(view) => view! { <pages::points::RankingTools view /> }.into_any(),
            Self::Groups(view, by) => view! { <pages::points::Groups view by /> }.into_any(),
            Self::Nobody(view) => view! { <pages::points::Nobody view /> }.into_any(),
        }
    }
}

fn page(route: &Route) -> AnyView {
    match route {
        // These are in the parts that come before.
        Route::Overview | Route::Points(_) => ().into_any(),
        Route::Hall => view! { <pages::hall::Hall /> }.into_any(),
        Route::Signatures(day) => view! { <pages::signatures::Signatures day=*day /> }.into_any(),
        Route::HallPaper(paper) => view! { <pages::hall_papers::HallPapers paper=*paper /> }.into_any(),
        Route::Cases(_) => view! { <pages::cases::Cases /> }.into_any(),
        Route::Goods(_) => view! { <pages::goods::GoodsPage /> }.into_any(),
        Route::People(_) => view! { <pages::people::PeoplePage /> }.into_any(),
        Route::Visits(_) => view! { <pages::visits::VisitsPage /> }.into_any(),
        Route::Import => view! { <pages::import::Import /> }.into_any(),
        Route::Reports => view! { <pages::reports::Reports /> }.into_any(),
        Route::Data => view! { <pages::data::Data /> }.into_any(),
    }
}

/// The page 总览.
pub fn overview() -> AnyView {
    view! { <pages::overview::Overview /> }.into_any()
}

/// What is done by the rest of the program.
#[derive(Clone)]
pub enum Task {
    /// Looks whether what is stored is what was written.
    Verify,
    /// Finds the folder that is saved to.
    OpenFolder,
    /// Another window has said something.
    Hear(Message),
    /// Looks whether another window has recorded something.
    LookAgain,
    /// Saves to the folder.
    SaveToFolder,
    /// From now on this window records.
    RecordHere,
}

impl Task {
    /// Does it.
    pub fn work(self, app: App) -> Coming<()> {
        match self {
            Self::Verify => Box::pin(app.verify_quietly()),
            Self::OpenFolder => Box::pin(app.open_folder()),
            Self::Hear(message) => Box::pin(async move { app.hear(message) }),
            Self::LookAgain => Box::pin(async move { app.look_again() }),
            Self::SaveToFolder => Box::pin(app.save_to_folder()),
            Self::RecordHere => Box::pin(app.record_here()),
        }
    }
}

/// Makes or upgrades the database.
pub fn made_ready(app: App) -> Coming<MadeReady> {
    Box::pin(app.make_ready())
}

impl App {
    /// The database, made or upgraded.
    pub(super) async fn ready_store(self) -> MadeReady {
        match (self.parts.ready)(self).await {
            Some(coming) => coming.await,
            None => Err(StoreError::WillNotOpen("part missing".to_owned())),
        }
    }

    /// Whether the rest of the program is there, so that showing something of it
    /// makes nobody wait.
    pub(super) fn is_complete(self) -> bool {
        self.complete.get()
    }

    /// Does something that the rest of the program knows how to do. Where that
    /// cannot be had, it is done another time.
    pub(super) async fn perform_task(self, task: Task) {
        if let Some(work) = (self.parts.work)(self, task).await {
            if !self.complete.get_untracked() {
                self.complete.set(true);
            }
            work.await;
        }
    }
}

/// Shows something of another part of the program as soon as it is there.
#[component]
pub fn Part(scene: Scene) -> impl IntoView {
    let parts = super::context::use_app().parts;
    let made = StoredValue::new_local(None::<AnyView>);
    let is_made = RwSignal::new(false);
    spawn_local(ScopedFuture::new_untracked(async move {
        let view = match scene {
            Scene::Page(Route::Overview) => (parts.overview)().await,
            scene => (parts.rest)(scene).await,
        };
        // The page may have been left meanwhile.
        if made.try_set_value(Some(view.unwrap_or_else(|| view! { <Missing /> }.into_any()))).is_none() {
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
