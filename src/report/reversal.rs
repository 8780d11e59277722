//! 冲正, before it is done: what will happen to which line.

use jiff::civil::Date;

use super::passbook::passbook;
use crate::domain::id::EntryId;
use crate::domain::points::rule::signed;
use crate::domain::village::Village;

/// What a reversal will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReversalPreview {
    /// 「9月26日 环境整治」
    pub line: String,
    /// `+5`: what the line says.
    pub points: String,
    /// `−5`: what will be recorded.
    pub opposite: String,
    /// 结余 now.
    pub balance: i64,
    /// 结余 afterwards.
    pub balance_after: i64,
}

/// What taking back the entry will do; `None` when it cannot be taken back.
pub fn reversal_preview(village: &Village, entry: EntryId, today: Date) -> Option<ReversalPreview> {
    let original = village.entries.get(entry)?;
    let book = passbook(village, original.account, today)?;
    let line = book.lines.iter().find(|line| line.entry == Some(entry) && line.can_reverse)?;
    let points = i64::from(original.points);
    Some(ReversalPreview {
        line: format!("{} {}", line.day, line.item),
        points: signed(points),
        opposite: signed(-points),
        balance: book.balance,
        balance_after: book.balance - points,
    })
}
