//! Caps: whether one more line still fits, for its item and for the whole
//! category. What was taken back does not count. A category's cap holds back
//! rewards only: no deduction is spared because others came before it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::entries::{Cause, PostedLines, Posting};
use super::ledger::Account;
use super::rule::{Bound, BoundOf, CapOf, Category, Item, Ledger, Period, RuleBook, RuleVersion};
use crate::domain::conflict::{Choice, Displaced};
use crate::domain::event::{ClaimVerdict, Event};
use crate::domain::id::{ActivityId, ItemId};
use crate::domain::village::Village;

/// A line that is going to be posted, or is posted in the same act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose points.
    pub account: Account,
    /// Under which item.
    pub item: ItemId,
    /// Of which version.
    pub version: RuleVersion,
    /// The day of the act.
    pub date: Date,
    /// How many units.
    pub quantity: u32,
    /// How many points.
    pub points: i32,
}

/// The first bound that the line would break, item before category. `pending`
/// are lines that come before it in the same act.
pub fn reached(village: &Village, book: &RuleBook, item: &Item, line: &Line, pending: &[Line]) -> Option<Bound> {
    let posted = || village.entries.acts_of(line.account);
    bounds(book, item).find(|bound| is_broken(village, book, bound, line, posted(), pending))
}

/// The bounds of an item, its own before those of its category.
fn bounds<'a>(book: &'a RuleBook, item: &'a Item) -> impl Iterator<Item = Bound> + 'a {
    let own = item.caps.iter().map(|cap| Bound { cap: *cap, of: BoundOf::Item(item.unit) });
    let shared = book.category_caps.iter().filter(|cap| cap.ledger == item.ledger && cap.category == item.category);
    let shared = shared.filter(|_| !item.score.is_deduction());
    own.chain(shared.map(|cap| Bound { cap: cap.cap, of: BoundOf::Category(cap.category) }))
}

fn is_broken<'a>(
    village: &Village,
    book: &RuleBook,
    bound: &Bound,
    line: &Line,
    posted: impl Iterator<Item = (&'a Posting, u32, i32)>,
    pending: &[Line],
) -> bool {
    let counts = |item: ItemId, version: RuleVersion, date: Date, points: i32| {
        bound.cap.period.same(date, line.date)
            && match bound.of {
                BoundOf::Item(_) => item == line.item,
                BoundOf::Category(category) => {
                    points > 0 && category_of(village, book, item, version) == Some(category)
                }
            }
    };
    let posted = posted.filter_map(|(posting, quantity, points)| match posting.cause {
        Cause::Act { item, version, .. } if counts(item, version, posting.date, points) => Some((quantity, points)),
        _ => None,
    });
    let coming = pending.iter().filter(|other| other.account == line.account);
    let coming = coming.filter(|other| counts(other.item, other.version, other.date, other.points));
    let all = posted.chain(coming.map(|other| (other.quantity, other.points)));
    let all = all.chain([(line.quantity, line.points)]);
    let sum = |units: &dyn Fn((u32, i32)) -> u32| all.fold(0_u32, |sum, one| sum.saturating_add(units(one)));
    match bound.cap.of {
        CapOf::Times(limit) => sum(&|(quantity, _)| quantity) > limit,
        CapOf::Points(limit) => sum(&|(_, points)| points.unsigned_abs()) > limit,
    }
}

/// The category of an item: as it is now, or as it was when the item still was there.
fn category_of(village: &Village, book: &RuleBook, item: ItemId, version: RuleVersion) -> Option<Category> {
    let then = || village.rules.version(version).and_then(|book| book.item(item));
    book.item(item).or_else(then).map(|item| item.category)
}

/// A line that was recorded where there was no room for it: on two laptops, or
/// for a household that was entered twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    /// The line.
    pub line: Line,
    /// The bound that it breaks.
    pub bound: Bound,
}

/// What is counted for a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Counted {
    Item(ItemId),
    Category(Ledger, Category),
}

/// Units and points for each account, in the periods for which some version has a bound.
#[derive(Default)]
struct Sums {
    periods: HashMap<Counted, HashSet<Period>>,
    found: HashMap<(u32, Counted, Period, Date), (u32, u32)>,
}

impl Sums {
    fn of(village: &Village) -> Self {
        let mut sums = Self::default();
        for book in village.rules.all() {
            for item in &book.items {
                let periods = item.caps.iter().map(|cap| cap.period);
                sums.periods.entry(Counted::Item(item.id)).or_default().extend(periods);
            }
            for cap in &book.category_caps {
                let periods = sums.periods.entry(Counted::Category(cap.ledger, cap.category)).or_default();
                periods.insert(cap.cap.period);
            }
        }
        sums
    }

    fn add(&mut self, slot: u32, item: &Item, date: Date, (quantity, points): (u32, i32)) {
        let category = (points > 0).then_some(Counted::Category(item.ledger, item.category));
        for counted in [Some(Counted::Item(item.id)), category].into_iter().flatten() {
            for period in self.periods.get(&counted).into_iter().flatten() {
                let sum = self.found.entry((slot, counted, *period, period.first_day(date))).or_default();
                sum.0 = sum.0.saturating_add(quantity);
                sum.1 = sum.1.saturating_add(points.unsigned_abs());
            }
        }
    }

    fn exceed(&self, slot: u32, item: &Item, date: Date, bound: &Bound) -> bool {
        let counted = match bound.of {
            BoundOf::Item(_) => Counted::Item(item.id),
            BoundOf::Category(category) => Counted::Category(item.ledger, category),
        };
        let period = bound.cap.period;
        let key = (slot, counted, period, period.first_day(date));
        let (quantity, points) = self.found.get(&key).copied().unwrap_or_default();
        match bound.cap.of {
            CapOf::Times(limit) => quantity > limit,
            CapOf::Points(limit) => points > limit,
        }
    }
}

/// Every line that still stands and had no room when it was recorded.
pub fn overruns(village: &Village) -> Vec<Over> {
    let (mut sums, late) = (Sums::of(village), taken_late(village));
    let mut found = Vec::new();
    for lines in village.entries.posted() {
        let Cause::Act { item, version, activity } = lines.posting.cause else { continue };
        let Some(book) = village.rules.version(version) else { continue };
        let Some(item) = book.item(item) else { continue };
        for (place, slot, units) in standing(&lines) {
            sums.add(slot, item, lines.posting.date, units);
            if !late.contains(&activity) {
                found.extend(overrun(village, (book, item), &sums, &lines, place));
            }
        }
    }
    found
}

/// The lines that were not taken back: place among the lines, slot, units and points.
fn standing<'a>(lines: &PostedLines<'a>) -> impl Iterator<Item = (usize, u32, (u32, i32))> + use<'a> {
    let units = lines.quantities.iter().copied().zip(lines.points.iter().copied());
    let rows = lines.slots.iter().copied().zip(units).zip(lines.reversed).enumerate();
    rows.filter(|(_, (_, reversed))| !**reversed).map(|(place, ((slot, units), _))| (place, slot, units))
}

/// The sums are by the categories of each entry's own version, which may have
/// changed: what exceeds them is looked at as it was when it was recorded.
fn overrun(
    village: &Village,
    (book, item): (&RuleBook, &Item),
    sums: &Sums,
    lines: &PostedLines<'_>,
    place: usize,
) -> Option<Over> {
    let (posting, slot) = (lines.posting, lines.slots[place]);
    let mut suspect = bounds(book, item).filter(|bound| sums.exceed(slot, item, posting.date, bound)).peekable();
    suspect.peek()?;
    let (account, _) = village.entries.totals().nth(usize::try_from(slot).ok()?)?;
    let line = |(quantity, points)| Line {
        account,
        item: item.id,
        version: book.version,
        date: posting.date,
        quantity,
        points,
    };
    let own = |(at, other, units): (usize, u32, _)| (other == slot && at <= place).then(|| line(units));
    // Of a household that was entered twice both may stand in one activity.
    let mut pending: Vec<Line> = standing(lines).filter_map(own).collect();
    let line = pending.pop()?;
    let before = || village.entries.acts_of(account).take_while(|(other, ..)| other.cause != posting.cause);
    let bound = suspect.find(|bound| is_broken(village, book, bound, &line, before(), &pending))?;
    Some(Over { line, bound })
}

/// What was settled by taking it into the open month: the village wanted it so.
fn taken_late(village: &Village) -> HashSet<ActivityId> {
    let taken = village.displaced().iter().filter(|one| one.is_late() && one.settled == Some(Choice::Take));
    let activities = taken.filter_map(|one: &Displaced| match &one.event {
        Event::PointsPosted { activity, .. }
        | Event::ClaimDecided { verdict: ClaimVerdict::Approved { activity, .. }, .. } => Some(*activity),
        Event::VisitRewarded(reward) => Some(reward.activity),
        _ => None,
    });
    activities.collect()
}
