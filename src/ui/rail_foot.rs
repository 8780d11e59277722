//! The foot of the rail: who is at this laptop, and how the data lie.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::context::use_app;
use crate::domain::calendar::days_between;
use crate::domain::id::StaffId;

/// Both, one above the other.
#[component]
pub fn RailFoot() -> impl IntoView {
    view! {
        <Hand />
        <SaveAge />
    }
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
    let used = RwSignal::new(None::<f64>);
    Effect::new(move |_| {
        app.revision.track();
        spawn_local(async move { used.set(browser::estimate().await.map(|found| found.usage)) });
    });
    let usage = move || used.get().map(|used| format!("本机已用 {}", browser::megabytes(used)));
    view! { <div class="rail__foot">{words} <br /> {usage}</div> }
}
