//! Choosing one of the four handlings, and giving what it requires.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::domain::calendar::{add_days, iso_date, parse_iso_date};
use crate::domain::case::clock::MATTERS;
use crate::domain::command::NewHandling;
use crate::ui::components::field::{LongField, SelectField, TextField};

/// What has been typed about a handling so far.
#[derive(Clone, Copy)]
pub struct HandlingInput {
    /// Which: 0–3 in the order of 四办, or none yet.
    pub place: RwSignal<Option<usize>>,
    matter: RwSignal<usize>,
    to: RwSignal<String>,
    follow_up: RwSignal<String>,
    reason: RwSignal<String>,
}

impl HandlingInput {
    /// Nothing chosen yet; a follow-up would be in a week.
    pub fn new(today: Date) -> Self {
        Self {
            place: RwSignal::new(None),
            matter: RwSignal::new(0),
            to: RwSignal::new(String::new()),
            follow_up: RwSignal::new(iso_date(add_days(today, 7))),
            reason: RwSignal::new(String::new()),
        }
    }

    /// The handling as typed; the domain says what is missing.
    pub fn get(self) -> Option<NewHandling> {
        Some(match self.place.get_untracked()? {
            0 => NewHandling::Immediate,
            1 => NewHandling::TimeLimited(MATTERS.get(self.matter.get_untracked())?.limit),
            2 => NewHandling::Escalated {
                to: self.to.get_untracked(),
                follow_up: parse_iso_date(&self.follow_up.get_untracked()),
            },
            _ => NewHandling::ExplainedReturn { reason: self.reason.get_untracked() },
        })
    }
}

/// The four, with what each promises.
const FOUR: [(&str, &str); 4] = [
    ("小事立即办", "不拖延,当天或次日办结"),
    ("清单限时办", "明节点,按清单的时限办"),
    ("提级上报办", "破难题,上报并约定回访"),
    ("解释退回办", "明缘由,向群众说明理由"),
];

/// The four handlings as one choice, and the fields of the chosen one.
#[component]
pub fn HandlingFields(input: HandlingInput, #[prop(optional)] later: bool) -> impl IntoView {
    let one = move |(place, (name, promise)): (Option<usize>, (&'static str, &'static str))| {
        view! {
            <label class="handling__one">
                <input
                    type="radio"
                    name="handling"
                    prop:checked=move || input.place.get() == place
                    on:change=move |_| input.place.set(place)
                />
                <span>
                    <b>{name}</b>
                    <small class="handling__promise">{promise}</small>
                </span>
            </label>
        }
    };
    let waiting = later.then_some((None, ("以后再交办", "先登记,由支部商量后交办")));
    let four = FOUR.into_iter().enumerate().map(|(place, words)| (Some(place), words));
    view! {
        <fieldset class="handling">
            <legend class="radios__legend">"四办去向"</legend>
            {four.chain(waiting).map(one).collect_view()}
        </fieldset>
        {move || match input.place.get() {
            Some(1) => view! { <SelectField label="清单事项" value=input.matter options=matters() /> }.into_any(),
            Some(2) => view! {
                <div class="form__row">
                    <TextField label="上报给谁" value=input.to hint="如:镇综治办、县水利局" />
                    <TextField label="村里回访日期" value=input.follow_up kind="date" />
                </div>
            }.into_any(),
            Some(3) => view! {
                <LongField label="向群众说明的理由" value=input.reason hint="这段话会原样留在事项里" />
            }.into_any(),
            _ => ().into_any(),
        }}
    }
}

fn matters() -> Vec<String> {
    MATTERS.iter().map(|matter| format!("{}({})", matter.name, matter.limit.words())).collect()
}
