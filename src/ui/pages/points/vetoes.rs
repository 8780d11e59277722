//! 一票否决: the list of a ledger, and beside it the one that is open.

use leptos::prelude::*;

use super::ledger_of;
use super::veto_acts::{AppealDialog, RevokeDialog};
use super::veto_form::VetoForm;
use crate::domain::id::VetoId;
use crate::report::vetoes::{VetoDetail, VetoPage, VetoRow, veto_page};
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::components::table::{Table, Words};
use crate::ui::context::use_app;
use crate::ui::pages::marks;
use crate::ui::route::{PointsPart, PointsView, Route};

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opened {
    Form,
    Appeal(VetoId),
    Revoke(VetoId),
}

/// The vetoes of the ledger that is shown.
#[component]
pub(super) fn VetoPart(view: Memo<PointsView>) -> impl IntoView {
    let app = use_app();
    let page = app.report(move |village| {
        let (ledger, chosen) = view.with(|view| (ledger_of(view), chosen(view)));
        veto_page(village, ledger, chosen, app.today())
    });
    let opened = RwSignal::new(None::<Opened>);
    let close = Callback::new(move |()| opened.set(None));
    let dialog = move |which| match which {
        Opened::Form => view! { <VetoForm ledger=untrack(|| view.with(ledger_of)) on_close=close /> }.into_any(),
        Opened::Appeal(veto) => view! { <AppealDialog veto on_close=close /> }.into_any(),
        Opened::Revoke(veto) => view! { <RevokeDialog veto on_close=close /> }.into_any(),
    };
    let impose = move |()| opened.set(Some(Opened::Form));
    view! {
        <div class="split">
            <section class="sheet" aria-label="一票否决清单">
                <div class="veto__head">
                    <p class="table__quiet">"只登记有文号、有会议决定的。停兑期间照常登记积分。"</p>
                    <Button weight=Weight::Primary on_press=impose>
                        "登记一票否决"
                    </Button>
                </div>
                {move || page.with(|page| list(view, page))}
            </section>
            {move || page.with(|page| page.open.clone().map_or_else(advice, |detail| full(detail, opened)))}
        </div>
        {move || opened.get().map(dialog)}
    }
}

const fn chosen(view: &PointsView) -> Option<VetoId> {
    match view.part {
        PointsPart::Vetoes(Some(raw)) => Some(VetoId::from_raw(raw)),
        _ => None,
    }
}

fn list(view: Memo<PointsView>, page: &VetoPage) -> AnyView {
    if page.rows.is_empty() {
        let sentence = "还没有登记过一票否决。村里开会作出决定、发了文,再到这里登记。";
        return view! { <Empty sentence>""</Empty> }.into_any();
    }
    let open = page.open.as_ref().map(|open| open.row.veto);
    let row = |row: &VetoRow| {
        let part = PointsPart::Vetoes(Some(row.veto.raw()));
        let href = Route::Points(PointsView { part, ..view.get_untracked() }).href();
        let class = if open == Some(row.veto) { "table__row--current" } else { "" };
        view! {
            <tr class=class>
                <td>
                    <a class="veto__link" href=href>
                        {row.name.clone()}
                    </a>
                    <span class="veto__number">{row.number.clone()}</span>
                </td>
                <td>{row.document.clone()}</td>
                <td>{row.effects.clone()}</td>
                <td class="table__quiet">{row.span.clone()}</td>
                <td>{marks::mark(row.phase.clone())}</td>
            </tr>
        }
    };
    let rows = page.rows.iter().map(row).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="一票否决表">
            <Table
                caption="一票否决,生效中的在上"
                columns=&[Words("对象"), Words("文号"), Words("处理"), Words("起止"), Words("现状")]
            >
                {rows}
            </Table>
        </div>
    }
    .into_any()
}

/// What to know before there is one.
fn advice() -> AnyView {
    view! {
        <Sheet title=Signal::stored("登记前先看".to_owned())>
            <p>"停兑:起止日期以内不能兑换,积分照常登记。"</p>
            <p>"停评优:起止日期以内不进评优名单。"</p>
            <p>"清零:登记当天把结余清成 0 分,另记一行,写明文号。"</p>
        </Sheet>
    }
    .into_any()
}

fn full(detail: VetoDetail, opened: RwSignal<Option<Opened>>) -> AnyView {
    let VetoDetail { row, account, reason, meeting, appeal, revocation, can_appeal, can_revoke } = detail;
    let veto = row.veto;
    let passbook = Route::Points(PointsView::passbook(account)).href();
    let lines = [
        ("文号", Some(row.document)),
        ("作出决定的会议", Some(meeting)),
        ("理由", Some(reason)),
        ("处理", Some(row.effects)),
        ("起止", Some(row.span)),
        ("申诉", appeal),
        ("撤销", revocation),
    ];
    let line = |(label, text): (&'static str, Option<String>)| {
        text.map(|text| {
            view! {
                <div class="veto__line">
                    <dt class="veto__label">{label}</dt>
                    <dd class="veto__text">{text}</dd>
                </div>
            }
        })
    };
    let open = move |which: Opened| move |()| opened.set(Some(which));
    let appeal = move || view! { <Button on_press=open(Opened::Appeal(veto))>"登记申诉"</Button> };
    let revoke = move || view! { <Button on_press=open(Opened::Revoke(veto))>"撤销否决"</Button> };
    view! {
        <section class="sheet" aria-label="这条否决">
            <h2 class="sheet__title">{format!("{} {}", row.number, row.name)} {marks::mark(row.phase)}</h2>
            <dl class="veto__lines">{lines.map(line).into_iter().collect_view()}</dl>
            <div class="actions veto__acts">
                {can_appeal.then(appeal)} {can_revoke.then(revoke)}
                <LinkButton weight=Weight::Quiet href=Signal::stored(passbook)>
                    "看存折"
                </LinkButton>
            </div>
        </section>
    }
    .into_any()
}
