//! 全年发放: how many points households were given in a year, and whether more
//! may be. Only what was earned counts: no opening points, and nothing that was
//! taken back.

use super::entries::Cause;
use super::rule::Ledger;
use super::settings::{Settings, SettingsRefusal};
use crate::domain::village::Village;

impl Village {
    /// Points that households were given for acts of the year and that stand.
    pub fn issued_in(&self, year: i16) -> i64 {
        let acts = self.entries.posted_in(Ledger::Villager);
        let acts = acts.filter(|lines| lines.posting.date.year() == year);
        let acts = acts.filter(|lines| matches!(lines.posting.cause, Cause::Act { .. }));
        let lines = acts.flat_map(|lines| lines.points.iter().zip(lines.reversed));
        lines.filter(|(_, reversed)| !**reversed).map(|(points, _)| i64::from(*points).max(0)).sum()
    }
}

impl Settings {
    /// Whether households may be given so many more points in the year.
    pub fn check_issue(&self, village: &Village, year: i16, needed: i64) -> Result<(), SettingsRefusal> {
        if self.issue_year_max == 0 || needed <= 0 {
            return Ok(());
        }
        let (limit, issued) = (self.issue_year_max, village.issued_in(year));
        if issued.saturating_add(needed) > i64::from(limit) {
            return Err(SettingsRefusal::IssueLimit { year, limit, issued, needed });
        }
        Ok(())
    }
}
