//! The rates of cases received in a quarter: each with what it counts, since a
//! percentage alone hides how many it speaks of.

use jiff::civil::Date;

use crate::domain::calendar::Quarter;
use crate::domain::case::clock::Standing;
use crate::domain::case::record::{Case, Rating};
use crate::domain::rate::Rate;
use crate::domain::village::Village;
use crate::domain::working_days::WorkingDays;

/// What is counted of the cases received in a quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseRates {
    received: u64,
    not_yet_due: u64,
    found: u64,
    resolved: u64,
    closed: u64,
    on_time: u64,
    rated: u64,
    satisfied: u64,
    reassigned: u64,
}

impl CaseRates {
    /// Of the cases received in the quarter.
    pub fn of(village: &Village, quarter: Quarter, today: Date) -> Self {
        let mut rates = Self::default();
        for case in village.cases.iter().filter(|case| quarter.contains(case.opening.received.date())) {
            rates.count(case, today, &village.working_days);
        }
        rates
    }

    /// Counts one case more.
    pub(super) fn count(&mut self, case: &Case, today: Date, working_days: &WorkingDays) {
        let standing = case.standing(today, working_days);
        let is_late = matches!(standing, Standing::Overdue(_) | Standing::MetLate(_));
        self.received += 1;
        self.not_yet_due += u64::from(!case.is_closed() && !is_late);
        self.found += u64::from(case.is_dispute());
        self.resolved += u64::from(case.is_dispute() && case.resolved == Some(true));
        self.closed += u64::from(case.is_closed());
        self.on_time += u64::from(case.is_closed() && standing == Standing::Met);
        self.rated += u64::from(case.rating.is_some());
        self.satisfied += u64::from(case.rating.is_some_and(Rating::is_satisfied));
        // Every round after the first was begun by a rating.
        self.reassigned += u64::from(case.rating.is_some() && case.round > 1);
    }

    /// 办结率: closed ÷ received, what is not due yet included.
    pub const fn completion(&self) -> Rate {
        Rate::new(self.closed, self.received)
    }

    /// 按期办结率: closed on time ÷ closed.
    pub const fn on_time(&self) -> Rate {
        Rate::new(self.on_time, self.closed)
    }

    /// 化解率: resolved ÷ disputes.
    pub const fn resolution(&self) -> Rate {
        Rate::new(self.resolved, self.found)
    }

    /// 满意率: satisfied ÷ rated, by the last rating of each.
    pub const fn satisfaction(&self) -> Rate {
        Rate::new(self.satisfied, self.rated)
    }

    /// 重新交办率: sent back at least once ÷ rated.
    pub const fn reassignment(&self) -> Rate {
        Rate::new(self.reassigned, self.rated)
    }
}

/// One rate of two quarters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// 「办结率」
    pub label: &'static str,
    /// `97.08%(2862/2948)` of this quarter, and of the one before.
    pub values: [String; 2],
    /// What is divided by what.
    pub words: String,
    /// Whether only disputes are counted.
    pub of_disputes: bool,
}

/// The rates of this quarter beside those of the last one, by date received.
pub fn rate_rows(village: &Village, today: Date) -> Vec<RateRow> {
    let quarter = Quarter::of(today);
    let [now, before] = [quarter, quarter.previous()].map(|quarter| CaseRates::of(village, quarter, today));
    let row = |label, rate: fn(&CaseRates) -> Rate, words: String| RateRow {
        label,
        values: [&now, &before].map(|rates| rate(rates).to_string()),
        words,
        of_disputes: label == "化解率",
    };
    let open = match now.not_yet_due {
        0 => String::new(),
        count => format!(",本季有 {count} 件还没到期,也在受理里"),
    };
    vec![
        row("办结率", CaseRates::completion, format!("办结 ÷ 受理{open}")),
        row("按期办结率", CaseRates::on_time, "按期办结 ÷ 办结,挂起的日子不算".to_owned()),
        row("化解率", CaseRates::resolution, "化解 ÷ 受理的纠纷".to_owned()),
        row("满意率", CaseRates::satisfaction, "基本满意以上 ÷ 已评,按最后一次评价".to_owned()),
        row("重新交办率", CaseRates::reassignment, "评过不满意、退回重办的 ÷ 已评".to_owned()),
    ]
}
