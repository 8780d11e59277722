//! The save file: when the last one was made, and a button for the next.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::calendar::{Moment, days_between, long_date};
use crate::report::overview::{SAVE_ACTS_MAX, SAVE_AGE_DAYS_MAX};
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::{App, use_app};

/// Downloading the save file.
#[component]
pub fn Save() -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let save = move |()| {
        busy.set(true);
        spawn_local(async move {
            problem.set(download(app).await.err());
            busy.set(false);
        });
    };
    view! {
        <Sheet title=Signal::stored("保存文件".to_owned())>
            <div class="data__words">
                <p>
                    "保存文件里有本村的全部数据,可以在另一台电脑上接着用,也可以在这台电脑坏了以后恢复。"
                    "请存到 U 盘,交专人保管:里面有村民的姓名和电话。"
                </p>
                <LastSave />
                <Problem sentence=problem />
            </div>
            <div class="actions">
                <Button weight=Weight::Primary disabled=busy on_press=save>
                    {move || if busy.get() { "正在生成…" } else { "下载保存文件" }}
                </Button>
            </div>
        </Sheet>
    }
}

async fn download(app: App) -> Result<(), String> {
    let (name, bytes) = app.save_file().await?;
    browser::download(&name, &bytes, "application/octet-stream");
    app.say(format!("保存文件已下载:{name}。请到浏览器的下载文件夹里找,再拷到 U 盘。"));
    Ok(())
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
    let due = move || {
        let (_, days, since) = standing.get();
        since > 0 && days.is_none_or(|days| days > SAVE_AGE_DAYS_MAX || since >= u64::from(SAVE_ACTS_MAX))
    };
    let last = move || match standing.get() {
        (Some(at), Some(days), _) => format!("{}({})", moment(at), ago(days)),
        _ => "还没有做过".to_owned(),
    };
    let since = move || match standing.get() {
        (_, _, 0) => "没有".to_owned(),
        (_, _, since) => format!("{since} 笔还没有存进文件"),
    };
    view! {
        <dl class="data__facts">
            <dt>"上次保存"</dt>
            <dd>{last}</dd>
            <dt>"之后的记录"</dt>
            <dd>{since}</dd>
        </dl>
        <Show when=due>
            <p class="data__remind">
                <Tag tone=Tone::Yellow word="该保存了" />
                " 数据只在这台电脑的浏览器里,清理浏览器或电脑坏了就没有了。请现在下载一份。"
            </p>
        </Show>
    }
}

/// 「2025年9月30日 10:05」
fn moment(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    format!("{} {hour:02}:{minute:02}", long_date(at.date()))
}

fn ago(days: i32) -> String {
    if days <= 0 { "今天".to_owned() } else { format!("{days} 天前") }
}
