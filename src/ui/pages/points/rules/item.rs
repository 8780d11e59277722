//! One item of the draft: what it is called, what it scores, how often, and
//! under what conditions.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::editor::Editing;
use crate::domain::points::rule::{Category, Ledger, Unit};
use crate::domain::roster::MemberType;
use crate::report::rule_input::ItemInput;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField, form_choice, form_field};

type Form = RwSignal<ItemInput>;

/// The dialog; `place` is that of an item in the draft, `None` for a new one.
#[component]
pub(super) fn ItemDialog(
    editing: Editing,
    place: Option<usize>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let known = place.and_then(|place| untrack(|| editing.draft.look(|draft| draft.items.get(place).cloned())));
    let ledger = known.as_ref().map_or_else(|| editing.ledger.get_untracked(), |item| item.ledger);
    let id = known.as_ref().and_then(|item| item.id);
    let blank = || ItemInput {
        code: untrack(|| {
            editing.before.with(|before| editing.draft.look(|draft| draft.free_code(before.as_ref(), ledger)))
        }),
        ledger: ledger.word().to_owned(),
        category: Category::Environment.word().to_owned(),
        unit: Unit::Time.word().to_owned(),
        ..ItemInput::default()
    };
    let form: Form = RwSignal::new(known.as_ref().map_or_else(blank, ItemInput::from));
    let (own, own_unit) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (typed, unit) = (own.get_untracked(), own_unit.get_untracked());
        if !typed.trim().is_empty() {
            form.update(|form| form.category = typed);
        }
        if !unit.trim().is_empty() {
            form.update(|form| form.unit = unit);
        }
        match form.with_untracked(|form| form.parse(id)) {
            Err(problems) => problem.set(Some(problems.iter().map(ToString::to_string).collect())),
            Ok(item) => {
                editing.draft.change(|draft| match place.and_then(|place| draft.items.get_mut(place)) {
                    Some(known) => *known = item,
                    None => draft.items.push(item),
                });
                on_close.run(());
            }
        }
    };
    view! {
        <Dialog title=if place.is_some() { "改事项" } else { "添加事项" } on_close>
            <form class="form" novalidate=true on:submit=submit>
                {what_view(editing, form, own)} {how_much_view(editing, form, own_unit)} {(ledger == Ledger::Member).then(|| types_view(form))}
                {conditions_view(form)} <Problem sentence=problem /> <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"放进草稿"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// What it is. A category of the village's own is typed once, and picked afterwards.
fn what_view(editing: Editing, form: Form, own: RwSignal<String>) -> AnyView {
    let drawn =
        untrack(|| editing.draft.look(|draft| draft.items.iter().map(|item| item.category).collect::<Vec<_>>()));
    let all = Category::among(Category::ALL.iter().copied().chain(drawn));
    let categories = all.iter().map(|category| category.word().to_owned()).collect();
    view! {
        <div class="form__row">
            {form_field(form, (|form| &form.name, |form| &mut form.name), "事项名称", "text", "")}
            {form_field(form, (|form| &form.code, |form| &mut form.code), "编号", "text", "")}
        </div>
        <div class="form__row">
            {form_choice(form, (|form| &form.category, |form| &mut form.category), "类别", categories)}
            <TextField label="另立一类" value=own hint="类别里没有合适的才写,最多 8 个字" />
        </div>
    }
    .into_any()
}

/// How much it scores, in which unit. One of the village's own is typed once, and picked afterwards.
fn how_much_view(editing: Editing, form: Form, own: RwSignal<String>) -> AnyView {
    let drawn = untrack(|| editing.draft.look(|draft| draft.items.iter().map(|item| item.unit).collect::<Vec<_>>()));
    let units = Unit::among(drawn.into_iter()).iter().map(|unit| unit.word().to_owned()).collect();
    let (score, caps) = ("扣分写负数,如 -5;一段分值写 3~8", "如 每日 1 次、每季 20 分、每月 20 小时;空着不限");
    view! {
        <div class="form__row">
            {form_field(form, (|form| &form.score, |form| &mut form.score), "分值", "text", score)}
            {form_field(form, (|form| &form.caps, |form| &mut form.caps), "上限", "text", caps)}
        </div>
        <div class="form__row">
            {form_choice(form, (|form| &form.unit, |form| &mut form.unit), "单位", units)}
            <TextField label="另写单位" value=own hint="单位里没有合适的才写,如 筐、趟,最多 4 个字" />
        </div>
    }
    .into_any()
}

/// Whom it applies to, and who scores differently.
fn types_view(form: Form) -> AnyView {
    let tick = move |kind: MemberType| {
        let chosen = move || form.with(|form| form.member_types.split('、').any(|word| word == kind.word()));
        let change = move |event| {
            let is_chosen = event_target_checked(&event);
            form.update(|form| form.member_types = with_word(&form.member_types, kind, is_chosen));
        };
        view! {
            <label class="tick">
                <input class="tick__box" type="checkbox" prop:checked=chosen on:change=change />
                {kind.word()}
            </label>
        }
    };
    view! {
        <fieldset class="radios">
            <legend class="radios__legend">"适用党员(都不勾就是全体)"</legend>
            {MemberType::ALL.iter().map(|kind| tick(*kind)).collect_view()}
        </fieldset>
        {form_field(
            form,
            (|form| &form.own_scores, |form| &mut form.own_scores),
            "单独分值",
            "text",
            "哪一类不一样才写,如 流动党员+3、村组干部+1",
        )}
    }
    .into_any()
}

/// The types in their fixed order, with or without this one.
fn with_word(words: &str, kind: MemberType, is_chosen: bool) -> String {
    let was = |other: MemberType| words.split('、').any(|word| word == other.word());
    let is_in = |other: &&MemberType| if **other == kind { is_chosen } else { was(**other) };
    MemberType::ALL.iter().filter(is_in).map(|other| other.word()).collect::<Vec<_>>().join("、")
}

fn conditions_view(form: Form) -> AnyView {
    let needs = move || form.with(|form| !form.evidence.is_empty());
    let change = move |event| {
        let word = if event_target_checked(&event) { "是" } else { "" };
        form.update(|form| word.clone_into(&mut form.evidence));
    };
    view! {
        <div class="form__row">
            {form_field(form, (|form| &form.from, |form| &mut form.from), "从哪天起计分", "date", "空着就从施行日起")}
            {form_field(form, (|form| &form.until, |form| &mut form.until), "到哪天为止", "date", "空着就一直有")}
        </div>
        <label class="tick">
            <input class="tick__box" type="checkbox" prop:checked=needs on:change=change />
            "登记时要写凭据(照片、证书号、登记簿页码)"
        </label>
    }
    .into_any()
}
