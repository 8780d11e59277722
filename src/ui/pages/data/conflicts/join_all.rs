//! The same roster imported on both laptops: every household is there twice.
//! Those with the same number and the same head that say nothing different are
//! joined in one go, after asking, one act each.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::command::{Command, Settlement};
use crate::domain::count::counted;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::components::progress::Progress;
use crate::ui::context::{App, use_app};

/// From so many on it is offered.
const OFFERED_MIN: usize = 2;

/// The offer, the question, and how far it is. `joining` is set as long as it goes on.
#[component]
pub fn JoinAll(same: Memo<Vec<Settlement>>, joining: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let asks = RwSignal::new(false);
    let pace = RwSignal::new((0, 0));
    let problem = RwSignal::new(None::<String>);
    let count = Memo::new(move |_| same.with(Vec::len));
    let go = move |()| {
        asks.set(false);
        joining.set(true);
        spawn_local(async move {
            let joined = join(app, same.get_untracked(), joining, pace).await;
            // The page may have been left in the meantime.
            let _left = (problem.try_set(joined.err()), joining.try_set(false));
        });
    };
    // Leaving the page ends it after the household that is being joined.
    on_cleanup(move || {
        let _left = joining.try_set(false);
    });
    view! {
        <Show when=move || { count.get() >= OFFERED_MIN && !joining.get() }>
            <div class="actions">
                <Button on_press=move |()| asks.set(true)>
                    {move || format!("{} 户两边都建了:全部合并", counted(count.get()))}
                </Button>
            </div>
        </Show>
        <Show when=move || joining.get()>
            <div class="work">
                <Progress done=Signal::derive(move || pace.get().0) all=Signal::derive(move || pace.get().1) label="合并进度" />
                <p role="status">{move || format!("已合并 {} / {} 户", counted(pace.get().0), counted(pace.get().1))}</p>
                <Button on_press=move |()| joining.set(false)>"停下"</Button>
            </div>
        </Show>
        <Problem sentence=problem />
        <Show when=move || asks.get()>
            <Dialog title="全部合并" on_close=move |()| asks.set(false)>
                <p>
                    {move || format!("有 {} 对户,户号、户主姓名和登记的内容都一样。", counted(count.get()))}
                    "每一对会合成一户:积分合在一起,同名的人算一个,合并后不能再拆开。户主姓名不同的、电话地址等写得不一样的不在其中,留给您一处一处看。"
                </p>
                <div class="actions">
                    <Button weight=Weight::Primary on_press=go>"全部合并"</Button>
                    <Button on_press=move |()| asks.set(false)>"不合并"</Button>
                </div>
            </Dialog>
        </Show>
    }
}

/// Joins one after the other, as long as nobody says stop.
async fn join(
    app: App,
    same: Vec<Settlement>,
    joining: RwSignal<bool>,
    pace: RwSignal<(u64, u64)>,
) -> Result<(), String> {
    let all = same.len() as u64;
    for (done, settlement) in (0..).zip(same) {
        let _left = pace.try_set((done, all));
        if joining.try_get_untracked() != Some(true) {
            return Ok(());
        }
        app.act(Command::Settle(settlement)).await.map_err(|error| error.to_string())?;
    }
    app.say(format!("已合并 {} 户。", counted(all)));
    Ok(())
}
