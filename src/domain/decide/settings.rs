//! Changing the settings of the points, whose the accounts are, and which days are worked.

use super::Desk;
use crate::domain::event::Event;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::{Account, Reason};
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::{Settings, SettingsRefusal};
use crate::domain::refusal::Refusal;
use crate::domain::working_days::{WorkingDaysRefusal, YearTable};

impl Desk<'_> {
    pub(super) fn change_settings(&mut self, new: Settings) -> Result<(), Refusal> {
        new.check()?;
        let before = self.village.settings;
        if new.counting() == before {
            return Err(SettingsRefusal::NothingChanged.into());
        }
        self.events.push(Event::SettingsChanged(Settings { follows: before.mark(), ..new }));
        Ok(())
    }

    /// 放假安排, as the State Council's notice has it.
    pub(super) fn enter_working_days(&mut self, mut table: YearTable) -> Result<(), Refusal> {
        for days in [&mut table.off, &mut table.worked] {
            days.sort_unstable();
            days.dedup();
        }
        table.check()?;
        if self.village.working_days.table(table.year).as_ref() == Some(&table) {
            return Err(WorkingDaysRefusal::NothingChanged(table.year).into());
        }
        let replaces = self.village.working_days.entered(table.year).is_some();
        self.events.push(Event::WorkingDaysEntered { table, replaces });
        Ok(())
    }

    /// Those who start in the new accounts start with the points that new ones start with.
    pub(super) fn choose_accounts(&mut self, kind: VillagerAccount) -> Result<(), Refusal> {
        let (village, today) = (self.village, self.context.now.date());
        village.check_choice(kind, today)?;
        let from = village.choice_counts_from(kind, today);
        let begun = |account| village.entries.of(account).any(|entry| entry.reason == Reason::Opening);
        let new = village.villagers(kind).into_iter().map(|(_, account)| account);
        let new = new.filter(|account| village.is_account_here(*account, today) && !begun(*account));
        let new: Vec<Account> = new.collect();
        let date = village.closings.open_day(Ledger::Villager, from.unwrap_or_else(|| self.new_year()));
        let lines = self.openings(&new, village.settings.household_opening);
        self.events.push(Event::AccountsChosen { kind, from, date, lines });
        Ok(())
    }
}
