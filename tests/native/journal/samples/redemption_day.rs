//! Samples of what came with redemption days: terms of goods, close-outs and
//! reopenings.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::GoodsId;
use cunzhi::domain::points::redemption_day::{DayClosing, DayGoods, DayPoints};
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::journal::act::Act;

use super::{DAY, NOTE, act};

pub fn acts() -> Vec<Act> {
    let goods = GoodsId::from_raw(11);
    let terms = |quarter_limit, low_stock, is_offered| {
        Event::GoodsTermsSet(GoodsTerms {
            goods,
            price_points: u32::MAX,
            price_cents: 0,
            quarter_limit,
            low_stock,
            is_offered,
        })
    };
    let points = DayPoints { opening: 20_500, redeemed: 6_340, closing: 14_160, on_paper: i64::MIN };
    let counted = DayGoods { goods, opening: 24, received: -1, issued: 12, counted: i64::MAX };
    let closed =
        |goods: &[DayGoods], note| Event::DayClosed(DayClosing { day: DAY, points, goods: goods.to_vec(), note });
    let events = vec![
        terms(None, None, true),
        terms(Some(2), Some(u32::MAX), false),
        closed(&[], None),
        closed(&[counted, counted], Some(NOTE)),
        Event::DayReopened { day: DAY, note: NOTE },
    ];
    (400..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
