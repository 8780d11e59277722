//! A tiny deterministic generator (splitmix64): the same seed gives the same
//! village on every machine, and no crate or browser is asked for randomness.

/// A sequence of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// The sequence of this seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        // The product of two numbers below 2^32 keeps its upper half below `limit`.
        u32::try_from(((self.next() >> 32) * u64::from(limit)) >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// The same for the numbers of days and years.
    pub fn days(&mut self, low: i32, high: i32) -> i32 {
        low + i32::try_from(self.below((high - low).unsigned_abs() + 1)).unwrap_or(0)
    }

    /// The same for hours and minutes.
    pub fn clock(&mut self, low: u8, high: u8) -> u8 {
        u8::try_from(self.between(u32::from(low), u32::from(high))).unwrap_or(low)
    }

    /// `true` in so many of a hundred times.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// A position in a list of this length.
    pub fn position(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// One of the things; there must be at least one.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.position(things.len())]
    }

    /// Brings the things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.position(last + 1));
        }
    }

    /// Some of the things, each once.
    pub fn some<T: Copy>(&mut self, things: &[T], count: usize) -> Vec<T> {
        let mut things = things.to_vec();
        self.shuffle(&mut things);
        things.truncate(count);
        things
    }
}
