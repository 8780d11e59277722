//! 冲突: what two laptops recorded against each other, each with the ways to
//! settle it. A fold of the village, so both laptops list the same.

mod joining;
mod twice;

pub use self::joining::{JoinDifference, join_differences};
pub use self::twice::{kinds_advice, same_households};
use super::ranking::account_name;
use super::tag::case_number;
use crate::domain::calendar::{Moment, short_date};
use crate::domain::case::record::{Case, Happening};
use crate::domain::command::Settlement;
use crate::domain::conflict::{Choice, Displaced};
use crate::domain::event::Event;
use crate::domain::id::{CaseId, GoodsId, HouseholdId};
use crate::domain::points::ledger::{Account, Reason};
use crate::domain::points::rule::Ledger;
use crate::domain::register::Field;
use crate::domain::village::Village;

/// One thing to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    /// What kind of conflict: 「事项」.
    pub kind: &'static str,
    /// What it is about.
    pub title: String,
    /// What was recorded against what, and what counts for now.
    pub detail: String,
    /// The ways to settle it, the usual one first.
    pub ways: Vec<Way>,
}

/// A way to settle a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a press.
    Press(&'static str, Settlement),
    /// By looking at what differs between two entries of a household, the one
    /// that goes and the one that stays, and choosing.
    Join(&'static str, HouseholdId, HouseholdId),
    /// By typing a new number for the household.
    Number(&'static str, HouseholdId),
    /// By typing what was counted.
    Count(&'static str, GoodsId),
}

/// Everything that is not settled, in a fixed order.
pub fn conflicts(village: &Village) -> Vec<ConflictRow> {
    let mut rows: Vec<ConflictRow> = branches(village).map(|displaced| displaced_row(village, displaced)).collect();
    rows.extend(short_stock(village));
    rows.extend(debts(village));
    rows.extend(twice::rows(village));
    rows
}

/// One row for all that a laptop recorded of a case in vain.
fn branches(village: &Village) -> impl Iterator<Item = &Displaced> {
    let open = village.displaced().iter().filter(|displaced| displaced.settled.is_none());
    let open = open.filter(|displaced| !is_opening_taken_back(village, &displaced.event));
    open.filter(|displaced| {
        let last = village.displaced().iter().rev().find(|other| {
            let same_case = other.case().map(|(case, _)| case) == displaced.case().map(|(case, _)| case);
            other.settled.is_none() && same_case && other.place.device == displaced.place.device
        });
        displaced.case().is_none() || last.is_some_and(|last| last.place == displaced.place)
    })
}

/// Both laptops joined the same, and took the same 起始分 back: it counts once, as it should.
fn is_opening_taken_back(village: &Village, event: &Event) -> bool {
    let Event::EntryReversed { original, .. } = event else { return false };
    let is_opening = village.entries.get(*original).is_some_and(|entry| entry.reason == Reason::Opening);
    is_opening && village.entries.reversal_of(*original).is_some()
}

fn case_row(village: &Village, displaced: &Displaced, id: CaseId) -> ConflictRow {
    let place = displaced.place;
    let branch = village.branch(place);
    let moves: Vec<_> = branch.iter().filter_map(|one| Some((one.at, one.case()?.1))).collect();
    let words: Vec<_> = moves
        .iter()
        .map(|(at, happening)| format!("「{}」({})", happening_words(village, *happening), when(*at)))
        .collect();
    let mut ways = vec![Way::Press(Choice::Keep.word(), Settlement::Displaced { place, choice: Choice::Keep })];
    let known = village.cases.get(id);
    let mut counts = String::new();
    if let Some(case) = known {
        if case.clone().adopt(&moves).is_ok() {
            ways.push(Way::Press(Choice::Take.word(), Settlement::Displaced { place, choice: Choice::Take }));
        }
        if let Some((at, happening)) = case.history.last() {
            counts = format!("现在算数的是「{}」({})。", happening_words(village, *happening), when(*at));
        }
    }
    ConflictRow {
        kind: "事项",
        title: known.map_or_else(|| "事项".to_owned(), |case| case_title(village, case)),
        detail: format!("另一边记的{}没有算进去。{counts}", words.join("、")),
        ways,
    }
}

fn displaced_row(village: &Village, displaced: &Displaced) -> ConflictRow {
    let place = displaced.place;
    let keep = |label| Way::Press(label, Settlement::Displaced { place, choice: Choice::Keep });
    match &displaced.event {
        Event::CaseMoved { case, .. } => case_row(village, displaced, *case),
        event if displaced.is_late() => ConflictRow {
            kind: "积分",
            title: late_title(village, event),
            detail: format!(
                "{} 记的这一笔没有算进去:{},公示过的账不再改。可以改记到处理的这一天。",
                when(displaced.at),
                displaced.why
            ),
            ways: vec![Way::Press("改记到今天", Settlement::Displaced { place, choice: Choice::Take }), keep("不计入")],
        },
        Event::EntryReversed { original, .. } => ConflictRow {
            kind: "积分",
            title: village.entries.get(*original).map_or_else(
                || "冲正".to_owned(),
                |entry| format!("{} {} 的冲正", account_words(village, entry.account), short_date(entry.date)),
            ),
            detail: format!("两台电脑都冲正了这一笔,只算了一次({})。", when(displaced.at)),
            ways: vec![keep("知道了")],
        },
        event => ConflictRow {
            kind: "记录",
            title: event_words(event).to_owned(),
            detail: format!("{} 记的这一笔没有算进去:{}。", when(displaced.at), displaced.why),
            ways: vec![keep("知道了")],
        },
    }
}

/// 「9月26日 环境整治,3 户」
fn late_title(village: &Village, event: &Event) -> String {
    if let Event::ClaimDecided { claim, .. } = event
        && let Some(claim) = village.claims.get(*claim)
    {
        let who = account_words(village, village.account_now(claim.filed.account));
        return format!("{who} {} 的申报通过", short_date(claim.filed.date));
    }
    let Event::PointsPosted { item, version, date, lines, .. } = event else {
        return event_words(event).to_owned();
    };
    let item = village.rules.version(*version).and_then(|book| book.item(*item));
    let counter = match lines.first().map(|line| line.account.ledger()) {
        Some(Ledger::Member) => "人",
        _ => "户",
    };
    format!("{} {},{} {counter}", short_date(*date), item.map_or("积分记录", |item| item.name.as_str()), lines.len())
}

const fn event_words(event: &Event) -> &'static str {
    match event {
        Event::PointsPosted { .. } | Event::OpeningPosted { .. } => "积分记录",
        Event::Redeemed { .. } => "兑换",
        Event::RedemptionUndone { .. } => "撤销兑换",
        Event::EntryReversed { .. } => "冲正",
        Event::RuleBookAdopted(_) => "积分细则",
        Event::VetoImposed(_) => "一票否决",
        Event::VetoAppealed(_) => "一票否决的申诉",
        Event::VetoRevoked(_) => "一票否决的撤销",
        Event::EntryDisputed(_) => "异议",
        Event::DisputeDecided(_) => "异议的处理",
        Event::MonthClosed(_) => "月结",
        Event::PointsCleared { .. } => "清零",
        Event::ClaimFiled(_) | Event::ClaimDecided { .. } => "申报审核",
        Event::VisitMade(_) | Event::VisitStruck { .. } => "走访",
        Event::VisitCaseOpened { .. } => "走访开的事项",
        Event::VisitRewarded(_) => "走访得分",
        Event::MemberLinked(_) => "联系户",
        Event::PhotoAdded(_) | Event::PhotoRemoved { .. } => "凭据照片",
        Event::UnitAdded { .. } | Event::HouseholdsPlaced { .. } | Event::UnitChanged { .. } => "十户单元",
        _ => "一笔记录",
    }
}

fn when(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    format!("{} {hour:02}:{minute:02}", short_date(at.date()))
}

fn happening_words(village: &Village, happening: Happening) -> String {
    let act = happening.act().word();
    let note =
        happening.notes().into_iter().flatten().map(|note| village.note(Some(note))).find(|text| !text.is_empty());
    match (happening, note) {
        (Happening::Answered { resolved: Some(resolved), .. }, _) => {
            format!("{act},{}", if resolved { "化解" } else { "未化解" })
        }
        (Happening::Rated(rating, _), _) => format!("评价:{}", rating.word()),
        (Happening::Assigned(handling) | Happening::HandlingChanged(handling, _), _) => {
            format!("{act}:{}", handling.word())
        }
        (_, Some(note)) => format!("{act}:{note}"),
        (_, None) => act.to_owned(),
    }
}

fn case_title(village: &Village, case: &Case) -> String {
    let opening = &case.opening;
    format!("{} {}", case_number(opening.number), village.register.text(opening.id, Field::Title))
}

fn account_words(village: &Village, account: Account) -> String {
    let number = match account {
        Account::Household(id) => village.people.households.get(id).map_or("", |household| household.number.as_str()),
        Account::Member(_) => "党员",
    };
    format!("{number} {}", account_name(village, account))
}

fn short_stock(village: &Village) -> impl Iterator<Item = ConflictRow> {
    village.shelf.goods.iter().filter(|goods| village.shelf.stock(goods.id) < 0).map(|goods| ConflictRow {
        kind: "库存",
        title: goods.name.clone(),
        detail: format!(
            "两台电脑发出的合起来比库存多 {} {}。请清点实物,登记现在还有多少。",
            village.shelf.stock(goods.id).unsigned_abs(),
            goods.unit
        ),
        ways: vec![Way::Count("登记盘点", goods.id)],
    })
}

fn debts(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let accounts = village.entries.totals().map(|(account, _)| account);
    accounts.filter(|account| *account == village.account_now(*account)).filter_map(|account| {
        let balance = village.balance(account);
        (balance < village.accepted_debt(account)).then(|| ConflictRow {
            kind: "积分",
            title: account_words(village, account),
            detail: format!("结余是 {balance} 分:两台电脑兑换的合起来比积分多。可以记为欠分,以后得分先抵。"),
            ways: vec![Way::Press("记为欠分", Settlement::AcceptDebt(account))],
        })
    })
}
