//! 冲突: what two laptops recorded against each other, each with its ways out.
//! The sheet is there only as long as there is something to settle.

mod join_all;
mod row;
mod typed;

use leptos::prelude::*;

use self::join_all::JoinAll;
use self::row::Row;
use self::typed::{Asked, TypedDialog};
use crate::report::conflicts::{conflicts, same_households};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;

/// So many are listed at once.
const LISTED_MAX: usize = 50;

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
    let rest = move || count.get().saturating_sub(LISTED_MAX);
    let listed = move || {
        let rows = rows.get().into_iter().take(LISTED_MAX);
        rows.map(|row| view! { <Row row asked /> }).collect_view()
    };
    view! {
        <Show when=move || { count.get() > 0 || joining.get() }>
            <div class="data__screen" id="conflicts" tabindex="-1">
                <Sheet title=Signal::stored("两台电脑的冲突".to_owned()) remark>
                    <p class="data__words">
                        "两台电脑对同一件事记得不一样。没有丢掉哪一边的记录;请一处一处定下来,定了以后两台电脑都照这个算。"
                    </p>
                    <JoinAll same joining />
                    <Show when=move || !joining.get()>
                        <ul class="conflicts" aria-label="冲突">
                            {listed}
                        </ul>
                        <p class="data__words" hidden=move || rest() == 0>
                            {move || format!("还有 {} 处,处理完上面的就会显示出来。", rest())}
                        </p>
                    </Show>
                </Sheet>
            </div>
        </Show>
        {move || asked.get().map(|what| view! { <TypedDialog what on_close=move |()| asked.set(None) /> })}
    }
}
