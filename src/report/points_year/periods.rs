//! The rows of a year: its months, each quarter below its three, and the whole.

use super::{AccountYear, Sums};
use crate::report::tag::{signed_thousands, thousands};

/// A month, a quarter or the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodRow {
    /// 「9月」 「第三季度」 「全年」
    pub label: String,
    /// Whether it sums up the rows before it.
    pub is_sum: bool,
    /// How many entries.
    pub entries: String,
    /// 加分, less what was taken back.
    pub plus: String,
    /// 扣分, less what was given back.
    pub minus: String,
    /// 兑换
    pub redeemed: String,
    /// 退还
    pub returned: String,
    /// 年终清零 and 过期; 清零 by a veto is 扣分.
    pub cleared: String,
    /// 「86 / 410」: accounts with points, of all.
    pub active: String,
    /// 期末结余 of all accounts together.
    pub closing: String,
}

impl PeriodRow {
    /// Of a time that has not begun.
    fn to_come(label: String, is_sum: bool) -> Self {
        let [entries, plus, minus, redeemed, returned, cleared, active, closing] = [(); 8].map(|()| "—".to_owned());
        Self { label, is_sum, entries, plus, minus, redeemed, returned, cleared, active, closing }
    }
}

/// The rows of a year; those of months that are still to come say nothing. `count`
/// says of how many accounts a period is, by the bits of its months and the last of them.
pub(super) fn rows(
    months: &[Sums],
    accounts: &[AccountYear],
    before: i64,
    count: impl Fn(u16, i8) -> usize,
) -> Vec<PeriodRow> {
    const QUARTERS: [&str; 4] = ["第一季度", "第二季度", "第三季度", "第四季度"];
    let last_month = |mask: u16| i8::try_from(u16::BITS - mask.leading_zeros()).unwrap_or(12);
    let active = |mask: u16| accounts.iter().filter(|account| account.months & mask != 0).count();
    let row = |label: String, is_sum: bool, sums: Sums, closing: i64, mask: u16| PeriodRow {
        label,
        is_sum,
        entries: thousands(sums.entries),
        plus: signed_thousands(sums.plus),
        minus: signed_thousands(sums.minus),
        redeemed: thousands(sums.redeemed),
        returned: thousands(sums.returned),
        cleared: signed_thousands(sums.cleared),
        active: format!("{} / {}", active(mask), count(mask, last_month(mask))),
        closing: thousands(closing),
    };
    let mut rows = Vec::new();
    let (mut closing, mut year) = (before, Sums::default());
    for (quarter, name) in QUARTERS.iter().enumerate() {
        let mut sum = Sums::default();
        for month in quarter * 3..quarter * 3 + 3 {
            let label = format!("{}月", month + 1);
            let Some(sums) = months.get(month) else {
                rows.push(PeriodRow::to_come(label, false));
                continue;
            };
            closing += sums.change();
            sum = sum.and(*sums);
            rows.push(row(label, false, *sums, closing, 1 << month));
        }
        year = year.and(sum);
        let has_begun = quarter * 3 < months.len();
        let of_quarter = has_begun.then(|| row((*name).to_owned(), true, sum, closing, 0b111 << (quarter * 3)));
        rows.push(of_quarter.unwrap_or_else(|| PeriodRow::to_come((*name).to_owned(), true)));
    }
    rows.push(row("全年".to_owned(), true, year, closing, 0xFFF));
    rows
}
