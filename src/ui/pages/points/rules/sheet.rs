//! The items of a version, rewards and deductions side by side: on the screen
//! and on paper.

use leptos::prelude::*;

use crate::report::rule_sheet::{RuleGroup, RuleRow, RuleSheet};
use crate::ui::components::sheet::Sheet;

/// The version of one ledger.
pub(super) fn sheet_view(sheet: RuleSheet, village: &str, members: bool, decision: String) -> AnyView {
    let groups = sheet.groups.into_iter().map(|group| group_view(group, members)).collect_view();
    let decision = (!decision.is_empty()).then(|| view! { <p class="rules__decision">"会议决定:" {decision}</p> });
    view! {
        <p class="rules__head">
            <strong>{format!("{village}{}", sheet.title)}</strong>
            {sheet.effective}
            <span class="table__quiet">{sheet.meeting}</span>
            <span class="table__quiet rules__promise">
                "· 每条记录按活动当天的版本计分,以后改细则也不变"
            </span>
        </p>
        {decision}
        <div class="rules">{groups}</div>
    }
    .into_any()
}

/// One category: 加分 at the left, 扣分 at the right.
fn group_view(group: RuleGroup, members: bool) -> AnyView {
    let RuleGroup { category, plus, minus, cap } = group;
    let plus = side_view(&category, "加分", "table__number plus", plus, members);
    let minus = side_view(&category, "扣分", "table__number minus", minus, members);
    view! {
        <Sheet title=category remark=cap>
            <div class="rules__sides">{plus} {minus}</div>
        </Sheet>
    }
    .into_any()
}

fn side_view(category: &str, title: &'static str, class: &'static str, rows: Vec<RuleRow>, members: bool) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="rules__none">{format!("本类没有{title}事项。")}</p> }.into_any();
    }
    let row = move |row: RuleRow| {
        let caps = if row.caps.is_empty() { "不限".to_owned() } else { row.caps };
        let conditions =
            (!row.conditions.is_empty()).then(|| view! { <small class="rules__more">{row.conditions}</small> });
        view! {
            <tr>
                <td class="table__quiet">{row.code}</td>
                <td>{row.name} {conditions}</td>
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
