//! Where entries stand: the row of an id, the posting of a row, the rows of an
//! account.
//!
//! Ids are running numbers, so those of one event almost always follow each
//! other, and a run of them is kept instead of a million ids.

use crate::domain::id::parts;

/// No row.
const NONE: u32 = u32::MAX;

/// Entries whose ids and rows follow each other, of one posting.
#[derive(Clone, Copy, Debug)]
struct Run {
    id: u64,
    row: u32,
    posting: u32,
}

/// The runs of all entries, in the order of their rows.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    in_order: Vec<Run>,
    /// The runs of each laptop, in the order of their ids: almost always that of
    /// their rows, so that the next one goes to the end.
    by_id: Vec<(u32, Vec<u32>)>,
    rows: usize,
}

impl Runs {
    /// Gives the ids of a posting the next rows. Where one of them has a row
    /// already, none gets one, and it is `false`.
    pub fn push(&mut self, posting: usize, ids: impl Iterator<Item = u64>) -> bool {
        let before = (self.in_order.len(), self.rows);
        // The ids that go on with the run that is being made, up to one that is taken.
        let mut free = 0..0;
        for id in ids {
            if !free.is_empty() && free.start == id {
                free.start += 1;
            } else if self.row(id).is_none() {
                free = id.saturating_add(1)..self.begin(id, posting);
            } else {
                self.take_back(before);
                return false;
            }
            self.rows += 1;
        }
        true
    }

    /// Begins a run, and says up to which id it may go on.
    fn begin(&mut self, id: u64, posting: usize) -> u64 {
        let run = to_u32(self.in_order.len());
        self.in_order.push(Run { id, row: to_u32(self.rows), posting: to_u32(posting) });
        let (laptop, _) = parts(id);
        let known = self.by_id.iter().position(|(known, _)| *known == laptop).unwrap_or_else(|| {
            self.by_id.push((laptop, Vec::new()));
            self.by_id.len() - 1
        });
        let runs = &mut self.by_id[known].1;
        let place = begun(&self.in_order, runs, id);
        runs.insert(place, run);
        match runs.get(place + 1) {
            Some(next) => self.in_order[*next as usize].id,
            None => (id | u64::from(u32::MAX)).saturating_add(1),
        }
    }

    fn take_back(&mut self, (runs, rows): (usize, usize)) {
        for (_, places) in &mut self.by_id {
            places.retain(|run| (*run as usize) < runs);
        }
        self.in_order.truncate(runs);
        self.rows = rows;
    }

    fn len(&self, run: usize) -> usize {
        let end = self.in_order.get(run + 1).map_or(self.rows, |next| next.row as usize);
        end - self.in_order[run].row as usize
    }

    /// The row of an id.
    pub fn row(&self, id: u64) -> Option<usize> {
        let (laptop, _) = parts(id);
        let (_, runs) = self.by_id.iter().find(|(known, _)| *known == laptop)?;
        let run = runs[begun(&self.in_order, runs, id).checked_sub(1)?] as usize;
        let place = usize::try_from(id - self.in_order[run].id).ok()?;
        (place < self.len(run)).then(|| self.in_order[run].row as usize + place)
    }

    /// The id and the posting of a row.
    pub fn at(&self, row: usize) -> Option<(u64, usize)> {
        let run = self.in_order.partition_point(|run| run.row as usize <= row).checked_sub(1)?;
        let Run { id, row: first, posting } = self.in_order[run];
        (row < self.rows).then(|| (id + (row as u64 - u64::from(first)), posting as usize))
    }

    /// Every row with its id and its posting.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, u64, usize)> {
        self.in_order.iter().enumerate().flat_map(|(place, run)| {
            let first = run.row as usize;
            let ids = (0..self.len(place)).map(move |place| (first + place, run.id + place as u64));
            ids.map(|(row, id)| (row, id, run.posting as usize))
        })
    }
}

/// Number of these runs that begin with the id or before it.
fn begun(in_order: &[Run], runs: &[u32], id: u64) -> usize {
    let is_begun = |run: &u32| in_order[*run as usize].id <= id;
    match runs.last() {
        Some(last) if !is_begun(last) => runs.partition_point(is_begun),
        _ => runs.len(),
    }
}

/// The rows of each account as a list. They are made when an account is first
/// looked at, since a county has to be summed up and ranked, not read.
#[derive(Clone, Debug)]
pub struct Lists {
    /// The first and the last row of each slot.
    ends: Vec<(u32, u32)>,
    next: Vec<u32>,
}

impl Lists {
    /// The lists of rows with these slots.
    pub fn of(slots: &[u32]) -> Self {
        let mut lists = Self { ends: Vec::new(), next: Vec::with_capacity(slots.len()) };
        lists.extend(slots);
        lists
    }

    /// Adds the next rows.
    pub fn extend(&mut self, slots: &[u32]) {
        for slot in slots {
            let (row, slot) = (to_u32(self.next.len()), *slot as usize);
            self.next.push(NONE);
            self.append(slot, (row, row));
        }
    }

    fn append(&mut self, slot: usize, (first, last): (u32, u32)) {
        if slot >= self.ends.len() {
            self.ends.resize(slot + 1, (NONE, NONE));
        }
        match &mut self.ends[slot] {
            ends if ends.0 == NONE => *ends = (first, last),
            (_, end) => self.next[std::mem::replace(end, last) as usize] = first,
        }
    }

    /// Puts the rows of one slot among those of another, so that they stay in the
    /// order in which they were recorded.
    pub fn join(&mut self, gone: usize, kept: usize) {
        let none = (NONE, NONE);
        let mut first = |slot: usize| self.ends.get_mut(slot).map_or(NONE, |ends| std::mem::replace(ends, none).0);
        let mut heads = [first(gone), first(kept)];
        // No row is the greatest of all.
        while let Some(row) = existing(heads[0].min(heads[1])) {
            let head = usize::from(heads[1] == row);
            heads[head] = std::mem::replace(&mut self.next[row as usize], NONE);
            self.append(kept, (row, row));
        }
    }

    /// The rows of a slot.
    pub fn rows(&self, slot: Option<usize>) -> impl Iterator<Item = usize> {
        let first = slot.and_then(|slot| self.ends.get(slot)).map_or(NONE, |(first, _)| *first);
        let rows = std::iter::successors(existing(first), move |row| existing(self.next[*row as usize]));
        rows.map(|row| row as usize)
    }
}

fn existing(row: u32) -> Option<u32> {
    (row != NONE).then_some(row)
}

/// A place as the columns keep it.
pub fn to_u32(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
