//! What is timed, and what has to be ready before.

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

use cunzhi::app::book::Book;
use cunzhi::app::opening;
use cunzhi::app::packing::contents_of;
use cunzhi::demo;
use cunzhi::demo::county::{self, Size};
use cunzhi::domain::calendar::{Moment, Quarter};
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::decide::Decision;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{Reviewing, Settings};
use cunzhi::domain::points::sums::{all_account_sums, month_sums};
use cunzhi::domain::village::Village;
use cunzhi::report::ranking::ranking;
use cunzhi::report::units::Within;
use cunzhi::storage::Store;
use cunzhi::storage::idb::IdbStore;
use jiff::civil::{Date, date};
use wasm_bindgen::JsValue;

use super::{Answer, failure};

/// The seed of everything that is made.
const SEED: u64 = 2026;
/// The county's present day.
const TODAY: Date = date(2026, 11, 20);
const DEVICE: DeviceId = DeviceId(7);
/// Households that take part in a timed activity.
const ACT_LINES: usize = 35;
/// An item without caps, so that it can be recorded again and again.
const ACT_ITEM: &str = "治安巡逻、防汛值守";
/// Rows of the best.
const TOP: usize = 50;

type Decisions = Vec<(Moment, Decision)>;

/// What is on the desk between two calls.
pub struct Desk {
    decisions: RefCell<Decisions>,
    copied: RefCell<Decisions>,
    store: RefCell<Option<Rc<IdbStore>>>,
    book: RefCell<Book>,
    act: RefCell<Option<NewActivity>>,
    today: RefCell<Date>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            decisions: RefCell::default(),
            copied: RefCell::default(),
            store: RefCell::default(),
            book: RefCell::new(Book::empty(DEVICE)),
            act: RefCell::default(),
            today: RefCell::new(TODAY),
        }
    }
}

impl Desk {
    /// Looks at the village that was opened.
    pub fn read<T>(&self, look: impl FnOnce(&Village) -> T) -> T {
        look(self.book.borrow().village())
    }

    /// The quarter that is ranked.
    pub fn quarter(&self) -> Quarter {
        Quarter::of(*self.today.borrow())
    }

    fn store(&self) -> Result<Rc<IdbStore>, JsValue> {
        self.store.borrow().clone().ok_or_else(|| failure("no database is connected"))
    }
}

fn text(argument: &JsValue) -> Result<String, JsValue> {
    argument.as_string().ok_or_else(|| failure("a text is needed"))
}

#[allow(clippy::cast_possible_truncation)]
fn number(argument: &JsValue) -> Result<i64, JsValue> {
    Ok(argument.as_f64().ok_or_else(|| failure("a number is needed"))? as i64)
}

fn count(number: usize) -> JsValue {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}

/// Makes a county of so many entries.
pub async fn county(desk: Rc<Desk>, entries: JsValue) -> Answer {
    let entries = usize::try_from(number(&entries)?).map_err(failure)?;
    let acts = county::generate(SEED, Size::of_entries(entries), TODAY, DEVICE);
    let decisions: Decisions = acts.into_iter().map(|act| (act.at, act.decision)).collect();
    let made = decisions.len();
    desk.decisions.replace(decisions);
    desk.today.replace(TODAY);
    Ok(count(made))
}

/// Leaves out the cases: what the entries stand on, and they, remain.
pub async fn without_cases(desk: Rc<Desk>, _: JsValue) -> Answer {
    let is_case = |event: &Event| matches!(event, Event::CaseOpened(_) | Event::CaseMoved { .. });
    let mut decisions = desk.decisions.borrow_mut();
    decisions.retain(|(_, decision)| !decision.events.iter().any(is_case));
    Ok(count(decisions.len()))
}

/// Makes the demo village of this day, given in milliseconds.
pub async fn demo(desk: Rc<Desk>, now: JsValue) -> Answer {
    let today = Moment(number(&now)?).date();
    let demo = demo::generate(SEED, today, DEVICE).map_err(failure)?;
    let decisions: Decisions = demo.acts.into_iter().map(|act| (act.at, act.decision)).collect();
    let made = decisions.len();
    desk.decisions.replace(decisions);
    desk.today.replace(today);
    Ok(count(made))
}

/// Copies what is to be written, so that it can be written again.
pub async fn copy(desk: Rc<Desk>, _: JsValue) -> Answer {
    desk.copied.replace(desk.decisions.borrow().clone());
    Ok(JsValue::UNDEFINED)
}

/// Opens the database, and creates it where it is not there.
pub async fn connect(desk: Rc<Desk>, name: JsValue) -> Answer {
    let store = IdbStore::open(&text(&name)?, || {}).await.map_err(failure)?;
    desk.store.replace(Some(Rc::new(store)));
    Ok(JsValue::UNDEFINED)
}

/// Timed: packs the copied decisions and writes them in one durable
/// transaction. Answers the number of bytes.
pub async fn write(desk: Rc<Desk>, _: JsValue) -> Answer {
    let contents = contents_of(DEVICE, desk.copied.take());
    let segments = contents.segments.iter().map(|(_, bytes)| bytes.len());
    let bytes = segments.chain(contents.pages.iter().map(|(_, bytes)| bytes.len())).sum();
    desk.store()?.replace(contents).await.map_err(failure)?;
    Ok(count(bytes))
}

/// Timed: from the name of a database to the village in memory. Answers the
/// numbers of entries, cases and households.
pub async fn open(desk: Rc<Desk>, name: JsValue) -> Answer {
    let store = IdbStore::open(&text(&name)?, || {}).await.map_err(failure)?;
    let opened = opening::load(&store, DEVICE).await.map_err(failure)?;
    if let Some(damage) = opened.damage {
        return Err(failure(damage));
    }
    desk.store.replace(Some(Rc::new(store)));
    desk.book.replace(opened.book);
    let counts = desk.read(|village| {
        let (cases, households) = (village.cases.len(), village.people.households.len());
        format!("{},{cases},{households}", village.entries.len())
    });
    Ok(counts.into())
}

/// Timed: the best households of the quarter, a line of cells for each.
pub async fn ranking_rows(desk: Rc<Desk>, _: JsValue) -> Answer {
    let rows = desk.read(|village| ranking(village, Ledger::Villager, desk.quarter(), Within::default(), TOP));
    let mut lines = String::new();
    for row in rows.rows {
        let figures = (row.earned, row.deducted, row.redeemed, row.balance);
        let cells = (row.place.map_or(0, |place| place.place), row.number, row.name, row.grid);
        let written = writeln!(
            lines,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            cells.0, cells.1, cells.2, cells.3, figures.0, figures.1, figures.2, figures.3
        );
        written.map_err(failure)?;
    }
    Ok(lines.trim_end().into())
}

/// Timed: the sum of all points, the best accounts by their totals, and the
/// sums of the months, oldest first.
pub async fn aggregate(desk: Rc<Desk>, _: JsValue) -> Answer {
    let lines = desk.read(|village| {
        let months = month_sums(&village.entries);
        let sums = all_account_sums(village, desk.quarter());
        let homes = village.people.households.iter().map(|home| Account::Household(home.id));
        let totals: Vec<i64> = homes.map(|home| sums.of(home).balance).collect();
        let all: i64 = months.iter().map(|(_, sum)| sum).sum();
        let best = best(&totals).into_iter().map(|(place, total)| format!("{place}:{total}"));
        let months = months.iter().map(|(_, sum)| sum.to_string());
        format!("{all}|{}|{}", best.collect::<Vec<_>>().join(","), months.collect::<Vec<_>>().join(","))
    });
    Ok(lines.into())
}

/// Places and totals of the best, the earlier place first among equals: one
/// walk that keeps the best so far.
fn best(totals: &[i64]) -> Vec<(usize, i64)> {
    let mut best: Vec<(usize, i64)> = Vec::with_capacity(TOP + 1);
    for (place, total) in totals.iter().copied().enumerate() {
        if best.len() == TOP && best.last().is_some_and(|(_, least)| *least >= total) {
            continue;
        }
        let rank = best.partition_point(|(_, other)| *other >= total);
        best.insert(rank, (place, total));
        best.truncate(TOP);
    }
    best
}

/// Chooses who takes part in the timed activities.
pub async fn start_acts(desk: Rc<Desk>, _: JsValue) -> Answer {
    let today = *desk.today.borrow();
    let activity = desk.read(|village| {
        let book = village.rules.in_force(today)?;
        let item = book.items.iter().find(|item| item.name == ACT_ITEM)?.id;
        let homes = village.people.households.iter().take(ACT_LINES);
        let lines = homes.map(|home| (Account::Household(home.id), 1)).collect();
        Some(NewActivity { item, date: today, note: "夜间巡逻".to_owned(), lines, points_each: None })
    });
    desk.act.replace(Some(activity.ok_or_else(|| failure("the village has no such item"))?));
    // What is timed is entered at once, by one hand.
    let settings = desk.read(|village| Settings { reviewing: Reviewing::ByAnybody, ..village.settings });
    carry_out(&desk, Command::ChangeSettings(settings)).await?;
    Ok(count(ACT_LINES))
}

/// Timed: one activity from the command until it is durable and folded into
/// the village.
pub async fn act(desk: Rc<Desk>, _: JsValue) -> Answer {
    let activity = desk.act.borrow().clone().ok_or_else(|| failure("nobody takes part"))?;
    carry_out(&desk, Command::RecordActivity(activity)).await?;
    Ok(JsValue::UNDEFINED)
}

/// The one write path, as the app goes it.
async fn carry_out(desk: &Desk, command: Command) -> Result<(), JsValue> {
    let mut prepared = {
        let book = desk.book.borrow();
        let morning = Moment::at(*desk.today.borrow(), 8, 0);
        let now = book.last_at().map_or(morning, |last| Moment(last.0.max(morning.0) + 1_000));
        book.prepare(now, command).map_err(failure)?
    };
    let batch = std::mem::take(&mut prepared.batch);
    desk.store()?.append(batch).await.map_err(failure)?;
    let mut book = desk.book.borrow_mut();
    book.commit(prepared).map_err(failure)
}

/// Number of acts in the book.
pub async fn acts(desk: Rc<Desk>, _: JsValue) -> Answer {
    #[allow(clippy::cast_precision_loss)]
    Ok((desk.book.borrow().acts() as f64).into())
}
