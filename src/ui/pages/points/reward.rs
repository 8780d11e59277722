//! 登记化解得分: the dialog 登记活动, filled in from a dispute that was resolved.

use jiff::civil::Date;
use leptos::prelude::*;

use super::activity::ActivityDialog;
use super::draft::ActivityInput;
use crate::domain::calendar::iso_date;
use crate::domain::id::CaseId;
use crate::domain::points::rule::{Category, Ledger};
use crate::report::activity::items_in_force;
use crate::ui::context::use_app;

/// Points of a ledger for what happened in the case on the day.
#[component]
pub fn RewardDialog(case: CaseId, ledger: Ledger, day: Date, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let items = untrack(|| app.read(|village| items_in_force(village, ledger, day)));
    let mut mediation = items.iter().filter(|item| item.category == Category::Mediation);
    let item = mediation.find(|item| !item.score.is_deduction()).map(|item| item.id);
    let input = ActivityInput { date: iso_date(day), item, ..ActivityInput::new(app.today()) };
    view! {
        <div class="points__wide">
            <ActivityDialog ledger input=RwSignal::new(input) case=Some(case) on_close />
        </div>
    }
}
