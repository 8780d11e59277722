//! The folder that is saved to by itself: choosing it, and letting it go.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::components::button::Button;
use crate::ui::components::field::Problem;
use crate::ui::context::use_app;
use crate::ui::folder::{Folder, folder_words};

/// Choosing a folder, where the browser can.
#[component]
pub fn FolderPart() -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let choose = move |()| {
        spawn_local(async move {
            match app.choose_folder().await {
                Ok(_) => problem.set(None),
                Err(error) => problem.set(Some(error.to_string())),
            }
        });
    };
    let forget = move |()| {
        spawn_local(async move { problem.set(app.forget_folder().await.err().map(|error| error.to_string())) });
    };
    let chosen = move || matches!(app.folder.get(), Folder::Ready(_) | Folder::Asking(_) | Folder::Failed(..));
    let words = move || match app.folder.get() {
        Folder::Ready(name) => format!(
            "停下登记 1 分钟后自动存到{},一直在登记时最迟 10 分钟或 20 笔存一次,文件名 {}。\
             拔 U 盘、关电脑之前,请看上面「之后的记录」是不是「没有」。文件里有村民的姓名和电话,请保管好 U 盘。",
            folder_words(&name),
            app.folder_file()
        ),
        Folder::NotChosen => "选一个 U 盘上的文件夹,以后登记完会自动把保存文件存进去。".to_owned(),
        Folder::Unknown | Folder::Unsupported => "这个浏览器不能自动存到 U 盘,请常用「下载保存文件」。".to_owned(),
        Folder::Asking(_) | Folder::Failed(..) => app.folder_trouble().unwrap_or_default(),
    };
    view! {
        <h3 class="data__part">"自动存到 U 盘"</h3>
        <p class="data__words">{words}</p>
        <Problem sentence=problem />
        <div class="actions" hidden=move || matches!(app.folder.get(), Folder::Unknown | Folder::Unsupported)>
            <Show when=chosen fallback=move || view! { <Button on_press=choose>"选一个文件夹(U 盘)自动保存"</Button> }>
                <Button on_press=choose>"换一个文件夹"</Button>
                <Button on_press=forget>"不再自动保存"</Button>
            </Show>
        </div>
    }
}
