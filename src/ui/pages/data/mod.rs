//! 数据: the save file, restoring, snapshots, storage, and erasing.

mod erase;
mod folder;
mod open_data;
pub mod pick;
mod restore;
mod save;
mod snapshots;
mod storage;
mod work;

use leptos::prelude::*;

use self::erase::Erase;
use self::open_data::OpenData;
pub use self::restore::RestoreBox;
use self::save::Save;
use self::snapshots::Snapshots;
use self::storage::Storage;
use crate::ui::components::sheet::Sheet;

/// 数据
#[component]
pub fn Data() -> impl IntoView {
    view! {
        <div class="data">
            <Save />
            <Sheet title=Signal::stored("用保存文件恢复".to_owned())>
                <RestoreBox />
            </Sheet>
            <Snapshots />
            <OpenData />
            <Storage />
            <Erase />
        </div>
    }
}
