//! 核实: what two laptops recorded together cannot always be undone. Goods that were
//! handed out are gone, and what was carried out of a year stands. Somebody looks into
//! it, says so, and it is no finding any more as long as it stays as it was.

use super::calendar::Month;
use super::id::{HouseholdId, RedemptionId};
use super::points::close::Tally;
use super::points::ledger::Account;
use super::points::rule::Ledger;
use super::village::Village;

/// A finding that somebody has looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// A redemption beyond the stock or the limits of then, or during a veto.
    Redemption(RedemptionId),
    /// A closed month that holds something else than when it was closed.
    Month {
        /// Of which ledger.
        ledger: Ledger,
        /// Which.
        month: Month,
        /// What it holds.
        tally: Tally,
    },
    /// What was carried out of a year is not what there was at its end.
    Carried {
        /// Whose.
        account: Account,
        /// Which year.
        year: i16,
        /// What there was, in points.
        balance: i64,
    },
    /// Two households are one although another laptop told them apart: the entry that went.
    Joined(HouseholdId),
}

impl Village {
    /// Whether somebody has looked into it, and it has not changed since.
    pub fn is_confirmed(&self, found: Confirmed) -> bool {
        let now = |one: Confirmed| match one {
            Confirmed::Carried { account, year, balance } => {
                Confirmed::Carried { account: self.account_now(account), year, balance }
            }
            one => one,
        };
        self.confirmed.iter().any(|known| now(*known) == now(found))
    }
}
