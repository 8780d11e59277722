//! Erasing everything in this browser, after the village's name was typed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{App, use_app};

/// Erasing, with its dialog.
#[component]
pub fn Erase() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Sheet title=Signal::stored("清空".to_owned())>
            <p class="data__words">
                "把本村的全部数据从这台电脑的浏览器里删掉。换村、交还电脑时才用;已经下载的保存文件不受影响。"
            </p>
            <div class="actions">
                <Button on_press=move |()| open.set(true)>"清空本机数据"</Button>
            </div>
        </Sheet>
        <Show when=move || open.get()>
            <EraseDialog on_close=move |()| open.set(false) />
        </Show>
    }
}

#[component]
fn EraseDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let village = Memo::new(move |_| village_name(app));
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let differs =
        move || busy.get() || app.is_writing() || typed.with(|typed| village.with(|village| typed.trim() != village));
    let since = move || app.laptop().1;
    let erase = move || {
        if differs() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            // When it succeeds, the first-run screen says enough.
            if let Err(sentence) = app.clear().await {
                problem.set(Some(sentence));
                busy.set(false);
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        erase();
    };
    view! {
        <Dialog title="清空本机数据" on_close>
            <form class="form" on:submit=submit>
                <p>
                    {move || format!("「{}」的全部数据将从本机删掉,删掉后不能找回,只能用保存文件恢复。", village.get())}
                </p>
                <Show when=move || { since() > 0 }>
                    <p class="data__remind">
                        {move || format!("有 {} 笔记录还没有存进保存文件。请先关闭这里,下载保存文件。", since())}
                    </p>
                </Show>
                <TextField
                    label="输入村名,表示确定要清空"
                    value=typed
                    hint=format!("请输入:{}", village.get_untracked())
                    autofocus=true
                />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit" disabled=Signal::derive(differs)>
                        "清空"
                    </Button>
                    <Button on_press=on_close>"不清空"</Button>
                </div>
            </form>
        </Dialog>
    }
}

fn village_name(app: App) -> String {
    app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default())
}
