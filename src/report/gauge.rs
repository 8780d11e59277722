//! 未兑付: what villagers have in points and have not redeemed, against the
//! goods in stock, the village's budget, and what may be given in a year. It
//! stands wherever points are entered or approved.

use jiff::civil::Date;

use super::shelf_cover::stock_worth;
use super::tag::thousands;
use crate::domain::points::settings::{Settings, outstanding_total};
use crate::domain::village::Village;

/// The figures as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    outstanding: i64,
    stock_points: i64,
    stock_cents: i64,
    rate_cents: u32,
    budget_cents: u32,
    year: i16,
    issued: i64,
    issue_year_max: u32,
}

/// The figures in words, once so many more points are out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GaugeWords {
    /// 「14,160 分(合 14,160 元)」
    pub owed: String,
    /// 「9,800 分(值 12,345 元)」
    pub stock: String,
    /// 「20,000 元」; `None` without a budget.
    pub budget: Option<String>,
    /// 「5,230 / 20,000 分」 of this year; `None` without a limit.
    pub issued: Option<String>,
    /// 「2026年已发」, or 「入账后2026年共发」 of what is not booked yet.
    pub issued_label: String,
    /// What is not covered, one sentence each.
    pub gaps: Vec<String>,
}

/// The figures of the village, by these settings.
pub fn gauge(village: &Village, settings: &Settings, today: Date) -> Gauge {
    let year = today.year();
    Gauge {
        outstanding: outstanding_total(village, settings.carry_over, today),
        stock_points: stock_worth(village, |goods| goods.price_points),
        stock_cents: stock_worth(village, |goods| goods.price_cents),
        rate_cents: settings.rate_cents,
        budget_cents: settings.budget_cents,
        year,
        // Looking through the year is for villages that limit it.
        issued: if settings.issue_year_max > 0 { village.issued_in(year) } else { 0 },
        issue_year_max: settings.issue_year_max,
    }
}

impl Gauge {
    /// What stands in the way once so many more points are out.
    fn gaps(&self, more: i64) -> Vec<String> {
        let outstanding = self.outstanding.saturating_add(more);
        let short = outstanding.saturating_sub(self.stock_points);
        let stock = (short > 0).then(|| format!("库存还差 {} 分的物品,记得补货。", thousands(short)));
        let missing = self.missing_cents(more);
        let budget = missing.map(|cents| format!("库存加上预算还差 {}。", yuan(cents)));
        let limit = i64::from(self.issue_year_max);
        let over = self.issued.saturating_add(more.max(0)).saturating_sub(limit);
        let issued = (limit > 0 && over > 0)
            .then(|| format!("超过 {}年最多发的 {} 分,多 {} 分。", self.year, thousands(limit), thousands(over)));
        [stock, budget, issued].into_iter().flatten().collect()
    }

    /// What neither the goods in stock nor the budget pays for; `None` where
    /// there is no budget or nothing is missing.
    pub fn missing_cents(&self, more: i64) -> Option<i64> {
        let held = self.stock_cents.saturating_add(i64::from(self.budget_cents));
        let missing = self.owed_cents(more).saturating_sub(held);
        (self.budget_cents > 0 && missing > 0).then_some(missing)
    }

    fn owed_cents(&self, more: i64) -> i64 {
        self.outstanding.saturating_add(more).saturating_mul(i64::from(self.rate_cents))
    }

    /// The figures once so many more points are out.
    pub fn after(&self, more: i64) -> GaugeWords {
        let outstanding = thousands(self.outstanding.saturating_add(more));
        let issued = self.issued.saturating_add(more.max(0));
        GaugeWords {
            owed: format!("{outstanding} 分(合 {})", yuan(self.owed_cents(more))),
            stock: format!("{} 分(值 {})", thousands(self.stock_points), yuan(self.stock_cents)),
            budget: (self.budget_cents > 0).then(|| yuan(self.budget_cents.into())),
            issued: (self.issue_year_max > 0)
                .then(|| format!("{} / {} 分", thousands(issued), thousands(self.issue_year_max.into()))),
            issued_label: match more {
                ..=0 => format!("{}年已发", self.year),
                _ => format!("入账后{}年共发", self.year),
            },
            gaps: self.gaps(more),
        }
    }

    /// How budget and limit stand today, one sentence each; none where neither is set.
    pub fn standing(&self) -> Vec<String> {
        let budget = (self.budget_cents > 0).then(|| {
            let held = format!("库存值 {},加上预算 {}", yuan(self.stock_cents), yuan(self.budget_cents.into()));
            match self.missing_cents(0) {
                None => format!("{held},够兑。"),
                Some(cents) => format!("{held},还差 {}。", yuan(cents)),
            }
        });
        let limit = i64::from(self.issue_year_max);
        let issued = (limit > 0).then(|| {
            let issued = format!("{}年已发 {} 分", self.year, thousands(self.issued));
            match limit - self.issued {
                left @ 0.. => format!("{issued},还可以发 {} 分。", thousands(left)),
                over => format!("{issued},已经多发 {} 分,以后的加分会被拒绝。", thousands(-over)),
            }
        });
        [budget, issued].into_iter().flatten().collect()
    }
}

/// Hundredths of a 元, rounded to 元: `14,160 元`.
pub(super) fn yuan(cents: i64) -> String {
    format!("{} 元", thousands(cents.saturating_add(50) / 100))
}
