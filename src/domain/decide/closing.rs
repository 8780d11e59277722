//! 月结 and the end of the year.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::Desk;
use crate::domain::calendar::Month;
use crate::domain::event::{Event, PostedLine};
use crate::domain::points::close::{
    CLOSE_DAYS_MAX, CloseMonth, CloseRefusal, MonthClosed, Tally, close_findings, month_tally, next_to_close, year_end,
};
use crate::domain::points::ledger::{Account, ClearCause};
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::{CarryOver, SettingsRefusal, expired, expired_accounts};
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
        let carried = self.carried(ledger, month);
        let entries = entries.saturating_add(u32::try_from(carried.len()).unwrap_or(u32::MAX));
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
            carried,
        }));
        Ok(())
    }

    /// 结转: what every account holds at the end of the year, a line each that
    /// changes nothing. Only December brings them.
    fn carried(&mut self, ledger: Ledger, month: Month) -> Vec<PostedLine> {
        if month.month != 12 {
            return Vec::new();
        }
        let (village, last) = (self.village, month.last_day());
        let accounts = village.entries.totals().map(|(account, _)| account);
        let accounts = accounts.filter(|one| one.ledger() == ledger && *one == village.account_now(*one));
        let mut lines = Vec::new();
        for account in accounts {
            let quantity = u32::try_from(village.balance_on(account, last)).unwrap_or(0);
            if quantity > 0 {
                lines.push(PostedLine { entry: self.notes.fresh(), account, quantity, points: 0 });
            }
        }
        lines
    }

    /// Whether something of the day may be recorded in the ledger.
    pub(super) fn check_open(&self, ledger: Ledger, day: Date) -> Result<(), Refusal> {
        self.village.check_month(ledger, day)
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

    /// The same of one account; nothing where nothing has expired.
    pub(super) fn expire_of(&mut self, account: Account) -> Result<(), Refusal> {
        let today = self.context.now.date();
        if let CarryOver::ExpireAfter(months) = self.village.settings.carry_over {
            let held = [(account, expired(self.village, account, months, today))];
            if held[0].1 > 0 {
                self.check_open(account.ledger(), today)?;
                self.clear(ClearCause::Expired(months), today, &held);
            }
        }
        Ok(())
    }

    /// Clears every account of the ledger on the last day of the year.
    pub(super) fn clear_year(&mut self, ledger: Ledger, year: i16) -> Result<(), Refusal> {
        let last = year_end(year);
        if self.context.now.date() < last {
            return Err(Refusal::FutureDate(last));
        }
        if ledger == Ledger::Member {
            return Err(CloseRefusal::MembersKeep.into());
        }
        self.check_open(ledger, last)?;
        self.clear(ClearCause::YearEnd(year), last, &self.village.clearable(ledger, last));
        if self.events.is_empty() { Err(CloseRefusal::NothingToClear(year).into()) } else { Ok(()) }
    }
}
