//! The first step: a file, dropped or chosen, or an empty roster to fill in.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use web_sys::File;

use super::{Chosen, Step, Wizard};
use crate::domain::count::counted;
use crate::office::roster::TEMPLATE_CSV;
use crate::office::table::{FILE_BYTES_MAX, ROWS_MAX, ReadChoice};
use crate::ui::browser;
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::Problem;
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::pages::data::pick::FilePick;

/// Choosing a roster file.
#[component]
pub fn ChooseStep(problem: Option<String>, step: Step) -> impl IntoView {
    let app = use_app();
    let template = move |()| {
        let handed = browser::download("花名册空表样.csv", TEMPLATE_CSV.as_bytes(), "text/csv");
        handed.unwrap_or_else(|sentence| app.say(sentence));
    };
    view! {
        <div class="import__choose">
            <Problem sentence=Signal::stored(problem) />
            <Drop step />
            <Sheet title=Signal::stored("没有现成的表".to_owned())>
                <p class="import__words">
                    "下载空表样,用 Excel 或 WPS 填好再导入。表里有两行示例,填的时候请删掉。"
                </p>
                <div class="actions">
                    <Button on_press=template>"下载空表样"</Button>
                </div>
            </Sheet>
        </div>
    }
}

/// The area onto which a file can be dropped.
#[component]
fn Drop(step: Step) -> impl IntoView {
    let over = RwSignal::new(false);
    let choose = move |file: File| step.set(Wizard::Reading(Chosen { file, choice: ReadChoice::default() }));
    let hover = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            choose(file);
        }
    };
    let limits = format!("最大 {} MB,最多 {} 行。", FILE_BYTES_MAX / 1024 / 1024, counted(ROWS_MAX));
    view! {
        <section
            class="import__drop"
            class:import__drop--over=move || over.get()
            aria-label="花名册文件"
            on:dragover=hover
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <p class="import__lead">"把花名册文件拖到这里,或者"</p>
            <FilePick
                id="roster-file"
                label="选择花名册文件"
                accept=".xlsx,.xls,.ods,.csv"
                weight=Weight::Primary
                on_file=choose
            />
            <p class="import__words">
                "可以是 .xlsx、.xls、.ods 或 .csv 文件," {limits}
                "一行一个人,有「姓名」和「户号」(或「户主」「与户主关系」)就行;身份证号、电话可以没有。"
            </p>
            <p class="import__words">"文件只在这台电脑上读,不上传。读完先给您看,点「导入」才会记入。"</p>
        </section>
    }
}
