//! A fingerprint from an old notice: which ledger it was, and what came since.

use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::prints::ledger_words;
use crate::app::verify::{Mark, Verdict};
use crate::journal::fingerprint::Fingerprint;
use crate::report::tag::counted;
use crate::ui::components::button::Button;
use crate::ui::components::field::{Problem, Sentence, TextField};
use crate::ui::pages::data::moment;

/// What came of looking for it.
#[derive(Clone)]
enum Answer {
    /// Nothing was asked yet, or what was typed is no fingerprint.
    None(Option<String>),
    /// In words.
    Found(String),
    /// No ledger here has ever had it.
    Unknown,
}

/// The field and its answer.
#[component]
pub fn Compare(verdict: Rc<Verdict>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let answer = RwSignal::new(Answer::None(None));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        answer.set(match Fingerprint::parse(&typed.get_untracked()) {
            Err(problem) => Answer::None(Some(problem.to_string())),
            Ok(print) => verdict
                .find(print)
                .map_or(Answer::Unknown, |mark| Answer::Found(words(mark, verdict.acts.saturating_sub(mark.acts)))),
        });
    };
    view! {
        <form class="form compare data__screen" on:submit=submit>
            <TextField
                label="输入旧公示表上的指纹"
                value=typed
                hint="16 位字母数字,大小写、横线、空格都不要紧"
            />
            <div>
                <Button kind="submit">"比对"</Button>
            </div>
            {move || match answer.get() {
                Answer::None(problem) => view! { <Problem sentence=Sentence::Said(Signal::stored(problem)) /> }.into_any(),
                Answer::Found(words) => view! { <p class="verified" role="status">{words}</p> }.into_any(),
                Answer::Unknown => view! { <Unknown /> }.into_any(),
            }}
        </form>
    }
}

fn words(Mark { ledger, at, acts }: Mark, since: u64) -> String {
    let since =
        if since == 0 { "之后没有新记录".to_owned() } else { format!("之后又记了 {} 笔", counted(since)) };
    format!(
        "✓ 对得上:这是{}截至 {} 的指纹,那时本村共 {} 笔记录,{since}。到那时为止,这本账没有改动过。",
        ledger_words(ledger),
        moment(at),
        counted(acts)
    )
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <div class="problem" role="alert">
            <p>"对不上:本机的两本账从来没有过这个指纹。可能是:"</p>
            <ul class="compare__causes">
                <li>"印那张表之前的记录后来被改动过,或者末尾的记录被删掉了;"</li>
                <li>"这是别的村的公示表,或者是另一台电脑印的,那边的记录还没有合并过来。"</li>
            </ul>
            <p>"请先确认是本村的表,并合并另一台电脑的数据再比对;仍对不上,请拿印表那天前后的保存文件来查。"</p>
        </div>
    }
}
