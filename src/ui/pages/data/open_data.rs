//! Open data: the facts as tables for other programs, in one zip.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::report::open_data::{file_name, open_data};
use crate::ui::components::button::Button;
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::{App, use_app};
use crate::ui::{browser, office};

/// Downloading the open data.
#[component]
pub fn OpenData() -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let export = move |()| {
        busy.set(true);
        spawn_local(async move {
            let outcome = download(app).await;
            // The page may have been left in the meantime.
            let _left = (problem.try_set(outcome.err()), busy.try_set(false));
        });
    };
    view! {
        <Sheet title=Signal::stored("开放数据".to_owned())>
            <div class="data__words">
                <p>
                    "把积分、兑换和事项导成一套表格(CSV),交给县里的平台或统计软件用。"
                    "里面没有姓名、证件号、电话、住址和登记的文字,人和户只有编号。"
                </p>
                <Problem sentence=problem />
            </div>
            <div class="actions">
                <Button disabled=busy on_press=export>
                    {move || if busy.get() { "正在打包…" } else { "导出开放数据" }}
                </Button>
            </div>
        </Sheet>
    }
}

async fn download(app: App) -> Result<(), String> {
    let now = browser::now();
    let (name, files) = untrack(|| app.read(|village| (file_name(village, now), open_data(village, now))));
    let bytes = office::zip(files).await?;
    browser::download(&name, &bytes, "application/zip")?;
    app.say(format!("开放数据已导出:{name}。每张表是什么意思,写在里面的 datapackage.json。"));
    Ok(())
}
