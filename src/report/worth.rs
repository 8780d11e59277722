//! What goods cost in points against what they cost in money: at the rate of
//! the settings both come to the same, give or take less than one point.

use crate::domain::village::Village;

/// Why price and reference price do not go together; `None` when they do, or
/// when there is no reference price.
pub fn worth_words(village: &Village, price_points: u32, price_cents: u32) -> Option<String> {
    let rate = village.settings.rate_cents;
    let worth = i64::from(price_points).saturating_mul(i64::from(rate));
    let difference = worth.abs_diff(i64::from(price_cents));
    (price_cents > 0 && difference >= u64::from(rate)).then(|| {
        format!(
            "设置里 1 分值 {},{price_points} 分合 {},和参考价 {}对不上。要一致,请改单价或参考价;不改也能保存。",
            yuan(i64::from(rate)),
            yuan(worth),
            yuan(i64::from(price_cents))
        )
    })
}

/// The goods on offer of which that is so.
pub fn unlike(village: &Village) -> Vec<&str> {
    let goods = village.shelf.goods.iter();
    let offered = goods.filter(|goods| village.shelf.terms(goods.id).is_some_and(|terms| terms.is_offered));
    let unlike = offered.filter(|goods| worth_words(village, goods.price_points, goods.price_cents).is_some());
    unlike.map(|goods| goods.name.as_str()).collect()
}

/// 「19.90 元」
fn yuan(cents: i64) -> String {
    format!("{}.{:02} 元", cents / 100, cents % 100)
}
