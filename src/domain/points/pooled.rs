//! Goods that two laptops added and that are one: the stock of the entry that
//! went is that of the one that stays, also what is recorded of it later by
//! who did not know of it yet.

use jiff::civil::Date;

use super::shelf::Shelf;
use crate::domain::id::{GoodsId, NoteId};

/// An entry of goods that went.
#[derive(Clone, Copy, Debug)]
struct Joined {
    gone: GoodsId,
    kept: GoodsId,
    /// Why its stock moves.
    note: NoteId,
}

/// Entries of goods that were joined to others.
#[derive(Clone, Debug, Default)]
pub struct PooledGoods(Vec<Joined>);

impl PooledGoods {
    /// The goods that these are now: themselves, or those that they were joined to.
    pub fn now(&self, id: GoodsId) -> GoodsId {
        let mut now = id;
        while let Some(joined) = self.0.iter().find(|joined| joined.gone == now) {
            now = joined.kept;
        }
        now
    }

    /// Joins two entries; two laptops may have done so, in either direction.
    fn join(&mut self, gone: GoodsId, kept: GoodsId, note: NoteId) {
        let (gone, kept) = (self.now(gone), self.now(kept));
        if gone != kept {
            self.0.push(Joined { gone, kept, note });
        }
    }

    /// Entries that went, each with the one that it is now, and why.
    fn iter(&self) -> impl Iterator<Item = (GoodsId, GoodsId, NoteId)> {
        self.0.iter().map(|joined| (joined.gone, self.now(joined.kept), joined.note))
    }
}

impl Shelf {
    /// Two entries of goods are one from now on, and have one stock.
    pub(crate) fn join_goods(&mut self, gone: GoodsId, kept: GoodsId, date: Date, note: NoteId) {
        self.pooled.join(gone, kept, note);
        self.pool(date);
    }

    /// What came to or went from an entry that was joined moves to the one that it is now.
    pub(crate) fn pool(&mut self, date: Date) {
        for (gone, kept, note) in self.pooled.iter().collect::<Vec<_>>() {
            let stock = self.stock(gone);
            if stock != 0 {
                self.count(gone, 0, date, Some(note));
                self.count(kept, self.stock(kept).saturating_add(stock), date, Some(note));
            }
        }
    }
}
