//! Caps: whether one more line still fits, for its item and for the whole
//! category. What was taken back does not count. A category's cap holds back
//! rewards only: no deduction is spared because others came before it.

use jiff::civil::Date;

use super::entries::Cause;
use super::ledger::Account;
use super::rule::{Bound, CapOf, Category, Item, RuleBook, RuleVersion};
use crate::domain::id::ItemId;
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
    let own = item.caps.iter().map(|cap| Bound { cap: *cap, category: None });
    let shared = book.category_caps.iter().filter(|cap| cap.ledger == item.ledger && cap.category == item.category);
    let shared =
        shared.filter(|_| !item.score.is_deduction()).map(|cap| Bound { cap: cap.cap, category: Some(cap.category) });
    own.chain(shared).find(|bound| is_broken(village, book, bound, line, pending))
}

fn is_broken(village: &Village, book: &RuleBook, bound: &Bound, line: &Line, pending: &[Line]) -> bool {
    let counts = |item: ItemId, version: RuleVersion, date: Date, points: i32| {
        bound.cap.period.same(date, line.date)
            && match bound.category {
                None => item == line.item,
                Some(category) => points > 0 && category_of(village, book, item, version) == Some(category),
            }
    };
    let posted = village.entries.acts_of(line.account).filter_map(|(posting, quantity, points)| match posting.cause {
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
