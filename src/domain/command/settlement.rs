//! Ways to settle what two laptops recorded against each other.

use crate::domain::conflict::{ActPlace, Choice};
use crate::domain::id::{CaseId, GoodsId, HouseholdId, UnitId};
use crate::domain::points::ledger::Account;
use crate::domain::points::year_twice::YearEndOf;

/// How something that two laptops recorded against each other is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// An event that did not follow from those before it.
    Displaced {
        /// Which.
        place: ActPlace,
        /// What counts.
        choice: Choice,
    },
    /// The same household was entered twice.
    JoinHouseholds {
        /// The entry that goes.
        gone: HouseholdId,
        /// The entry that stays.
        kept: HouseholdId,
        /// Which texts count where both say something.
        texts: Choice,
    },
    /// Two households got the same number.
    RenumberHousehold {
        /// The one that gets another.
        household: HouseholdId,
        /// The new number.
        number: String,
    },
    /// The same goods were added twice.
    JoinGoods {
        /// The entry that goes.
        gone: GoodsId,
        /// The entry that stays.
        kept: GoodsId,
    },
    /// Of two kinds of goods with one name, these are no longer offered.
    WithdrawGoods(GoodsId),
    /// The same unit was set up twice.
    JoinUnits {
        /// The entry that goes.
        gone: UnitId,
        /// The entry that stays.
        kept: UnitId,
    },
    /// Two units of a grid got the same number; this one gets the next free one.
    RenumberUnit(UnitId),
    /// Two cases got the same number; this one gets the next free one.
    RenumberCase(CaseId),
    /// 盘点: what is really there.
    CountStock {
        /// What.
        goods: GoodsId,
        /// How many there are.
        counted: u32,
        /// Why it differs; may be empty.
        note: String,
    },
    /// An account below zero is a debt that later points pay off.
    AcceptDebt(Account),
    /// An account has its 起始分 more than once; the first one counts.
    OneOpening(Account),
    /// The end of a year was posted twice; of each account one line counts.
    OneYearEnd {
        /// Which.
        of: YearEndOf,
        /// The first or the last.
        kept: Choice,
    },
    /// Both clearings of a year were taken back; it is cleared again.
    ClearAgain(i16),
    /// The same, and it is not cleared.
    LeaveUncleared(i16),
}
