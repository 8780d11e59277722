//! 自动备份: the snapshots that the program took before something large, and
//! the ways back to them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::moment;
use crate::app::save;
use crate::domain::calendar::{Moment, iso_date};
use crate::report::tag::counted;
use crate::storage::snapshot::Snapshot;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{App, use_app};

/// A snapshot with its number.
type Kept = (u64, Snapshot);

/// The list of snapshots.
#[component]
pub fn Snapshots() -> impl IntoView {
    let app = use_app();
    let asked = RwSignal::new(None::<Kept>);
    let problem = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || {
        app.revision.track();
        app.snapshots()
    });
    let list = move || match found.get() {
        None => view! { <p class="data__words">"正在查看…"</p> }.into_any(),
        Some(Err(error)) => view! { <p class="data__words">{error.to_string()}</p> }.into_any(),
        Some(Ok(found)) if found.is_empty() => {
            let words = "还没有。导入花名册、启用新细则、恢复或合并数据之前,会自动备份一份,留最近三份。";
            view! { <p class="data__words">{words}</p> }.into_any()
        }
        Some(Ok(found)) => {
            let rows = found.into_iter().map(|kept| view! { <Row kept asked problem /> });
            view! {
                <p class="data__words">
                    "留最近三份,和数据放在一起;电脑坏了一样会没有,不能代替保存文件。"
                </p>
                <ul class="snapshots">{rows.collect_view()}</ul>
            }
            .into_any()
        }
    };
    view! {
        <Sheet title=Signal::stored("自动备份".to_owned())>
            {list} <Problem sentence=problem />
        </Sheet>
        {move || asked.get().map(|kept| view! { <Ask kept asked problem /> })}
    }
}

/// 「柳湾村,410 户 1,740 人,83 笔记录」
fn contents(snapshot: &Snapshot) -> String {
    let (households, people, acts) = (counted(snapshot.households), counted(snapshot.people), counted(snapshot.acts));
    let name = if snapshot.village.is_empty() { "打不开的数据" } else { &snapshot.village };
    format!("{name},{households} 户 {people} 人,{acts} 笔记录")
}

#[allow(clippy::cast_precision_loss)]
fn size(snapshot: &Snapshot) -> String {
    browser::megabytes(snapshot.bytes as f64)
}

#[component]
fn Row(kept: Kept, asked: RwSignal<Option<Kept>>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let (number, snapshot) = &kept;
    let when = moment(snapshot.at);
    let words = format!("{},{}", contents(snapshot), size(snapshot));
    let (number, at, reason) = (*number, snapshot.at, snapshot.reason.words());
    let keep = move |()| {
        spawn_local(async move { problem.set(download(app, number, at).await.err()) });
    };
    view! {
        <li class="snapshots__one">
            <p>
                <b>{when}</b>
                " "
                {reason}
                <br />
                <span class="snapshots__words">{words}</span>
            </p>
            <div class="actions">
                <Button on_press=move |()| asked.set(Some(kept.clone()))>"恢复到这一份"</Button>
                <Button weight=Weight::Quiet on_press=keep>
                    "另存为文件"
                </Button>
            </div>
        </li>
    }
}

async fn download(app: App, number: u64, at: Moment) -> Result<(), String> {
    let bytes = app.snapshot_to_keep(number).await?;
    let (hour, minute) = at.hour_minute();
    let name = format!("自动备份_{}_{hour:02}{minute:02}.cunzhi", iso_date(at.date()));
    browser::download(&name, &bytes, "application/octet-stream")
}

/// Checks the snapshot as any save file, and puts it in place.
async fn restore(app: App, number: u64) -> Result<(), String> {
    let bytes = app.snapshot_file(number).await.map_err(|error| error.to_string())?;
    let file = save::check(&bytes, browser::new_device()).map_err(|error| error.to_string())?;
    let saved_at = untrack(|| app.last_save());
    Box::pin(app.restore(file.unsaved(saved_at), Some(number))).await
}

/// What would be gone, and the two ways to go on.
#[component]
fn Ask(kept: Kept, asked: RwSignal<Option<Kept>>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let (number, snapshot) = kept;
    let at = snapshot.at;
    let words = format!("恢复到 {} {}的那一份:{}。", moment(at), snapshot.reason.words(), contents(&snapshot));
    let go = move |()| {
        busy.set(true);
        spawn_local(async move {
            let restored = restore(app, number).await;
            if restored.is_ok() {
                app.say(format!("已恢复到 {} 的自动备份。", moment(at)));
            }
            // The page may have been left in the meantime.
            let _left = (problem.try_set(restored.err()), asked.try_set(None));
        });
    };
    view! {
        <Dialog title="恢复到这一份自动备份" on_close=move |()| asked.set(None)>
            <p>{words} "现在的数据会换成它;换之前也会自动备份一份,可以再换回来。"</p>
            <div class="actions">
                <Button weight=Weight::Primary disabled=Signal::derive(move || busy.get() || app.is_writing()) on_press=go>
                    {move || if busy.get() { "正在恢复…" } else { "恢复" }}
                </Button>
                <Button on_press=move |()| asked.set(None)>"不恢复"</Button>
            </div>
        </Dialog>
    }
}
