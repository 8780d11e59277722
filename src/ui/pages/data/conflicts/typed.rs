//! Ways to settle a conflict that need something typed: a new number for a
//! household, or what was counted on the shelf.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::app::book::ActError;
use crate::domain::command::{Command, Settlement};
use crate::domain::id::{GoodsId, HouseholdId};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::context::{App, use_app};
use crate::ui::pages::goods::whole;

/// What is asked for.
#[derive(Clone)]
pub enum Typed {
    /// 新户号
    Number {
        /// What the conflict is about.
        title: String,
        /// Whose number.
        household: HouseholdId,
    },
    /// 盘点
    Count {
        /// What the conflict is about.
        title: String,
        /// Of what.
        goods: GoodsId,
    },
}

impl Typed {
    /// What was typed, as a settlement, or why it is none.
    fn parse(&self, typed: &str, note: &str) -> Result<Settlement, String> {
        match self {
            Self::Number { household, .. } => {
                Ok(Settlement::RenumberHousehold { household: *household, number: typed.trim().to_owned() })
            }
            Self::Count { goods, .. } => {
                let counted = whole("清点的数量", typed, "12")?;
                Ok(Settlement::CountStock { goods: *goods, counted, note: note.to_owned() })
            }
        }
    }

    const fn heading(&self) -> &'static str {
        match self {
            Self::Number { .. } => "给后一户改户号",
            Self::Count { .. } => "登记盘点",
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Number { title, .. } => format!("{title}:后建的那一户换一个没有用过的户号,前一户不变。"),
            Self::Count { title, .. } => {
                format!("{title}:账面比零还少,请清点实物,填实有的数量,写明为什么和账面不一样。")
            }
        }
    }

    fn label(&self, app: App) -> String {
        match self {
            Self::Number { .. } => "新户号".to_owned(),
            Self::Count { goods, .. } => {
                let unit = app.read(|village| village.shelf.goods.get(*goods).map(|goods| goods.unit.clone()));
                format!("实有数量({})", unit.unwrap_or_default())
            }
        }
    }
}

/// The dialog for it.
#[component]
pub fn TypedDialog(what: Typed, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let (typed, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let counts = matches!(what, Typed::Count { .. });
    let (heading, words, label) = (what.heading(), what.words(), untrack(|| what.label(app)));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match what.parse(&typed.get_untracked(), &note.get_untracked()) {
            Err(sentence) => problem.set(Some(sentence)),
            Ok(settlement) => app.perform(Command::Settle(settlement), move |outcome| match outcome {
                Ok(()) => {
                    app.say("已处理。");
                    on_close.run(());
                }
                Err(ActError::Busy) => {}
                Err(error) => problem.set(Some(error.to_string())),
            }),
        }
    };
    view! {
        <Dialog title=heading on_close>
            <form class="form" on:submit=submit>
                <p>{words}</p>
                <TextField label value=typed autofocus=true />
                {counts.then(|| view! { <TextField label="差异原因" value=note /> })}
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"确定"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}
