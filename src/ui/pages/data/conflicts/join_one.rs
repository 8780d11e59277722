//! Two entries of one household that differ: what each says, and whose texts count.

use leptos::prelude::*;

use crate::app::book::ActError;
use crate::domain::command::{Command, Settlement};
use crate::domain::conflict::Choice;
use crate::domain::id::HouseholdId;
use crate::report::conflicts::{JoinDifference, join_differences};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::Problem;
use crate::ui::components::table::{Table, Words};
use crate::ui::context::use_app;

/// The dialog: the differences, and a button for each side.
#[component]
pub fn JoinOne(
    title: String,
    gone: HouseholdId,
    kept: HouseholdId,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let differences = untrack(|| app.read(|village| join_differences(village, gone, kept)));
    let row = |JoinDifference { what, texts: [first, second] }: JoinDifference| {
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td>{first}</td>
                <td>{second}</td>
            </tr>
        }
    };
    let count = differences.len();
    let words =
        title + &format!(":两边写得不一样的有 {count} 处。选一边照着写,另一边的不再保留;只有一边写了的都留着。");
    let join = move |texts: Choice| {
        let settlement = Settlement::JoinHouseholds { gone, kept, texts };
        app.perform(Command::Settle(settlement), move |outcome| match outcome {
            Ok(()) => {
                app.say("已合并成一户。");
                on_close.run(());
            }
            Err(ActError::Busy) => {}
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    view! {
        <Dialog title="合并成一户" on_close>
            <p class="merge__before">{words}</p>
            <div class="merge__scroll" tabindex="0" role="region" aria-label="写得不一样的">
                <Table caption="写得不一样的" columns=&[Words("哪一处"), Words("先建的"), Words("后建的")]>
                    {differences.into_iter().map(row).collect_view()}
                </Table>
            </div>
            <Problem sentence=problem />
            <div class="actions">
                <Button weight=Weight::Primary on_press=move |()| join(Choice::Keep)>"照先建的合并"</Button>
                <Button on_press=move |()| join(Choice::Take)>"照后建的合并"</Button>
                <Button on_press=on_close>"不合并"</Button>
            </div>
        </Dialog>
    }
}
