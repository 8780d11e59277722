//! 冲突: what two laptops recorded against each other, each with the ways to
//! settle it. A fold of the village, so both laptops list the same.

use std::collections::HashMap;
use std::hash::Hash;

use super::tag::case_number;
use crate::domain::calendar::{Moment, short_date};
use crate::domain::case::record::{Case, Happening};
use crate::domain::command::Settlement;
use crate::domain::conflict::{Choice, Displaced};
use crate::domain::event::Event;
use crate::domain::id::{CaseId, GoodsId, HouseholdId, UnitId};
use crate::domain::points::ledger::Account;
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
    /// By typing a new number for the household.
    Number(&'static str, HouseholdId),
    /// By typing what was counted.
    Count(&'static str, GoodsId),
}

/// The kind of a household that is there twice.
const HOUSEHOLD: &str = "户";

/// What to think of with the kinds that are listed: once, and not in each row.
pub fn kinds_advice(rows: &[ConflictRow]) -> Option<&'static str> {
    let is_twice = rows.iter().any(|row| row.kind == HOUSEHOLD);
    is_twice.then_some("一个户号有两户的:是同一户就合并,积分合在一起,同名的人算一个;是两户就给后一户改号。")
}

/// Everything that is not settled, in a fixed order.
pub fn conflicts(village: &Village) -> Vec<ConflictRow> {
    let mut rows: Vec<ConflictRow> = branches(village).map(|displaced| displaced_row(village, displaced)).collect();
    rows.extend(short_stock(village));
    rows.extend(debts(village));
    rows.extend(twice_households(village));
    rows.extend(twice_units(village));
    rows.extend(twice_numbered_cases(village));
    rows
}

/// Joinings of households that both laptops entered with the same number and
/// the same head: the usual outcome of importing one roster on both.
pub fn same_households(village: &Village) -> Vec<Settlement> {
    let twice = twice_numbered_households(village).into_iter();
    let same = twice.filter(|(kept, gone)| {
        let head = village.head_name(*kept);
        !head.is_empty() && head == village.head_name(*gone)
    });
    same.map(|(kept, gone)| Settlement::JoinHouseholds { gone, kept }).collect()
}

/// One row for all that a laptop recorded of a case in vain.
fn branches(village: &Village) -> impl Iterator<Item = &Displaced> {
    let open = village.displaced().iter().filter(|displaced| displaced.settled.is_none());
    open.filter(|displaced| {
        let last = village.displaced().iter().rev().find(|other| {
            let same_case = other.case().map(|(case, _)| case) == displaced.case().map(|(case, _)| case);
            other.settled.is_none() && same_case && other.place.device == displaced.place.device
        });
        displaced.case().is_none() || last.is_some_and(|last| last.place == displaced.place)
    })
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
        Event::AccountsChosen { .. } => "按户或按人记分",
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
        Account::Household(_) | Account::Villager(_) => {
            village.home_of(account).map_or("", |household| household.number.as_str())
        }
        Account::Member(_) => "党员",
    };
    format!("{number} {}", village.account_name(account))
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

/// Pairs of what carries the same key: the first with each later one.
fn pairs<K: Eq + Hash, I: Copy>(items: impl Iterator<Item = (K, I)>) -> Vec<(I, I)> {
    let mut first: HashMap<K, I> = HashMap::new();
    let mut found = Vec::new();
    for (key, id) in items {
        if let Some(before) = first.get(&key) {
            found.push((*before, id));
        } else {
            first.insert(key, id);
        }
    }
    found
}

fn twice_numbered_households(village: &Village) -> Vec<(HouseholdId, HouseholdId)> {
    let numbered = village.people.households.iter().filter(|household| !household.number.is_empty());
    pairs(numbered.map(|household| (household.number.as_str(), household.id)))
}

fn twice_households(village: &Village) -> impl Iterator<Item = ConflictRow> {
    twice_numbered_households(village).into_iter().map(|(kept, gone)| {
        let number = village.people.households.get(kept).map_or("", |household| household.number.as_str());
        let (first, second) = (village.head_name(kept), village.head_name(gone));
        let people = |id| village.people.households.get(id).map_or(0, |household| household.people.len());
        ConflictRow {
            kind: HOUSEHOLD,
            title: format!("户号 {number}"),
            detail: format!("两台电脑各建了一户:{first}({} 人)和{second}({} 人)。", people(kept), people(gone)),
            ways: vec![
                Way::Press("是同一户,合并", Settlement::JoinHouseholds { gone, kept }),
                Way::Number("是两户,给后一户改号", gone),
            ],
        }
    })
}

/// Units of a grid that are called the same.
fn twice_units(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let units = &village.people.units;
    let mut found: Vec<(UnitId, UnitId)> = pairs(units.iter().map(|unit| ((unit.grid, unit.number), unit.id)));
    let by_name = pairs(units.iter().map(|unit| ((unit.grid, village.unit_name(unit)), unit.id)));
    found.extend(
        by_name.into_iter().filter(|(_, gone)| found.iter().all(|(_, other)| other != gone)).collect::<Vec<_>>(),
    );
    found.into_iter().filter_map(|(kept, gone)| {
        let (first, second) = (units.get(kept)?, units.get(gone)?);
        let homes = |unit| village.people.households_of(unit).count();
        let join = Way::Press("是同一个,合并", Settlement::JoinUnits { gone, kept });
        let (why, way) = if first.number == second.number {
            ("是两个就给后一个换新序号", Some(Way::Press("是两个,给后一个换序号", Settlement::RenumberUnit(gone))))
        } else {
            ("是两个就到「村情 · 网格」里给其中一个改名", None)
        };
        Some(ConflictRow {
            kind: "单元",
            title: format!("{} {}", village.people.grid_name(second.grid), village.unit_name(second)),
            detail: format!(
                "两台电脑各建了一个:一个有 {} 户,一个有 {} 户。是同一个就合并,户都在一起;{why}。",
                homes(kept),
                homes(gone)
            ),
            ways: std::iter::once(join).chain(way).collect(),
        })
    })
}

fn twice_numbered_cases(village: &Village) -> impl Iterator<Item = ConflictRow> {
    let numbers = village.cases.iter().map(|case| {
        let opening = &case.opening;
        ((opening.received.date().year(), opening.number), opening.id)
    });
    let found: Vec<(CaseId, CaseId)> = pairs(numbers);
    found.into_iter().filter_map(|(first, second)| {
        let (first, second) = (village.cases.get(first)?, village.cases.get(second)?);
        Some(ConflictRow {
            kind: "事项",
            title: format!("编号 {}", case_number(second.opening.number)),
            detail: format!(
                "两件事项用了同一个编号:「{}」和「{}」。",
                village.register.text(first.opening.id, Field::Title),
                village.register.text(second.opening.id, Field::Title)
            ),
            ways: vec![Way::Press("给后一件换新号", Settlement::RenumberCase(second.opening.id))],
        })
    })
}
