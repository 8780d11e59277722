//! Goods, stock and redemption: points and goods move together or not at all.

use super::{DELIVERY_LIMIT, Desk, NAME_LIMIT, QUANTITY_LIMIT, TEXT_LIMIT, limited, required};
use crate::domain::calendar::{Month, Quarter};
use crate::domain::command::NewGoods;
use crate::domain::event::Event;
use crate::domain::id::{GoodsId, RedemptionId};
use crate::domain::points::close::CloseRefusal;
use crate::domain::points::ledger::Account;
use crate::domain::points::redemption_day::RedemptionDay;
use crate::domain::points::shelf::{BasketLine, Delivery, Goods, GoodsTerms, Returned, StockSource, basket_points};
use crate::domain::refusal::Refusal;

/// The highest price of one, in points.
const PRICE_LIMIT: u32 = 100_000;

impl Desk<'_> {
    pub(super) fn add_goods(&mut self, new: &NewGoods) -> Result<(), Refusal> {
        let name = required("物品名称", &new.name, NAME_LIMIT)?.to_owned();
        let unit = required("单位", &new.unit, 8)?.to_owned();
        check_price(new.price_points)?;
        if self.village.shelf.goods.iter().any(|goods| goods.name == name) {
            return Err(Refusal::GoodsExist(name));
        }
        let id: GoodsId = self.notes.fresh();
        self.events.push(Event::GoodsAdded(Goods {
            id,
            name,
            unit,
            price_points: new.price_points,
            price_cents: new.price_cents,
            is_service: new.is_service,
        }));
        if new.opening_stock > 0 && !new.is_service {
            self.deliver(id, new.opening_stock, StockSource::Collective)?;
        }
        Ok(())
    }

    pub(super) fn set_terms(&mut self, terms: GoodsTerms) -> Result<(), Refusal> {
        let present = self.village.shelf.terms(terms.goods).ok_or(Refusal::UnknownGoods)?;
        check_price(terms.price_points)?;
        if terms.quarter_limit == Some(0) {
            return Err(Refusal::LimitOfNone);
        }
        if present == terms {
            return Err(Refusal::NothingChanged);
        }
        self.events.push(Event::GoodsTermsSet(terms));
        Ok(())
    }

    pub(super) fn receive(&mut self, goods: GoodsId, quantity: u32, source: StockSource) -> Result<(), Refusal> {
        let known = self.village.shelf.goods.get(goods).ok_or(Refusal::UnknownGoods)?;
        if known.is_service {
            return Err(Refusal::ServiceHasNoStock(known.name.clone()));
        }
        self.deliver(goods, quantity, source)
    }

    fn deliver(&mut self, goods: GoodsId, quantity: u32, source: StockSource) -> Result<(), Refusal> {
        if !(1..=DELIVERY_LIMIT).contains(&quantity) {
            return Err(Refusal::BadQuantity(DELIVERY_LIMIT));
        }
        let date = self.context.now.date();
        self.events.push(Event::StockReceived(Delivery { goods, quantity, source, date }));
        Ok(())
    }

    pub(super) fn redeem(&mut self, account: Account, basket: &[(GoodsId, u32)], proxy: &str) -> Result<(), Refusal> {
        if !self.village.has_account(account) {
            return Err(Refusal::UnknownAccount);
        }
        if basket.is_empty() {
            return Err(Refusal::EmptyBasket);
        }
        let today = self.context.now.date();
        if self.village.shelf.days.closing(today).is_some() {
            return Err(Refusal::DayClosed(today));
        }
        if self.village.closings.is_closed(account.ledger(), today) {
            return Err(CloseRefusal::RedeemedInClosed(today).into());
        }
        self.check_redemption(account)?;
        let lines = self.basket_lines(basket)?;
        self.check_limits(account, &lines)?;
        let (needed, balance) = (basket_points(&lines), self.village.balance(account));
        if needed > balance {
            return Err(Refusal::NotEnoughPoints { balance, needed });
        }
        self.village.settings.check_redemption(self.village, account, needed, self.context.now.date())?;
        let proxy = self.notes.note(limited("代领人", proxy, NAME_LIMIT)?);
        // What has expired goes first, or the basket would take it: the oldest points are spent first.
        self.expire_of(account)?;
        let redemption = self.notes.fresh();
        self.events.push(Event::Redeemed { redemption, account, lines, proxy });
        Ok(())
    }

    /// What the terms of the goods allow one household in a quarter.
    fn check_limits(&self, account: Account, lines: &[BasketLine]) -> Result<(), Refusal> {
        let on_shelf = &self.village.shelf;
        let quarter = Quarter::of(self.context.now.date());
        for line in lines {
            let terms = on_shelf.terms(line.goods).ok_or(Refusal::UnknownGoods)?;
            let known = on_shelf.goods.get(line.goods).ok_or(Refusal::UnknownGoods)?;
            if !terms.is_offered {
                return Err(Refusal::NotOffered(known.name.clone()));
            }
            let sharing = self.village.sharing(account).into_iter();
            let taken = sharing.map(|one| on_shelf.taken(one, line.goods, quarter)).fold(0, u32::saturating_add);
            if let Some(limit) = terms.quarter_limit.filter(|limit| taken.saturating_add(line.quantity) > *limit) {
                let (goods, unit) = (known.name.clone(), known.unit.clone());
                return Err(Refusal::LimitReached { goods, unit, limit, taken });
            }
        }
        Ok(())
    }

    /// Lines with their prices, the same goods together, if stock allows it.
    fn basket_lines(&self, basket: &[(GoodsId, u32)]) -> Result<Vec<BasketLine>, Refusal> {
        let mut lines: Vec<BasketLine> = Vec::new();
        for (goods, quantity) in basket {
            if !(1..=QUANTITY_LIMIT).contains(quantity) {
                return Err(Refusal::BadQuantity(QUANTITY_LIMIT));
            }
            let known = self.village.shelf.goods.get(*goods).ok_or(Refusal::UnknownGoods)?;
            match lines.iter_mut().find(|line| line.goods == *goods) {
                Some(line) => line.quantity = line.quantity.saturating_add(*quantity),
                None => {
                    lines.push(BasketLine { goods: *goods, quantity: *quantity, price_points: known.price_points });
                }
            }
        }
        for line in &lines {
            if line.quantity > QUANTITY_LIMIT {
                return Err(Refusal::BadQuantity(QUANTITY_LIMIT));
            }
            let known = self.village.shelf.goods.get(line.goods).ok_or(Refusal::UnknownGoods)?;
            let stock = self.village.shelf.stock(line.goods);
            if !known.is_service && i64::from(line.quantity) > stock {
                let (goods, unit) = (known.name.clone(), known.unit.clone());
                return Err(Refusal::NotEnoughStock { goods, unit, stock });
            }
        }
        Ok(lines)
    }

    pub(super) fn undo(&mut self, redemption: RedemptionId) -> Result<(), Refusal> {
        let known = self.village.shelf.redemption(redemption).ok_or(Refusal::UnknownRedemption)?;
        if known.undone {
            return Err(Refusal::AlreadyUndone);
        }
        if known.returned.is_some() {
            return Err(Refusal::AlreadyReturned);
        }
        let day = known.at.date();
        if self.village.shelf.days.closing(day).is_some() {
            return Err(Refusal::DayClosed(day));
        }
        let is_open = |day| self.village.shelf.days.get(day).is_some_and(RedemptionDay::is_reopened);
        if day != self.context.now.date() && !is_open(day) {
            return Err(Refusal::UndoTooLate(day));
        }
        self.village.check_correction(known.account, known.points())?;
        // The notice of a closed month hangs on the wall with what was redeemed.
        if self.village.closings.is_closed(known.account.ledger(), day) {
            return Err(Refusal::UndoInClosedMonth(Month::of(day)));
        }
        self.events.push(Event::RedemptionUndone { redemption });
        Ok(())
    }
}

impl Desk<'_> {
    /// 退还: the redemption and its day stay as they are; points and goods come back today.
    pub(super) fn hand_back(&mut self, redemption: RedemptionId, reason: &str) -> Result<(), Refusal> {
        let known = self.village.shelf.redemption(redemption).ok_or(Refusal::UnknownRedemption)?;
        if known.undone {
            return Err(Refusal::AlreadyUndone);
        }
        if known.returned.is_some() {
            return Err(Refusal::AlreadyReturned);
        }
        let date = self.context.now.date();
        if known.at.date() >= date {
            return Err(Refusal::ReturnedSameDay);
        }
        self.village.check_correction(known.account, known.points())?;
        self.check_open(known.account.ledger(), date)?;
        let reason = required("退还的原因", reason, TEXT_LIMIT)?;
        let note = self.notes.note(reason).ok_or(Refusal::Missing("退还的原因"))?;
        let entry = self.notes.fresh();
        self.events.push(Event::RedemptionReturned(Returned { redemption, entry, date, note }));
        Ok(())
    }
}

fn check_price(points: u32) -> Result<(), Refusal> {
    match points {
        0 => Err(Refusal::Missing("积分单价(1 分以上)")),
        1..=PRICE_LIMIT => Ok(()),
        _ => Err(Refusal::PriceTooHigh(PRICE_LIMIT)),
    }
}
