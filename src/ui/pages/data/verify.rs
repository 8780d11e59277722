//! 核对: the whole journal against its hash chain, the fingerprints of both
//! ledgers for the notice board, and a fingerprint from an old notice.

mod checks;
mod compare;
mod prints;

use std::rc::Rc;

use leptos::prelude::*;

use self::checks::checks;
use self::compare::Compare;
use self::prints::Prints;
use super::moment;
use super::work::run_while_shown;
use crate::app::read_only::ReadOnly;
use crate::app::verify::Verdict;
use crate::domain::calendar::Moment;
use crate::domain::check::Finding;
use crate::report::tag::counted;
use crate::ui::browser;
use crate::ui::components::button::Button;
use crate::ui::components::field::Problem;
use crate::ui::components::progress::Progress;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{App, Saving, use_app};
use crate::ui::verification::verify;

/// Where the verifying is.
#[derive(Clone)]
enum Stage {
    /// Nothing goes on; why the last one did not come to an end.
    Idle(Option<String>),
    /// Under way; leaving this ends it.
    Running,
    /// What was found, and when.
    Done(Rc<Verdict>, Moment, Finding),
}

type State = RwSignal<Stage, LocalStorage>;

/// Verifying the book.
#[component]
pub fn Verify() -> impl IntoView {
    let state: State = RwSignal::new_local(Stage::Idle(None));
    let body = move || match state.get() {
        Stage::Idle(problem) => view! { <Problem sentence=Signal::stored(problem) /> }.into_any(),
        Stage::Running => view! { <Running state /> }.into_any(),
        Stage::Done(verdict, at, photos) => view! { <Found verdict at photos /> }.into_any(),
    };
    let running = move || state.with(|state| matches!(state, Stage::Running));
    let label = move || {
        let done = state.with(|state| matches!(state, Stage::Done(..)));
        if done { "再核对一次" } else { "开始核对" }
    };
    view! {
        <div class="data__column" id="verify" tabindex="-1">
            <Sheet title=Signal::stored("核对账本".to_owned())>
                <p class="data__words data__words--screen">
                    "从第一笔到最后一笔验一遍,看账有没有被动过;再给两本积分账各算一个「指纹」,可以印在公示表上。"
                </p>
                {body}
                <div class="actions" hidden=running>
                    <Button on_press=move |()| state.set(Stage::Running)>{label}</Button>
                </div>
                <p class="data__limit">
                    "核对能说明账没有改过,不能说明当初记得对不对。最末尾的几笔如果被整段删掉,本机自己看不出来,"
                    "只有拿印出来的指纹比对才知道:请把指纹印在每期公示表上。"
                </p>
            </Sheet>
        </div>
    }
}

/// Verifies, with a bar and a way out.
#[component]
fn Running(state: State) -> impl IntoView {
    let app = use_app();
    let pace = RwSignal::new((0_u64, 0_u64));
    let (done, all) = (Signal::derive(move || pace.get().0), Signal::derive(move || pace.get().1));
    run_while_shown(async move {
        let next = match app.contents_to_verify().await {
            Ok(contents) => {
                let on_pace = |done, all| {
                    // The view may have been left in the meantime.
                    let _left = pace.try_set((done, all));
                };
                let verdict = Rc::new(verify(&contents, on_pace).await);
                if let Some(damage) = verdict.trouble() {
                    app.note_altered(damage);
                }
                match app.check_photos().await {
                    Ok(photos) => Stage::Done(verdict, browser::now(), photos),
                    Err(problem) => Stage::Idle(Some(problem)),
                }
            }
            Err(problem) => Stage::Idle(Some(problem)),
        };
        state.set(next);
    });
    let words = move || match pace.get() {
        (_, 0) => "正在读取账本…".to_owned(),
        (done, all) => format!("已核对 {} / {} 笔", counted(done), counted(all)),
    };
    view! {
        <div class="work">
            <Progress done all label="核对进度" />
            <p role="status">{words}</p>
            <Button on_press=move |()| state.set(Stage::Idle(None))>"取消"</Button>
        </div>
    }
}

/// What does not agree, if anything: in the chain, or in what was opened.
fn damage(app: App, verdict: &Verdict) -> Option<String> {
    if let Some(words) = verdict.damage_words() {
        return Some(words);
    }
    match app.saving.get() {
        Saving::ReadOnly(ReadOnly::Damaged(sentence)) => {
            Some(format!("{sentence}全部 {} 笔流水都没有被改动过。", counted(verdict.acts)))
        }
        _ => None,
    }
}

/// The outcome: the chain, the fingerprints, and the field for an old one.
#[component]
fn Found(verdict: Rc<Verdict>, at: Moment, photos: Finding) -> impl IntoView {
    let app = use_app();
    let acts = verdict.acts;
    let later = Memo::new(move |_| app.acts() > acts);
    let damage = damage(app, &verdict);
    let whole = damage.is_none();
    let now = verdict.now;
    view! {
        {match damage {
            Some(sentence) => view! {
                <p class="problem" role="alert">
                    {sentence}
                    "请点上面红条里的「存成文件」留底,再用最近的保存文件恢复;没有的,点「存下完好的部分」,用它恢复。"
                </p>
            }
            .into_any(),
            None => view! {
                <p class="verified" role="status">
                    {format!("✓ 全部 {} 笔记录都没有被改动过", counted(acts))}
                    <small class="verified__at">
                        {format!("{} 核对;同时登记几户,只算一笔", moment(at))}
                    </small>
                </p>
            }
            .into_any(),
        }}
        <p class="data__remind" hidden=move || !later.get() || !whole>
            "核对之后又记了新内容,下面的指纹是核对那时的。要印公示表,请再核对一次。"
        </p>
        {checks(vec![app.read(|village| verdict.fingerprints(village)), photos])}
        {whole.then(|| view! { <Prints now at /> })}
        <Compare verdict />
    }
}
