//! 民情日记: the sheet for those who go with paper, blank or with the linked
//! households of a member, to be entered afterwards.

use leptos::prelude::*;

use crate::domain::calendar::Month;
use crate::domain::id::PersonId;
use crate::report::coverage::{coverage, member_links};
use crate::ui::context::{App, use_app};

/// Lines of a sheet.
const LINES: usize = 12;

/// The members for whom there can be a sheet.
pub fn visitors(app: App) -> Memo<Vec<(PersonId, String)>> {
    app.report(move |village| {
        let found = coverage(village, Month::of(app.today()), app.today()).members.into_iter();
        found.map(|member| (member.person, member.name)).collect()
    })
}

/// What can be chosen: a blank sheet first.
pub fn choices(visitors: Memo<Vec<(PersonId, String)>>) -> Signal<Vec<String>> {
    Signal::derive(move || {
        let names = visitors.get().into_iter().map(|(_, name)| format!("{name} 的联系户"));
        std::iter::once("空白表".to_owned()).chain(names).collect()
    })
}

/// The sheet as it prints.
#[component]
pub fn Diary(visitors: Memo<Vec<(PersonId, String)>>, chosen: RwSignal<usize>) -> impl IntoView {
    let app = use_app();
    move || {
        let person = visitors.with(|all| chosen.get().checked_sub(1).and_then(|place| all.get(place).cloned()));
        let homes = person.as_ref().and_then(|(id, _)| app.read(|village| member_links(village, *id, app.today())));
        let homes = homes.map(|links| links.homes).unwrap_or_default().into_iter();
        let homes: Vec<(String, String)> = homes.map(|home| (home.number, home.head)).collect();
        sheet(person.as_ref().map_or("", |(_, name)| name), homes)
    }
}

fn sheet(visitor: &str, mut homes: Vec<(String, String)>) -> AnyView {
    let app = use_app();
    let village = app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone())).unwrap_or_default();
    let count = homes.len().max(LINES);
    homes.resize(count, (String::new(), String::new()));
    let line = |(n, (number, head)): (usize, (String, String))| {
        view! {
            <tr>
                <td>{n}</td>
                <td>{number}</td>
                <td>{head}</td>
                <td></td>
                <td>"□提醒" <br /> "□帮助" <br /> "□防范"</td>
                <td></td>
            </tr>
        }
    };
    view! {
        <article class="paper__sheet">
            <h1 class="paper__title">{village} "民情日记"</h1>
            <p class="diary__head">
                <span>{format!("走访人:{visitor}")}</span>
                <span>"身份:"</span>
                <span>"日期:　　　年　　月　　日"</span>
            </p>
            <table class="table paper__table diary">
                <thead>
                    <tr>
                        <th scope="col" class="diary__n">"序号"</th>
                        <th scope="col" class="diary__number">"户号"</th>
                        <th scope="col" class="diary__name">"户主"</th>
                        <th scope="col">"了解到的情况"</th>
                        <th scope="col" class="diary__kind">"三件事"</th>
                        <th scope="col" class="diary__todo">"要办的事"</th>
                    </tr>
                </thead>
                <tbody>{(1..).zip(homes).map(line).collect_view()}</tbody>
            </table>
            <p class="paper__foot">"回来后在「村情 → 走访 → 登记走访」里录入,要办的事点「开事项」。"</p>
        </article>
    }
    .into_any()
}
