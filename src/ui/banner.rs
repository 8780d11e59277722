//! The strips above the page: why nothing may be recorded here and what can be
//! done about it, and a folder that needs the user; and the questions that must
//! be answered before something goes on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::components::button::{Button, Weight};
use super::components::detail::Told;
use super::components::dialog::Dialog;
use super::context::{App, Question, Saving, use_app};
use super::folder::Folder;
use super::route::{self, Route};
use crate::app::read_only::{ReadOnly, Remedy};
use crate::report::tag::counted;

/// What does not add up in what was merged or restored, a sentence each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// What the checks found. Looked at again when something is recorded, which may
    /// have put it right.
    pub checks: Vec<String>,
    /// What the fingerprints show. They are worked out from what is stored, once.
    pub fingerprints: Vec<String>,
}

impl Doubts {
    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.checks.is_empty() && self.fingerprints.is_empty()
    }
}

/// So long nothing has to be recorded before the checks are run again: over a county
/// they take a moment.
const CHECK_AGAIN_MS: u32 = 300;

impl App {
    /// Whether a strip has something to say.
    pub(super) fn has_strips(self) -> bool {
        let is_read_only = self.saving.with(|saving| matches!(saving, Saving::ReadOnly(_)));
        let asks = self.folder.with(|folder| matches!(folder, Folder::Asking(_) | Folder::Failed(..)));
        is_read_only || asks || !self.doubts.with(Doubts::is_empty)
    }

    /// Whether a question waits for its answer.
    pub(super) fn has_questions(self) -> bool {
        let asks = self.clock_question.with(Option::is_some) || self.snapshot_question.with(Option::is_some);
        asks || self.refused.with(Option::is_some)
    }
}

/// The strips, as far as there is something to say.
#[component]
pub fn Strips() -> impl IntoView {
    let app = use_app();
    let why = Memo::new(move |_| match app.saving.get() {
        Saving::ReadOnly(why) => Some(why),
        Saving::Saved | Saving::Writing => None,
    });
    let again = StoredValue::new_local(None);
    Effect::new(move |before: Option<()>| {
        app.revision.track();
        if before.is_some() && !app.doubts.with_untracked(|doubts| doubts.checks.is_empty()) {
            // The timer before it is dropped, and does not ring.
            again.set_value(Some(browser::after(CHECK_AGAIN_MS, move || app.check_again())));
        }
    });
    view! {
        {move || why.get().map(|why| view! { <Standing why /> })}
        {move || app.folder_trouble().map(|sentence| view! { <FolderStrip sentence /> })}
        {move || app.doubts.with(|doubts| (!doubts.is_empty()).then(|| doubts_strip(doubts)))}
    }
}

/// Why nothing may be recorded: yellow where another window records, else red.
#[component]
fn Standing(why: ReadOnly) -> impl IntoView {
    let class = if why.follows() { "banner banner--calm" } else { "banner" };
    let remedy = why.remedy();
    let intact = why.is_damage().then(|| view! { <IntactButton /> });
    view! {
        <div class=class role="alert">
            <span class="banner__words">{why.to_string()}</span>
            <RemedyButton remedy />
            {intact}
        </div>
    }
}

#[component]
fn RemedyButton(remedy: Remedy) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let press = move |()| {
        busy.set(true);
        spawn_local(async move {
            apply(app, remedy).await;
            // The strip may be gone with what it spoke of.
            let _gone = busy.try_set(false);
        });
    };
    let label = match remedy {
        Remedy::TakeOver => "在这里接管",
        Remedy::ReadAgain => "重新读取",
        Remedy::Refresh => "刷新",
        Remedy::Export => "存成文件",
    };
    view! {
        <Button disabled=busy on_press=press>
            {move || if busy.get() { "请稍等…" } else { label }}
        </Button>
    }
}

/// A file of what is intact, which can be restored; the file of everything cannot.
#[component]
fn IntactButton() -> impl IntoView {
    let app = use_app();
    let press = move |()| {
        spawn_local(async move {
            let handed = app.intact_file().await.and_then(|(name, bytes, acts)| {
                browser::download(&name, &bytes, "application/octet-stream")?;
                Ok(format!("已存下完好的部分,共 {} 笔记录:{name}。", counted(acts)))
            });
            app.say(handed.unwrap_or_else(|sentence| sentence));
        });
    };
    view! { <Button on_press=press>"存下完好的部分"</Button> }
}

async fn apply(app: App, remedy: Remedy) {
    match remedy {
        Remedy::TakeOver => app.take_over().await,
        Remedy::ReadAgain => app.recover().await,
        Remedy::Refresh => browser::reload(),
        Remedy::Export => {
            let handed = async { app.hand_out(app.draft_save().await?).await };
            if let Err(sentence) = handed.await {
                app.say(sentence);
            }
        }
    }
}

/// The questions, as far as there are any.
#[component]
pub fn Questions() -> impl IntoView {
    let app = use_app();
    view! {
        {move || app.clock_question.get().map(|sentence| view! { <ClockQuestion sentence /> })}
        {move || app.refused.get().map(|why| view! { <Refused why /> })}
        {move || app.snapshot_question.get().map(|question| view! { <SnapshotQuestion question /> })}
    }
}

/// The laptop's date is far from the last record: is it right?
#[component]
fn ClockQuestion(sentence: String) -> impl IntoView {
    let app = use_app();
    view! {
        <Dialog title="电脑的日期对吗?" on_close=move |()| app.clock_question.set(None)>
            <p>{sentence} "日期不对,请先在系统里调好,再登记;日期没错,点「日期没错」后再登记一次。"</p>
            <div class="actions">
                <Button weight=Weight::Primary on_press=move |()| app.clock_question.set(None)>"我去调日期"</Button>
                <Button on_press=move |()| app.confirm_clock()>"日期没错"</Button>
            </div>
        </Dialog>
    }
}

/// Something was not recorded, perhaps from a form that covers the strip.
#[component]
fn Refused(why: ReadOnly) -> impl IntoView {
    let app = use_app();
    let remedy = why.remedy();
    let close = move |()| app.refused.set(None);
    // What stood in the way is gone: back to the form.
    Effect::new(move |_| {
        if !matches!(app.saving.get(), Saving::ReadOnly(_)) {
            app.refused.set(None);
        }
    });
    view! {
        <Dialog title="这里现在不能登记" on_close=close>
            <p>{why.to_string()} "填写的内容还在,处理好以后可以接着保存。"</p>
            <Told words=why.told().map(str::to_owned) />
            <div class="actions">
                <RemedyButton remedy />
                <Button on_press=close>"回到填写的内容"</Button>
            </div>
        </Dialog>
    }
}

/// What was put in place does not add up: everything that was found, as in 核对.
fn doubts_strip(doubts: &Doubts) -> impl IntoView + use<> {
    let app = use_app();
    let seen = move |()| app.doubts.set(Doubts::default());
    let sentences: Vec<String> = doubts.checks.iter().chain(&doubts.fingerprints).cloned().collect();
    let check = move |()| {
        route::go(&Route::Data);
        // Where another page was, this one has to be there first.
        request_animation_frame(|| request_animation_frame(|| browser::go_to("verify")));
    };
    view! {
        <div class="banner banner--calm" role="status">
            <div class="banner__words">
                {format!("合并或恢复进来的数据有 {} 处不对,到「核对账本」里也能看:", sentences.len())}
                <ul class="banner__list">{sentences.into_iter().map(|doubt| view! { <li>{doubt}</li> }).collect_view()}</ul>
            </div>
            <Button on_press=check>"去核对"</Button>
            <Button on_press=seen>"知道了"</Button>
        </div>
    }
}

/// The folder needs a click, or a stick. Recording goes on.
#[component]
fn FolderStrip(sentence: String) -> impl IntoView {
    let app = use_app();
    let label = if matches!(app.folder.get_untracked(), Folder::Asking(_)) { "允许" } else { "再试一次" };
    view! {
        <div class="banner banner--calm" role="status">
            <span class="banner__words">{sentence}</span>
            <Button on_press=move |()| spawn_local(app.allow_folder())>{label}</Button>
        </div>
    }
}

/// A snapshot could not be taken: go on without one?
#[component]
fn SnapshotQuestion(question: Question) -> impl IntoView {
    let answer = StoredValue::new_local(question.answer);
    let say = move |go_on: bool| {
        answer.with_value(|answer| answer.give(go_on));
    };
    view! {
        <Dialog title="没有备份,还要继续吗?" on_close=move |()| say(false)>
            <p>
                "动手之前要先自动备份一份,但没有做成。" {question.sentence}
                "不备份就继续,万一做错了,只能用以前的保存文件恢复。"
            </p>
            <div class="actions">
                <Button on_press=move |()| say(false)>"先不做"</Button>
                <Button on_press=move |()| say(true)>"不备份,继续"</Button>
            </div>
        </Dialog>
    }
}
