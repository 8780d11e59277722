//! The dialog 登记活动: what it was, who took part, and what it comes to.
//! It is made for the keyboard: a whole village square in under a minute.

use std::collections::BTreeMap;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::chosen::ChosenList;
use super::draft::ActivityInput;
use super::finder::Finder;
use super::gauge::gauge_line;
use super::names::Names;
use super::recording::Recording;
use super::ticks::Ticks;
use crate::domain::calendar::iso_date;
use crate::domain::id::{CaseId, ItemId};
use crate::domain::points::rule::{Choice, Item, Ledger};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Field, Problem};
use crate::ui::context::{Saving, use_app};
use crate::ui::photos::PhotoPick;

/// The dialog for one ledger.
#[component]
pub(super) fn ActivityDialog(
    ledger: Ledger,
    input: RwSignal<ActivityInput>,
    /// The case that earns the points.
    #[prop(optional_no_strip)]
    case: Option<CaseId>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let recording = Recording::new(use_app(), (ledger, case), input, on_close);
    let photos = Memo::new(move |_| input.with(|input| input.photos.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        recording.finish();
    };
    view! {
        <Dialog title=if case.is_some() { "登记化解得分" } else { "登记活动" } on_close>
            <form class="activity" novalidate=true on:submit=submit>
                <What recording />
                <div class="activity__who">
                    <div class="activity__find">
                        <Finder recording />
                        <Names recording />
                        <Ticks recording />
                    </div>
                    <ChosenList recording />
                </div>
                <PhotoPick
                    id="activity-photos"
                    photos=Signal::derive(move || photos.get())
                    on_change=move |photos| input.update(|input| input.photos = photos)
                    waiting=recording.photos_waiting
                />
                <Foot recording />
            </form>
        </Dialog>
    }
}

/// Date, item, words, quantity.
#[component]
fn What(recording: Recording) -> impl IntoView {
    let today = iso_date(use_app().today());
    let input = recording.input;
    let choice = Memo::new(move |_| recording.choice());
    let each = move |(low, high): (i32, i32)| {
        view! {
            <Field label=format!("分值({low} 到 {high})")>
                <input class="input" type="number" min=low max=high bind:value=slice!(input.each) />
            </Field>
        }
    };
    let each = move || match choice.get() {
        Choice::Within(low, high) => Some(each((low, high))),
        Choice::Nothing | Choice::Apart => None,
    };
    let quantity = format!("每{}数量", recording.counter());
    view! {
        <div class="activity__what" class:activity__what--more=move || matches!(choice.get(), Choice::Within(..))>
            <Field label="日期">
                <input class="input" type="date" max=today bind:value=slice!(input.date) />
            </Field>
            <ItemField recording />
            <Field label="事由">
                <input
                    class="input"
                    type="text"
                    autocomplete="off"
                    placeholder="如:村东路沿清扫"
                    bind:value=slice!(input.note)
                />
            </Field>
            <Field label=quantity>
                <input class="input" type="number" min="1" max="1000" bind:value=slice!(input.quantity) />
            </Field>
            {each}
        </div>
    }
}

/// The items in force, with score and caps below.
#[component]
fn ItemField(recording: Recording) -> impl IntoView {
    let pick = move |event| {
        let item = event_target_value(&event).parse().ok().map(ItemId::from_raw);
        recording.input.update(|input| input.item = item);
    };
    let chosen = move || recording.item.with(|item| item.as_ref().map(|item| item.id));
    let option = move |item: Item| {
        let id = item.id;
        view! { <option value=id.raw().to_string() selected=move || chosen() == Some(id)>{item.name}</option> }
    };
    let group = move |label: &'static str, is_deduction: bool| {
        let items = recording.items.get().into_iter().filter(|item| item.score.is_deduction() == is_deduction);
        view! { <optgroup label=label>{items.map(option).collect_view()}</optgroup> }
    };
    view! {
        <div class="field">
            <label class="field__label" for="activity-item">"事项"</label>
            <select class="input" id="activity-item" aria-describedby="activity-item-hint" autofocus=true on:change=pick>
                {move || chosen().is_none().then(|| view! { <option value="" selected=true>"请选择事项"</option> })}
                {move || group("加分", false)}
                {move || group("扣分", true)}
            </select>
            <small class="field__hint" id="activity-item-hint">{move || item_hint(recording)}</small>
        </div>
    }
}

/// 「+5/次,每日 1 次」
fn item_hint(recording: Recording) -> String {
    if recording.items.with(Vec::is_empty) {
        return "这一天没有生效的细则,请改日期。".to_owned();
    }
    recording.item.with(|item| match item {
        None => "这一天的细则里没有原来选的事项,请重新选。".to_owned(),
        Some(item) if item.caps.is_empty() => format!("{},不限次数", item.score_words()),
        Some(item) => format!("{},{}", item.score_words(), item.caps_words()),
    })
}

/// What stands in the way, what it comes to, and the one button.
#[component]
fn Foot(recording: Recording) -> impl IntoView {
    let app = use_app();
    let stuck = Memo::new(move |_| recording.stuck());
    let sentence = Signal::derive(move || {
        let warning =
            |count: usize| format!("名单里有 {count} {}这次不能计分,从名单里去掉再入账。", recording.counter());
        let open = recording.unsettled.with(Vec::len);
        let unsettled = || format!("名单里还有 {open} 个名字没有定下来。请选是哪一位,或跳过,再入账。");
        recording
            .refusal()
            .or_else(|| (open > 0).then(unsettled))
            .or_else(|| Some(stuck.with(BTreeMap::len)).filter(|count| *count > 0).map(warning))
    });
    let drop_stuck = move |()| {
        let stuck = stuck.get_untracked();
        recording.input.update(|input| stuck.keys().for_each(|account| input.remove(*account)));
    };
    let waits = Signal::derive(move || app.saving.get() == Saving::Writing || recording.photos_waiting.get() > 0);
    let takes_two = Memo::new(move |_| recording.takes_two());
    let more = Memo::new(move |_| recording.more());
    view! {
        <div class="activity__end">
            {(recording.ledger == Ledger::Villager).then(|| gauge_line(app, more))}
            <div class="activity__foot">
                <div class="activity__problem">
                    <Problem sentence />
                    <Show when=move || stuck.with(|stuck| !stuck.is_empty())>
                        <Button on_press=drop_stuck>"从名单去掉"</Button>
                    </Show>
                </div>
                <p class="activity__total" role="status">{move || recording.total_words()}</p>
                {move || if takes_two.get() { two_hands(waits) } else { one_hand(recording, waits) }}
            </div>
        </div>
    }
}

/// Entered at once, or told of first.
fn one_hand(recording: Recording, waits: Signal<bool>) -> AnyView {
    view! {
        <Button on_press=move |()| recording.file() disabled=waits>
            "先报待审"
        </Button>
        <Button weight=Weight::Primary kind="submit" disabled=waits>
            "登记入账"
        </Button>
    }
    .into_any()
}

/// Told of first: somebody else enters it.
fn two_hands(waits: Signal<bool>) -> AnyView {
    view! {
        <small class="activity__hands">"加分由另一位经手人审核入账"</small>
        <Button weight=Weight::Primary kind="submit" disabled=waits>
            "先报待审"
        </Button>
    }
    .into_any()
}
