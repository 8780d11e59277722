//! Settling what two laptops recorded against each other.

use super::founding::impersonal;
use super::{DELIVERY_LIMIT, Desk, NAME_LIMIT, TEXT_LIMIT, limited, required};
use crate::domain::check::lasting;
use crate::domain::command::Settlement;
use crate::domain::confirmed::Confirmed;
use crate::domain::conflict::{ActPlace, Choice};
use crate::domain::event::Event;
use crate::domain::id::{CaseId, GoodsId, HouseholdId};
use crate::domain::points::ledger::Account;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn settle(&mut self, settlement: Settlement) -> Result<(), Refusal> {
        match settlement {
            Settlement::Displaced { place, choice } => self.settle_displaced(place, choice),
            Settlement::JoinHouseholds { gone, kept, texts } => self.join(gone, kept, texts),
            Settlement::RenumberHousehold { household, number } => self.renumber(household, &number),
            Settlement::JoinGoods { gone, kept } => self.join_goods(gone, kept),
            Settlement::WithdrawGoods(goods) => self.withdraw_goods(goods),
            Settlement::JoinUnits { gone, kept } => self.join_units(gone, kept),
            Settlement::RenumberUnit(unit) => self.renumber_unit(unit),
            Settlement::RenumberCase(case) => self.renumber_case(case),
            Settlement::CountStock { goods, counted, note } => self.count_stock(goods, counted, &note),
            Settlement::AcceptDebt(account) => self.accept_debt(account),
            Settlement::Confirm(found) => self.confirm(found),
            Settlement::OneOpening(account) => self.keep_one_opening(account),
            Settlement::OneYearEnd { of, kept } => self.keep_one_year_end(of, kept),
            Settlement::ClearAgain(year) => self.clear_again(year),
            Settlement::LeaveUncleared(year) => self.leave_uncleared(year),
        }
    }

    fn settle_displaced(&mut self, place: ActPlace, choice: Choice) -> Result<(), Refusal> {
        let displaced = self.village.displaced().iter().find(|displaced| displaced.place == place);
        let displaced = displaced.filter(|displaced| displaced.settled.is_none()).ok_or(Refusal::AlreadySettled)?;
        let is_setting = displaced.settings().is_some() || displaced.working_days().is_some();
        if choice == Choice::Take && !displaced.is_late() && !is_setting {
            let (case, _) = displaced.case().ok_or(Refusal::OnlyCasesTake)?;
            let branch = self.village.branch(place);
            let branch: Vec<_> = branch.iter().filter_map(|one| Some((one.at, one.case()?.1))).collect();
            let mut case = self.village.cases.get(case).ok_or(Refusal::UnknownCase)?.clone();
            case.adopt(&branch).map_err(Refusal::CannotTake)?;
        }
        self.events.push(Event::DisplacedSettled { place, choice });
        Ok(())
    }

    fn renumber(&mut self, household: HouseholdId, number: &str) -> Result<(), Refusal> {
        self.village.people.households.get(household).ok_or(Refusal::UnknownHousehold)?;
        let number = impersonal("户号", required("户号", number, NAME_LIMIT)?)?;
        if self.village.people.household_by_number(number).is_some() {
            return Err(Refusal::NumberTaken(number.to_owned()));
        }
        self.events.push(Event::HouseholdRenumbered { household, number: number.to_owned() });
        Ok(())
    }

    fn renumber_case(&mut self, case: CaseId) -> Result<(), Refusal> {
        let known = self.village.cases.get(case).ok_or(Refusal::UnknownCase)?;
        let number = self.village.next_case_number(known.opening.received.date());
        self.events.push(Event::CaseRenumbered { case, number });
        Ok(())
    }

    fn count_stock(&mut self, goods: GoodsId, counted: u32, note: &str) -> Result<(), Refusal> {
        let known = self.village.shelf.goods.get(goods).ok_or(Refusal::UnknownGoods)?;
        if known.is_service {
            return Err(Refusal::ServiceHasNoStock(known.name.clone()));
        }
        if counted > DELIVERY_LIMIT {
            return Err(Refusal::BadQuantity(DELIVERY_LIMIT));
        }
        let note = limited("差异原因", note, TEXT_LIMIT)?;
        let difference = i64::from(counted).saturating_sub(self.village.shelf.stock(goods));
        if note.is_empty() && difference != 0 {
            let (goods, unit) = (known.name.clone(), known.unit.clone());
            return Err(Refusal::UnexplainedCount { goods, unit, difference });
        }
        let note = self.notes.note(note);
        self.events.push(Event::StockCounted { goods, counted, date: self.context.now.date(), note });
        Ok(())
    }

    /// What is no finding, or no longer this one, has nothing to be looked into.
    fn confirm(&mut self, found: Confirmed) -> Result<(), Refusal> {
        if !lasting(self.village).iter().any(|(open, _)| *open == found) {
            return Err(Refusal::AlreadySettled);
        }
        self.events.push(Event::FindingConfirmed(found));
        Ok(())
    }

    fn accept_debt(&mut self, account: Account) -> Result<(), Refusal> {
        if !self.village.has_account(account) {
            return Err(Refusal::UnknownAccount);
        }
        if self.village.debt_beyond(account) == 0 {
            return Err(Refusal::NoDebt);
        }
        let balance = self.village.balance(account);
        self.events.push(Event::DebtAccepted { account, balance });
        Ok(())
    }
}
