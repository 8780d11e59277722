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

/// A year in which households were given more than the village wanted to give, by
/// the limit that counted when it was given and by the one that counts now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueOverrun {
    /// The year.
    pub year: i16,
    /// What was given.
    pub issued: i64,
    /// What may be.
    pub limit: u32,
}

/// The years with too much. One laptop refuses it, so two gave it together.
pub fn issue_overruns(village: &Village) -> Vec<IssueOverrun> {
    let mut years: Vec<(IssueOverrun, bool)> = Vec::new();
    let (mut limits, mut then) = (village.issue_limits.as_slice(), 0);
    for (place, lines) in village.entries.posted().enumerate() {
        while let [(from, limit), rest @ ..] = limits
            && *from <= place
        {
            (limits, then) = (rest, *limit);
        }
        let is_act = matches!(lines.posting.cause, Cause::Act { .. });
        if !is_act || village.entries.ledger_of(&lines) != Some(Ledger::Villager) {
            continue;
        }
        let year = lines.posting.date.year();
        let known = years.iter().position(|(known, _)| known.year == year);
        let known = known.unwrap_or_else(|| {
            years.push((IssueOverrun { year, issued: 0, limit: village.settings.issue_year_max }, false));
            years.len() - 1
        });
        let (total, is_over) = &mut years[known];
        for (points, reversed) in lines.points.iter().zip(lines.reversed) {
            if *points > 0 && !*reversed {
                total.issued += i64::from(*points);
                *is_over |= then > 0 && total.issued > i64::from(then);
            }
        }
    }
    years.retain(|(year, is_over)| *is_over && year.limit > 0 && year.issued > i64::from(year.limit));
    years.into_iter().map(|(year, _)| year).collect()
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
