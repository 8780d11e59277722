//! The frame around every page: rail, bar, the saved state, and what is shown
//! before there is a village.

use leptos::html::Main;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::components::live::{self, flag, live, shown};
use super::context::{App, Phase, Saving, use_app};
use super::pages;
use super::parts::{Part, Parts, Scene};
use super::route::{self, CasesView, GoodsPart, PeopleView, PointsView, Route};
use crate::app::read_only::ReadOnly;
use crate::domain::calendar::Quarter;
use crate::report::review::waiting;
use crate::storage::StoreError;

/// The whole page.
#[component]
pub fn Shell(parts: Parts) -> impl IntoView {
    let app = App::new(route::watch(), parts);
    provide_context(app);
    spawn_local(app.open());
    Effect::new(move |_| {
        app.route.track();
        app.look_at_clock();
    });
    let has_strips = flag(move || app.has_strips());
    let has_questions = flag(move || app.has_questions());
    view! {
        {shown(move || has_strips.get().then(|| view! { <Part scene=Scene::Strips /> }))}
        {shown(move || match app.phase.get() {
            Phase::Opening => view! { <p class="opening">"正在打开本村…"</p> }.into_any(),
            Phase::Waiting => view! { <Waiting /> }.into_any(),
            Phase::Failed(trouble) => view! { <Part scene=Scene::Failed(trouble) /> }.into_any(),
            Phase::Empty => view! { <Part scene=Scene::FirstRun /> }.into_any(),
            Phase::Ready => view! { <Frame /> }.into_any(),
        })}
        {shown(move || has_questions.get().then(|| view! { <Part scene=Scene::Questions /> }))}
    }
}

/// Another window keeps an older version of the database open.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <main class="recovery">
            <h1>"请关掉旧的村治窗口"</h1>
            <p role="alert">{StoreError::Blocked.to_string()}</p>
        </main>
    }
}

/// Rail, bar and the page itself. Redemption day and papers take the screen whole.
#[component]
fn Frame() -> impl IntoView {
    let app = use_app();
    let whole = Memo::new(move |_| app.route.with(|route| takes_screen(route).then(|| route.clone())));
    view! {
        {shown(move || match whole.get() {
            Some(place) => view! { <Part scene=Scene::Page(place) /> }.into_any(),
            None => view! { <Desk /> }.into_any(),
        })}
        <Notice />
    }
}

const fn takes_screen(route: &Route) -> bool {
    matches!(route, Route::Hall | Route::Signatures(_) | Route::HallPaper(_))
}

#[component]
fn Desk() -> impl IntoView {
    let app = use_app();
    // A page is built anew only when another page is meant, not for each filter.
    let page = Memo::new(move |_| app.route.with(std::mem::discriminant));
    let main = NodeRef::<Main>::new();
    // Another page begins at its top. The first one does anyway, and asking would
    // make the browser lay it out once more.
    Effect::new(move |before: Option<()>| {
        page.get();
        if let (Some(()), Some(main)) = (before, main.get_untracked()) {
            main.set_scroll_top(0);
        }
    });
    view! {
        <div class="frame">
            <Rail />
            <Bar />
            <main class="main" node_ref=main>
                {shown(move || {
                    page.get();
                    match app.route.get_untracked() {
                        // These are on their way.
                        place if takes_screen(&place) => ().into_any(),
                        Route::Points(_) => view! { <pages::points::Points /> }.into_any(),
                        place => view! { <Part scene=Scene::Page(place) /> }.into_any(),
                    }
                })}
            </main>
        </div>
    }
}

/// The seven places of the rail.
fn places() -> [(&'static str, Route); 7] {
    [
        ("总览", Route::Overview),
        ("民情", Route::Cases(CasesView::default())),
        ("积分", Route::Points(PointsView::default())),
        ("兑换日", Route::Goods(GoodsPart::Shelf)),
        ("村情", Route::People(PeopleView::default())),
        ("报表", Route::Reports),
        ("数据", Route::Data),
    ]
}

/// Whether a place of the rail is the present one.
fn is_current(place: &Route, route: &Route) -> bool {
    let same = std::mem::discriminant(place) == std::mem::discriminant(route);
    same || matches!((place, route), (Route::People(_), Route::Import | Route::Visits(_)))
}

#[component]
fn Rail() -> impl IntoView {
    let app = use_app();
    let village = move || app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()));
    let link = move |(label, place): (&'static str, Route)| {
        let href = place.href();
        let current = flag(move || is_current(&place, &app.route.get()));
        view! {
            <a
                class="rail__link"
                class:rail__link--current=live(move || current.get())
                href=href
                aria-current=live(move || current.get().then_some("page"))
            >
                {label}
                {(label == "积分").then(|| view! { <ReviewCount /> })}
            </a>
        }
    };
    view! {
        <nav class="rail" aria-label="主要栏目">
            <div class="rail__brand">"村治" <small class="rail__village">{shown(village)}</small></div>
            {places().into_iter().map(link).collect_view()}
            // Nobody looks there first.
            {shown(move || app.is_complete().then(|| view! { <Part scene=Scene::RailFoot /> }))}
        </nav>
    }
}

/// How many claims wait, beside 积分.
#[component]
fn ReviewCount() -> impl IntoView {
    let app = use_app();
    let count = app.report(waiting);
    let shown = move || match count.get() {
        0 => None,
        count => Some(view! { <span class="rail__count" title="待审">{count}</span> }),
    };
    view! { {live::shown(shown)} }
}

#[component]
fn Bar() -> impl IntoView {
    let app = use_app();
    let title = move || {
        let route = app.route.get();
        if route == Route::Import {
            return "导入花名册";
        }
        places().into_iter().find(|(_, place)| is_current(place, &route)).map_or("总览", |(label, _)| label)
    };
    view! {
        <header class="bar">
            <h1 class="bar__title">{shown(title)}</h1>
            <span class="bar__quarter">{Quarter::of(app.today()).words()}</span>
            <pages::search::SearchBox />
            <SavedMark />
        </header>
    }
}

/// 「已保存」, said once and truly.
#[component]
pub fn SavedMark() -> impl IntoView {
    let app = use_app();
    view! {
        <span class="saved" role="status">
            {shown(move || match app.saving.get() {
                Saving::Saved => "✓ 已保存",
                Saving::Writing => "正在保存…",
                Saving::ReadOnly(ReadOnly::Failed(_) | ReadOnly::Closed) => "未保存",
                Saving::ReadOnly(_) => "只读",
            })}
        </span>
    }
}

/// What just happened, for a few seconds.
#[component]
fn Notice() -> impl IntoView {
    let app = use_app();
    Effect::new(move |_| {
        if let Some(shown) = app.notice.get() {
            set_timeout(
                move || {
                    if app.notice.get_untracked().as_ref() == Some(&shown) {
                        app.notice.set(None);
                    }
                },
                std::time::Duration::from_secs(6),
            );
        }
    });
    view! {
        <div class="notice" class:notice--shown=live(move || app.notice.get().is_some()) role="status" aria-live="polite">
            {shown(move || app.notice.get())}
        </div>
    }
}
