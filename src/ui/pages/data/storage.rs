//! Where the data are, how much there is, and whether the browser keeps them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::folder::FolderPart;
use crate::report::photos::{all_photos, photo_total};
use crate::ui::browser;
use crate::ui::components::button::Button;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::photos::Thumbs;

/// Whether the browser keeps the data for good.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// Not promised, and not asked on this page.
    Open,
    Promised,
    Declined,
    Unknown,
}

impl Keeping {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Open => "磁盘快满时,浏览器可能清掉网页的数据。可以请它长期保留。",
            Self::Promised => "浏览器已答应长期保留,磁盘快满时也不会自动清掉。",
            Self::Declined => "浏览器没有答应。数据还在,但请多下载保存文件;把本页加入收藏后再试,常会答应。",
            Self::Unknown => "这个浏览器不能答复。数据还在,请多下载保存文件。",
        }
    }
}

const NOT_WRITTEN_THROUGH: &str =
    "这个浏览器版本较旧,显示「已保存」时可能还没有写到磁盘:突然断电会丢最后几笔。请升级浏览器,或每次用完下载保存文件。";

/// Storage in this browser.
#[component]
pub fn Storage() -> impl IntoView {
    let app = use_app();
    let keeping = RwSignal::new(Keeping::Open);
    spawn_local(async move {
        if browser::persisted().await == Some(true) {
            // The page may have been left in the meantime.
            let _left = keeping.try_set(Keeping::Promised);
        }
    });
    let room = LocalResource::new(move || {
        app.revision.track();
        browser::estimate()
    });
    let photos = app.report(photo_total);
    let all = app.report(all_photos);
    let usage = move || match room.get() {
        None => "正在查看…".to_owned(),
        Some(None) => "这个浏览器不告诉用了多少".to_owned(),
        Some(Some(room)) => {
            format!("{},最多可用 {}", browser::megabytes(room.usage), browser::megabytes(room.quota))
        }
    };
    let ask = move |()| {
        spawn_local(async move {
            keeping.set(match browser::persist().await {
                Some(true) => Keeping::Promised,
                Some(false) => Keeping::Declined,
                None => Keeping::Unknown,
            });
        });
    };
    view! {
        <Sheet title=Signal::stored("本机存放".to_owned())>
            <dl class="data__facts">
                <dt>"存在哪里"</dt>
                <dd>"这台电脑、这个浏览器里,不上网,不外传"</dd>
                <dt>"本机已用"</dt>
                <dd>{usage}</dd>
                <dt>"凭据照片"</dt>
                <dd>
                    {move || photos.with(|photos| photos.words.clone())}
                    <div>{move || view! { <Thumbs photos=all.get() /> }}</div>
                </dd>
                <dt>"长期保留"</dt>
                <dd>{move || keeping.get().sentence()}</dd>
            </dl>
            {(!browser::writes_through()).then(|| view! { <p class="data__remind">{NOT_WRITTEN_THROUGH}</p> })}
            {move || {
                photos.with(|photos| photos.warning.clone()).map(|words| view! { <p class="data__remind">{words}</p> })
            }}
            <div class="actions" hidden=move || keeping.get() == Keeping::Promised>
                <Button on_press=ask>"请浏览器长期保留"</Button>
            </div>
            <FolderPart />
        </Sheet>
    }
}
