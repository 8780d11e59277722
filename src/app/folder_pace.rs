//! When the folder is saved to by itself: soon after recording pauses, and now
//! and then while it does not.

use crate::domain::calendar::Moment;

/// How long nothing has to be recorded.
const QUIET_MS: i64 = 60_000;
/// How long the first record may wait, on a day on which nothing pauses.
const LATEST_MS: i64 = 600_000;
/// How many acts may wait.
const ACTS_MAX: u32 = 20;

/// What waits to be saved to the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    since: Moment,
    acts: u32,
}

impl Waiting {
    /// One act more waits.
    #[must_use]
    pub fn with_one_more(waiting: Option<Self>, now: Moment) -> Self {
        let Self { since, acts } = waiting.unwrap_or(Self { since: now, acts: 0 });
        Self { since, acts: acts.saturating_add(1) }
    }

    /// After how many milliseconds it is saved, if nothing more comes. A clock
    /// that was put back makes nothing wait longer than a pause.
    pub fn left_ms(self, now: Moment) -> u32 {
        if self.acts >= ACTS_MAX {
            return 0;
        }
        let waited = now.0.saturating_sub(self.since.0).max(0);
        u32::try_from(LATEST_MS.saturating_sub(waited).clamp(0, QUIET_MS)).unwrap_or(0)
    }
}
