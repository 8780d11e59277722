//! 删除某人: says exactly what will go, asks about texts that may mean
//! somebody else, and wants the name typed. Afterwards it says what is left to
//! do outside of this program.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::command::Command;
use crate::domain::erasure::TextPlace;
use crate::domain::id::PersonId;
use crate::report::erasure_preview::{ErasurePreview, TextLine, erasure_preview};
use crate::ui::browser;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::context::{Saving, use_app};
use crate::ui::route::Route;

/// How far it has come.
#[derive(Clone)]
enum Stage {
    Asking,
    Done,
}

/// Asks, erases, and says what is left to do.
#[component]
pub fn ErasePerson(person: PersonId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let preview = untrack(|| app.read(|village| erasure_preview(village, person, app.today())));
    let name = untrack(|| app.read(|village| village.name(person).to_owned()));
    let stage = RwSignal::new(Stage::Asking);
    let preview = StoredValue::new(preview);
    view! {
        <Dialog title=format!("删除{name}的资料") on_close>
            {move || match (stage.get(), preview.get_value()) {
                (Stage::Done, _) => view! { <Done on_close /> }.into_any(),
                (Stage::Asking, Ok(preview)) => view! { <Ask person preview stage on_close /> }.into_any(),
                (Stage::Asking, Err(refusal)) => view! { <p class="problem">{refusal.to_string()}</p> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Ask(person: PersonId, preview: ErasurePreview, stage: RwSignal<Stage>, on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let also = RwSignal::new(Vec::<TextPlace>::new());
    let to_type = StoredValue::new(preview.to_type.clone());
    let waits = Signal::derive(move || {
        app.saving.get() == Saving::Writing
            || typed.with(|typed| to_type.with_value(|name| typed.trim() != name.trim()))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if waits.get_untracked() {
            return;
        }
        let command = Command::ErasePerson { person, also: also.get_untracked() };
        // Who is gone can no longer be looked for.
        let draft = app.rule_draft_without(&[person]);
        spawn_local(async move {
            // The page may have been left in the meantime.
            let _left = match app.act(command).await {
                Ok(()) => {
                    // What was said last may name who is gone.
                    app.notice.set(None);
                    browser::set_rule_draft(draft.as_deref());
                    app.forget_pictures().await;
                    stage.try_set(Stage::Done).is_some()
                }
                Err(error) => problem.try_set(Some(error.to_string())).is_some(),
            };
        });
    };
    let hint = format!("请输入:{}", preview.to_type);
    view! {
        <form class="form" on:submit=submit>
            <What preview also />
            <p class="erasing__warn">
                "删除后不能找回。以前下载的保存文件里还有此人的资料,删除后要另存一份新的,把旧的销毁。"
            </p>
            <TextField label="输入姓名,表示确定要删除" value=typed hint=hint autofocus=true />
            <Problem sentence=problem />
            <div class="actions">
                <Button weight=Weight::Primary kind="submit" disabled=waits>
                    "删除"
                </Button>
                <Button on_press=on_close>"不删除"</Button>
            </div>
        </form>
    }
}

/// What goes, what changes, what is in doubt, and what stays.
#[component]
fn What(preview: ErasurePreview, also: RwSignal<Vec<TextPlace>>) -> impl IntoView {
    let ErasurePreview { name, fields, reported, replaced, doubtful, remarks, .. } = preview;
    let changed = |line: TextLine| view! { <li>{format!("{}:「{}」,{}", line.words, line.text, line.change)}</li> };
    let remark = |remark: String| view! { <li>{remark}</li> };
    let has_fields = !fields.is_empty();
    let (count, in_doubt) = (replaced.len(), !doubtful.is_empty());
    view! {
        <div class="erasing" tabindex="0" role="group" aria-label="会删掉什么">
            <p>{has_fields.then(|| format!("会删掉「{name}」登记的{fields}。"))}</p>
            <p>{(!reported.is_empty()).then(|| format!("会删掉 {reported}。"))}</p>
            <p>
                {(count > 0)
                    .then(|| format!("有 {count} 段文字提到此人,姓名会改成「某某」,号码会改成「(号码已删)」:"))}
            </p>
            <ul class="erasing__list">{replaced.into_iter().map(changed).collect_view()}</ul>
            <p>{in_doubt.then_some("村里还有同名或同号码的人,下面的文字不知道说的是谁。说的是要删的人就勾上:")}</p>
            <ul class="erasing__list">
                {doubtful.into_iter().map(|line| view! { <Doubtful line also /> }).collect_view()}
            </ul>
            <ul class="erasing__list">{remarks.into_iter().map(remark).collect_view()}</ul>
        </div>
    }
}

#[component]
fn Doubtful(line: TextLine, also: RwSignal<Vec<TextPlace>>) -> impl IntoView {
    let TextLine { place, words, text, .. } = line;
    let tick = move |event| {
        let on = event_target_checked(&event);
        also.update(|also| {
            also.retain(|chosen| *chosen != place);
            also.extend(on.then_some(place));
        });
    };
    view! {
        <li>
            <label class="erasing__tick">
                <input type="checkbox" on:change=tick />
                <span>{format!("{words}:「{text}」")}</span>
            </label>
        </li>
    }
}

/// What the program cannot do by itself.
#[component]
fn Done(on_close: Callback<()>) -> impl IntoView {
    view! {
        <p role="status">"已删除,这台电脑里查不到此人的资料了,积分仍在原账户。还要请您做两件事:"</p>
        <ol class="erasing__list">
            <li>"马上到「数据」下载一份新的保存文件。"</li>
            <li>"销毁以前的保存文件(U 盘、其他电脑、微信里的),打印过的名册也一并处理。"</li>
        </ol>
        <div class="actions">
            <LinkButton weight=Weight::Primary href=Signal::stored(Route::Data.href())>
                "去下载保存文件"
            </LinkButton>
            <Button on_press=on_close>"关闭"</Button>
        </div>
    }
}
