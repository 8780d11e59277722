//! Putting rows in order, once for rows of all kinds.
//!
//! The standard library's sort is four kilobytes of wasm for each kind of row.
//! Here only places are sorted, and the rows are then moved to them.

use std::cmp::Ordering;

/// Sorts rows by a key; rows with equal keys stay in their order.
pub fn sort_by_key<T, K: Ord>(rows: &mut [T], key: impl Fn(&T) -> K) {
    let mut order = order(rows.len(), &|a, b| key(&rows[a]).cmp(&key(&rows[b])));
    for start in 0..order.len() {
        // A ring of rows, each of which goes where the one before it was.
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start || from == at {
                break;
            }
            rows.swap(at, from);
            at = from;
        }
    }
}

/// For each place, where the row is that belongs there.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    // Places differ, so equal keys stay in their order; and this sort is smaller.
    order.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    order
}
