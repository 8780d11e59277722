//! What a displaced event was about: whose points, which day, how much.

use jiff::civil::Date;

use super::account_words;
use crate::domain::calendar::{Moment, short_date};
use crate::domain::event::{Event, PostedLine};
use crate::domain::id::{
    ClaimId, EntryId, GoodsId, HouseholdId, ItemId, NoteId, RedemptionId, UnitId, VetoId, VisitId,
};
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::{Account, Reason};
use crate::domain::points::rule::signed;
use crate::domain::points::shelf::basket_points;
use crate::domain::register::Field;
use crate::domain::units::numbered;
use crate::domain::village::Village;
use crate::report::tag::case_number;

/// What the event was about: 「1-001 王大山 9月26日 环境整治 +5 分」.
pub(super) fn subject(village: &Village, event: &Event) -> String {
    let named = match event {
        Event::PointsPosted { item, version, date, lines, .. } => {
            let item = village.rules.version(*version).and_then(|book| book.item(*item));
            let item = item.map_or("积分记录", |item| item.name.as_str());
            Some(posted(village, lines, &format!("{} {item}", short_date(*date))))
        }
        Event::OpeningPosted { date, lines } => Some(posted(village, lines, &format!("{} 起始分", short_date(*date)))),
        Event::PointsCleared { date, lines, .. } => {
            Some(posted(village, lines, &format!("{} 清零", short_date(*date))))
        }
        Event::EntryReversed { original, .. } => entry(village, *original).map(|words| words + " 的冲正"),
        Event::EntryLinked { entry: id, .. } => entry(village, *id).map(|words| words + " 的来源"),
        Event::ClaimFiled(filed) => Some(claim_words(village, filed.account, filed.item, filed.date)),
        Event::ClaimDecided { claim: id, .. } => claim(village, *id),
        Event::EntryDisputed(raised) => entry(village, raised.entry).map(|words| words + " 的异议"),
        Event::DisputeDecided(decided) => entry(village, decided.entry).map(|words| words + " 的异议"),
        Event::Redeemed { account, lines, .. } => {
            Some(format!("{} 兑换 {} 分", account_words(village, *account), basket_points(lines)))
        }
        Event::RedemptionUndone { redemption: id } => redemption(village, *id),
        Event::RedemptionReturned(back) => redemption(village, back.redemption),
        Event::DayClosed(closing) => Some(format!("{} 收场对账", short_date(closing.day))),
        Event::DayReopened { day, .. } => Some(format!("{} 重新开场", short_date(*day))),
        Event::VetoImposed(imposed) => Some(veto_words(village, Some(imposed.account), "")),
        Event::VetoAppealed(appealed) => Some(veto_words(village, vetoed(village, appealed.veto), "的申诉")),
        Event::VetoRevoked(revoked) => Some(veto_words(village, vetoed(village, revoked.veto), "的撤销")),
        _ => of_places(village, event),
    };
    named.unwrap_or_else(|| event_words(event).to_owned())
}

/// The same of households, visits, units and goods.
fn of_places(village: &Village, event: &Event) -> Option<String> {
    let goods = |id: GoodsId| village.shelf.goods.get(id).map(|goods| goods.name.clone());
    match event {
        Event::VisitMade(made) => Some(format!("{} {} 的走访", home(village, made.household), short_date(made.date))),
        Event::VisitStruck { visit: id, .. } => visit(village, *id),
        Event::VisitCaseOpened { visit: id, .. } => visit(village, *id).map(|words| words + "开的事项"),
        Event::VisitRewarded(reward) => {
            let who = account_words(village, village.account_now(reward.line.account));
            let points = signed(reward.line.points.into());
            visit(village, reward.visit).map(|words| format!("{words}:{who} {points} 分"))
        }
        Event::MemberLinked(link) => Some(format!(
            "{} 联系 {}",
            village.name(village.people.person_now(link.person)),
            home(village, link.household)
        )),
        Event::UnitAdded { grid, number, .. } => {
            Some(format!("{} {}", village.people.grid_name(*grid), numbered(*number)))
        }
        Event::HouseholdsPlaced { unit: id, households } => {
            let first = households.first().map(|first| home(village, *first));
            Some(format!(
                "{} 等 {} 户编进{}",
                first?,
                households.len(),
                id.map_or_else(String::new, |id| unit(village, id))
            ))
        }
        Event::UnitChanged { unit: id, .. } => Some(unit(village, *id)),
        Event::GoodsTermsSet(terms) => goods(terms.goods),
        Event::StockReceived(delivery) => goods(delivery.goods),
        Event::StockCounted { goods: id, .. } => goods(*id),
        Event::CaseMoved { case: id, .. } => {
            let case = village.cases.get(*id)?;
            let title = village.register.text(*id, Field::Title);
            Some(format!("{} {title}", case_number(case.opening.number)))
        }
        Event::MemberTyped { person, kind, .. } => Some(format!("{} 改为{}", village.name(*person), kind.word())),
        Event::PersonChanged { person, change, .. } => Some(format!("{} {}", village.name(*person), change.word())),
        _ => None,
    }
}

/// One line in full, several by their number: 「9月26日 环境整治,3 户」.
fn posted(village: &Village, lines: &[PostedLine], what: &str) -> String {
    if let [line] = lines {
        let who = account_words(village, village.account_now(line.account));
        return format!("{who} {what} {} 分", signed(line.points.into()));
    }
    let kind = lines.first().and_then(|line| line.account.of_villager());
    format!("{what},{} {}", lines.len(), kind.map_or("人", VillagerAccount::counter))
}

fn entry(village: &Village, id: EntryId) -> Option<String> {
    let entry = village.entries.get(id)?;
    let what = match entry.reason {
        Reason::Act { item, version, .. } => {
            let item = village.rules.version(version).and_then(|book| book.item(item));
            item.map_or("积分记录", |item| item.name.as_str())
        }
        Reason::Opening => "起始分",
        Reason::Reversal(_) => "冲正",
        Reason::Cleared(_) => "清零",
        Reason::Carried { .. } => "结转",
        Reason::Returned(_) => "退还",
    };
    let (who, points) = (account_words(village, entry.account), signed(entry.points.into()));
    Some(format!("{who} {} {what} {points} 分", short_date(entry.date)))
}

fn claim(village: &Village, id: ClaimId) -> Option<String> {
    let filed = village.claims.get(id)?.filed;
    Some(claim_words(village, filed.account, filed.item, filed.date))
}

fn claim_words(village: &Village, account: Account, item: ItemId, date: Date) -> String {
    let item = village.rules.last_item(item);
    let who = account_words(village, village.account_now(account));
    format!("{who} {} {} 的申报", short_date(date), item.map_or("", |item| item.name.as_str()))
}

fn redemption(village: &Village, id: RedemptionId) -> Option<String> {
    let found = village.shelf.redemption(id)?;
    let (who, day) = (account_words(village, found.account), short_date(found.at.date()));
    Some(format!("{who} {day} 兑换 {} 分", basket_points(&found.lines)))
}

/// The account against which a veto stands.
fn vetoed(village: &Village, veto: VetoId) -> Option<Account> {
    village.vetoes.get(veto).map(|veto| village.account_now(veto.imposed.account))
}

fn veto_words(village: &Village, account: Option<Account>, what: &str) -> String {
    let who = account.map_or_else(String::new, |account| account_words(village, account) + " ");
    format!("{who}一票否决{what}")
}

/// 「1-001 王大山」
fn home(village: &Village, id: HouseholdId) -> String {
    account_words(village, Account::Household(village.people.household_now(id)))
}

/// 「1-001 王大山 9月26日 的走访」
fn visit(village: &Village, id: VisitId) -> Option<String> {
    let made = village.visits.get(id)?.made;
    Some(format!("{} {} 的走访", home(village, made.household), short_date(made.date)))
}

/// The unit by its name, if it is still there.
fn unit(village: &Village, id: UnitId) -> String {
    let known = village.people.units.get(id);
    known.map_or_else(|| "已撤销的十户单元".to_owned(), |unit| village.unit_name(unit))
}

const fn event_words(event: &Event) -> &'static str {
    match event {
        Event::RedemptionUndone { .. } => "撤销兑换",
        Event::RedemptionReturned(_) => "退还兑换",
        Event::EntryReversed { .. } => "冲正",
        Event::EntryDisputed(_) | Event::DisputeDecided(_) => "异议",
        Event::ClaimDecided { .. } => "申报审核",
        Event::RuleBookAdopted(_) => "积分细则",
        Event::MonthClosed(_) => "月结",
        Event::SettingsChanged(_) => "积分设置",
        Event::WorkingDaysEntered { .. } => "放假安排",
        Event::VisitStruck { .. }
        | Event::VisitCaseOpened { .. }
        | Event::VisitRewarded(_)
        | Event::VisitClaimed { .. } => "走访",
        Event::PhotoAdded(_) | Event::PhotoRemoved { .. } => "凭据照片",
        Event::AccountsChosen { .. } => "按户或按人记分",
        Event::HouseholdsPlaced { .. } => "十户单元",
        _ => "一笔记录",
    }
}

/// 「(查了签到表)」; nothing for a note without words.
pub(super) fn note_words(village: &Village, note: NoteId) -> String {
    let text = village.note(Some(note));
    if text.is_empty() { String::new() } else { format!("({text})") }
}

/// 「9月26日 08:05」
pub(in crate::report) fn when(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    format!("{} {hour:02}:{minute:02}", short_date(at.date()))
}
