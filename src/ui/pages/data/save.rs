//! The save file: when the last one was made, and a button for the next,
//! plain or under a passphrase.

use std::cell::Cell;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::moment;
use super::work::{Words, Work, run_while_shown, say};
use crate::app::save::sealed_name;
use crate::domain::calendar::days_between;
use crate::office::passphrase::{CHARS_MIN, Passphrase};
use crate::report::saving::save_due;
use crate::report::tag::counted;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::{Problem, Sentence};
use crate::ui::components::secret::{SecretField, Uncover};
use crate::ui::components::sheet::Sheet;
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::{App, Saving as Recording, use_app};
use crate::ui::files::SaveDraft;
use crate::ui::office;

/// How the next file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    Plain,
    Sealed,
}

thread_local! {
    /// The choice lasts as long as the page is open; the passphrase does not.
    static CHOICE: Cell<Protection> = const { Cell::new(Protection::Plain) };
}

/// Where the saving is.
#[derive(Clone)]
enum Saving {
    /// Nothing goes on; why the last one failed.
    Idle(Option<String>),
    /// A file is being made; leaving this ends it.
    Making(Option<Passphrase>),
}

type State = RwSignal<Saving, LocalStorage>;

/// Downloading the save file.
#[component]
pub fn Save() -> impl IntoView {
    view! {
        <Sheet title=Signal::stored("保存文件".to_owned())>
            <div class="data__words">
                <p>
                    "保存文件里有本村的全部数据,可以在另一台电脑上接着用,也可以在这台电脑坏了以后恢复。"
                    "请存到 U 盘,交专人保管:里面有村民的姓名和电话。"
                </p>
                <LastSave />
            </div>
            <SaveForm />
        </Sheet>
    }
}

#[component]
fn SaveForm() -> impl IntoView {
    let state: State = RwSignal::new_local(Saving::Idle(None));
    let protection = RwSignal::new(CHOICE.get());
    let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sealed = move || protection.get() == Protection::Sealed;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.set(match protection.get_untracked() {
            Protection::Plain => Saving::Making(None),
            Protection::Sealed => match Passphrase::parse(&first.get_untracked(), &second.get_untracked()) {
                Ok(passphrase) => Saving::Making(Some(passphrase)),
                Err(problem) => Saving::Idle(Some(problem.to_string())),
            },
        });
    };
    view! {
        <form class="form save" on:submit=submit>
            <ProtectionChoice protection />
            <Show when=sealed>
                <NewPassphrase first second />
            </Show>
            {move || match state.get() {
                Saving::Idle(problem) => view! { <Idle problem sealed=Signal::derive(sealed) /> }.into_any(),
                Saving::Making(passphrase) => view! { <Making passphrase typed=[first, second] state /> }.into_any(),
            }}
        </form>
    }
}

#[component]
fn ProtectionChoice(protection: RwSignal<Protection>) -> impl IntoView {
    let choose = move |chosen| {
        CHOICE.set(chosen);
        protection.set(chosen);
    };
    let one = move |(label, value): (&'static str, Protection)| {
        view! {
            <label class="radios__one">
                <input
                    type="radio"
                    name="protection"
                    prop:checked=move || protection.get() == value
                    on:change=move |_| choose(value)
                />
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="radios">
            <legend class="radios__legend">"U 盘丢了,别人能不能打开"</legend>
            {[("不加密", Protection::Plain), ("加密(打开要口令)", Protection::Sealed)].map(one).collect_view()}
        </fieldset>
    }
}

/// The passphrase, typed twice.
#[component]
fn NewPassphrase(first: RwSignal<String>, second: RwSignal<String>) -> impl IntoView {
    let shown = RwSignal::new(false);
    view! {
        <div class="save__secret">
            <div class="form__row">
                <SecretField label="口令" value=first shown hint=format!("至少 {CHARS_MIN} 个字,可以是一句话") />
                <SecretField label="再输一次" value=second shown />
            </div>
            <Uncover label="显示口令" shown />
            <p class="data__remind">
                "口令忘了,这份文件就再也打不开,谁也找不回来。请把口令写下来,与 U 盘分开存放。"
            </p>
        </div>
    }
}

#[component]
fn Idle(problem: Option<String>, sealed: Signal<bool>) -> impl IntoView {
    let app = use_app();
    let doubtful = Memo::new(move |_| is_doubtful(app));
    let label = move || if sealed.get() { "下载加密的保存文件" } else { "下载保存文件" };
    // A doubtful village is kept by the red strip, and replaced; it is not urged to be saved.
    let button = move || {
        let weight = if doubtful.get() { Weight::Plain } else { Weight::Primary };
        view! { <Button weight kind="submit">{label}</Button> }
    };
    view! {
        <Problem sentence=Sentence::Said(Signal::stored(problem)) />
        <div class="actions">{button}</div>
    }
}

/// Makes the file and hands it out.
#[component]
fn Making(passphrase: Option<Passphrase>, typed: [RwSignal<String>; 2], state: State) -> impl IntoView {
    let app = use_app();
    let words: Words = RwSignal::new("正在整理数据…");
    run_while_shown(async move {
        let draft = draft(app, passphrase, words).await;
        // From here on it is not given up: a note is taken, and the file is there.
        spawn_local(async move {
            let handed = match draft {
                Ok(draft) => app.hand_out(draft).await,
                Err(problem) => Err(problem),
            };
            // The page may have been left in the meantime.
            if handed.is_ok() {
                // What was typed for one file is not for the next.
                for typed in typed {
                    let _left = typed.try_set(String::new());
                }
            }
            let _left = state.try_set(Saving::Idle(handed.err()));
        });
    });
    view! { <Work words on_cancel=move |()| state.set(Saving::Idle(None)) /> }
}

async fn draft(app: App, passphrase: Option<Passphrase>, words: Words) -> Result<SaveDraft, String> {
    let mut draft = app.draft_save().await?;
    if let Some(passphrase) = passphrase {
        say(words, "正在加密,要几秒钟…").await;
        draft.bytes = office::seal(&draft.bytes, passphrase).await?;
        draft.name = sealed_name(&draft.name);
    }
    Ok(draft)
}

/// Whether what is shown is known not to be what was written; follows changes.
fn is_doubtful(app: App) -> bool {
    app.saving.with(|saving| matches!(saving, Recording::ReadOnly(why) if why.is_damage()))
}

/// When the last save file was made, what came since, and whether it is time.
#[component]
fn LastSave() -> impl IntoView {
    let app = use_app();
    let standing = Memo::new(move |_| {
        let (laptop, since) = app.laptop();
        let days = laptop.saved_at.map(|at| days_between(at.date(), app.today()));
        (laptop.saved_at, days, since)
    });
    let due = Memo::new(move |_| {
        let (laptop, since) = app.laptop();
        !is_doubtful(app) && save_due(app.today(), laptop.saved_at, since).is_some()
    });
    let last = move || match standing.get() {
        (Some(at), Some(days), _) => format!("{}({})", moment(at), ago(days)),
        _ => "还没有做过".to_owned(),
    };
    let since = move || match standing.get() {
        (_, _, 0) => "没有".to_owned(),
        (_, _, since) => format!("{} 条还没有存进文件", counted(since)),
    };
    let each = move || if standing.get().2 == 0 { "" } else { "同时登记几户,算几条" };
    view! {
        <dl class="data__facts">
            <dt>"上次保存"</dt>
            <dd>{last}</dd>
            <dt>{move || if standing.get().0.is_some() { "之后的记录" } else { "还没保存的" }}</dt>
            <dd>{since}<small class="data__each">{each}</small></dd>
        </dl>
        <Show when=move || due.get()>
            <p class="data__remind">
                <Tag tone=Tone::Yellow word="该保存了" />
                " 数据只在这台电脑的浏览器里,清理浏览器或电脑坏了就没有了。请现在下载一份。"
            </p>
        </Show>
    }
}

fn ago(days: i32) -> String {
    if days <= 0 { "今天".to_owned() } else { format!("{days} 天前") }
}
