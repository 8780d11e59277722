//! What was decided last: whose claim, what for, and who looked at it.

use leptos::prelude::*;

use crate::report::review::DecidedRow;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::table::{Table, Words};
use crate::ui::components::tag::{Tag, Tone};

/// The last ones, or nothing where nothing was decided.
pub(super) fn decided_view(rows: Vec<DecidedRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let row = |row: DecidedRow| {
        let (tone, word) = if row.is_approved { (Tone::Green, "通过") } else { (Tone::Yellow, "退回") };
        view! {
            <tr>
                <td><Tag tone word /></td>
                <td class="review__who">{row.name}</td>
                <td class="review__whole">{row.what}</td>
                <td>{row.outcome}</td>
                <td class="table__quiet review__whole">{row.hands}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <Sheet title="最近审过的">
            <Table caption="最近审过的申报" columns=&[Words(""), Words("户 / 人"), Words("事项"), Words("结果"), Words("经手")]>
                {rows.into_iter().map(row).collect_view()}
            </Table>
        </Sheet>
    }
    .into_any()
}
