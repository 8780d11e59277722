//! Rows in flat vectors, found through an index by id.
//!
//! Ids of one laptop are running numbers, so the index is a vector for each
//! laptop rather than a hash table: a million rows are found in a few
//! nanoseconds each.

use std::collections::HashMap;
use std::marker::PhantomData;

use super::id::{Identifier, parts};

/// How far a number may lie ahead of those before it and still get a place in
/// the vector. A number that a damaged file made up must not reserve memory.
const GAP_MAX: usize = 4_096;

/// Row positions by id.
#[derive(Clone, Debug)]
pub struct IdIndex<I> {
    laptops: Vec<(u32, Vec<u32>)>,
    far: HashMap<u64, u32>,
    ids: PhantomData<I>,
}

impl<I> Default for IdIndex<I> {
    fn default() -> Self {
        Self { laptops: Vec::new(), far: HashMap::new(), ids: PhantomData }
    }
}

impl<I: Identifier> IdIndex<I> {
    /// The position kept for the id.
    #[inline]
    pub fn get(&self, id: I) -> Option<usize> {
        let (laptop, number) = parts(id.raw());
        let near = self.laptops.iter().find(|(known, _)| *known == laptop);
        match near.and_then(|(_, places)| places.get(number as usize)) {
            Some(place) if *place > 0 => Some(*place as usize - 1),
            _ if self.far.is_empty() => None,
            _ => (*self.far.get(&id.raw())? as usize).checked_sub(1),
        }
    }

    /// Keeps a position for the id; `false` when it has one already.
    pub fn insert(&mut self, id: I, position: usize) -> bool {
        let place = self.place(id);
        if *place > 0 {
            return false;
        }
        *place = one_more(position);
        true
    }

    /// Keeps a position for the id, in place of an earlier one.
    pub fn set(&mut self, id: I, position: usize) {
        *self.place(id) = one_more(position);
    }

    /// Keeps no position for the id any more.
    pub fn forget(&mut self, id: I) {
        *self.place(id) = 0;
    }

    /// Whether nothing is kept for ids of other laptops than that of this one.
    fn are_of_one_laptop(&self, id: I) -> bool {
        let (laptop, _) = parts(id.raw());
        self.far.is_empty() && self.laptops.iter().all(|(known, _)| *known == laptop)
    }

    /// Where the position of the id is kept: one more than it, 0 for none.
    fn place(&mut self, id: I) -> &mut u32 {
        let (laptop, number) = parts(id.raw());
        let number = number as usize;
        let known = self.laptops.iter().position(|(known, _)| *known == laptop);
        let known = known.unwrap_or_else(|| {
            self.laptops.push((laptop, Vec::new()));
            self.laptops.len() - 1
        });
        let places = &mut self.laptops[known].1;
        if number >= places.len().saturating_add(GAP_MAX) {
            return self.far.entry(id.raw()).or_default();
        }
        if number >= places.len() {
            places.resize(number + 1, 0);
        }
        // What lay far ahead when it came has been reached by the others.
        if !self.far.is_empty()
            && let Some(place) = self.far.remove(&id.raw())
        {
            places[number] = place;
        }
        &mut places[number]
    }
}

/// What belongs to an id, both of them ids. One program serves all kinds.
#[derive(Clone, Debug)]
pub struct IdMap<K, V> {
    pairs: HashMap<u64, u64>,
    ids: PhantomData<(K, V)>,
}

impl<K, V> Default for IdMap<K, V> {
    fn default() -> Self {
        Self { pairs: HashMap::new(), ids: PhantomData }
    }
}

impl<K: Identifier, V: Identifier> IdMap<K, V> {
    /// What belongs to the id.
    pub fn get(&self, key: K) -> Option<V> {
        self.pairs.get(&key.raw()).copied().map(V::from_raw)
    }

    /// Sets what belongs to the id; gives what did before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.pairs.insert(key.raw(), value.raw()).map(V::from_raw)
    }

    /// Every pair, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (K, V)> {
        self.pairs.iter().map(|(key, value)| (K::from_raw(*key), V::from_raw(*value)))
    }
}

fn one_more(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX).saturating_add(1)
}

/// Rows in the order in which they came, found by id.
#[derive(Clone, Debug)]
pub struct Table<I, R> {
    ids: Vec<I>,
    rows: Vec<R>,
    index: IdIndex<I>,
}

impl<I, R> Default for Table<I, R> {
    fn default() -> Self {
        Self { ids: Vec::new(), rows: Vec::new(), index: IdIndex::default() }
    }
}

impl<I: Identifier, R> Table<I, R> {
    /// Adds a row; `false` when the id is already there and nothing was added.
    pub fn insert(&mut self, id: I, row: R) -> bool {
        if self.position(id).is_some() {
            return false;
        }
        self.index.set(id, self.rows.len());
        self.ids.push(id);
        self.rows.push(row);
        true
    }

    /// Takes a row out. The others keep their order; it costs a pass over them.
    pub fn remove(&mut self, id: I) -> Option<R> {
        let position = self.position(id)?;
        self.ids.remove(position);
        let row = self.rows.remove(position);
        for (place, id) in self.ids.iter().enumerate().skip(position) {
            self.index.set(*id, place);
        }
        Some(row)
    }

    fn position(&self, id: I) -> Option<usize> {
        // What was taken out still has a place, in which another row stands.
        self.index.get(id).filter(|position| self.ids.get(*position).is_some_and(|known| known.raw() == id.raw()))
    }

    /// The row of this id.
    pub fn get(&self, id: I) -> Option<&R> {
        self.position(id).and_then(|position| self.rows.get(position))
    }

    /// The row of this id, to be changed.
    pub fn get_mut(&mut self, id: I) -> Option<&mut R> {
        self.position(id).and_then(|position| self.rows.get_mut(position))
    }

    /// Whether every row, and this id, come from one laptop.
    pub fn are_of_one_laptop(&self, id: I) -> bool {
        self.index.are_of_one_laptop(id)
    }

    /// Sets the row of this id, in place of an earlier one; gives what was there.
    pub fn set(&mut self, id: I, row: R) -> Option<R> {
        if let Some(known) = self.get_mut(id) {
            return Some(std::mem::replace(known, row));
        }
        self.insert(id, row);
        None
    }

    /// Every row, in the order in which they came.
    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.rows.iter()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'a, I: Identifier, R> IntoIterator for &'a Table<I, R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
