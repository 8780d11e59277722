//! 收场对账: closing a redemption day, and opening it again.

use jiff::civil::Date;

use super::{DELIVERY_LIMIT, Desk, TEXT_LIMIT, limited, required};
use crate::domain::event::Event;
use crate::domain::points::redemption_day::NewDayClosing;
use crate::domain::points::redemption_day::{DayClosing, DayGoods, DayPoints};
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn close_day(&mut self, new: &NewDayClosing) -> Result<(), Refusal> {
        let points = self.village.day_points(new.day).ok_or(Refusal::NoRedemptions(new.day))?;
        if self.village.shelf.days.closing(new.day).is_some() {
            return Err(Refusal::DayClosed(new.day));
        }
        let points = DayPoints { on_paper: i64::from(new.on_paper), ..points };
        let goods = self.counted(new)?;
        let differing = goods.iter().filter(|goods| goods.difference() != 0).count();
        let note = limited("差额的原因", &new.note, TEXT_LIMIT)?;
        if note.is_empty() && (differing > 0 || points.difference() != 0) {
            return Err(Refusal::UnexplainedDifference { points: points.difference(), goods: differing });
        }
        let note = self.notes.note(note);
        self.events.push(Event::DayClosed(DayClosing { day: new.day, points, goods, note }));
        Ok(())
    }

    fn counted(&self, new: &NewDayClosing) -> Result<Vec<DayGoods>, Refusal> {
        let mut goods = self.village.day_goods(new.day);
        for line in &mut goods {
            let known = self.village.shelf.goods.get(line.goods).ok_or(Refusal::UnknownGoods)?;
            let counted = new.counted.iter().find(|counted| counted.0 == line.goods);
            let Some((_, counted)) = counted else {
                return Err(Refusal::NotCounted(known.name.clone()));
            };
            if *counted > DELIVERY_LIMIT {
                return Err(Refusal::BadQuantity(DELIVERY_LIMIT));
            }
            line.counted = i64::from(*counted);
            // What was handed out since was there.
            let spare = self.village.shelf.lowest_since(new.day, line.goods).max(0);
            if line.difference() < -spare {
                let (goods, unit) = (known.name.clone(), known.unit.clone());
                return Err(Refusal::CountedTooFew { goods, unit, least: line.expected() - spare, day: new.day });
            }
        }
        Ok(goods)
    }

    pub(super) fn reopen_day(&mut self, day: Date, reason: &str) -> Result<(), Refusal> {
        if self.village.shelf.days.closing(day).is_none() {
            return Err(Refusal::DayNotClosed(day));
        }
        let reason = required("重新开场的原因", reason, TEXT_LIMIT)?;
        let note = self.notes.note(reason).ok_or(Refusal::Missing("重新开场的原因"))?;
        self.events.push(Event::DayReopened { day, note });
        Ok(())
    }
}
