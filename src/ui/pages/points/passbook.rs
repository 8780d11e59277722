//! 存折: the lines of one account, and beside them what they come to.

use leptos::prelude::*;

use super::objection::RaiseDialog;
use super::passbook_filter::passbook_filter;
use super::returning::ReturnDialog;
use super::reversal::ReversalDialog;
use crate::domain::calendar::{Quarter, long_date};
use crate::domain::id::{CaseId, EntryId, RedemptionId, VisitId};
use crate::domain::photo::PhotoHost;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::signed;
use crate::report::coverage::member_links;
use crate::report::passbook::{Passbook, PassbookLine, passbook};
use crate::report::passbook_filter::filter_choices;
use crate::report::tag::thousands;
use crate::ui::components::button::{Button, LinkButton, Weight};
use crate::ui::components::sheet::{Empty, Sheet};
use crate::ui::context::{App, use_app};
use crate::ui::pages::marks;
use crate::ui::photos::{AddPhotos, Thumbs};
use crate::ui::route::{CasesView, PeopleView, PointsPart, PointsView, Route, VisitsView};

/// What is asked about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Reverse(EntryId),
    Object(EntryId),
    Return(RedemptionId),
}

/// The passbook of the account that the route names.
#[component]
pub(super) fn PassbookPart(view: Memo<PointsView>, on_record: Callback<Option<Account>>) -> impl IntoView {
    let app = use_app();
    let book = Memo::new(move |_| {
        let PointsPart::Passbook(account) = view.with(|view| view.part) else { return None };
        app.read(|village| passbook(village, account, app.today()))
    });
    let asked = RwSignal::new(None::<Asked>);
    let close = move |()| asked.set(None);
    let dialog = move |what| match what {
        Asked::Reverse(entry) => view! { <ReversalDialog entry on_close=close /> }.into_any(),
        Asked::Object(entry) => view! { <RaiseDialog entry on_close=close /> }.into_any(),
        Asked::Return(redemption) => view! { <ReturnDialog redemption on_close=close /> }.into_any(),
    };
    let ranking = move || Route::Points(PointsView { part: PointsPart::Ranking, ..view.get() }).href();
    let found = move |book: Passbook| {
        view! {
            <p class="passbook__head">
                <strong>{format!("{}积分存折", village_name(app))}</strong>
                {format!(" {} · 打印日期 {}", Quarter::of(app.today()).words(), long_date(app.today()))}
            </p>
            <div class="split passbook">
                <Lines view name=book.name.clone() lines=book.lines.clone() asked />
                <Summary book on_record />
            </div>
        }
    };
    view! {
        {move || match book.get() {
            Some(book) => found(book).into_any(),
            None => {
                view! {
                    <section class="sheet" aria-label="存折">
                        <Empty sentence="名册里找不到这个账户,可能已经换过一本账。请回排行里重新选。">
                            <LinkButton href=Signal::derive(ranking)>"回到排行"</LinkButton>
                        </Empty>
                    </section>
                }
                    .into_any()
            }
        }}
        {move || asked.get().map(dialog)}
    }
}

/// Whose book it is, on paper.
fn village_name(app: App) -> String {
    app.read(|village| village.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default())
}

/// Everything that happened, newest first.
#[component]
fn Lines(
    view: Memo<PointsView>,
    name: String,
    lines: Vec<PassbookLine>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let is_empty = lines.is_empty();
    let choices = filter_choices(&lines);
    let lines = StoredValue::new(lines);
    let filter = Memo::new(move |_| view.with(|view| view.lines.clone()));
    let shown = Memo::new(move |_| lines.with_value(|lines| filter.with(|filter| filter.of(lines))));
    let rows = move || shown.get().lines.into_iter().map(|line| view! { <Line line asked /> }).collect_view();
    let none_left = move || !is_empty && shown.with(|shown| shown.lines.is_empty());
    view! {
        <section class="sheet passbook__lines" aria-label="存折明细">
            {(!is_empty).then(|| passbook_filter(view, &choices, shown))}
            <div class="passbook__scroll" tabindex="0" role="region" aria-label="存折明细表">
                <table class="table">
                    <caption class="table__caption">{format!("{name} 的积分存折,新的在上")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"日期"</th>
                            <th scope="col">"事项"</th>
                            <th scope="col">"事由"</th>
                            <th scope="col" class="table__number">"加分"</th>
                            <th scope="col" class="table__number">"扣分"</th>
                            <th scope="col" class="table__number">"结余"</th>
                            <th scope="col" class="passbook__act">
                                <span class="table__caption">"更正"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Show when=none_left>
                <p class="empty">"没有符合的记录。换一个条件,或点「全部显示」。"</p>
            </Show>
            {is_empty.then(|| view! { <p class="empty">"还没有积分记录。登记一次活动,这里就有第一行。"</p> })}
        </section>
    }
}

#[component]
fn Line(line: PassbookLine, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let about = format!("{} {}", line.day, line.item);
    let evidence = line.entry.filter(|_| line.takes_photos).map(|entry| {
        view! { <AddPhotos to=PhotoHost::Entry(entry) label=format!("补照片 {about}") /> }
    });
    let button = |word: &'static str, what: Asked| {
        view! {
            <Button
                weight=Weight::Quiet
                on_press=move |()| asked.set(Some(what))
                attr:aria-label=format!("{word} {about}")
            >
                {word}
            </Button>
        }
        .into_any()
    };
    let object = line.entry.filter(|_| line.can_dispute).map(|entry| button("异议", Asked::Object(entry)));
    let reverse = line.entry.filter(|_| line.can_reverse).map(|entry| button("冲正", Asked::Reverse(entry)));
    let back = line.returnable.map(|redemption| button("退还", Asked::Return(redemption)));
    view! {
        <tr>
            <td class="passbook__day">{line.day}</td>
            <td class="passbook__item">{line.item}</td>
            <td class="table__quiet">{line.detail} " " {line.case.map(case_link)} {line.visit.map(visit_link)} {line.mark.map(marks::mark)} <Thumbs photos=line.photos /></td>
            <td class="table__number plus">{line.plus}</td>
            <td class="table__number minus">{line.minus}</td>
            <td class="table__number table__strong">{line.balance}</td>
            <td class="passbook__act">{evidence} {object} {reverse} {back}</td>
        </tr>
    }
}

/// The case that earned the points.
fn case_link((case, number): (CaseId, String)) -> AnyView {
    let view = CasesView { all: true, case: Some(case.raw()), ..CasesView::default() };
    view! { <a class="passbook__day" href=Route::Cases(view).href()>{format!("{number} 号事项")}</a> }.into_any()
}

/// The visit that earned the points.
fn visit_link((visit, words): (VisitId, String)) -> AnyView {
    let view = VisitsView { all: true, visit: Some(visit.raw()), ..VisitsView::default() };
    // The number of the household does not break; the rest may, so that the table keeps its width.
    let (words, number) = words.rsplit_once(' ').unwrap_or((&words, ""));
    view! {
        <a href=Route::Visits(view).href()>
            {words.to_owned()} " " <span class="passbook__day">{number.to_owned()}</span>
        </a>
    }
    .into_any()
}

/// 联系户 of a member, with how many were visited this month.
fn linked_homes(account: Account) -> Option<AnyView> {
    let Account::Member(person) = account else { return None };
    let app = use_app();
    let links = app.read(|village| member_links(village, person, app.today()))?;
    let words = match links.rate.denominator() {
        0 => "联系户".to_owned(),
        due => format!("联系户 本月走访 {} / {due}", links.rate.numerator()),
    };
    let view = VisitsView { member: Some(person.raw()), ..VisitsView::default() };
    Some(view! { <LinkButton weight=Weight::Quiet href=Route::Visits(view).href()>{words}</LinkButton> }.into_any())
}

/// Balance, sums of the quarter, and what can be done for the account.
#[component]
fn Summary(book: Passbook, on_record: Callback<Option<Account>>) -> impl IntoView {
    let account = book.account;
    let (people, place, record) = match account {
        Account::Household(_) => (format!("{} 口人", book.people_count), "网格内位次", "登记这一户"),
        Account::Villager(_) => (String::new(), "网格内位次", "登记这一人"),
        Account::Member(_) => (String::new(), "同类位次", "登记这一人"),
    };
    // A household is known by its number, a person by the name.
    let (title, below) = match account {
        Account::Household(_) => (book.title, book.name),
        Account::Villager(_) | Account::Member(_) => (book.name, book.title),
    };
    let home = book.home.map(|id| PeopleView { household: Some(id.raw()), ..PeopleView::default() });
    let record = book.settled.is_none().then(|| {
        view! { <Button on_press=move |()| on_record.run(Some(account))>{record}</Button> }
    });
    let hint = book.settled.unwrap_or("记错了不改旧账:在那一行按「冲正」,旧行保留,另记一行相反的分。");
    let stopped = if book.veto.is_some() { "minus" } else { "" };
    let redeemable = if book.veto.as_ref().is_some_and(|sign| sign.stops_redemption) { 0 } else { book.redeemable };
    let cleared = (book.cleared_quarter != 0).then(|| ("本季清零", signed(book.cleared_quarter), "minus"));
    let sums = [
        ("本季加分", signed(book.earned_quarter), "plus"),
        ("本季扣分", signed(book.deducted_quarter), if book.deducted_quarter < 0 { "minus" } else { "" }),
        ("本季兑换", thousands(book.redeemed_quarter), ""),
    ];
    let returned = (book.returned_quarter != 0).then(|| ("本季退还", signed(book.returned_quarter), "plus"));
    let others = [
        ("上季结余", thousands(book.opening_quarter), ""),
        (place, book.place.clone(), ""),
        ("一票否决", book.veto.as_ref().map_or_else(|| "无".to_owned(), |sign| sign.word.clone()), stopped),
    ];
    let sums = sums.into_iter().chain(returned).chain(others).chain(cleared);
    let sum = |(label, value, class): (&'static str, String, &'static str)| {
        view! {
            <div class="passbook__sum">
                <dt>{label}</dt>
                <dd class=format!("passbook__value {class}")>{value}</dd>
            </div>
        }
    };
    view! {
        <Sheet title=title remark=people>
            <p class="passbook__name">{below}</p>
            <p class="passbook__balance">
                <strong class="passbook__figure">{thousands(book.balance)}</strong>
                {format!("分 · 可兑 {}", thousands(redeemable))}
            </p>
            <dl class="passbook__sums">{sums.map(sum).collect_view()}</dl>
            <p class="passbook__hint">{hint}</p>
            <div class="actions passbook__actions">
                {record}
                {linked_homes(account)}
                {home.map(|home| view! { <LinkButton weight=Weight::Quiet href=Route::People(home).href()>"看户情"</LinkButton> })}
            </div>
        </Sheet>
    }
}
