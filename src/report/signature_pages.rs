//! 签领表 on paper: the list that people sign, cut into pages of A4, so that
//! each page can say which it is and how many there are.

use super::redemption_desk::proxy_words;
use super::shelf_list::{SignatureList, SignatureRow, Span, signature_list};
use super::tag::thousands;
use crate::domain::count::counted;
use crate::domain::village::Village;

/// Height for rows on a page, in tenths of a millimetre.
const PAGE: usize = 2_250;
/// What totals and signatures take on the last page.
const CLOSING: usize = 480;
/// A row has at least this height, so that there is room to sign.
const ROW_MIN: usize = 120;
/// Height of one line of text.
const LINE: usize = 55;
/// What the name of a 代领人 adds to the room to sign.
const PROXY: usize = 20;
/// Half-width characters in one line of the column of goods.
const GOODS_WIDTH: usize = 27;

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignaturePage {
    /// Rows of this page.
    pub rows: Vec<PaperRow>,
    /// 「第 1 页 共 3 页」
    pub foot: String,
    /// Whether totals and signatures follow here.
    pub is_last: bool,
}

/// One line of the paper, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRow {
    /// The line of the list.
    pub row: SignatureRow,
    /// Who came instead; empty when the head came.
    pub proxy: String,
}

/// The whole paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignaturePaper {
    /// 「柳湾村2026年第四季度积分兑换签领表」
    pub title: String,
    /// 户主, or 姓名.
    pub name_word: &'static str,
    /// Its pages; none when nothing was redeemed.
    pub pages: Vec<SignaturePage>,
    /// 「合计 86 户、90 笔」
    pub total: String,
    /// Points redeemed.
    pub points: String,
    /// 「洗衣液 2 kg 12 瓶、食盐 400 g 40 袋」
    pub goods: String,
}

/// The paper of a day or a quarter.
pub fn signature_paper(village: &Village, span: Span) -> SignaturePaper {
    let name = village.profile.as_ref().map_or("", |profile| profile.name.as_str());
    let list = signature_list(village, span);
    let kind = village.villager_accounts.on(span.last_day());
    let goods = list.goods.iter().map(|goods| format!("{} ×{} {}", goods.name, goods.quantity, goods.unit));
    SignaturePaper {
        title: format!("{name}{}积分兑换签领表", span.words()),
        name_word: kind.name_word(),
        total: format!("合计 {} {}、{} 笔", counted(list.households), kind.counter(), counted(list.rows.len())),
        points: thousands(list.points),
        goods: goods.collect::<Vec<_>>().join("、"),
        pages: pages(list),
    }
}

fn pages(list: SignatureList) -> Vec<SignaturePage> {
    let mut sheets: Vec<Vec<PaperRow>> = Vec::new();
    let mut left = 0;
    for row in list.rows {
        let height = height(&row);
        if height > left || sheets.is_empty() {
            sheets.push(Vec::new());
            left = PAGE;
        }
        left = left.saturating_sub(height);
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(PaperRow { proxy: proxy_words(&row.proxy), row });
        }
    }
    // Totals never stand alone: the last row goes with them to a new page.
    if left < CLOSING
        && let Some(row) = sheets.last_mut().filter(|sheet| sheet.len() > 1).and_then(Vec::pop)
    {
        sheets.push(vec![row]);
    }
    let of = sheets.len();
    let pages = (1..).zip(sheets).map(|(n, rows)| SignaturePage {
        rows,
        foot: format!("第 {n} 页 共 {of} 页"),
        is_last: n == of,
    });
    pages.collect()
}

/// What the row takes at most.
fn height(row: &SignatureRow) -> usize {
    let half_widths: usize = row.goods.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    let lines = half_widths.div_ceil(GOODS_WIDTH);
    let proxy = if row.proxy.is_empty() { 0 } else { PROXY };
    (lines * LINE + 25).max(ROW_MIN + proxy)
}
