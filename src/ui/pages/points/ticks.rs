//! Tick lists by grid, for those who have the paper list before them.

use leptos::prelude::*;

use super::recording::Recording;
use crate::domain::count::counted;
use crate::report::activity::{Admission, Participant};

/// One list for each grid.
#[component]
pub(super) fn Ticks(recording: Recording) -> impl IntoView {
    let grids = Memo::new(move |_| {
        recording.participants.with(|all| all.grids().iter().map(|grid| grid.grid.clone()).collect::<Vec<_>>())
    });
    view! {
        <div class="ticks" role="group" aria-label="按网格勾选">
            <For
                each=move || grids.get()
                key=Clone::clone
                children=move |grid| view! { <GridTicks recording grid /> }
            />
            <Show when=move || grids.with(Vec::is_empty)>
                <p class="ticks__none">"没有适用这个事项的人,请换一个事项。"</p>
            </Show>
        </div>
    }
}

/// The list of one grid, folded until it is wanted.
#[component]
fn GridTicks(recording: Recording, grid: String) -> impl IntoView {
    let name = StoredValue::new(grid);
    let rows = Memo::new(move |_| {
        recording.participants.with(|all| {
            let grid = all.grids().iter().find(|grid| name.with_value(|name| *name == grid.grid));
            grid.map_or_else(Vec::new, |grid| grid.rows.clone())
        })
    });
    let count = Memo::new(move |_| {
        let is_chosen = |row: &&Participant| recording.chosen.with(|chosen| chosen.contains(&row.account));
        rows.with(|rows| (rows.iter().filter(is_chosen).count(), rows.len()))
    });
    let words = move || {
        let (chosen, all) = count.get();
        let [chosen, all] = [chosen, all].map(counted);
        format!("已选 {chosen} / {all} {}", recording.counter())
    };
    let key = |row: &Participant| (row.account, row.admission, row.name.clone());
    view! {
        <details class="ticks__grid">
            <summary class="ticks__summary">
                {name.get_value()} <small class="ticks__count">{words}</small>
            </summary>
            <AllOfGrid recording rows grid=name />
            <div class="ticks__list">
                <For each=move || rows.get() key=key children=move |row| view! { <Tick recording row /> } />
            </div>
        </details>
    }
}

/// 全选: everybody in the grid who can take part.
#[component]
fn AllOfGrid(recording: Recording, rows: Memo<Vec<Participant>>, grid: StoredValue<String>) -> impl IntoView {
    let open = Memo::new(move |_| {
        let open = |row: &&Participant| row.admission == Admission::Open;
        rows.with(|rows| rows.iter().filter(open).map(|row| row.account).collect::<Vec<_>>())
    });
    let is_all = move || {
        let is_chosen =
            |chosen: &std::collections::HashSet<_>| open.with(|open| open.iter().all(|one| chosen.contains(one)));
        open.with(|open| !open.is_empty()) && recording.chosen.with(is_chosen)
    };
    let change = move |event| {
        let is_chosen = event_target_checked(&event);
        let open = open.get_untracked();
        recording.input.update(|input| {
            for account in open {
                if is_chosen { input.add(account) } else { input.remove(account) }
            }
        });
    };
    view! {
        <label class="ticks__one ticks__one--all">
            <input
                type="checkbox"
                class="ticks__box"
                aria-label=format!("全选 {}", grid.get_value())
                disabled=move || open.with(Vec::is_empty)
                prop:checked=is_all
                on:change=change
            />
            "全选"
        </label>
    }
}

#[component]
fn Tick(recording: Recording, row: Participant) -> impl IntoView {
    let account = row.account;
    let is_chosen = Memo::new(move |_| recording.chosen.with(|chosen| chosen.contains(&account)));
    let reason = row.admission.reason();
    // Who is on the list can always be taken off it.
    let disabled = move || reason.is_some() && !is_chosen.get();
    view! {
        <label class="ticks__one" class:ticks__one--off=disabled>
            <input
                type="checkbox"
                class="ticks__box"
                disabled=disabled
                prop:checked=move || is_chosen.get()
                on:change=move |event| recording.choose(account, event_target_checked(&event))
            />
            <span class="ticks__number">{row.number}</span>
            {row.name}
            {reason.map(|reason| view! { <small class="ticks__reason">{reason}</small> })}
        </label>
    }
}
