//! 细则: the rule book in force, rewards and deductions side by side.

use leptos::prelude::*;

use super::ledger_of;
use crate::report::rule_sheet::{RuleGroup, RuleRow, RuleSheet, rule_sheet};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::context::use_app;
use crate::ui::route::{PointsView, Route};

/// The rule book of the ledger that is shown.
#[component]
pub(super) fn RulesPart(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let sheet = Memo::new(move |_| {
        let ledger = view.with(ledger_of);
        app.read(|village| rule_sheet(village, ledger, app.today()))
    });
    move || match sheet.get() {
        Some(sheet) => view! { <Rules sheet members=view.with(|view| view.members) /> }.into_any(),
        None => view! {
            <section class="sheet" aria-label="细则">
                <Empty sentence="今天还没有生效的积分细则,暂时不能登记活动。">
                    <a href=Route::Overview.href()>"回到总览"</a>
                </Empty>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn Rules(sheet: RuleSheet, members: bool) -> impl IntoView {
    let group = move |group: RuleGroup| view! { <Group group members /> };
    view! {
        <p class="rules__head">
            <strong>{format!("积分细则 {} 版", sheet.label)}</strong>
            {sheet.effective}
            <span class="table__quiet">"· 每条记录按活动当天的版本计分,以后改细则也不变"</span>
        </p>
        <div class="rules">{sheet.groups.into_iter().map(group).collect_view()}</div>
    }
}

/// One category: 加分 at the left, 扣分 at the right.
#[component]
fn Group(group: RuleGroup, members: bool) -> impl IntoView {
    let category = group.category;
    view! {
        <Sheet title=category>
            <div class="rules__sides">
                <Side category title="加分" class="table__number plus" rows=group.plus members />
                <Side category title="扣分" class="table__number minus" rows=group.minus members />
            </div>
        </Sheet>
    }
}

#[component]
fn Side(
    category: &'static str,
    title: &'static str,
    class: &'static str,
    rows: Vec<RuleRow>,
    members: bool,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="rules__none">{format!("本类没有{title}事项。")}</p> }.into_any();
    }
    let row = move |row: RuleRow| {
        let caps = if row.caps.is_empty() { "不限".to_owned() } else { row.caps };
        view! {
            <tr>
                <td class="table__quiet">{row.code}</td>
                <td>{row.name}</td>
                <td class=class>{row.score}</td>
                <td class="table__quiet">{caps}</td>
                {members.then(|| view! { <td class="table__quiet">{row.member_types}</td> })}
            </tr>
        }
    };
    view! {
        <table class="table rules__table">
            <caption class="table__caption">{format!("{category}:{title}")}</caption>
            <thead>
                <tr>
                    <th scope="col" class="rules__code">"编号"</th>
                    <th scope="col">{format!("{title}事项")}</th>
                    <th scope="col" class="table__number rules__score">"分值"</th>
                    <th scope="col" class="rules__caps">"上限"</th>
                    {members.then(|| view! { <th scope="col">"适用"</th> })}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
