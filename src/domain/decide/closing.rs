//! 月结 and the end of the year.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::Desk;
use crate::domain::event::Event;
use crate::domain::points::close::{
    CLOSE_DAYS_MAX, CloseMonth, CloseRefusal, MonthClosed, Tally, close_findings, month_tally, next_to_close, year_end,
};
use crate::domain::points::ledger::ClearCause;
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::{CarryOver, SettingsRefusal, expired_accounts};
use crate::domain::points::sheet::{ClosedSheet, sheet_rows};
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
        let Tally { entries, points, redeemed } = month_tally(self.village, ledger, month);
        let sheet = ClosedSheet::of(&sheet_rows(self.village, ledger, month, None));
        self.events.push(Event::MonthClosed(MonthClosed {
            ledger,
            month,
            date: today,
            notice_days,
            objection_days,
            entries,
            points,
            redeemed,
            sheet,
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

    /// Takes away what is older than the settings allow and was not redeemed.
    pub(super) fn expire(&mut self, ledger: Ledger) -> Result<(), Refusal> {
        let CarryOver::ExpireAfter(months) = self.village.settings.carry_over else {
            return Err(SettingsRefusal::NothingExpires.into());
        };
        let today = self.context.now.date();
        self.check_open(ledger, today)?;
        self.clear(ClearCause::Expired(months), today, &expired_accounts(self.village, ledger, months, today));
        if self.events.is_empty() { Err(SettingsRefusal::NothingExpired(months).into()) } else { Ok(()) }
    }

    /// Clears every account of the ledger on the last day of the year.
    pub(super) fn clear_year(&mut self, ledger: Ledger, year: i16) -> Result<(), Refusal> {
        let last = year_end(year);
        if self.context.now.date() < last {
            return Err(Refusal::FutureDate(last));
        }
        self.check_open(ledger, last)?;
        self.clear(ClearCause::YearEnd(year), last, &self.village.clearable(ledger, last));
        if self.events.is_empty() { Err(CloseRefusal::NothingToClear(year).into()) } else { Ok(()) }
    }
}
