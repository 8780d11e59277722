//! Restoring: choose a save file, look at what is in it, and only then put it
//! in place of what this browser has.

use gloo::file::Blob;
use gloo::file::futures::read_as_bytes;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::pick::FilePick;
use crate::app::save::{self, Restorable};
use crate::journal::savefile::FILE_LIMIT;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::Problem;
use crate::ui::context::{App, Phase, use_app};

/// Where the restoring is.
enum Restore {
    /// No file yet, or why the last one was refused.
    Choose(Option<String>),
    /// A file is being checked, or put in place.
    Working(&'static str),
    /// A good file; nothing is replaced before the user says so.
    Ask(Box<Restorable>),
}

/// Restoring from a save file.
#[component]
pub fn RestoreBox() -> impl IntoView {
    let state = RwSignal::new_local(Restore::Choose(None));
    let on_file = move |file: File| {
        state.set(Restore::Working("正在检查文件…"));
        spawn_local(async move {
            let checked = read(file).await;
            // The page may have been left in the meantime.
            let _left = state.try_set(checked);
        });
    };
    let problem = Signal::derive_local(move || {
        state.with(|state| match state {
            Restore::Choose(problem) => problem.clone(),
            _ => None,
        })
    });
    let working = move || {
        state.with(|state| match state {
            Restore::Working(words) => Some(*words),
            _ => None,
        })
    };
    let summary = move || {
        state.with(|state| match state {
            Restore::Ask(file) => Some(file.summary()),
            _ => None,
        })
    };
    view! {
        <div class="restore">
            <p class="restore__words">"选好文件后先检查,再问一次,确认以后才会替换。"</p>
            <Show when=move || problem.get().is_some()>
                <Problem sentence=Signal::derive(move || problem.get()) />
            </Show>
            <p role="status" hidden=move || working().is_none()>{working}</p>
            {move || summary().map(|summary| view! { <Ask summary state /> })}
            <FilePick id="save-file" label="选择保存文件" accept=".cunzhi" on_file />
        </div>
    }
}

/// Reads and checks a save file; the live data are not touched.
async fn read(file: File) -> Restore {
    #[allow(clippy::cast_precision_loss)]
    let limit = FILE_LIMIT as f64;
    if file.size() > limit {
        let found = browser::megabytes(file.size());
        let sentence = format!("文件有 {found},超过上限 {}。请换一份保存文件。", browser::megabytes(limit));
        return Restore::Choose(Some(sentence));
    }
    let Ok(bytes) = read_as_bytes(&Blob::from(web_sys::Blob::from(file))).await else {
        let sentence = "这个文件现在读不出来,可能已被移走,或 U 盘已拔出。请再选一次。";
        return Restore::Choose(Some(sentence.to_owned()));
    };
    match save::check(&bytes, browser::new_device()) {
        Ok(file) => Restore::Ask(Box::new(file)),
        Err(error) => Restore::Choose(Some(error.to_string())),
    }
}

/// What the file holds, what it would replace, and the two ways to go on.
#[component]
fn Ask(summary: String, state: RwSignal<Restore, LocalStorage>) -> impl IntoView {
    let app = use_app();
    let replace = move |()| {
        let taken = state.try_update(|state| std::mem::replace(state, Restore::Working("正在替换…")));
        let Some(Restore::Ask(file)) = taken else { return };
        spawn_local(async move {
            let sentence = format!("已换成保存文件里的数据:{}", file.summary());
            match app.restore(*file).await {
                Ok(()) => app.say(sentence),
                Err(problem) => {
                    let _left = state.try_set(Restore::Choose(Some(problem)));
                }
            }
        });
    };
    view! {
        <div class="restore__ask" role="group" aria-label="文件里的内容">
            <p>"文件完好:" <b>{summary}</b></p>
            <p>{move || replaced(app)}</p>
            <div class="actions">
                <Button weight=Weight::Primary on_press=replace>
                    "用它替换本机数据"
                </Button>
                <Button on_press=move |()| state.set(Restore::Choose(None))>"不替换"</Button>
            </div>
        </div>
    }
}

/// What would be gone.
fn replaced(app: App) -> String {
    match app.phase.get() {
        Phase::Ready => app.read(|village| {
            let name = village.profile.as_ref().map_or("本村", |profile| profile.name.as_str());
            let people = &village.people;
            format!(
                "本机现有的数据(「{name}」{} 户 {} 人)会全部被它替换,不能撤回。要留着,请先下载保存文件。",
                people.households.len(),
                people.persons.len()
            )
        }),
        Phase::Failed(_) => "本机那份打不开的数据会被它替换,不能撤回。".to_owned(),
        Phase::Opening | Phase::Waiting | Phase::Empty => "本机现在没有数据,不会丢失什么。".to_owned(),
    }
}
