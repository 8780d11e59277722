//! One person of a household: what the village holds about them as a file,
//! and the way to erasing them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::id::PersonId;
use crate::office::page_file::{html, with_pictures};
use crate::report::people_list::PersonRow;
use crate::report::person_file::{file_name, person_file};
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::{Problem, SelectField};
use crate::ui::context::{App, use_app};

/// Picks one person, and offers what can be done.
#[component]
pub fn PersonActions(
    people: Vec<PersonRow>,
    #[prop(into)] on_erase: Callback<PersonId>,
    #[prop(into)] on_change: Callback<PersonId>,
) -> impl IntoView {
    let app = use_app();
    let people: Vec<PersonRow> = people.into_iter().filter(|person| !person.is_erased).collect();
    let ids = StoredValue::new(people.iter().map(|person| person.id).collect::<Vec<_>>());
    let labels: Vec<String> = people.iter().map(label).collect();
    let chosen = RwSignal::new(0);
    let problem = RwSignal::new(None::<String>);
    let person = move || ids.with_value(|ids| ids.get(chosen.get_untracked()).copied());
    let export = move |()| {
        let Some(person) = person() else { return };
        spawn_local(async move {
            let ended = export(app, person).await;
            // The page may have been left in the meantime.
            let _left = problem.try_set(ended.err());
        });
    };
    let erase = move |()| {
        if let Some(person) = person() {
            on_erase.run(person);
        }
    };
    let change = move |()| {
        if let Some(person) = person() {
            on_change.run(person);
        }
    };
    (!labels.is_empty()).then(|| {
        view! {
            <div class="person">
                <SelectField label="个人资料" value=chosen options=labels />
                <Button weight=Weight::Quiet on_press=change>
                    "登记变更"
                </Button>
                <Button weight=Weight::Quiet on_press=export>
                    "导出此人资料"
                </Button>
                <Button weight=Weight::Quiet on_press=erase>
                    "删除此人"
                </Button>
            </div>
            <Problem sentence=problem />
        }
    })
}

/// 「王海林(户主)」; a child's name is not shown before it is asked for.
fn label(person: &PersonRow) -> String {
    match (person.is_child, person.relation.as_str()) {
        (true, _) => format!("未满 14 岁的{}", if person.relation.is_empty() { "孩子" } else { &person.relation }),
        (false, "") => person.name.clone(),
        (false, relation) => format!("{}({relation})", person.name),
    }
}

async fn export(app: App, person: PersonId) -> Result<(), String> {
    let now = browser::now();
    let (name, file) =
        untrack(|| app.read(|village| (file_name(village, person, now), person_file(village, person, now))));
    let file = file.map_err(|refusal| refusal.to_string())?;
    let photos = untrack(|| app.read(|village| village.erasure(person).map(|erasure| erasure.photos)));
    let pictures = app.pictures(&photos.unwrap_or_default()).await.map_err(|error| error.to_string())?;
    let page = with_pictures(&html(&file), "凭据照片(可能拍到别人,交出前请看一遍)", &pictures);
    let name = format!("{name}.html");
    browser::download(&name, page.as_bytes(), "text/html")?;
    app.say(format!("已导出:{name}。里面是本村登记的关于此人的全部内容,请只交给本人。"));
    Ok(())
}
