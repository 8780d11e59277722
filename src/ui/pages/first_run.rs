//! The first opening: three doors into a village.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::data::RestoreBox;
use crate::domain::command::{Command, NewVillage};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::{Field, Problem, TextField};
use crate::ui::context::use_app;

/// 首次打开
#[component]
pub fn FirstRun() -> impl IntoView {
    view! {
        <main class="doors">
            <header class="doors__head">
                <h1 class="doors__brand">"村治"</h1>
                <p class="doors__promise">
                    "双积分、四办、化解率,一个村一本账。数据只存在这台电脑的浏览器里,不上网,不外传。"
                </p>
            </header>
            <div class="doors__three">
                <DemoDoor />
                <NewDoor />
                <section class="door" aria-label="打开保存文件">
                    <h2 class="door__title">"打开保存文件"</h2>
                    <p class="door__words">"换了电脑,或者从 U 盘带回来的 .cunzhi 文件,在这里打开,接着用。"</p>
                    <RestoreBox />
                </section>
            </div>
        </main>
    }
}

#[component]
fn DemoDoor() -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let enter = move |()| {
        busy.set(true);
        spawn_local(async move {
            if let Err(sentence) = app.install_demo().await {
                problem.set(Some(sentence));
                busy.set(false);
            }
        });
    };
    view! {
        <section class="door" aria-label="演示村">
            <h2 class="door__title">"演示村"</h2>
            <p class="door__words">
                "先看一看:柳湾村,410 户、1,740 人、4 个网格、74 名党员,四个季度的活动。人名和数字都是编的,随时可以清空。"
            </p>
            <Problem sentence=problem />
            <div class="door__act">
                <Button on_press=enter disabled=Signal::derive(move || busy.get() || app.is_writing())>
                    {move || if busy.get() { "正在准备…" } else { "进演示村看看" }}
                </Button>
            </div>
        </section>
    }
}

#[component]
fn NewDoor() -> impl IntoView {
    let app = use_app();
    let text = || RwSignal::new(String::new());
    let (name, town, county) = (text(), text(), text());
    let grids = RwSignal::new("第一网格\n第二网格\n第三网格\n第四网格".to_owned());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let lines = grids.get_untracked();
        let village = NewVillage {
            name: name.get_untracked(),
            town: town.get_untracked(),
            county: county.get_untracked(),
            grids: lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        };
        app.perform(Command::FoundVillage(village), move |outcome| match outcome {
            Ok(()) => app.say("本村已建好。下一步:在「村情」里导入花名册。"),
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    view! {
        <section class="door door--main" aria-label="新建本村">
            <h2 class="door__title">"新建本村"</h2>
            <form class="form" on:submit=submit>
                <TextField label="村名" value=name hint="如:柳湾村" />
                <div class="form__row">
                    <TextField label="乡镇" value=town />
                    <TextField label="县" value=county />
                </div>
                <Field label="网格(每行一个)" hint="花名册里有的网格会自动补上">
                    <textarea class="input input--long" rows="4" bind:value=grids></textarea>
                </Field>
                <Problem sentence=problem />
                <div class="door__act">
                    <Button weight=Weight::Primary kind="submit">"建村"</Button>
                </div>
            </form>
        </section>
    }
}
