//! The fold of goods, stock and redemptions, and the figures of a redemption
//! day that follow from it.

use jiff::civil::Date;

use super::calendar::Moment;
use super::contradiction::{Contradiction, fresh, known};
use super::event::{Event, PostedLine};
use super::id::GoodsId;
use super::points::entries::{Cause, Posting};
use super::points::redemption_day::{DayGoods, DayPoints};
use super::points::rule::Ledger;
use super::points::shelf::{Redemption, Returned};
use super::village::Village;

impl Village {
    #[inline(never)]
    pub(super) fn apply_shelf(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        let applied = self.apply_to_shelf(at, event);
        self.shelf.pool(at);
        applied
    }

    fn apply_to_shelf(&mut self, at: Moment, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::GoodsAdded(goods) => {
                self.counters.observe(goods.id);
                fresh(self.shelf.goods.insert(goods.id, goods.clone()), "物品")
            }
            Event::GoodsTermsSet(terms) => known(self.shelf.set_terms(*terms), "物品"),
            Event::StockReceived(delivery) => {
                known(self.shelf.goods.get(delivery.goods).is_some(), "物品")?;
                self.shelf.receive(*delivery);
                Ok(())
            }
            Event::StockCounted { goods, counted, date, note } => {
                self.observe_note(*note);
                known(self.shelf.goods.get(*goods).is_some(), "物品")?;
                // What was counted of one part says nothing of the whole.
                if self.shelf.pooled.now(*goods) != *goods {
                    return Err(Contradiction::Joined("物品"));
                }
                self.shelf.count(*goods, i64::from(*counted), *date, *note);
                Ok(())
            }
            Event::GoodsJoined { gone, kept, note } => {
                self.observe_note(Some(*note));
                known([gone, kept].into_iter().all(|id| self.shelf.goods.get(*id).is_some()), "物品")?;
                self.shelf.pooled.join(*gone, *kept, *note);
                Ok(())
            }
            Event::Redeemed { redemption, account, lines, proxy } => {
                self.counters.observe(*redemption);
                self.observe_note(*proxy);
                known(self.has_account(*account), "账户")?;
                let account = self.account_now(*account);
                self.entries.slot_or_new(account);
                let entries = self.entries.len();
                self.look_at_redemption(at, *redemption, account, lines);
                self.shelf.begin_day(at.date(), entries);
                let row = Redemption {
                    id: *redemption,
                    account,
                    at,
                    lines: lines.clone(),
                    proxy: *proxy,
                    undone: false,
                    returned: None,
                };
                fresh(self.shelf.hand_out(row), "兑换")
            }
            Event::RedemptionUndone { redemption } => known(self.shelf.take_back(*redemption, at.date()), "兑换"),
            Event::RedemptionReturned(back) => self.hand_back(*back),
            Event::DayClosed(closing) => {
                self.observe_note(closing.note);
                let unknown = closing.goods.iter().find(|one| self.shelf.moved_otherwise(closing.day, one));
                let unknown = unknown.map(|one| one.goods);
                if !self.shelf.days.close(closing.clone(), unknown) {
                    return Err(Contradiction::Twice("收场对账"));
                }
                for goods in closing.goods.iter().filter(|goods| goods.difference() != 0) {
                    let mut counted = goods.counted;
                    if self.shelf.pooled.now(goods.goods) != goods.goods {
                        // Of what is a part of other goods by now, what was missing counts.
                        counted = self.shelf.stock_on(closing.day, goods.goods).saturating_add(goods.difference());
                    }
                    self.shelf.count_on(closing.day, goods.goods, counted, closing.note);
                }
                Ok(())
            }
            Event::DayReopened { day, note } => {
                self.observe_note(Some(*note));
                known(self.shelf.days.reopen(*day, *note), "收场对账")
            }
            _ => Ok(()),
        }
    }

    /// The redemption stays on its day; points and goods come back on this one.
    fn hand_back(&mut self, back: Returned) -> Result<(), Contradiction> {
        let Returned { redemption: id, entry, date, note } = back;
        self.counters.observe(note);
        let redemption = self.shelf.redemption(id).ok_or(Contradiction::Unknown("兑换"))?;
        fresh(redemption.stands(), "退还")?;
        let points = i32::try_from(redemption.points()).unwrap_or(i32::MAX);
        let line = PostedLine { entry, account: redemption.account, quantity: 0, points };
        self.post(Posting { cause: Cause::Returned(id), date, note: Some(note) }, &[line])?;
        self.shelf.hand_back(id, date);
        Ok(())
    }

    /// Points of the villager ledger on a redemption day, as they are now, with
    /// nothing counted from paper yet. `None` for a day without redemptions.
    pub fn day_points(&self, day: Date) -> Option<DayPoints> {
        let begun = self.shelf.days.get(day)?;
        let redeemed_on = |is_meant: fn(&Date, &Date) -> bool| {
            let meant = self.shelf.redemptions().filter(|one| is_meant(&one.at.date(), &day));
            meant
                .filter(|one| one.account.ledger() == Ledger::Villager)
                .map(Redemption::points)
                .fold(0, i64::saturating_add)
        };
        let (redeemed, later) = (redeemed_on(Date::eq), redeemed_on(Date::gt));
        let closing = self.villager_points().saturating_add(later);
        let posted = self.entries.villager_points_since(begun.entries_before);
        let opening = closing.saturating_add(redeemed).saturating_sub(posted);
        Some(DayPoints { opening, redeemed, closing, on_paper: 0 })
    }

    /// Points of the villager ledger that can be redeemed, debts subtracted.
    pub fn villager_points(&self) -> i64 {
        self.villager_balances().iter().map(|(_, balance)| *balance).fold(0, i64::saturating_add)
    }

    /// Goods with a stock on a redemption day, as if all that should be there
    /// had been counted. Empty for a day without redemptions.
    pub fn day_goods(&self, day: Date) -> Vec<DayGoods> {
        let Some(begun) = self.shelf.days.get(day) else { return Vec::new() };
        let stocked = self.shelf.goods.iter().filter(|goods| !goods.is_service);
        stocked.map(|goods| self.goods_of_day(day, goods.id, begun.opening_stock(goods.id))).collect()
    }

    fn goods_of_day(&self, day: Date, goods: GoodsId, opening: i64) -> DayGoods {
        let on_day = self.shelf.redemptions().filter(|one| !one.undone && one.at.date() == day);
        let lines = on_day.flat_map(|one| &one.lines).filter(|line| line.goods == goods);
        let issued = lines.map(|line| i64::from(line.quantity)).fold(0, i64::saturating_add);
        // What came later is not of this day; what is not explained by it was received.
        let closing = self.shelf.stock_on(day, goods);
        let received = closing.saturating_add(issued).saturating_sub(opening);
        DayGoods { goods, opening, received, issued, counted: closing }
    }
}
