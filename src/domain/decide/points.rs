//! Recording points and taking them back.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Desk, QUANTITY_LIMIT, TEXT_LIMIT, limited, required};
use crate::domain::calendar::Month;
use crate::domain::command::NewActivity;
use crate::domain::event::{Event, PostedLine};
use crate::domain::id::EntryId;
use crate::domain::points::caps::{self, Line};
use crate::domain::points::claim::ClaimRefusal;
use crate::domain::points::dispute::{Dispute, DisputeRefusal};
use crate::domain::points::ledger::{Account, Reason};
use crate::domain::points::rule::{Choice, Conditions, Item, Ledger, RuleBook, Score};
use crate::domain::points::rule_refusal::RuleRefusal;
use crate::domain::refusal::Refusal;
use crate::domain::visits::coverage::MonthOutcome;

impl Desk<'_> {
    pub(super) fn record(&mut self, new: &NewActivity) -> Result<(), Refusal> {
        if new.date > self.context.now.date() {
            return Err(Refusal::FutureDate(new.date));
        }
        if let Some((account, _)) = new.lines.first() {
            self.check_open(account.ledger(), new.date)?;
        }
        let book = self.village.rules.in_force(new.date).ok_or(Refusal::NoRuleBook(new.date))?;
        let item = book.item(new.item).ok_or(Refusal::UnknownItem)?;
        check_conditions(item, new.date, &new.note, self.photos_at_hand)?;
        let scores = self.scores(item, new)?;
        self.check_accounts(item, new.date, &new.lines)?;
        let note = self.notes.note(limited("事由", &new.note, TEXT_LIMIT)?);
        let mut lines = Vec::with_capacity(new.lines.len());
        for ((account, quantity), each) in new.lines.iter().zip(scores) {
            let (entry, points) = (self.notes.fresh(), points_of(each, *quantity)?);
            lines.push(PostedLine { entry, account: *account, quantity: *quantity, points });
        }
        self.check_one_hand(item, new.date, &lines)?;
        self.check_caps(book, item, new.date, &lines)?;
        self.check_issue(new.date, &lines)?;
        let activity = self.notes.fresh();
        let (item, version) = (item.id, book.version);
        self.events.push(Event::PointsPosted { activity, item, version, date: new.date, note, lines });
        Ok(())
    }

    /// Where it takes two, nobody adds points alone: they are told of first and
    /// then looked at. Points for a month of visits are counted, not told of.
    fn check_one_hand(&self, item: &Item, date: Date, lines: &[PostedLine]) -> Result<(), Refusal> {
        let adds = lines.iter().any(|line| line.points > 0);
        if adds && self.village.takes_two() && !self.are_counted(item, date, lines) {
            return Err(ClaimRefusal::OneHand.into());
        }
        Ok(())
    }

    /// Whether the visits of the month earn just these points.
    fn are_counted(&self, item: &Item, date: Date, lines: &[PostedLine]) -> bool {
        let month = Month::of(date);
        let found = self.village.month_proposals(month, self.context.now.date(), MonthOutcome::Full);
        let Some((counted, months)) = found.filter(|_| date == month.last_day()) else { return false };
        let earned = |line: &PostedLine| months.iter().any(|one| Account::Member(one.person) == line.account);
        counted.id == item.id && lines.iter().all(|line| line.quantity == 1 && earned(line))
    }

    /// The year has room for these points of households.
    pub(super) fn check_issue(&self, date: Date, lines: &[PostedLine]) -> Result<(), Refusal> {
        let of_households = lines.iter().filter(|line| line.account.ledger() == Ledger::Villager);
        let issued = of_households.map(|line| i64::from(line.points.max(0))).fold(0, i64::saturating_add);
        Ok(self.village.settings.check_issue(self.village, date.year(), issued)?)
    }

    /// Points for one unit of each line: members of different types may score differently.
    fn scores(&self, item: &Item, new: &NewActivity) -> Result<Vec<i32>, Refusal> {
        if new.lines.is_empty() {
            return points_each(item.score, new.points_each).map(|_| Vec::new());
        }
        let scores = new.lines.iter().map(|(account, _)| item.score_for(self.village.kind_on(*account, new.date)));
        let scores: Vec<Score> = scores.collect();
        match Choice::of(scores.iter().copied()) {
            Choice::Apart => return Err(RuleRefusal::RangesApart(item.name.clone()).into()),
            Choice::Within(low, high) => points_each(Score::Range(low, high), new.points_each).map(|_| ())?,
            Choice::Nothing => {}
        }
        scores.into_iter().map(|score| points_each(score, new.points_each)).collect()
    }

    pub(super) fn check_accounts(&self, item: &Item, date: Date, lines: &[(Account, u32)]) -> Result<(), Refusal> {
        if lines.is_empty() {
            return Err(Refusal::NobodyChosen);
        }
        let mut seen = HashSet::new();
        let twice: Vec<_> = lines.iter().map(|line| line.0).filter(|account| !seen.insert(*account)).collect();
        if !twice.is_empty() {
            return Err(Refusal::ChosenTwice(twice));
        }
        if lines.iter().any(|line| !self.village.has_account(line.0)) {
            return Err(Refusal::UnknownAccount);
        }
        lines.iter().try_for_each(|line| self.village.check_in_use(line.0))?;
        let strangers: Vec<_> =
            lines.iter().map(|line| line.0).filter(|account| !self.village.applies(item, *account, date)).collect();
        if !strangers.is_empty() {
            return Err(Refusal::NotApplicable { item: item.name.clone(), accounts: strangers });
        }
        if lines.iter().any(|line| !(1..=QUANTITY_LIMIT).contains(&line.1)) {
            return Err(Refusal::BadQuantity(QUANTITY_LIMIT));
        }
        Ok(())
    }

    fn check_caps(&self, book: &RuleBook, item: &Item, date: Date, lines: &[PostedLine]) -> Result<(), Refusal> {
        let mut full = lines.iter().filter_map(|line| {
            let (account, quantity, points) = (line.account, line.quantity, line.points);
            let line = Line { account, item: item.id, version: book.version, date, quantity, points };
            Some((account, caps::reached(self.village, book, item, &line, &[])?))
        });
        let Some((first, bound)) = full.next() else {
            return Ok(());
        };
        let others = full.filter(|(_, other)| *other == bound).map(|(account, _)| account);
        Err(Refusal::CapReached {
            item: item.name.clone(),
            version: book.label.clone(),
            bound,
            date,
            accounts: std::iter::once(first).chain(others).collect(),
        })
    }

    pub(super) fn reverse(&mut self, entry: EntryId, reason: &str) -> Result<(), Refusal> {
        let original = self.village.entries.get(entry).ok_or(Refusal::UnknownEntry)?;
        if matches!(original.reason, Reason::Reversal(_)) {
            return Err(Refusal::ReversalOfReversal);
        }
        if matches!(original.reason, Reason::Returned(_)) {
            return Err(Refusal::ReversalOfReturn);
        }
        if self.village.entries.reversal_of(entry).is_some() {
            return Err(Refusal::AlreadyReversed);
        }
        if self.village.disputes.get(entry).is_some_and(Dispute::is_open) {
            return Err(DisputeRefusal::SettleFirst.into());
        }
        self.village.check_correction(original.account, -i64::from(original.points))?;
        let reason = required("冲正的原因", reason, TEXT_LIMIT)?;
        let note = self.notes.note(reason).ok_or(Refusal::Missing("冲正的原因"))?;
        let date = self.context.now.date();
        self.check_open(original.account.ledger(), date)?;
        self.events.push(Event::EntryReversed { entry: self.notes.fresh(), original: entry, date, note });
        Ok(())
    }
}

/// The day and what is said of the act meet the item's conditions.
pub(super) fn check_conditions(item: &Item, date: Date, note: &str, photos: usize) -> Result<(), RuleRefusal> {
    let Conditions { from, until, .. } = item.conditions;
    if !item.is_open_on(date) {
        return Err(RuleRefusal::OutOfSeason { item: item.name.clone(), from, until });
    }
    if !item.conditions.are_evidenced(note, photos) {
        return Err(RuleRefusal::NoEvidence(item.name.clone()));
    }
    Ok(())
}

pub(super) fn points_each(score: Score, chosen: Option<i32>) -> Result<i32, Refusal> {
    let (Score::Fixed(low) | Score::Range(low, _)) = score;
    let (Score::Fixed(high) | Score::Range(_, high)) = score;
    score.with(chosen).ok_or(Refusal::PointsOutOfRange { low, high })
}

/// Points of so many units. A stored rule book may hold any number, so what
/// does not fit is refused with the quantity that still would.
pub(super) fn points_of(each: i32, quantity: u32) -> Result<i32, Refusal> {
    let points = i64::from(each) * i64::from(quantity);
    let most = if each < 0 { i32::MIN } else { i32::MAX };
    let limit = most.unsigned_abs() / each.unsigned_abs().max(1);
    i32::try_from(points).map_err(|_| Refusal::BadQuantity(limit))
}
