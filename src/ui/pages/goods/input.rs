//! What was typed into the forms of the shelf, and what it means.

use crate::domain::command::NewGoods;
use crate::domain::id::GoodsId;
use crate::domain::points::shelf::GoodsTerms;

/// 添加物品, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoodsInput {
    /// 名称
    pub name: String,
    /// 单位
    pub unit: String,
    /// 积分单价
    pub price: String,
    /// 参考价(元)
    pub yuan: String,
    /// 期初库存
    pub stock: String,
    /// 优先服务
    pub is_service: bool,
}

impl GoodsInput {
    /// The goods, or a sentence for each field that cannot be read.
    pub fn parse(&self) -> Result<NewGoods, Vec<String>> {
        let price_points = whole("积分单价", &self.price, "20");
        let price_cents = cents(&self.yuan);
        let opening_stock = match self.stock.trim() {
            "" => Ok(0),
            _ if self.is_service => Ok(0),
            stock => whole("期初库存", stock, "30"),
        };
        match (price_points, price_cents, opening_stock) {
            (Ok(price_points), Ok(price_cents), Ok(opening_stock)) => Ok(NewGoods {
                name: self.name.clone(),
                unit: self.unit.clone(),
                price_points,
                price_cents,
                is_service: self.is_service,
                opening_stock,
            }),
            (price, cents, stock) => Err([price.err(), cents.err(), stock.err()].into_iter().flatten().collect()),
        }
    }
}

/// 更改, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermsInput {
    /// 积分单价
    pub price: String,
    /// 参考价(元)
    pub yuan: String,
    /// 每户每季最多兑
    pub limit: String,
    /// 库存低于几时提醒
    pub low: String,
    /// 停兑
    pub is_stopped: bool,
}

impl TermsInput {
    /// The terms as they would be typed.
    pub fn of(terms: &GoodsTerms) -> Self {
        let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        let yuan = match terms.price_cents {
            0 => String::new(),
            cents => format!("{}.{:02}", cents / 100, cents % 100),
        };
        Self {
            price: terms.price_points.to_string(),
            yuan,
            limit: number(terms.quarter_limit),
            low: number(terms.low_stock),
            is_stopped: !terms.is_offered,
        }
    }

    /// The terms, or a sentence for each field that cannot be read.
    pub fn parse(&self, goods: GoodsId) -> Result<GoodsTerms, Vec<String>> {
        let optional = |what: &str, typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => whole(what, typed, "2").map(Some),
        };
        let price = whole("积分单价", &self.price, "20");
        let cents = cents(&self.yuan);
        let limit = optional("每户每季最多兑", &self.limit);
        let low = optional("库存低于几时提醒", &self.low);
        match (price, cents, limit, low) {
            (Ok(price_points), Ok(price_cents), Ok(quarter_limit), Ok(low_stock)) => Ok(GoodsTerms {
                goods,
                price_points,
                price_cents,
                quarter_limit,
                low_stock,
                is_offered: !self.is_stopped,
            }),
            (price, cents, limit, low) => {
                Err([price.err(), cents.err(), limit.err(), low.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// A whole number, or a sentence that says what to write.
pub fn whole(what: &str, typed: &str, example: &str) -> Result<u32, String> {
    let digits = half_width(typed);
    if digits.is_empty() {
        return Err(format!("请填写{what},填整数,如 {example}。"));
    }
    digits.parse().map_err(|_| format!("{what}要填整数,如 {example};现在填的是「{}」。", typed.trim()))
}

/// 元 with at most two decimals, in 分; nothing typed is nothing.
fn cents(typed: &str) -> Result<u32, String> {
    let text = half_width(typed);
    if text.is_empty() {
        return Ok(0);
    }
    let (yuan, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |part: &str| part.chars().all(|char| char.is_ascii_digit());
    let parsed = (is_number(yuan) && is_number(fraction) && fraction.len() <= 2)
        .then(|| format!("{yuan}{fraction:0<2}").parse::<u32>().ok())
        .flatten();
    parsed.ok_or_else(|| format!("参考价要填金额,最多两位小数,如 19.90;现在填的是「{}」。", typed.trim()))
}

/// Without blanks, with digits and points as an input method may have typed them.
fn half_width(typed: &str) -> String {
    let chars = typed.chars().filter(|char| !char.is_whitespace());
    let chars = chars.map(|char| match char {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        '\u{ff0e}' | '\u{3002}' => '.',
        _ => char,
    });
    chars.collect()
}
