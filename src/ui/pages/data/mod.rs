//! 数据: what two laptops contradict each other in, and then in three groups:
//! saving and restoring, two laptops and verifying, storage and handing out.

mod conflicts;
mod erase;
mod file_in;
mod folder;
mod merge;
mod open_data;
pub mod pick;
mod restore;
mod save;
mod snapshots;
mod storage;
mod verify;
mod work;

use leptos::prelude::*;

use self::conflicts::Conflicts;
use self::erase::Erase;
use self::merge::Merge;
use self::open_data::OpenData;
pub use self::restore::RestoreBox;
use self::save::Save;
pub use self::snapshots::Snapshots;
use self::storage::Storage;
use self::verify::Verify;
use crate::domain::calendar::{Moment, long_date};
use crate::ui::components::sheet::Sheet;

/// 数据
#[component]
pub fn Data() -> impl IntoView {
    view! {
        <div class="data">
            <Conflicts />
            <h2 class="data__heading">"保存与恢复"</h2>
            <div class="data__group data__group--screen">
                <Save />
                <div class="data__column">
                    <Sheet title=Signal::stored("用保存文件恢复".to_owned())>
                        <RestoreBox />
                    </Sheet>
                    <Snapshots />
                </div>
            </div>
            <h2 class="data__heading">"两台电脑与核对"</h2>
            <div class="data__group">
                <Merge />
                <Verify />
            </div>
            <h2 class="data__heading">"存放、导出与清空"</h2>
            <div class="data__group data__group--screen">
                <Storage />
                <div class="data__column">
                    <OpenData />
                    <Erase />
                </div>
            </div>
        </div>
    }
}

/// 「2025年9月30日 10:05」
fn moment(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    format!("{} {hour:02}:{minute:02}", long_date(at.date()))
}
