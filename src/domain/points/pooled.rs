//! Goods that two laptops added and that are one: the stock of the entry that
//! went is that of the one that stays, also what is recorded of it later by
//! who did not know of it yet.

use super::shelf::Shelf;
use crate::domain::calendar::Moment;
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

    /// Whether this is why stock moved from one entry to another: nobody counted anything.
    pub fn explains(&self, note: Option<NoteId>) -> bool {
        self.0.iter().any(|joined| Some(joined.note) == note)
    }

    /// Joins two entries; two laptops may have done so, in either direction.
    pub(crate) fn join(&mut self, gone: GoodsId, kept: GoodsId, note: NoteId) {
        let (gone, kept) = (self.now(gone), self.now(kept));
        if gone != kept {
            self.0.push(Joined { gone, kept, note });
        }
    }
}

impl Shelf {
    /// What came to or went from an entry that was joined moves to the one that it is now.
    pub(crate) fn pool(&mut self, at: Moment) {
        for Joined { gone, kept, note } in self.pooled.0.clone() {
            let (stock, kept) = (self.stock(gone), self.pooled.now(kept));
            if stock != 0 {
                self.count(gone, 0, at.date(), Some(note));
                self.count(kept, self.stock(kept).saturating_add(stock), at.date(), Some(note));
            }
        }
    }
}
