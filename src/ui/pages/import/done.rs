//! The last step: what came in, grid by grid, and where to go from here.

use leptos::prelude::*;

use super::{Step, Wizard};
use crate::report::people_list::grid_list;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::pages::people::grids::GridTable;
use crate::ui::route::{PeopleView, PointsView, Route};

/// The roster is in.
#[component]
pub fn DoneStep(sentence: String, step: Step) -> impl IntoView {
    let app = use_app();
    let grids = app.report(grid_list);
    let points = Route::Points(PointsView::default()).href();
    let people = Route::People(PeopleView::default()).href();
    view! {
        <div class="import__done">
            <Sheet title=Signal::stored("导入完成".to_owned())>
                <p class="import__counts" role="status">
                    {sentence}
                </p>
                <p class="import__words">"下面是本村现在各网格的人数。请与手里的底册核对一遍。"</p>
                <GridTable grids />
                <div class="actions">
                    <LinkButton weight=Weight::Primary href=Signal::stored(points)>
                        "登记活动"
                    </LinkButton>
                    <LinkButton href=Signal::stored(people)>"查看村情"</LinkButton>
                    <Button on_press=move |()| step.set(Wizard::Choose(None))>"再导入一个文件"</Button>
                </div>
            </Sheet>
        </div>
    }
}
