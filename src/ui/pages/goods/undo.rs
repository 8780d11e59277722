//! Redemptions of a day that was reopened: what was recorded wrongly is undone
//! before the day is closed again.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::domain::command::Command;
use crate::report::day_closing::{UndoList, UndoRow, undo_list};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// The redemptions of the day, folded away; nothing unless it was reopened.
#[component]
pub(super) fn UndoPart(day: Date) -> impl IntoView {
    let app = use_app();
    let list = app.report(move |village| undo_list(village, day));
    let asked = RwSignal::new(None::<UndoRow>);
    let close = Callback::new(move |()| asked.set(None));
    view! {
        {move || list.get().map(|list| list_view(list, asked))}
        {move || asked.get().map(|row| view! { <UndoDialog row on_close=close /> })}
    }
}

fn list_view(list: UndoList, asked: RwSignal<Option<UndoRow>>) -> AnyView {
    let count = list.rows.len();
    let summary = match count {
        0 => "这一天没有可以撤销的兑换".to_owned(),
        _ => format!("撤销记错的兑换({count} 笔里选)"),
    };
    let kept = (list.kept > 0).then(|| format!("{} 笔所在的月份已经月结公示,不能再撤销。", list.kept));
    let table = (count > 0).then(|| {
        view! {
            <Table caption="这一天的兑换" columns=&[Words("谁"), Words("物品"), Figures("积分"), Words("")]>
                {list.rows.into_iter().map(|row| row_view(row, asked)).collect_view()}
            </Table>
        }
    });
    view! {
        <details class="days__undo">
            <summary class="days__summary">{summary}</summary>
            {kept.map(|words| view! { <p class="table__quiet">{words}</p> })}
            {table}
        </details>
    }
    .into_any()
}

fn row_view(row: UndoRow, asked: RwSignal<Option<UndoRow>>) -> AnyView {
    let label = format!("撤销 {} 的 {}", row.who, row.goods);
    let (who, goods, points) = (row.who.clone(), row.goods.clone(), row.points);
    view! {
        <tr>
            <td class="table__strong">{who}</td>
            <td>{goods}</td>
            <td class="table__number">{points}</td>
            <td class="table__number">
                <Button on_press=move |()| asked.set(Some(row.clone())) attr:aria-label=label>
                    "撤销"
                </Button>
            </td>
        </tr>
    }
    .into_any()
}

/// Says what undoing does, and does it.
#[component]
fn UndoDialog(row: UndoRow, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let UndoRow { id, who, goods, points } = row;
    let words = format!("{who} 的兑换「{goods}」会撤销,{points} 分退回存折,物品算作没有发出。撤销会留在记录里。");
    let done = format!("已撤销 {who} 的兑换,{points} 分已退回。");
    let undo = move |()| send(app, Command::UndoRedemption(id), done.clone(), problem, on_close);
    view! {
        <Dialog title="撤销兑换" on_close>
            <p>{words}</p>
            <Problem sentence=problem />
            <div class="actions">
                <Button weight=Weight::Primary on_press=undo>"撤销这笔"</Button>
                <Button on_press=on_close>"取消"</Button>
            </div>
        </Dialog>
    }
}
