//! The scale of counts: whole numbers from zero, in steps of 1, 2 or 5 and their tens.

/// A counting axis from 0 to [`Scale::top`] in equal steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Distance of two ticks, in counted things.
    pub step: u64,
    /// How many steps there are; ticks are one more.
    pub steps: u64,
}

impl Scale {
    /// The lowest scale that leaves a tenth of headroom over `highest`, with one of the
    /// allowed numbers of steps. These must divide 100, because the percentage axis on the
    /// other side shares the grid lines.
    pub fn for_counts(highest: u64, allowed: &[u64]) -> Self {
        let goal = highest.saturating_add(highest.div_ceil(10));
        allowed
            .iter()
            .map(|&steps| Self { step: nice_step(goal, steps), steps })
            .min_by_key(Self::top)
            .unwrap_or(Self { step: goal.max(1), steps: 1 })
    }

    /// The count at the upper end.
    pub fn top(&self) -> u64 {
        self.step.saturating_mul(self.steps)
    }

    /// All ticks from zero up.
    pub fn ticks(&self) -> Vec<u64> {
        (0..=self.steps).map(|i| self.step.saturating_mul(i)).collect()
    }
}

/// The smallest of 1, 2, 5, 10, 20, 50 … of which `steps` reach `goal`.
fn nice_step(goal: u64, steps: u64) -> u64 {
    let mut decade: u64 = 1;
    loop {
        for step in [1, 2, 5].map(|digit| decade.saturating_mul(digit)) {
            if step.saturating_mul(steps) >= goal {
                return step;
            }
        }
        decade = decade.saturating_mul(10);
    }
}
