//! What keeps the ledgers honest: vetoes, objections, closed months and
//! clearing. Here is the fold of their events, and what follows from them.

use jiff::civil::Date;

use super::calendar::{Moment, Month, Quarter};
use super::conflict::Displaced;
use super::contradiction::{Contradiction, fresh, known};
use super::event::{ClaimVerdict, Event, PostedLine};
use super::id::{GoodsId, RedemptionId};
use super::points::close::{Closing, MonthClosed};
use super::points::dispute::{Dispute, DisputeDecided, EntryDisputed, Outcome};
use super::points::entries::{Cause, Posting};
use super::points::ledger::{Account, ClearCause};
use super::points::rule::Ledger;
use super::points::shelf::{BasketLine, Redemption, Returned, basket_points};
use super::points::veto::{Veto, VetoAppealed, VetoEffect, VetoImposed, VetoRevoked};
use super::village::Village;

/// What was wrong with a redemption when it was recorded: something that only
/// merging two laptops can bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Irregularity {
    /// It took more points than there were.
    BeyondBalance,
    /// It took more of these goods than there were.
    BeyondStock {
        /// Of what.
        goods: GoodsId,
        /// How many stocktakes there had been.
        counts: usize,
    },
    /// The account was not to redeem.
    DuringVeto,
    /// It took more of these goods than one account gets in a quarter.
    BeyondLimit {
        /// Of what.
        goods: GoodsId,
        /// How many one account gets.
        limit: u32,
    },
    /// It took more points than one account may redeem in a day.
    BeyondDay {
        /// How many one account may.
        limit: u32,
    },
}

impl Village {
    /// Folds what is not recording itself but watches over it.
    #[inline(never)]
    pub(super) fn apply_oversight(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::VetoImposed(imposed) => self.impose(at, imposed),
            Event::VetoAppealed(appealed) => self.appeal(*appealed),
            Event::VetoRevoked(revoked) => self.revoke(*revoked),
            Event::EntryDisputed(raised) => self.raise(*raised),
            Event::DisputeDecided(decided) => self.decide_dispute(*decided),
            Event::MonthClosed(closed) => self.close_month(at, closed),
            Event::PointsCleared { cause, date, lines } => self.clear(*cause, *date, lines),
            _ => Ok(()),
        }
    }

    fn impose(&mut self, at: Moment, imposed: &VetoImposed) -> Result<(), Contradiction> {
        self.counters.observe(imposed.veto);
        let veto = Veto { imposed: imposed.clone(), at, appeal: None, revocation: None };
        veto.notes().for_each(|(_, note)| self.counters.observe(note));
        known(self.has_account(imposed.account), "账户")?;
        fresh(self.vetoes.insert(imposed.veto, veto), "一票否决")
    }

    fn appeal(&mut self, appealed: VetoAppealed) -> Result<(), Contradiction> {
        self.counters.observe(appealed.note);
        let veto = self.vetoes.get_mut(appealed.veto).ok_or(Contradiction::Unknown("一票否决"))?;
        fresh(veto.appeal.is_none(), "申诉")?;
        veto.appeal = Some(appealed);
        Ok(())
    }

    fn revoke(&mut self, revoked: VetoRevoked) -> Result<(), Contradiction> {
        self.counters.observe(revoked.document);
        self.counters.observe(revoked.note);
        let veto = self.vetoes.get_mut(revoked.veto).ok_or(Contradiction::Unknown("一票否决"))?;
        fresh(veto.revocation.is_none(), "撤销否决")?;
        veto.revocation = Some(revoked);
        Ok(())
    }

    fn raise(&mut self, raised: EntryDisputed) -> Result<(), Contradiction> {
        self.counters.observe(raised.note);
        known(self.entries.get(raised.entry).is_some(), "积分记录")?;
        fresh(self.disputes.insert(raised.entry, Dispute { raised, decided: None }), "异议")
    }

    fn decide_dispute(&mut self, decided: DisputeDecided) -> Result<(), Contradiction> {
        self.counters.observe(decided.note);
        let dispute = self.disputes.get(decided.entry).ok_or(Contradiction::Unknown("异议"))?;
        fresh(dispute.is_open(), "异议的处理")?;
        if let Outcome::Reversed(entry) = decided.outcome {
            self.reverse(entry, decided.entry, decided.date, decided.note)?;
        }
        if let Some(dispute) = self.disputes.get_mut(decided.entry) {
            dispute.decided = Some(decided);
        }
        Ok(())
    }

    fn close_month(&mut self, at: Moment, closed: &MonthClosed) -> Result<(), Contradiction> {
        if let Some(last) = closed.carried.last() {
            self.counters.observe(last.entry);
        }
        // The lines lie in the month, so they come before it is closed.
        fresh(self.closings.through(closed.ledger).is_none_or(|through| through < closed.month), "月结")?;
        if !closed.carried.is_empty() {
            let (cause, date) = (Cause::Carried(closed.month.year), closed.month.last_day());
            self.post(Posting { cause, date, note: None }, &closed.carried)?;
        }
        // The lines are entries now.
        let closed = MonthClosed { sheet: closed.sheet.clone(), carried: Vec::new(), ..*closed };
        self.closings.close(Closing { closed, at, entered: self.working_days.times() });
        Ok(())
    }

    fn clear(&mut self, cause: ClearCause, date: Date, lines: &[PostedLine]) -> Result<(), Contradiction> {
        self.post(Posting { cause: Cause::Cleared(cause), date, note: None }, lines)
    }

    /// What is dated in a closed month does not follow from the closing.
    pub(super) fn check_open(&self, date: Date, lines: &[PostedLine]) -> Result<(), Contradiction> {
        match lines.first().map(|line| line.account.ledger()) {
            Some(ledger) if self.closings.is_closed(ledger, date) => Err(Contradiction::Closed(Month::of(date))),
            _ => Ok(()),
        }
    }

    /// Takes what was recorded in a closed month into the open one instead.
    pub(super) fn take_late(&mut self, at: Moment, displaced: &Displaced) -> Result<(), Contradiction> {
        let mut event = displaced.event.clone();
        let today = at.date();
        let ledger = self.ledger_of(&event);
        let open = ledger.map_or(today, |ledger| self.closings.open_day(ledger, today));
        match &mut event {
            Event::PointsPosted { date, .. }
            | Event::OpeningPosted { date, .. }
            | Event::PointsCleared { date, .. }
            | Event::EntryReversed { date, .. }
            | Event::RedemptionReturned(Returned { date, .. })
            | Event::DisputeDecided(DisputeDecided { date, .. }) => *date = open,
            Event::ClaimDecided { claim, verdict, by } => {
                return self.decide_claim(at, *claim, verdict, *by, Some(open));
            }
            Event::VisitRewarded(reward) => return self.reward_visit(*reward, Some(open)),
            _ => return Ok(()),
        }
        self.apply(at, &event)
    }

    /// In which ledger an event posts something.
    fn ledger_of(&self, event: &Event) -> Option<Ledger> {
        let of = |id| self.entries.get(id).map(|entry| entry.account.ledger());
        match event {
            Event::PointsPosted { lines, .. }
            | Event::OpeningPosted { lines, .. }
            | Event::PointsCleared { lines, .. } => lines.first().map(|line| line.account.ledger()),
            Event::ClaimDecided { verdict: ClaimVerdict::Approved { line, .. }, .. } => Some(line.account.ledger()),
            Event::EntryReversed { original, .. } => of(*original),
            Event::DisputeDecided(decided) => of(decided.entry),
            Event::RedemptionReturned(back) => self.shelf.redemption(back.redemption).map(|one| one.account.ledger()),
            Event::VisitRewarded(reward) => Some(reward.line.account.ledger()),
            _ => None,
        }
    }

    /// The vetoes against the account, oldest first.
    pub fn vetoes_of(&self, account: Account) -> impl Iterator<Item = &Veto> {
        let account = self.account_now(account);
        self.vetoes.iter().filter(move |veto| self.account_now(veto.imposed.account) == account)
    }

    /// The veto that has this effect on the account on the day; of several the one
    /// that ends last, since it says when the effect is over.
    pub fn veto_against(&self, account: Account, effect: VetoEffect, day: Date) -> Option<&Veto> {
        self.vetoes_of(account).filter(|veto| veto.stops(effect, day)).max_by_key(|veto| veto.last_day())
    }

    /// Points of the account at the end of the day.
    pub fn balance_on(&self, account: Account, day: Date) -> i64 {
        let posted = self.entries.lines_of(account).filter(|(posting, ..)| posting.date <= day);
        let redeemed = self.shelf.redemptions_of(account).filter(|one| one.at.date() <= day);
        let redeemed: i64 = redeemed.map(Redemption::points).sum();
        posted.map(|(_, points, _)| i64::from(points)).sum::<i64>() - redeemed
    }

    /// What the account still has of what it held at the end of the day: redemptions and
    /// deductions since then took of it first. What was earned since is not of it; `back`,
    /// which was given back since then, is.
    pub(super) fn left_of(&self, account: Account, day: Date, back: i64) -> i64 {
        let redeemed = self.shelf.redemptions_of(account).filter(|one| one.at.date() > day);
        let redeemed: i64 = redeemed.map(Redemption::points).sum();
        let since = self.entries.lines_of(account).filter(|(posting, ..)| posting.date > day);
        // What was taken back since then, and what took it back, make nothing together.
        let is_undoing = |cause: Cause| {
            let Cause::Reversal(original) = cause else { return false };
            self.entries.get(original).is_some_and(|original| original.date > day)
        };
        let deducted =
            since.filter(|(posting, points, reversed)| *points < 0 && !*reversed && !is_undoing(posting.cause));
        let deducted: i64 = deducted.map(|(_, points, _)| i64::from(points)).sum();
        (self.balance_on(account, day) + back - redeemed + deducted).min(self.balance(account))
    }

    /// What clearing the ledger as of the day would take, and from whom. What
    /// was spent since then is not taken a second time.
    pub fn clearable(&self, ledger: Ledger, day: Date) -> Vec<(Account, i64)> {
        let accounts = self.entries.totals().map(|(account, _)| account);
        let accounts = accounts.filter(|one| one.ledger() == ledger && *one == self.account_now(*one));
        let held = accounts.map(|account| (account, self.left_of(account, day, 0)));
        held.filter(|(_, points)| *points > 0).collect()
    }

    /// Redemptions that were not in order when they were recorded, and why.
    pub fn irregular(&self) -> &[(RedemptionId, Irregularity)] {
        &self.irregular
    }

    /// Takes note of what is wrong with a redemption that is about to be folded.
    pub(super) fn look_at_redemption(&mut self, at: Moment, id: RedemptionId, account: Account, lines: &[BasketLine]) {
        let short = lines.iter().find(|line| {
            let goods = self.shelf.goods.get(line.goods).is_some_and(|goods| !goods.is_service);
            goods && self.shelf.stock(self.shelf.pooled.now(line.goods)) < i64::from(line.quantity)
        });
        let counts = self.shelf.counts().len();
        let short = short.map(|line| (id, Irregularity::BeyondStock { goods: line.goods, counts }));
        let found = [
            (self.balance(account) < basket_points(lines), Irregularity::BeyondBalance),
            (self.veto_against(account, VetoEffect::NoRedemption, at.date()).is_some(), Irregularity::DuringVeto),
        ];
        self.irregular.extend(found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, what)| (id, what)));
        self.irregular.extend(short);
        for line in lines {
            let limit = self.shelf.quarter_limit(line.goods);
            let taken = || self.taken_by_home(account, line.goods, Quarter::of(at.date()));
            if let Some(limit) = limit.filter(|limit| taken().saturating_add(line.quantity) > *limit) {
                self.irregular.push((id, Irregularity::BeyondLimit { goods: line.goods, limit }));
            }
        }
        let limit = self.settings.redeem_day_max;
        let taken = || self.redeemed_by_home(account, at.date());
        if limit > 0 && taken().saturating_add(basket_points(lines)) > i64::from(limit) {
            self.irregular.push((id, Irregularity::BeyondDay { limit }));
        }
    }
}
