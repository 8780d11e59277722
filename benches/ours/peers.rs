//! The opened village as plain columns and lines, from which the peers make
//! what they store. Nothing here is timed.

use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use cunzhi::domain::calendar::Month;
use cunzhi::domain::id::EntryId;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::register::Field;
use cunzhi::domain::village::Village;
use jiff::civil::Date;
use js_sys::{Array, Int32Array, Object, Reflect, Uint16Array, Uint32Array};
use wasm_bindgen::JsValue;

use super::measured::Desk;
use super::{Answer, failure};

/// 20260930
fn day_number(day: Date) -> u32 {
    let (month, day_of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    u32::from(day.year().unsigned_abs()) * 10_000 + u32::from(month) * 100 + u32::from(day_of_month)
}

fn low(raw: u64) -> u32 {
    u32::try_from(raw & u64::from(u32::MAX)).unwrap_or(0)
}

/// First and last day of the quarter that is ranked.
pub async fn quarter(desk: Rc<Desk>, _: JsValue) -> Answer {
    let quarter = desk.quarter();
    let days = [quarter.first_day(), quarter.last_day()].map(|day| JsValue::from(day_number(day)));
    Ok(Array::of2(&days[0], &days[1]).into())
}

/// Places of the accounts: households in their order, then members.
fn places(village: &Village) -> HashMap<Account, u32> {
    let homes = village.people.households.iter().map(|home| Account::Household(home.id));
    let members = village.people.members().map(|person| Account::Member(person.id));
    (0..).zip(homes.chain(members)).map(|(place, account)| (account, place)).collect()
}

/// The entries as columns of equal length. `reverses` is the place of the
/// entry that is taken back, from 1; 0 for none.
pub async fn entries(desk: Rc<Desk>, _: JsValue) -> Answer {
    let columns = Object::new();
    let set = |name: &str, column: &JsValue| Reflect::set(&columns, &name.into(), column);
    desk.read(|village| {
        let places = places(village);
        let rows: HashMap<EntryId, u32> =
            (1..).zip(village.entries.iter()).map(|(row, entry)| (entry.id, row)).collect();
        let (mut accounts, mut points, mut months, mut days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut items, mut activities, mut quantities, mut reverses) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        village.entries.iter().for_each(|entry| {
            accounts.push(places.get(&entry.account).copied().unwrap_or(u32::MAX));
            points.push(entry.points);
            let month = Month::of(entry.date);
            months.push(u16::try_from(i32::from(month.year) * 12 + i32::from(month.month)).unwrap_or(0));
            days.push(day_number(entry.date));
            let (item, activity, quantity, original) = match entry.reason {
                Reason::Act { item, activity, quantity, .. } => (low(item.raw()), low(activity.raw()), quantity, 0),
                Reason::Reversal(entry) => (0, 0, 0, rows.get(&entry).copied().unwrap_or(0)),
                Reason::Opening | Reason::Cleared(_) | Reason::Carried { .. } | Reason::Returned(_) => (0, 0, 0, 0),
            };
            items.push(item);
            activities.push(activity);
            quantities.push(quantity);
            reverses.push(original);
        });
        set("account", &Uint32Array::from(&accounts[..]))?;
        set("points", &Int32Array::from(&points[..]))?;
        set("month", &Uint16Array::from(&months[..]))?;
        set("day", &Uint32Array::from(&days[..]))?;
        set("item", &Uint32Array::from(&items[..]))?;
        set("activity", &Uint32Array::from(&activities[..]))?;
        set("quantity", &Uint32Array::from(&quantities[..]))?;
        set("reverses", &Uint32Array::from(&reverses[..]))
    })?;
    Ok(columns.into())
}

/// Number, head, grid and unit of every household.
pub async fn households(desk: Rc<Desk>, _: JsValue) -> Answer {
    let lines = desk.read(|village| {
        let mut lines = String::new();
        for home in &village.people.households {
            let (name, grid) = (village.head_name(home.id), village.people.grid_name(home.grid));
            let unit = village.people.unit_of(home).map(|unit| village.unit_name(unit)).unwrap_or_default();
            writeln!(lines, "{}\t{name}\t{grid}\t{unit}", home.number)?;
        }
        Ok::<_, std::fmt::Error>(lines)
    });
    Ok(lines.map_err(failure)?.trim_end_matches('\n').into())
}

/// Every case: its opening, where it stands, and what happened when.
pub async fn cases(desk: Rc<Desk>, _: JsValue) -> Answer {
    let lines = desk.read(|village| {
        let mut lines = String::new();
        for case in &village.cases {
            let opening = &case.opening;
            let title = village.register.text(opening.id, Field::Title);
            let (source, topic, errand) = (opening.source.word(), opening.topic.word(), opening.errand.word());
            let risk = opening.risk.map_or("", |risk| risk.word());
            let grid = village.people.grid_name(opening.grid);
            let reporter = opening.reporter.map_or(0, |person| low(person.raw()));
            let (number, received, step) = (opening.number, opening.received.0, case.stage.step.word());
            let handling = case.handling.map_or("", |handling| handling.word());
            let rating = case.rating.map_or("", |rating| rating.word());
            let resolved = case.resolved.map_or("", |resolved| if resolved { "1" } else { "0" });
            write!(lines, "{number}\t{title}\t{source}\t{topic}\t{errand}\t{risk}\t{grid}\t{reporter}\t{received}\t")?;
            write!(lines, "{step}\t{handling}\t{rating}\t{resolved}\t")?;
            for (at, happening) in &case.history {
                write!(lines, "{} {} ", at.0, happening.act().word())?;
            }
            writeln!(lines)?;
        }
        Ok::<_, std::fmt::Error>(lines)
    });
    Ok(lines.map_err(failure)?.trim_end_matches('\n').into())
}

/// Place of the household, day and points of every redemption that stands.
pub async fn redemptions(desk: Rc<Desk>, _: JsValue) -> Answer {
    let lines = desk.read(|village| {
        let places = places(village);
        let mut lines = String::new();
        for redemption in village.shelf.redemptions().filter(|redemption| !redemption.undone) {
            let place = places.get(&redemption.account).copied().unwrap_or(u32::MAX);
            writeln!(lines, "{place}\t{}\t{}", day_number(redemption.at.date()), redemption.points())?;
        }
        Ok::<_, std::fmt::Error>(lines)
    });
    Ok(lines.map_err(failure)?.trim_end_matches('\n').into())
}
