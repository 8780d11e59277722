//! 公示表 as it prints: sheets of A4, one below the other.

use leptos::prelude::*;

use crate::report::notice::{Column, ColumnKind, Notice, NoticePage};

/// The class that gives a column its width.
const fn width(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::N => "placard__n",
        ColumnKind::Number => "placard__number",
        ColumnKind::Unit => "placard__unit",
        ColumnKind::Name => "placard__name",
        ColumnKind::Type => "placard__type",
        ColumnKind::Figure => "placard__figure",
        ColumnKind::Small => "placard__small",
        ColumnKind::Reasons => "placard__reasons",
    }
}

/// A head of four letters, which stands in two lines where the column is narrow.
fn halves(head: &'static str) -> (&'static str, &'static str) {
    let middle = head.char_indices().nth(2).map_or(head.len(), |(at, _)| at);
    head.split_at(middle)
}

/// The fingerprint that stands under a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Print {
    /// The month is not closed.
    NotYet,
    /// It is being worked out.
    Working,
    /// As it is printed.
    Found(String),
    /// Why there is none.
    Failed(String),
}

/// The notices with the fingerprint, once it is there.
pub(super) fn placards(notices: &[Notice], print: RwSignal<Print>) -> AnyView {
    let pages = notices.iter().flat_map(|notice| notice.pages.iter().map(move |page| (notice, page)));
    pages.map(|(notice, page)| one_page(notice, page, print)).collect_view().into_any()
}

fn one_page(notice: &Notice, page: &NoticePage, print: RwSignal<Print>) -> AnyView {
    let head = |column: &Column| {
        let (first, second) = halves(column.head);
        view! { <th scope="col" class=width(column.kind)>{first} <wbr /> {second}</th> }
    };
    let cell = |text: &String| view! { <td>{text.clone()}</td> };
    let row = |row: &Vec<String>| view! { <tr>{row.iter().map(cell).collect_view()}</tr> };
    view! {
        <article class="placard">
            <h1 class="placard__title">{notice.title.clone()}</h1>
            <p class="placard__subtitle">{notice.subtitle.clone()}</p>
            <table class="placard__table">
                <caption class="table__caption">{format!("{},{}", notice.subtitle, page.foot)}</caption>
                <thead>
                    <tr>{notice.columns.iter().map(head).collect_view()}</tr>
                </thead>
                <tbody>{page.rows.iter().map(row).collect_view()}</tbody>
            </table>
            {notice.left_out.clone().map(|words| view! { <p class="placard__left">{words}</p> })}
            {foot(notice.objections.clone(), page.foot.clone(), print)}
        </article>
    }
    .into_any()
}

/// Where to object, who signs, the fingerprint, and which page this is.
fn foot(objections: Option<String>, page: String, print: RwSignal<Print>) -> AnyView {
    let fingerprint = move || match print.get() {
        Print::Found(print) => format!("账本指纹 {print}"),
        Print::Working => "账本指纹 正在计算…".to_owned(),
        Print::Failed(_) => "账本指纹 没有算出来".to_owned(),
        Print::NotYet => "月结以后才有账本指纹".to_owned(),
    };
    view! {
        <div class="placard__foot">
            <span>{objections.unwrap_or_else(|| "月结以后再打印张贴".to_owned())}</span>
            <span class="placard__signers">
                "评议小组:" <i class="placard__line"></i> "村务监督:" <i class="placard__line"></i>
            </span>
            <span>{fingerprint}</span>
            <span class="placard__page">{page}</span>
        </div>
    }
    .into_any()
}
