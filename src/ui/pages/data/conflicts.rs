//! 冲突: what two laptops recorded against each other, each with its ways out.
//! The sheet is there only as long as there is something to settle.

mod join_all;
mod join_one;
mod row;
mod typed;

use leptos::prelude::*;

use self::join_all::JoinAll;
use self::join_one::JoinOne;
use self::row::{Asked, Row};
use self::typed::TypedDialog;
use crate::report::conflicts::{conflicts, kinds_advice, same_households};
use crate::ui::components::button::Button;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;

/// Shown at first, and how many more each time.
const PORTION: usize = 10;

/// What is to be settled.
#[component]
pub fn Conflicts() -> impl IntoView {
    let app = use_app();
    let rows = app.report(conflicts);
    let same = app.report(same_households);
    let asked = RwSignal::new(None::<Asked>);
    let joining = RwSignal::new(false);
    let count = Memo::new(move |_| rows.with(Vec::len));
    let remark = Signal::derive(move || format!("{} 处", count.get()));
    let limit = RwSignal::new(PORTION);
    let rest = move || count.get().saturating_sub(limit.get());
    let listed = move || {
        let rows = rows.get().into_iter().take(limit.get());
        rows.map(|row| view! { <Row row asked /> }).collect_view()
    };
    let advice = move || rows.with(|rows| kinds_advice(rows)).into_iter().map(|words| view! { <p>{words}</p> });
    view! {
        <Show when=move || { count.get() > 0 || joining.get() }>
            <div class="data__screen" id="conflicts" tabindex="-1">
                <Sheet title=Signal::stored("两台电脑的冲突".to_owned()) remark>
                    <div class="data__words">
                        <p>
                            "两台电脑对同一件事记得不一样。没有丢掉哪一边的记录;请一处一处定下来,定了以后两台电脑都照这个算。"
                        </p>
                        {move || advice().collect_view()}
                    </div>
                    <JoinAll same joining />
                    <Show when=move || !joining.get()>
                        <ul class="conflicts" aria-label="冲突">
                            {listed}
                        </ul>
                        <Show when=move || { rest() > 0 }>
                            <Button on_press=move |()| limit.update(|limit| *limit += PORTION)>
                                {move || format!("再显示 {} 处(还有 {} 处)", PORTION.min(rest()), rest())}
                            </Button>
                        </Show>
                    </Show>
                </Sheet>
            </div>
        </Show>
        {move || {
            let on_close = move |()| asked.set(None);
            match asked.get()? {
                Asked::Join { title, gone, kept } => Some(view! { <JoinOne title gone kept on_close /> }.into_any()),
                Asked::Typed(what) => Some(view! { <TypedDialog what on_close /> }.into_any()),
            }
        }}
    }
}
