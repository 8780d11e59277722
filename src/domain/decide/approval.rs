//! What a claim brings when it is approved, after those that come before it
//! in the same act; or why it cannot be. The queue asks the same before
//! anybody presses.

use std::collections::HashSet;

use jiff::civil::Date;

use super::points::{points_each, points_of};
use crate::domain::id::{CaseId, HouseholdId, ItemId};
use crate::domain::points::caps::{self, Line};
use crate::domain::points::claim::Claim;
use crate::domain::points::close::CloseRefusal;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Item, Ledger, RuleBook};
use crate::domain::points::rule_refusal::RuleRefusal;
use crate::domain::refusal::Refusal;
use crate::domain::village::Village;

/// Claims that are approved together.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// What they bring, in order.
    pub lines: Vec<Line>,
    cases: HashSet<(CaseId, Account)>,
    visited: Vec<(HouseholdId, Line)>,
}

impl Batch {
    /// Takes the claim in, with the points for one unit that were chosen for it.
    pub fn take(&mut self, village: &Village, claim: &Claim, chosen: Option<i32>) -> Result<(), Refusal> {
        let filed = claim.filed;
        let account = village.account_now(filed.account);
        let (book, item) = village.scoring(filed.item, filed.date)?;
        village.check_month(item.ledger, filed.date)?;
        if !village.has_account(account) {
            return Err(Refusal::UnknownAccount);
        }
        village.check_in_use(account)?;
        if !village.applies(item, account, filed.date) {
            return Err(Refusal::NotApplicable { item: item.name.clone(), accounts: vec![account] });
        }
        if item.conditions.needs_evidence && !village.is_evidenced(filed.id) {
            return Err(RuleRefusal::NoEvidence(item.name.clone()).into());
        }
        let earned = filed.case.map(|case| (case, account));
        if earned.is_some_and(|earned| village.has_earned(earned.0, account) || self.cases.contains(&earned)) {
            return Err(Refusal::RewardedBefore(vec![account]));
        }
        let each = points_each(item.score_for(village.kind_on(account, filed.date)), chosen)?;
        let points = points_of(each, filed.quantity)?;
        let (date, quantity) = (filed.date, filed.quantity);
        let line = Line { account, item: item.id, version: book.version, date, quantity, points };
        check_line(village, book, item, &line, &self.lines)?;
        let household = village.check_claimed_visit(filed.id, account, &self.visited)?;
        self.visited.extend(household.map(|household| (household, line)));
        self.lines.push(line);
        self.cases.extend(earned);
        Ok(())
    }
}

/// The line has room under the caps after those that come before it in the same act.
pub(super) fn check_line(
    village: &Village,
    book: &RuleBook,
    item: &Item,
    line: &Line,
    before: &[Line],
) -> Result<(), Refusal> {
    match caps::reached(village, book, item, line, before) {
        None => Ok(()),
        Some(bound) => Err(Refusal::CapReached {
            item: item.name.clone(),
            version: book.label.clone(),
            bound,
            date: line.date,
            accounts: vec![line.account],
        }),
    }
}

impl Village {
    /// The version in force on the day, and the item in it.
    pub(super) fn scoring(&self, item: ItemId, date: Date) -> Result<(&RuleBook, &Item), Refusal> {
        let book = self.rules.in_force(date).ok_or(Refusal::NoRuleBook(date))?;
        Ok((book, book.item(item).ok_or(Refusal::UnknownItem)?))
    }

    /// Whether something of the day may be recorded in the ledger.
    pub(super) fn check_month(&self, ledger: Ledger, day: Date) -> Result<(), Refusal> {
        if self.closings.is_closed(ledger, day) {
            return Err(CloseRefusal::MonthClosed { ledger, day, open: self.closings.open_day(ledger, day) }.into());
        }
        Ok(())
    }

    /// Whether the account can have points for the item on the day.
    pub(super) fn applies(&self, item: &Item, account: Account, date: Date) -> bool {
        item.ledger == account.ledger()
            && match account {
                // Who is gone does nothing any more.
                Account::Household(_) | Account::Villager(_) => self.is_account_here(account, date),
                Account::Member(_) => self.kind_on(account, date).is_some_and(|kind| item.applies_to(kind)),
            }
    }

    /// Whether the account has points for the case that stand.
    pub(super) fn has_earned(&self, case: CaseId, account: Account) -> bool {
        let entries = self.entries_of_case(case).into_iter();
        let mut standing = entries.filter(|entry| self.entries.reversal_of(*entry).is_none());
        standing.any(|entry| self.entries.get(entry).is_some_and(|entry| entry.account == account))
    }
}
