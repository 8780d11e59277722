//! 总览: the key figures of the quarter, and what needs doing today.
//!
//! The rates of cases are by date received, as the case list filters them, so
//! that every figure opens exactly the list behind it.

use std::collections::HashMap;

use jiff::civil::Date;

use super::case_rates::CaseRates;
use super::conflicts::conflicts;
use super::disputes::dispute_todos;
use super::month_close::closing_todos;
use super::points_year::year_end_todo;
use super::review::waiting;
use super::saving::{SaveDue, save_due};
use super::settings_preview::expiry_todos;
use super::shelf_cover::stock_worth;
use super::tag::{Tag, Tone, counted, day_words, deadline, dotted, next_act, thousands};
use super::working_days::working_days_todo;
use crate::domain::calendar::{Moment, Month, Quarter, days_between};
use crate::domain::case::clock::Standing;
use crate::domain::case::record::{Case, Handling, Risk};
use crate::domain::case::step::Step;
use crate::domain::id::{CaseId, GoodsId};
use crate::domain::order::sort_by_key;
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::outstanding_total;
use crate::domain::points::shelf::Goods;
use crate::domain::points::sums::all_account_sums;
use crate::domain::rate::Rate;
use crate::domain::register::Field;
use crate::domain::village::Village;
use crate::domain::visits::coverage::MemberMonth;

/// At most this many cases are listed; the total still counts all of them.
pub const CASE_TODOS_MAX: usize = 50;
/// Stock of this many or fewer is low.
pub const LOW_STOCK: i64 = 5;
/// Stock is also low at this many per cent of what the last redemption day took.
pub const LOW_STOCK_PERCENT: i64 = 30;

/// The list behind a figure, for the quarter of the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureLink {
    /// Disputes received in the quarter.
    Disputes,
    /// Cases received in the quarter.
    Cases,
    /// Cases received in the quarter, with their ratings.
    Ratings,
    /// The ranking of households.
    Ranking,
    /// Goods and stock.
    Shelf,
}

/// A key figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is, such as 矛盾化解率.
    pub label: &'static str,
    /// `97.14%`, or `14,160`.
    pub value: String,
    /// `34 / 35 起`
    pub fraction: String,
    /// The list behind it.
    pub link: FigureLink,
}

/// Where a thing to do is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TodoTarget {
    /// On the case's page.
    Case(CaseId),
    /// On the shelf, with these goods.
    Goods(GoodsId),
    /// On the page of save files.
    Save,
    /// Where two laptops contradict each other.
    Conflicts,
    /// Where objections against entries are decided and months are closed.
    Closing(Ledger),
    /// Where claims wait.
    Review,
    /// Where visits are listed.
    Visits,
    /// Where points are cleared at the end of this year.
    YearEnd(Ledger, i16),
    /// Among the settings of the points.
    Settings,
}

/// A thing to do today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    /// Why it is here.
    pub tag: Tag,
    /// What it is about.
    pub title: String,
    /// One more line.
    pub detail: String,
    /// The word on its button.
    pub action: &'static str,
    /// Where it is done.
    pub target: TodoTarget,
}

/// The first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The quarter of the figures.
    pub quarter: Quarter,
    /// Five key figures.
    pub figures: Vec<Figure>,
    /// What needs doing, most urgent first.
    pub todos: Vec<Todo>,
    /// How many there are, those that are not listed included.
    pub todo_total: usize,
}

/// Figures of the quarter of today, and what needs doing.
pub fn overview(village: &Village, today: Date, last_save: Option<Moment>, unsaved: u64) -> Overview {
    let quarter = Quarter::of(today);
    let mut rates = CaseRates::default();
    let mut urgent = Vec::new();
    for case in &village.cases {
        if quarter.contains(case.opening.received.date()) {
            rates.count(case, today, &village.working_days);
        }
        if let Some(urgency) = urgency(village, case, today) {
            urgent.push((urgency, case));
        }
    }
    let mut figures = case_figures(&rates).to_vec();
    figures.extend(point_figures(village, quarter, today));
    let case_total = urgent.len();
    sort_by_key(&mut urgent, |(urgency, case)| (*urgency, case.opening.received));
    let listed = urgent.iter().take(CASE_TODOS_MAX);
    let mut todos: Vec<Todo> = listed.map(|((group, _), case)| case_todo(village, *group, case, today)).collect();
    let cases_listed = todos.len();
    // Balances and stock may be wrong until these are settled.
    todos.splice(0..0, conflict_todo(village));
    todos.extend(dispute_todos(village, today));
    todos.extend(year_end_todo(village, today));
    todos.extend(expiry_todos(village, today));
    todos.extend(closing_todos(village, today));
    todos.extend(review_todo(village));
    todos.extend(visit_todo(village, today));
    todos.extend(working_days_todo(village, today));
    todos.extend(stock_todos(village));
    todos.extend(save_todo(today, last_save, unsaved));
    let todo_total = todos.len() - cases_listed + case_total;
    Overview { quarter, figures, todos, todo_total }
}

fn case_figures(rates: &CaseRates) -> [Figure; 3] {
    [
        rate_figure("矛盾化解率", rates.resolution(), "起", FigureLink::Disputes),
        rate_figure("按期办结率", rates.on_time(), "件", FigureLink::Cases),
        rate_figure("满意率", rates.satisfaction(), "已评", FigureLink::Ratings),
    ]
}

fn rate_figure(label: &'static str, rate: Rate, unit: &str, link: FigureLink) -> Figure {
    let fraction = format!("{} {unit}", rate.fraction());
    Figure { label, value: rate.percent(), fraction, link }
}

fn point_figures(village: &Village, quarter: Quarter, today: Date) -> [Figure; 2] {
    let (mut households, mut with_points) = (0, 0);
    let all = all_account_sums(village, quarter);
    for (_, account) in village.villagers_on(quarter.last_day()) {
        households += 1;
        with_points += u64::from(all.of(account).has_points);
    }
    let counter = village.villager_accounts.on(quarter.last_day()).counter();
    let in_stock = stock_worth(village, |goods| goods.price_points);
    [
        rate_figure("积分参与率", Rate::new(with_points, households), counter, FigureLink::Ranking),
        Figure {
            label: "未兑付积分",
            value: thousands(outstanding_total(village, village.settings.carry_over, today)),
            fraction: format!("库存可兑 {}", thousands(in_stock)),
            link: FigureLink::Shelf,
        },
    ]
}

/// Why a case is a thing to do, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Overdue,
    DueSoon,
    Red,
    Unassigned,
    Unrated,
    FollowUp,
}

/// The group in which the case is listed, once, and its place there.
fn urgency(village: &Village, case: &Case, today: Date) -> Option<(Group, i64)> {
    let step = case.stage.step;
    if step == Step::Archived {
        return None;
    }
    let is_running = matches!(step, Step::Assigned | Step::InProgress);
    let until = case.due(&village.working_days).filter(|_| is_running && !case.stage.suspended);
    let until = until.map(|due| days_between(today, due));
    let is_red = case.opening.risk == Some(Risk::Red) && !case.is_closed();
    match (case.handling, case.standing(today, &village.working_days)) {
        (Some(Handling::Escalated { .. }), _) if until.is_some_and(|days| days <= 0) => {
            Some((Group::FollowUp, i64::from(until.unwrap_or(0))))
        }
        (Some(Handling::Escalated { .. }), _) if is_running && !is_red => None,
        (Some(Handling::Immediate | Handling::TimeLimited(_)), Standing::Overdue(days)) => {
            Some((Group::Overdue, -i64::from(days)))
        }
        (Some(Handling::Immediate | Handling::TimeLimited(_)), Standing::DueIn(days @ 0..=1)) => {
            Some((Group::DueSoon, i64::from(days)))
        }
        _ if is_red => Some((Group::Red, 0)),
        _ => match step {
            Step::Found | Step::Reported => Some((Group::Unassigned, 0)),
            Step::Answered => Some((Group::Unrated, 0)),
            _ => None,
        },
    }
}

fn case_todo(village: &Village, group: Group, case: &Case, today: Date) -> Todo {
    let id = case.opening.id;
    let grid = village.people.grid_name(case.opening.grid);
    let handling = case.handling.map_or("未交办", |handling| handling.word());
    let received = || format!("{}受理", day_words(case.opening.received.date(), today));
    let closed = || case.closed_on().map(|day| format!("{}办结", day_words(day, today))).unwrap_or_default();
    let detail = match group {
        Group::Unassigned => dotted(&[&received(), grid]),
        Group::Unrated => dotted(&[&closed(), grid]),
        _ => dotted(&[handling, grid]),
    };
    let tag = if group == Group::Red { Tag::new("▲ 红", Tone::Red) } else { deadline(village, case, today) };
    let action = if group == Group::FollowUp { "回访" } else { next_act(case) };
    let title = village.register.text(id, Field::Title).to_owned();
    Todo { tag, title, detail, action, target: TodoTarget::Case(id) }
}

/// Goods whose stock is low: [`LOW_STOCK`] or fewer, or [`LOW_STOCK_PERCENT`]
/// per cent or fewer of what the last redemption day took.
pub(super) fn stock_todos(village: &Village) -> Vec<Todo> {
    let issued = issued_last_day(village);
    let offered = |goods: &&Goods| village.shelf.terms(goods.id).is_some_and(|terms| terms.is_offered);
    let goods = village.shelf.goods.iter().filter(|goods| !goods.is_service).filter(offered);
    goods.filter_map(|goods| stock_todo(village, goods, issued.get(&goods.id).copied().unwrap_or(0))).collect()
}

fn stock_todo(village: &Village, goods: &Goods, issued: i64) -> Option<Todo> {
    let (stock, name, unit) = (village.shelf.stock(goods.id), &goods.name, &goods.unit);
    let own = village.shelf.terms(goods.id).and_then(|terms| terms.low_stock).map(i64::from);
    let few = own.unwrap_or(LOW_STOCK);
    let is_few = stock <= few;
    if !is_few && (own.is_some() || stock * 100 > issued * LOW_STOCK_PERCENT) {
        return None;
    }
    let title = if stock > 0 { format!("{name} 只剩 {stock} {unit}") } else { format!("{name} 没有库存了") };
    let detail = match (issued, is_few) {
        (0, _) => format!("不多于 {few} {unit}就提醒"),
        (_, true) => format!("上次兑换日发出 {issued} {unit}"),
        (_, false) => format!("上次兑换日发出 {issued} {unit},已不到三成"),
    };
    Some(Todo {
        tag: Tag::new("库存低", Tone::Soon),
        title,
        detail,
        action: "入库",
        target: TodoTarget::Goods(goods.id),
    })
}

/// What was handed out on the last day on which anything was redeemed.
fn issued_last_day(village: &Village) -> HashMap<GoodsId, i64> {
    let mut last = None;
    let mut issued = HashMap::new();
    for redemption in village.shelf.redemptions().filter(|redemption| !redemption.undone) {
        let day = Some(redemption.at.date());
        if day > last {
            last = day;
            issued.clear();
        }
        if day == last {
            for line in &redemption.lines {
                *issued.entry(line.goods).or_default() += i64::from(line.quantity);
            }
        }
    }
    issued
}

/// What two laptops recorded against each other, as one thing to do.
fn conflict_todo(village: &Village) -> Option<Todo> {
    let rows = conflicts(village);
    let first = rows.first()?;
    Some(Todo {
        tag: Tag::new("有冲突", Tone::Soon),
        title: format!("两台电脑的记录有 {} 处冲突", rows.len()),
        detail: dotted(&[first.kind, &first.title]),
        action: "处理",
        target: TodoTarget::Conflicts,
    })
}

/// Claims that nobody has looked at, as one thing to do.
fn review_todo(village: &Village) -> Option<Todo> {
    let count = waiting(village);
    (count > 0).then(|| Todo {
        tag: Tag::new("待审", Tone::Soon),
        title: format!("{count} 条积分申报等审核"),
        detail: "通过的入账,不合的退回".to_owned(),
        action: "审核",
        target: TodoTarget::Review,
    })
}

/// Linked households that their members have not visited this month.
fn visit_todo(village: &Village, today: Date) -> Option<Todo> {
    let months = village.member_months(Month::of(today), today);
    let left = |one: &MemberMonth| one.rate().denominator() - one.rate().numerator();
    let (households, members) = (months.iter().map(left).sum::<u64>(), months.iter().filter(|one| left(one) > 0));
    (households > 0).then(|| Todo {
        tag: Tag::new("待走访", Tone::Plain),
        title: format!("本月还有 {households} 户联系户没走访"),
        detail: format!("{} 名党员的联系户", members.count()),
        action: "查看",
        target: TodoTarget::Visits,
    })
}

fn save_todo(today: Date, last_save: Option<Moment>, unsaved: u64) -> Option<Todo> {
    let title = match save_due(today, last_save, unsaved)? {
        SaveDue::Never => "还没有存过保存文件".to_owned(),
        SaveDue::Old(days) => format!("保存文件是 {days} 天前的"),
        SaveDue::Much => "保存文件该更新了".to_owned(),
    };
    let detail = match unsaved {
        0 => "存一份到 U 盘,电脑坏了也不怕".to_owned(),
        unsaved => format!("有 {} 条还没有存进文件", counted(unsaved)),
    };
    Some(Todo { tag: Tag::new("该保存", Tone::Soon), title, detail, action: "保存", target: TodoTarget::Save })
}
