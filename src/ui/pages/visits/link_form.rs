//! 增加联系户: households for one member, found by a few keys each.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::round_input::{Home, home_hits, homes_found};
use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::command::Command;
use crate::domain::id::PersonId;
use crate::domain::visits::act::VisitAct;
use crate::report::search::SearchIndex;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField};
use crate::ui::components::finder::Finder;
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

/// The dialog for one member.
#[component]
pub(super) fn LinkForm(person: PersonId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let name = untrack(|| app.read(|village| village.name(person).to_owned()));
    let index = StoredValue::new(untrack(|| app.read(SearchIndex::build)));
    let (text, from) = (RwSignal::new(String::new()), RwSignal::new(iso_date(app.today())));
    let (chosen, problem) = (RwSignal::new(Vec::<Home>::new()), RwSignal::new(None::<String>));
    let found =
        Memo::new(move |_| index.with_value(|index| app.read(|village| homes_found(village, index, &text.get()))));
    let hits = move || {
        found.with(|found| chosen.with(|chosen| home_hits(found, |home| chosen.iter().any(|one| one.id == home.id))))
    };
    let take = move |place: usize| {
        if let Some(home) = found.with_untracked(|found| found.get(place).cloned()) {
            chosen.update(|chosen| chosen.push(home));
        }
    };
    let title = format!("给 {name} 增加联系户");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(from) = parse_iso_date(&from.get_untracked()) else {
            return problem.set(Some("请选好从哪一天起联系。".to_owned()));
        };
        let households: Vec<_> = chosen.with_untracked(|chosen| chosen.iter().map(|home| home.id).collect());
        let done = format!("{name} 新联系 {} 户。", households.len());
        send(app, Command::Visit(VisitAct::Link { person, households, from }), done, problem, on_close);
    };
    let remove = move |home: Home| chosen.update(|chosen| chosen.retain(|one| *one != home));
    let one = move |home: Home| {
        let label = format!("去掉 {}", home.label);
        view! {
            <li class="links__one">
                {home.label.clone()}
                <button type="button" class="chosen__remove" aria-label=label on:click=move |_| remove(home.clone())>
                    "×"
                </button>
            </li>
        }
    };
    view! {
        <Dialog title on_close>
            <form class="form" on:submit=submit>
                <Finder
                    id="link-find"
                    label="找户"
                    hint="户主姓名、拼音首字母或户号,回车加入。"
                    text
                    hits=Signal::derive(hits)
                    on_take=take
                    autofocus=true
                />
                <ul class="links">{move || chosen.get().into_iter().map(one).collect_view()}</ul>
                <TextField label="从哪一天起" value=from kind="date" />
                <Problem sentence=problem />
                <div class="actions">
                    <Button weight=Weight::Primary kind="submit">
                        {move || format!("联系这 {} 户", chosen.with(Vec::len))}
                    </Button>
                    <Button on_press=on_close>"取消"</Button>
                </div>
            </form>
        </Dialog>
    }
}
