//! What a merge brings, before it does.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Merging, Planned, State};
use crate::report::conflicts::ConflictRow;
use crate::report::merge_preview::DifferenceRow;
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::table::{Table, Words};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;

/// Where the preview stands on the page.
const PREVIEW: &str = "merge-preview";
/// So many are listed of each at first, and so many more each time.
const PORTION: usize = 50;

/// The preview, and the two ways to go on.
#[component]
pub fn Preview(planned: Rc<Planned>, state: State) -> impl IntoView {
    let app = use_app();
    let more = match planned.more.as_slice() {
        [] => "没有新的户、人、积分、兑换和事项,只有办理、更正这样的记录。".to_owned(),
        more => format!("合并后多出 {}(办理、更正不算在内)", more.join(" · ")),
    };
    let laptops = planned.laptops.iter().cloned().map(|words| view! { <li>{words}</li> }).collect_view();
    let differences = planned.differences.clone();
    let conflicts = planned.conflicts.clone();
    let summary = planned.summary.clone();
    // What a button does has to be sendable, which what is planned is not.
    let planned = StoredValue::new_local(planned);
    let go = move |()| state.set(Merging::Writing(planned.get_value()));
    // It is long, and the button that led here may stand at the foot of the screen.
    Effect::new(|_| browser::go_to(PREVIEW));
    view! {
        <section class="restore__ask" id=PREVIEW tabindex="-1" aria-label="合并会进来什么">
            <p>"文件完好:" <b>{summary}</b></p>
            <h3 class="merge__part">"会进来的新记录"</h3>
            <ul class="merge__list">{laptops}</ul>
            <p class="merge__more">{more}</p>
            {(!differences.is_empty()).then(|| view! { <Differences rows=differences /> })}
            <Expected rows=conflicts />
            <p class="data__words">"合并之前会自动备份一份,不满意可以换回来。"</p>
            <div class="actions">
                <Button weight=Weight::Primary disabled=Signal::derive(move || app.is_writing()) on_press=go>
                    "合并"
                </Button>
                <Button on_press=move |()| state.set(Merging::open(None))>"不合并"</Button>
            </div>
        </section>
    }
}

/// What both sides say differently.
#[component]
pub fn Differences(rows: Vec<DifferenceRow>) -> impl IntoView {
    let (limit, count) = (RwSignal::new(PORTION), rows.len());
    let row = |DifferenceRow { title, texts }: DifferenceRow| match texts {
        Some([ours, theirs, kept]) => view! {
            <tr>
                <th scope="row" class="merge__place">{title}</th>
                <td>{ours}</td>
                <td>{theirs}</td>
                <td>{kept}</td>
            </tr>
        }
        .into_any(),
        None => view! {
            <tr>
                <th scope="row" class="merge__place">{title}</th>
                <td colspan="3">"两边不同,用后改的"</td>
            </tr>
        }
        .into_any(),
    };
    let listed = move || rows.iter().take(limit.get()).cloned().map(row).collect_view();
    view! {
        <h3 class="merge__part">{format!("两边写得不一样的,{count} 处")}</h3>
        <div class="merge__scroll" tabindex="0" role="region" aria-label="两边写得不一样的">
            <Table caption="两边写得不一样的" columns=&[Words("哪一处"), Words("本机"), Words("文件里"), Words("合并后")]>
                {listed}
            </Table>
        </div>
        <More limit count />
    }
}

/// The way to the rest of a list.
#[component]
fn More(limit: RwSignal<usize>, count: usize) -> impl IntoView {
    let rest = move || count.saturating_sub(limit.get());
    view! {
        <Show when=move || { rest() > 0 }>
            <div>
                <Button on_press=move |()| limit.update(|limit| *limit += PORTION)>
                    {move || format!("再显示 {} 处(还有 {} 处)", PORTION.min(rest()), rest())}
                </Button>
            </div>
        </Show>
    }
}

/// What will have to be settled.
#[component]
fn Expected(rows: Vec<ConflictRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p>"两边没有冲突。"</p> }.into_any();
    }
    let heading = format!("合并后有 {} 处冲突要您处理", rows.len());
    let (limit, count) = (RwSignal::new(PORTION), rows.len());
    let row = |row: ConflictRow| {
        view! {
            <li class="conflicts__one">
                <Tag tone=Tone::Yellow word=row.kind />
                <div>
                    <b>{row.title}</b>
                    <span class="conflicts__detail">{row.detail}</span>
                </div>
            </li>
        }
    };
    let listed = move || rows.iter().take(limit.get()).cloned().map(row).collect_view();
    view! {
        <h3 class="merge__part">{heading}</h3>
        <ul class="conflicts merge__scroll" tabindex="0" aria-label="合并后的冲突">
            {listed}
        </ul>
        <More limit count />
        <p>"合并后在本页最上面一处一处处理,每处都列出两边记了什么。"</p>
    }
    .into_any()
}
