//! 兑换前准备: the checklist, the papers, and what will probably be asked for.

use leptos::prelude::*;

use crate::domain::points::accounts::VillagerAccount;
use crate::report::preparation::{Demand, DemandRow, ReadyLine, checklist, demand};
use crate::ui::components::button::LinkButton;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::table::{Figures, Table, Words};
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::use_app;
use crate::ui::route::{HallPaper, Route};

/// What to do before a redemption day.
#[component]
pub(super) fn Ready() -> impl IntoView {
    let app = use_app();
    let villagers = untrack(|| app.read(|village| village.villager_accounts.now()));
    let word = move |household: &'static str, person: &'static str| match villagers {
        VillagerAccount::Household => household,
        VillagerAccount::Person => person,
    };
    let lines = app.report(move |village| checklist(village, app.today(), app.last_save()));
    let line = |line: ReadyLine| {
        let (tone, word) = if line.is_open { (Tone::Yellow, "要办") } else { (Tone::Green, "好了") };
        view! {
            <li class="ready__line">
                <Tag tone=tone word=word />
                <span>{line.sentence}</span>
            </li>
        }
    };
    view! {
        <div class="ready">
            <Sheet title="兑换前看一遍">
                <ul class="ready__lines">{move || lines.get().into_iter().map(line).collect_view()}</ul>
            </Sheet>
            <Sheet title="打印好放在手边">
                <ul class="ready__papers">
                    <li>
                        <LinkButton href=Route::HallPaper(HallPaper::Prices).href()>"价目表"</LinkButton>
                        <span>"贴在墙上,大字"</span>
                    </li>
                    <li>
                        <LinkButton href=Route::HallPaper(HallPaper::Entitled).href()>"可兑名单"</LinkButton>
                        <span>{word("每户有多少分,停电也能查", "每人有多少分,停电也能查")}</span>
                    </li>
                    <li>
                        <LinkButton href=Route::HallPaper(HallPaper::Cards).href()>{word("户卡", "积分卡")}</LinkButton>
                        <span>{word("带二维码,扫码枪一扫就找到户", "带二维码,扫码枪一扫就找到人")}</span>
                    </li>
                </ul>
            </Sheet>
        </div>
        <Estimate />
    }
}

#[component]
fn Estimate() -> impl IntoView {
    let app = use_app();
    let found = app.report(move |village| demand(village, app.today()));
    let has_rows = Memo::new(move |_| found.with(|found| !found.rows.is_empty()));
    let sums = move || found.with(sum_words);
    view! {
        <Sheet title="需求估算" remark=Signal::derive(move || found.with(|found| found.basis.clone()))>
            <Show when=move || has_rows.get()>
                <p class="ready__sums">{sums}</p>
                <Table
                    caption="按上次兑换估算的需求"
                    columns=&[Words("物品"), Figures("上次兑出"), Figures("估计要"), Figures("现有"), Words("够不够")]
                >
                    {move || found.get().rows.into_iter().map(demand_row).collect_view()}
                </Table>
            </Show>
        </Sheet>
    }
}

fn sum_words(found: &Demand) -> String {
    let budget = if found.budget.is_empty() {
        "现有库存够用".to_owned()
    } else {
        format!("补齐约需 {}", found.budget)
    };
    let over = &found.over_budget;
    let budget = if over.is_empty() { budget } else { format!("{budget},比预算多 {over}") };
    format!("估计兑换 {} 分 · {budget}", found.points)
}

fn demand_row(row: DemandRow) -> impl IntoView {
    let verdict = if row.short > 0 {
        view! { <Tag tone=Tone::Yellow word=format!("差 {} {}", row.short, row.unit) /> }
    } else {
        view! { <Tag tone=Tone::Green word="够" /> }
    };
    let ran_out = row.ran_out.then(|| view! { <small class="ready__remark">"上次兑完了,可能要得更多"</small> });
    view! {
        <tr>
            <td class="table__strong">{row.name} " " {ran_out}</td>
            <td class="table__number">{row.before}</td>
            <td class="table__number">{row.estimate}</td>
            <td class="table__number">{row.stock}</td>
            <td>{verdict}</td>
        </tr>
    }
}
