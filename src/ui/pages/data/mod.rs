//! 数据: the save file, restoring, snapshots, storage, and erasing.

mod erase;
mod folder;
pub mod pick;
mod restore;
mod save;
mod snapshots;
mod storage;
mod work;

use leptos::prelude::*;

use self::erase::Erase;
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
            <Storage />
            <Erase />
        </div>
    }
}
