//! The frame around every page: rail, bar, the saved state, and what is shown
//! before there is a village.

use leptos::html::Main;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::banner::{Banners, Refused, SnapshotQuestion};
use super::browser;
use super::components::button::{Button, Weight};
use super::components::dialog::Dialog;
use super::components::field::Problem;
use super::context::{App, Phase, Saving, Trouble, use_app};
use super::pages::{self, first_run::FirstRun};
use super::route::{self, CasesView, GoodsPart, PeopleView, PointsView, Route};
use crate::app::read_only::ReadOnly;
use crate::domain::calendar::{Quarter, days_between};
use crate::domain::id::StaffId;
use crate::report::review::waiting;
use crate::storage::StoreError;

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App::new(route::watch());
    provide_context(app);
    spawn_local(app.open());
    view! {
        <Banners />
        {move || match app.phase.get() {
            Phase::Opening => view! { <p class="opening">"正在打开本村…"</p> }.into_any(),
            Phase::Waiting => view! { <Waiting /> }.into_any(),
            Phase::Failed(trouble) => view! { <Failed trouble /> }.into_any(),
            Phase::Empty => view! { <FirstRun /> }.into_any(),
            Phase::Ready => view! { <Frame /> }.into_any(),
        }}
        {move || app.clock_question.get().map(|sentence| view! { <ClockQuestion sentence /> })}
        {move || app.refused.get().map(|why| view! { <Refused why /> })}
        {move || app.snapshot_question.get().map(|question| view! { <SnapshotQuestion question /> })}
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

/// There is no village to show: say why, and offer what can be done.
#[component]
fn Failed(trouble: Trouble) -> impl IntoView {
    let app = use_app();
    let (sentence, ways) = match trouble {
        Trouble::Unopened(sentence) => (sentence, view! { <Retry /> }.into_any()),
        Trouble::Unreadable(sentence) => (sentence, view! { <Rescue /> <pages::data::RestoreBox /> }.into_any()),
        Trouble::Lost(sentence) => {
            let fresh = view! {
                <div>
                    <Button on_press=move |()| app.start_fresh()>"没有保存文件,从头开始"</Button>
                </div>
            };
            (sentence, view! { <pages::data::RestoreBox /> {fresh} }.into_any())
        }
    };
    view! {
        <main class="recovery">
            <h1>"本村数据打不开"</h1>
            <p class="problem" role="alert">{sentence}</p>
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

/// What is stored can be kept as a file before a save file takes its place.
#[component]
fn Rescue() -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let rescue = move |()| {
        spawn_local(async move {
            match app.rescue_file().await {
                Ok((name, bytes)) => browser::download(&name, &bytes, "application/octet-stream"),
                Err(sentence) => problem.set(Some(sentence)),
            }
        });
    };
    view! {
        <p>"没有改动任何数据。请先关闭其他村治窗口再刷新;如果还打不开,可以用最近的保存文件恢复。"</p>
        <Problem sentence=problem />
        <div>
            <Button on_press=rescue>"把打不开的数据原样存成文件"</Button>
        </div>
    }
}

/// Rail, bar and the page itself. Redemption day and papers take the screen whole.
#[component]
fn Frame() -> impl IntoView {
    let app = use_app();
    let route = app.route;
    view! {
        {move || match route.get() {
            Route::Hall => view! { <pages::hall::Hall /> }.into_any(),
            Route::Signatures => view! { <pages::signatures::Signatures /> }.into_any(),
            Route::HallPaper(paper) => view! { <pages::hall_papers::HallPapers paper /> }.into_any(),
            _ => view! { <Desk /> }.into_any(),
        }}
        <Notice />
    }
}

/// The laptop's date is far from the last record: is it right?
#[component]
fn ClockQuestion(sentence: String) -> impl IntoView {
    let app = use_app();
    view! {
        <Dialog title="电脑的日期对吗?" on_close=move |()| app.clock_question.set(None)>
            <p>{sentence} "日期不对,请先在系统里调好,再登记;日期没错,点「日期没错」后再登记一次。"</p>
            <div class="actions">
                <Button weight=Weight::Primary on_press=move |()| app.clock_question.set(None)>"我去调日期"</Button>
                <Button on_press=move |()| app.confirm_clock()>"日期没错"</Button>
            </div>
        </Dialog>
    }
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
        page.track();
        if let (Some(()), Some(main)) = (before, main.get_untracked()) {
            main.set_scroll_top(0);
        }
    });
    view! {
        <div class="frame">
            <Rail />
            <Bar />
            <main class="main" node_ref=main>
                {move || {
                    page.track();
                    match app.route.get_untracked() {
                        Route::Overview | Route::Hall | Route::Signatures | Route::HallPaper(_) => {
                            view! { <pages::overview::Overview /> }.into_any()
                        }
                        Route::Cases(_) => view! { <pages::cases::Cases /> }.into_any(),
                        Route::Points(_) => view! { <pages::points::Points /> }.into_any(),
                        Route::Goods(_) => view! { <pages::goods::GoodsPage /> }.into_any(),
                        Route::People(_) => view! { <pages::people::PeoplePage /> }.into_any(),
                        Route::Import => view! { <pages::import::Import /> }.into_any(),
                        Route::Reports => view! { <pages::reports::Reports /> }.into_any(),
                        Route::Data => view! { <pages::data::Data /> }.into_any(),
                    }
                }}
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
    same || matches!((place, route), (Route::People(_), Route::Import))
}

#[component]
fn Rail() -> impl IntoView {
    let app = use_app();
    let village = move || app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()));
    let link = move |(label, place): (&'static str, Route)| {
        let href = place.href();
        let current = Memo::new(move |_| is_current(&place, &app.route.get()));
        view! {
            <a
                class="rail__link"
                class:rail__link--current=current
                href=href
                aria-current=move || current.get().then_some("page")
            >
                {label}
                {(label == "积分").then(|| view! { <ReviewCount /> })}
            </a>
        }
    };
    view! {
        <nav class="rail" aria-label="主要栏目">
            <div class="rail__brand">"村治" <small class="rail__village">{village}</small></div>
            {places().into_iter().map(link).collect_view()}
            <Hand />
            <SaveAge />
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
    view! { {shown} }
}

/// 经手人: who is at this laptop, of those whom the village has named.
#[component]
fn Hand() -> impl IntoView {
    let app = use_app();
    let staff = app.report(|village| {
        let names = village.staff.active().map(|one| (one.id.raw(), village.staff_name(Some(one.id)).to_owned()));
        names.collect::<Vec<_>>()
    });
    let pick = move |event| {
        app.set_hand(event_target_value(&event).parse().ok().map(StaffId::from_raw));
    };
    let chosen = move || app.hand().map(StaffId::raw);
    let option = move |(raw, name): (u64, String)| {
        view! { <option value=raw.to_string() selected=move || chosen() == Some(raw)>{name}</option> }
    };
    view! {
        <label class="rail__hand" hidden=move || staff.with(Vec::is_empty)>
            "经手人"
            <select class="input" on:change=pick>
                <option value="" selected=move || chosen().is_none()>"未选"</option>
                {move || staff.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// Age of the last save file, at the foot of the rail.
#[component]
fn SaveAge() -> impl IntoView {
    let app = use_app();
    let words = move || match app.last_save() {
        None => "还没有保存文件".to_owned(),
        Some(at) => match days_between(at.date(), app.today()) {
            ..=0 => "保存文件 今天".to_owned(),
            days => format!("保存文件 {days} 天前"),
        },
    };
    let used = LocalResource::new(move || {
        app.revision.track();
        browser::estimate()
    });
    let usage = move || used.get().flatten().map(|found| format!("本机已用 {}", browser::megabytes(found.usage)));
    view! { <div class="rail__foot">{words} <br /> {usage}</div> }
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
            <h1 class="bar__title">{title}</h1>
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
            {move || match app.saving.get() {
                Saving::Saved => "✓ 已保存",
                Saving::Writing => "正在保存…",
                Saving::ReadOnly(ReadOnly::Failed(_) | ReadOnly::Closed) => "未保存",
                Saving::ReadOnly(_) => "只读",
            }}
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
        <div class="notice" class:notice--shown=move || app.notice.get().is_some() role="status" aria-live="polite">
            {move || app.notice.get()}
        </div>
    }
}
