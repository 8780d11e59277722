//! Working out what a checked file would bring.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::civil::Date;
use leptos::prelude::*;

use super::{Merging, State};
use crate::app::merge::{Incoming, Merge};
use crate::app::save::Restorable;
use crate::report::conflicts::ConflictRow;
use crate::report::merge_preview::{DifferenceRow, difference_rows, laptop_words};
use crate::report::tag::counted;
use crate::ui::context::{App, use_app};
use crate::ui::pages::data::work::{Words, Work, run_while_shown, say};

/// A file that was found good.
pub struct Checked {
    /// Taken when it has been looked at.
    file: RefCell<Option<Restorable>>,
    summary: String,
}

impl Checked {
    /// What the file says of itself is kept for the preview.
    pub fn new(file: Restorable) -> Self {
        Self { summary: file.summary(), file: RefCell::new(Some(file)) }
    }
}

/// A merge that was worked out, with words for it.
pub struct Planned {
    /// Taken when it is put in place.
    pub merge: RefCell<Option<Merge>>,
    /// What the file is.
    pub summary: String,
    /// New records in all.
    pub acts: u64,
    /// From which laptop how many new records.
    pub laptops: Vec<String>,
    /// What there will be more of.
    pub more: Vec<String>,
    /// Facts and texts that differ.
    pub differences: Vec<DifferenceRow>,
    /// What will have to be settled.
    pub conflicts: Vec<ConflictRow>,
}

impl Planned {
    fn new(merge: Merge, summary: String, today: Date) -> Self {
        let Incoming { acts, differences, changed, conflicts, .. } = &merge.incoming;
        let texts = difference_rows(merge.book.village(), differences, today);
        let laptop = |(place, (device, acts))| format!("{}:{} 笔新记录", laptop_words(place, device), counted(acts));
        Self {
            summary,
            acts: acts.iter().map(|(_, acts)| acts).sum(),
            laptops: acts.iter().copied().enumerate().map(laptop).collect(),
            more: more(&merge.incoming),
            differences: changed.iter().cloned().chain(texts).collect(),
            conflicts: conflicts.clone(),
            merge: RefCell::new(Some(merge)),
        }
    }
}

/// 「3 户」 and so on, without what there is no more of.
fn more(incoming: &Incoming) -> Vec<String> {
    let counts = [
        (incoming.households, "户"),
        (incoming.people, "人"),
        (incoming.entries, "条积分"),
        (incoming.redemptions, "次兑换"),
        (incoming.cases, "件事项"),
        (incoming.photos, "张照片"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{} {what}", counted(count))).collect()
}

/// Works it out, with words for what is going on.
#[component]
pub fn Planning(file: Rc<Checked>, state: State) -> impl IntoView {
    let app = use_app();
    let words: Words = RwSignal::new("正在比较两边的记录…");
    run_while_shown(async move {
        say(words, "正在比较两边的记录…").await;
        state.set(plan(app, &file).await);
    });
    view! { <Work words on_cancel=move |()| state.set(Merging::open(None)) /> }
}

async fn plan(app: App, checked: &Checked) -> Merging {
    // Another window took over while it was being worked out.
    let Some(file) = checked.file.take() else {
        return Merging::open(Some("刚才没有比较完,请重新选择文件。".to_owned()));
    };
    match app.plan_merge(&file).await {
        Ok(merge) if merge.incoming.is_empty() => {
            Merging::done(format!("{}。里面没有新内容,本机已经全有了,不用合并。", checked.summary))
        }
        Ok(merge) => Merging::Preview(Rc::new(Planned::new(merge, checked.summary.clone(), app.today()))),
        Err(problem) => Merging::open(Some(problem)),
    }
}
