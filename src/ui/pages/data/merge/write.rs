//! Putting a merge in place, and what came of it.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::preview::Differences;
use super::{Merging, Planned, State};
use crate::report::conflicts::conflicts;
use crate::report::merge_preview::DifferenceRow;
use crate::report::tag::counted;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::context::{App, use_app};
use crate::ui::replacing::Merged;

/// Snapshot, then writing; in between it can still be given up.
#[component]
pub fn Writing(planned: Rc<Planned>, state: State) -> impl IntoView {
    let app = use_app();
    let given_up = Rc::new(Cell::new(false));
    let writes = RwSignal::new(false);
    let asked = StoredValue::new_local(Rc::clone(&given_up));
    spawn_local(async move {
        let ended = write(app, &planned, &given_up, writes).await;
        // The page may have been left in the meantime.
        let _left = state.try_set(ended);
    });
    let cancel = move |()| asked.with_value(|asked| asked.set(true));
    view! {
        <div class="work">
            <p role="status">
                {move || if writes.get() { "正在合并…" } else { "正在自动备份,然后合并…" }}
            </p>
            <Button disabled=writes on_press=cancel>
                "取消"
            </Button>
        </div>
    }
}

async fn write(app: App, planned: &Planned, given_up: &Cell<bool>, writes: RwSignal<bool>) -> Merging {
    let Some(merge) = planned.merge.take() else { return Merging::open(None) };
    let goes_on = || {
        // The view may have been left, which gives nothing up.
        let _left = writes.try_set(true);
        !given_up.get()
    };
    match Box::pin(app.merge(merge, goes_on)).await {
        Ok(Merged::Done) => Merging::Done(done(planned), planned.differences.clone()),
        Ok(Merged::GivenUp) => Merging::done("没有合并,数据没有变动。".to_owned()),
        Err(problem) => Merging::open(Some(problem)),
    }
}

fn done(planned: &Planned) -> String {
    let more = if planned.more.is_empty() { String::new() } else { format!("({})", planned.more.join(" · ")) };
    format!(
        "已合并:进来 {} 笔新记录{more}。请再下载一份保存文件拷回那台电脑,在那边也合并一次,两边就一样了。",
        counted(planned.acts)
    )
}

/// How it ended, what both sides had said differently, and the way to what is left to settle.
#[component]
pub fn Done(words: String, differences: Vec<DifferenceRow>) -> impl IntoView {
    let app = use_app();
    let left = app.report(|village| conflicts(village).len());
    view! {
        <p class="merge__done" role="status">
            {words}
        </p>
        <Show when=move || { left.get() > 0 }>
            <div>
                <Button weight=Weight::Primary on_press=move |()| browser::go_to("conflicts")>
                    {move || format!("去处理 {} 处冲突", left.get())}
                </Button>
            </div>
        </Show>
        {(!differences.is_empty()).then(|| view! {
            <Differences rows=differences />
            <p class="data__words">"「合并后」那一栏是现在算数的;不对的到原来的地方改。离开本页就不再列出。"</p>
        })}
    }
}
