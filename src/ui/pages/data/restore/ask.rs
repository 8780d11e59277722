//! What the file holds, what it would replace, and the two ways to go on.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Restore, State};
use crate::app::save::Restorable;
use crate::report::tag::counted;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::TextField;
use crate::ui::context::{App, Phase, use_app};

/// What becomes of the snapshots.
const FORGETS: &str = "文件里删除过某人的资料,本机还有此人。替换以后,本机的自动备份里不能再留着,会一并清掉。";

/// A file that was found good, and what it would replace.
pub struct Staged {
    /// Taken when it is put in place.
    file: RefCell<Option<Restorable>>,
    /// What is in it.
    summary: String,
    /// Set when it is of another village than the one that lives here.
    stranger: Option<Stranger>,
    /// Somebody was erased in it who still lives here.
    forgets: bool,
}

/// Two villages that are not the same.
#[derive(Clone)]
struct Stranger {
    /// Name of the one in the file.
    file: String,
    /// Name of the one that lives here.
    living: String,
}

impl Staged {
    /// Sets a checked file beside what lives here.
    pub fn new(app: App, file: Restorable) -> Self {
        let living = if app.phase.get_untracked() == Phase::Ready { app.identity() } else { None };
        let stranger = file.is_stranger_to(living).then(|| Stranger { file: file.village.clone(), living: name(app) });
        let forgets = app.is_forgotten_in(&file);
        Self { summary: file.summary(), file: RefCell::new(Some(file)), stranger, forgets }
    }
}

fn name(app: App) -> String {
    untrack(|| app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default()))
}

/// The question before anything is replaced.
#[component]
pub fn Ask(staged: Rc<Staged>, state: State) -> impl IntoView {
    let app = use_app();
    let summary = staged.summary.clone();
    let stranger = StoredValue::new(staged.stranger.clone());
    let forgets = staged.forgets;
    let typed = RwSignal::new(String::new());
    let unsure = Signal::derive(move || {
        if app.is_writing() {
            return true;
        }
        let living = stranger.with_value(|stranger| stranger.as_ref().map(|stranger| stranger.living.clone()));
        living.is_some_and(|living| typed.with(|typed| typed.trim() != living))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !unsure.get_untracked() {
            replace(app, &staged, state);
        }
    };
    view! {
        <form class="form restore__ask" aria-label="文件里的内容" on:submit=submit>
            <p>"文件完好:" <b>{summary}</b></p>
            {stranger.get_value().map(|stranger| view! { <p class="data__remind">{warning(&stranger)}</p> })}
            <p>{move || replaced(app)}</p>
            {forgets.then(|| view! { <p class="data__remind">{FORGETS}</p> })}
            {stranger
                .get_value()
                .map(|stranger| {
                    view! {
                        <TextField
                            label="输入本机现有的村名,表示确定要替换"
                            value=typed
                            hint=format!("请输入:{}", stranger.living)
                        />
                    }
                })}
            <div class="actions">
                <Button weight=Weight::Primary kind="submit" disabled=unsure>
                    "用它替换本机数据"
                </Button>
                <Button on_press=move |()| state.set(Restore::open(None))>"不替换"</Button>
            </div>
        </form>
    }
}

fn replace(app: App, staged: &Staged, state: State) {
    let Some(file) = staged.file.take() else { return };
    let copies = if staged.forgets { "。自动备份已一并清掉" } else { "" };
    let sentence = format!("已换成保存文件里的数据:{}{copies}", staged.summary);
    state.set(Restore::Replacing);
    spawn_local(async move {
        let problem = match Box::pin(app.restore(file, None)).await {
            Ok(()) => {
                app.say(sentence);
                None
            }
            Err(problem) => Some(problem),
        };
        // The page may have been left in the meantime.
        let _left = state.try_set(Restore::open(problem));
    });
}

/// That the file is of another village, also when both have the same name.
fn warning(stranger: &Stranger) -> String {
    let Stranger { file, living } = stranger;
    if file == living {
        return format!("这个文件里的村也叫「{file}」,但是另外建的一本账,不是本机这一本。");
    }
    format!("这是另一个村({file})的文件,不是「{living}」的。")
}

/// What would be gone.
fn replaced(app: App) -> String {
    match app.phase.get() {
        Phase::Ready => app.read(|village| {
            let name = village.profile.as_ref().map_or("本村", |profile| profile.name.as_str());
            let people = &village.people;
            format!(
                "本机现有的数据(「{name}」{} 户 {} 人)会全部被它替换,不能撤回。要留着,请先下载保存文件。",
                counted(people.households.len()),
                counted(people.persons.len())
            )
        }),
        Phase::Failed(_) => "本机那份打不开的数据会被它替换,不能撤回。".to_owned(),
        Phase::Opening | Phase::Waiting | Phase::Empty => "本机现在没有数据,不会丢失什么。".to_owned(),
    }
}
