//! Which lines of a passbook are shown. The choice is in the address, and in
//! words on paper.

use leptos::prelude::*;

use crate::report::passbook::LineKind;
use crate::report::passbook_filter::{FilterChoices, LineFilter, Period, ShownLines};
use crate::ui::components::button::{LinkButton, Weight};
use crate::ui::route::{self, PointsView, Route};

/// Three choices, and what they leave.
pub(super) fn passbook_filter(view: Memo<PointsView>, choices: &FilterChoices, shown: Memo<ShownLines>) -> AnyView {
    let filter = move || view.with(|view| view.lines.clone());
    let go = move |lines: LineFilter| route::go(&Route::Points(PointsView { lines, ..view.get_untracked() }));
    let periods = choices.periods.iter().map(|period| (period.key(), period.words())).collect();
    let kinds = LineKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind.word().to_owned())).collect();
    let items = choices.items.iter().map(|item| (item.clone(), item.clone())).collect();
    let by_period = choice(
        "时间",
        "全部时间",
        periods,
        move || filter().period.map(Period::key),
        move |key| {
            go(LineFilter { period: key.and_then(|key| Period::parse(&key)), ..filter() });
        },
    );
    let by_kind = choice(
        "加减",
        "加分、扣分、兑换",
        kinds,
        move || filter().kind.map(|kind| kind.word().to_owned()),
        move |key| {
            let kind = LineKind::ALL.iter().find(|kind| Some(kind.word()) == key.as_deref()).copied();
            go(LineFilter { kind, ..filter() });
        },
    );
    let by_item =
        choice("事项", "全部事项", items, move || filter().item, move |item| go(LineFilter { item, ..filter() }));
    let all = move || Route::Points(PointsView { lines: LineFilter::default(), ..view.get() }).href();
    view! {
        <div class="bookfilter">
            {by_period} {by_kind} {by_item}
            <Show when=move || view.with(|view| !view.lines.is_none())>
                <LinkButton weight=Weight::Quiet href=Signal::derive(all)>
                    "全部显示"
                </LinkButton>
            </Show>
            <p class="bookfilter__words" role="status">{move || shown.with(|shown| shown.words.clone())}</p>
        </div>
    }
    .into_any()
}

/// A choice among keys with their words; the first one is none of them.
fn choice(
    label: &'static str,
    all: &'static str,
    options: Vec<(String, String)>,
    chosen: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    pick: impl Fn(Option<String>) + 'static,
) -> AnyView {
    let picked = move |event| pick(Some(event_target_value(&event)).filter(|key| !key.is_empty()));
    let option = |(key, words): (String, String)| {
        let own = key.clone();
        view! { <option value=key prop:selected=move || chosen().as_deref() == Some(own.as_str())>{words}</option> }
    };
    view! {
        <select class="input bookfilter__one" aria-label=label on:change=picked>
            <option value="" prop:selected=move || chosen().is_none()>
                {all}
            </option>
            {options.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}
