//! 月结 and the end of the year.

use std::cmp::Ordering;

use jiff::civil::{Date, date};

use super::Desk;
use crate::domain::event::Event;
use crate::domain::points::close::{
    CLOSE_DAYS_MAX, CloseMonth, CloseRefusal, MonthClosed, close_findings, month_tally, next_to_close,
};
use crate::domain::points::ledger::{Account, ClearCause};
use crate::domain::points::rule::Ledger;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn close_month(&mut self, new: CloseMonth) -> Result<(), Refusal> {
        let CloseMonth { ledger, month, notice_days, objection_days } = new;
        let next = next_to_close(self.village, ledger).ok_or(CloseRefusal::NothingRecorded(ledger))?;
        match month.cmp(&next) {
            Ordering::Less => return Err(CloseRefusal::AlreadyClosed(month).into()),
            Ordering::Greater => return Err(CloseRefusal::EarlierFirst(next).into()),
            Ordering::Equal => {}
        }
        let today = self.context.now.date();
        if today <= month.last_day() {
            return Err(CloseRefusal::NotOver(month).into());
        }
        let days = 1..=CLOSE_DAYS_MAX;
        if !days.contains(&notice_days) || !days.contains(&objection_days) {
            return Err(CloseRefusal::BadDays.into());
        }
        if let Some(finding) = close_findings(self.village, ledger, month).first().copied() {
            return Err(CloseRefusal::Unfinished { month, finding }.into());
        }
        let (entries, points) = month_tally(&self.village.entries, ledger, month);
        self.events.push(Event::MonthClosed(MonthClosed {
            ledger,
            month,
            date: today,
            notice_days,
            objection_days,
            entries,
            points,
        }));
        Ok(())
    }

    /// Whether something of the day may be recorded in the ledger.
    pub(super) fn check_open(&self, ledger: Ledger, day: Date) -> Result<(), Refusal> {
        let closings = &self.village.closings;
        if closings.is_closed(ledger, day) {
            return Err(CloseRefusal::MonthClosed { ledger, day, open: closings.open_day(ledger, day) }.into());
        }
        Ok(())
    }

    /// Clears every account of the ledger on the last day of the year.
    pub(super) fn clear_year(&mut self, ledger: Ledger, year: i16) -> Result<(), Refusal> {
        let last = date(year.clamp(1970, 2200), 12, 31);
        if self.context.now.date() < last {
            return Err(Refusal::FutureDate(last));
        }
        self.check_open(ledger, last)?;
        let accounts = self.village.entries.totals().map(|(account, _)| account);
        let accounts: Vec<Account> =
            accounts.filter(|one| one.ledger() == ledger && *one == self.village.account_now(*one)).collect();
        self.clear(ClearCause::YearEnd(year), last, &accounts);
        if self.events.is_empty() { Err(CloseRefusal::NothingToClear(year).into()) } else { Ok(()) }
    }
}
