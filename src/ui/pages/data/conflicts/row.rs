//! One conflict, and a button for each way to settle it.

use leptos::prelude::*;

use super::typed::Typed;
use crate::app::book::ActError;
use crate::domain::command::{Command, Settlement};
use crate::domain::id::HouseholdId;
use crate::report::conflicts::{ConflictRow, Way};
use crate::ui::components::button::Button;
use crate::ui::components::field::Problem;
use crate::ui::components::tag::{Tag, Tone};
use crate::ui::context::{App, use_app};

/// What is asked before something is settled.
#[derive(Clone)]
pub enum Asked {
    /// Something is to be typed.
    Typed(Typed),
    /// Two entries of a household differ.
    Join {
        /// What the conflict is about.
        title: String,
        /// The entry that goes.
        gone: HouseholdId,
        /// The entry that stays.
        kept: HouseholdId,
    },
}

/// A row of the list.
#[component]
pub fn Row(row: ConflictRow, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let ConflictRow { kind, title, detail, ways } = row;
    let problem = RwSignal::new(None::<String>);
    let about = title.clone();
    let ways = ways.into_iter().map(|way| {
        let title = about.clone();
        view! { <WayButton way title asked problem /> }
    });
    view! {
        <li class="conflicts__one">
            <Tag tone=Tone::Yellow word=kind />
            <div>
                <b>{title}</b>
                <span class="conflicts__detail">{detail}</span>
                <Problem sentence=problem />
            </div>
            <div class="conflicts__ways">{ways.collect_view()}</div>
        </li>
    }
}

#[component]
fn WayButton(
    way: Way,
    title: String,
    asked: RwSignal<Option<Asked>>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let (label, settlement) = match way {
        Way::Press(label, settlement) => (label, Ok(settlement)),
        Way::Join(label, gone, kept) => (label, Err(Asked::Join { title, gone, kept })),
        Way::Number(label, household) => (label, Err(Asked::Typed(Typed::Number { title, household }))),
        Way::Count(label, goods) => (label, Err(Asked::Typed(Typed::Count { title, goods }))),
    };
    let press = move |()| match settlement.clone() {
        Ok(settlement) => settle(app, settlement, label, problem),
        Err(what) => asked.set(Some(what)),
    };
    view! { <Button on_press=press>{label}</Button> }
}

/// Settles by a press. A second press while the first is being saved is not an error.
fn settle(app: App, settlement: Settlement, label: &'static str, problem: RwSignal<Option<String>>) {
    app.perform(Command::Settle(settlement), move |outcome| match outcome {
        Ok(()) => app.say(format!("已处理:{label}。")),
        Err(ActError::Busy) => {}
        Err(error) => {
            // The page may have been left in the meantime.
            let _left = problem.try_set(Some(error.to_string()));
        }
    });
}
