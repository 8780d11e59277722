//! 冲正 and 退还, before they are done: what will happen to which line.

use jiff::civil::Date;

use super::passbook::{goods_words, passbook};
use super::tag::day_words;
use crate::domain::id::{EntryId, RedemptionId};
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

/// What handing back will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPreview {
    /// 「9月26日 兑换 洗衣液 2 kg ×2,40 分」
    pub line: String,
    /// What will be recorded, and what stays.
    pub words: String,
    /// What is said when it is done.
    pub done: String,
}

/// What handing back the redemption will do; `None` when it cannot be handed back.
pub fn return_preview(village: &Village, redemption: RedemptionId, today: Date) -> Option<ReturnPreview> {
    let original = village.shelf.redemption(redemption)?;
    let book = passbook(village, original.account, today)?;
    book.lines.iter().find(|line| line.returnable == Some(redemption))?;
    let (points, after) = (original.points(), book.balance.saturating_add(original.points()));
    let goods = goods_words(village, &original.lines);
    let is_service = |id| village.shelf.goods.get(id).is_some_and(|goods| goods.is_service);
    let stock = if original.lines.iter().all(|line| is_service(line.goods)) { "" } else { ",物品回到库存" };
    Some(ReturnPreview {
        line: format!("{} 兑换 {goods},{points} 分", day_words(original.at.date(), today)),
        words: format!(
            "这一行会保留,今天另记一行「退还」+{points} 分{stock},结余由 {} 分变为 {after} 分。\
             那一天的对账和月结公示过的都不变。坏了不能再发的,退还以后再盘点。",
            book.balance
        ),
        done: format!("已退还:{goods},{points} 分,结余 {after} 分。"),
    })
}
