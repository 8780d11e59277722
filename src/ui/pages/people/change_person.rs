//! 登记变更: a party member gets another type or leaves, somebody moves away,
//! comes back, or dies. It counts from its date.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::command::Command;
use crate::domain::id::PersonId;
use crate::domain::people::PersonChange;
use crate::domain::roster::MemberType;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, SelectField, TextField};
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// The dialog for one person.
#[component]
pub fn ChangePerson(person: PersonId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let name = untrack(|| app.read(|village| village.name(person).to_owned()));
    let (what, kind) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let from = RwSignal::new(iso_date(app.today()));
    let problem = RwSignal::new(None::<String>);
    // The first choice is the type of a party member, the others change where a person belongs.
    let changes = std::iter::once("党员类型变更").chain(PersonChange::ALL.iter().map(|change| change.word()));
    let whats = Signal::stored(changes.map(str::to_owned).collect());
    let kinds = Signal::stored(MemberType::ALL.iter().map(|kind| kind.word().to_owned()).collect());
    let title = format!("登记变更:{name}");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(from) = parse_iso_date(&from.get_untracked()) else {
            return problem.set(Some("请选好从哪一天起算。".to_owned()));
        };
        let change = what.get_untracked().checked_sub(1).and_then(|place| PersonChange::ALL.get(place));
        let (command, word) = if let Some(change) = change {
            (Command::ChangePerson { person, change: *change, from }, change.word())
        } else {
            let kind = MemberType::ALL.get(kind.get_untracked()).copied().unwrap_or(MemberType::Linked);
            (Command::TypeMember { person, kind, from }, kind.word())
        };
        let done = format!("已登记{name}:{word}。");
        send(app, command, done, problem, on_close);
    };
    view! {
        <Dialog title on_close>
            <form class="form" on:submit=submit>
                <SelectField label="什么变更" value=what options=whats />
                <Show when=move || what.get() == 0>
                    <SelectField label="变更为" value=kind options=kinds />
                </Show>
                <TextField label="从哪一天起" value=from kind="date" />
                <p class="field__hint">"从这一天起算,以前的积分和记录不变。登记去世以后不能再变更。"</p>
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">"登记变更"</Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}
